// relationship_binder.cpp: how the tables of relationships join, and which keys and rows they keep.
#include "runtime/orm/mapping/relationship_binder.h"

#include "runtime/engine/suggest.h"
#include "runtime/orm/mapping/join_tables.h"
#include "runtime/sql/scope.h"

#include <algorithm>

namespace declorm::detail {

RelationshipBinding::RelationshipBinding(const model::RelationshipDecl &decl)
    : partner_name(decl.partner ? decl.partner->name() : std::string()),
      secondary_name(decl.secondary), map_key_name(decl.map_key),
      metadata(decl.owner->table.metadata), primaryjoin_thunk(decl.primaryjoin_function.thunk),
      secondaryjoin_thunk(decl.secondaryjoin_function.thunk),
      order_by_thunk(decl.order_by_function.thunk), secondary_thunk(decl.secondary_function.thunk) {
  for (const model::ExpressionDecl *one : decl.foreign_keys)
    foreign_keys.push_back(make_source(*decl.owner, *one));
  for (const model::ExpressionDecl *one : decl.remote_side)
    remote_side.push_back(make_source(*decl.owner, *one));
}

const Table *RelationshipBinder::secondary_of(const RelationshipState &relationship) {
  const RelationshipBinding &binding = *relationship.binding;
  if (!binding.secondary_thunk && binding.secondary_name.empty())
    return nullptr;
  MetaData &metadata = tables_.metadata(binding.metadata);
  Table *table = nullptr;
  if (binding.secondary_thunk) {
    binding.secondary_thunk(&table, &metadata);
    if (!table)
      throw ArgumentError(describe(relationship) +
                          ": secondary takes a function Table &f(MetaData &)");
    return table;
  }
  table = metadata.find_table(binding.secondary_name);
  if (table)
    return table;
  std::vector<std::string> names;
  for (const Table *known : metadata.tables())
    names.push_back(known->full_name());
  throw InvalidRequestError(describe(relationship) + ": there is no table '" +
                            binding.secondary_name + "' for its 'secondary'" +
                            suggestion(binding.secondary_name, names) +
                            "; add it to metadata() before the first Session or query");
}

namespace {

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

/// Returns the attribute that holds the column, which may be one of the union that the class is
/// read from.
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

void bind_map_key(RelationshipState &relationship) {
  const MapperState &target = *relationship.target;
  const std::string &name = relationship.binding->map_key_name;
  for (unsigned i = 0; i != target.infos.size(); ++i)
    if (target.infos[i].member == name)
      relationship.map_key = i;
  if (!relationship.map_key)
    throw ArgumentError(describe(relationship) + ": " + describe(target) + " has no attribute '" +
                        name + "' for its 'map_key'" + suggestion(name, target.member_names()));
  const Field &field = target.all_fields[*relationship.map_key];
  if (field.code != relationship.map_key_code || field.optional || field.accessor || field.gate)
    throw ArgumentError(describe(relationship) + ": the map's key has another type than '" +
                        target.name + "." + name + "'");
}

void set_join(RelationshipState &relationship, const model::Join &join) {
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
  if (!relationship.binding->map_key_name.empty())
    bind_map_key(relationship);
  bind_near_key(relationship);
  relationship.binding->is_joined = true;
}

/// Joins that one of two sides which does not say how they join.
void join_as_partner(RelationshipState &relationship) {
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

} // namespace

void RelationshipBinder::bind(RelationshipState &relationship) {
  RelationshipBinding &binding = *relationship.binding;
  const auto bind_sources = [&](auto &sources) {
    for (ExpressionSource &source : sources)
      expressions_.bind(source);
  };
  if (relationship.primaryjoin)
    expressions_.bind(*relationship.primaryjoin);
  if (relationship.secondaryjoin)
    expressions_.bind(*relationship.secondaryjoin);
  bind_sources(relationship.order_by);
  bind_sources(binding.foreign_keys);
  bind_sources(binding.remote_side);
  relationship.made_primaryjoin = call_join(binding.primaryjoin_thunk);
  relationship.made_secondaryjoin = call_join(binding.secondaryjoin_thunk);
  if (binding.order_by_thunk)
    binding.order_by_thunk(&relationship.made_order, nullptr);
  if (relationship.joins_as_partner)
    return join_as_partner(relationship);
  relationship.secondary = secondary_of(relationship);

  const model::JoinTable near = join_table(*relationship.owner);
  const model::JoinTable other = join_table(*relationship.target);
  const model::JoinTable between =
      relationship.secondary ? join_table(*relationship.secondary) : model::JoinTable();
  model::JoinRequest request;
  request.near = &near;
  request.far = relationship.target == relationship.owner ? &near : &other;
  request.secondary = relationship.secondary ? &between : nullptr;
  request.is_list = relationship.is_list();
  request.viewonly = relationship.viewonly;
  request.foreign_keys = columns_of(binding.foreign_keys);
  request.remote_side = columns_of(binding.remote_side);
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

void RelationshipBinder::link(RelationshipState &relationship) {
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
  } else if (relationship.direction == model::Direction::many_to_many) {
    link_rows(relationship, partner);
  } else {
    link_keys(relationship, partner);
  }
}

void RelationshipBinder::link_rows(RelationshipState &relationship, RelationshipState *partner) {
  RowLink &made = *row_links_.emplace_back(std::make_unique<RowLink>());
  made.table = relationship.secondary;
  made.first = &relationship;
  made.second = partner;
  for (const auto &[column, between] : relationship.pairs)
    made.near.emplace_back(position_of(relationship, *relationship.owner, column), between);
  for (const auto &[column, between] : relationship.secondary_pairs)
    made.far.emplace_back(position_of(relationship, *relationship.target, column), between);
  relationship.row_link = &made;
  if (partner)
    partner->row_link = &made;
}

void RelationshipBinder::link_keys(RelationshipState &relationship, RelationshipState *partner) {
  KeyLink &made = *key_links_.emplace_back(std::make_unique<KeyLink>());
  const bool is_up = relationship.direction == model::Direction::many_to_one;
  made.child = is_up ? relationship.owner : relationship.target;
  made.parent = is_up ? relationship.target : relationship.owner;
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

std::vector<const KeyLink *> RelationshipBinder::key_links() const {
  std::vector<const KeyLink *> links;
  for (const auto &link : key_links_)
    links.push_back(link.get());
  return links;
}

void RelationshipBinder::bind_all() {
  for (RelationshipState *relationship : unbound_)
    for (const MappedRelationship &other : relationship->target->relationships)
      if (other.state->name() == relationship->binding->partner_name)
        relationship->partner = other.state;
  for (const bool turned : {false, true}) // what joins as its partner comes behind that
    for (RelationshipState *relationship : unbound_)
      if (!relationship->binding->is_joined && relationship->joins_as_partner == turned)
        bind(*relationship);
  std::size_t linked = 0;
  try {
    for (; linked != unbound_.size(); ++linked) {
      link(*unbound_[linked]);
      unbound_[linked]->binding.reset();
    }
  } catch (...) {
    unbound_.erase(unbound_.begin(), unbound_.begin() + std::ptrdiff_t(linked));
    throw; // and it does so again at each use
  }
  unbound_.clear();
}

} // namespace declorm::detail
