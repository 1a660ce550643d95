// load_relationships.cpp: relationship members from the database, for many objects at once.
#include "runtime/orm/loading/joined_load.h"
#include "runtime/orm/loading/key_batches.h"
#include "runtime/orm/loading/loader.h"
#include "runtime/orm/session/autoflush_block.h"
#include "runtime/sql/scope.h"

#include <algorithm>

namespace declorm::detail {

namespace {

std::string packed(std::span<const Value> key, PackBuffer &buffer) {
  buffer.clear();
  for (const Value &part : key)
    pack(part, buffer);
  const std::span<const std::byte> bytes = buffer.bytes();
  return std::string(reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

NodePtr aliased(const Column &column, const std::string &alias) {
  return std::make_shared<const Node>(Node{ColumnNode{&column, alias}});
}

/// Where the SELECT of a list finds the values that tell whose list an object belongs to, and what
/// these are in the owners.
struct NearColumns {
  std::vector<NodePtr> nodes;      ///< in the SELECT
  std::vector<unsigned> positions; ///< in the owner's class
  std::vector<int> selected;       ///< where they stand among the target's columns; none: behind
};

const RelationshipState::Aliases aliases{"near_1", "", "between_1"};

/// SELECT target …: by its own foreign key, through a table in between, or, with a condition of
/// its own, beside the owner's table.
NearColumns join_near(const RelationshipState &relationship, SelectData &select) {
  NearColumns near;
  const MapperState &owner = *relationship.owner;
  if (relationship.is_plain) {
    for (const auto &[column, far] : relationship.pairs) {
      near.nodes.push_back(aliased(*far, relationship.secondary ? aliases.between : aliases.far));
      near.positions.push_back(position_of(owner, column).value());
      if (!relationship.secondary)
        near.selected.push_back(int(position_of(*relationship.target, far).value()));
    }
    if (relationship.secondary)
      select.joins.push_back({{.alias = aliases.between, .table = relationship.secondary},
                              relationship.secondary_condition(aliases),
                              JoinKind::inner});
    return near;
  }
  if (relationship.secondary)
    select.joins.push_back({{.alias = aliases.between, .table = relationship.secondary},
                            relationship.secondary_condition(aliases),
                            JoinKind::inner});
  select.joins.push_back({{.type = &owner.type, .alias = aliases.near},
                          relationship.condition(aliases),
                          JoinKind::inner});
  for (const unsigned position : owner.key_positions) {
    near.nodes.push_back(aliased(*owner.reader().columns[position], aliases.near));
    near.positions.push_back(position);
  }
  return near;
}

/// The positions of a relationship's attributes, given as those of its owner class, in the class of
/// an object.
class PositionsInReal {
public:
  PositionsInReal(const RelationshipState &relationship, std::span<const unsigned> positions)
      : owner_(*relationship.owner), positions_(positions) {}
  const std::vector<unsigned> &of(const ObjectState &state) {
    if (state.mapper != mapper_) {
      mapper_ = state.mapper;
      found_.clear();
      for (const unsigned position : positions_)
        found_.push_back(position_in(*mapper_, owner_, position));
    }
    return found_;
  }

private:
  const MapperState &owner_;
  std::span<const unsigned> positions_;
  const MapperState *mapper_ = nullptr; ///< of the object asked for last
  std::vector<unsigned> found_;
};

/// The objects whose lists a SELECT loads, by what the rows of a list have in its near columns:
/// several may have the same.
struct ListOwners {
  std::vector<Value> keys; ///< all, one after the other
  std::unordered_map<std::string, std::vector<std::size_t>> by_key;

  ListOwners(const RelationshipState &relationship, std::span<const unsigned> near,
             std::span<ObjectState *const> owners, PackBuffer &buffer) {
    PositionsInReal positions(relationship, near);
    by_key.reserve(owners.size());
    for (std::size_t i = 0; i != owners.size(); ++i) {
      const std::vector<Value> key = values_in_row(*owners[i], positions.of(*owners[i]));
      if (has_null(key))
        continue;
      std::vector<std::size_t> &same = by_key[packed(key, buffer)];
      if (same.empty())
        keys.insert(keys.end(), key.begin(), key.end());
      same.push_back(i);
    }
  }
};

} // namespace

void Loader::load_links(const RelationshipState &relationship, std::span<ObjectState *const> owners,
                        const QueryFlags &flags) {
  std::vector<ObjectState *> wanted;
  for (ObjectState *owner : owners) {
    if (owner->status != ObjectStatus::persistent && owner->status != ObjectStatus::deleted)
      continue;
    const unsigned index = relationship_index(*owner->mapper, &relationship);
    if (flags.populate_existing || flags.reload_links || session_.wants_links(*owner, index))
      wanted.push_back(owner);
  }
  if (wanted.empty())
    return;
  if (relationship.near_key.empty())
    load_lists(relationship, wanted, flags);
  else
    load_pointers(relationship, wanted, flags);
}

void Loader::load_pointers(const RelationshipState &relationship,
                           std::span<ObjectState *const> owners, const QueryFlags &flags) {
  MapperState &target = *relationship.target;
  PositionsInReal positions(relationship, relationship.near_key);
  const auto key_of = [&](const ObjectState &owner) {
    std::vector<Value> key;
    for (const unsigned position : positions.of(owner))
      key.push_back(value_of(owner.mapper->all_fields[position], owner.object));
    return key;
  };
  std::vector<Value> missing;
  std::unordered_set<std::string> asked;
  for (const ObjectState *owner : owners) {
    const std::vector<Value> key = key_of(*owner);
    if (has_null(key) || find_fresh(*target.root, key, flags))
      continue;
    if (asked.insert(packed(key, other_)).second)
      missing.insert(missing.end(), key.begin(), key.end());
  }
  const MapperState &reader = target.reader();
  std::vector<NodePtr> columns;
  for (const unsigned position : target.key_positions)
    columns.push_back(column_node(*reader.columns[position]));
  std::optional<AutoflushBlock> flushed; // by the first SELECT, for all
  for_each_key_batch(missing, columns.size(), session_.engine.dialect(),
                     [&](std::span<const Value> batch) {
                       SelectData select;
                       select.items.push_back({nullptr, {.type = &target.type}});
                       select.where = key_among(columns, batch);
                       std::vector<ObjectState *> states;
                       load_states(target, select, flags, states, nullptr);
                       flushed.emplace(session_);
                     });
  for (ObjectState *owner : owners) {
    const std::vector<Value> key = key_of(*owner);
    ObjectState *found = has_null(key) ? nullptr : session_.find_held(*target.root, key);
    if (found && !found->mapper->is_a(target.type))
      found = nullptr;
    fill_member(relationship, *owner, std::span(&found, found ? 1 : 0),
                flags.populate_existing || flags.reload_links);
  }
}

void Loader::load_lists(const RelationshipState &relationship, std::span<ObjectState *const> owners,
                        const QueryFlags &flags) {
  MapperState &target = *relationship.target;
  SelectData select;
  select.items.push_back({nullptr, {.type = &target.type}});
  NearColumns near = join_near(relationship, select);
  std::optional<LoadPlan> made;
  if (const LoadPlan *plan = plan_of(target, select, flags, made))
    for (int &selected : near.selected)
      selected = plan->place_of(unsigned(selected));
  select.order = relationship.order({});
  const ListOwners wanted(relationship, near.positions, owners, other_);

  std::vector<std::vector<ObjectState *>> lists(owners.size());
  std::optional<AutoflushBlock> flushed; // by the first SELECT, for all
  for_each_key_batch(
      wanted.keys, near.nodes.size(), session_.engine.dialect(), [&](std::span<const Value> batch) {
        SelectData of_batch = select;
        of_batch.where = key_among(near.nodes, batch);
        AlsoRead reader;
        if (near.selected.empty())
          reader.nodes = near.nodes;
        RowValues key(near.nodes.size());
        std::vector<const std::vector<std::size_t> *> lists_of_rows;
        reader.row = [&](const QueryRun &run, int first, ObjectState *) {
          const bool same = key.read(run, [&](std::size_t part) {
            return near.selected.empty() ? first + int(part) : near.selected[part];
          });
          if (same) // the rows of a list follow each other, most often
            return lists_of_rows.push_back(lists_of_rows.back());
          const auto known = wanted.by_key.find(packed(key.values(), other_));
          lists_of_rows.push_back(known == wanted.by_key.end() ? nullptr : &known->second);
        };
        std::vector<ObjectState *> states;
        load_states(target, of_batch, flags, states, &reader);
        flushed.emplace(session_);
        for (std::size_t i = 0; i != states.size(); ++i)
          if (lists_of_rows[i])
            for (const std::size_t owner : *lists_of_rows[i])
              lists[owner].push_back(states[i]);
      });
  for (std::size_t i = 0; i != owners.size(); ++i)
    fill_member(relationship, *owners[i], lists[i], flags.populate_existing || flags.reload_links);
}

namespace {

/// The states, each once, in the order in which they are met first.
std::vector<ObjectState *> each_once(const std::vector<ObjectState *> &states) {
  std::vector<ObjectState *> unique;
  unique.reserve(states.size());
  std::unordered_set<const ObjectState *> met;
  met.reserve(states.size());
  for (ObjectState *state : states)
    if (met.insert(state).second)
      unique.push_back(state);
  return unique;
}

/// Appends the objects as objects of the class `mapper`.
void append_objects(std::span<ObjectState *const> states, const MapperState &mapper,
                    std::vector<void *> &objects) {
  objects.reserve(objects.size() + states.size());
  const MapperState *last = nullptr;
  std::uint64_t offset = 0;
  for (const ObjectState *state : states) {
    if (state->mapper != last) {
      last = state->mapper;
      offset = last->offset_of(mapper);
    }
    objects.push_back(static_cast<std::byte *>(state->object) + offset);
  }
}

} // namespace

void Loader::load(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
                  std::span<const LoadOption> paths, std::vector<void *> &objects) {
  std::vector<ObjectState *> states;
  if (paths.empty() && !mapper.loads_further) {
    load_states(mapper, select, flags, states, nullptr);
    return append_objects(states, mapper, objects);
  }
  std::vector<const LoadOption *> given;
  for (const LoadOption &option : paths)
    given.push_back(&option);
  const ChosenDeferred undeferred(mapper, given, 0);
  QueryFlags with = flags;
  with.undeferred = undeferred.empty() ? nullptr : &undeferred;
  JoinedLoad joined(session_, mapper, flags);
  SelectData with_joins = select;
  joined.add(paths, with_joins, [&] {
    std::optional<LoadPlan> made;
    const LoadPlan *plan = plan_of(mapper, select, with, made);
    return plan ? *plan : make_load_plan(mapper, {});
  });
  if (joined.empty()) {
    load_states(mapper, select, with, states, nullptr);
  } else {
    const AlsoRead reader = joined.reader();
    load_states(mapper, with_joins, with, states, &reader);
    joined.finish(states);
  }
  append_objects(states, mapper, objects);
  load_further(each_once(states), given, 0, flags, {});
}

/// The relationships that are loaded with objects, and the paths that lead on from each.
struct Loader::FurtherLoad {
  using Paths = std::vector<const LoadOption *>;
  std::vector<std::pair<const RelationshipState *, Paths>> relationships;

  Paths &paths_from(const RelationshipState &relationship) {
    for (auto &[known, paths] : relationships)
      if (known == &relationship)
        return paths;
    return relationships.emplace_back(&relationship, Paths()).second;
  }
  /// Adds the relationship that the option has at `step`, which may be one of a class below.
  void add(const LoadOption &option, std::size_t step, std::span<MapperState *const> mappers) {
    if (option.path().size() == step || is_of_every_member(option.path()[step]))
      return; // it says what of the objects is loaded, and nothing of single relationships
    const auto &[member, way, alias] = option.path()[step];
    bool found = false;
    for (const MapperState *mapper : mappers)
      for (const MappedRelationship &mapped : mapper->relationships)
        if (mapped.state->declared_offset == member.offset &&
            mapped.state->declaring == *member.declaring) {
          found = true;
          if (!is_filled(way))
            continue;
          Paths &paths = paths_from(*mapped.state);
          if (option.path().size() > step + 1 || !option.undeferred().empty())
            paths.push_back(&option);
        }
    if (!found && !mappers.empty() && mappers.front()->is_a(*member.declaring))
      find_relationship(*mappers.front(), member); // throws
  }
  /// Adds those that are loaded with each object, but for those that led here.
  void add_loaded_always(std::span<MapperState *const> mappers,
                         std::span<const RelationshipState *const> above, const LazyRun *run) {
    for (const MapperState *mapper : mappers)
      for (const MappedRelationship &mapped : mapper->relationships)
        if (model::is_eager(mapped.state->loading) &&
            std::find(above.begin(), above.end(), mapped.state) == above.end() &&
            !find_touch_option(run, *mapper, *mapped.state))
          paths_from(*mapped.state);
  }
};

/// What the members of the objects refer to, each object once.
std::vector<ObjectState *> Loader::targets_of(const RelationshipState &relationship,
                                              std::span<ObjectState *const> owners) const {
  std::vector<ObjectState *> targets;
  for (const ObjectState *owner : owners)
    relationship.for_each(link_part(*owner, relationship_index(*owner->mapper, &relationship)),
                          [&](void *pointer) {
                            if (ObjectState *target = session_.store->find(pointer))
                              targets.push_back(target);
                          });
  return each_once(targets);
}

/// Whether an option says that the query's own join has filled the relationship.
static bool is_contained(const RelationshipState &relationship,
                         std::span<const LoadOption *const> paths, std::size_t step) {
  return std::any_of(paths.begin(), paths.end(), [&](const LoadOption *option) {
    if (option->path().size() <= step || option->path()[step].way != LoadWay::contained)
      return false;
    const RelationshipRef &member = option->path()[step].member;
    return member.offset == relationship.declared_offset &&
           *member.declaring == relationship.declaring;
  });
}

void Loader::load_further(std::span<ObjectState *const> states,
                          std::span<const LoadOption *const> paths, std::size_t step,
                          const QueryFlags &flags, std::vector<const RelationshipState *> above) {
  std::vector<MapperState *> mappers; // the classes of the objects
  for (const ObjectState *state : states)
    if (std::find(mappers.begin(), mappers.end(), state->mapper) == mappers.end())
      mappers.push_back(state->mapper);
  FurtherLoad further;
  for (const LoadOption *option : paths)
    further.add(*option, step, mappers);
  further.add_loaded_always(mappers, above, flags.run);
  for (const auto &[relationship, following] : further.relationships) {
    std::vector<ObjectState *> owners;
    for (ObjectState *state : states)
      if (relationship_index(*state->mapper, relationship) != state->mapper->relationships.size())
        owners.push_back(state);
    const ChosenDeferred undeferred(*relationship->target, following, step + 1);
    QueryFlags with = flags;
    with.undeferred = undeferred.empty() ? nullptr : &undeferred;
    if (!is_contained(*relationship, paths, step))
      load_links(*relationship, owners, with);
    if (!undeferred.empty()) // of objects that were there already, or in rows without them
      load_deferred(targets_of(*relationship, owners), undeferred);
    if (following.empty() && !relationship->target->loads_further)
      continue; // nothing is loaded with what the members refer to
    std::vector<const RelationshipState *> path = above;
    path.push_back(relationship);
    load_further(targets_of(*relationship, owners), following, step + 1, flags, std::move(path));
  }
}

} // namespace declorm::detail
