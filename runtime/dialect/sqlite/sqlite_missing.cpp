// sqlite_missing.cpp: collations, functions and modules that a database needs and a program has not
// defined: which, where the schema names them, and where they are to be defined.
#include "runtime/ascii.h"
#include "runtime/dialect/sqlite/ddl_reader.h"
#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/dialect/sqlite/sqlite_connection.h"
#include "runtime/dialect/sqlite/sqlite_query.h"
#include "runtime/engine/sql_tokens.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm::detail {
namespace {

enum class Kind : unsigned char { collation, function, module };

std::string folded(std::string_view name) { return ascii_lower(name); }

/// What a statement uses of that kind, by name.
std::vector<std::string> names_in(std::string_view sql, Kind kind) {
  std::vector<std::string> names;
  Token before, token = take_token(sql);
  for (; token.kind != Token::Kind::end; before = std::move(token), token = take_token(sql)) {
    const bool is_name = token.kind == Token::Kind::word || token.kind == Token::Kind::quoted;
    const bool is_behind = is_name && before.kind == Token::Kind::word;
    if (kind == Kind::collation && is_behind && before.text == "COLLATE")
      names.push_back(token.name);
    else if (kind == Kind::module && is_behind && before.text == "USING")
      names.push_back(token.name);
    else if (kind == Kind::function && token.text == "(" &&
             (before.kind == Token::Kind::word || before.kind == Token::Kind::quoted))
      names.push_back(before.name);
  }
  return names;
}

bool names(std::string_view sql, Kind kind, const std::string &wanted) {
  return std::ranges::any_of(
      names_in(sql, kind), [&](const std::string &name) { return folded(name) == folded(wanted); });
}

/// One thing of the schema, as its CREATE statement made it.
struct SchemaEntry {
  std::string type, name, table, sql;
};

/// "the column w.name": where a CREATE TABLE names it; the table itself if no column is found.
void add_places_in_table(const SchemaEntry &entry, Kind kind, const std::string &wanted,
                         std::vector<std::string> &places) {
  const TableText text = read_create_table(entry.sql);
  const std::size_t before = places.size();
  for (const TableText::Column &column : text.columns) {
    const bool is_named = (kind == Kind::collation && folded(column.collation) == folded(wanted)) ||
                          names(column.computed, kind, wanted);
    if (is_named)
      places.push_back("the column " + entry.name + "." + column.name);
  }
  for (const ReflectedCheck &check : text.check_constraints)
    if (names(check.sql, kind, wanted))
      places.push_back("CHECK (" + check.sql + ") of the table " + entry.name);
  if (places.size() == before)
    places.push_back("the table " + entry.name);
}

std::vector<std::string> places_of(const std::vector<SchemaEntry> &schema, Kind kind,
                                   const std::string &wanted) {
  std::vector<std::string> places;
  for (const SchemaEntry &entry : schema) {
    if (!names(entry.sql, kind, wanted))
      continue;
    const bool is_virtual = kind == Kind::module;
    if (entry.type == "table" && !is_virtual)
      add_places_in_table(entry, kind, wanted, places);
    else if (entry.type == "table")
      places.push_back("the virtual table " + entry.name);
    else
      places.push_back("the " + entry.type + " " + entry.name +
                       (entry.type == "view" ? "" : " of " + entry.table));
  }
  return places;
}

std::vector<SchemaEntry> schema_of(sqlite3 *handle) {
  std::vector<SchemaEntry> entries;
  for (const auto &database : query_texts(handle, "SELECT name FROM pragma_database_list")) {
    const std::string sql = "SELECT type, name, tbl_name, sql FROM " +
                            sqlite_dialect().quote(database[0]) + ".sqlite_master WHERE sql <> ''";
    for (const auto &row : query_texts(handle, sql.c_str()))
      entries.push_back({row[0], row[1], row[2], row[3]});
  }
  return entries;
}

/// What is there, without what is missing.
std::vector<std::string> known(sqlite3 *handle, Kind kind, const std::string &missing) {
  std::vector<std::string> names;
  for (const auto &row : query_texts(
           handle, kind == Kind::collation  ? "SELECT name FROM pragma_collation_list"
                   : kind == Kind::function ? "SELECT DISTINCT name FROM pragma_function_list"
                                            : "SELECT name FROM pragma_module_list"))
    if (folded(row[0]) != folded(missing)) // SQLite lists collations that it only met by name
      names.push_back(folded(row[0]));
  return names;
}

std::string definer(Kind kind) {
  switch (kind) {
  case Kind::collation:
    return "sqlite3_create_collation_v2()";
  case Kind::function:
    return "sqlite3_create_function_v2()";
  case Kind::module:
    break;
  }
  return "sqlite3_load_extension() or sqlite3_create_module_v2()";
}

std::string kind_text(Kind kind) {
  return kind == Kind::collation ? "collation" : kind == Kind::function ? "function" : "module";
}

std::string way_out(Kind kind) {
  return "define it on each new connection, in EngineOptions::on_connect, with " + definer(kind) +
         " on Connection::native_handle()";
}

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// `message`: what SQLite says.
std::string missing(const std::string &message, Kind kind, const std::string &name,
                    sqlite3 *handle) {
  constexpr std::size_t most = 10;
  std::vector<std::string> places = places_of(schema_of(handle), kind, name);
  if (places.size() > most) {
    const std::string rest = std::to_string(places.size() - most) + " more";
    places.resize(most);
    places.push_back(rest);
  }
  if (!places.empty())
    return message + ": this program has no " + kind_text(kind) + " '" + name +
           "', and the database needs it for " + join(places) + "; " + way_out(kind);
  const std::string near = model::nearest(folded(name), known(handle, kind, name));
  if (!near.empty())
    return message + "; did you mean '" + near + "'?";
  const bool is_plain = std::ranges::all_of(name, is_word_char);
  return message + (is_plain ? "; if the program is to have it, " + way_out(kind) : "");
}

bool is_defined(sqlite3 *handle, const std::string &collation) {
  const std::string sql = "SELECT '' = '' COLLATE " + sqlite_dialect().quote(collation);
  return !query_texts(handle, sql.c_str()).empty();
}

/// All collations that the schema names and nobody has defined: SQLite's planner does not say which
/// of them it lacked.
std::string missing_collations(const std::string &message, sqlite3 *handle) {
  const std::vector<SchemaEntry> schema = schema_of(handle);
  std::vector<std::string> lacking;
  for (const SchemaEntry &entry : schema)
    for (const std::string &name : names_in(entry.sql, Kind::collation)) {
      const auto is_it = [&](const std::string &other) { return folded(other) == folded(name); };
      if (std::ranges::none_of(lacking, is_it) && !is_defined(handle, name))
        lacking.push_back(name);
    }
  std::string text = message;
  for (const std::string &name : lacking)
    text += (text.size() == message.size() ? ": this program has no collation '"
                                           : ", and no collation '") +
            name + "', which the database needs for " +
            join(places_of(schema, Kind::collation, name));
  return lacking.empty() ? message : text + "; " + way_out(Kind::collation);
}

/// What stands in `message` behind `start`, without the parentheses of a function; "" : it does not
/// begin so.
std::string behind(std::string_view message, std::string_view start) {
  if (!message.starts_with(start))
    return "";
  std::string_view name = message.substr(start.size());
  if (name.ends_with("()"))
    name.remove_suffix(2);
  return std::string(name);
}

} // namespace

std::string explain_missing(const std::string &message, std::string_view sql, sqlite3 *handle) {
  for (const auto &[start, kind] : {std::pair{"no such collation sequence: ", Kind::collation},
                                    {"no such function: ", Kind::function},
                                    {"unknown function: ", Kind::function},
                                    {"no such module: ", Kind::module}})
    if (const std::string name = behind(message, start); !name.empty()) {
      // Who reads the schema names the virtual table, and reads on without it.
      const bool reads_schema = sql.find("pragma_") != std::string_view::npos;
      return kind == Kind::module && reads_schema ? message : missing(message, kind, name, handle);
    }
  return message == "no query solution" ? missing_collations(message, handle) : message;
}

} // namespace declorm::detail
