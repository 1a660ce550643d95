// secondary_rows.cpp: INSERT and DELETE in tables in between.
#include "runtime/orm/rows/secondary_rows.h"

#include "runtime/engine/query_run.h"
#include "runtime/orm/rows/row_writer.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// The columns of the table in between, those of the first object in front, with their values.
class LinkRow {
public:
  explicit LinkRow(const RowOfLink &row) {
    add(row.link->near, *row.first, *row.link->first->owner);
    add(row.link->far, *row.second, *row.link->first->target);
  }
  std::vector<const Column *> columns;
  std::vector<Value> values;

private:
  void add(const std::vector<std::pair<unsigned, const Column *>> &pairs, const ObjectState &state,
           const MapperState &base) {
    for (const auto &[position, column] : pairs) {
      columns.push_back(column);
      values.push_back(value_of(
          state.mapper->all_fields[position_in(*state.mapper, base, position)], state.object));
    }
  }
};

std::string insert_sql(const Table &table, const std::vector<const Column *> &columns,
                       const Dialect &dialect) {
  std::string names, values;
  int number = 0;
  for (const Column *column : columns) {
    names += (names.empty() ? "" : ", ") + dialect.quote(column->name());
    values += (values.empty() ? "" : ", ") + dialect.placeholder(++number);
  }
  return "INSERT INTO " + dialect.quote_qualified(table.schema(), table.name()) + " (" + names +
         ") VALUES (" + values + ")";
}

std::string delete_sql(const Table &table, const std::vector<const Column *> &columns,
                       const Dialect &dialect) {
  const std::string name = dialect.quote_qualified(table.schema(), table.name());
  std::string where;
  int number = 0;
  for (const Column *column : columns)
    where += (where.empty() ? "" : " AND ") + name + '.' + dialect.quote(column->name()) + " = " +
             dialect.placeholder(++number);
  return "DELETE FROM " + name + "\nWHERE " + where;
}

/// One statement for all rows of a link.
void write_rows(ConnectionState &connection, std::span<const RowOfLink> rows, bool is_insert,
                WrittenRow &noted) {
  const RowLink &link = *rows.front().link;
  const std::vector<const Column *> columns = LinkRow(rows.front()).columns;
  const std::string sql = is_insert ? insert_sql(*link.table, columns, connection.dialect())
                                    : delete_sql(*link.table, columns, connection.dialect());
  connection.autobegin();
  const StatementLease statement = connection.prepare(sql);
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::vector<std::string>> batch;
  for (const RowOfLink &row : rows) {
    noted = {is_insert ? WrittenRow::inserted : WrittenRow::deleted, 0, nullptr, row};
    const LinkRow written(row);
    std::int64_t rows_written = 0;
    std::vector<std::string> texts;
    for (const Value &value : written.values)
      texts.push_back(value.to_string());
    try {
      for (std::size_t i = 0; i != written.values.size(); ++i)
        statement->bind(int(i) + 1, written.values[i]);
      statement->step();
      rows_written = statement->outcome().affected_rows;
      statement->reset();
    } catch (const DatabaseError &) {
      rethrow_with_params(texts);
    }
    if (!is_insert && rows_written == 0)
      throw StaleDataError(short_name(*link.first) + ": DELETE of the link of " +
                           name_of(*row.first) + " with " + name_of(*row.second) +
                           text_of_matched(0, *link.table, columns, written.values) +
                           ". rollback(), and load both again");
    batch.push_back(std::move(texts));
  }
  connection.note_write(sql);
  if (connection.watched())
    connection.report(sql, batch, std::int64_t(batch.size()),
                      std::chrono::steady_clock::now() - begin);
}

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
    write_rows(connection, own, is_insert, written);
  }
}

} // namespace

void write_link_rows(ConnectionState &connection, LinkWork &work, WrittenRow &written) {
  write_all(connection, work.rows(false), false, written);
  write_all(connection, work.rows(true), true, written);
  written = {};
  work.clear_rows();
}

} // namespace declorm::detail
