// relationship_load.cpp: relationship members from the database, for many objects at once.
#include "runtime/orm/loading/joined_load.h"
#include "runtime/orm/loading/key_batches.h"
#include "runtime/orm/session/session_state.h"
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

} // namespace

void SessionState::load_links(const RelationshipState &relationship,
                              std::span<ObjectState *const> owners, const QueryFlags &flags) {
  std::vector<ObjectState *> wanted;
  for (ObjectState *owner : owners) {
    if (owner->status != ObjectStatus::persistent && owner->status != ObjectStatus::deleted)
      continue;
    const unsigned index = relationship_index(*owner->mapper, &relationship);
    if (flags.populate_existing || flags.reload_links || wants_links(*owner, index))
      wanted.push_back(owner);
  }
  if (wanted.empty())
    return;
  if (relationship.near_key.empty())
    load_lists(relationship, wanted, flags);
  else
    load_pointers(relationship, wanted, flags);
}

void SessionState::load_pointers(const RelationshipState &relationship,
                                 std::span<ObjectState *const> owners, const QueryFlags &flags) {
  MapperState &target = *relationship.target;
  const auto key_of = [&](const ObjectState &owner) {
    std::vector<Value> key;
    for (const unsigned near : relationship.near_key)
      key.push_back(
          value_of(owner.mapper->all_fields[position_in(*owner.mapper, *relationship.owner, near)],
                   owner.object));
    return key;
  };
  std::vector<Value> missing;
  std::unordered_set<std::string> asked;
  for (const ObjectState *owner : owners) {
    const std::vector<Value> key = key_of(*owner);
    if (has_null(key) || find_fresh(*target.root, key, flags))
      continue;
    if (asked.insert(packed(key, key_buffer_)).second)
      missing.insert(missing.end(), key.begin(), key.end());
  }
  const MapperState &reader = target.reader();
  std::vector<NodePtr> columns;
  for (const unsigned position : target.key_positions)
    columns.push_back(column_node(*reader.columns[position]));
  for_each_key_batch(missing, columns.size(), [&](std::span<const Value> batch) {
    SelectData select;
    select.items.push_back({nullptr, {.type = &target.type}});
    select.where = key_among(columns, batch);
    std::vector<void *> objects;
    load(target, select, flags, objects);
  });
  for (ObjectState *owner : owners) {
    const std::vector<Value> key = key_of(*owner);
    ObjectState *found = has_null(key) ? nullptr : find_held(*target.root, key);
    if (found && !found->mapper->is_a(target.type))
      found = nullptr;
    fill_list(relationship, *owner, std::span(&found, found ? 1 : 0),
              flags.populate_existing || flags.reload_links);
  }
}

void SessionState::load_lists(const RelationshipState &relationship,
                              std::span<ObjectState *const> owners, const QueryFlags &flags) {
  MapperState &target = *relationship.target;
  SelectData select;
  select.items.push_back({nullptr, {.type = &target.type}});
  const NearColumns near = join_near(relationship, select);
  select.order = relationship.order({});

  std::unordered_map<std::string, std::vector<std::size_t>> by_key;
  std::vector<Value> keys;
  for (std::size_t i = 0; i != owners.size(); ++i) {
    const ObjectState &owner = *owners[i];
    std::vector<unsigned> positions;
    for (const unsigned position : near.positions)
      positions.push_back(position_in(*owner.mapper, *relationship.owner, position));
    const std::vector<Value> key = values_in_row(owner, positions);
    if (has_null(key))
      continue;
    std::vector<std::size_t> &same = by_key[packed(key, key_buffer_)];
    if (same.empty())
      keys.insert(keys.end(), key.begin(), key.end());
    same.push_back(i);
  }

  std::vector<std::vector<ObjectState *>> lists(owners.size());
  for_each_key_batch(keys, near.nodes.size(), [&](std::span<const Value> batch) {
    SelectData of_batch = select;
    of_batch.where = key_among(near.nodes, batch);
    std::vector<const std::vector<std::size_t> *> rows; // whose each row's object is
    AlsoRead reader;
    if (near.selected.empty())
      reader.nodes = near.nodes;
    std::vector<Value> key(near.nodes.size());
    reader.row = [&](const QueryRun &run, int first) {
      bool same = !rows.empty(); // as the row before, most often
      for (std::size_t i = 0; i != key.size(); ++i) {
        Value value = run.column(near.selected.empty() ? first + int(i) : near.selected[i]);
        same = same && value == key[i];
        key[i] = std::move(value);
      }
      if (same)
        return rows.push_back(rows.back());
      const auto known = by_key.find(packed(key, key_buffer_));
      rows.push_back(known == by_key.end() ? nullptr : &known->second);
    };
    std::vector<void *> objects;
    load(target, of_batch, flags, objects, &reader);
    for (std::size_t i = 0; i != objects.size(); ++i)
      if (rows[i])
        for (const std::size_t owner : *rows[i])
          lists[owner].push_back(store->find(objects[i]));
  });
  for (std::size_t i = 0; i != owners.size(); ++i)
    fill_list(relationship, *owners[i], lists[i], flags.populate_existing || flags.reload_links);
}

void SessionState::fill_list(const RelationshipState &relationship, ObjectState &owner,
                             std::span<ObjectState *const> targets, bool overwrite) {
  const unsigned index = relationship_index(*owner.mapper, &relationship);
  std::vector<void *> loaded;
  std::vector<ObjectState *> shown;
  for (ObjectState *target : targets) {
    if (target->status == ObjectStatus::deleted && owner.status != ObjectStatus::deleted)
      continue; // it goes with the next flush
    void *const pointer = as_target(*target, relationship);
    if (!relationship.is_plain &&
        std::find(loaded.rbegin(), loaded.rend(), pointer) != loaded.rend())
      continue;
    loaded.push_back(pointer);
    shown.push_back(target);
  }
  if (!relationship.is_list() && loaded.size() > 1)
    throw MultipleResultsFound(describe(relationship) + ": " + name_of(owner) +
                               " has more than one " + relationship.target->name +
                               " in the database, and the member holds one object; make it a list");
  LinkSnapshot &links = store->links(owner)[index];
  std::vector<ObjectState *> added;
  if (!overwrite)
    relationship.for_each(link_part(owner, index), [&](void *object) {
      const std::span<void *const> before = links.targets();
      const bool is_new = std::find(before.begin(), before.end(), object) == before.end() &&
                          std::find(loaded.begin(), loaded.end(), object) == loaded.end();
      if (ObjectState *target = is_new ? store->find(object) : nullptr)
        added.push_back(target);
    });
  relationship.clear(link_part(owner, index));
  if (relationship.is_list() || added.empty())
    for (ObjectState *target : shown)
      add_to_member(owner, index, *target);
  for (ObjectState *target : added)
    add_to_member(owner, index, *target);
  links.set(loaded);
  links.loaded = true;
  links.stale = false;
  // The other side of a foreign key is known by that.
  const RelationshipState *up =
      relationship.key_link && is_same_member(relationship.key_link->down, relationship)
          ? relationship.key_link->up
          : nullptr;
  if (!up)
    return;
  void *const back = as_target(owner, *up);
  for (ObjectState *target : shown) {
    const unsigned at = relationship_index(*target->mapper, up);
    if (at == target->mapper->relationships.size() || is_link_loaded(*target, at))
      continue;
    bool is_set = false;
    up->for_each(link_part(*target, at), [&](void *) { is_set = true; });
    if (is_set)
      continue;
    add_to_member(*target, at, owner);
    LinkSnapshot &snapshot = store->links(*target)[at];
    snapshot.loaded = true;
    snapshot.set(std::span<void *const>(&back, 1));
  }
}

void SessionState::load_with(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
                             std::span<const LoadOption> paths, std::vector<void *> &objects) {
  if (paths.empty() && !mapper.loads_further)
    return load(mapper, select, flags, objects);
  JoinedLoad joined(*this, mapper, flags);
  SelectData with_joins = select;
  joined.add(paths, with_joins);
  if (joined.empty()) {
    load(mapper, select, flags, objects);
  } else {
    const AlsoRead reader = joined.reader(objects);
    load(mapper, with_joins, flags, objects, &reader);
    joined.finish(objects);
  }
  std::vector<ObjectState *> states;
  std::unordered_set<const void *> met;
  for (void *object : objects)
    if (met.insert(object).second)
      states.push_back(store->find(object));
  std::vector<const LoadOption *> given;
  for (const LoadOption &option : paths)
    given.push_back(&option);
  load_further(states, given, 0, flags, {});
}

void SessionState::load_further(std::span<ObjectState *const> states,
                                std::span<const LoadOption *const> paths, std::size_t step,
                                const QueryFlags &flags,
                                std::vector<const RelationshipState *> above) {
  // The classes of the objects: a relationship may be one of a class below.
  std::vector<MapperState *> mappers;
  for (const ObjectState *state : states)
    if (std::find(mappers.begin(), mappers.end(), state->mapper) == mappers.end())
      mappers.push_back(state->mapper);
  std::vector<const RelationshipState *> wanted;
  std::unordered_map<const RelationshipState *, std::vector<const LoadOption *>> further;
  const auto want = [&](const RelationshipState *relationship) {
    if (std::find(wanted.begin(), wanted.end(), relationship) == wanted.end())
      wanted.push_back(relationship);
  };
  for (const LoadOption *option : paths) {
    const RelationshipRef &member = option->path()[step].member;
    bool found = false;
    for (const MapperState *mapper : mappers)
      for (const MappedRelationship &mapped : mapper->relationships)
        if (mapped.state->declared_offset == member.offset &&
            mapped.state->declaring == *member.declaring) {
          want(mapped.state);
          if (option->path().size() > step + 1)
            further[mapped.state].push_back(option);
          found = true;
        }
    if (!found && !mappers.empty() && mappers.front()->is_a(*member.declaring))
      find_relationship(*mappers.front(), member); // throws
  }
  for (const MapperState *mapper : mappers)
    for (const MappedRelationship &mapped : mapper->relationships)
      if (mapped.state->loading != model::Loading::when_asked &&
          std::find(above.begin(), above.end(), mapped.state) == above.end())
        want(mapped.state);
  for (const RelationshipState *relationship : wanted) {
    std::vector<ObjectState *> owners, targets;
    for (ObjectState *state : states)
      if (relationship_index(*state->mapper, relationship) != state->mapper->relationships.size())
        owners.push_back(state);
    load_links(*relationship, owners, flags);
    std::unordered_set<const ObjectState *> met;
    for (ObjectState *owner : owners)
      relationship->for_each(
          link_part(*owner, relationship_index(*owner->mapper, relationship)), [&](void *pointer) {
            if (ObjectState *target = store->find(pointer); target && met.insert(target).second)
              targets.push_back(target);
          });
    std::vector<const RelationshipState *> path = above;
    path.push_back(relationship);
    load_further(targets, further[relationship], step + 1, flags, std::move(path));
  }
}

} // namespace declorm::detail
