// comparison_writer.cpp: columns that are compared in a way of their own.
#include "runtime/sql/sql_writer_parts.h"

namespace declorm::detail {

NodePtr SqlWriter::comparison_of(const OperatorNode &node) const {
  for (const NodePtr &side : {node.left, node.right}) {
    // A synonym compares as its column does.
    const NodePtr expression = scope_->expand(side);
    if (expression && !as<ColumnNode>(expression))
      continue;
    const auto resolved = scope_->resolve(expression ? expression : side);
    if (!resolved || !resolved->column || !resolved->source->entity)
      continue;
    if (NodePtr custom = resolved->source->entity->comparison_of(*resolved->column, node.op,
                                                                 node.left, node.right))
      return custom;
  }
  return nullptr;
}

bool SqlWriter::has_own_comparison(const NodePtr &node) const {
  const OperatorNode itself{Operator::equal, node, node};
  return comparison_of(itself) != nullptr;
}

NodePtr SqlWriter::comparisons_of(const OperatorNode &node) const {
  if (!has_own_comparison(node.left))
    return nullptr;
  const auto *list = as<ListNode>(node.right);
  if (!list)
    throw ArgumentError("in_() and not_in() of a select(): the column has a comparison of its own, "
                        "by which no database compares with the rows of a SELECT; write exists() "
                        "with the comparison in its where()");
  const bool is_in = node.op == Operator::in;
  NodePtr all;
  for (const NodePtr &item : list->items) {
    const NodePtr one = binary_node(is_in ? Operator::equal : Operator::not_equal, node.left, item);
    all = all ? binary_node(is_in ? Operator::or_ : Operator::and_, all, one) : one;
  }
  return all;
}

NodePtr SqlWriter::comparisons_of(const BetweenNode &node) const {
  if (!has_own_comparison(node.operand))
    return nullptr;
  return binary_node(Operator::and_, binary_node(Operator::greater_equal, node.operand, node.low),
                     binary_node(Operator::less_equal, node.operand, node.high));
}

} // namespace declorm::detail
