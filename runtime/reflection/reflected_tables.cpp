// reflected_tables.cpp: one table of the database as a Table.
#include "runtime/reflection/reflected_tables.h"

#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm::detail {
namespace {

Column make_column(const ReflectedColumn &reflected) {
  Column column(reflected.name, reflected.type);
  if (!reflected.nullable)
    column.apply(ColumnFlag::not_null);
  if (reflected.default_value)
    column.apply(server_default(*reflected.default_value));
  if (reflected.computed)
    column.apply(computed(*reflected.computed, reflected.stored));
  if (!reflected.collation.empty())
    column.apply(collation(reflected.collation));
  for (const ColumnOption &option : reflected.options)
    column.apply(option);
  return column;
}

Constraint with_options(Constraint constraint, const ReflectedKey &key) {
  constraint.order = key.order;
  constraint.options = key.options;
  return constraint;
}

ForeignKeyOptions options_of(const ReflectedForeignKey &key) {
  return {.on_delete = key.on_delete,
          .on_update = key.on_update,
          .deferrable = key.deferrable,
          .name = key.name.value_or("")};
}

/// "table.column" for each column. Where none are named and the table has no such key, the names of
/// the columns that refer are as good as any: using it says that there is no such column.
std::vector<std::string> targets_of(const ReflectedForeignKey &key) {
  const std::string table = key.referred_schema.empty()
                                ? key.referred_table
                                : key.referred_schema + "." + key.referred_table;
  std::vector<std::string> targets;
  for (const std::string &column :
       key.referred_columns.empty() ? key.columns : key.referred_columns)
    targets.push_back(table + "." + column);
  return targets;
}

/// "the unique constraint 'x' (a, "")"
std::string title(const std::string &what, const std::string &name,
                  const std::vector<std::string> &columns) {
  std::vector<std::string> shown;
  for (const std::string &column : columns)
    shown.push_back(column.empty() ? "\"\"" : column);
  return "the " + what + (name.empty() ? "" : " '" + name + "'") + " (" + join(shown) + ")";
}

/// No statement of ours could name them, and no Table takes them.
void leave_out_unnamed(ReflectedTable &table) {
  const auto has_name = [](const std::string &name) { return !name.empty(); };
  for (const ReflectedColumn &column : table.columns)
    if (!has_name(column.name)) {
      const bool is_wanted = !column.nullable && !column.default_value && !column.computed &&
                             std::ranges::all_of(table.primary_key.columns, has_name);
      table.left_out.push_back(
          std::string("a column without a name is left out") +
          (is_wanted ? "; the database wants a value for it in each new row" : ""));
    }
  if (!table.left_out.empty())
    for (const std::string &gone : keep_columns(table, has_name))
      table.left_out.push_back(gone + " is left out with it");
  std::erase_if(table.foreign_keys, [&](const ReflectedForeignKey &key) {
    const bool is_named =
        has_name(key.referred_table) && std::ranges::all_of(key.referred_columns, has_name);
    if (!is_named)
      table.left_out.push_back(title("foreign key", key.name.value_or(""), key.columns) +
                               " is left out: what it refers to has no name");
    return !is_named;
  });
}

} // namespace

std::vector<std::string> keep_columns(ReflectedTable &table,
                                      const std::function<bool(const std::string &)> &is_kept) {
  const std::size_t count = table.columns.size();
  std::erase_if(table.columns, [&](const ReflectedColumn &each) { return !is_kept(each.name); });
  const bool has_all = table.columns.size() == count;
  std::vector<std::string> gone;
  const auto is_whole = [&](const std::vector<std::string> &columns) {
    return std::ranges::all_of(columns, is_kept);
  };
  const auto erase = [&](auto &parts, const auto &stays, const auto &named) {
    std::erase_if(parts, [&](const auto &part) {
      if (stays(part))
        return false;
      gone.push_back(named(part));
      return true;
    });
  };
  const auto key_title = [](const char *what) {
    return [what](const auto &key) { return title(what, key.name.value_or(""), key.columns); };
  };
  const auto has_kept = [&](const auto &key) { return is_whole(key.columns); };
  if (!has_kept(table.primary_key)) {
    gone.push_back(key_title("primary key")(table.primary_key));
    table.primary_key = {};
  }
  erase(table.foreign_keys, has_kept, key_title("foreign key"));
  erase(table.unique_constraints, has_kept, key_title("unique constraint"));
  erase(
      table.indexes,
      [&](const Index &index) {
        return is_whole(index.columns) &&
               (has_all || (index.expressions.empty() && index.where.empty()));
      },
      [](const Index &index) {
        return title(index.unique ? "unique index" : "index", index.name,
                     index.expressions.empty() ? index.columns : index.expressions);
      });
  erase(
      table.check_constraints, [&](const ReflectedCheck &) { return has_all; },
      [](const ReflectedCheck &check) {
        return title("check", check.name.value_or(""), {check.sql});
      });
  return gone;
}

std::unique_ptr<Table> make_table(MetaData &metadata, ReflectedTable reflected,
                                  const std::string &schema) {
  std::unique_ptr<Table> table = metadata.new_table(reflected.name.name, schema);
  leave_out_unnamed(reflected);
  table->set_left_out(std::move(reflected.left_out));
  if (reflected.name.kind != TableKind::table || reflected.columns.empty())
    table->append(view);
  for (const ReflectedColumn &each : reflected.columns) {
    Column column = make_column(each);
    if (reflected.primary_key.columns == std::vector{each.name}) {
      if (!reflected.makes_key)
        column.apply(autoincrement(false));
      else if (reflected.always_makes_key) // though it refers to another one
        column.apply(autoincrement(true));
    }
    table->append(std::move(column));
  }
  if (!reflected.primary_key.columns.empty())
    table->append(with_options(PrimaryKeyConstraint(reflected.primary_key.columns,
                                                    reflected.primary_key.name.value_or("")),
                               reflected.primary_key));
  for (const ReflectedKey &key : reflected.unique_constraints)
    table->append(with_options(UniqueConstraint(key.columns, key.name.value_or("")), key));
  for (const ReflectedForeignKey &key : reflected.foreign_keys)
    table->append(ForeignKeyConstraint(key.columns, targets_of(key), options_of(key)));
  for (const ReflectedCheck &check : reflected.check_constraints)
    table->append(CheckConstraint(check.sql, check.name.value_or("")));
  for (const Index &each : reflected.indexes)
    table->append(each);
  for (const TableOption &option : reflected.options)
    table->append(option);
  return table;
}

} // namespace declorm::detail
