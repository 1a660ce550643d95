// secondary_rows.cpp: INSERT and DELETE in tables in between.
#include "runtime/orm/rows/secondary_rows.h"

#include "runtime/engine/query_run.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/rows/value_rows.h"
#include "runtime/sql/table_statements.h"

#include <algorithm>

namespace declorm::detail {

bool is_only_link_unique(const RowLink &link) {
  std::vector<std::string> own;
  for (const auto *side : {&link.near, &link.far})
    for (const auto &[position, column] : *side)
      own.push_back(column->name());
  const auto is_whole_link = [&](const std::vector<std::string> &columns) {
    return std::all_of(own.begin(), own.end(), [&](const std::string &name) {
      return std::find(columns.begin(), columns.end(), name) != columns.end();
    });
  };
  std::vector<std::string> key;
  for (const Column *column : link.table->primary_key())
    key.push_back(column->name());
  bool only = key.empty() || is_whole_link(key);
  for (const Constraint &constraint : link.table->constraints())
    only &= constraint.kind != ConstraintKind::unique || is_whole_link(constraint.columns);
  for (const Index &index : link.table->indexes())
    only &= !index.unique || is_whole_link(index.columns);
  return only;
}

namespace {

/// The columns of the table in between, those that refer to the first object in front.
std::vector<const Column *> columns_of(const RowLink &link) {
  std::vector<const Column *> columns;
  for (const auto *pairs : {&link.near, &link.far})
    for (const auto &[position, column] : *pairs)
      columns.push_back(column);
  return columns;
}

/// The values of one row in these columns.
std::vector<Value> values_of(const RowOfLink &row) {
  std::vector<Value> values;
  const auto add = [&](const std::vector<std::pair<unsigned, const Column *>> &pairs,
                       const ObjectState &state, const MapperState &base) {
    for (const auto &[position, column] : pairs)
      values.push_back(value_of(
          state.mapper->all_fields[position_in(*state.mapper, base, position)], state.object));
  };
  add(row.link->near, *row.first, *row.link->first->owner);
  add(row.link->far, *row.second, *row.link->first->target);
  return values;
}

/// What is done to rows.
enum class Verb : unsigned char {
  insert,
  insert_missing, ///< the row may be there already
  remove,
};

/// Writes rows of one link with one statement.
class RowsOfLink {
public:
  RowsOfLink(ConnectionState &connection, const RowLink &link, Verb verb, WrittenRow &noted)
      : connection_(connection), link_(link), verb_(verb), noted_(noted),
        columns_(columns_of(link)) {}

  void write(std::span<const RowOfLink> rows) {
    std::vector<std::vector<Value>> values;
    for (const RowOfLink &row : rows)
      values.push_back(values_of(row));
    std::vector<std::size_t> not_inserted;
    const auto expected = [&](std::size_t i) {
      noted_ = {verb_ == Verb::remove ? WrittenRow::deleted : WrittenRow::inserted, 0, nullptr,
                rows[i]};
    };
    const auto written = [&](std::size_t i, const Outcome &outcome) {
      if (outcome.affected_rows != 0)
        return;
      if (verb_ == Verb::remove)
        throw_stale(rows[i], values[i]);
      if (verb_ == Verb::insert_missing)
        not_inserted.push_back(i);
    };
    execute_rows(connection_, sql(), values, {expected, written});
    for (const std::size_t i : not_inserted)
      expect_row(rows[i], values[i]);
  }

private:
  std::string sql() const {
    const Dialect &dialect = connection_.dialect();
    if (verb_ == Verb::remove)
      return delete_sql(*link_.table, columns_, dialect);
    return insert_sql(*link_.table, std::vector<ColumnSql>(columns_.begin(), columns_.end()), {},
                      dialect, verb_ == Verb::insert_missing);
  }
  [[noreturn]] void throw_stale(const RowOfLink &row, std::span<const Value> values) const {
    throw StaleDataError(short_name(*link_.first) + ": DELETE of the link of " +
                         name_of(*row.first) + " with " + name_of(*row.second) +
                         text_of_matched(0, *link_.table, columns_, values) +
                         ". rollback(), and load both again");
  }
  /// The row was not inserted. If it is not there, something else is in the way, which an INSERT
  /// that must insert says.
  void expect_row(const RowOfLink &row, std::span<const Value> values) const {
    const std::string sql = select_sql(*link_.table, columns_, columns_, connection_.dialect());
    QueryRun found(connection_, connection_.prepare(sql), sql, values);
    const bool is_there = found.step();
    found.finish();
    if (!is_there)
      RowsOfLink(connection_, link_, Verb::insert, noted_).write({&row, 1});
  }

  ConnectionState &connection_;
  const RowLink &link_;
  const Verb verb_;
  WrittenRow &noted_;
  const std::vector<const Column *> columns_;
};

/// Writes rows of `work`, those of each link together, in the order of their first rows.
void write_all(ConnectionState &connection, const LinkWork &work,
               const std::vector<RowOfLink> &rows, bool is_insert, WrittenRow &written) {
  const auto write = [&](const RowLink &link, Verb verb, const std::vector<RowOfLink> &own) {
    if (!own.empty())
      RowsOfLink(connection, link, verb, written).write(own);
  };
  std::vector<const RowLink *> links;
  for (const RowOfLink &row : rows)
    if (std::find(links.begin(), links.end(), row.link) == links.end())
      links.push_back(row.link);
  for (const RowLink *link : links) {
    const bool may_exist = is_insert && is_only_link_unique(*link);
    std::vector<RowOfLink> own, unknown;
    for (const RowOfLink &row : rows)
      if (row.link == link)
        (may_exist && work.may_exist(row) ? unknown : own).push_back(row);
    write(*link, is_insert ? Verb::insert : Verb::remove, own);
    write(*link, Verb::insert_missing, unknown);
  }
}

} // namespace

void write_secondary_rows(ConnectionState &connection, LinkWork &work, WrittenRow &written) {
  write_all(connection, work, work.rows(false), false, written);
  write_all(connection, work, work.rows(true), true, written);
  written = {};
  work.clear_rows();
}

void delete_secondary_rows(ConnectionState &connection, LinkWork &work, WrittenRow &written,
                           std::span<ObjectState *const> of) {
  std::vector<RowOfLink> rows = work.rows(false);
  const auto leads_to = [&](const ObjectState *end) {
    return std::find(of.begin(), of.end(), end) != of.end();
  };
  std::erase_if(
      rows, [&](const RowOfLink &row) { return !leads_to(row.first) && !leads_to(row.second); });
  write_all(connection, work, rows, false, written);
  for (const RowOfLink &row : rows)
    work.remove_row(row);
  written = {};
}

} // namespace declorm::detail
