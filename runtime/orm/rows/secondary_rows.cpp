// secondary_rows.cpp: INSERT and DELETE in tables in between.
#include "runtime/orm/rows/secondary_rows.h"

#include "runtime/orm/rows/row_writer.h"
#include "runtime/sql/table_statements.h"

#include <algorithm>

namespace declorm::detail {

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

/// Writes all rows of one link with one statement, in batches.
class RowsOfLink {
public:
  RowsOfLink(ConnectionState &connection, const RowLink &link, bool is_insert, WrittenRow &noted)
      : connection_(connection), link_(link), is_insert_(is_insert), noted_(noted),
        columns_(columns_of(link)),
        sql_(is_insert
                 ? insert_sql(*link.table, std::vector<ColumnSql>(columns_.begin(), columns_.end()),
                              {}, connection.dialect())
                 : delete_sql(*link.table, columns_, connection.dialect())) {}

  void write(std::span<const RowOfLink> rows) {
    connection_.autobegin();
    const StatementLease statement = connection_.prepare(sql_);
    const auto begin = std::chrono::steady_clock::now();
    const std::unique_ptr<Batch> batch = statement->batch({});
    for (std::size_t first = 0; first < rows.size(); first += batch->capacity())
      write_batch(*batch, rows.subspan(first, std::min(batch->capacity(), rows.size() - first)));
    if (connection_.watched())
      connection_.report(sql_, executed_, std::int64_t(rows.size()),
                         std::chrono::steady_clock::now() - begin);
  }

private:
  void write_batch(Batch &batch, std::span<const RowOfLink> rows) {
    std::vector<std::vector<Value>> values;
    values.reserve(rows.size());
    for (const RowOfLink &row : rows)
      batch.add({nullptr, values.emplace_back(values_of(row))});
    note(rows.front());
    batch.send();
    for (std::size_t i = 0; i != rows.size(); ++i) {
      note(rows[i]);
      take_result(batch, rows[i], values[i]);
    }
  }
  void take_result(Batch &batch, const RowOfLink &row, std::span<const Value> values) {
    Outcome outcome;
    try {
      outcome = batch.next_result();
    } catch (const DatabaseError &) {
      rethrow_with_params(texts_of(values));
    }
    if (!is_insert_ && outcome.affected_rows == 0)
      throw StaleDataError(short_name(*link_.first) + ": DELETE of the link of " +
                           name_of(*row.first) + " with " + name_of(*row.second) +
                           text_of_matched(0, *link_.table, columns_, values) +
                           ". rollback(), and load both again");
    if (connection_.watched())
      executed_.push_back(texts_of(values));
  }
  void note(const RowOfLink &row) {
    noted_ = {is_insert_ ? WrittenRow::inserted : WrittenRow::deleted, 0, nullptr, row};
  }
  static std::vector<std::string> texts_of(std::span<const Value> values) {
    std::vector<std::string> texts;
    for (const Value &value : values)
      texts.push_back(value.to_string());
    return texts;
  }

  ConnectionState &connection_;
  const RowLink &link_;
  const bool is_insert_;
  WrittenRow &noted_;
  const std::vector<const Column *> columns_;
  const std::string sql_;
  std::vector<std::vector<std::string>> executed_; ///< parameters, if somebody watches
};

/// The links in the order of their first rows.
void write_all(ConnectionState &connection, const std::vector<RowOfLink> &rows, bool is_insert,
               WrittenRow &written) {
  std::vector<const RowLink *> links;
  for (const RowOfLink &row : rows)
    if (std::find(links.begin(), links.end(), row.link) == links.end())
      links.push_back(row.link);
  for (const RowLink *link : links) {
    std::vector<RowOfLink> own;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(own),
                 [&](const RowOfLink &row) { return row.link == link; });
    RowsOfLink(connection, *link, is_insert, written).write(own);
  }
}

} // namespace

void write_secondary_rows(ConnectionState &connection, LinkWork &work, WrittenRow &written) {
  write_all(connection, work.rows(false), false, written);
  write_all(connection, work.rows(true), true, written);
  written = {};
  work.clear_rows();
}

} // namespace declorm::detail
