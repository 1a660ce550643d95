// relationship.cpp: how a relationship joins its tables.
#include "runtime/orm/mapping/relationship.h"

#include "runtime/schema/union_table.h"
#include "runtime/sql/scope.h"

#include <algorithm>
#include <functional>

namespace declorm::detail {

std::string short_name(const RelationshipState &relationship) {
  return "'" + relationship.owner->name + "." + relationship.name() + "'";
}

std::string describe(const RelationshipState &relationship) {
  return "relationship '" + relationship.name() + "' of " + describe(*relationship.owner);
}

namespace {

NodePtr column_of(const Column &column, const std::string &alias) {
  return std::make_shared<const Node>(Node{ColumnNode{&column, alias}});
}

using Pairs = std::vector<std::pair<const Column *, const Column *>>;

NodePtr equal(const Pairs &pairs, const std::string &left_alias, const std::string &right_alias) {
  NodePtr all;
  for (const auto &[left, right] : pairs)
    all = both(all, binary_node(Operator::equal, column_of(*left, left_alias),
                                column_of(*right, right_alias)));
  return all;
}

bool reads(const MapperState &mapper, const Table &table) {
  if (mapper.owns(table))
    return true;
  std::vector<const Table *> tables;
  add_tables_of(*mapper.reader().table, tables);
  return std::find(tables.begin(), tables.end(), &table) != tables.end() ||
         mapper.reader().table == &table;
}

/// Returns the column as SELECTs for the class read it.
const Column &read_column(const MapperState &mapper, const Column &column) {
  const Column *in_union = column_in_union(*mapper.reader().table, column);
  return in_union ? *in_union : column;
}

/// The columns of an expression that was made with col<…>, replaced by what `column_of` makes of
/// them. A subquery keeps the columns of what it reads from itself.
class Rewriter {
public:
  using ColumnOf = std::function<NodePtr(const Column &)>;
  explicit Rewriter(ColumnOf column_of) : column_of_(std::move(column_of)) {}

  NodePtr operator()(const NodePtr &node) const {
    if (!node)
      return node;
    if (const auto [column, alias] = column_in(*node); column)
      return is_own(*column, alias) ? node : column_of_(*column);
    if (const auto *subquery = as<SubqueryNode>(node))
      return subquery_node(again(*subquery->select));
    Node copy = *node;
    bool changed = false;
    visit_operands(copy.data, [&](NodePtr &operand) {
      NodePtr rewritten = (*this)(operand);
      changed |= rewritten != operand;
      operand = std::move(rewritten);
    });
    return changed ? std::make_shared<const Node>(std::move(copy)) : node;
  }

private:
  /// The column that the node is, and the alias it is of; null: it is none.
  static std::pair<const Column *, std::string> column_in(const Node &node) {
    if (const auto *column = std::get_if<ColumnNode>(&node.data))
      return {column->column, column->alias};
    if (const auto *member = std::get_if<MemberNode>(&node.data)) {
      const MemberRef &ref = member->member;
      const Entity &entity = entity_of(*(ref.entity ? ref.entity : ref.declaring));
      return {entity.column_of(ref), member->alias};
    }
    if (const auto *attribute = std::get_if<AttributeNode>(&node.data))
      return {entity_of(attribute->entity).column_of(attribute->name), attribute->alias};
    return {};
  }
  /// Whether a subquery around the column reads from its table.
  bool is_own(const Column &column, const std::string &alias) const {
    return std::ranges::any_of(own_, [&](const Source &source) {
      return source.is_called(alias) && source.has_table(column.table());
    });
  }
  SelectPtr again(const SelectData &select) const {
    auto copy = std::make_shared<SelectData>(select);
    for (auto &[op, part] : copy->parts)
      part = again(*part);
    if (select.is_compound() || select.text)
      return copy;
    Rewriter inside(*this);
    const SelectScope parts = scope_of(select, nullptr);
    inside.own_.insert(inside.own_.end(), parts.scope.sources().begin(),
                       parts.scope.sources().end());
    for (SelectItem &item : copy->items)
      item.node = inside(item.node);
    for (Join &join : copy->joins)
      join.on = inside(join.on);
    for (NodePtr *condition : {&copy->where, &copy->having})
      *condition = inside(*condition);
    for (NodePtr &group : copy->group)
      group = inside(group);
    for (Ordering &order : copy->order)
      visit_ordering(order, [&](NodePtr &node) { node = inside(node); });
    return copy;
  }

  ColumnOf column_of_;
  std::vector<Source> own_; ///< what the subqueries around the node read from
};

} // namespace

/// Returns a column of a given condition under the name of the side whose column it is.
NodePtr RelationshipState::column(const Column &of, bool is_remote, const Aliases &aliases) const {
  if (secondary == &of.table())
    return column_of(of, aliases.between);
  const bool is_far = reads(*target, of.table()), is_near = reads(*owner, of.table());
  if (is_far && is_near && !is_remote)
    is_remote = std::any_of(pairs.begin(), pairs.end(),
                            [&](const auto &pair) { return pair.second == &of; });
  else
    is_remote |= is_far;
  if (is_remote)
    return column_of(read_column(*target, of), aliases.far);
  return is_near ? column_of(read_column(*owner, of), aliases.near) : column_of(of, {});
}

/// Returns a condition that was written out. With `is_far`, a column that both classes have is the
/// target's.
NodePtr RelationshipState::written_condition(const ExpressionSource *source, const NodePtr &made,
                                             const Aliases &aliases, bool is_far) const {
  const auto place = [&](const Column &of, bool is_remote) {
    return column(of, is_remote || (is_far && reads(*target, of.table())), aliases);
  };
  if (source)
    return ExpressionBuilder(*owner, place).build(*source);
  return Rewriter([&](const Column &of) { return place(of, false); })(made);
}

NodePtr RelationshipState::condition(const Aliases &aliases) const {
  if (joins_as_partner) {
    const Aliases turned{aliases.far, aliases.near, aliases.between};
    return secondary ? partner->secondary_condition(turned) : partner->condition(turned);
  }
  if (primaryjoin || made_primaryjoin)
    return written_condition(primaryjoin ? &*primaryjoin : nullptr, made_primaryjoin, aliases,
                             false);
  return equal(pairs, aliases.near, secondary ? aliases.between : aliases.far);
}

NodePtr RelationshipState::secondary_condition(const Aliases &aliases) const {
  if (!secondary)
    return nullptr;
  if (joins_as_partner)
    return partner->condition({aliases.far, aliases.near, aliases.between});
  if (secondaryjoin || made_secondaryjoin)
    return written_condition(secondaryjoin ? &*secondaryjoin : nullptr, made_secondaryjoin, aliases,
                             true);
  return equal(secondary_pairs, aliases.far, aliases.between);
}

std::vector<Ordering> RelationshipState::order(const std::string &far_alias) const {
  const Aliases aliases{{}, far_alias, {}};
  std::vector<Ordering> orders;
  for (const ExpressionSource &source : order_by)
    for (const unsigned root : source.tree.roots) {
      const model::Expr &expr = source.tree.nodes[root];
      const NodePtr node = ExpressionBuilder(*target, [&](const Column &of, bool) {
                             return column(of, true, aliases);
                           }).build(source, root);
      orders.emplace_back(node, expr.kind == model::ExprKind::descending);
    }
  for (const Ordering &made : made_order) {
    const NodePtr node =
        Rewriter([&](const Column &of) { return column(of, true, aliases); })(made.node());
    const Ordering order(node, made.descending());
    orders.push_back(made.nulls() == Ordering::Nulls::first  ? order.nulls_first()
                     : made.nulls() == Ordering::Nulls::last ? order.nulls_last()
                                                             : order);
  }
  return orders;
}

const JoinPath *MapperState::join_path(const MemberRef &member) const {
  if (member.function)
    return join_path(member_name(member.function));
  for (const MappedRelationship &mapped : relationships)
    if (mapped.state->declared_offset == member.offset &&
        mapped.state->declaring == *member.declaring)
      return mapped.state;
  return nullptr;
}

const JoinPath *MapperState::join_path(std::string_view member) const {
  for (const MappedRelationship &mapped : relationships)
    if (mapped.state->name() == member)
      return mapped.state;
  return nullptr;
}

std::vector<std::string> MapperState::relationship_names() const {
  std::vector<std::string> members;
  for (const MappedRelationship &mapped : relationships)
    members.push_back(mapped.state->name());
  return members;
}

const RelationshipState &find_relationship(const MapperState &mapper,
                                           const RelationshipRef &member) {
  for (const MappedRelationship &mapped : mapper.relationships)
    if (mapped.state->declared_offset == member.offset &&
        mapped.state->declaring == *member.declaring)
      return *mapped.state;
  std::string names;
  for (const MappedRelationship &mapped : mapper.relationships)
    names += (names.empty() ? "'" : ", '") + mapped.state->name() + "'";
  std::string name = "a member of class '" + spelled(*member.declaring) + "' without annotation";
  for (const ColumnInfo &info : mapper.infos)
    if (info.declared_offset == member.offset && info.declaring == *member.declaring)
      name = "'" + info.member + "' of class '" + spelled(*member.declaring) + "'";
  throw InvalidRequestError(name + " is no relationship of " + describe(mapper) + "; " +
                            (names.empty() ? "it has none" : "there are " + names));
}

std::optional<unsigned> position_of(const MapperState &mapper, const Column *column) {
  const MapperState &reader = mapper.reader();
  for (unsigned i = 0; i != mapper.infos.size(); ++i) {
    const ColumnInfo &info = mapper.infos[i];
    if (info.column == column || reader.columns[i] == column ||
        std::find(info.also_in_tables.begin(), info.also_in_tables.end(), column) !=
            info.also_in_tables.end())
      return i;
  }
  return std::nullopt;
}

unsigned position_in(const MapperState &real, const MapperState &base, unsigned position) {
  // A class that shares rows has its parent's attributes first.
  if (real.root == base.root)
    return position;
  const ColumnInfo &wanted = base.infos[position];
  for (unsigned i = 0; i != real.infos.size(); ++i)
    if (real.infos[i].member == wanted.member)
      return i;
  throw InvalidRequestError(describe(real) + " has no attribute '" + wanted.member + "', which " +
                            describe(base) + " has");
}

} // namespace declorm::detail
