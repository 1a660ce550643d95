// joined_load.cpp: SQLAlchemy's joinedload().
#include "runtime/orm/loading/joined_load.h"

#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

bool JoinedLoad::can_join(const RelationshipState &relationship, const SelectData &select) const {
  const MapperState &target = *relationship.target;
  if (&target.reader() != &target || target.load_plan())
    return false;
  const bool one_row_each = !relationship.is_list();
  return one_row_each || !(select.limit || select.offset || select.distinct ||
                           !select.group.empty() || select.is_compound());
}

std::size_t JoinedLoad::join(const RelationshipState &relationship, std::size_t parent,
                             SelectData &select) {
  for (std::size_t i = 0; i != joins_.size(); ++i)
    if (joins_[i].relationship == &relationship && joins_[i].parent == parent)
      return i;
  if (!can_join(relationship, select))
    return none;
  MapperState &target = *relationship.target;
  const std::string number =
      std::to_string(1 + std::count_if(joins_.begin(), joins_.end(), [&](const Join &other) {
                       return other.relationship->target == &target;
                     }));
  Join &made = joins_.emplace_back();
  made.relationship = &relationship;
  made.parent = parent;
  made.alias = target.table->name() + "_" + number;
  RelationshipState::Aliases aliases{
      parent == none ? std::string() : joins_[parent].alias, made.alias, {}};
  NodePtr on = relationship.condition(aliases);
  if (relationship.secondary) {
    aliases.between = relationship.secondary->name() + "_" + number;
    select.joins.push_back({{.alias = aliases.between, .table = relationship.secondary},
                            relationship.condition(aliases),
                            JoinKind::left});
    on = relationship.secondary_condition(aliases);
  }
  select.joins.push_back({{.type = &target.type, .alias = made.alias}, on, JoinKind::left});
  for (const Ordering &order : relationship.order(made.alias))
    select.order.push_back(order);
  made.first = nodes_.size();
  for (const Column *column : target.columns)
    nodes_.push_back(std::make_shared<const Node>(Node{ColumnNode{column, made.alias}}));
  for (const std::string &name : target.loaded_expressions)
    nodes_.push_back(target.expression_of(name, made.alias));
  made.target.mapper = &target;
  made.target.runs.push_back({0, unsigned(target.load_fields.size()), 0});
  has_lists_ |= relationship.is_list();
  return joins_.size() - 1;
}

void JoinedLoad::add_loaded_always(const MapperState &mapper, std::size_t parent,
                                   SelectData &select,
                                   std::vector<const RelationshipState *> above) {
  for (const MappedRelationship &mapped : mapper.relationships) {
    const RelationshipState &relationship = *mapped.state;
    if (relationship.loading != model::Loading::joined ||
        std::find(above.begin(), above.end(), &relationship) != above.end())
      continue;
    const std::size_t made = join(relationship, parent, select);
    if (made == none)
      continue;
    std::vector<const RelationshipState *> path = above;
    path.push_back(&relationship);
    add_loaded_always(*relationship.target, made, select, std::move(path));
  }
}

void JoinedLoad::add(std::span<const LoadOption> paths, SelectData &select) {
  for (const LoadOption &option : paths) {
    const MapperState *at = &mapper_;
    std::size_t parent = none;
    for (const LoadStep &step : option.path()) {
      if (step.way != LoadWay::joined || !at->is_a(*step.member.declaring))
        break;
      const RelationshipState &relationship = find_relationship(*at, step.member);
      parent = join(relationship, parent, select);
      if (parent == none)
        break;
      at = relationship.target;
    }
  }
  add_loaded_always(mapper_, none, select, {});
}

void JoinedLoad::read(const QueryRun &run, int first, ObjectState *root) {
  found_.clear();
  for (Join &join : joins_) {
    ObjectState *const owner = join.parent == none ? root : found_[join.parent];
    ObjectState *found = nullptr;
    const int column = first + int(join.first);
    const std::vector<unsigned> &key = join.target.mapper->key_positions;
    const bool is_there = owner && std::none_of(key.begin(), key.end(), [&](unsigned position) {
                            return run.column(column + int(position)).is_null();
                          });
    if (is_there) {
      join.target.runs.front().column = column;
      found = &session_.loader.read_row(*join.target.mapper, run, flags_, &join.target);
    }
    if (owner)
      join.found.emplace_back(owner, found);
    found_.push_back(found);
  }
}

AlsoRead JoinedLoad::reader() {
  return {nodes_, has_lists_,
          [this](const QueryRun &run, int first, ObjectState *state) { read(run, first, state); }};
}

/// Fills the member of the join in all its owners.
void JoinedLoad::fill(const Join &join) {
  struct Member {
    ObjectState *owner;
    std::vector<ObjectState *> targets;
  };
  std::vector<Member> members;
  std::unordered_map<const ObjectState *, std::size_t> places;
  for (const auto &[owner, target] : join.found) {
    // Rows of one owner follow each other, most often.
    Member *member = members.empty() || members.back().owner != owner ? nullptr : &members.back();
    if (!member) {
      const auto [place, is_new] = places.try_emplace(owner, members.size());
      if (is_new)
        members.push_back({owner, {}});
      member = &members[place->second];
    }
    std::vector<ObjectState *> &targets = member->targets;
    const bool is_known =
        !target || (!targets.empty() && targets.back() == target) ||
        (joins_.size() > 1 && std::find(targets.begin(), targets.end(), target) != targets.end());
    if (!is_known)
      targets.push_back(target);
  }
  for (const Member &member : members) {
    const unsigned index = relationship_index(*member.owner->mapper, join.relationship);
    if (flags_.populate_existing || session_.wants_links(*member.owner, index))
      session_.loader.fill_member(*join.relationship, *member.owner, member.targets,
                                  flags_.populate_existing);
  }
}

void JoinedLoad::finish(std::vector<ObjectState *> &states) {
  for (const Join &join : joins_)
    fill(join);
  if (!has_lists_)
    return;
  states.erase(std::unique(states.begin(), states.end()), states.end());
  std::unordered_set<const ObjectState *> met;
  std::erase_if(states, [&](const ObjectState *state) { return !met.insert(state).second; });
}

} // namespace declorm::detail
