// sqlite_keys.cpp: what became of a row that was inserted: whether its key is the row's number, and
// whether it is there.
#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/dialect/sqlite/sqlite_connection.h"

namespace declorm::detail {
namespace {

/// NULL stands for the schema in which a statement finds the table.
void bind_table(PreparedStatement &statement, const std::string &schema, const std::string &table) {
  statement.bind(1, Value(table));
  statement.bind(2, schema.empty() ? Value() : Value(schema));
}

/// Whether SQLite calls the row's number by that name. The statements are prepared and not run:
/// they would leave the transaction with a lock for reading, with which it could not wait for the
/// lock that its INSERT needs.
bool is_row_number(sqlite3 *handle, const std::string &table, const std::string &column) {
  if (sqlite3_stricmp(column.c_str(), "rowid") ==
      0) // what it is called in tables without a key, too
    return false;
  for (const char *alias : {"_rowid_", "oid", "rowid"}) { // columns may be called so
    sqlite3_stmt *statement = nullptr;
    const std::string sql = std::string("SELECT ") + alias + " FROM " + table;
    sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr);
    const char *name = statement ? sqlite3_column_name(statement, 0) : nullptr;
    const bool is_same = name && sqlite3_stricmp(name, column.c_str()) == 0;
    sqlite3_finalize(statement);
    if (is_same)
      return sqlite3_stricmp(column.c_str(), alias) != 0;
  }
  return false;
}

} // namespace

/// Only a key that has no index of its own is the row's number.
std::string SqliteConnection::why_no_key(const std::string &schema, const std::string &table,
                                         const std::string &column) {
  if (is_row_number(handle_.get(), sqlite_dialect().quote_qualified(schema, table), column))
    return "";
  const auto statement = prepare(
      "SELECT c.type, c.pk, (SELECT count(*) FROM pragma_table_xinfo(?1, ?2) WHERE pk), EXISTS "
      "(SELECT 1 FROM pragma_index_list(?1, ?2) WHERE origin = 'pk'), EXISTS (SELECT 1 FROM "
      "pragma_table_list(?1) WHERE wr AND schema = coalesce(?2, 'main') COLLATE NOCASE) FROM "
      "pragma_table_xinfo(?1, ?2) AS c WHERE c.name = ?3 COLLATE NOCASE");
  bind_table(*statement, schema, table);
  statement->bind(3, Value(column));
  if (!statement->step())
    return "it is not there";
  const auto number = [&](int index) { return statement->column(index).as<std::int64_t>(); };
  const std::string type = statement->column(0).as<std::string>();
  if (number(1) == 0)
    return "it is no key there";
  if (number(2) != 1)
    return "it is one of the columns of a key there";
  if (number(3) == 0)
    return "";
  if (sqlite3_stricmp(type.c_str(), "INTEGER") != 0)
    return type.empty() ? "it has no type there" : "its type there is " + type;
  return number(4) != 0 ? "its table there is WITHOUT ROWID" : "it is PRIMARY KEY DESC there";
}

std::string SqliteConnection::why_no_row(const std::string &schema, const std::string &table) {
  const auto statement = prepare("SELECT 1 FROM pragma_table_list(?1) WHERE type = 'view' AND "
                                 "(?2 IS NULL OR schema = ?2 COLLATE NOCASE)");
  bind_table(*statement, schema, table);
  // The triggers of a view write what they like.
  return statement->step() ? "" : "a trigger, or ON CONFLICT IGNORE of a constraint,";
}

} // namespace declorm::detail
