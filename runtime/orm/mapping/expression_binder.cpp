// expression_binder.cpp: what the names in the strings of annotations stand for.
#include "runtime/orm/mapping/expression_binder.h"

#include "runtime/schema/union_table.h"

namespace declorm::detail {

FoundName ExpressionBinder::find_name(const ExpressionSource &source,
                                      const ExpressionName &name) const {
  if (name.class_key.empty()) {
    Table *table = tables_.find_table(source.metadata, name.table);
    if (const Column *column = table ? table->find_column(name.table_column) : nullptr)
      return {column, nullptr};
    if (!source.unresolved.empty())
      throw ArgumentError(source.unresolved);
    const std::string in_table = "'" + name.table_column + "' of " + source.owner;
    if (!table)
      throw InvalidRequestError("an expression names " + in_table + ": the table '" + name.table +
                                "' was not reflected yet");
    table->column(name.table_column); // throws, with the nearest name
  }
  const Mapper *mapper = mappers_.find(name.class_key);
  if (!mapper) {
    const std::string why = waiting_.why(name.class_key);
    throw InvalidRequestError("an expression of " + source.owner + " names a class that " +
                              (why.empty() ? "is not mapped" : why));
  }
  const MapperState &state = mapper->state();
  if (name.member.empty())
    return {state.table->find_column(name.column), nullptr};
  for (const ExpressionInfo &info : state.expressions)
    if (info.member == name.member)
      return {nullptr, &info.source};
  throw ArgumentError(describe(state) + ": '" + name.member + "' is no expression");
}

void ExpressionBinder::bind(ExpressionSource &source) {
  source.found.resize(source.names.size());
  for (std::size_t i = 0; i != source.names.size(); ++i)
    if (source.tree.nodes[i].kind == model::ExprKind::name)
      source.found[i] = find_name(source, source.names[i]);
}

void ExpressionBinder::bind_all() {
  for (const auto &mapper : mappers_.all()) {
    MapperState &state = mapper->state();
    bind(state);
    if (MapperState &reader = state.reader(); &reader != &state)
      bind(reader);
  }
}

namespace {

/// Lets an expression of a class's reader name the columns of the union in place of the class's
/// own.
void read_from_union(ExpressionSource &source, const MapperState &reader) {
  for (FoundName &found : source.found) {
    if (found.column) {
      if (const Column *column = column_in_union(*reader.table, *found.column))
        found.column = column;
      continue;
    }
    const auto &own = static_cast<const MapperState &>(reader.written()).expressions;
    for (std::size_t i = 0; i != own.size(); ++i)
      if (&own[i].source == found.expression)
        found.expression = &reader.expressions[i].source;
  }
}

} // namespace

void ExpressionBinder::bind(MapperState &state) {
  if (state.expressions_bound)
    return;
  for (ExpressionInfo &info : state.expressions)
    bind(info.source);
  for (auto &[column, source] : state.comparisons)
    bind(source);
  state.expressions_bound = true;
  if (!state.writer)
    return;
  for (ExpressionInfo &info : state.expressions)
    read_from_union(info.source, state);
  for (auto &[column, source] : state.comparisons)
    read_from_union(source, state);
}

} // namespace declorm::detail
