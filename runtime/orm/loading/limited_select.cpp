// limited_select.cpp: the query in parentheses, and what stands around it.
#include "runtime/orm/loading/limited_select.h"

#include "runtime/sql/scope.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// The node with what `change` returns in place of each part for which it returns something.
template <class Change> NodePtr rewritten(const NodePtr &node, const Change &change) {
  if (!node)
    return node;
  if (NodePtr other = change(node))
    return other;
  Node copy = *node;
  visit_operands(copy.data, [&](NodePtr &part) { part = rewritten(part, change); });
  return std::make_shared<const Node>(std::move(copy));
}

/// The expression with columns of what `scope` reads from in place of its members.
NodePtr resolved_in(const Scope &scope, const NodePtr &expression) {
  return rewritten(expression, [&](const NodePtr &node) -> NodePtr {
    const auto resolved = scope.find(node);
    return resolved && resolved->column
               ? column_of_sources(resolved->column, resolved->source->alias)
               : nullptr;
  });
}

} // namespace

bool LimitedSelect::can_be(const MapperState &mapper, const SelectData &query) {
  const SelectItem *first = query.items.size() == 1 ? &query.items.front() : nullptr;
  return first && !first->node && first->entity.alias.empty() && !query.is_compound() &&
         !query.text && !query.for_update &&
         std::none_of(query.order.begin(), query.order.end(),
                      [](const Ordering &order) { return as<TextNode>(order.node()); }) &&
         !query.distinct && query.group.empty() && &mapper.reader() == &mapper &&
         !mapper.table->union_definition();
}

LimitedSelect::LimitedSelect(const MapperState &mapper, const SelectData &query, LoadPlan plan)
    : plan_(std::move(plan)) {
  SelectData inner = query;
  inner.items.clear();
  const FromRef from = query.items.front().entity;
  inner.from.insert(inner.from.begin(), from);
  const auto add_column = [&](const Column *column) {
    inner.items.push_back({column_of_sources(column), {}});
    columns_.push_back(column);
  };
  const SelectScope parts = scope_of(inner, nullptr);
  const auto add_expression = [&](const Entity &entity, const std::string &name) {
    inner.items.push_back(
        {label_node(resolved_in(parts.scope, entity.expression_of(name, "")), name), {}});
    columns_.push_back(nullptr);
  };
  for (std::size_t i = 0; i != mapper.load_fields.size(); ++i) {
    if (!plan_.left_out.empty() && plan_.left_out[i])
      continue;
    if (i < mapper.columns.size())
      add_column(mapper.columns[i]);
    else
      add_expression(mapper, mapper.loaded_expressions[i - mapper.columns.size()]);
  }
  for (const ExtraColumn &extra : plan_.extra)
    if (extra.column)
      add_column(extra.column);
    else
      add_expression(*extra.entity, extra.expression);
  std::vector<std::size_t> orders; // items
  for (const Ordering &order : query.order) {
    const auto resolved = parts.scope.find(order.node());
    const bool is_own = resolved && resolved->column && resolved->source->alias.empty();
    const auto known =
        is_own ? std::find(columns_.begin(), columns_.end(), resolved->column) : columns_.end();
    orders.push_back(std::size_t(known - columns_.begin()));
    if (known != columns_.end())
      continue;
    inner.items.push_back({resolved_in(parts.scope, order.node()), {}});
    columns_.push_back(nullptr);
  }
  derived_ = derive(std::make_shared<const SelectData>(std::move(inner)), "", false);
  outer_.from.push_back({.derived = derived_});
  for (std::size_t i = 0; i != derived_->columns().size(); ++i)
    outer_.items.push_back({column(i), {}});
  for (std::size_t i = 0; i != query.order.size(); ++i) {
    Ordering order = query.order[i];
    visit_ordering(order, [&](NodePtr &node) { node = column(orders[i]); });
    outer_.order.push_back(std::move(order));
  }
}

NodePtr LimitedSelect::column(std::size_t item) const {
  return std::make_shared<const Node>(
      Node{DerivedColumnNode{derived_, derived_->columns()[item].name, {}}});
}

NodePtr LimitedSelect::seen(const NodePtr &condition) const {
  return rewritten(condition, [&](const NodePtr &node) -> NodePtr {
    const auto *own = as<ColumnNode>(node);
    if (!own || !own->alias.empty())
      return nullptr;
    const auto found = std::find(columns_.begin(), columns_.end(), own->column);
    return found == columns_.end() ? nullptr : column(std::size_t(found - columns_.begin()));
  });
}

} // namespace declorm::detail
