// merge.cpp: SQLAlchemy's Session.merge().
#include "runtime/orm/merge.h"

#include "runtime/orm/load_plan.h"

namespace declorm::detail {

void Merge::copy_columns(const MapperState &mapper, const void *from, void *to) const {
  for (unsigned i = 0; i != mapper.all_fields.size(); ++i)
    if (!mapper.infos[i].read_only && mapper.discriminator != i)
      assign(mapper.all_fields[i], to, value_of(mapper.all_fields[i], from));
}

ObjectState *Merge::find(MapperState &mapper, const void *object) {
  if (ObjectState *held = session_.store->find(object))
    return held;
  require_key(mapper);
  require_table(mapper);
  const Key key = key_of(mapper, object);
  ObjectState *known = session_.get_own(mapper, key);
  if (!known) {
    const ObjectState *other = session_.find_fresh(*mapper.root, key, QueryFlags{true, false});
    if (other && other->status != ObjectStatus::deleted)
      throw InvalidRequestError("merge(): the object of " + describe(mapper) + " has key " +
                                key_text(key) +
                                ", and with that key the session holds an object of " +
                                describe(*other->mapper) + "; a row's class never changes");
    return nullptr;
  }
  copy_columns(mapper, object, known->mapper->upcast(known->object, mapper));
  note(object, *known);
  return known;
}

ObjectState &Merge::merge(MapperState &base, void *object) {
  if (const auto known = merged_.find(object); known != merged_.end())
    return *known->second;
  if (ObjectState *held = session_.store->find(object))
    return *held;
  MapperState &mapper = real_mapper(base, object);
  if (&mapper != &base && mapper.flags & class_polymorphic)
    object = static_cast<std::byte *>(object) - mapper.offset_of(base);
  ObjectState *state = find(mapper, object);
  if (!state) {
    if (!mapper.construct)
      throw InvalidRequestError(describe(mapper) +
                                " cannot be merged: it has no default constructor. Give it one; it "
                                "may be private");
    session_.destroy_scratch();
    void *const copy = mapper.construct(session_.store->next_place(mapper));
    state = &session_.store->keep(mapper);
    copy_columns(mapper, object, copy);
    identify(mapper, copy);
    session_.add_pending(*state);
    note(object, *state);
  }
  waiting_.push_back({&mapper, object, state});
  return *state;
}

void Merge::copy_member(const MapperState &mapper, const void *object, ObjectState &to,
                        unsigned index) {
  const MappedRelationship &mapped = mapper.relationships[index];
  const RelationshipState &relationship = *mapped.state;
  std::vector<ObjectState *> targets;
  relationship.for_each(static_cast<const std::byte *>(object) + mapped.upcast, [&](void *target) {
    targets.push_back(&merge(*relationship.target, target));
  });
  const unsigned own = relationship_index(*to.mapper, &relationship);
  if (targets.empty() || own == to.mapper->relationships.size())
    return;
  ObjectState *owner = &to;
  session_.load_links(relationship, std::span(&owner, 1), {});
  relationship.clear(link_part(to, own));
  for (ObjectState *target : targets)
    session_.add_to_member(to, own, *target);
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
