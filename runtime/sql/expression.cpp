// expression.cpp: makes expression nodes.
#include "runtime/ascii.h"
#include "runtime/engine/raw_sql.h"
#include "runtime/sql/entity.h"
#include "runtime/sql/node.h"

#include <algorithm>
#include <cctype>

namespace declorm {

namespace detail {

namespace {
template <class Data> NodePtr make(Data data) {
  return std::make_shared<const Node>(Node{std::move(data)});
}
bool is_null_literal_node(const NodePtr &node) {
  const auto *literal = as<LiteralNode>(node);
  return literal && literal->value.is_null();
}
} // namespace

NodePtr member_node(const MemberRef &member, std::string alias) {
  return make(MemberNode{member, std::move(alias)});
}
NodePtr attribute_node(const TypeId &entity, std::string name, std::string alias) {
  return make(AttributeNode{entity, std::move(name), std::move(alias)});
}
NodePtr column_node(const Column &column) { return make(ColumnNode{&column}); }
NodePtr derived_column_node(DerivedPtr source, std::string name, std::string alias) {
  return make(DerivedColumnNode{std::move(source), std::move(name), std::move(alias)});
}
NodePtr excluded_node(NodePtr column) { return make(ExcludedNode{std::move(column)}); }
NodePtr literal_node(Value value, Period ticks, bool is_boolean) {
  return make(LiteralNode{std::move(value), ticks, is_boolean});
}

NodePtr custom_node(std::string text, NodePtr left, NodePtr right) {
  const bool is_symbol = text.find_first_not_of("+-*/<>=~!@#%^&|`?:") == std::string::npos;
  const bool is_words = std::ranges::all_of(
      text, [](char c) { return is_ascii_lower(c) || is_ascii_upper(c) || c == ' ' || c == '_'; });
  const bool is_comment =
      text.find("--") != std::string::npos || text.find("/*") != std::string::npos;
  if (text.empty() || is_comment || !(is_symbol || is_words))
    throw ArgumentError("op(\"" + text +
                        "\", …): that is no operator; write one, such as \"->>\" "
                        "or \"SIMILAR TO\"");
  return make(CustomNode{std::move(text), std::move(left), std::move(right)});
}

NodePtr text_node(std::string sql, const Params &params) {
  check_text_params(sql, params);
  return make(TextNode{std::move(sql), params.named()});
}

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

NodePtr like_node(unsigned flags, NodePtr operand, NodePtr pattern, LikeEscape escape) {
  const bool before = flags & like_before, after = flags & like_after;
  if (const auto *literal = as<LiteralNode>(pattern)) {
    const auto *text = std::get_if<std::string>(&literal->value.data());
    if (text && (before || after || escape.automatic)) {
      std::string escaped(before ? "%" : "");
      for (const char c : *text) {
        if (escape.automatic && (c == '%' || c == '_' || c == escape.character))
          escaped += escape.character;
        escaped += c;
      }
      pattern = literal_node(Value(escaped + (after ? "%" : "")));
    }
  } else {
    if (escape.automatic)
      throw ArgumentError("autoescape is for texts; in an SQL expression write the escapes with "
                          "func(\"replace\", …) and name their character");
    if (before)
      pattern = binary_node(Operator::concat, literal_node(Value("%")), std::move(pattern));
    if (after)
      pattern = binary_node(Operator::concat, std::move(pattern), literal_node(Value("%")));
  }
  if (static_cast<unsigned char>(escape.character) >= 0x80)
    throw ArgumentError("the escape of LIKE must be an ASCII character");
  return make(LikeNode{flags, std::move(operand), std::move(pattern), escape.character});
}

NodePtr between_node(NodePtr operand, NodePtr low, NodePtr high) {
  return make(BetweenNode{std::move(operand), std::move(low), std::move(high)});
}

NodePtr in_list_node(Operator op, NodePtr operand, std::vector<NodePtr> items) {
  const std::size_t nulls = std::erase_if(items, is_null_literal_node);
  const bool is_in = op == Operator::in;
  NodePtr node;
  if (!items.empty())
    node = make(OperatorNode{op, operand, list_node(std::move(items))});
  if (nulls != 0) {
    NodePtr null = unary_node(is_in ? Operator::is_null : Operator::is_not_null, operand);
    node = node ? binary_node(is_in ? Operator::or_ : Operator::and_, node, null) : null;
  }
  if (!node)
    node = binary_node(Operator::equal, text_node(is_in ? "0" : "1"), text_node("1"));
  return node;
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
NodePtr filter_node(NodePtr aggregate, NodePtr condition) {
  if (const auto *filter = as<FilterNode>(aggregate)) // a second one: both hold
    return make(FilterNode{filter->aggregate,
                           binary_node(Operator::and_, filter->condition, std::move(condition))});
  return make(FilterNode{std::move(aggregate), std::move(condition)});
}
NodePtr over_node(NodePtr function, const Window &window) {
  return make(OverNode{std::move(function), window.data()});
}
NodePtr case_node(NodePtr subject, std::vector<NodePtr> parts) {
  CaseNode choice{std::move(subject), {}, nullptr};
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
    choice.whens.emplace_back(std::move(parts[i]), std::move(parts[i + 1]));
  return make(std::move(choice));
}
NodePtr else_node(const NodePtr &case_without_else, NodePtr value) {
  CaseNode choice = *as<CaseNode>(case_without_else);
  choice.otherwise = std::move(value);
  return make(std::move(choice));
}
NodePtr cast_node(NodePtr operand, declorm::Type type) {
  return make(CastNode{std::move(operand), std::move(type)});
}
NodePtr extract_node(std::string part, NodePtr operand) {
  static const std::vector<std::string> parts{"year",   "month",  "day", "hour",
                                              "minute", "second", "dow", "doy"};
  if (std::ranges::find(parts, part) == parts.end()) {
    std::string known;
    for (const std::string &one : parts)
      known += (known.empty() ? "'" : ", '") + one + "'";
    throw ArgumentError("extract(): '" + part + "' is no part of a date or time; it takes " +
                        known);
  }
  return make(ExtractNode{std::move(operand), std::move(part)});
}
NodePtr label_node(NodePtr operand, std::string name) {
  if (const auto *label = as<LabelNode>(operand))
    return make(LabelNode{label->operand, std::move(name)});
  return make(LabelNode{std::move(operand), std::move(name)});
}
NodePtr collate_node(NodePtr operand, std::string name) {
  return make(CollateNode{std::move(operand), std::move(name)});
}
NodePtr relationship_node(RelationshipUse relationship, RelationshipTest test, NodePtr condition) {
  return make(RelationshipNode{std::move(relationship), test, std::move(condition), nullptr});
}
NodePtr relationship_node(RelationshipUse relationship, RelationshipTest test, const TypeId &type,
                          const void *object, std::shared_ptr<const void> (*copy)(const void *)) {
  const bool is_named = !relationship.member.declaring && copy;
  const Entity *entity = is_named ? find_entity(*relationship.member.entity) : nullptr;
  if (entity && entity->composite_of(relationship.name))
    return composite_test_node(
        test == RelationshipTest::is ? Operator::equal : Operator::not_equal,
        attribute_node(*relationship.member.entity, relationship.name, relationship.alias),
        {composite_value_node(type, copy(object))});
  auto values = std::make_shared<ObjectValues>(entity_of(type).written().values_of(object));
  return make(RelationshipNode{std::move(relationship), test, nullptr, std::move(values)});
}
NodePtr subquery_node(SelectPtr select) { return make(SubqueryNode{std::move(select)}); }

} // namespace detail

Window::Window() : data_(std::make_shared<detail::WindowData>()) {}
Window::Window(Unit unit, Bound first, Bound last) : data_(std::make_shared<detail::WindowData>()) {
  if (first && last && *first > *last)
    throw ArgumentError("over(): the frame begins after its end");
  data_->unit = unit;
  data_->first = first;
  data_->last = last;
}

void Window::add_partition(detail::NodePtr node) { data_->partition.push_back(std::move(node)); }
void Window::add_order(const Ordering &order) { data_->order.push_back(order); }

void Window::add(const Window &other) {
  const detail::WindowData &more = *other.data_;
  data_->partition.insert(data_->partition.end(), more.partition.begin(), more.partition.end());
  data_->order.insert(data_->order.end(), more.order.begin(), more.order.end());
  if (more.unit == Unit::none)
    return;
  if (data_->unit != Unit::none)
    throw ArgumentError("over(): a window has one frame, and two are given");
  data_->unit = more.unit;
  data_->first = more.first;
  data_->last = more.last;
}

} // namespace declorm
