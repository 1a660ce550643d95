// Reflecting a database of many tables, against the pragmas by hand, table by table: T.
#include "utils/bench/sqlite.h"

#include <declorm/declorm.h>

#include <algorithm>

namespace bench {
namespace {

/// One table for a hundred rows of the other workloads.
std::size_t table_count() { return std::max<std::size_t>(records().size() / 100, 2); }

void fill(const declorm::Engine &engine) {
  engine.begin([](declorm::Connection &connection) {
    for (std::size_t i = 0; i != table_count(); ++i) {
      const std::string number = std::to_string(i);
      connection.execute("CREATE TABLE t" + number +
                         " (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, a INT, b TEXT "
                         "DEFAULT 'x', c REAL, d DATETIME, e BLOB, u VARCHAR(10) UNIQUE, "
                         "previous INTEGER REFERENCES t" +
                         std::to_string(i ? i - 1 : 0) + " (id), n NUMERIC(10, 2), CHECK (a > 0))");
      connection.execute("CREATE INDEX ix" + number + " ON t" + number + " (name)");
    }
  });
}

/// The texts of a statement's rows, for one table.
class Reader {
public:
  Reader(Database &database, const char *sql, int columns)
      : statement_(database, sql), columns_(columns) {}

  std::vector<std::vector<std::string>> read(const std::string &table) {
    std::vector<std::vector<std::string>> rows;
    statement_.bind(1, table);
    while (statement_.step())
      for (int i = (rows.emplace_back(), 0); i != columns_; ++i)
        statement_.text(i, rows.back().emplace_back());
    statement_.reset();
    return rows;
  }

private:
  Statement statement_;
  int columns_;
};

struct TableRows {
  std::string name, sql;
  std::vector<std::vector<std::string>> columns, keys, indexes;
};

void by_hand(benchmark::State &state, Store) {
  const Location location(Store::file);
  fill(declorm::create_engine(location.url()));
  Database database(location.path());
  std::vector<TableRows> tables;
  measure(state, [&] {
    database.execute("BEGIN");
    Statement names(database, "SELECT name, sql FROM sqlite_master WHERE type = 'table'");
    Reader columns(database,
                   "SELECT name, type, \"notnull\", ifnull(dflt_value, ''), pk FROM "
                   "pragma_table_xinfo(?)",
                   5);
    Reader keys(database,
                "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete FROM "
                "pragma_foreign_key_list(?)",
                6);
    Reader indexes(database,
                   "SELECT i.name, i.\"unique\", i.origin, x.name FROM pragma_index_list(?) i, "
                   "pragma_index_xinfo(i.name) x WHERE x.key",
                   4);
    while (names.step()) {
      TableRows &table = tables.emplace_back();
      names.text(0, table.name);
      names.text(1, table.sql);
      table.columns = columns.read(table.name);
      table.keys = keys.read(table.name);
      table.indexes = indexes.read(table.name);
    }
    database.execute("COMMIT");
  });
  std::size_t columns = 0, keys = 0, indexes = 0;
  for (const TableRows &table : tables) {
    columns += table.columns.size();
    keys += table.keys.size();
    indexes += table.indexes.size();
  }
  expect_equal(columns, table_count() * 10, "columns by hand");
  expect_equal(keys, table_count(), "foreign keys by hand");
  expect_equal(indexes, table_count() * 2, "indexes by hand");
}

void by_reflect(benchmark::State &state, Store) {
  const Location location(Store::file);
  fill(declorm::create_engine(location.url()));
  const declorm::Engine engine = declorm::create_engine(location.url());
  engine.connect(); // as by hand, the file is open
  declorm::MetaData metadata;
  measure(state, [&] { metadata.reflect(engine); });
  std::size_t columns = 0, keys = 0, constraints = 0;
  for (const declorm::Table *table : metadata.tables()) {
    columns += table->columns().size();
    keys += table->foreign_keys().size();
    constraints += table->constraints().size() + table->indexes().size();
  }
  expect_equal(columns, table_count() * 10, "columns reflected");
  expect_equal(keys, table_count(), "foreign keys reflected");
  expect_equal(constraints, table_count() * 5, "constraints and indexes reflected");
}

} // namespace

void add_reflection() {
  add_workload("T", "baseline", by_hand);
  add_workload("T", "reflect", by_reflect);
}

} // namespace bench
