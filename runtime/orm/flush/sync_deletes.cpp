// sync_deletes.cpp: what deleted objects leave behind.
#include "runtime/orm/flush/link_sync.h"

#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

void LinkSync::mark_deleted(ObjectState &state) {
  if (!is_in_work(state))
    return;
  statuses_.push_back({&state, state.status});
  if (state.status == ObjectStatus::pending) {
    session_.detach(state);
  } else {
    state.status = ObjectStatus::deleted;
    ++session_.deleted_count;
  }
  deleted_.push_back(&state);
}

bool LinkSync::is_child_of(const KeyLink &link, ObjectState &child, const ObjectState &parent) {
  if (const ObjectState *awaited = session_.link_work.awaited(child, link))
    return awaited == &parent;
  return std::ranges::all_of(link.pairs, [&](const PositionPair &pair) {
    const unsigned own = position_in(*child.mapper, *link.child, pair.child);
    const unsigned far = position_in(*parent.mapper, *link.parent, pair.parent);
    return value_of(child.mapper->all_fields[own], child.object) ==
           value_of(parent.mapper->all_fields[far], parent.object);
  });
}

/// Sees to what a deleted object leaves behind through one of its relationships.
void LinkSync::let_go(ObjectState &deleted, unsigned index) {
  const RelationshipState &relationship = relationship_at(deleted, index);
  std::vector<ObjectState *> targets;
  const auto add = [&](void *pointer) {
    ObjectState *target = session_.store->find(pointer);
    if (target && std::find(targets.begin(), targets.end(), target) == targets.end())
      targets.push_back(target);
  };
  relationship.for_each(link_part(deleted, index), add);
  if (deleted.links) // what left the member was not seen to: its owner goes
    for (void *pointer : deleted.links[index].targets())
      add(pointer);
  const bool deletes = relationship.cascades(model::cascade_delete);
  for (ObjectState *target : targets) {
    if (const RowLink *rows = relationship.row_link) {
      const bool is_first = is_same_member(rows->first, relationship);
      const RowOfLink row{rows, is_first ? &deleted : target, is_first ? target : &deleted};
      session_.link_work.add_row(row, false);
      if (const RelationshipState *other = is_first ? rows->second : rows->first)
        leave_list(*other, *target, deleted);
    } else if (const KeyLink *link = relationship.key_link;
               link && is_same_member(link->up, relationship)) {
      if (link->down)
        leave_list(*link->down, *target, deleted);
    } else if (link) {
      if (!is_in_work(*target) || !is_child_of(*link, *target, deleted))
        continue;
      if (!deletes && !relationship.passive_deletes_all)
        set_parent(*link, *target, nullptr);
    }
    if (deletes)
      mark_deleted(*target);
  }
}

/// Sees to one wave of deleted objects, which may delete others. Lists that are not loaded are
/// loaded in a few SELECTs for all.
void LinkSync::let_go(std::span<ObjectState *const> deleted) {
  // The members stand in the order they are met, so that the log is the same each time.
  std::vector<std::pair<const RelationshipState *, std::vector<ObjectState *>>> unloaded;
  for (ObjectState *state : deleted)
    for (unsigned i = 0; i != state->mapper->relationships.size(); ++i) {
      const RelationshipState &relationship = relationship_at(*state, i);
      const bool matters = relationship.direction != model::Direction::many_to_one ||
                           relationship.cascades(model::cascade_delete);
      if (!relationship.writes() || !matters || relationship.passive_deletes ||
          relationship.passive_deletes_all || state->status != ObjectStatus::deleted ||
          !session_.wants_links(*state, i))
        continue;
      const auto known = std::find_if(unloaded.begin(), unloaded.end(), [&](const auto &member) {
        return member.first == &relationship;
      });
      (known == unloaded.end() ? unloaded.emplace_back(&relationship, std::vector<ObjectState *>())
                               : *known)
          .second.push_back(state);
    }
  for (const auto &[relationship, states] : unloaded)
    session_.loader.load_links(*relationship, states, {});
  for (ObjectState *state : deleted)
    for (unsigned i = 0; i != state->mapper->relationships.size(); ++i)
      if (relationship_at(*state, i).writes())
        let_go(*state, i);
}

void LinkSync::cascade_deletes() {
  const std::vector<ObjectState *> orphans = std::exchange(deleted_, {});
  if (orphans.empty() && session_.deleted_count == 0)
    return;
  for (MapperState *mapper : session_.store->mappers())
    if (!mapper->relationships.empty())
      session_.store->for_each(*mapper, [&](ObjectState &state) {
        if (state.status == ObjectStatus::deleted)
          deleted_.push_back(&state);
      });
  for (ObjectState *orphan : orphans) // those that were never written
    if (orphan->status == ObjectStatus::detached)
      deleted_.push_back(orphan);
  while (!deleted_.empty()) {
    const std::vector<ObjectState *> wave = std::exchange(deleted_, {});
    let_go(wave);
  }
}

} // namespace declorm::detail
