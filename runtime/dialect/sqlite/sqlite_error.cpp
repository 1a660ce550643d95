// sqlite_error.cpp: SQLite's errors in words that say where, and what to do.
#include "runtime/dialect/sqlite/sqlite_connection.h"
#include "runtime/dialect/sqlite/sqlite_query.h"
#include "runtime/dialect/sqlite/statement_text.h"
#include "runtime/engine/suggest.h"

#include <cerrno>
#include <cstring>

namespace declorm::detail {
namespace {

std::vector<std::string> references(const std::vector<std::vector<std::string>> &rows) {
  std::vector<std::string> texts;
  for (const auto &row : rows) // table, column, referred table, referred column
    texts.push_back(row[0] + "." + row[1] + " (to " + row[2] +
                    (row[3].empty() ? "" : "." + row[3]) + ")");
  return texts;
}

constexpr char keys_of_table[] =
    R"(SELECT ?1, "from", "table", "to" FROM pragma_foreign_key_list(?1))";
constexpr char keys_to_table[] =
    R"(SELECT m.name, k."from", k."table", k."to" FROM sqlite_master m,
       pragma_foreign_key_list(m.name) k WHERE m.type = 'table' AND k."table" = ?1 COLLATE NOCASE)";
constexpr char violated_keys[] =
    R"(SELECT DISTINCT v."table", k."from", k."table", k."to" FROM pragma_foreign_key_check v,
       pragma_foreign_key_list(v."table") k WHERE k.id = v.fkid)";

/// SQLite says of a foreign key only that it failed; the candidates are in the schema.
std::string foreign_key_message(const WriteTarget &target, sqlite3 *handle) {
  using Verb = WriteTarget::Verb;
  std::string message = "FOREIGN KEY constraint failed";
  if (target.verb == Verb::none) { // COMMIT: the rows are still there to be looked at
    const auto violated = references(query_texts(handle, violated_keys));
    if (!violated.empty())
      message += ": there are rows that refer to nothing, by " + join(violated, " or ");
    return message;
  }
  std::vector<std::string> own, others;
  if (target.verb != Verb::delete_)
    own = references(query_texts(handle, keys_of_table, {target.table}));
  if (target.verb != Verb::insert)
    others = references(query_texts(handle, keys_to_table, {target.table}));
  if (!own.empty())
    message += ": the row of " + target.table + " would refer to nothing, by " + join(own, " or ");
  if (!others.empty())
    message += std::string(own.empty() ? ": " : "; or ") + "a row of " + target.table +
               " is still referred to, by " + join(others, " or ");
  return message;
}

std::string constraint_message(const SqliteError &error, std::string_view sql, sqlite3 *handle) {
  const WriteTarget target = write_target(sql);
  const std::string of_table = target.table.empty() ? "" : " (table " + target.table + ")";
  switch (error.code) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY:
  case SQLITE_CONSTRAINT_ROWID:
    return error.message + "; there is a row with that value already";
  case SQLITE_CONSTRAINT_NOTNULL:
    return error.message + "; it takes no NULL";
  case SQLITE_CONSTRAINT_FOREIGNKEY:
    return foreign_key_message(target, handle);
  case SQLITE_CONSTRAINT_DATATYPE: // names table and column
    return error.message;
  default:
    return error.message + of_table;
  }
}

std::string no_such_table_message(const SqliteError &error, sqlite3 *handle,
                                  const SqliteOptions &options) {
  const std::string name = error.message.substr(std::strlen("no such table: "));
  std::vector<std::string> names;
  for (const auto &row :
       query_texts(handle, "SELECT name FROM sqlite_master WHERE type IN ('table', "
                           "'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"))
    names.push_back(row[0]);
  const std::string near = model::nearest(name, names);
  return error.message + " in the " + options.shown() +
         (near.empty() ? "" : "; did you mean '" + near + "'?");
}

IntegrityError::Kind kind_of(int code) {
  using enum IntegrityError::Kind;
  switch (code) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY:
  case SQLITE_CONSTRAINT_ROWID:
    return unique;
  case SQLITE_CONSTRAINT_FOREIGNKEY:
    return foreign_key;
  case SQLITE_CONSTRAINT_NOTNULL:
    return not_null;
  case SQLITE_CONSTRAINT_CHECK:
    return check;
  default:
    return other;
  }
}

} // namespace

std::vector<std::vector<std::string>> query_texts(sqlite3 *handle, const char *sql,
                                                  const std::vector<std::string> &params) {
  std::vector<std::vector<std::string>> rows;
  sqlite3_stmt *statement = nullptr;
  if (sqlite3_prepare_v2(handle, sql, -1, &statement, nullptr) != SQLITE_OK)
    return rows;
  for (std::size_t i = 0; i != params.size(); ++i)
    sqlite3_bind_text(statement, static_cast<int>(i) + 1, params[i].c_str(), -1, SQLITE_TRANSIENT);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    std::vector<std::string> row;
    for (int i = 0; i != sqlite3_column_count(statement); ++i) {
      const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, i));
      row.emplace_back(text ? text : "");
    }
    rows.push_back(std::move(row));
  }
  sqlite3_finalize(statement);
  return rows;
}

std::string explain(const SqliteError &error, std::string_view sql, sqlite3 *handle,
                    const SqliteOptions &options) {
  const std::string in_database = error.message + " (" + options.shown() + ")";
  switch (error.code & 0xff) {
  case SQLITE_CONSTRAINT:
    return constraint_message(error, sql, handle);
  case SQLITE_MISMATCH: {
    const WriteTarget target = write_target(sql);
    return error.message + (target.table.empty() ? "" : " in table " + target.table) +
           ": its INTEGER PRIMARY KEY takes integers only";
  }
  case SQLITE_FULL:
    return "the " + options.shown() +
           " is full; nothing was written. Free space on its disk, or raise PRAGMA max_page_count";
  case SQLITE_READONLY:
    if (error.code == SQLITE_READONLY_DBMOVED)
      return "the file of the " + options.shown() +
             " was moved, replaced or deleted while this connection was open; nothing was written. "
             "New connections open the file that is there now";
    return "the " + options.shown() + " is read-only; " +
           (options.mode == "ro" ? "it was opened with ?mode=ro"
                                 : "look at the permissions of the file and of its folder");
  case SQLITE_NOTADB:
    return "the file of the " + options.shown() + " is no SQLite database, or is encrypted";
  case SQLITE_CORRUPT:
    return "the " + options.shown() + " is damaged (" + error.message +
           "); look at it with PRAGMA integrity_check, and restore a backup";
  case SQLITE_CANTOPEN: {
    const int reason = handle ? sqlite3_system_errno(handle) : 0;
    return "the " + options.shown() + " cannot be opened" +
           (reason ? ": " + std::string(std::strerror(reason)) : "") +
           (reason != ENOENT        ? ""
            : options.mode == "rwc" ? "; is its folder there?"
                                    : "; is the file there?");
  }
  case SQLITE_IOERR:
    return "reading or writing the " + options.shown() + " failed: " + error.message;
  case SQLITE_ERROR:
    if (error.message.starts_with("no such table: "))
      return no_such_table_message(error, handle, options);
    return handle ? explain_missing(error.message, sql, handle) : error.message;
  default:
    return in_database;
  }
}

void throw_sqlite_error(int code, const std::string &message, std::string_view sql) {
  const std::string text(sql);
  const std::string whole = text.empty() ? message : message + "\n[SQL: " + text + "]";
  if (code == SQLITE_READONLY_DBMOVED)
    throw ConnectionLostError(whole, text);
  switch (code & 0xff) {
  case SQLITE_CONSTRAINT:
    if (code == SQLITE_CONSTRAINT_DATATYPE)
      throw DataError(whole, text);
    throw IntegrityError(whole, text, {}, kind_of(code));
  case SQLITE_MISMATCH:
  case SQLITE_TOOBIG:
    throw DataError(whole, text);
  case SQLITE_ERROR:
  case SQLITE_AUTH:
    throw ProgrammingError(whole, text);
  case SQLITE_INTERNAL:
  case SQLITE_MISUSE:
  case SQLITE_RANGE:
    throw InterfaceError(whole, text);
  default:
    throw OperationalError(whole, text);
  }
}

} // namespace declorm::detail
