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
  bool is_boolean = false;
};
/// A value of the program's source, as in column_property("name || '!'"): it is part of the SQL.
struct ConstantNode {
  Value value;
};
/// A parameter whose value is bound when the statement is executed, again and again.
struct ParameterNode {};
/// SQL of the mapping, such as a `default_sql` in its parentheses: it has no parameters.
struct VerbatimNode {
  std::string sql;
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
/// An operator that only the program knows.
struct CustomNode {
  std::string text;
  NodePtr left, right;
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
/// A part of a date or time: EXTRACT(part FROM operand).
struct ExtractNode {
  NodePtr operand;
  std::string part;
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
/// A value of a class that is in several columns.
struct CompositeValueNode {
  TypeId type;
  std::shared_ptr<const void> value; ///< null: NULL in all columns
};
/// A member that is a composite, compared with values of its class or with another member.
struct CompositeTestNode {
  Operator op; ///< equal, not_equal, in or not_in
  NodePtr member;
  std::vector<NodePtr> operands;
};
/// A SELECT in parentheses: a value, or the right side of IN and EXISTS.
struct SubqueryNode {
  SelectPtr select;
};

struct Node {
  std::variant<MemberNode, AttributeNode, ColumnNode, DerivedColumnNode, ExcludedNode, LiteralNode,
               ParameterNode, ConstantNode, VerbatimNode, TextNode, OperatorNode, CustomNode,
               LikeNode, BetweenNode, ListNode, FunctionNode, FilterNode, OverNode, CaseNode,
               CastNode, ExtractNode, LabelNode, CollateNode, RelationshipNode, CompositeValueNode,
               CompositeTestNode, SubqueryNode>
      data;
};

/// Several lambdas as one, for std::visit: each takes another kind of node.
template <class... Functions> struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions> Overloaded(Functions...) -> Overloaded<Functions...>;

template <class T, class... Kinds>
inline constexpr bool is_one_of = (std::is_same_v<T, Kinds> || ...);

/// Calls `function` with the expression of an ORDER BY, which it may change.
template <class Function> void visit_ordering(const Ordering &order, const Function &function) {
  function(order.node());
}
template <class Function> void visit_ordering(Ordering &order, const Function &function) {
  NodePtr node = order.node();
  function(node);
  const Ordering changed(std::move(node), order.descending());
  order = order.nulls() == Ordering::Nulls::first  ? changed.nulls_first()
          : order.nulls() == Ordering::Nulls::last ? changed.nulls_last()
                                                   : changed;
}

template <class T> const T *as(const NodePtr &node) {
  return node ? std::get_if<T>(&node->data) : nullptr;
}

/// Calls `function` with each part that a node is made of, a NodePtr; not with the parts of a
/// subquery, which has a scope of its own. `data`: a Node's, which the function may change if it is
/// not const. A new kind of node is an error of the compiler here until it says its parts.
template <class Data, class Function> void visit_operands(Data &data, const Function &function) {
  const auto visit = [&]<class T>(T &node) {
    using Kind = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Kind, OperatorNode> || std::is_same_v<Kind, CustomNode>) {
      function(node.left);
      function(node.right);
    } else if constexpr (std::is_same_v<Kind, LikeNode>) {
      function(node.operand);
      function(node.pattern);
    } else if constexpr (std::is_same_v<Kind, BetweenNode>) {
      function(node.operand);
      function(node.low);
      function(node.high);
    } else if constexpr (std::is_same_v<Kind, ListNode>) {
      for (auto &item : node.items)
        function(item);
    } else if constexpr (std::is_same_v<Kind, FunctionNode>) {
      for (auto &argument : node.arguments)
        function(argument);
    } else if constexpr (std::is_same_v<Kind, FilterNode>) {
      function(node.aggregate);
      function(node.condition);
    } else if constexpr (std::is_same_v<Kind, OverNode>) {
      function(node.function);
      for (auto &part : node.window.partition)
        function(part);
      for (auto &order : node.window.order)
        visit_ordering(order, function);
    } else if constexpr (std::is_same_v<Kind, CaseNode>) {
      function(node.subject);
      for (auto &[when, then] : node.whens) {
        function(when);
        function(then);
      }
      function(node.otherwise);
    } else if constexpr (is_one_of<Kind, CastNode, ExtractNode, LabelNode, CollateNode>) {
      function(node.operand);
    } else if constexpr (std::is_same_v<Kind, CompositeTestNode>) {
      function(node.member);
      for (auto &operand : node.operands)
        function(operand);
    } else {
      static_assert(is_one_of<Kind, MemberNode, AttributeNode, ColumnNode, DerivedColumnNode,
                              ExcludedNode, LiteralNode, ParameterNode, ConstantNode, VerbatimNode,
                              TextNode, RelationshipNode, CompositeValueNode, SubqueryNode>,
                    "this kind of node does not say what it is made of");
    }
  };
  std::visit(visit, data);
}

/// Calls `function(const NodePtr &)` for what the node is made of; not for the parts of a subquery,
/// which has a scope of its own.
template <class Function> void for_each_operand(const NodePtr &node, const Function &function) {
  if (node)
    visit_operands(node->data, function);
}

} // namespace declorm::detail

#endif // DECLORM_SQL_NODE_H
