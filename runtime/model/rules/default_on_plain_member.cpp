// default_on_plain_member.cpp: A default that would never be used.

#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

/// The option by which the default was given.
const char *option_of(const ColumnDecl &column) {
  return column.rare().default_sql.empty() ? "default_value" : "default_sql";
}

/// Where the default was given: on the member, or for it on a function of the class.
const Location &place_of(const MappedClass &mapped, const ColumnDecl &column) {
  if (const Annotation *own = find(column.member->annotations, option_of(column)))
    return own->location;
  for (const Class *class_ : {column.declared_in, mapped.class_})
    for (const Member &member : class_->members)
      for (const Annotation &annotation : member.annotations)
        if (annotation.name == "default_for" && annotation.string() == column.member->name)
          return annotation.location;
  return column.location();
}

/// A new object does not set the version that the database makes.
bool is_version_of_server(const MappedClass &mapped, const ColumnDecl &column) {
  return mapped.version && mapped.version->by_server && &mapped.version->column.column() == &column;
}

bool is_unused(const MappedClass &mapped, const ColumnDecl &column) {
  const RareOptions &rare = column.rare();
  const bool has_default =
      !std::holds_alternative<std::monostate>(rare.default_value) || !rare.default_sql.empty();
  if (!has_default || rare.unset || column.member->type.optional() || !rare.computed.empty() ||
      is_version_of_server(mapped, column))
    return false;
  // In a key of one column 0, "" and the nil UUID mean "not given".
  return !column.primary_key ||
         std::count_if(mapped.table.columns.begin(), mapped.table.columns.end(),
                       [](const ColumnDecl &other) { return other.primary_key; }) != 1;
}

} // namespace

void rule::default_on_plain_member(const Program &, const Mapping &mapping,
                                   Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes)
    for (std::size_t i = 0; i != mapped.table.columns.size(); ++i)
      if (const ColumnDecl &column = mapped.table.columns[i]; is_unused(mapped, column))
        diagnostics.push_back(
            {"default-on-plain-member",
             Severity::error,
             std::string(option_of(column)) + " on member '" + column.member->name +
                 "' of class '" + mapped.declarer(i).class_->name + "', of type '" +
                 column.member->type.spelling +
                 "', would never be used, because a plain member always has a value; give the "
                 "member an initialiser instead, make it a std::optional, or name the value that "
                 "means \"not given\" with unset(v)",
             place_of(mapped.declarer(i), column),
             {}});
}

} // namespace declorm::model
