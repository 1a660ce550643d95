// merge.cpp: SQLAlchemy's Session.merge().
#include "runtime/orm/session/merge.h"

#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/rows/versions.h"

namespace declorm::detail {

/// Whether the attribute is the version of the row, which stays that of the object that is held.
static bool is_version(const MapperState &mapper, unsigned position) {
  return mapper.version && mapper.version->position == position;
}

/// Whether the attribute is deferred and has what a new object has: then nobody can tell whether it
/// was loaded where the object comes from.
static bool may_be_left_out(const MapperState &mapper, unsigned position, const void *object) {
  for (std::size_t i = 0; i != mapper.deferred.size(); ++i)
    if (mapper.deferred[i].load_field == position)
      return packed_value(mapper.all_fields[position], object) == mapper.deferred_defaults()[i];
  return false;
}

void Merge::copy_columns(const MapperState &mapper, const void *from, void *to) const {
  for (unsigned i = 0; i != mapper.all_fields.size(); ++i)
    if (!mapper.infos[i].read_only && mapper.discriminator != i && !is_version(mapper, i) &&
        !may_be_left_out(mapper, i, from))
      assign(mapper.all_fields[i], to, value_of(mapper.all_fields[i], from));
}

namespace {

/// What the object's key is made of elsewhere stands in its members too.
void set_key(const MapperState &mapper, const Key &key, void *object) {
  for (std::size_t i = 0; i != key.size(); ++i)
    if (value_of(mapper.key_fields[i], object) != key[i])
      assign(mapper.key_fields[i], object, key[i]);
}

} // namespace

ObjectState *Merge::find(MapperState &mapper, const void *object, const RelationshipState *list,
                         const ObjectState *owner) {
  if (ObjectState *held = session_.store->find(object))
    return held;
  require_key(mapper);
  require_table(mapper);
  const std::optional<Key> final_key =
      session_.pending_keys.key_of(*session_.store, mapper, object, list, owner);
  ObjectState *known = final_key ? session_.find_pending(mapper, *final_key) : nullptr;
  const Key key = final_key ? *final_key : key_of(mapper, object);
  const ObjectState *other = known;
  if (known && !known->mapper->is_below(mapper))
    known = nullptr;
  else if (!known && !(known = session_.loader.get_own(mapper, key)))
    other = session_.loader.find_fresh(*mapper.root, key, QueryFlags{true, false});
  if (!known) {
    if (other && other->status != ObjectStatus::deleted)
      throw InvalidRequestError("merge(): the object of " + describe(mapper) + " has key " +
                                key_text(key) +
                                ", and with that key the session holds an object of " +
                                describe(*other->mapper) + "; a row's class never changes");
    return nullptr;
  }
  void *const part = known->mapper->upcast(known->object, mapper);
  if (mapper.version && known->status != ObjectStatus::pending)
    check_merged_version(mapper, object, key,
                         values_in_row(*known, {&known->mapper->version->position, 1}).front());
  copy_columns(mapper, object, part);
  if (final_key)
    set_key(mapper, *final_key, part);
  merged_.emplace(object, known);
  return known;
}

void Merge::note_new(const void *object, ObjectState &to, const RelationshipState *list,
                     const ObjectState *owner) {
  const MapperState &mapper = *to.mapper;
  if (const std::optional<Key> key =
          session_.pending_keys.key_of(*session_.store, mapper, object, list, owner))
    set_key(mapper, *key, to.object);
  session_.add_pending(to);
  merged_.emplace(object, &to);
}

ObjectState &Merge::merge(const RelationshipState &relationship, void *object,
                          const ObjectState &owner) {
  MapperState &base = *relationship.target;
  if (const auto known = merged_.find(object); known != merged_.end())
    return *known->second;
  if (ObjectState *held = session_.store->find(object))
    return *held;
  MapperState &mapper = real_mapper(base, object);
  if (&mapper != &base && mapper.flags & class_polymorphic)
    object = static_cast<std::byte *>(object) - mapper.offset_of(base);
  ObjectState *state = find(mapper, object, &relationship, &owner);
  if (!state) {
    if (!mapper.construct)
      throw InvalidRequestError(describe(mapper) +
                                " cannot be merged: it has no default constructor. Give it one; it "
                                "may be private");
    session_.loader.destroy_scratch();
    void *const copy = mapper.construct(session_.store->next_place(mapper));
    state = &session_.store->keep(mapper);
    copy_columns(mapper, object, copy);
    identify(mapper, copy);
    note_new(object, *state, &relationship, &owner);
  }
  waiting_.push_back({&mapper, object, state});
  return *state;
}

void Merge::copy_member(const MapperState &mapper, const void *object, ObjectState &to,
                        unsigned index) {
  const MappedRelationship &mapped = mapper.relationships[index];
  const RelationshipState &relationship = *mapped.state;
  std::vector<ObjectState *> targets;
  std::unordered_set<const ObjectState *> met; // several of elsewhere may be one here
  relationship.for_each(static_cast<const std::byte *>(object) + mapped.upcast, [&](void *target) {
    if (ObjectState &merged = merge(relationship, target, to); met.insert(&merged).second)
      targets.push_back(&merged);
  });
  const unsigned own = relationship_index(*to.mapper, &relationship);
  if (targets.empty() || own == to.mapper->relationships.size())
    return;
  ObjectState *owner = &to;
  session_.loader.load_links(relationship, std::span(&owner, 1), {});
  if (relationship.cascades(model::cascade_delete_orphan))
    drop_orphans(relationship, to, own, met);
  relationship.clear(link_part(to, own));
  for (ObjectState *target : targets)
    session_.add_to_member(to, own, *target);
}

/// New objects that an earlier merge put into the member, and this one does not: no row knows that
/// they were there, so that no flush would see them leave.
void Merge::drop_orphans(const RelationshipState &relationship, ObjectState &owner, unsigned index,
                         const std::unordered_set<const ObjectState *> &kept) {
  std::vector<ObjectState *> orphans;
  relationship.for_each(link_part(owner, index), [&](void *object) {
    if (ObjectState *held = session_.store->find(object);
        held && held->status == ObjectStatus::pending && !kept.contains(held))
      orphans.push_back(held);
  });
  for (ObjectState *orphan : orphans)
    for (ObjectState *reached : session_.reached(*orphan, model::cascade_delete))
      if (reached->status == ObjectStatus::pending)
        session_.detach(*reached);
}

/// Without recursion: chains may be long.
void Merge::copy_links(const MapperState &mapper, const void *object, ObjectState &to) {
  waiting_.push_back({&mapper, object, &to});
  while (!waiting_.empty()) {
    const Waiting next = waiting_.back();
    waiting_.pop_back();
    if (next.object == next.to->object)
      continue; // it is one of the session's
    for (unsigned i = 0; i != next.mapper->relationships.size(); ++i) {
      const RelationshipState &relationship = *next.mapper->relationships[i].state;
      if (relationship.cascades(model::cascade_merge) && !relationship.viewonly)
        copy_member(*next.mapper, next.object, *next.to, i);
    }
  }
}

} // namespace declorm::detail
