// made_columns.cpp: defaults, onupdates and versions in statements.
#include "runtime/sql/made_columns.h"

#include "runtime/sql/table_statements.h"

#include <algorithm>

namespace declorm::detail {

namespace {

using Columns = std::vector<const Column *>;

Columns named_in(const std::vector<Assignment> &assignments, const Scope &scope) {
  Columns columns;
  for (const Assignment &assignment : assignments)
    columns.push_back(scope.column_of(assignment.column));
  return columns;
}

/// Takes out what the statement names.
void keep_unnamed(std::vector<MadeColumn> &made, const Columns &named) {
  std::erase_if(made, [&](const MadeColumn &column) {
    return std::ranges::find(named, column.column) != named.end();
  });
}

/// One row's value of a column.
Assignment made_by(const MadeColumn &made, const Dialect &dialect) {
  return {column_node(*made.column),
          made.sql.empty() ? made.make() : made_by_sql(*made.column, made.sql, dialect)};
}

void add_to_rows(std::vector<std::vector<Assignment>> &rows, const std::vector<MadeColumn> &made,
                 const Dialect &dialect) {
  for (std::vector<Assignment> &row : rows)
    for (const MadeColumn &column : made)
      row.push_back(made_by(column, dialect));
}

/// The SELECT with the values behind its items.
SelectPtr select_with(const SelectPtr &source, const std::vector<MadeColumn> &made,
                      const Dialect &dialect) {
  auto select = std::make_shared<SelectData>();
  if (source->is_compound() || source->text) {
    const DerivedPtr rows = derive(source, "", false);
    select->from.push_back({.derived = rows});
    for (const OutputColumn &column : rows->columns())
      select->items.push_back(
          {std::make_shared<const Node>(Node{DerivedColumnNode{rows, column.name, {}}}), {}});
  } else {
    *select = *source;
  }
  for (const MadeColumn &column : made)
    select->items.push_back({made_by(column, dialect).value, {}});
  return select;
}

std::optional<WriteData> insert_with(const WriteData &write, const Entity &entity,
                                     const Scope &scope, const Dialect &dialect) {
  std::vector<MadeColumn> made = entity.made_by_insert();
  Columns named;
  if (!write.source && !write.rows.empty())
    named = named_in(write.rows.front(), scope);
  for (const NodePtr &column : write.columns)
    named.push_back(scope.column_of(column));
  keep_unnamed(made, named);
  // A statement that says nothing is reported as such.
  const bool adds = !made.empty() && !named.empty();
  std::optional<MadeColumn> version;
  if (write.conflict == Conflict::do_update && !write.conflict_set.empty())
    version = entity.next_version(named_in(write.conflict_set, scope));
  if (!adds && !version)
    return std::nullopt;
  WriteData whole = write;
  if (version)
    whole.conflict_set.push_back(made_by(*version, dialect));
  if (!adds)
    return whole;
  add_to_rows(whole.rows, made, dialect);
  if (!write.source)
    return whole;
  for (const MadeColumn &column : made)
    whole.columns.push_back(column_node(*column.column));
  whole.source = select_with(write.source, made, dialect);
  return whole;
}

std::optional<WriteData> update_with(const WriteData &write, const Entity &entity,
                                     const Scope &scope, const Dialect &dialect) {
  if (write.rows.empty() || write.rows.front().empty())
    return std::nullopt;
  const Columns named = named_in(write.rows.front(), scope);
  std::vector<MadeColumn> made = entity.made_by_update();
  keep_unnamed(made, named);
  std::optional<MadeColumn> version;
  if (!write.version_elsewhere)
    version = entity.next_version(named);
  if (version)
    made.push_back(std::move(*version));
  if (made.empty())
    return std::nullopt;
  WriteData whole = write;
  add_to_rows(whole.rows, made, dialect);
  return whole;
}

} // namespace

std::optional<WriteData> with_made_columns(const WriteData &write, const Entity &entity,
                                           const Scope &scope, const Dialect &dialect) {
  switch (write.kind) {
  case WriteKind::insert:
    return insert_with(write, entity, scope, dialect);
  case WriteKind::update:
    return update_with(write, entity, scope, dialect);
  case WriteKind::remove:
    break;
  }
  return std::nullopt;
}

} // namespace declorm::detail
