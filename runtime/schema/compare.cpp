// compare.cpp: a declared table and the database's: columns first, then keys, constraints, indexes.
#include "runtime/schema/compare.h"

#include "declorm/dialect.h"
#include "runtime/engine/suggest.h"
#include "runtime/schema/type_fit.h"

#include <algorithm>

namespace declorm {

std::string_view to_string(DifferenceKind kind) {
  switch (kind) {
  case DifferenceKind::missing_table:
    return "missing-table";
  case DifferenceKind::missing_column:
    return "missing-column";
  case DifferenceKind::extra_column:
    return "extra-column";
  case DifferenceKind::type:
    return "type";
  case DifferenceKind::nullability:
    return "nullability";
  case DifferenceKind::computed:
    return "computed";
  case DifferenceKind::primary_key:
    return "primary-key";
  case DifferenceKind::unique:
    return "unique";
  case DifferenceKind::foreign_key:
    return "foreign-key";
  case DifferenceKind::check:
    return "check";
  case DifferenceKind::index:
    break;
  }
  return "index";
}

std::string to_string(const Difference &difference) { return difference.message; }

namespace detail {
namespace {

/// "; did you mean 'x'?", or "".
std::string nearest_of(const std::string &name, const std::vector<std::string> &names) {
  const std::string near = model::nearest(name, names);
  return near.empty() ? "" : "; did you mean '" + near + "'?";
}

/// Raw SQL without what does not matter: blanks, and capitals outside of quotes.
std::string bare_sql(std::string_view sql) {
  std::string result;
  char quote = 0;
  for (const char c : sql) {
    if (quote) {
      quote = c == quote ? 0 : quote;
      result += c;
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
      result += c;
    } else if (c != ' ' && !(c >= '\t' && c <= '\r')) {
      result += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
  }
  return result;
}

std::string upper(std::string text) {
  for (char &c : text)
    c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return text;
}

std::string columns_text(const std::vector<std::string> &columns) {
  return "(" + join(columns) + ")";
}

/// "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
std::string actions_text(const Constraint &key) {
  std::string text;
  const auto add = [&](const char *when, const std::string &action) {
    if (!action.empty() && upper(action) != "NO ACTION")
      text += std::string(text.empty() ? "" : " ") + "ON " + when + " " + upper(action);
  };
  add("DELETE", key.on_delete);
  add("UPDATE", key.on_update);
  if (key.deferrable)
    text += std::string(text.empty() ? "" : " ") + "DEFERRABLE INITIALLY DEFERRED";
  return text;
}

class Comparison {
public:
  Comparison(const Table &declared, const Table &found, const Dialect &dialect)
      : declared_(declared), found_(found), dialect_(dialect) {}

  std::vector<Difference> run() {
    for (const Column *column : declared_.columns())
      compare_column(*column);
    if (found_.is_view()) // it has no constraints, and NULLs wherever
      return std::move(differences_);
    for (const Column *column : found_.columns())
      check_extra(*column);
    compare_keys();
    compare_unique();
    compare_foreign_keys();
    compare_checks();
    compare_indexes();
    return std::move(differences_);
  }

private:
  using Columns = std::vector<std::string>;

  void add(DifferenceKind kind, const std::string &name, std::string declared, std::string found,
           std::string message) {
    differences_.push_back({kind, declared_.full_name(), name, std::move(declared),
                            std::move(found), std::move(message)});
  }
  std::string title(const Column &column) const {
    return declared_.full_name() + "." + column.name();
  }
  const Column *same_column(const Table &table, const std::string &name) const {
    for (const Column *column : table.columns())
      if (dialect_.folded(column->name()) == dialect_.folded(name))
        return column;
    return nullptr;
  }
  Columns folded(const Columns &names) const {
    Columns result;
    for (const std::string &name : names)
      result.push_back(dialect_.folded(name));
    return result;
  }
  Columns folded_set(const Columns &names) const {
    Columns result = folded(names);
    std::ranges::sort(result);
    return result;
  }
  static Columns names_of(const std::vector<const Column *> &columns) {
    Columns names;
    for (const Column *column : columns)
      names.push_back(column->name());
    return names;
  }

  /// Whether the DDL would be the same: some options of a table keep it from making keys.
  bool is_made_alike(const Column &column, const Column &found) const {
    return dialect_.column_type_sql(column) == dialect_.column_type_sql(found) &&
           std::ranges::all_of(found_.options(), [&](const TableOption &option) {
             return declared_.option(option.name) == option.value;
           });
  }
  void compare_column(const Column &column);
  void check_extra(const Column &column);
  void compare_keys();
  void compare_unique();
  std::vector<Columns> unique_columns(const Table &table) const;
  void compare_foreign_keys();
  std::string target_text(const Constraint &key) const;
  void compare_checks();
  void compare_indexes();
  bool is_same(const Index &a, const Index &b) const;

  const Table &declared_, &found_;
  const Dialect &dialect_;
  std::vector<Difference> differences_;
};

void Comparison::compare_column(const Column &column) {
  const std::string type = dialect_.column_type_sql(column);
  const Column *found = same_column(found_, column.name());
  if (!found)
    return add(DifferenceKind::missing_column, column.name(), type, "",
               "the table " + declared_.full_name() + " has no column '" + column.name() +
                   "' in the database; it is declared as " + type +
                   nearest_of(column.name(), names_of(found_.columns())));
  const std::string found_type = dialect_.column_type_sql(*found);
  if (!types_fit(column.type(), found->type()) || !sizes_fit(column.type(), found->type()))
    add(DifferenceKind::type, column.name(), type, found_type,
        title(column) + " is " + (found_type.empty() ? "of no type" : found_type) +
            " in the database, and declared as " + type);
  if (found_.is_view())
    return;
  if (column.nullable() != found->nullable() && !column.primary_key() && !found->primary_key())
    add(DifferenceKind::nullability, column.name(), column.nullable() ? "NULL" : "NOT NULL",
        found->nullable() ? "NULL" : "NOT NULL",
        title(column) + (column.nullable()
                             ? " is NOT NULL in the database, and declared to take NULL"
                             : " takes NULL in the database, and is declared NOT NULL"));
  if (column.computed().has_value() != found->computed().has_value())
    add(DifferenceKind::computed, column.name(), column.computed().value_or(""),
        found->computed().value_or(""),
        title(column) + (column.computed() ? " is declared as generated, and an ordinary column in "
                                             "the database"
                                           : " is generated in the database, and not declared so"));
}

void Comparison::check_extra(const Column &column) {
  const bool is_given =
      column.nullable() || column.server_default() || column.computed() || column.autoincrement();
  if (is_given || same_column(declared_, column.name()))
    return;
  const std::string type = dialect_.column_type_sql(column);
  add(DifferenceKind::extra_column, column.name(), "", type + " NOT NULL",
      "the database wants a value for " + title(column) + " (" + type + (type.empty() ? "" : " ") +
          "NOT NULL, without a default) in each new row, and the column is not declared");
}

void Comparison::compare_keys() {
  const Columns declared = names_of(declared_.primary_key()),
                found = names_of(found_.primary_key());
  const auto shown = [](const Columns &columns) {
    return columns.empty() ? std::string() : "PRIMARY KEY " + columns_text(columns);
  };
  if (folded_set(declared) != folded_set(found))
    return add(DifferenceKind::primary_key, "", shown(declared), shown(found),
               "the table " + declared_.full_name() + " has " +
                   (found.empty() ? "no primary key" : "the primary key " + columns_text(found)) +
                   " in the database, and is declared with " +
                   (declared.empty() ? "none" : columns_text(declared)));
  for (const Column *column : declared_.primary_key()) {
    const Column &there = *same_column(found_, column->name());
    if (column->autoincrement() && !there.autoincrement() && !is_made_alike(*column, there))
      add(DifferenceKind::primary_key, column->name(), dialect_.column_type_sql(*column),
          dialect_.column_type_sql(there),
          "the database does not make the key " + title(*column) + " (its type there is " +
              dialect_.column_type_sql(there) + "), and it is declared so");
  }
}

/// Of its constraints and of indexes that have no more to them.
std::vector<Comparison::Columns> Comparison::unique_columns(const Table &table) const {
  std::vector<Columns> result;
  const auto add = [&](const Columns &columns) {
    const Columns set = folded_set(columns);
    if (std::ranges::none_of(result, [&](const Columns &each) { return folded_set(each) == set; }))
      result.push_back(columns);
  };
  for (const Constraint &constraint : table.constraints())
    if (constraint.kind == ConstraintKind::unique)
      add(constraint.columns);
  for (const Index &index : table.indexes())
    if (index.unique && index.expressions.empty() && index.where.empty())
      add(index.columns);
  return result;
}

void Comparison::compare_unique() {
  const auto has = [&](const Table &table, const Columns &columns) {
    std::vector<Columns> all = unique_columns(table);
    all.push_back(names_of(table.primary_key()));
    return std::ranges::any_of(
        all, [&](const Columns &each) { return folded_set(each) == folded_set(columns); });
  };
  for (const Columns &columns : unique_columns(declared_))
    if (!has(found_, columns))
      add(DifferenceKind::unique, join(columns), "UNIQUE " + columns_text(columns), "",
          declared_.full_name() + " " + columns_text(columns) +
              " is declared unique, and is not in the database");
  for (const Columns &columns : unique_columns(found_))
    if (!has(declared_, columns))
      add(DifferenceKind::unique, join(columns), "", "UNIQUE " + columns_text(columns),
          declared_.full_name() + " " + columns_text(columns) +
              " is unique in the database, and not declared so");
}

/// "users (id)"
std::string Comparison::target_text(const Constraint &key) const {
  Columns columns;
  for (const std::string &referred : key.referred)
    columns.push_back(ForeignKey(referred).target_column());
  return ForeignKey(key.referred.front()).target_table() + " " + columns_text(columns);
}

void Comparison::compare_foreign_keys() {
  const auto keys_of = [](const Table &table) {
    std::vector<const Constraint *> keys;
    for (const Constraint &constraint : table.constraints())
      if (constraint.kind == ConstraintKind::foreign_key)
        keys.push_back(&constraint);
    return keys;
  };
  const auto title_of = [&](const Constraint &key) {
    return declared_.full_name() + " " + columns_text(key.columns) + " to " + target_text(key);
  };
  const auto shown = [&](const Constraint &key) {
    const std::string actions = actions_text(key);
    return "FOREIGN KEY " + columns_text(key.columns) + " REFERENCES " + target_text(key) +
           (actions.empty() ? "" : " " + actions);
  };
  std::vector<const Constraint *> left = keys_of(found_);
  for (const Constraint *key : keys_of(declared_)) {
    const auto same = std::ranges::find_if(left, [&](const Constraint *each) {
      return folded(each->columns) == folded(key->columns) &&
             folded(each->referred) == folded(key->referred);
    });
    if (same == left.end()) {
      add(DifferenceKind::foreign_key, key->name, shown(*key), "",
          "the foreign key of " + title_of(*key) + " is declared, and not in the database");
      continue;
    }
    const std::string actions = actions_text(*key), found_actions = actions_text(**same);
    if (actions != found_actions)
      add(DifferenceKind::foreign_key, key->name, shown(*key), shown(**same),
          "the foreign key of " + title_of(*key) + " has " +
              (found_actions.empty() ? "no action" : found_actions) +
              " in the database, and is declared with " + (actions.empty() ? "none" : actions));
    left.erase(same);
  }
  for (const Constraint *key : left)
    add(DifferenceKind::foreign_key, key->name, "", shown(*key),
        "the foreign key of " + title_of(*key) + " is in the database, and not declared");
}

void Comparison::compare_checks() {
  const auto has = [](const Table &table, const Constraint &check) {
    return std::ranges::any_of(table.constraints(), [&](const Constraint &each) {
      return each.kind == ConstraintKind::check && bare_sql(each.sql) == bare_sql(check.sql);
    });
  };
  const auto title_of = [&](const Constraint &check) {
    return "the check " + (check.name.empty() ? "" : "'" + check.name + "' ") + "(" + check.sql +
           ") of " + declared_.full_name();
  };
  for (const Constraint &check : declared_.constraints())
    if (check.kind == ConstraintKind::check && !has(found_, check))
      add(DifferenceKind::check, check.name, "CHECK (" + check.sql + ")", "",
          title_of(check) + " is declared, and not in the database");
  for (const Constraint &check : found_.constraints())
    if (check.kind == ConstraintKind::check && !has(declared_, check))
      add(DifferenceKind::check, check.name, "", "CHECK (" + check.sql + ")",
          title_of(check) + " is in the database, and not declared");
}

bool Comparison::is_same(const Index &a, const Index &b) const {
  const auto key = [&](const Index &index) {
    Columns parts;
    for (const std::string &expression : index.expressions)
      parts.push_back(bare_sql(expression));
    return parts.empty() ? folded(index.columns) : parts;
  };
  return a.unique == b.unique && key(a) == key(b) && bare_sql(a.where) == bare_sql(b.where);
}

/// Those that only the database has matter if they refuse rows.
void Comparison::compare_indexes() {
  const auto has = [&](const Table &table, const Index &index) {
    return std::ranges::any_of(table.indexes(),
                               [&](const Index &each) { return is_same(each, index); });
  };
  const auto is_plain_unique = [](const Index &index) {
    return index.unique && index.expressions.empty() && index.where.empty();
  };
  const auto title_of = [&](const Index &index) {
    return std::string(index.unique ? "the unique index " : "the index ") + index.name + " of " +
           declared_.full_name() + " " +
           columns_text(index.expressions.empty() ? index.columns : index.expressions) +
           (index.where.empty() ? "" : " WHERE " + index.where);
  };
  for (const Index &index : declared_.indexes())
    if (!is_plain_unique(index) && !has(found_, index))
      add(DifferenceKind::index, index.name, create_sql(declared_, index, dialect_), "",
          title_of(index) + " is declared, and not in the database");
  for (const Index &index : found_.indexes())
    if (index.unique && !is_plain_unique(index) && !has(declared_, index))
      add(DifferenceKind::index, index.name, "", create_sql(found_, index, dialect_),
          title_of(index) + " is in the database, and not declared");
}

} // namespace

std::vector<Difference> compare_table(const Table &declared, const Table *found,
                                      const std::vector<std::string> &names,
                                      const Dialect &dialect) {
  if (found)
    return Comparison(declared, *found, dialect).run();
  return {{DifferenceKind::missing_table, declared.full_name(), "", "", "",
           "the table " + declared.full_name() + " is not in the database" +
               nearest_of(declared.name(), names)}};
}

} // namespace detail
} // namespace declorm
