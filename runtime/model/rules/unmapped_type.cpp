// unmapped_type.cpp: A member's type cannot be what its annotation says.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

bool begins(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

/// By the spelling: the scan keeps nothing else of a type that cannot be a column.
std::string way_out(std::string_view type) {
  if (type.starts_with("std::unique_ptr<"))
    return "the session owns mapped objects: use a plain pointer with [[declorm::relationship]]";
  if (type.ends_with("*") || begins(type, {"std::shared_ptr<", "std::weak_ptr<", "declorm::lazy"}))
    return "a link to another object is a [[declorm::relationship]]; its foreign key is a column "
           "of its "
           "own";
  if (begins(type, {"std::vector<", "std::list<", "std::deque<", "std::set<", "std::unordered_set<",
                    "std::map<", "std::unordered_map<"}))
    return "values go into a table of their own: make a class of them, and the member a container "
           "of pointers to it that is a [[declorm::relationship]]";
  if (type.starts_with("nlohmann::"))
    return "include <declorm/json.h> where the class is seen";
  return "specialise declorm::type_traits for it where the class is seen, or spread the members of "
         "a "
         "value class over several columns with [[declorm::composite]]";
}

void report(const Class &class_, const Member &member, const std::string &what,
            const std::string &note, Diagnostics &diagnostics) {
  diagnostics.push_back({"unmapped-type",
                         Severity::error,
                         "member '" + member.name + "' of class '" + class_.name + "' has type '" +
                             member.type.spelling + "', " + what,
                         member.location,
                         {{note, member.location}}});
}

constexpr const char *relationship_types =
    "a relationship is a T *, std::shared_ptr<T> or std::weak_ptr<T>, or a std::vector, std::list, "
    "std::deque, std::set or std::unordered_set of these, or a std::map or std::unordered_map "
    "to them with map_key";

/// Links to objects of a mapped class.
void check_relationship(const Class &class_, const Member &member, Diagnostics &diagnostics) {
  const Type &type = member.type;
  if (type.code == TypeCode::unique_pointer)
    report(class_, member, "which no relationship can be",
           "the session owns mapped objects, and several may refer to one: use a plain pointer or "
           "a std::shared_ptr",
           diagnostics);
  else if (!type.is_link())
    report(class_, member, "which no relationship can be", relationship_types, diagnostics);
  else if (type.is_map() && type.rep == TypeCode::none)
    report(class_, member, "whose key no column can hold",
           "the key of a map is the value of an attribute of its objects, which map_key names",
           diagnostics);
  else if (member.flags & (detail::member_const | detail::member_reference))
    report(class_, member,
           member.flags & detail::member_const ? "but is const" : "but is a reference",
           "a relationship is filled when it is loaded: make it a plain member", diagnostics);
}

bool has_columns(const Program &program, const Class &class_) {
  const Lineage lineage(program, class_);
  for (const Ancestor &ancestor : lineage.ancestors)
    for (const Member &member : ancestor.class_->members)
      if (find(member.annotations, "column") || find(member.annotations, "composite"))
        return true;
  return !lineage.complete;
}

} // namespace

void rule::unmapped_type(const Program &program, const Mapping &, Diagnostics &diagnostics) {
  for (const ProgramClass &program_class : program.classes) {
    const Class &class_ = program_class.class_();
    for (const Member &member : class_.members) {
      if (member.kind != MemberKind::field)
        continue;
      const bool is_column = find(member.annotations, "column");
      if ((is_column || find(member.annotations, "column_property")) && !member.type.is_column())
        report(class_, member, "which no column can hold", way_out(member.type.spelling),
               diagnostics);
      if (find(member.annotations, "relationship"))
        check_relationship(class_, member, diagnostics);
      if (program_class.definitions.front().incomplete || !find(member.annotations, "composite"))
        continue;
      const Class *value = program.find(member.type.target);
      if (!value || !has_columns(program, *value))
        report(class_, member, "which has no columns to make a composite of",
               "annotate the members of the value class with [[declorm::column]]", diagnostics);
    }
  }
}

} // namespace declorm::model
