// autoload.cpp: add_table: tables that are read, and tables that are extended.
#include "declorm/engine.h"
#include "runtime/engine/suggest.h"
#include "runtime/reflection/reflected_tables.h"
#include "runtime/schema/table_list.h"

#include <algorithm>

namespace declorm {
namespace {

using detail::ReflectedTable;

/// Leaves the columns of `names`, and what needs no others.
void include(ReflectedTable &table, const std::vector<std::string> &names) {
  std::vector<std::string> there;
  for (const ReflectedColumn &column : table.columns)
    there.push_back(column.name);
  for (const std::string &name : names)
    if (std::ranges::find(there, name) == there.end())
      throw ArgumentError("include_columns names the column '" + name + "', which the table " +
                          table.name.name + " does not have" + detail::suggestion(name, there));
  detail::keep_columns(table, [&](const std::string &name) {
    return std::ranges::find(names, name) != names.end();
  });
}

bool is_same(const Constraint &a, const Constraint &b) {
  return a.kind == b.kind && a.columns == b.columns && a.referred == b.referred && a.sql == b.sql;
}

/// Adds what `existing` has and `table` has not; `wins`: its columns replace those of `table`.
void add_existing(Table &table, const Table &existing, bool wins) {
  const bool had_key = !table.primary_key().empty();
  for (const Column *column : existing.columns())
    if (wins || !table.find_column(column->name()))
      table.replace(*column);
  for (const Constraint &constraint : existing.constraints()) {
    const bool is_there = std::ranges::any_of(
        table.constraints(), [&](const Constraint &each) { return is_same(each, constraint); });
    if (!is_there && !(had_key && constraint.kind == ConstraintKind::primary_key))
      table.append(constraint);
  }
  for (const Index &index : existing.indexes())
    if (std::ranges::find(table.indexes(), index.name, &Index::name) == table.indexes().end())
      table.append(index);
  for (const detail::TableOption &option : existing.options())
    if (!table.option(option.name))
      table.append(option);
  table.append(comment(existing.comment()));
  table.set_info(existing.info());
  if (existing.is_view())
    table.append(view);
}

} // namespace

detail::TableRequest::TableRequest() = default;
detail::TableRequest::~TableRequest() = default;

Table &MetaData::start_table(std::string name, detail::TableRequest &request) {
  const std::lock_guard lock(list_->mutex);
  std::unique_ptr<Table> table = new_table(std::move(name), request.schema);
  const Table *existing = find_table(table->full_name());
  if (existing && !request.extends) {
    if (request.has_parts)
      throw InvalidRequestError("the MetaData has a table '" + table->full_name() +
                                "' already; table(\"" + table->full_name() +
                                "\") gives it, and extend_existing adds to it");
    request.table = detail::Owned<Table>(table.release());
    return *request.table;
  }
  if (request.engine) {
    const Dialect &dialect = request.engine->dialect();
    const std::string wanted = dialect.folded_table(table->name());
    const auto is_wanted = [&](const detail::TableName &each) {
      return dialect.folded_table(each.name) == wanted;
    };
    const detail::TableFilter is_known = detail::known_tables(*this, request.schema, dialect);
    const ReflectOptions options{.only = {table->name()}, .schema = request.schema};
    for (ReflectedTable &reflected :
         detail::read_tables(*request.engine, options, [&](const detail::TableName &each) {
           return !is_wanted(each) && is_known(each);
         })) {
      const bool is_other = !is_wanted(reflected.name);
      if (!is_other && request.include_columns)
        include(reflected, *request.include_columns);
      if (!is_other) // as it is asked for, so that it is found again
        reflected.name.name = table->name();
      (is_other ? request.others.emplace_back() : table) =
          detail::make_table(*this, std::move(reflected), request.schema);
    }
  }
  if (existing)
    add_existing(*table, *existing, !request.replaces);
  request.table = detail::Owned<Table>(table.release());
  return *request.table;
}

Table &MetaData::finish_table(detail::TableRequest &request) {
  const std::lock_guard lock(list_->mutex);
  std::unique_ptr<Table> table(request.table.release());
  Table *existing = find_table(table->full_name());
  for (std::unique_ptr<Table> &other : request.others)
    if (!find_table(other->full_name()))
      insert(std::move(other));
  if (!existing)
    return insert(std::move(table));
  if (request.extends)
    existing->become(std::move(*table));
  return *existing;
}

} // namespace declorm
