// made_columns.cpp: what insert<T>() and update<T>() write into columns that they do not name.
#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/sql/select_data.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// A constant as the member would have it.
MadeColumn constant(const Column &column, const Field &field, const Value &value) {
  return {&column, {}, [node = literal_node(stored_value(field, as_read(field, value)))] {
            return node;
          }};
}

MadeColumn by_function(const Column &column, const Field &field, Thunk make) {
  return {&column, {}, [&field, make] { return literal_node(made_value(field, make)); }};
}

} // namespace

std::vector<MadeColumn> MapperState::made_by_insert() const {
  std::vector<MadeColumn> made;
  for (const PartColumn &part : parts.back().columns) {
    const unsigned i = part.position;
    const Column &column = *part.column;
    const Field &field = all_fields[i];
    const MadeValues &values = infos[i].made();
    if (discriminator == i || infos[i].read_only)
      continue;
    if (version && version->position == i && !version->by_server)
      made.push_back(version->generator ? by_function(column, field, version->generator)
                                        : constant(column, field, Value(1)));
    else if (values.default_thunk)
      made.push_back(by_function(column, field, values.default_thunk));
    else if (values.default_value)
      made.push_back(constant(column, field, *values.default_value));
    else if (const ColumnDefault *given = values.column_default)
      made.push_back({&column, {}, [given] {
                        return literal_node(given->function ? given->function() : given->value);
                      }});
    else if (!values.default_sql.empty())
      made.push_back({&column, values.default_sql});
  }
  if (identity && discriminator) // the rows of a class of a hierarchy say so
    made.push_back({root->columns[*discriminator], {}, [this] { return literal_node(*identity); }});
  return made;
}

std::vector<MadeColumn> MapperState::made_by_update() const {
  std::vector<MadeColumn> made;
  const TablePart &part = parts.back();
  for (const unsigned i : part.onupdates) {
    const MadeValues &values = infos[i].made();
    const Column &column = *infos[i].column_in(*part.table);
    if (values.onupdate_thunk)
      made.push_back(by_function(column, all_fields[i], values.onupdate_thunk));
    else if (values.onupdate_value)
      made.push_back(constant(column, all_fields[i], *values.onupdate_value));
    else
      made.push_back({&column, values.onupdate_sql});
  }
  return made;
}

std::optional<MadeColumn> MapperState::next_version(std::span<const Column *const> named) const {
  if (!version || version->by_server)
    return std::nullopt;
  const ColumnInfo &info = infos[version->position];
  const Column *const column = info.column_in(*table);
  if (!column || !parts.back().has_version)
    throw ArgumentError("the statement writes rows of " + describe(*this) + " in table '" +
                        table->full_name() + "' alone, and the version of its rows, '" +
                        info.member + "', stands in table '" + info.column->table().full_name() +
                        "', so that nobody would see the change; change objects in a session");
  if (std::ranges::find(named, column) != named.end())
    return std::nullopt;
  if (version->generator)
    throw ArgumentError("the statement does not set '" + info.member +
                        "', the version of rows of " + describe(*this) +
                        ", and a function makes these, for one object at a time; set it too");
  return MadeColumn{column, {}, [column] {
                      return binary_node(Operator::add, column_node(*column),
                                         literal_node(Value(1)));
                    }};
}

} // namespace declorm::detail
