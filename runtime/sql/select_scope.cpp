// select_scope.cpp: what a SELECT reads from, and what its columns are called for who reads it.
#include "runtime/sql/scope.h"

#include <algorithm>

namespace declorm::detail {

SelectScope scope_of(const SelectData &select, const Scope *outer) {
  SelectScope result{Scope(outer), 0, {}};
  Scope items;
  for (const FromRef &ref : select.from)
    result.scope.add(source_of(ref));
  for (const SelectItem &item : select.items) {
    if (item.node)
      items.add_sources_of(item.node);
    else
      items.add(source_of(item.entity));
  }
  JoinPlanner planner(result.scope, items);
  for (const Join &join : select.joins)
    planner.add(join);
  const auto &joined = planner.sources.sources();
  // A class that is joined, or the enclosing statement's, is not in FROM besides.
  const auto is_correlated = [&](const Source &source) {
    return source.entity && source.alias.empty() &&
           std::any_of(select.correlated.begin(), select.correlated.end(),
                       [&](const TypeId *type) { return find_entity(*type) == source.entity; });
  };
  for (const Source &source : items.sources()) {
    const bool is_joined = std::any_of(joined.begin(), joined.end(),
                                       [&](const Source &join) { return join.is_same(source); });
    if (!is_joined && !is_correlated(source))
      result.scope.add(source);
  }
  planner.place_implied(result.scope);
  if (result.scope.sources().empty() && !joined.empty())
    throw ArgumentError("a statement that only selects from the class it joins needs from<T>()");
  for (const Source &source : joined)
    result.scope.add_new(source);
  result.joined = joined.size();
  result.joins = std::move(planner.joins);
  return result;
}

const std::vector<OutputColumn> &Derived::columns() const {
  std::call_once(once_, [this] {
    std::vector<OutputColumn> columns;
    const auto add = [&](const std::string &wanted, const Field *field) {
      const auto is_taken = [&](const std::string &candidate) {
        return std::any_of(columns.begin(), columns.end(), [&](const OutputColumn &known) {
          return ascii_lower(known.name) == ascii_lower(candidate);
        });
      };
      std::string unique = wanted;
      for (int number = 1; is_taken(unique); ++number)
        unique = wanted + "_" + std::to_string(number);
      columns.push_back({std::move(unique), field});
    };
    const SelectData &data = first_part(*select);
    for (const std::string &column : data.text_columns)
      add(column, nullptr);
    const SelectScope parts = scope_of(data, nullptr);
    for (const SelectItem &item : data.items) {
      if (!item.node) {
        const Entity &entity = entity_of(*item.entity.type);
        for (std::size_t i = 0; i != entity.selected_columns().size(); ++i)
          add(entity.selected_columns()[i]->name(), &entity.fields()[i]);
        for (std::size_t i = 0; i != entity.selected_expressions().size(); ++i)
          add(entity.selected_expressions()[i],
              &entity.fields()[entity.selected_columns().size() + i]);
        continue;
      }
      const auto resolved = parts.scope.find(item.node);
      if (const auto *label = as<LabelNode>(item.node))
        add(label->name, parts.scope.field_if_found(label->operand));
      else if (const auto *column = as<DerivedColumnNode>(item.node))
        add(column->name, resolved ? resolved->field : nullptr);
      else if (resolved && resolved->column)
        add(resolved->column->name(), resolved->field);
      else if (const auto *call = as<FunctionNode>(item.node))
        add(call->name, parts.scope.field_if_found(item.node));
      else
        add("column_" + std::to_string(columns.size() + 1), parts.scope.field_if_found(item.node));
    }
    columns_ = std::move(columns);
  });
  return columns_;
}

} // namespace declorm::detail
