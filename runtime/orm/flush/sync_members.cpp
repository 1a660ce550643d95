// sync_members.cpp: members that a sync changes: pointers and lists of the other sides.
#include "runtime/orm/flush/link_sync.h"

#include "runtime/orm/session/session_state.h"

namespace declorm::detail {

void ListContent::insert(const void *object) {
  constexpr std::size_t most_few = 32;
  if (contains(object))
    return;
  if (many_.empty() && few_.size() < most_few) {
    few_.push_back(object);
    return;
  }
  many_.insert(few_.begin(), few_.end());
  few_.clear();
  many_.insert(object);
}

void LinkSync::leave_list(const RelationshipState &list, ObjectState &parent, ObjectState &child) {
  const unsigned index = relationship_index(*parent.mapper, &list);
  if (index == parent.mapper->relationships.size())
    return;
  void *const pointer = as_target(child, list);
  if (!content_of(parent, index).erase(pointer))
    return;
  save(parent, index);
  list.remove(link_part(parent, index), pointer);
}

void LinkSync::join_list(const RelationshipState &list, ObjectState &parent, ObjectState &child) {
  const unsigned index = relationship_index(*parent.mapper, &list);
  if (index == parent.mapper->relationships.size() || !is_link_loaded(parent, index))
    return; // a list never shows a part
  void *const pointer = as_target(child, list);
  ListContent &content = content_of(parent, index);
  if (content.contains(pointer))
    return;
  if (waits_for_place(list, parent, index, child)) {
    waiting_for_place_.push_back({&parent, index, &child});
    return;
  }
  save(parent, index);
  if (!list.is_list() && !content.empty()) {
    // The child takes the place of another one.
    ObjectState *displaced = nullptr;
    list.for_each(link_part(parent, index),
                  [&](void *object) { displaced = session_.store->find(object); });
    content.clear();
    if (displaced && list.key_link && displaced != &child && is_in_work(*displaced) &&
        !moving_.contains(displaced)) {
      if (list.cascades(model::cascade_delete_orphan))
        mark_deleted(*displaced);
      else
        set_parent(*list.key_link, *displaced, nullptr);
    }
  }
  content.insert(pointer);
  session_.add_to_member(parent, index, child);
}

void LinkSync::set_pointer(const KeyLink &link, ObjectState &child, ObjectState *parent,
                           bool known) {
  const unsigned index = relationship_index(*child.mapper, link.up);
  if (index == child.mapper->relationships.size())
    return;
  void *now = nullptr;
  link.up->for_each(link_part(child, index), [&](void *object) { now = object; });
  if (now != (parent ? as_target(*parent, *link.up) : nullptr)) {
    save(child, index);
    if (parent)
      session_.add_to_member(child, index, *parent);
    else
      link.up->clear(link_part(child, index));
  }
  if (is_link_loaded(child, index) != known) {
    touch(child, index);
    set_link_loaded(child, index, known, *session_.store);
  }
}

/// `known`: false if the child has a parent that this session does not hold. `is_in_list`: the
/// parent's list is known to show the child.
void LinkSync::set_parent(const KeyLink &link, ObjectState &child, ObjectState *parent, bool known,
                          bool is_in_list) {
  if (link.down)
    if (ObjectState *old = old_parent(link, child); old && old != parent)
      leave_list(*link.down, *old, child);
  if (link.up)
    set_pointer(link, child, parent, known);
  if (link.down && parent && !is_in_list)
    join_list(*link.down, *parent, child);
  if (known)
    set_key(link, child, parent);
}

} // namespace declorm::detail
