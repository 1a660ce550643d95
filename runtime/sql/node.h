// node.h: the one form of all SQL expressions: an immutable tree.
#ifndef DECLORM_SQL_NODE_H
#define DECLORM_SQL_NODE_H

#include "declorm/functions.h"

namespace declorm::detail {

struct MemberNode {
  MemberRef member;
  std::string alias; ///< of `alias<T>("name")`; "" : the class itself
};
struct AttributeNode {
  TypeId entity;
  std::string name, alias;
};
struct ColumnNode {
  const Column *column;
  std::string alias = {};  ///< of the table in the statement
  bool correlated = false; ///< of a table of the statement around it
};
/// A column of a subquery or common table expression, by its name.
struct DerivedColumnNode {
  DerivedPtr source;
  std::string name, alias;
};
/// The value that an INSERT that met a conflict wanted to write.
struct ExcludedNode {
  NodePtr column;
};
struct LiteralNode {
  Value value;
  Period ticks = {}; ///< of the duration it counts; 0: it is none
};
/// A value of the program's source, as in column_property("name || '!'"): it is part of the SQL.
struct ConstantNode {
  Value value;
};
struct TextNode {
  std::string sql; ///< parameters as :name
  std::vector<std::pair<std::string, Value>> params;
};
/// One or two operands: `NOT x`, `a = b`, `x IN (list or subquery)`.
struct OperatorNode {
  Operator op;
  NodePtr left, right;       ///< right: null for unary operators
  bool as_it_stands = false; ///< whatever way of comparing its columns have
};
struct LikeNode {
  unsigned flags; ///< LikeFlag
  NodePtr operand, pattern;
  char escape; ///< 0: none
};
struct BetweenNode {
  NodePtr operand, low, high;
};
/// In parentheses: the right side of IN, a row value.
struct ListNode {
  std::vector<NodePtr> items;
};
struct FunctionNode {
  std::string name;
  std::vector<NodePtr> arguments;
};
/// `aggregate FILTER (WHERE condition)`
struct FilterNode {
  NodePtr aggregate, condition;
};
struct WindowData {
  std::vector<NodePtr> partition;
  std::vector<Ordering> order;
  Window::Unit unit = Window::Unit::none;
  Window::Bound first, last;
};
struct OverNode {
  NodePtr function;
  WindowData window;
};
struct CaseNode {
  NodePtr subject; ///< null: each `when` is a condition
  std::vector<std::pair<NodePtr, NodePtr>> whens;
  NodePtr otherwise; ///< null: no ELSE
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
struct ObjectValues;
/// What is asked of a relationship.
struct RelationshipNode {
  RelationshipUse relationship;
  RelationshipTest test;
  NodePtr condition;                          ///< of exists; or null
  std::shared_ptr<const ObjectValues> object; ///< of is and is_not
};
/// A SELECT in parentheses: a value, or the right side of IN and EXISTS.
struct SubqueryNode {
  SelectPtr select;
};

struct Node {
  std::variant<MemberNode, AttributeNode, ColumnNode, DerivedColumnNode, ExcludedNode, LiteralNode,
               ConstantNode, TextNode, OperatorNode, LikeNode, BetweenNode, ListNode, FunctionNode,
               FilterNode, OverNode, CaseNode, CastNode, LabelNode, CollateNode, RelationshipNode,
               SubqueryNode>
      data;
};

template <class T> const T *as(const NodePtr &node) {
  return node ? std::get_if<T>(&node->data) : nullptr;
}

/// Calls `function(const NodePtr &)` for what the node is made of; not for the parts of a subquery,
/// which has a scope of its own.
template <class Function> void for_each_operand(const NodePtr &node, Function function) {
  const auto each = [&](const std::vector<NodePtr> &nodes) {
    for (const NodePtr &operand : nodes)
      function(operand);
  };
  if (const auto *op = as<OperatorNode>(node)) {
    function(op->left);
    function(op->right);
  } else if (const auto *like = as<LikeNode>(node)) {
    function(like->operand);
    function(like->pattern);
  } else if (const auto *between = as<BetweenNode>(node)) {
    function(between->operand);
    function(between->low);
    function(between->high);
  } else if (const auto *list = as<ListNode>(node)) {
    each(list->items);
  } else if (const auto *call = as<FunctionNode>(node)) {
    each(call->arguments);
  } else if (const auto *filter = as<FilterNode>(node)) {
    function(filter->aggregate);
    function(filter->condition);
  } else if (const auto *over = as<OverNode>(node)) {
    function(over->function);
    each(over->window.partition);
    for (const Ordering &order : over->window.order)
      function(order.node());
  } else if (const auto *choice = as<CaseNode>(node)) {
    function(choice->subject);
    for (const auto &[when, then] : choice->whens) {
      function(when);
      function(then);
    }
    function(choice->otherwise);
  } else if (const auto *cast = as<CastNode>(node)) {
    function(cast->operand);
  } else if (const auto *label = as<LabelNode>(node)) {
    function(label->operand);
  } else if (const auto *collate = as<CollateNode>(node)) {
    function(collate->operand);
  }
}

} // namespace declorm::detail

#endif // DECLORM_SQL_NODE_H
