// compare.cpp: a declared table and the database's: columns first, then keys, constraints, indexes.
#include "runtime/schema/compare.h"

#include "declorm/dialect.h"
#include "runtime/ascii.h"
#include "runtime/engine/suggest.h"
#include "runtime/engine/type_rules.h"
#include "runtime/schema/ddl_writer.h"

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
    } else if (!is_ascii_blank(c)) {
      result += ascii_lower(c);
    }
  }
  return result;
}

std::string columns_text(const std::vector<std::string> &columns) {
  return "(" + join(columns) + ")";
}

/// "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
std::string actions_text(const Constraint &key) {
  std::string text;
  const auto add = [&](const char *when, const std::string &action) {
    if (!action.empty() && ascii_upper(action) != "NO ACTION")
      text += std::string(text.empty() ? "" : " ") + "ON " + when + " " + ascii_upper(action);
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
      if (dialect_.folded_column(column->name()) == dialect_.folded_column(name))
        return column;
    return nullptr;
  }
  Columns folded(const Columns &names) const {
    Columns result;
    for (const std::string &name : names)
      result.push_back(dialect_.folded_column(name));
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

  void compare_column(const Column &column);
  void check_extra(const Column &column);
  void compare_keys();
  bool is_same_key(const Constraint &a, const Constraint &b) const;
  Columns parts_of(const Constraint &key) const;
  void compare_unique();
  std::vector<Constraint> unique_keys(const Table &table) const;
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
  const std::string type = dialect_.ddl().column_type(column);
  const Column *found = same_column(found_, column.name());
  if (!found)
    return add(DifferenceKind::missing_column, column.name(), type, "",
               "the table " + declared_.full_name() + " has no column '" + column.name() +
                   "' in the database; it is declared as " + type +
                   nearest_of(column.name(), names_of(found_.columns())));
  const std::string found_type = dialect_.ddl().column_type(*found);
  if (!types_fit(column.type(), found->type(), dialect_.type_rules()) ||
      !sizes_fit(column.type(), found->type()))
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
  const std::string not_null = dialect_.ddl().not_null(column),
                    found_not_null = dialect_.ddl().not_null(*found);
  if (!column.nullable() && !found->nullable() && not_null != found_not_null)
    add(DifferenceKind::nullability, column.name(), not_null, found_not_null,
        title(column) + " is " + found_not_null + " in the database, and declared " + not_null);
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
  const std::string type = dialect_.ddl().column_type(column);
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
  if (declared.empty())
    return;
  const Constraint &key = declared_.constraints().front(),
                   &found_key = found_.constraints().front();
  if (!is_same_key(key, found_key))
    add(DifferenceKind::primary_key, "", dialect_.ddl().key(key), dialect_.ddl().key(found_key),
        "the primary key of " + declared_.full_name() + " is " + dialect_.ddl().key(found_key) +
            " in the database, and declared as " + dialect_.ddl().key(key));
  for (const Column *column : declared_.primary_key())
    if (const Column &there = *same_column(found_, column->name());
        dialect_.ddl().makes_key(*column) && !there.autoincrement())
      add(DifferenceKind::primary_key, column->name(), dialect_.ddl().column_type(*column),
          dialect_.ddl().column_type(there), not_made_key(*column, there, dialect_));
}

/// Whether the keys refuse the same rows; in which order they have them does not matter.
bool Comparison::is_same_key(const Constraint &a, const Constraint &b) const {
  return parts_of(a) == parts_of(b) &&
         dialect_.ddl().constraint_suffix(a) == dialect_.ddl().constraint_suffix(b);
}

/// Columns with their collations, whatever their order.
Comparison::Columns Comparison::parts_of(const Constraint &key) const {
  Columns parts = folded(key.columns);
  for (std::size_t i = 0; i != key.order.size(); ++i)
    if (!key.order[i].collation.empty())
      parts[i] += "\n" + ascii_lower(key.order[i].collation);
  std::ranges::sort(parts);
  return parts;
}

/// Of its constraints and of indexes that have no more to them.
std::vector<Constraint> Comparison::unique_keys(const Table &table) const {
  std::vector<Constraint> result;
  const auto add = [&](Constraint key) {
    if (std::ranges::none_of(
            result, [&](const Constraint &each) { return parts_of(each) == parts_of(key); }))
      result.push_back(std::move(key));
  };
  for (const Constraint &constraint : table.constraints())
    if (constraint.kind == ConstraintKind::unique)
      add(constraint);
  for (const Index &index : table.indexes())
    if (index.unique && index.expressions.empty() && index.where.empty())
      add(UniqueConstraint(index.columns));
  return result;
}

void Comparison::compare_unique() {
  const std::vector<Constraint> declared = unique_keys(declared_), found = unique_keys(found_);
  const auto same = [&](const std::vector<Constraint> &keys, const Constraint &key) {
    const auto it = std::ranges::find_if(
        keys, [&](const Constraint &each) { return parts_of(each) == parts_of(key); });
    return it == keys.end() ? nullptr : &*it;
  };
  const auto is_key = [&](const Table &table, const Constraint &key) {
    return !table.primary_key().empty() && parts_of(table.constraints().front()) == parts_of(key);
  };
  const auto title_of = [&](const Constraint &key) {
    const std::string sql = dialect_.ddl().key(key);
    return declared_.full_name() + " " +
           (key.order.empty() ? columns_text(key.columns) : sql.substr(sql.find('(')));
  };
  const auto shown = [&](const Constraint &key) {
    return key.order.empty()
               ? "UNIQUE " + columns_text(key.columns) + dialect_.ddl().constraint_suffix(key)
               : dialect_.ddl().key(key);
  };
  for (const Constraint &key : declared) {
    const Constraint *there = same(found, key);
    if (!there && !is_key(found_, key))
      add(DifferenceKind::unique, join(key.columns), shown(key), "",
          title_of(key) + " is declared unique, and is not in the database");
    if (there && !is_same_key(key, *there))
      add(DifferenceKind::unique, join(key.columns), shown(key), shown(*there),
          declared_.full_name() + " has " + shown(*there) +
              " in the database, and is declared with " + shown(key));
  }
  for (const Constraint &key : found)
    if (!same(declared, key) && !is_key(declared_, key))
      add(DifferenceKind::unique, join(key.columns), "", shown(key),
          title_of(key) + " is unique in the database, and not declared so");
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

std::string not_made_key(const Column &column, const Column &found, const Dialect &dialect) {
  const std::string type = dialect.ddl().column_type(found);
  std::string why = "its type there is " + (type.empty() ? "none" : type);
  if (type == dialect.ddl().column_type(column)) {
    const Constraint &key = found.table().constraints().front();
    why = "it is " + type + " there, with " + dialect.ddl().key(key) +
          dialect.ddl().table_suffix(found.table());
  }
  return "the database does not make the key " + column.table().full_name() + "." + column.name() +
         " (" + why + "), and it is declared so";
}

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
