// useless_members.cpp: Annotations of members that can have no effect where their class is used.

#include "runtime/model/rules/useless_members.h"

#include "runtime/model/lineage.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace declorm::model {

namespace {

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Class annotations by which a class is more than a value or a part of a row.
bool has_role(const Class &class_) {
  static constexpr std::string_view roles[] = {
      "abstract", "concrete_base", "abstract_concrete_base", "mapped", "row", "table", "table_from",
  };
  return std::any_of(class_.annotations.begin(), class_.annotations.end(),
                     [](const Annotation &one) { return is_one_of(roles, one.name); });
}

/// What holds a value: the composite, and the class that it is a member of.
struct Holder {
  const Member *member = nullptr;
  const Class *class_ = nullptr;
};

class MemberCheck {
public:
  MemberCheck(const Program &program, const Mapping &mapping, Diagnostics &diagnostics)
      : program_(program), mapping_(mapping), diagnostics_(diagnostics) {}

  void run() {
    for (const MappedClass &mapped : mapping_.classes)
      add_taken(*mapped.class_, in_tables_, values_);
    for (const MappedClass &row : mapping_.rows)
      add_taken(*row.class_, in_rows_, row_values_);
    if (values_.empty() && row_values_.empty() && in_rows_.empty())
      return;
    for (const ProgramClass &program_class : program_.classes) {
      const Definition &definition = program_class.definitions.front();
      const Class &class_ = definition.class_;
      // What is a table's somewhere has its effect there.
      if (in_tables_.count(&class_))
        continue;
      const bool is_row = find(class_.annotations, "row");
      const bool may_be_more = !is_row && !is_closed(program_, definition);
      const auto value = values_.find(&class_);
      const auto row_value = row_values_.find(&class_);
      if (value != values_.end()) {
        if (!has_role(class_))
          check_value(class_, value->second);
      } else if ((is_row || in_rows_.count(&class_)) && !may_be_more) {
        check_row(class_, is_row);
      } else if (row_value != row_values_.end() && !has_role(class_) && !may_be_more) {
        check_row_value(class_, row_value->second);
      }
    }
  }

private:
  using Classes = std::unordered_set<const Class *>;
  using Values = std::unordered_map<const Class *, Holder>;

  /// The class and its bases, and the values that these hold, with their bases and values.
  void add_taken(const Class &class_, Classes &taken, Values &values) {
    const Lineage lineage(program_, class_);
    for (const Ancestor &ancestor : lineage.ancestors)
      if (taken.insert(ancestor.class_).second)
        add_values(*ancestor.class_, values);
  }

  void add_values(const Class &class_, Values &values) {
    for (const Member &member : class_.members) {
      if (!find(member.annotations, "composite") || !member.type.is_composite())
        continue;
      const Class *value = program_.find(member.type.target);
      if (!value)
        continue;
      const Lineage lineage(program_, *value);
      for (const Ancestor &ancestor : lineage.ancestors)
        if (values.try_emplace(ancestor.class_, Holder{&member, &class_}).second)
          add_values(*ancestor.class_, values);
    }
  }

  void report(const Annotation &annotation, const std::string &where, const std::string &why,
              std::vector<Note> notes = {}) {
    diagnostics_.push_back({"useless-argument", Severity::error,
                            "'" + annotation.name + "' on " + where + " has no effect: " + why,
                            annotation.location, std::move(notes)});
  }

  bool has_column(const Class &class_, std::string_view name) const {
    const Lineage lineage(program_, class_);
    const auto is_it = [&](const Member &member) {
      return member.name == name && find(member.annotations, "column");
    };
    return lineage.may_have(name) ||
           std::any_of(lineage.ancestors.begin(), lineage.ancestors.end(),
                       [&](const Ancestor &ancestor) {
                         const std::vector<Member> &members = ancestor.class_->members;
                         return std::any_of(members.begin(), members.end(), is_it);
                       });
  }

  static std::string member_of(const Member &member, const Class &class_) {
    return "member '" + member.name + "' of class '" + class_.name + "'";
  }

  static Note note(const Holder &holder) {
    return {"composite '" + holder.member->name + "' is here", holder.member->location};
  }

  void check_value(const Class &class_, const Holder &holder) {
    const std::string value = "the class is a value in the columns of others, as that of composite "
                              "'" +
                              holder.member->name + "' of class '" + holder.class_->name + "', ";
    for (const Annotation &annotation : class_.annotations)
      if (annotation.name != "allow")
        report(annotation, "class '" + class_.name + "'",
               value + "and has neither table nor mapper; say it of a class with a table",
               {note(holder)});
    static constexpr std::string_view others[] = {
        "relationship", "column_property",      "hybrid",    "synonym",
        "version_id",   "version_id_generator", "validates", "constructor"};
    for (const Member &member : class_.members)
      for (const Annotation &annotation : member.annotations) {
        if (is_one_of(others, annotation.name) || hook_kind(annotation.name))
          report(annotation, member_of(member, class_),
                 value + "which reads its 'column' and 'composite' members and nothing else; put "
                         "it on a member of the class that has the composite",
                 {note(holder)});
        else if (annotation.name == "comparison")
          report(annotation, member_of(member, class_),
                 value +
                     "which are compared as they are; leave it out, or make the member a column of "
                     "the class that has the composite",
                 {note(holder)});
        else if (annotation.name == "deferred")
          report(annotation, member_of(member, class_),
                 value + "which are loaded whole; leave it out, or make the member a column of the "
                         "class that has the composite",
                 {note(holder)});
        else if (annotation.name == "default_for" && !has_column(class_, annotation.string()))
          report(annotation, member_of(member, class_),
                 "no 'column' of the class is called '" + std::string(annotation.string()) + "'");
      }
  }

  static constexpr std::string_view read_of_rows[] = {
      "allow", "column", "composite", "constructor", "enum_names", "null_value", "setter"};
  static constexpr const char *read_words =
      "only 'column' with a name, 'composite', 'enum_names' and 'null_value' say how it is read";

  /// A row knows how its members are filled. Its bases may be without a role of their own.
  void check_row(const Class &class_, bool is_row) {
    if (!is_row && has_role(class_))
      return;
    for (const Member &member : class_.members)
      for (const Annotation &annotation : member.annotations)
        if (!is_one_of(read_of_rows, annotation.name))
          report(annotation, member_of(member, class_),
                 std::string(is_row ? "a row" : "a base of rows") +
                     " has no table and no mapper, it is read from any statement, and " +
                     read_words + "; leave it out");
  }

  void check_row_value(const Class &class_, const Holder &holder) {
    for (const Member &member : class_.members)
      for (const Annotation &annotation : member.annotations)
        if (!is_one_of(read_of_rows, annotation.name))
          report(annotation, member_of(member, class_),
                 "the class is a value in rows alone, as that of composite '" +
                     holder.member->name + "' of class '" + holder.class_->name +
                     "'; these are read from any statement, and " + read_words + "; leave it out",
                 {note(holder)});
  }

  const Program &program_;
  const Mapping &mapping_;
  Diagnostics &diagnostics_;
  Classes in_tables_, in_rows_; ///< mapped classes and rows, with their bases
  Values values_, row_values_;  ///< what composites in these hold, with their bases
};

} // namespace

void check_useless_members(const Program &program, const Mapping &mapping,
                           Diagnostics &diagnostics) {
  MemberCheck(program, mapping, diagnostics).run();
}

} // namespace declorm::model
