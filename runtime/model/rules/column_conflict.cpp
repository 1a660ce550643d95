// column_conflict.cpp: Two members want the same column of a table.

#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

std::string member_path(const ColumnDecl &column) {
  std::string path;
  for (const Member *outer : column.outer)
    path += outer->name + ".";
  return path + column.member->name;
}

/// The class that a message names: of a table's own columns the mixin they stand in, of those of
/// classes without a table the class.
const Class &owner(const MappedClass &mapped, const ColumnDecl &column) {
  const auto index = static_cast<std::size_t>(&column - mapped.table.columns.data());
  const bool is_own = index < mapped.own_columns;
  return is_own && column.outer.empty() ? *column.declared_in : *mapped.declarer(index).class_;
}

void report(const MappedClass &mapped, const ColumnDecl &existing, const ColumnDecl &added,
            Diagnostics &diagnostics) {
  const std::string name = mapped.table.full_name() + "." + existing.name;
  diagnostics.push_back({"column-conflict",
                         Severity::error,
                         "column '" + added.name + "' on class '" + owner(mapped, added).name +
                             "' conflicts with existing column '" + name + "'",
                         added.location(),
                         {{"column '" + name + "' is member '" + member_path(existing) +
                               "' of class '" + owner(mapped, existing).name +
                               "'; name one of the two otherwise, with column(\"...\")",
                           existing.location()}}});
}

} // namespace

void rule::column_conflict(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  std::vector<const ColumnDecl *> columns;
  for (const MappedClass &mapped : mapping.classes) {
    columns.clear();
    for (const ColumnDecl &column : mapped.table.columns)
      columns.push_back(&column);
    // Pointers into one array: equal names stay in DDL order.
    std::sort(columns.begin(), columns.end(), [](const ColumnDecl *a, const ColumnDecl *b) {
      int order = a->name.compare(b->name);
      return order != 0 ? order < 0 : a < b;
    });
    const ColumnDecl *existing = nullptr;
    for (const ColumnDecl *column : columns) {
      if (existing && existing->name == column->name)
        report(mapped, *existing, *column, diagnostics);
      else
        existing = column;
    }
  }
}

} // namespace declorm::model
