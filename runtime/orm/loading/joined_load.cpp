// joined_load.cpp: SQLAlchemy's joinedload().
#include "runtime/orm/loading/joined_load.h"

#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

bool JoinedLoad::can_join(const RelationshipState &relationship, const SelectData &select) {
  const MapperState &target = *relationship.target;
  if (&target.reader() != &target || target.table->union_definition())
    return false;
  if (!relationship.is_list() || !(select.limit || select.offset || select.distinct ||
                                   !select.group.empty() || select.is_compound()))
    return true;
  needs_limited_ = true;
  return false;
}

std::size_t JoinedLoad::join(const RelationshipState &relationship, std::size_t parent,
                             const ChosenDeferred &undeferred, SelectData &select) {
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
  const auto seen = [&](const NodePtr &condition) {
    return limited_ && parent == none ? limited_->seen(condition) : condition;
  };
  NodePtr on = seen(relationship.condition(aliases));
  if (relationship.secondary) {
    aliases.between = relationship.secondary->name() + "_" + number;
    select.joins.push_back({{.alias = aliases.between, .table = relationship.secondary},
                            seen(relationship.condition(aliases)),
                            JoinKind::left});
    on = relationship.secondary_condition(aliases);
  }
  std::vector<MapperState *> below;
  FromRef joined{.type = &target.type, .alias = made.alias};
  if (target.load_plan() && target.root->discriminator)
    for_each_below(target, [&](MapperState &mapper) {
      if (&mapper == &target)
        return;
      below.push_back(&mapper);
      joined.below.push_back(&mapper.type);
    });
  select.joins.push_back({std::move(joined), on, JoinKind::left});
  for (const Ordering &order : relationship.order(made.alias))
    select.order.push_back(order);
  select_target(made, undeferred, below);
  has_lists_ |= relationship.is_list();
  return joins_.size() - 1;
}

/// Selects the columns of the join's target, and of the classes below it whose tables are joined.
void JoinedLoad::select_target(Join &join, const ChosenDeferred &undeferred,
                               std::span<MapperState *const> below) {
  MapperState &target = *join.relationship->target;
  join.first = nodes_.size();
  join.plan = make_load_plan(target, below, undeferred);
  const auto add_column = [&](const Column *column) {
    nodes_.push_back(std::make_shared<const Node>(Node{ColumnNode{column, join.alias}}));
  };
  for (std::size_t i = 0; i != target.load_fields.size(); ++i) {
    if (!join.plan.left_out.empty() && join.plan.left_out[i])
      continue;
    if (i < target.columns.size())
      add_column(target.columns[i]);
    else
      nodes_.push_back(
          target.expression_of(target.loaded_expressions[i - target.columns.size()], join.alias));
  }
  for (const ExtraColumn &extra : join.plan.extra)
    if (extra.column)
      add_column(extra.column);
    else
      nodes_.push_back(extra.entity->expression_of(extra.expression, join.alias));
}

namespace {

/// The options whose paths begin with the first `depth` relationships of the option's.
std::vector<const LoadOption *> options_along(std::span<const LoadOption> all,
                                              const LoadOption &option, std::size_t depth) {
  std::vector<const LoadOption *> along;
  const auto is_same = [](const LoadStep &left, const LoadStep &right) {
    return left.member.offset == right.member.offset &&
           *left.member.declaring == *right.member.declaring;
  };
  for (const LoadOption &other : all)
    if (other.path().size() >= depth &&
        std::equal(option.path().begin(), option.path().begin() + std::ptrdiff_t(depth),
                   other.path().begin(), is_same))
      along.push_back(&other);
  return along;
}

/// Whether the query's join leads along the relationship.
bool leads_along(const RelationshipUse &use, const RelationshipState &relationship) {
  if (!use.member.declaring)
    return use.name == relationship.name();
  return use.member.offset == relationship.declared_offset &&
         *use.member.declaring == relationship.declaring;
}

} // namespace

void JoinedLoad::add_loaded_always(const MapperState &mapper, std::size_t parent,
                                   SelectData &select,
                                   std::vector<const RelationshipState *> above) {
  for (const MappedRelationship &mapped : mapper.relationships) {
    const RelationshipState &relationship = *mapped.state;
    if (relationship.loading != model::Loading::joined ||
        std::find(above.begin(), above.end(), &relationship) != above.end() ||
        find_touch_option(flags_.run, mapper, relationship))
      continue;
    const std::size_t made = join(relationship, parent, ChosenDeferred(), select);
    if (made == none)
      continue;
    std::vector<const RelationshipState *> path = above;
    path.push_back(&relationship);
    add_loaded_always(*relationship.target, made, select, std::move(path));
  }
}

/// Takes the target of the relationship from a join that the query has itself.
std::size_t JoinedLoad::contain(const RelationshipState &relationship, std::size_t parent,
                                const LoadStep &step, const ChosenDeferred &undeferred,
                                const SelectData &select) {
  for (std::size_t i = 0; i != joins_.size(); ++i)
    if (joins_[i].relationship == &relationship && joins_[i].parent == parent)
      return i;
  MapperState &target = *relationship.target;
  const std::string near = parent == none ? std::string() : joins_[parent].alias;
  const declorm::detail::Join *found = nullptr;
  std::string alias;
  for (const auto &query_join : select.joins) {
    const std::optional<RelationshipUse> &use = query_join.relationship;
    const FromRef &joined = query_join.target;
    const bool is_along = use && use->alias == near && leads_along(*use, relationship);
    const bool is_target = !use && joined.type && *joined.type == target.type;
    const std::string &name = use ? use->target_alias : joined.alias;
    if ((is_along || is_target) &&
        (step.alias.empty() ? is_along || name.empty() : name == step.alias)) {
      found = &query_join;
      alias = name;
      break;
    }
  }
  const std::string what = "contains_eager(): the query for " + describe(mapper_);
  if (!found)
    throw InvalidRequestError(what + " does not join " + describe(relationship) +
                              (step.alias.empty() ? "; add join<&" + relationship.owner->name +
                                                        "::" + relationship.name() +
                                                        ">(), or name the alias that it joins"
                                                  : " under the name '" + step.alias + "'"));
  if (&target.reader() != &target || target.table->union_definition())
    throw InvalidRequestError(what + " joins " + describe(target) +
                              ", which is read from a union of tables; use selectinload()");
  Join &made = joins_.emplace_back();
  made.relationship = &relationship;
  made.parent = parent;
  made.alias = alias;
  made.is_contained = true;
  select_target(made, undeferred, {});
  for (const LoadTarget &real : made.plan.targets)
    if (!real.is_whole)
      throw InvalidRequestError(what + " joins " + describe(target) +
                                ", whose rows may be objects of " + describe(*real.mapper) +
                                ", and does not read the table of that; "
                                "use selectinload() or joinedload()");
  has_lists_ |= relationship.is_list();
  return joins_.size() - 1;
}

void JoinedLoad::add(std::span<const LoadOption> paths, SelectData &select, const PlanOf &plan_of) {
  const SelectData query = select;
  add_joins(paths, select);
  const bool is_contained =
      std::any_of(joins_.begin(), joins_.end(), [](const Join &join) { return join.is_contained; });
  if (!needs_limited_ || is_contained || !LimitedSelect::can_be(mapper_, query))
    return;
  joins_.clear();
  nodes_.clear();
  has_lists_ = false;
  limited_.emplace(mapper_, query, plan_of());
  select = limited_->select();
  add_joins(paths, select);
}

void JoinedLoad::add_joins(std::span<const LoadOption> paths, SelectData &select) {
  for (const LoadOption &option : paths) {
    const MapperState *at = &mapper_;
    std::size_t parent = none;
    std::size_t depth = 0;
    for (const LoadStep &step : option.path()) {
      ++depth;
      if (step.way == LoadWay::selectin || !is_filled(step.way) ||
          !at->is_a(*step.member.declaring))
        break;
      const RelationshipState &relationship = find_relationship(*at, step.member);
      const std::vector<const LoadOption *> same = options_along(paths, option, depth);
      const ChosenDeferred undeferred(*relationship.target, same, depth);
      parent = step.way == LoadWay::contained
                   ? contain(relationship, parent, step, undeferred, select)
                   : join(relationship, parent, undeferred, select);
      if (parent == none)
        break;
      at = relationship.target;
    }
  }
  add_loaded_always(mapper_, none, select, {});
}

void JoinedLoad::read(const QueryRun &run, int first, ObjectState *root) {
  found_.clear();
  const std::size_t row = row_++;
  for (Join &join : joins_) {
    ObjectState *const owner = join.parent == none ? root : found_[join.parent];
    const bool has_owner = join.parent == none || owner; // the root may be read later
    ObjectState *found = nullptr;
    const int column = first + int(join.first);
    if (!std::exchange(join.is_placed, true))
      join.plan.begin_at(column);
    const MapperState &target = *join.relationship->target;
    const bool is_there =
        has_owner &&
        std::none_of(target.key_positions.begin(), target.key_positions.end(),
                     [&](unsigned part) { return run.column(join.plan.place_of(part)).is_null(); });
    if (is_there) {
      const LoadTarget &real = join.plan.target_of(run);
      found = &session_.loader.read_row(*real.mapper, run, flags_, &real);
    }
    if (has_owner)
      join.found.push_back({owner, found, row});
    found_.push_back(found);
  }
}

AlsoRead JoinedLoad::reader() {
  return {nodes_, has_lists_,
          [this](const QueryRun &run, int first, ObjectState *state) { read(run, first, state); },
          limited_ ? &limited_->plan() : nullptr};
}

/// Fills the member of the join in all its owners.
void JoinedLoad::fill(const Join &join) {
  struct Member {
    ObjectState *owner;
    std::vector<ObjectState *> targets;
  };
  std::vector<Member> members;
  std::unordered_map<const ObjectState *, std::size_t> places;
  for (const auto &[owner, target, row] : join.found) {
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
    if (!flags_.populate_existing && !session_.wants_links(*member.owner, index))
      continue;
    session_.loader.fill_member(*join.relationship, *member.owner, member.targets,
                                flags_.populate_existing);
    // The query's conditions may have left objects out.
    if (join.is_contained && (join.relationship->is_list() || member.targets.empty()))
      session_.store->links(*member.owner)[index].loaded = false;
  }
}

void JoinedLoad::finish(std::vector<ObjectState *> &states) {
  for (Join &join : joins_) {
    if (join.parent == none)
      for (Join::Found &found : join.found)
        found.owner = states[found.row];
    fill(join);
  }
  if (!has_lists_)
    return;
  states.erase(std::unique(states.begin(), states.end()), states.end());
  std::unordered_set<const ObjectState *> met;
  std::erase_if(states, [&](const ObjectState *state) { return !met.insert(state).second; });
}

} // namespace declorm::detail
