// inherit_condition.cpp: It is not clear how a joined class's rows continue its parent's.

#include "runtime/model/hierarchy.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

using Candidates = std::vector<std::vector<JoinLink>>;

class Check {
public:
  Check(const MappedClass &mapped, Diagnostics &diagnostics)
      : mapped_(mapped), diagnostics_(diagnostics) {}

  void given(const Annotation &condition) {
    if (mapped_.inheritance != Inheritance::joined)
      return report("inherit_condition on class '" + mapped_.class_->name + "', which " +
                        (mapped_.inheritance == Inheritance::none ? "derives from no mapped class"
                         : mapped_.inheritance == Inheritance::single ? "has no table of its own"
                                                                      : "is concrete") +
                        ": there is nothing to join; leave it out",
                    condition.location, {});
    const auto decl =
        std::find_if(mapped_.expressions.begin(), mapped_.expressions.end(),
                     [&](const ExpressionDecl &one) { return one.annotation == &condition; });
    // A function, or names that do not resolve, which is reported where they are.
    if (decl == mapped_.expressions.end() || !mapped_.links.empty() || !is_resolved(*decl))
      return;
    const std::string parent = mapped_.parent->class_->name;
    report("inherit_condition of class '" + mapped_.class_->name + "' is not made of equalities, " +
               "joined by 'and', between one of its columns and one of class '" + parent + "' each",
           decl->location,
           {{"its columns are those of table '" + mapped_.table.full_name() +
                 "'; it says which row of class '" + parent + "' a row continues, as in \"" +
                 example() + "\"",
             mapped_.table.location}});
  }

  void deduced() {
    if (!mapped_.links.empty() || !mapped_.complete || !mapped_.other_parents.empty())
      return;
    const Candidates candidates = foreign_keys_to_parent(mapped_);
    const std::string subject =
        "table '" + mapped_.table.full_name() + "' of class '" + mapped_.class_->name + "' has ";
    if (candidates.empty()) {
      // Reported where the foreign key is, or as a table without a primary key: this one, or the
      // parent's, which there is nothing to refer to in.
      if (has_wrong_key() || !has_key(mapped_.table) || parent_key().empty())
        return;
      report(subject + "a primary key of its own and no foreign key to table '" + parent_table() +
                 "' of class '" + mapped_.parent->class_->name + "', whose rows it continues",
             mapped_.table.location,
             {{"add foreign_key(\"" + parent_key() +
                   "\") to its key; or declare no key: then it "
                   "has that of class '" +
                   mapped_.parent->class_->name + "'",
               mapped_.class_->location}});
      return;
    }
    std::vector<Note> notes;
    for (const std::vector<JoinLink> &links : candidates)
      notes.push_back({"one is that of column '" + links.front().own.column().name + "'",
                       links.front().own.column().location()});
    notes.front().message += "; say which joins the rows, as in inherit_condition(\"" +
                             text_of(candidates.front()) + "\")";
    report(subject + std::to_string(candidates.size()) + " foreign keys to class '" +
               mapped_.parent->class_->name + "' and no inherit_condition",
           mapped_.table.location, std::move(notes));
  }

private:
  void report(std::string message, const Location &location, std::vector<Note> notes) {
    diagnostics_.push_back(
        {"inherit-condition", Severity::error, std::move(message), location, std::move(notes)});
  }

  std::string parent_table() const { return mapped_.parent->table_class->table.full_name(); }

  static bool has_key(const TableDecl &table) {
    return std::any_of(table.columns.begin(), table.columns.end(),
                       [](const ColumnDecl &column) { return column.primary_key; });
  }

  /// "people.id": the first column of the key; "" : there is none.
  std::string parent_key() const {
    for (const ColumnDecl &column : mapped_.parent->table_class->table.columns)
      if (column.primary_key)
        return parent_table() + "." + column.name;
    const std::vector<std::string> &key = mapped_.root->mapper_key;
    return key.empty() ? std::string() : parent_table() + "." + key.front();
  }

  static std::string text_of(const std::vector<JoinLink> &links) {
    std::string text;
    for (const JoinLink &link : links)
      text += (text.empty() ? "" : " and ") + link.own.class_->table.full_name() + "." +
              link.own.column().name + " = " + link.parent.class_->table.full_name() + "." +
              link.parent.column().name;
    return text;
  }

  std::string example() const {
    const Candidates candidates = foreign_keys_to_parent(mapped_);
    if (!candidates.empty())
      return text_of(candidates.front());
    const auto key = std::find_if(mapped_.table.columns.begin(), mapped_.table.columns.end(),
                                  [](const ColumnDecl &column) { return column.primary_key; });
    return mapped_.table.full_name() + "." +
           (key == mapped_.table.columns.end() ? "id" : key->name) + " = " +
           (parent_key().empty() ? parent_table() + ".id" : parent_key());
  }

  static bool is_resolved(const ExpressionDecl &decl) {
    for (std::size_t i = 0; i != decl.tree.nodes.size(); ++i)
      if (decl.tree.nodes[i].kind == ExprKind::name && !decl.targets[i].found())
        return false;
    return decl.unresolved.empty();
  }

  /// Whether a foreign key means a table of the parent's but no column of it.
  bool has_wrong_key() const {
    const auto is_wrong = [](const ForeignKeyLink &link) { return link.class_ && !link.column; };
    for (const ColumnDecl &column : mapped_.table.columns)
      for (const ForeignKeyDecl &key : column.foreign_keys)
        if (is_wrong(key.link))
          return true;
    for (const ConstraintDecl &constraint : mapped_.table.constraints)
      if (std::any_of(constraint.links.begin(), constraint.links.end(), is_wrong))
        return true;
    return false;
  }

  const MappedClass &mapped_;
  Diagnostics &diagnostics_;
};

} // namespace

void rule::inherit_condition(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes) {
    Check check(mapped, diagnostics);
    if (const Annotation *condition = find(mapped.class_->annotations, "inherit_condition"))
      check.given(*condition);
    else if (mapped.inheritance == Inheritance::joined)
      check.deduced();
  }
}

} // namespace declorm::model
