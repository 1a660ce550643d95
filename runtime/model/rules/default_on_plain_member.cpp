// default_on_plain_member.cpp: A default that would never be used.

#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

/// Where the default was given: on the member, or for it on a function of the class.
const Location &place_of(const MappedClass &mapped, const ColumnDecl &column) {
  if (const Annotation *own = find(column.member->annotations, "default_value"))
    return own->location;
  for (const Class *class_ : {column.declared_in, mapped.class_})
    for (const Member &member : class_->members)
      for (const Annotation &annotation : member.annotations)
        if (annotation.name == "default_for" && annotation.string() == column.member->name)
          return annotation.location;
  return column.location();
}

bool is_unused(const TableDecl &table, const ColumnDecl &column) {
  const RareOptions &rare = column.rare();
  if (std::holds_alternative<std::monostate>(rare.default_value) || rare.unset ||
      column.member->type.optional())
    return false;
  // In a key of one column 0, "" and the nil UUID mean "not given".
  return !column.primary_key ||
         std::count_if(table.columns.begin(), table.columns.end(),
                       [](const ColumnDecl &other) { return other.primary_key; }) != 1;
}

} // namespace

void rule::default_on_plain_member(const Program &, const Mapping &mapping,
                                   Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes)
    for (std::size_t i = 0; i != mapped.table.columns.size(); ++i)
      if (const ColumnDecl &column = mapped.table.columns[i]; is_unused(mapped.table, column))
        diagnostics.push_back(
            {"default-on-plain-member",
             Severity::error,
             "default_value on member '" + column.member->name + "' of class '" +
                 mapped.declarer(i).class_->name + "', of type '" + column.member->type.spelling +
                 "', would never be used, because a plain member always has a value; give the "
                 "member an initialiser instead, make it a std::optional, or name the value that "
                 "means \"not given\" with unset(v)",
             place_of(mapped.declarer(i), column),
             {}});
}

} // namespace declorm::model
