// no_primary_key.cpp: A mapped class has no primary key.

#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

/// The column that looks most like a key: "id", "<something>_id" first in the table, or null.
const ColumnDecl *likely_key(const TableDecl &table) {
  for (const ColumnDecl &column : table.columns)
    if (column.name == "id")
      return &column;
  if (!table.columns.empty() && table.columns.front().name.ends_with("id"))
    return &table.columns.front();
  return nullptr;
}

Note way_out(const MappedClass &mapped) {
  if (const ColumnDecl *key = likely_key(mapped.table))
    return {"if '" + key->member->name +
                "' identifies a row, write [[using declorm: column, primary_key]] here",
            key->location()};
  return {"mark the member that identifies a row with [[using declorm: column, primary_key]]",
          mapped.class_->location};
}

bool has_key(const TableDecl &table) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [](const ColumnDecl &column) { return column.primary_key; });
}

/// Whether the class would have a key if its parent had one: that is reported there.
bool lacks_parents_key(const MappedClass &mapped) {
  if (!mapped.parent)
    return false;
  const MappedClass &above = *mapped.parent->table_class;
  return above.has_table() && !has_key(above.table) && above.mapper_key.empty();
}

} // namespace

void rule::no_primary_key(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes) {
    // In what did not compile the key may only be unseen.
    if (has_key(mapped.table) || !mapped.mapper_key.empty() || !mapped.complete ||
        !mapped.has_table() || lacks_parents_key(mapped))
      continue;
    diagnostics.push_back({"no-primary-key",
                           Severity::error,
                           "class '" + mapped.class_->name + "' maps to table '" +
                               mapped.table.full_name() + "', which has no primary key",
                           mapped.table.location,
                           {way_out(mapped)}});
  }
}

} // namespace declorm::model
