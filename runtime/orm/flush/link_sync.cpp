// link_sync.cpp: what changed on the sides of links, and which side is right.
#include "runtime/orm/flush/link_sync.h"

#include "runtime/orm/session/link_state.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

LinkSync::LinkSync(SessionState &session) : session_(session), work_before_(session.link_work) {}

bool LinkSync::has_links() const {
  const std::vector<MapperState *> &mappers = session_.store->mappers();
  return std::any_of(mappers.begin(), mappers.end(),
                     [](const MapperState *mapper) { return !mapper->relationships.empty(); });
}

void LinkSync::find_sides() {
  key_sides_.clear();
  row_sides_.clear();
  key_links_.clear();
  row_links_.clear();
  for (MapperState *mapper : session_.store->mappers())
    for (unsigned i = 0; i != mapper->relationships.size(); ++i) {
      const RelationshipState &relationship = *mapper->relationships[i].state;
      if (relationship.viewonly)
        continue;
      if (const KeyLink *link = relationship.key_link) {
        const auto [sides, is_new] = key_sides_.try_emplace(link);
        if (is_new)
          key_links_.push_back(link);
        (is_same_member(link->up, relationship) ? sides->second.up : sides->second.down)
            .push_back({mapper, i});
      } else if (const RowLink *rows = relationship.row_link) {
        const auto [sides, is_new] = row_sides_.try_emplace(rows);
        if (is_new)
          row_links_.push_back(rows);
        (is_same_member(rows->first, relationship) ? sides->second.up : sides->second.down)
            .push_back({mapper, i});
      }
    }
}

/// Takes in the objects that smart pointers of the session's objects refer to.
void LinkSync::adopt() {
  std::vector<ObjectState *> states;
  for (MapperState *mapper : session_.store->mappers()) {
    const bool may_own =
        std::any_of(mapper->relationships.begin(), mapper->relationships.end(), [](const auto &r) {
          return r.state->is_smart() && r.state->cascades(model::cascade_save_update);
        });
    if (may_own)
      session_.store->for_each(*mapper, [&](ObjectState &state) {
        if (is_in_work(state) && !state.read_only)
          states.push_back(&state);
      });
  }
  for (ObjectState *state : states)
    session_.adopt_from(*state);
}

void LinkSync::sync() {
  adopt();
  rekey_maps();
  find_sides();
  for (const KeyLink *link : key_links_)
    sync_key_link(*link, key_sides_.at(link));
  for (const RowLink *link : row_links_)
    sync_row_link(*link, row_sides_.at(link));
  for (const KeyLink *link : key_links_)
    if (link->down && !link->down->passive_updates)
      write_keys(*link, key_sides_.at(link).down);
  join_waiting(false);
}

ObjectState &LinkSync::target_of(ObjectState &from, unsigned index, void *pointer) {
  const RelationshipState &relationship = relationship_at(from, index);
  ObjectState *state = session_.store->find(pointer);
  if (state && (is_in_work(*state) || state->status == ObjectStatus::deleted))
    return *state;
  const std::string target = relationship.target->name;
  throw FlushError(describe(relationship) + ": " + name_of(from) + " refers to " +
                   (state ? name_of(*state) +
                                ", which is out of this session's work: it was expunged, "
                                "deleted, or rolled back. add() it again, or take it out of "
                          : "an object that this session does not hold. add() the " + target +
                                " and use the reference that add() returns, or take it out of ") +
                   short_name(relationship));
}

void LinkSync::touch(ObjectState &state, unsigned index) {
  LinkSnapshot &snapshot = session_.store->links(state)[index];
  if (!std::exchange(snapshot.touched, true))
    touched_.push_back({&state, index, snapshot.loaded, is_assigned(state, index)});
}

/// Remembers what a member holds before the sync itself changes it.
void LinkSync::save(ObjectState &state, unsigned index) {
  touch(state, index);
  LinkSnapshot &snapshot = state.links[index];
  if (std::exchange(snapshot.saved, true))
    return;
  SavedMember &saved = members_.emplace_back();
  saved.state = &state;
  saved.index = index;
  relationship_at(state, index)
      .for_each_owned(link_part(state, index),
                      [&](void *object, const std::shared_ptr<void> *owner) {
                        saved.content.emplace_back(object, owner ? *owner : nullptr);
                      });
}

ListContent &LinkSync::content_of(ObjectState &state, unsigned index) {
  const auto [content, is_new] = contents_.try_emplace(&session_.store->links(state)[index]);
  if (is_new)
    relationship_at(state, index).for_each(link_part(state, index), [&](void *object) {
      content->second.insert(object);
    });
  return content->second;
}

bool LinkSync::compare(ObjectState &state, unsigned index, ListChange &change) {
  now_.clear();
  relationship_at(state, index).for_each(link_part(state, index), [&](void *object) {
    now_.push_back(object);
  });
  const std::span<void *const> before = link_targets(state, index);
  if (std::equal(now_.begin(), now_.end(), before.begin(), before.end()))
    return false;
  change.added.clear();
  change.removed.clear();
  sorted_before_.assign(before.begin(), before.end());
  sorted_now_.assign(now_.begin(), now_.end());
  for (std::vector<void *> *list : {&sorted_before_, &sorted_now_}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  find_added(change);
  if (is_link_loaded(state, index))
    std::set_difference(sorted_before_.begin(), sorted_before_.end(), sorted_now_.begin(),
                        sorted_now_.end(), std::back_inserter(change.removed));
  return !change.added.empty() || !change.removed.empty();
}

/// Finds what was added, in the order of the list, so that rows are written in it.
void LinkSync::find_added(ListChange &change) {
  const auto was_there = [&](void *object) {
    return std::binary_search(sorted_before_.begin(), sorted_before_.end(), object);
  };
  std::ranges::remove_copy_if(now_, std::back_inserter(change.added), was_there);
  if (sorted_now_.size() == now_.size())
    return;
  // Some stand in the list twice.
  std::unordered_set<const void *> met;
  std::erase_if(change.added, [&](void *object) { return !met.insert(object).second; });
}

LinkSync::Decision &LinkSync::decision(ObjectState &child) {
  if (child.work == 0) {
    decisions_.push_back({&child});
    child.work = std::uint32_t(decisions_.size());
  }
  return decisions_[child.work - 1];
}

void LinkSync::find_changed_pointers(const Side &side) {
  const MappedRelationship &mapped = side.mapper->relationships[side.index];
  session_.store->for_each(*side.mapper, [&](ObjectState &child) {
    if (!is_in_work(child) || child.read_only)
      return;
    void *now = nullptr;
    mapped.state->for_each(link_part(child, side.index), [&](void *object) { now = object; });
    const std::span<void *const> targets = link_targets(child, side.index);
    void *const before = targets.empty() ? nullptr : targets.front();
    if (!is_assigned(child, side.index) &&
        (now == before || (!now && !is_link_loaded(child, side.index))))
      return;
    ObjectState *parent = now ? &target_of(child, side.index, now) : nullptr;
    touch(child, side.index);
    Decision &made = decision(child);
    made.scalar_changed = true;
    made.scalar = parent;
  });
}

void LinkSync::find_changed_lists(const Side &side) {
  const RelationshipState &list = *side.mapper->relationships[side.index].state;
  ListChange change;
  session_.store->for_each(*side.mapper, [&](ObjectState &parent) {
    if (!is_in_work(parent) || parent.read_only || !compare(parent, side.index, change))
      return;
    touch(parent, side.index);
    for (void *pointer : change.added) {
      ObjectState &child = target_of(parent, side.index, pointer);
      Decision &made = decision(child);
      if (made.added && made.added != &parent)
        throw FlushError(name_of(child) + " was put into " + short_name(list) + " of " +
                         name_of(*made.added) + " and of " + name_of(parent) +
                         "; it can be in one of them only, take it out of the other");
      made.added = &parent;
    }
    for (void *pointer : change.removed)
      if (ObjectState *child = session_.store->find(pointer); child && is_in_work(*child))
        decision(*child).removed_from = &parent;
  });
}

namespace {

/// Returns where the values of the link's key stand in snapshots of the class, in ascending order.
std::vector<std::size_t> packed_places(const KeyLink &link, const MapperState &mapper) {
  std::vector<std::size_t> places;
  for (const PositionPair &pair : link.pairs) {
    const unsigned position = position_in(mapper, *link.child, pair.child);
    places.push_back(std::size_t(std::ranges::find(mapper.packed_positions, position) -
                                 mapper.packed_positions.begin()));
  }
  std::ranges::sort(places);
  return places;
}

/// Returns whether the values at those places differ from those of the row.
bool is_changed(const ObjectState &child, const std::vector<std::size_t> &places,
                PackBuffer &buffer) {
  const std::byte *entry = child.snapshot;
  std::size_t at = 0;
  for (const std::size_t place : places) {
    entry += packed_size(entry, place - std::exchange(at, place));
    const std::size_t size = entry_size(entry);
    buffer.clear();
    pack(std::span(&child.mapper->packed_fields[place], 1), child.object, buffer);
    if (buffer.bytes().size() != size || std::memcmp(buffer.bytes().data(), entry, size) != 0)
      return true;
  }
  return false;
}

} // namespace

void LinkSync::find_changed_keys(const KeyLink &link) {
  PackBuffer buffer;
  for (MapperState *mapper : session_.store->mappers()) {
    if (!mapper->is_a(link.child->type))
      continue;
    const std::vector<std::size_t> places = packed_places(link, *mapper);
    session_.store->for_each(*mapper, [&](ObjectState &child) {
      if (child.read_only)
        return;
      if (child.status == ObjectStatus::persistent) {
        if (is_changed(child, places, buffer))
          decision(child).key_changed = true;
      } else if (child.status == ObjectStatus::pending && child.work == 0) {
        if (const std::vector<Value> key = key_in(link, child); !has_null(key))
          if (parent_by_key(link, key))
            decision(child).key_changed = true;
      }
    });
  }
}

ObjectState *LinkSync::parent_by_key(const KeyLink &link, std::span<const Value> key) {
  if (has_null(key))
    return nullptr;
  if (link.is_by_key) {
    ObjectState *parent = session_.find_held(*link.parent->root, key);
    return parent && parent->mapper->is_a(link.parent->type) ? parent : nullptr;
  }
  ObjectState *found = nullptr;
  for (MapperState *mapper : session_.store->mappers())
    if (mapper->is_a(link.parent->type))
      session_.store->for_each(*mapper, [&](ObjectState &parent) {
        if (found || parent.status == ObjectStatus::detached)
          return;
        bool same = true;
        for (std::size_t i = 0; same && i != key.size(); ++i)
          same =
              value_of(mapper->all_fields[position_in(*mapper, *link.parent, link.pairs[i].parent)],
                       parent.object) == key[i];
        if (same)
          found = &parent;
      });
  return found;
}

/// Returns the parent that the child had when both sides were last in step, if the session holds
/// it.
ObjectState *LinkSync::old_parent(const KeyLink &link, ObjectState &child) {
  if (link.up) {
    const unsigned index = relationship_index(*child.mapper, link.up);
    if (index != child.mapper->relationships.size())
      if (const std::span<void *const> before = link_targets(child, index); !before.empty())
        return session_.store->find(before.front());
  }
  if (ObjectState *parent = session_.link_work.awaited(child, link))
    return parent;
  if (!child.snapshot || child.status == ObjectStatus::pending || child.read_only)
    return nullptr;
  return parent_by_key(link, key_in_row(link, child));
}

void LinkSync::decide(const KeyLink &link, const Decision &made) {
  ObjectState &child = *made.child;
  const auto other = [&](const ObjectState *parent) {
    return parent ? name_of(*parent) : std::string("nothing");
  };
  if (made.scalar_changed) {
    if (made.added && made.added != made.scalar)
      throw FlushError(short_name(*link.up) + " of " + name_of(child) + " was set to " +
                       other(made.scalar) + ", and it was put into " + short_name(*link.down) +
                       " of " + name_of(*made.added) + "; make both say the same, or change one");
    return set_parent(link, child, made.scalar, true, made.added != nullptr);
  }
  if (made.added)
    return set_parent(link, child, made.added, true, true);
  ObjectState *const old = old_parent(link, child);
  const bool is_removed = made.removed_from && (!old || made.removed_from == old);
  if (made.key_changed) {
    const std::vector<Value> key = key_in(link, child);
    ObjectState *parent = parent_by_key(link, key);
    const bool says_old = is_removed && parent == made.removed_from;
    if (!says_old)
      return set_parent(link, child, parent, parent || has_null(key));
  }
  if (!is_removed)
    return;
  if (link.down->cascades(model::cascade_delete_orphan)) {
    if (link.up)
      set_pointer(link, child, nullptr, true);
    return mark_deleted(child);
  }
  set_parent(link, child, nullptr);
}

void LinkSync::sync_key_link(const KeyLink &link, const Sides &sides) {
  decisions_.clear();
  try {
    for (const Side &side : sides.up)
      find_changed_pointers(side);
    for (const Side &side : sides.down)
      find_changed_lists(side);
    find_changed_keys(link);
  } catch (...) {
    for (const Decision &made : decisions_)
      made.child->work = 0;
    throw;
  }
  for (const Decision &made : decisions_)
    made.child->work = 0;
  const std::deque<Decision> decisions = std::exchange(decisions_, {});
  moving_.clear();
  if (link.down && !link.down->is_list())
    for (const Decision &made : decisions)
      if (made.scalar_changed || made.added || made.key_changed)
        moving_.insert(made.child);
  for (const Decision &made : decisions) {
    moving_.erase(made.child);
    decide(link, made);
  }
}

void LinkSync::finish() {
  rekey_maps(); // the database, or a hook, may have made keys
  join_waiting(true);
  for (const auto &[state, index, was_loaded, was_assigned] : touched_) {
    LinkSnapshot &snapshot = state->links[index];
    snapshot.touched = snapshot.saved = false;
    now_.clear();
    relationship_at(*state, index).for_each(link_part(*state, index), [&](void *object) {
      now_.push_back(object);
    });
    if (state->inserted_now) { // what is undone with the INSERT
      snapshot.set(now_);
      continue;
    }
    LinkSnapshot before;
    before.loaded = snapshot.loaded;
    snapshot.swap(before);
    snapshot.set(now_);
    before.loaded = was_loaded;
    session_.undo_log.note_linked(*state, index, std::move(before), was_assigned);
  }
  touched_.clear();
}

void LinkSync::undo() {
  for (auto saved = members_.rbegin(); saved != members_.rend(); ++saved)
    session_.set_member(*saved->state, saved->index, saved->content);
  for (auto saved = keys_.rbegin(); saved != keys_.rend(); ++saved)
    assign(*saved->field, saved->state->object, saved->value);
  for (auto saved = statuses_.rbegin(); saved != statuses_.rend(); ++saved) {
    if (saved->status == ObjectStatus::pending) {
      session_.add_pending(*saved->state);
    } else if (saved->state->status == ObjectStatus::deleted) {
      saved->state->status = saved->status;
      --session_.deleted_count;
    }
  }
  for (const auto &[state, index, was_loaded, was_assigned] : touched_) {
    state->links[index].touched = state->links[index].saved = false;
    restore_link_state(*state, index, was_loaded, was_assigned, *session_.store);
  }
  touched_.clear();
  session_.link_work.restore(work_before_);
}

} // namespace declorm::detail
