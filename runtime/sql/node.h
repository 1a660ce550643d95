// node.h: the one form of all SQL expressions: an immutable tree.
#ifndef DECLORM_SQL_NODE_H
#define DECLORM_SQL_NODE_H

#include "declorm/expression.h"

namespace declorm::detail {

struct MemberNode {
  MemberRef member;
};
struct AttributeNode {
  TypeId entity;
  std::string name, alias;
};
struct ColumnNode {
  const Column *column;
};
struct LiteralNode {
  Value value;
};
struct TextNode {
  std::string sql;
};
/// One to three operands: `not x`, `a = b`, a list, BETWEEN.
struct OperatorNode {
  Operator op;
  NodePtr left, right; ///< right: null for unary operators
};
struct BetweenNode {
  NodePtr operand, low, high;
};
struct ListNode {
  std::vector<NodePtr> items;
};
struct FunctionNode {
  std::string name;
  std::vector<NodePtr> arguments;
};
struct CastNode {
  NodePtr operand;
  declorm::Type type;
};
struct LabelNode {
  NodePtr operand;
  std::string name;
};
struct CollateNode {
  NodePtr operand;
  std::string name;
};

struct Node {
  std::variant<MemberNode, AttributeNode, ColumnNode, LiteralNode, TextNode, OperatorNode,
               BetweenNode, ListNode, FunctionNode, CastNode, LabelNode, CollateNode>
      data;
};

} // namespace declorm::detail

#endif // DECLORM_SQL_NODE_H
