// expression.cpp: makes expression nodes.
#include "runtime/sql/node.h"

#include <algorithm>
#include <cctype>

namespace declorm::detail {

namespace {
template <class Data> NodePtr make(Data data) {
  return std::make_shared<const Node>(Node{std::move(data)});
}
bool is_null_literal_node(const NodePtr &node) {
  const auto *literal = std::get_if<LiteralNode>(&node->data);
  return literal && literal->value.is_null();
}
} // namespace

NodePtr member_node(const MemberRef &member) { return make(MemberNode{member}); }
NodePtr attribute_node(const TypeId &entity, std::string name, std::string alias) {
  return make(AttributeNode{entity, std::move(name), std::move(alias)});
}
NodePtr column_node(const Column &column) { return make(ColumnNode{&column}); }
NodePtr literal_node(Value value) { return make(LiteralNode{std::move(value)}); }
NodePtr text_node(std::string sql) { return make(TextNode{std::move(sql)}); }

NodePtr binary_node(Operator op, NodePtr left, NodePtr right) {
  if (op == Operator::equal || op == Operator::not_equal) {
    const Operator test = op == Operator::equal ? Operator::is_null : Operator::is_not_null;
    if (is_null_literal_node(right))
      return unary_node(test, std::move(left));
    if (is_null_literal_node(left))
      return unary_node(test, std::move(right));
  }
  return make(OperatorNode{op, std::move(left), std::move(right)});
}
NodePtr unary_node(Operator op, NodePtr operand) {
  return make(OperatorNode{op, std::move(operand), nullptr});
}
NodePtr between_node(NodePtr operand, NodePtr low, NodePtr high) {
  return make(BetweenNode{std::move(operand), std::move(low), std::move(high)});
}
NodePtr list_node(std::vector<NodePtr> items) { return make(ListNode{std::move(items)}); }
NodePtr function_node(std::string name, std::vector<NodePtr> arguments) {
  // It goes into the text as it is, so it must be nothing else.
  const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '.';
  });
  if (!is_name)
    throw ArgumentError("func(): '" + name + "' is no name of a function");
  return make(FunctionNode{std::move(name), std::move(arguments)});
}
NodePtr cast_node(NodePtr operand, declorm::Type type) {
  return make(CastNode{std::move(operand), std::move(type)});
}
NodePtr label_node(NodePtr operand, std::string name) {
  return make(LabelNode{std::move(operand), std::move(name)});
}

NodePtr collate_node(NodePtr operand, std::string name) {
  return make(CollateNode{std::move(operand), std::move(name)});
}

} // namespace declorm::detail
