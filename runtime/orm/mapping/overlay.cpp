// overlay.cpp: members' options over the columns of Tables that somebody else made.
#include "runtime/orm/mapping/overlay.h"

#include "runtime/engine/dialect_names.h"
#include "runtime/engine/suggest.h"
#include "runtime/engine/type_rules.h"
#include "runtime/model/concrete.h"
#include "runtime/orm/mapping/declarative_tables.h"
#include "runtime/schema/compare.h"

#include "declorm/dialect.h"

#include <algorithm>

namespace declorm::detail {

std::string describe(const model::MappedClass &mapped) {
  const model::Location &place = mapped.class_->location;
  return "class '" + mapped.class_->name + "' (" + place.file + ":" + std::to_string(place.line) +
         ")";
}

std::string spelled_type(const declorm::Type &type, const Dialect *dialect) {
  if (type.kind == TypeKind::null)
    return "unknown";
  return type.sql(dialect ? *dialect : declorm::dialect(dialect_names().front()));
}

namespace {

std::string describe(const model::MappedClass &mapped, const model::ColumnDecl &column) {
  return detail::describe(mapped) + ", member '" + column.member->name + "'";
}

bool is_given(const model::ColumnDecl &column, std::string_view option) {
  return model::find(column.member->annotations, option) != nullptr;
}

/// Whether the member says of what type its column is, whatever the table says. Enumerators' names
/// are text, and any text will do.
bool gives_type(const model::ColumnDecl &declared, const Column &column) {
  return is_given(declared, "sql_type") || is_given(declared, "numeric") ||
         is_given(declared, "length") ||
         (declared.enum_names &&
          !types_fit(column_type(declared), column.type(), TextStorageRules()));
}

std::vector<std::string> column_names(const Table &table) {
  std::vector<std::string> result;
  for (const Column *column : table.columns())
    result.push_back(column->name());
  return result;
}

/// Whether the table has the foreign key, of which the member says no more.
bool is_known(const model::ForeignKeyDecl &key, const Column &column) {
  const std::vector<Constraint> &constraints = column.table().constraints();
  return key.on_delete.empty() && key.on_update.empty() && !key.deferrable &&
         std::any_of(constraints.begin(), constraints.end(), [&](const Constraint &known) {
           return known.kind == ConstraintKind::foreign_key && known.columns.size() == 1 &&
                  known.columns.front() == column.name() && known.referred.front() == key.target;
         });
}

bool has(const Table &table, const Constraint &wanted) {
  return std::ranges::any_of(table.constraints(), [&](const Constraint &known) {
    return known.kind == wanted.kind && known.columns == wanted.columns &&
           known.referred == wanted.referred &&
           (wanted.kind != ConstraintKind::check || known.sql == wanted.sql);
  });
}

std::string quoted(const std::string &text) { return "(\"" + text + "\")"; }

/// Returns the options that change a column, each by its name and as it stands at the member.
std::vector<std::pair<std::string, std::string>> options_of(const model::ColumnDecl &declared) {
  std::vector<std::pair<std::string, std::string>> options;
  const auto add = [&](const char *name, const std::string &arguments = {}) {
    options.emplace_back(name, name + arguments);
  };
  const model::RareOptions &rare = declared.rare();
  if (declared.primary_key)
    add("primary_key");
  if (is_given(declared, "nullable"))
    add("nullable", declared.nullable ? "(true)" : "(false)");
  if (declared.unique)
    add("unique");
  if (declared.index)
    add("index");
  if (declared.length != 0)
    add("length", "(" + std::to_string(declared.length) + ")");
  if (declared.numeric)
    add("numeric", "(" + std::to_string(declared.numeric->first) + ", " +
                       std::to_string(declared.numeric->second) + ")");
  if (!rare.sql_type.empty())
    add("sql_type", quoted(rare.sql_type));
  if (declared.autoincrement)
    add("autoincrement", *declared.autoincrement ? "(true)" : "(false)");
  if (!rare.server_default.empty())
    add("server_default", quoted(rare.server_default));
  if (!rare.computed.empty())
    add("computed", quoted(rare.computed));
  if (rare.stored)
    add("stored", "");
  if (!rare.comment.empty())
    add("comment", quoted(rare.comment));
  std::string keys;
  for (const model::ForeignKeyDecl &key : declared.foreign_keys) {
    keys += (keys.empty() ? "" : ", foreign_key") + quoted(key.target);
    if (!key.on_delete.empty())
      keys += ", on_delete" + quoted(key.on_delete);
    if (!key.on_update.empty())
      keys += ", on_update" + quoted(key.on_update);
    keys += key.deferrable ? ", deferrable" : "";
  }
  if (!keys.empty())
    add("foreign_key", keys);
  return options;
}

/// A member that says it is the key has, if nothing else gives it one, the value that the database
/// makes.
void check_made(const model::MappedClass &mapped, const model::ColumnDecl &declared,
                const Column &reflected, const Dialect &dialect) {
  const bool refers = !reflected.foreign_keys().empty() || !declared.foreign_keys.empty();
  const bool says_so =
      is_given(declared, "autoincrement")
          ? declared.autoincrement.value_or(false)
          : is_given(declared, "primary_key") && !refers && !reflected.server_default();
  if (!says_so || !reflected.primary_key() || reflected.autoincrement())
    return;
  for (const char *option : {"default_value", "default_sql", "server_default", "computed"})
    if (is_given(declared, option))
      return;
  MetaData scratch;
  Table &table = scratch.add_table(reflected.table().full_name());
  for (const Column *column : reflected.table().primary_key())
    table.append(
        Column(column->name(),
               column == &reflected ? column_type(declared) : declorm::Type(column->type()),
               declorm::primary_key));
  const Column &made = table.column(reflected.name());
  if (made.autoincrement())
    throw ArgumentError(describe(mapped, declared) + ": " + not_made_key(made, reflected, dialect) +
                        "; give each object its key and say autoincrement(false)");
}

} // namespace

void lay_over_column(const model::MappedClass &mapped, const model::ColumnDecl &declared,
                     Table &table, const Dialect *reflected_by) {
  const std::string of_database = reflected_by ? " of the database" : "";
  const Column *known = table.find_column(declared.name);
  if (!known)
    throw ArgumentError(describe(mapped, declared) + ": the table '" + table.full_name() + "'" +
                        of_database + " has no column '" + declared.name + "'" +
                        suggestion(declared.name, column_names(table)));
  const bool says_type = gives_type(declared, *known);
  if (!says_type && !types_fit(column_type(declared), known->type(), TextStorageRules()))
    throw ArgumentError(describe(mapped, declared) + " of type '" + declared.member->type.spelling +
                        "' cannot hold what column '" + declared.name + "' of table '" +
                        table.full_name() + "' does, which is of type " +
                        spelled_type(known->type(), reflected_by) +
                        (reflected_by ? " in the database" : "") +
                        "; give the member a type that can, or say with "
                        "sql_type(\"…\") how the column is to be read");
  if (declared.declared_in == mapped.class_ && is_given(declared, "sort_order"))
    throw ArgumentError(describe(mapped, declared) + ": sort_order has no effect, because table '" +
                        table.full_name() + "' says in which order its columns come; take it out");
  if (reflected_by)
    check_made(mapped, declared, *known, *reflected_by);
  if (!says_type && options_of(declared).empty())
    return;
  Column column = known->with_type(says_type ? column_type(declared) : known->type());
  if (is_given(declared, "nullable"))
    column.apply(declared.nullable ? detail::ColumnFlag::nullable : detail::ColumnFlag::not_null);
  column.apply(Autoincrement{known->autoincrement()});
  apply_options(declared, column,
                [&](const model::ForeignKeyDecl &key) { return !is_known(key, *known); });
  table.replace(std::move(column));
}

void lay_over_arguments(const model::MappedClass &mapped, Table &table) {
  const model::TableDecl &head = mapped.table;
  for (const model::ConstraintDecl &declared : head.constraints)
    if (const Constraint constraint = to_constraint(declared); !has(table, constraint))
      table.append(constraint);
  for (const model::IndexDecl &declared : head.indexes)
    if (std::ranges::none_of(table.indexes(), [&](const Index &known) {
          return (known.columns == declared.columns && known.where == declared.where &&
                  known.expressions == declared.expressions) ||
                 (!declared.name.empty() && known.name == declared.name);
        }))
      table.append(to_index(declared));
  for (const auto &[name, value] : head.options)
    if (!table.option(name))
      table.append(TableOption{name, value});
  if (!head.comment.empty())
    table.append(ColumnComment{head.comment});
  if (!head.info.empty())
    table.set_info(head.info);
}

void GivenTables::note(const model::MappedClass &mapped, const model::ColumnDecl &declared,
                       const Table &table) {
  for (const auto &[name, text] : options_of(declared)) {
    const std::string who = describe(mapped, declared);
    const auto [known, is_new] = said_.try_emplace({&table, declared.name, name}, Said{text, who});
    if (!is_new && known->second.text != text)
      throw ArgumentError(who + " says " + text + " of column '" + declared.name + "' of table '" +
                          table.full_name() + "', and " + known->second.who + " says " +
                          known->second.text + "; both are mapped to that table, and must agree");
  }
}

void GivenTables::lay_over(const model::MappedClass &mapped, Table &table) {
  for (std::size_t i = 0; i != mapped.table_class->table.columns.size(); ++i) {
    const model::ColumnDecl &declared = mapped.table_class->table.columns[i];
    const Column *column = table.find_column(declared.name);
    if (&mapped.table_class->declarer(i) != &mapped || !column)
      continue; // a missing one is reported by the mapper
    if (table.union_definition()) {
      for (const auto &[name, text] : options_of(declared))
        if (name != "primary_key" || !column->primary_key())
          throw ArgumentError(describe(mapped, declared) + " says " + text + ", but '" +
                              table.full_name() +
                              "' is a union of other tables, and they say what its columns are; "
                              "say it there");
      continue;
    }
    note(mapped, declared, table);
    lay_over_column(mapped, declared, table, nullptr);
  }
  if (mapped.table_class != &mapped)
    return;
  const model::TableDecl &head = mapped.table;
  const bool says_something = !head.constraints.empty() || !head.indexes.empty() ||
                              !head.options.empty() || !head.comment.empty();
  if (!table.union_definition())
    lay_over_arguments(mapped, table);
  else if (says_something)
    throw ArgumentError(detail::describe(mapped) +
                        " says something of constraints, indexes, options or comments, but '" +
                        table.full_name() +
                        "' is a union of other tables, which have their own; say it there");
}

void GivenTables::lay_over_called(const model::MappedClass &mapped, Table &table) {
  const model::MappedClass &of_table = *mapped.table_class;
  for (std::size_t i = 0; i != of_table.table.columns.size(); ++i)
    if (&of_table.declarer(i) == &mapped) {
      note(mapped, of_table.table.columns[i], table);
      if (&of_table != &mapped)
        lay_over_column(mapped, of_table.table.columns[i], table, nullptr);
    }
  if (&of_table == &mapped)
    lay_over_table(mapped, table, nullptr);
}

} // namespace declorm::detail
