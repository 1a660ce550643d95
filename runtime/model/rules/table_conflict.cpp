// table_conflict.cpp: Two classes declare the same table.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"

#include <algorithm>
#include <tuple>

namespace declorm::model {

namespace {

const ColumnDecl *find_column(const TableDecl &table, std::string_view name) {
  for (const ColumnDecl &column : table.columns)
    if (column.name == name)
      return &column;
  return nullptr;
}

std::string in_class(const MappedClass &mapped) {
  return " in class '" + mapped.class_->name + "'";
}

std::string only_in(const ColumnDecl &column, const MappedClass &mapped) {
  return "column '" + column.name + "' is only" + in_class(mapped);
}

/// The first difference in words, or "", also where a column may be unseen.
std::string first_difference(const MappedClass &first, const MappedClass &second) {
  if ((!first.complete && !first.deferred) || (!second.complete && !second.deferred))
    return {};
  for (const ColumnDecl &column : first.table.columns) {
    const ColumnDecl *other = find_column(second.table, column.name);
    if (!other)
      return only_in(column, first);
    if (auto [here, there] = difference(column, *other); !here.empty())
      return "column '" + column.name + "' is " + here + in_class(first) + " and " + there +
             in_class(second);
  }
  for (const ColumnDecl &column : second.table.columns)
    if (!find_column(first.table, column.name))
      return only_in(column, second);
  return {};
}

void report(const MappedClass &first, const MappedClass &second, Diagnostics &diagnostics) {
  const std::string table = first.table.full_name();
  const std::string shapes = first_difference(first, second);
  std::string message = shapes.empty()
                            ? "table '" + table + "' is declared by two classes, '" +
                                  first.class_->name + "' and '" + second.class_->name + "'"
                            : "table '" + table + "' is declared with two shapes: " + shapes;
  diagnostics.push_back({"table-conflict",
                         Severity::error,
                         std::move(message),
                         second.table.location,
                         {{"class '" + first.class_->name + "' declares table '" + table +
                               "' here; give one of the two another table, or share this one with "
                               "table_from(\"" +
                               table + "\")",
                           first.table.location}}});
}

auto table_of(const MappedClass *mapped) {
  return std::tie(mapped->table.metadata, mapped->table.schema, mapped->table.name);
}

auto place_of(const MappedClass *mapped) {
  const Location &location = mapped->table.location;
  return std::tie(location.file, location.line, location.column, mapped->class_->key);
}

} // namespace

void rule::table_conflict(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  std::vector<const MappedClass *> classes;
  classes.reserve(mapping.classes.size());
  // Of a manual class the call chooses the MetaData; of others that are called for, the Table.
  for (const MappedClass &mapped : mapping.classes)
    if (!mapped.manual && mapped.has_table() && !is_called(*mapped.class_))
      classes.push_back(&mapped);
  std::sort(classes.begin(), classes.end(), [](const MappedClass *a, const MappedClass *b) {
    return table_of(a) != table_of(b) ? table_of(a) < table_of(b) : place_of(a) < place_of(b);
  });
  const MappedClass *first = nullptr;
  for (const MappedClass *mapped : classes) {
    if (first && table_of(first) == table_of(mapped))
      report(*first, *mapped, diagnostics);
    else
      first = mapped;
  }
}

} // namespace declorm::model
