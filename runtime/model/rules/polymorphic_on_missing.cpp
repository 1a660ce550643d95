// polymorphic_on_missing.cpp: A hierarchy without a discriminator, or with several.

#include "runtime/model/hierarchy.h"
#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"

#include <unordered_set>

namespace declorm::model {

namespace {

/// A `polymorphic_on`, on a member or on a class.
struct Mark {
  const MappedClass *class_;
  std::string member; ///< the member or column it names
  Location location;

  std::string subject() const {
    return "polymorphic_on of class '" + class_->class_->name + "' marks '" + member + "'";
  }
};

class Check {
public:
  Check(const Program &program, const MappedClass &root, Diagnostics &diagnostics)
      : program_(program), root_(root), diagnostics_(diagnostics) {}

  void run() {
    const Lineage lineage(program_, *root_.class_);
    const Annotation *named = lineage.find("polymorphic_on");
    find_marks();
    if (root_.discriminator)
      several();
    else if (named)
      no_column(lineage, *named);
    else if (!marks_.empty())
      below_root(marks_.front());
    else if (!lineage.find("concrete_base") && !lineage.find("abstract_concrete_base"))
      missing();
  }

private:
  void report(const Location &location, std::string message, Note note) {
    diagnostics_.push_back({"polymorphic-on-missing",
                            Severity::error,
                            std::move(message),
                            location,
                            {std::move(note)}});
  }

  void add_mark(const MappedClass &mapped, const ColumnDecl &column) {
    if (const Annotation *mark = find(column.member->annotations, "polymorphic_on"))
      marks_.push_back({&mapped, member_path(column), mark->location});
  }

  void find_marks() {
    for (const MappedClass *mapped : family(root_)) {
      if (const Annotation *mark = find(mapped->class_->annotations, "polymorphic_on"))
        marks_.push_back({mapped, std::string(mark->string()), mark->location});
      if (mapped == &root_)
        for (std::size_t i = 0; i != root_.own_columns; ++i)
          add_mark(root_, root_.table.columns[i]);
      else
        for_each_own_attribute(*mapped, [&](const ColumnDecl &column, const ColumnRef &) {
          add_mark(*mapped, column);
        });
    }
  }

  void several() {
    const ColumnDecl &column = root_.table.columns[root_.discriminator->attribute];
    for (const Mark &mark : marks_)
      if (mark.member != column.name && mark.member != member_path(column))
        report(mark.location,
               mark.subject() + ", but member '" + member_path(column) + "' of class '" +
                   root_.class_->name +
                   "' tells the classes of this hierarchy apart already; leave one of the two out",
               {"that one is marked here", root_.discriminator->location});
  }

  /// The name is that of an attribute; any other is reported where names are resolved.
  void no_column(const Lineage &lineage, const Annotation &named) {
    for (const Ancestor &ancestor : lineage.ancestors)
      for (const Member &member : ancestor.class_->members)
        if (member.name == named.string() && !find(member.annotations, "column"))
          return report(
              named.location,
              "polymorphic_on(\"" + member.name + "\") of class '" + root_.class_->name +
                  "' names a member that is no column of table '" + root_.table.full_name() + "'",
              {"member '" + member.name + "' is here; rows are told apart by the value of a column",
               member.location});
  }

  void below_root(const Mark &mark) {
    report(mark.location,
           mark.subject() +
               ", but the column that tells the classes of a hierarchy apart is one "
               "of its root's, class '" +
               root_.class_->name + "'",
           {"put [[declorm::polymorphic_on]] on a column of class '" + root_.class_->name + "'",
            root_.class_->location});
  }

  void missing() {
    if (!root_.complete)
      return;
    for (const MappedClass *mapped : family(root_))
      if (lacks_column(*mapped))
        return; // the others lack the same column
  }

  /// Whether the class needs a discriminator; reports that there is none.
  bool lacks_column(const MappedClass &mapped) {
    const std::string subject = "class '" + mapped.class_->name + "'";
    const Note way_out{"mark a column of class '" + root_.class_->name +
                           "' with [[declorm::polymorphic_on]], or name it on the class, "
                           "polymorphic_on(\"member\")",
                       root_.class_->location};
    const Annotation *abstract = find(mapped.class_->annotations, "polymorphic_abstract");
    // A concrete class without a table is concrete-inheritance's to report.
    if (mapped.inheritance == Inheritance::single && !find(mapped.class_->annotations, "concrete"))
      report(mapped.class_->location,
             subject + " has its rows in table '" + mapped.table_class->table.full_name() +
                 "' of class '" + mapped.table_class->class_->name +
                 "', but no column tells the rows of the two apart",
             way_out);
    else if (mapped.identity)
      report(mapped.identity->location,
             subject + " has a polymorphic_identity, but no column of class '" +
                 root_.class_->name + "' holds it",
             way_out);
    else if (abstract)
      report(abstract->location,
             subject + " is polymorphic_abstract, but no column of class '" + root_.class_->name +
                 "' tells its rows from those of its subclasses; leave it out, or give the "
                 "hierarchy such a column",
             way_out);
    else
      return false;
    return true;
  }

  const Program &program_;
  const MappedClass &root_;
  Diagnostics &diagnostics_;
  std::vector<Mark> marks_;
};

/// A concrete class shares rows with nobody; only a union above it reads identities.
void check_concrete(const MappedClass &mapped, Diagnostics &diagnostics) {
  for (const char *name : {"polymorphic_identity", "polymorphic_abstract"})
    if (const Annotation *useless = find(mapped.class_->annotations, name))
      diagnostics.push_back(
          {"polymorphic-on-missing",
           Severity::error,
           std::string(name) + " on class '" + mapped.class_->name +
               "', which is concrete and in no union: no column tells its rows from those of "
               "others; leave it out",
           useless->location,
           {{"class '" + mapped.parent->class_->name +
                 "' is here; as a concrete_base it would be read as the union with its subclasses",
             mapped.parent->class_->location}}});
}

/// The classes whose tables are read through a union.
std::unordered_set<const MappedClass *> parts_of_unions(const Mapping &mapping) {
  std::unordered_set<const MappedClass *> parts;
  for (const MappedClass &mapped : mapping.classes)
    if (mapped.concrete_union) {
      parts.insert(&mapped);
      parts.insert(mapped.concrete_union->parts.begin(), mapped.concrete_union->parts.end());
    }
  return parts;
}

} // namespace

void rule::polymorphic_on_missing(const Program &program, const Mapping &mapping,
                                  Diagnostics &diagnostics) {
  const std::unordered_set<const MappedClass *> in_union = parts_of_unions(mapping);
  for (const MappedClass &mapped : mapping.classes) {
    if (mapped.up())
      continue;
    const bool says_anything =
        mapped.identity || find(mapped.class_->annotations, "polymorphic_abstract");
    if (mapped.inheritance != Inheritance::concrete) {
      if (!mapped.children.empty() || says_anything)
        Check(program, mapped, diagnostics).run();
    } else if (!in_union.count(&mapped)) {
      if (family(mapped).size() > 1)
        Check(program, mapped, diagnostics).run();
      else if (mapped.complete && !mapped.discriminator)
        check_concrete(mapped, diagnostics);
    }
  }
}

} // namespace declorm::model
