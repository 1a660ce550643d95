// unmapped_type.cpp: A column's type has no column type.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

std::string way_out(const Type &type) {
  switch (type.code) {
  case TypeCode::pointer:
  case TypeCode::shared_pointer:
  case TypeCode::weak_pointer:
  case TypeCode::lazy:
  case TypeCode::lazy_list:
    return "a link to another object is a [[declorm::relationship]]; the column is the foreign key "
           "beside it";
  case TypeCode::unique_pointer:
    return "the session owns mapped objects: use a plain pointer with [[declorm::relationship]]";
  case TypeCode::object:
    if (type.container == Container::none)
      return "use [[declorm::composite]] to spread its members over several columns, or specialise "
             "declorm::type_traits for it";
    break;
  default:
    break;
  }
  if (type.container != Container::none)
    return "use [[declorm::elements(\"table\")]] to keep a container in a table of its own, or "
           "[[declorm::relationship]] if it holds pointers to objects";
  return "specialise declorm::type_traits for it, where the class is seen";
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
      if (find(member.annotations, "column") && !member.type.is_column())
        report(class_, member, "which no column can hold", way_out(member.type), diagnostics);
      if (program.incomplete || !find(member.annotations, "composite"))
        continue;
      const Class *value = program.find(member.type.target);
      if (!value || !has_columns(program, *value))
        report(class_, member, "which has no columns to make a composite of",
               "annotate the members of the value class with [[declorm::column]]", diagnostics);
    }
  }
}

} // namespace declorm::model
