// rows.h: all that an Inspector says of a database, as text.
#pragma once
#include <declorm/reflection.h>
#include <sstream>

namespace test {

inline std::string list(const std::vector<std::string> &names) {
  std::string text = "(";
  for (const std::string &name : names)
    text += (text.size() > 1 ? ", " : "") + name;
  return text + ")";
}

inline std::string named(const std::optional<std::string> &name) {
  return name ? " '" + *name + "'" : "";
}

inline std::string column_text(const declorm::ReflectedColumn &column,
                               const declorm::Dialect &dialect) {
  std::string text = column.name + ": kind " + std::to_string(int(column.type.kind)) + ", " +
                     column.type.sql(dialect);
  if (!column.nullable)
    text += ", not null";
  if (column.default_value)
    text += ", default " + *column.default_value;
  if (column.computed)
    text += ", computed " + *column.computed + (column.stored ? " stored" : "");
  if (!column.collation.empty())
    text += ", collation " + column.collation;
  return text;
}

inline std::string key_text(const declorm::ReflectedForeignKey &key) {
  std::string text = named(key.name) + " " + list(key.columns) + " -> " +
                     (key.referred_schema.empty() ? "" : key.referred_schema + ".") +
                     key.referred_table + " " + list(key.referred_columns);
  if (!key.on_delete.empty())
    text += ", on delete " + key.on_delete;
  if (!key.on_update.empty())
    text += ", on update " + key.on_update;
  return text + (key.deferrable ? ", deferred" : "");
}

inline std::string index_text(const declorm::ReflectedIndex &index) {
  return (index.unique ? "  unique index " : "  index ") + index.name + " " + list(index.columns) +
         (index.expressions.empty() ? "" : ", on " + list(index.expressions)) +
         (index.where.empty() ? "" : ", where " + index.where);
}

/// One line for each table, column, key, constraint and index.
inline std::string rows(const declorm::Engine &engine, const std::string &schema = {}) {
  const declorm::Inspector inspector = declorm::inspect(engine);
  std::ostringstream out;
  std::vector<std::string> names = inspector.table_names(schema);
  for (const std::string &view : inspector.view_names(schema))
    names.push_back(view);
  for (const std::string &name : names) {
    out << name << '\n';
    for (const auto &column : inspector.columns(name, schema))
      out << "  " << column_text(column, engine.dialect()) << '\n';
    if (const auto key = inspector.primary_key(name, schema); !key.columns.empty())
      out << "  key" << named(key.name) << ' ' << list(key.columns) << '\n';
    for (const auto &key : inspector.foreign_keys(name, schema))
      out << "  foreign key" << key_text(key) << '\n';
    for (const auto &key : inspector.unique_constraints(name, schema))
      out << "  unique" << named(key.name) << ' ' << list(key.columns) << '\n';
    for (const auto &check : inspector.check_constraints(name, schema))
      out << "  check" << named(check.name) << " (" << check.sql << ")\n";
    for (const auto &index : inspector.indexes(name, schema))
      out << index_text(index) << '\n';
  }
  return out.str();
}

} // namespace test
