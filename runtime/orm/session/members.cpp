// members.cpp: the relationship members of a session's objects.
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/session/map_keys.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>
#include <typeinfo>

namespace declorm::detail {

ObjectState *SessionState::find_held(MapperState &root, std::span<const Value> key) {
  key_buffer_.clear();
  for (std::size_t i = 0; i != key.size(); ++i) {
    const Field *field = i < root.key_fields.size() ? &root.key_fields[i] : nullptr;
    if (field && has_stored_form(*field)) [[unlikely]]
      pack(stored_value(*field, key[i]), key_buffer_);
    else
      pack(key[i], key_buffer_);
  }
  return identities(root).find(key_buffer_.bytes());
}

namespace {

/// Only its layout matters: a class with virtual functions begins with the pointer to its table
/// (Itanium C++ ABI), which knows the real class.
struct AnyPolymorphic {
  virtual ~AnyPolymorphic() = default;
};

#if defined(__clang__)
__attribute__((no_sanitize("vptr", "undefined")))
#endif
const std::type_info &
real_type(const void *object) {
  return typeid(*static_cast<const AnyPolymorphic *>(object));
}

#if defined(__clang__)
__attribute__((no_sanitize("vptr", "undefined")))
#endif
void *
whole(void *object) {
  return dynamic_cast<void *>(static_cast<AnyPolymorphic *>(object));
}

} // namespace

MapperState &real_mapper(MapperState &base, const void *object) {
  if (!(base.flags & class_polymorphic))
    return base;
  return find_mapper_below(*base.mapper, real_type(object)).state();
}

/// Without recursion: chains may be long.
void SessionState::adopt_from(ObjectState &from) {
  std::vector<ObjectState *> waiting{&from};
  while (!waiting.empty()) {
    ObjectState &state = *waiting.back();
    waiting.pop_back();
    for (unsigned i = 0; i != state.mapper->relationships.size(); ++i) {
      const RelationshipState &relationship = *state.mapper->relationships[i].state;
      if (relationship.code != TypeCode::shared_pointer ||
          !relationship.cascades(model::cascade_save_update))
        continue;
      relationship.for_each_owned(
          link_part(state, i), [&](void *object, const std::shared_ptr<void> *owner) {
            if (ObjectState *known = store->find(object)) {
              if (known->status != ObjectStatus::detached || known->snapshot)
                return;
              add_pending(*known);
              return waiting.push_back(known);
            }
            MapperState &mapper = real_mapper(*relationship.target, object);
            void *const begin = mapper.flags & class_polymorphic ? whole(object) : object;
            require_key(mapper);
            require_table(mapper);
            identify(mapper, begin);
            require_settled(mapper, begin);
            settle_lazies(mapper, begin);
            ObjectState &made = store->keep(mapper, std::shared_ptr<void>(*owner, begin));
            add_pending(made);
            waiting.push_back(&made);
          });
    }
  }
}

void SessionState::add_to_member(ObjectState &of, unsigned index, ObjectState &target) {
  const RelationshipState &relationship = *of.mapper->relationships[index].state;
  void *const pointer = as_target(target, relationship);
  const void *const key = map_key_of(relationship, pointer);
  if (!relationship.is_smart())
    return relationship.add(link_part(of, index), pointer, nullptr, key);
  const std::shared_ptr<void> owner = ObjectStore::owner_of(target, store);
  relationship.add(link_part(of, index), pointer, &owner, key);
}

void SessionState::set_member(
    ObjectState &of, unsigned index,
    const std::vector<std::pair<void *, std::shared_ptr<void>>> &content) {
  const RelationshipState &relationship = *of.mapper->relationships[index].state;
  void *const part = link_part(of, index);
  relationship.clear(part);
  for (const auto &[object, owner] : content)
    relationship.add(part, object, &owner, map_key_of(relationship, object));
}

namespace {

std::vector<void *> content_of(const ObjectState &state, unsigned index) {
  std::vector<void *> content;
  state.mapper->relationships[index].state->for_each(
      link_part(state, index), [&](void *object) { content.push_back(object); });
  return content;
}

} // namespace

void SessionState::restore_links(ObjectState &state, unsigned index) {
  const RelationshipState &relationship = *state.mapper->relationships[index].state;
  if (relationship.viewonly || state.read_only)
    return;
  const std::span<void *const> before = link_targets(state, index);
  const std::vector<void *> now = content_of(state, index);
  if (std::equal(now.begin(), now.end(), before.begin(), before.end()) &&
      has_own_keys(relationship, link_part(state, index), before))
    return;
  std::vector<std::pair<void *, std::shared_ptr<void>>> content;
  for (void *object : before) {
    ObjectState *target = store->find(object);
    content.emplace_back(object, target && relationship.is_smart()
                                     ? ObjectStore::owner_of(*target, store)
                                     : nullptr);
  }
  set_member(state, index, content);
}

/// A pointer that is not loaded, or that shows another object than the row's key says, is set to
/// the object that the session holds.
void SessionState::point_to_held(ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  for (unsigned i = 0; i != mapper.relationships.size(); ++i) {
    const RelationshipState &relationship = *mapper.relationships[i].state;
    if (relationship.near_key.empty() || is_assigned(state, i))
      continue;
    key_buffer_.clear();
    bool has_null = false;
    for (const unsigned near : relationship.near_key) {
      const unsigned position = position_in(mapper, *relationship.owner, near);
      const std::size_t begin = key_buffer_.bytes().size();
      pack(std::span(&mapper.all_fields[position], 1), state.object, key_buffer_);
      has_null |= key_buffer_.bytes()[begin] == std::byte(tag_null);
    }
    const std::span<void *const> before = link_targets(state, i);
    if (has_null && before.empty())
      continue;
    ObjectState *target =
        has_null ? nullptr : identities(*relationship.target->root).find(key_buffer_.bytes());
    if (target && (target->status == ObjectStatus::detached || target->read_only ||
                   !target->mapper->is_a(relationship.target->type)))
      target = nullptr;
    void *const pointer = target ? as_target(*target, relationship) : nullptr;
    void *now = nullptr;
    relationship.for_each(link_part(state, i), [&](void *object) { now = object; });
    void *const shown = before.empty() ? nullptr : before.front();
    if (now != shown || pointer == shown)
      continue; // changed and not written, or in step
    LinkSnapshot &links = store->links(state)[i];
    if (target)
      add_to_member(state, i, *target);
    else
      relationship.clear(link_part(state, i));
    set_link_loaded(state, i, target || has_null, *store);
    links.set(target ? std::span<void *const>(&pointer, 1) : std::span<void *const>());
  }
}

std::vector<ObjectState *> SessionState::reached(ObjectState &from, model::Cascade cascade) {
  std::vector<ObjectState *> all{&from};
  std::unordered_set<const ObjectState *> met{&from};
  for (std::size_t at = 0; at != all.size(); ++at)
    for (unsigned i = 0; i != all[at]->mapper->relationships.size(); ++i) {
      const RelationshipState &relationship = *all[at]->mapper->relationships[i].state;
      if (relationship.cascades(cascade))
        for (void *object : content_of(*all[at], i))
          if (ObjectState *target = store->find(object); target && met.insert(target).second)
            all.push_back(target);
    }
  return all;
}

void SessionState::forget_links(ObjectState &state) {
  if (state.mapper->relationships.empty())
    return;
  for (unsigned i = 0; i != state.mapper->relationships.size(); ++i)
    set_link_loaded(state, i, false, *store);
}

LazyRun SessionState::run_of(const ObjectState &state,
                             const RelationshipState &relationship) const {
  LazyRun run = n_plus_one ? n_plus_one->run_of(state) : LazyRun();
  if (relationship.is_lazy())
    run.query = query_of(state, relationship_index(*state.mapper, &relationship), *store);
  return run;
}

void SessionState::expire_all() {
  ++epoch;
  for (MapperState *mapper : store->mappers())
    if (mapper->has_lazies) // a touch looks at no epoch
      store->for_each(*mapper, [&](ObjectState &state) {
        if (state.status == ObjectStatus::persistent || state.status == ObjectStatus::deleted)
          forget_links(state);
      });
}

void SessionState::load_alone(const RelationshipState &relationship, ObjectState &state) {
  ObjectState *owner = &state;
  const LazyRun run = run_of(state, relationship);
  QueryFlags flags;
  flags.run = &run;
  const std::size_t before = loader.selects();
  loader.load_links(relationship, std::span(&owner, 1), flags);
  if (n_plus_one && loader.selects() != before)
    n_plus_one->note_alone(state, relationship);
  loader.call_after_load();
}

void SessionState::refresh_links(ObjectState &state) {
  ObjectState *owner = &state;
  for (unsigned i = 0; i != state.mapper->relationships.size(); ++i) {
    const RelationshipState &relationship = *state.mapper->relationships[i].state;
    if (!is_link_loaded(state, i) && content_of(state, i).empty())
      continue;
    QueryFlags flags;
    flags.reload_links = true;
    flags.populate_existing = relationship.cascades(model::cascade_refresh);
    loader.load_links(relationship, std::span(&owner, 1), flags);
  }
}

bool SessionState::is_link_changed(const ObjectState &state, unsigned index) {
  std::vector<void *> now = content_of(state, index);
  const std::span<void *const> targets = link_targets(state, index);
  std::vector<void *> before(targets.begin(), targets.end());
  std::sort(now.begin(), now.end());
  now.erase(std::unique(now.begin(), now.end()), now.end());
  std::sort(before.begin(), before.end());
  const bool added = !std::includes(before.begin(), before.end(), now.begin(), now.end());
  return added || is_assigned(state, index) || (is_link_loaded(state, index) && now != before);
}

bool SessionState::has_link_changes(const ObjectState &state) {
  for (unsigned i = 0; i != state.mapper->relationships.size(); ++i)
    if (!state.mapper->relationships[i].state->viewonly && is_link_changed(state, i))
      return true;
  return false;
}

bool SessionState::wants_links(const ObjectState &state, unsigned index) const {
  if (!is_link_loaded(state, index))
    return !is_assigned(state, index);
  const bool stale = state.epoch != epoch || (state.links && state.links[index].stale);
  return stale && !is_link_changed(state, index);
}

void SessionState::make_current(ObjectState &state) {
  const std::size_t count = state.mapper->relationships.size();
  if (state.epoch != epoch && count != 0 && (state.links || state.made_here))
    for (LinkSnapshot &links : std::span(store->links(state), count))
      links.stale = true;
  state.epoch = epoch;
}

} // namespace declorm::detail
