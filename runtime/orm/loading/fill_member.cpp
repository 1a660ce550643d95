// fill_member.cpp: what a SELECT found is put into a relationship member.
#include "runtime/orm/loading/loader.h"
#include "runtime/orm/session/map_keys.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

/// Finds which of the targets the member of `owner` is to show, in shown_ and pointers_. What a
/// flush is about to delete is left out.
void Loader::choose_shown(const RelationshipState &relationship, const ObjectState &owner,
                          std::span<ObjectState *const> targets) {
  shown_.clear();
  pointers_.clear();
  const MapperState *last = nullptr;
  std::uint64_t offset = 0;
  for (ObjectState *target : targets) {
    if (target->status == ObjectStatus::deleted && owner.status != ObjectStatus::deleted)
      continue;
    if (target->mapper != last) {
      last = target->mapper;
      offset = last->offset_of(*relationship.target);
    }
    void *const pointer = static_cast<std::byte *>(target->object) + offset;
    // A condition that the program wrote may lead to one object in several ways.
    if (!relationship.is_plain &&
        std::find(pointers_.rbegin(), pointers_.rend(), pointer) != pointers_.rend())
      continue;
    pointers_.push_back(pointer);
    shown_.push_back(target);
  }
}

/// What the program has added to the member and the database does not have for it, be it in the
/// snapshot or among pointers_.
std::vector<ObjectState *> Loader::added_to(const ObjectState &owner, unsigned index) const {
  std::vector<ObjectState *> added;
  const std::span<void *const> before = link_targets(owner, index);
  relationship_at(owner, index).for_each(link_part(owner, index), [&](void *object) {
    const bool is_new = std::find(before.begin(), before.end(), object) == before.end() &&
                        std::find(pointers_.begin(), pointers_.end(), object) == pointers_.end();
    if (ObjectState *target = is_new ? session_.store->find(object) : nullptr)
      added.push_back(target);
  });
  return added;
}

/// A map keeps one object for each key, and would lose the others.
void Loader::check_keys(const RelationshipState &map, const ObjectState &owner,
                        std::span<ObjectState *const> added) const {
  std::vector<void *> objects = pointers_;
  for (const ObjectState *target : added)
    objects.push_back(as_target(*target, map));
  if (const MapClash clash = find_clash(map, objects); clash.first)
    throw MultipleResultsFound(describe(clash, map, owner, session_) +
                               "; give one of them another, or make the member a list");
}

void Loader::fill_member(const RelationshipState &relationship, ObjectState &owner,
                         std::span<ObjectState *const> targets, bool overwrite) {
  const unsigned index = relationship_index(*owner.mapper, &relationship);
  choose_shown(relationship, owner, targets);
  if (!relationship.is_list() && shown_.size() > 1)
    throw MultipleResultsFound(describe(relationship) + ": " + name_of(owner) +
                               " has more than one " + relationship.target->name +
                               " in the database, and the member holds one object; make it a list");
  LinkSnapshot &links = session_.store->links(owner)[index];
  std::vector<ObjectState *> added;
  if (!overwrite)
    added = added_to(owner, index);
  if (relationship.map_key)
    check_keys(relationship, owner, added);
  void *const part = link_part(owner, index);
  relationship.clear(part);
  if (relationship.is_list() || added.empty()) {
    const bool is_simple = !relationship.is_smart() && !relationship.map_key;
    for (std::size_t i = 0; i != shown_.size(); ++i)
      if (is_simple)
        relationship.add(part, pointers_[i], nullptr, nullptr);
      else
        session_.add_to_member(owner, index, *shown_[i]);
  }
  for (ObjectState *target : added)
    session_.add_to_member(owner, index, *target);
  links.set(pointers_);
  set_link_loaded(owner, index, true, *session_.store);
  links.stale = false;
  point_back(relationship, owner);
}

/// The other side of a foreign key is known when one is: the objects of shown_ belong to `owner`.
void Loader::point_back(const RelationshipState &relationship, ObjectState &owner) {
  const RelationshipState *up =
      relationship.key_link && is_same_member(relationship.key_link->down, relationship)
          ? relationship.key_link->up
          : nullptr;
  if (!up || shown_.empty())
    return;
  void *const back = as_target(owner, *up);
  const MapperState *last = nullptr;
  unsigned index = 0;
  for (ObjectState *target : shown_) {
    if (target->mapper != last) {
      last = target->mapper;
      index = relationship_index(*last, up);
    }
    if (index == last->relationships.size() || is_link_loaded(*target, index) ||
        is_assigned(*target, index))
      continue;
    bool is_set = false;
    up->for_each(link_part(*target, index), [&](void *) { is_set = true; });
    if (is_set)
      continue;
    session_.add_to_member(*target, index, owner);
    LinkSnapshot &snapshot = session_.store->links(*target)[index];
    set_link_loaded(*target, index, true, *session_.store);
    snapshot.set(std::span<void *const>(&back, 1));
  }
}

} // namespace declorm::detail
