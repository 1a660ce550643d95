// composites.cpp: value classes in several columns, which a statement compares and sets as one
// value.
#include "runtime/sql/scope.h"

#include <algorithm>

namespace declorm::detail {

namespace {

template <class Data> NodePtr make(Data data) {
  return std::make_shared<const Node>(Node{std::move(data)});
}

/// The columns of a composite, of the class that the member's node names.
std::vector<NodePtr> columns_of(const CompositeColumns &composite, const NodePtr &member) {
  const auto *node = as<MemberNode>(member);
  const std::string &alias = node ? node->alias : as<AttributeNode>(member)->alias;
  std::vector<NodePtr> columns;
  for (const CompositeColumns::Part &part : composite.parts)
    columns.push_back(attribute_node(composite.owner, part.attribute, alias));
  return columns;
}

/// The values of all parts, as the database holds them.
std::vector<NodePtr> values_of(const CompositeColumns &composite, const CompositeValueNode &value) {
  if (value.value && !(value.type == composite.value_type))
    throw ArgumentError("the composite of the columns '" + composite.parts.front().attribute +
                        "', … holds a '" + spelled(composite.value_type) +
                        "', and not a value of class '" + spelled(value.type) + "'");
  std::vector<NodePtr> values;
  for (const CompositeColumns::Part &part : composite.parts)
    values.push_back(literal_node(value.value ? value_of(part.field, value.value.get()) : Value()));
  return values;
}

bool sets_composite(const Assignment &assignment, const Scope &scope) {
  return as<CompositeValueNode>(assignment.value) || scope.find_composite(assignment.column);
}

/// The member that an operand is, or that of what an INSERT wanted to write.
const NodePtr &member_of(const NodePtr &operand) {
  const auto *excluded = as<ExcludedNode>(operand);
  return excluded ? excluded->column : operand;
}

/// What stands for each part of an operand: of a value of the composite's class, of a member, or of
/// what an INSERT wanted to write.
std::vector<NodePtr> parts_of(const NodePtr &operand, const CompositeColumns &composite,
                              const Scope &scope) {
  if (const auto *value = as<CompositeValueNode>(operand))
    return values_of(composite, *value);
  const NodePtr &member = member_of(operand);
  std::vector<NodePtr> parts = columns_of(scope.composite_of(member), member);
  if (as<ExcludedNode>(operand))
    for (NodePtr &part : parts)
      part = excluded_node(std::move(part));
  return parts;
}

NodePtr joined(Operator op, const NodePtr &left, NodePtr right) {
  return left ? binary_node(op, left, std::move(right)) : right;
}

/// Equal is each part, not equal is some part.
NodePtr compared(Operator op, const std::vector<NodePtr> &parts,
                 const std::vector<NodePtr> &others) {
  NodePtr all;
  for (std::size_t part = 0; part != parts.size(); ++part)
    all = joined(op == Operator::equal ? Operator::and_ : Operator::or_, all,
                 binary_node(op, parts[part], others[part]));
  return all;
}

} // namespace

NodePtr composite_value_node(const TypeId &type, CompositeValue value) {
  return make(CompositeValueNode{type, std::move(value)});
}

NodePtr composite_test_node(Operator op, NodePtr member, std::vector<NodePtr> operands) {
  return make(CompositeTestNode{op, std::move(member), std::move(operands)});
}

const CompositeColumns *Scope::find_composite(const NodePtr &node) const {
  return find_in_owners(node, [&](const Entity &entity, const Source &) {
    const auto *member = as<MemberNode>(node);
    return member ? entity.composite_of(member->member)
                  : entity.composite_of(as<AttributeNode>(node)->name);
  });
}

const CompositeColumns &Scope::composite_of(const NodePtr &node) const {
  if (const CompositeColumns *composite = find_composite(node))
    return *composite;
  const Entity *owner = find_in_owners(
      node, [](const Entity &entity, const Source &) -> const Entity * { return &entity; });
  if (!owner)
    fail(node);
  const auto *attribute = as<AttributeNode>(node);
  throw ArgumentError("a value of a class is compared with, or given to, " +
                      (attribute ? "member '" + attribute->name + "'" : std::string("a member")) +
                      " of class '" + owner->class_name() +
                      "', which is no composite; annotate it with [[declorm::composite]], or its "
                      "type with type_traits");
}

NodePtr Scope::expand_composite(const CompositeTestNode &node) const {
  const CompositeColumns &composite = composite_of(member_of(node.member));
  const std::vector<NodePtr> parts = parts_of(node.member, composite, *this);
  const bool is_positive = node.op == Operator::equal || node.op == Operator::in;
  const Operator one = is_positive ? Operator::equal : Operator::not_equal;
  NodePtr all;
  for (const NodePtr &operand : node.operands)
    all = joined(is_positive ? Operator::or_ : Operator::and_, all,
                 compared(one, parts, parts_of(operand, composite, *this)));
  return all ? all : in_list_node(node.op, nullptr, {}); // in an empty range is nothing
}

std::vector<Assignment> with_composite_columns(std::span<const Assignment> assignments,
                                               const Scope &scope) {
  std::vector<Assignment> expanded;
  for (const Assignment &assignment : assignments) {
    if (!sets_composite(assignment, scope)) {
      expanded.push_back(assignment);
      continue;
    }
    const CompositeColumns &composite = scope.composite_of(assignment.column);
    const std::vector<NodePtr> columns = columns_of(composite, assignment.column);
    const std::vector<NodePtr> values = parts_of(assignment.value, composite, scope);
    for (std::size_t part = 0; part != columns.size(); ++part)
      expanded.push_back({columns[part], values[part]});
  }
  return expanded;
}

std::vector<NodePtr> with_composite_columns(std::span<const NodePtr> columns, const Scope &scope) {
  std::vector<NodePtr> expanded;
  for (const NodePtr &column : columns) {
    if (const CompositeColumns *composite = scope.find_composite(column))
      std::ranges::copy(columns_of(*composite, column), std::back_inserter(expanded));
    else
      expanded.push_back(column);
  }
  return expanded;
}

std::optional<WriteData> with_composite_columns(const WriteData &write, const Scope &scope) {
  const auto names = [&](const NodePtr &column) { return scope.find_composite(column) != nullptr; };
  const auto sets = [&](const Assignment &assignment) { return sets_composite(assignment, scope); };
  const bool has_any = (!write.rows.empty() && std::ranges::any_of(write.rows.front(), sets)) ||
                       std::ranges::any_of(write.conflict_set, sets) ||
                       std::ranges::any_of(write.conflict_columns, names);
  if (!has_any)
    return std::nullopt;
  WriteData whole = write;
  for (std::vector<Assignment> &row : whole.rows)
    row = with_composite_columns(row, scope);
  whole.conflict_set = with_composite_columns(whole.conflict_set, scope);
  whole.conflict_columns = with_composite_columns(whole.conflict_columns, scope);
  return whole;
}

} // namespace declorm::detail
