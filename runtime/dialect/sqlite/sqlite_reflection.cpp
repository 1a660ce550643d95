// sqlite_reflection.cpp: one statement for the columns of all tables, one for the foreign keys, one
// for the indexes: SQLite's pragmas as table-valued functions, joined with the list of tables. One
// more for the texts that created them.
#include "runtime/dialect/sqlite/sqlite_reflection.h"

#include "runtime/ascii.h"
#include "runtime/dialect/sqlite/apply_text.h"
#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/dialect/sqlite/sqlite_types.h"
#include "runtime/engine/suggest.h"

#include <algorithm>
#include <map>

namespace declorm::detail {
namespace {

constexpr std::size_t most_names_in_statement = 500; // with more, all tables are read

std::string text(const Row &row, std::size_t column) {
  return row[column].is_null() ? "" : row[column].as<std::string>();
}
std::optional<std::string> optional_text(const Row &row, std::size_t column) {
  return row[column].as<std::optional<std::string>>();
}
std::int64_t number(const Row &row, std::size_t column) { return row[column].as<std::int64_t>(); }

/// SQLite says NO ACTION for none.
std::string action(const Row &row, std::size_t column) {
  std::string action = text(row, column);
  return action == "NO ACTION" ? "" : action;
}

/// Names as SQLite compares them.
std::string folded(std::string_view name) { return ascii_lower(name); }

/// A foreign key as the pragma has it: names of others as they stand in its text.
struct KeyRow {
  std::vector<std::string> columns, referred_columns; ///< the latter empty: none are named
  std::string referred_table, on_delete, on_update;
};
using KeyRows = std::map<std::string, std::vector<KeyRow>>; ///< by table

/// Tables of one schema and kind that are wanted.
struct Selection {
  std::string schema;
  TableKind kind = TableKind::table;
  std::vector<std::string> names; ///< empty: all
};

/// What the list of tables says of one.
struct Listed {
  std::string name;
  TableKind kind;
  bool without_rowid, strict;
};

class SqliteReader final : public SchemaReader {
public:
  SqliteReader(Connection &connection, std::string_view schema)
      : connection_(connection), schema_(schema.empty() ? "main" : schema),
        is_default_(schema.empty()) {}

  std::vector<TableName> names() override;
  std::vector<TableReference> references() override;
  std::vector<ReflectedTable> read(const std::vector<TableName> &names) override;

private:
  using Tables = std::map<std::string, ReflectedTable *>; ///< of one schema, by name

  std::vector<Row> query(const Selection &selection, const std::string &columns,
                         const std::string &functions, const std::string &rest);
  void read_tables(const Selection &selection, const Tables &tables);
  void read_views(const Selection &selection, const Tables &tables);
  void read_columns(const Selection &selection, const Tables &tables);
  KeyRows read_keys(const Selection &selection);
  void read_indexes(const Selection &selection, const Tables &tables);
  void read_texts(const Selection &selection, const Tables &tables);
  /// A table's name as where it is defined; null if there is none.
  const Listed *find(const std::string &schema, std::string_view name) const;
  [[noreturn]] void no_such_schema();

  Connection &connection_;
  const std::string schema_;
  const bool is_default_;
  std::map<std::string, std::map<std::string, Listed>> listed_; ///< by schema, then folded name
  std::optional<KeyRows> all_keys_;                             ///< of schema_
  /// Parts of the indexes of the tables that are being read, and of those behind their keys.
  std::map<const ReflectedTable *, std::vector<std::vector<IndexPart>>> index_parts_;
  std::map<const ReflectedTable *, KeyParts> key_parts_;
};

/// The condition that makes a row of sqlite_master, `t`, one of that kind.
constexpr const char *condition(TableKind kind) {
  switch (kind) {
  case TableKind::table:
    return "t.type = 'table' AND t.rootpage <> 0";
  case TableKind::view:
    return "t.type = 'view'";
  case TableKind::virtual_table:
    break;
  }
  return "t.type = 'table' AND t.rootpage = 0";
}

void SqliteReader::no_such_schema() {
  std::vector<std::string> names;
  for (const Row &row : connection_.execute("SELECT name FROM pragma_database_list ORDER BY seq"))
    names.push_back(text(row, 0));
  if (std::ranges::any_of(names, [&](const auto &name) { return folded(name) == folded(schema_); }))
    throw; // something else is wrong
  throw ArgumentError("the database has no schema '" + schema_ +
                      "' (databases are attached with ATTACH, in on_connect)" +
                      suggestion(schema_, names));
}

std::vector<TableName> SqliteReader::names() {
  // The function alone would read no file: the EXISTS takes the lock, and looks for changes.
  const std::string sql =
      "SELECT name, schema, type, wr, strict FROM pragma_table_list WHERE (schema = ? COLLATE "
      "NOCASE OR schema = ?) AND type <> 'shadow' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND "
      "EXISTS (SELECT 1 FROM " +
      sqlite_dialect().quote(schema_) + ".sqlite_master) ORDER BY name";
  std::vector<Row> rows;
  try {
    rows = connection_.execute(sql, {schema_, is_default_ ? "temp" : schema_}).all();
  } catch (const ProgrammingError &) {
    no_such_schema();
  }
  std::vector<TableName> names;
  for (const Row &row : rows) {
    TableName &name = names.emplace_back();
    name.name = text(row, 0);
    name.schema = text(row, 1);
    name.temporary = name.schema == "temp";
    const std::string type = text(row, 2);
    name.kind = type == "view"      ? TableKind::view
                : type == "virtual" ? TableKind::virtual_table
                                    : TableKind::table;
    listed_[name.schema].emplace(
        folded(name.name), Listed{name.name, name.kind, number(row, 3) != 0, number(row, 4) != 0});
  }
  return names;
}

const Listed *SqliteReader::find(const std::string &schema, std::string_view name) const {
  const auto of_schema = listed_.find(schema);
  if (of_schema == listed_.end())
    return nullptr;
  const auto found = of_schema->second.find(folded(name));
  return found == of_schema->second.end() ? nullptr : &found->second;
}

constexpr const char *columns_function = " CROSS JOIN pragma_table_xinfo(t.name, ?) AS c";

/// Rows of the list of tables, `t`, joined with functions of them; each `?` in these is the schema.
/// Without functions: the list's rows, of indexes too.
std::vector<Row> SqliteReader::query(const Selection &selection, const std::string &columns,
                                     const std::string &functions, const std::string &rest) {
  std::vector<Value> params(static_cast<std::size_t>(std::ranges::count(functions, '?')),
                            Value(selection.schema));
  std::string sql = "SELECT t.name, " + columns + " FROM " +
                    sqlite_dialect().quote(selection.schema) + ".sqlite_master AS t" + functions +
                    " WHERE " +
                    (functions.empty() ? "t.sql IS NOT NULL" : condition(selection.kind));
  if (!selection.names.empty() && selection.names.size() <= most_names_in_statement) {
    params.insert(params.end(), selection.names.begin(), selection.names.end());
    sql += (functions.empty() ? " AND t.tbl_name IN (" : " AND t.name IN (") +
           join(std::vector<std::string>(selection.names.size(), "?")) + ")";
  }
  return connection_.execute(sql + rest, Params(std::move(params))).all();
}

void SqliteReader::read_columns(const Selection &selection, const Tables &tables) {
  std::map<ReflectedTable *, std::map<std::int64_t, std::string>> keys; // columns by position
  for (const Row &row :
       query(selection, R"(c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden)",
             columns_function, " ORDER BY c.cid")) {
    const auto table = tables.find(text(row, 0));
    const std::int64_t hidden = number(row, 6);
    if (table == tables.end() || hidden == 1) // of a virtual table: an argument, not a column
      continue;
    ReflectedColumn &column = table->second->columns.emplace_back();
    column.name = text(row, 1);
    column.type = sqlite_type(text(row, 2));
    const std::int64_t position = number(row, 5);
    column.nullable = number(row, 3) == 0 && position == 0;
    column.default_value = optional_text(row, 4);
    column.stored = hidden == 3;
    if (position)
      keys[table->second].emplace(position, column.name);
  }
  for (const auto &[table, columns] : keys)
    for (const auto &[position, column] : columns)
      table->primary_key.columns.push_back(column);
}

/// In the order of the text, which is the reverse of the pragma's.
KeyRows SqliteReader::read_keys(const Selection &selection) {
  KeyRows keys;
  const std::string *last_table = nullptr;
  std::int64_t last_id = 0;
  for (const Row &row :
       query(selection, R"(k.id, k."table", k."from", k."to", k.on_delete, k.on_update)",
             " CROSS JOIN pragma_foreign_key_list(t.name, ?) AS k",
             " ORDER BY t.name, k.id DESC, k.seq")) {
    const auto of_table = keys.try_emplace(text(row, 0)).first;
    if (last_table != &of_table->first || last_id != number(row, 1)) {
      KeyRow &key = of_table->second.emplace_back();
      key.referred_table = text(row, 2);
      key.on_delete = action(row, 5);
      key.on_update = action(row, 6);
      last_table = &of_table->first;
      last_id = number(row, 1);
    }
    of_table->second.back().columns.push_back(text(row, 3));
    if (!row[4].is_null())
      of_table->second.back().referred_columns.push_back(text(row, 4));
  }
  return keys;
}

std::vector<TableReference> SqliteReader::references() {
  if (!all_keys_)
    all_keys_ = read_keys({.schema = schema_, .names = {}});
  std::vector<TableReference> references;
  for (const auto &[table, keys] : *all_keys_)
    for (const KeyRow &key : keys)
      if (const Listed *referred = find(schema_, key.referred_table))
        references.push_back({table, referred->name});
  return references;
}

/// Spells names of another table's columns as it does; its key's for none.
std::vector<std::string> spelled(const std::vector<std::string> &names, const ReflectedTable &table,
                                 std::size_t count) {
  if (names.empty())
    return table.primary_key.columns.size() == count ? table.primary_key.columns : names;
  std::vector<std::string> result;
  for (const std::string &name : names) {
    const auto column = std::ranges::find_if(table.columns, [&](const ReflectedColumn &each) {
      return folded(each.name) == folded(name);
    });
    result.push_back(column == table.columns.end() ? name : column->name);
  }
  return result;
}

void SqliteReader::read_indexes(const Selection &selection, const Tables &tables) {
  const std::string *last_table = nullptr;
  std::string last_index, origin;
  for (const Row &row :
       query(selection, R"(i.name, i."unique", i.origin, x.cid, x.name, x.coll, x."desc")",
             " CROSS JOIN pragma_index_list(t.name, ?) AS i CROSS JOIN "
             "pragma_index_xinfo(i.name, ?) AS x",
             " AND x.key ORDER BY t.name, i.seq DESC, x.seqno")) {
    const auto found = tables.find(text(row, 0));
    if (found == tables.end())
      continue;
    ReflectedTable &table = *found->second;
    if (last_table != &found->first || last_index != text(row, 1)) {
      last_table = &found->first;
      last_index = text(row, 1);
      origin = text(row, 3);
      if (origin == "u") {
        table.unique_constraints.emplace_back();
        key_parts_[&table].unique.emplace_back();
      } else if (origin == "c") {
        table.indexes.push_back({.name = last_index, .unique = number(row, 2) != 0});
        index_parts_[&table].emplace_back();
      } else { // a key with an index of its own is not the row's number
        table.makes_key = false;
      }
    }
    const bool is_column = number(row, 4) >= 0; // else an expression, or the row's number
    IndexPart part{is_column, text(row, 5), text(row, 6), number(row, 7) != 0};
    if (origin == "u") {
      table.unique_constraints.back().columns.push_back(part.column);
      key_parts_[&table].unique.back().push_back(std::move(part));
    } else if (origin == "c") {
      index_parts_[&table].back().push_back(std::move(part));
    } else {
      key_parts_[&table].primary_key.push_back(std::move(part));
    }
  }
}

void SqliteReader::read_texts(const Selection &selection, const Tables &tables) {
  std::map<std::string, std::string> index_texts; // their names are the schema's, as tables' are
  for (const Row &row : query(selection, "t.type, t.tbl_name, t.sql", "", "")) {
    const auto found = tables.find(text(row, 2));
    if (found == tables.end())
      continue;
    if (text(row, 1) == "table")
      apply_table_text(*found->second, key_parts_[found->second], text(row, 3));
    else if (text(row, 1) == "index")
      index_texts.emplace(text(row, 0), text(row, 3));
  }
  for (const auto &[name, table] : tables)
    for (std::size_t i = 0; i != table->indexes.size(); ++i)
      apply_index_text(table->indexes[i], index_parts_[table][i],
                       index_texts[table->indexes[i].name]);
  index_parts_.clear();
  key_parts_.clear();
}

void SqliteReader::read_tables(const Selection &selection, const Tables &tables) {
  const bool has_all = all_keys_ && selection.schema == schema_;
  const KeyRows keys = has_all ? *all_keys_ : read_keys(selection);
  // Tables that are referred to, for the spelling of their columns.
  std::map<std::string, ReflectedTable> others;
  Tables all = tables;
  Selection with_others = selection;
  for (const auto &[name, table] : tables)
    if (const auto of_table = keys.find(name); of_table != keys.end())
      for (const KeyRow &key : of_table->second) {
        const Listed *referred = find(selection.schema, key.referred_table);
        if (!referred || referred->kind != TableKind::table || all.contains(referred->name))
          continue;
        all.emplace(referred->name, &others[referred->name]);
        if (!selection.names.empty())
          with_others.names.push_back(referred->name);
      }
  read_columns(with_others, all);
  for (const auto &[name, table] : tables) {
    const Listed &listed = *find(selection.schema, name);
    table->makes_key = table->primary_key.columns.size() == 1 && !listed.without_rowid;
    if (listed.without_rowid)
      table->options.push_back({"sqlite_with_rowid", "false"});
    if (listed.strict)
      table->options.push_back({"sqlite_strict", "true"});
    const auto of_table = keys.find(name);
    if (of_table == keys.end())
      continue;
    for (const KeyRow &row : of_table->second) {
      ReflectedForeignKey &key = table->foreign_keys.emplace_back();
      key.columns = row.columns;
      key.on_delete = row.on_delete;
      key.on_update = row.on_update;
      key.referred_schema = is_default_ ? "" : schema_;
      const Listed *referred = find(selection.schema, row.referred_table);
      const auto other = referred ? all.find(referred->name) : all.end();
      key.referred_table = referred ? referred->name : row.referred_table;
      key.referred_columns =
          other == all.end() ? row.referred_columns
                             : spelled(row.referred_columns, *other->second, row.columns.size());
    }
  }
  read_indexes(selection, tables);
  read_texts(selection, tables);
}

/// A view of what is gone, or a table of a module that is not there, spoils the statement: which?
void SqliteReader::read_views(const Selection &selection, const Tables &tables) {
  try {
    return read_columns(selection, tables);
  } catch (const ProgrammingError &) {
    const std::string kind = selection.kind == TableKind::view ? "view '" : "virtual table '";
    for (const auto &[name, table] : tables)
      try {
        query({selection.schema, selection.kind, {name}}, "c.name", columns_function, "");
      } catch (const ProgrammingError &error) {
        const std::string what = error.what();
        throw ProgrammingError("the " + kind + name +
                                   "' cannot be read: " + what.substr(0, what.find('\n')) +
                                   "; drop it, or name the tables to reflect without it",
                               error.statement(), error.params());
      }
    throw;
  }
}

std::vector<ReflectedTable> SqliteReader::read(const std::vector<TableName> &names) {
  std::vector<ReflectedTable> result(names.size());
  std::map<std::pair<std::string, TableKind>, Tables> groups;
  for (std::size_t i = 0; i != names.size(); ++i) {
    result[i].name = names[i];
    groups[{names[i].schema, names[i].kind}].emplace(names[i].name, &result[i]);
  }
  for (const auto &[group, tables] : groups) {
    const auto &[schema, kind] = group;
    Selection selection{schema, kind, {}};
    const auto of_kind = std::ranges::count_if(
        listed_[schema], [&](const auto &each) { return each.second.kind == kind; });
    if (static_cast<std::size_t>(of_kind) != tables.size())
      for (const auto &[name, table] : tables)
        selection.names.push_back(name);
    if (kind == TableKind::table)
      read_tables(selection, tables);
    else
      read_views(selection, tables);
  }
  return result;
}

} // namespace

std::unique_ptr<SchemaReader> make_sqlite_reader(Connection &connection, std::string_view schema) {
  return std::make_unique<SqliteReader>(connection, schema);
}

} // namespace declorm::detail
