// relationship_binding.cpp: relationships from what classes declare, and how their tables join.
#include "runtime/orm/mapping/registry.h"
#include "runtime/schema/union_table.h"
#include "runtime/sql/scope.h"

#include "runtime/engine/suggest.h"

#include <algorithm>
#include <deque>

namespace declorm::detail {

void RegistryState::make_relationships(const model::Mapping &mapping) {
  std::set<const MapperState *> waiting;
  waiting_relationship_.clear();
  for (const model::MappedClass &mapped : mapping.classes) {
    MapperState *owner = state_of(mapped);
    if (!owner || !owner->own_relationships.empty())
      continue;
    if (leads_to_waiting(mapped)) {
      waiting.insert(owner);
      continue;
    }
    for (const model::RelationshipDecl &decl : mapped.relationships)
      make_relationship(decl, *owner);
  }
  // Those of a class's parents come first.
  for (const model::MappedClass &mapped : mapping.classes)
    if (MapperState *state = state_of(mapped); state && state->relationships.empty()) {
      std::vector<MapperState *> line;
      for (MapperState *at = state; at; at = at->parent)
        line.push_back(at);
      if (std::any_of(line.begin(), line.end(),
                      [&](const MapperState *at) { return waiting.contains(at); }))
        continue;
      for (auto at = line.rbegin(); at != line.rend(); ++at)
        for (const auto &relationship : (*at)->own_relationships)
          state->relationships.push_back({relationship.get(), state->offset_of(**at)});
    }
  // Smart pointers to a class may point to objects of those below it.
  for (bool changed = true; std::exchange(changed, false);)
    for (const auto &mapper : owned_mappers_) {
      MapperState &state = mapper->state();
      const bool above = (state.parent && state.parent->is_shared) ||
                         (state.concrete_parent && state.concrete_parent->is_shared);
      changed |= above && !state.is_shared;
      state.is_shared |= above;
    }
}

/// Notes the first relationship whose target has no table yet: it is made when that has one.
bool RegistryState::leads_to_waiting(const model::MappedClass &mapped) {
  for (const model::RelationshipDecl &decl : mapped.relationships) {
    if (!decl.target || state_of(*decl.target))
      continue;
    const auto why = waiting_.find(decl.target->class_->key);
    if (why == waiting_.end())
      continue;
    if (waiting_relationship_.empty())
      waiting_relationship_ = "relationship '" + decl.name() + "' of class '" +
                              mapped.class_->name + "' leads to class '" + decl.target_name +
                              "', which " + tell(why->second);
    return true;
  }
  return false;
}

void RegistryState::make_relationship(const model::RelationshipDecl &decl, MapperState &owner) {
  MapperState *target = decl.target ? state_of(*decl.target) : nullptr;
  if (!target && !decl.unresolved.empty())
    throw ArgumentError(model::to_string(decl.unresolved.front()));
  if (!target)
    throw InvalidRequestError("relationship '" + decl.name() + "' of " + describe(owner) +
                              " leads to class '" + decl.target_name +
                              "', which has no table that its objects could be read from");
  RelationshipState &made =
      *owner.own_relationships.emplace_back(std::make_unique<RelationshipState>());
  const model::Class &declaring = *decl.place.declared_in;
  const Class &registered = *find_copy(declaring.key);
  made.member = decl.name();
  made.class_key = declaring.key;
  made.declaring = *registered.type;
  made.declared_offset = decl.place.member->offset;
  made.member_index = unsigned(decl.place.member - declaring.members.data());
  made.owner = &owner;
  made.target = target;
  made.offset = decl.place.offset;
  made.code = decl.type().code;
  made.container = decl.type().container;
  made.access = link_access_of(registered, made.member_index);
  if (made.offset == no_offset || (!made.access && (made.is_list() || made.is_smart())))
    throw ArgumentError(describe(made) + ": the member cannot be reached: its translation unit was "
                                         "compiled without the functions for it");
  made.cascade = decl.cascade;
  made.loading = decl.loading;
  made.viewonly = decl.viewonly;
  made.passive_deletes = decl.passive_deletes;
  made.passive_deletes_all = decl.passive_deletes_all;
  made.passive_updates = decl.passive_updates;
  made.post_update = decl.post_update;
  made.map_key_name = decl.map_key;
  made.map_key_code = decl.type().rep;
  if (decl.partner)
    made.partner_name = decl.partner->name();
  made.joins_as_partner = decl.joins_as_partner;
  made.secondary_name = decl.secondary;
  const model::MappedClass &mapped = *decl.owner;
  made.metadata = mapped.table.metadata;
  const auto source = [&](const model::ExpressionDecl *given, auto &to) {
    if (given)
      to.emplace(make_source(mapped, *given));
  };
  source(decl.primaryjoin, made.primaryjoin);
  source(decl.secondaryjoin, made.secondaryjoin);
  const auto sources = [&](const std::vector<const model::ExpressionDecl *> &given, auto &to) {
    for (const model::ExpressionDecl *one : given)
      to.push_back(make_source(mapped, *one));
  };
  sources(decl.order_by, made.order_by);
  sources(decl.foreign_keys, made.foreign_keys);
  sources(decl.remote_side, made.remote_side);
  made.primaryjoin_thunk = decl.primaryjoin_function.thunk;
  made.secondaryjoin_thunk = decl.secondaryjoin_function.thunk;
  made.order_by_thunk = decl.order_by_function.thunk;
  made.secondary_thunk = decl.secondary_function.thunk;
  unbound_relationships_.push_back(&made);
  target->is_shared |= made.is_smart();
  target->is_linked = true;
  if (made.loading != model::Loading::when_asked)
    for (MapperState *at = &owner; at; at = at->parent ? at->parent : at->concrete_parent)
      at->loads_further = true;
}

const Table *RegistryState::secondary_of(const RelationshipState &relationship) {
  if (!relationship.secondary_thunk && relationship.secondary_name.empty())
    return nullptr;
  MetaData &metadata = metadata_for(relationship.metadata);
  Table *table = nullptr;
  if (relationship.secondary_thunk) {
    relationship.secondary_thunk(&table, &metadata);
    if (!table)
      throw ArgumentError(describe(relationship) +
                          ": secondary takes a function Table &f(MetaData &)");
    return table;
  }
  table = metadata.find_table(relationship.secondary_name);
  if (table)
    return table;
  std::vector<std::string> names;
  for (const Table *known : metadata.tables())
    names.push_back(known->full_name());
  throw InvalidRequestError(describe(relationship) + ": there is no table '" +
                            relationship.secondary_name + "' for its 'secondary'" +
                            suggestion(relationship.secondary_name, names) +
                            "; add it to metadata() before the first Session or query");
}

namespace {

using model::JoinTable;

void add_columns(const Table &table, bool inherited, JoinTable &to) {
  for (const Column *column : table.columns())
    to.columns.push_back(
        {column, table.full_name() + "." + column->name(), column->primary_key(), inherited});
}

/// `as`: what stands for a column of the table.
template <class As> void add_keys(const Table &table, JoinTable &to, As as) {
  for (const Constraint &constraint : table.constraints()) {
    if (constraint.kind != ConstraintKind::foreign_key)
      continue;
    model::JoinKey key;
    for (std::size_t i = 0; i != constraint.columns.size(); ++i) {
      const ForeignKey referred(constraint.referred[i]);
      const Table *target = table.metadata().find_table(referred.target_table());
      const Column *column = target ? target->find_column(referred.target_column()) : nullptr;
      if (column)
        key.columns.emplace_back(as(table.column(constraint.columns[i])), column);
    }
    if (key.columns.size() == constraint.columns.size())
      to.foreign_keys.push_back(std::move(key));
  }
}

JoinTable join_table(const Table &table) {
  JoinTable result;
  result.name = table.full_name();
  add_columns(table, false, result);
  add_keys(table, result, [](const Column &column) { return &column; });
  return result;
}

/// Whether it is by the key that a row of one of the class's tables continues that of another.
bool joins_parts(const MapperState &mapper, const model::JoinKey &key) {
  return std::any_of(mapper.parts.begin(), mapper.parts.end(), [&](const TablePart &part) {
    return key.columns.size() == part.key.size() &&
           std::all_of(key.columns.begin(), key.columns.end(), [&](const auto &pair) {
             const auto *referred = static_cast<const Column *>(pair.second);
             return &referred->table() != part.table && mapper.owns(referred->table()) &&
                    std::any_of(part.key.begin(), part.key.end(),
                                [&](const auto &own) { return own.first == pair.first; });
           });
  });
}

/// All tables of a class; of one that is read from a union, the union with the keys of its parts.
JoinTable join_table(const MapperState &mapper) {
  const MapperState &reader = mapper.reader();
  const Table &table = *reader.table;
  if (table.union_definition()) {
    JoinTable result;
    result.name = mapper.name;
    add_columns(table, false, result);
    for (const MapperState *part : reader.union_parts)
      add_keys(*part->table, result, [&](const Column &column) -> const Column * {
        const Column *in_union = column_in_union(table, column);
        return in_union ? in_union : &column;
      });
    // Each part has the key; one is enough.
    auto &keys = result.foreign_keys;
    for (std::size_t i = 0; i < keys.size(); ++i)
      for (std::size_t j = keys.size(); --j > i;)
        if (keys[j].columns == keys[i].columns)
          keys.erase(keys.begin() + std::ptrdiff_t(j));
    return result;
  }
  JoinTable result;
  result.name = mapper.table->full_name();
  for (const TablePart &part : mapper.parts) {
    add_columns(*part.table, part.table != mapper.table, result);
    add_keys(*part.table, result, [](const Column &column) { return &column; });
  }
  std::erase_if(result.foreign_keys,
                [&](const model::JoinKey &key) { return joins_parts(mapper, key); });
  return result;
}

/// `a == b` in a parsed condition, with AND around it. Whether there is nothing else in it.
bool add_terms(const ExpressionSource &source, unsigned index,
               std::vector<model::JoinTerm> &terms) {
  const model::Expr &expr = source.tree.nodes[index];
  if (expr.kind != model::ExprKind::operation || expr.children.size() != 2)
    return false;
  if (expr.op == model::ExprOperator::and_) {
    const bool left = add_terms(source, expr.children[0], terms);
    return add_terms(source, expr.children[1], terms) && left;
  }
  if (expr.op != model::ExprOperator::equal)
    return false;
  const auto read = [&](unsigned at, const void *&column, bool &foreign, bool &remote) {
    while (source.tree.nodes[at].kind == model::ExprKind::foreign ||
           source.tree.nodes[at].kind == model::ExprKind::remote) {
      foreign |= source.tree.nodes[at].kind == model::ExprKind::foreign;
      remote |= source.tree.nodes[at].kind == model::ExprKind::remote;
      at = source.tree.nodes[at].children[0];
    }
    if (source.tree.nodes[at].kind == model::ExprKind::name)
      column = source.found[at].column;
  };
  model::JoinTerm term;
  read(expr.children[0], term.left, term.left_foreign, term.left_remote);
  read(expr.children[1], term.right, term.right_foreign, term.right_remote);
  if (!term.left || !term.right)
    return false;
  terms.push_back(term);
  return true;
}

/// The same in one that a function of the program made.
bool add_terms(const NodePtr &node, std::vector<model::JoinTerm> &terms) {
  const auto *op = as<OperatorNode>(node);
  if (!op)
    return false;
  if (op->op == Operator::and_) {
    const bool left = add_terms(op->left, terms);
    return add_terms(op->right, terms) && left;
  }
  if (op->op != Operator::equal)
    return false;
  const auto read = [](const NodePtr &operand) -> const Column * {
    if (const auto *column = as<ColumnNode>(operand))
      return column->column;
    if (const auto *member = as<MemberNode>(operand)) {
      const TypeId &type =
          *(member->member.entity ? member->member.entity : member->member.declaring);
      return find_mapper(type).state().reader().column_of(*member->member.declaring,
                                                          member->member.offset);
    }
    if (const auto *attribute = as<AttributeNode>(operand))
      return find_mapper(attribute->entity).state().reader().column_of(attribute->name);
    return nullptr;
  };
  const Column *left = read(op->left), *right = read(op->right);
  if (!left || !right)
    return false;
  terms.push_back({left, right});
  return true;
}

/// `only_terms` becomes false if the condition has anything else in it.
std::optional<std::vector<model::JoinTerm>> terms_of(const std::optional<ExpressionSource> &source,
                                                     const NodePtr &made, bool &only_terms) {
  if (!source && !made)
    return std::nullopt;
  std::vector<model::JoinTerm> terms;
  only_terms &=
      source ? add_terms(*source, source->tree.roots.front(), terms) : add_terms(made, terms);
  return terms;
}

/// Whether the comparison is that of one of the join's pairs.
bool is_pair(const model::JoinTerm &term, const model::Join &join) {
  return std::any_of(join.pairs.begin(), join.pairs.end(), [&](const model::JoinPair &pair) {
    return (term.left == pair.near && term.right == pair.far) ||
           (term.left == pair.far && term.right == pair.near);
  });
}

std::vector<const void *> columns_of(const std::vector<ExpressionSource> &sources) {
  std::vector<const void *> columns;
  for (const ExpressionSource &source : sources)
    for (const FoundName &found : source.found)
      if (found.column)
        columns.push_back(found.column);
  return columns;
}

NodePtr call_join(Thunk thunk) {
  if (!thunk)
    return nullptr;
  Expression<bool> made{NodePtr()};
  thunk(&made, nullptr);
  return made.node();
}

[[noreturn]] void throw_problem(const RelationshipState &relationship, const model::Join &join) {
  const std::string message = describe(relationship) + ": " + join.message;
  switch (join.problem) {
  case model::JoinProblem::no_foreign_key:
  case model::JoinProblem::no_secondary_key:
    throw NoForeignKeysError(message);
  case model::JoinProblem::ambiguous:
  case model::JoinProblem::ambiguous_secondary:
    throw AmbiguousForeignKeysError(message);
  default:
    throw ArgumentError(message);
  }
}

const Column *column_at(const void *id) { return static_cast<const Column *>(id); }

/// The attribute that holds the column; of a class that is read from a union also by the union's.
unsigned position_of(const RelationshipState &relationship, const MapperState &mapper,
                     const Column *column) {
  if (const std::optional<unsigned> position = detail::position_of(mapper, column))
    return *position;
  throw ArgumentError(describe(relationship) + ": column '" + column->table().full_name() + "." +
                      column->name() + "' has no member in " + describe(mapper) +
                      ", which the relationship needs; map it to one");
}

void bind_near_key(RelationshipState &relationship) {
  if (relationship.direction != model::Direction::many_to_one || !relationship.is_by_pairs())
    return;
  for (const unsigned key : relationship.target->key_positions)
    for (const auto &[near, far] : relationship.pairs)
      if (position_of(relationship, *relationship.target, far) == key)
        relationship.near_key.push_back(position_of(relationship, *relationship.owner, near));
  if (relationship.near_key.size() != relationship.target->key_positions.size() ||
      relationship.near_key.size() != relationship.pairs.size())
    relationship.near_key.clear();
}

} // namespace

void RegistryState::bind(RelationshipState &relationship) {
  const auto bind_all = [&](auto &sources) {
    for (ExpressionSource &source : sources)
      bind(source);
  };
  if (relationship.primaryjoin)
    bind(*relationship.primaryjoin);
  if (relationship.secondaryjoin)
    bind(*relationship.secondaryjoin);
  bind_all(relationship.order_by);
  bind_all(relationship.foreign_keys);
  bind_all(relationship.remote_side);
  relationship.made_primaryjoin = call_join(relationship.primaryjoin_thunk);
  relationship.made_secondaryjoin = call_join(relationship.secondaryjoin_thunk);
  if (relationship.order_by_thunk)
    relationship.order_by_thunk(&relationship.made_order, nullptr);
  if (relationship.joins_as_partner)
    return join_as_partner(relationship);
  relationship.secondary = secondary_of(relationship);

  const JoinTable near = join_table(*relationship.owner);
  const JoinTable other = join_table(*relationship.target);
  const JoinTable between =
      relationship.secondary ? join_table(*relationship.secondary) : JoinTable();
  model::JoinRequest request;
  request.near = &near;
  request.far = relationship.target == relationship.owner ? &near : &other;
  request.secondary = relationship.secondary ? &between : nullptr;
  request.is_list = relationship.is_list();
  request.viewonly = relationship.viewonly;
  request.foreign_keys = columns_of(relationship.foreign_keys);
  request.remote_side = columns_of(relationship.remote_side);
  bool only_terms = true;
  request.primary = terms_of(relationship.primaryjoin, relationship.made_primaryjoin, only_terms);
  request.secondary_terms =
      terms_of(relationship.secondaryjoin, relationship.made_secondaryjoin, only_terms);
  const model::Join join = model::find_join(request);
  if (join.problem != model::JoinProblem::none)
    throw_problem(relationship, join);
  relationship.is_plain =
      request.secondary || request.secondary_terms
          ? !request.primary && !request.secondary_terms
          : only_terms &&
                (!request.primary ||
                 std::all_of(request.primary->begin(), request.primary->end(),
                             [&](const model::JoinTerm &term) { return is_pair(term, join); }));
  set_join(relationship, join);
}

/// Of two sides of which one says how they join, the other one.
void RegistryState::join_as_partner(RelationshipState &relationship) {
  const RelationshipState &partner = *relationship.partner;
  relationship.secondary = partner.secondary;
  relationship.is_plain = partner.is_plain;
  model::Join join;
  join.direction = partner.direction;
  for (const auto &[near, far] : partner.pairs)
    join.pairs.push_back({near, far});
  for (const auto &[near, far] : partner.secondary_pairs)
    join.secondary.push_back({near, far});
  set_join(relationship, model::turned_round(std::move(join)));
}

void RegistryState::set_join(RelationshipState &relationship, const model::Join &join) {
  relationship.direction = join.direction;
  relationship.pairs.clear();
  for (const model::JoinPair &pair : join.pairs)
    relationship.pairs.emplace_back(column_at(pair.near), column_at(pair.far));
  relationship.secondary_pairs.clear();
  for (const model::JoinPair &pair : join.secondary)
    relationship.secondary_pairs.emplace_back(column_at(pair.near), column_at(pair.far));
  if (relationship.direction == model::Direction::many_to_one && relationship.is_list())
    throw ArgumentError(describe(relationship) +
                        ": the foreign key is on this side, so that it leads to one object, and "
                        "the member is a list; make it a pointer, or name the far side with "
                        "remote_side");
  if (!relationship.map_key_name.empty())
    bind_map_key(relationship);
  bind_near_key(relationship);
  relationship.bound = true;
}

void RegistryState::bind_map_key(RelationshipState &relationship) {
  const MapperState &target = *relationship.target;
  for (unsigned i = 0; i != target.infos.size(); ++i)
    if (target.infos[i].member == relationship.map_key_name)
      relationship.map_key = i;
  if (!relationship.map_key)
    throw ArgumentError(describe(relationship) + ": " + describe(target) + " has no attribute '" +
                        relationship.map_key_name + "' for its 'map_key'" +
                        suggestion(relationship.map_key_name, target.member_names()));
  const Field &field = target.all_fields[*relationship.map_key];
  if (field.code != relationship.map_key_code || field.optional || field.accessor || field.gate)
    throw ArgumentError(describe(relationship) + ": the map's key has another type than '" +
                        target.name + "." + relationship.map_key_name + "'");
}

/// The link that a relationship, perhaps with its partner, shows.
void RegistryState::link(RelationshipState &relationship) {
  if (relationship.viewonly || relationship.key_link || relationship.row_link ||
      relationship.pairs.empty())
    return;
  RelationshipState *partner = relationship.partner;
  if (partner && partner->viewonly)
    partner = nullptr;
  if (partner && partner->partner && partner->partner != &relationship &&
      is_same_member(partner->partner, relationship)) { // one of several concrete classes
    link(*partner);
    relationship.key_link = partner->key_link;
    relationship.row_link = partner->row_link;
    return;
  }
  MapperState &owner = *relationship.owner, &target = *relationship.target;
  if (relationship.direction == model::Direction::many_to_many) {
    RowLink &made = *row_links_.emplace_back(std::make_unique<RowLink>());
    made.table = relationship.secondary;
    made.first = &relationship;
    made.second = partner;
    for (const auto &[column, between] : relationship.pairs)
      made.near.emplace_back(position_of(relationship, owner, column), between);
    for (const auto &[column, between] : relationship.secondary_pairs)
      made.far.emplace_back(position_of(relationship, target, column), between);
    relationship.row_link = &made;
    if (partner)
      partner->row_link = &made;
    return;
  }
  KeyLink &made = *key_links_.emplace_back(std::make_unique<KeyLink>());
  const bool is_up = relationship.direction == model::Direction::many_to_one;
  made.child = is_up ? &owner : &target;
  made.parent = is_up ? &target : &owner;
  (is_up ? made.up : made.down) = &relationship;
  if (partner)
    (is_up ? made.down : made.up) = partner;
  made.post_update = relationship.post_update || (partner && partner->post_update);
  for (const auto &[near, far] : relationship.pairs)
    made.pairs.push_back({position_of(relationship, *made.child, is_up ? near : far),
                          position_of(relationship, *made.parent, is_up ? far : near)});
  const std::vector<unsigned> &key = made.parent->key_positions;
  std::sort(made.pairs.begin(), made.pairs.end(), [&](const auto &a, const auto &b) {
    return std::find(key.begin(), key.end(), a.parent) <
           std::find(key.begin(), key.end(), b.parent);
  });
  made.is_by_key = std::equal(
      made.pairs.begin(), made.pairs.end(), key.begin(), key.end(),
      [](const PositionPair &pair, unsigned position) { return pair.parent == position; });
  relationship.key_link = &made;
  if (partner)
    partner->key_link = &made;
}

std::vector<const KeyLink *> RegistryState::key_links() {
  const std::lock_guard lock(mutex_);
  std::vector<const KeyLink *> links;
  for (const auto &link : key_links_)
    links.push_back(link.get());
  return links;
}

void RegistryState::bind_relationships() {
  for (RelationshipState *relationship : unbound_relationships_)
    for (const MappedRelationship &other : relationship->target->relationships)
      if (other.state->name() == relationship->partner_name)
        relationship->partner = other.state;
  for (const bool turned : {false, true}) // what joins as its partner comes behind that
    for (RelationshipState *relationship : unbound_relationships_)
      if (!relationship->bound && relationship->joins_as_partner == turned)
        bind(*relationship);
  auto next = unbound_relationships_.begin();
  try {
    for (; next != unbound_relationships_.end(); ++next)
      link(**next);
  } catch (...) {
    unbound_relationships_.erase(unbound_relationships_.begin(), next);
    throw; // and it does so again at each use
  }
  unbound_relationships_.clear();
}

} // namespace declorm::detail
