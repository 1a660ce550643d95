// link_sync.cpp: both sides of links in step.
#include "runtime/orm/link_sync.h"

#include "runtime/orm/flush_order.h"
#include "runtime/orm/row_writer.h"
#include "runtime/orm/session_state.h"

#include <algorithm>
#include <set>

namespace declorm::detail {

std::string name_of(const ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  if (state.status == ObjectStatus::pending || !state.snapshot) {
    // A text tells it from others.
    for (const Field &field : mapper.all_fields)
      if (const auto *text = field.code == TypeCode::text && !field.accessor && !field.optional
                                 ? static_cast<const std::string *>(static_cast<const void *>(
                                       static_cast<const std::byte *>(state.object) + field.offset))
                                 : nullptr;
          text && !text->empty())
        return "a new " + mapper.name + " ('" + *text + "')";
    return "a new " + mapper.name;
  }
  return "the " + mapper.name + " with key " + key_text(unpack_key(mapper, state.snapshot));
}

unsigned relationship_index(const MapperState &mapper, const RelationshipState *relationship) {
  const auto &all = mapper.relationships;
  for (unsigned i = 0; i != all.size(); ++i)
    if (all[i].state == relationship)
      return i;
  for (unsigned i = 0; i != all.size(); ++i)
    if (is_same_member(relationship, *all[i].state))
      return i;
  return unsigned(all.size());
}

void *as_target(const ObjectState &state, const RelationshipState &relationship) {
  return state.mapper->upcast(state.object, *relationship.target);
}

void LinkWork::remove_fill(ObjectState &child, const KeyLink &link) {
  const auto known = fills.find(&child);
  if (known == fills.end())
    return;
  std::erase_if(known->second, [&](const KeyFill &fill) { return fill.link == &link; });
  if (known->second.empty())
    fills.erase(known);
}

ObjectState *LinkWork::awaited(ObjectState &child, const KeyLink &link) const {
  if (const auto known = fills.find(&child); known != fills.end())
    for (const KeyFill &fill : known->second)
      if (fill.link == &link)
        return fill.parent;
  return nullptr;
}

void LinkWork::add_row(const RowOfLink &row, bool is_added) {
  const auto [known, is_new] = rows_.emplace(row, Row{is_added, ++row_count_});
  if (!is_new && known->second.is_added != is_added)
    rows_.erase(known);
}

std::vector<RowOfLink> LinkWork::rows(bool added) const {
  std::map<std::size_t, RowOfLink> sorted;
  for (const auto &[row, state] : rows_)
    if (state.is_added == added)
      sorted.emplace(state.number, row);
  std::vector<RowOfLink> result;
  for (const auto &[number, row] : sorted)
    result.push_back(row);
  return result;
}

LinkSync::LinkSync(SessionState &session) : session_(session), work_before_(session.link_work) {}

namespace {

const RelationshipState &relationship_at(const ObjectState &state, unsigned index) {
  return *state.mapper->relationships[index].state;
}

bool is_in_work(const ObjectState &state) {
  return state.status == ObjectStatus::pending || state.status == ObjectStatus::persistent;
}

} // namespace

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

// Save-update: what only smart pointers own.

/// Objects that smart pointers of the session's objects refer to come in with them.
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
  find_sides();
  for (const KeyLink *link : key_links_)
    sync_key_link(*link, key_sides_.at(link));
  for (const RowLink *link : row_links_)
    sync_row_link(*link, row_sides_.at(link));
  for (const KeyLink *link : key_links_)
    if (link->down && !link->down->passive_updates)
      write_keys(*link, key_sides_.at(link).down);
}

// Finding what changed.

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
    touched_.emplace_back(&state, index);
}

/// Before the sync itself changes a member.
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

std::unordered_set<const void *> &LinkSync::content_of(ObjectState &state, unsigned index) {
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
  std::vector<void *> was(before.begin(), before.end()), is = now_;
  for (std::vector<void *> *list : {&was, &is}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  // In the order of the list, so that rows are written in it.
  std::unordered_set<const void *> met;
  for (void *object : now_)
    if (!std::binary_search(was.begin(), was.end(), object) && met.insert(object).second)
      change.added.push_back(object);
  if (is_link_loaded(state, index))
    std::set_difference(was.begin(), was.end(), is.begin(), is.end(),
                        std::back_inserter(change.removed));
  return !change.added.empty() || !change.removed.empty();
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
    if (now == before || (!now && !is_link_loaded(child, side.index)))
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

/// Whether the values of the link's key differ from those of the row.
bool is_key_changed(const KeyLink &link, const ObjectState &child, PackBuffer &buffer) {
  const MapperState &mapper = *child.mapper;
  std::size_t left = link.pairs.size();
  const std::byte *entry = child.snapshot;
  for (std::size_t i = 0; left != 0; ++i) {
    const std::size_t size = entry_size(entry);
    const unsigned position = mapper.packed_positions[i];
    if (std::any_of(link.pairs.begin(), link.pairs.end(), [&](const PositionPair &pair) {
          return position_in(mapper, *link.child, pair.child) == position;
        })) {
      buffer.clear();
      pack(std::span(&mapper.packed_fields[i], 1), child.object, buffer);
      if (buffer.bytes().size() != size || std::memcmp(buffer.bytes().data(), entry, size) != 0)
        return true;
      --left;
    }
    entry += size;
  }
  return false;
}

std::vector<Value> key_in(const KeyLink &link, const ObjectState &child) {
  std::vector<Value> key;
  for (const PositionPair &pair : link.pairs)
    key.push_back(
        value_of(child.mapper->all_fields[position_in(*child.mapper, *link.child, pair.child)],
                 child.object));
  return key;
}

/// The same in the child's row.
std::vector<Value> key_in_row(const KeyLink &link, const ObjectState &child) {
  std::vector<unsigned> positions;
  for (const PositionPair &pair : link.pairs)
    positions.push_back(position_in(*child.mapper, *link.child, pair.child));
  return values_in_row(child, positions);
}

std::vector<unsigned> parent_positions(const KeyLink &link, const MapperState &mapper) {
  std::vector<unsigned> positions;
  for (const PositionPair &pair : link.pairs)
    positions.push_back(position_in(mapper, *link.parent, pair.parent));
  return positions;
}

std::vector<Value> values_of(const ObjectState &state, const std::vector<unsigned> &positions) {
  std::vector<Value> values;
  for (const unsigned position : positions)
    values.push_back(value_of(state.mapper->all_fields[position], state.object));
  return values;
}

bool has_null(std::span<const Value> key) {
  return std::any_of(key.begin(), key.end(), [](const Value &value) { return value.is_null(); });
}

} // namespace

void LinkSync::find_changed_keys(const KeyLink &link) {
  PackBuffer buffer;
  for (MapperState *mapper : session_.store->mappers()) {
    if (!mapper->is_a(link.child->type))
      continue;
    session_.store->for_each(*mapper, [&](ObjectState &child) {
      if (child.read_only)
        return;
      if (child.status == ObjectStatus::persistent) {
        if (is_key_changed(link, child, buffer))
          decision(child).key_changed = true;
      } else if (child.status == ObjectStatus::pending && child.work == 0) {
        if (const std::vector<Value> key = key_in(link, child); !has_null(key))
          if (parent_by_key(link, key))
            decision(child).key_changed = true;
      }
    });
  }
}

// Deciding.

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

/// The parent that the child had when both sides were last in step, if the session holds it.
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
    return set_parent(link, child, made.scalar);
  }
  if (made.added)
    return set_parent(link, child, made.added);
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
    return delete_orphan(child);
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
  const std::vector<Decision> decisions = std::move(decisions_);
  for (const Decision &made : decisions)
    decide(link, made);
}

// Carrying it out.

void LinkSync::leave_list(const RelationshipState &list, ObjectState &parent, ObjectState &child) {
  const unsigned index = relationship_index(*parent.mapper, &list);
  if (index == parent.mapper->relationships.size())
    return;
  void *const pointer = as_target(child, list);
  if (content_of(parent, index).erase(pointer) == 0)
    return;
  save(parent, index);
  list.remove(link_part(parent, index), pointer);
}

void LinkSync::join_list(const RelationshipState &list, ObjectState &parent, ObjectState &child) {
  const unsigned index = relationship_index(*parent.mapper, &list);
  if (index == parent.mapper->relationships.size() || !is_link_loaded(parent, index))
    return; // a list never shows a part
  void *const pointer = as_target(child, list);
  std::unordered_set<const void *> &content = content_of(parent, index);
  if (content.contains(pointer))
    return;
  save(parent, index);
  if (!list.is_list() && !content.empty()) {
    // It takes the place of another.
    ObjectState *displaced = nullptr;
    list.for_each(link_part(parent, index),
                  [&](void *object) { displaced = session_.store->find(object); });
    content.clear();
    if (displaced && list.key_link && displaced != &child && is_in_work(*displaced)) {
      if (list.cascades(model::cascade_delete_orphan))
        delete_orphan(*displaced);
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
    child.links[index].loaded = known;
  }
}

/// `known`: false if the child has a parent that this session does not hold.
void LinkSync::set_parent(const KeyLink &link, ObjectState &child, ObjectState *parent,
                          bool known) {
  if (link.down)
    if (ObjectState *old = old_parent(link, child); old && old != parent)
      leave_list(*link.down, *old, child);
  if (link.up)
    set_pointer(link, child, parent, known);
  if (link.down && parent)
    join_list(*link.down, *parent, child);
  if (known)
    set_key(link, child, parent);
}

void LinkSync::set_key(const KeyLink &link, ObjectState &child, ObjectState *parent) {
  session_.link_work.remove_fill(child, link);
  if (!parent)
    clear_key(link, child);
  else if (parent->status == ObjectStatus::pending)
    session_.link_work.add_fill(child, link, *parent);
  else
    copy_key(link, child, *parent);
}

void LinkSync::copy_key(const KeyLink &link, ObjectState &child, const ObjectState &parent) {
  for (const PositionPair &pair : link.pairs) {
    const unsigned position = position_in(*child.mapper, *link.child, pair.child);
    const Field &field = child.mapper->all_fields[position];
    const Value value =
        value_of(parent.mapper->all_fields[position_in(*parent.mapper, *link.parent, pair.parent)],
                 parent.object);
    Value before = value_of(field, child.object);
    if (before == value)
      continue;
    keys_.push_back({&child, position, std::move(before)});
    assign(field, child.object, value);
  }
}

bool LinkSync::clear_key(const KeyLink &link, ObjectState &child) {
  const MapperState &mapper = *child.mapper;
  bool changed = false;
  for (const PositionPair &pair : link.pairs) {
    const unsigned position = position_in(mapper, *link.child, pair.child);
    const Field &field = mapper.all_fields[position];
    Value before = value_of(field, child.object);
    const bool holds_null = field.optional || field.null_reads;
    if (before.is_null() || (child.status == ObjectStatus::pending && !holds_null))
      continue;
    const std::string &member = mapper.infos[position].member;
    if (mapper.infos[position].is_key || !holds_null)
      throw FlushError(
          name_of(child) + " has no parent any more by " + short_name(link.side()) +
          ", and its foreign key '" + member + "' " +
          (mapper.infos[position].is_key ? "is part of its primary key" : "holds no NULL") +
          "; give it another parent, delete_() it" +
          (link.down ? ", or write cascade(\"all, delete-orphan\") on " + short_name(*link.down)
                     : ""));
    keys_.push_back({&child, position, std::move(before)});
    assign(field, child.object, Value());
    changed = true;
  }
  return changed;
}

void LinkSync::fill_key(ObjectState &child, bool last) {
  const auto known = session_.link_work.fills.find(&child);
  if (known == session_.link_work.fills.end())
    return;
  std::erase_if(known->second, [&](const KeyFill &fill) {
    const bool has_key = fill.parent->status == ObjectStatus::persistent ||
                         (fill.parent->root_written && fill.link->is_by_key);
    if (!has_key || (fill.link->post_update && !last))
      return false;
    copy_key(*fill.link, child, *fill.parent);
    return true;
  });
  if (known->second.empty())
    session_.link_work.fills.erase(known);
}

std::vector<ObjectState *> LinkSync::fill_keys(bool last) {
  std::vector<std::pair<std::size_t, ObjectState *>> waiting;
  for (const auto &[child, fills] : session_.link_work.fills)
    if (child->status == ObjectStatus::persistent)
      waiting.emplace_back(fills.front().number, child);
  std::sort(waiting.begin(), waiting.end());
  std::vector<ObjectState *> filled;
  for (const auto &[number, child] : waiting) {
    fill_key(*child, last);
    filled.push_back(child);
  }
  return filled;
}

std::vector<DeletedPair> LinkSync::deleted_pairs() {
  find_sides();
  std::vector<DeletedPair> pairs;
  for (const KeyLink *link : key_links_)
    for (MapperState *mapper : session_.store->mappers())
      if (mapper->is_a(link->child->type))
        session_.store->for_each(*mapper, [&](ObjectState &child) {
          if (child.status != ObjectStatus::deleted || child.read_only)
            return;
          ObjectState *parent = parent_by_key(*link, key_in_row(*link, child));
          if (parent && parent != &child && parent->status == ObjectStatus::deleted)
            pairs.push_back({&child, parent, link});
        });
  return pairs;
}

/// Without passive_updates: where a parent's key changes, its children are loaded and written too.
void LinkSync::write_keys(const KeyLink &link, const std::vector<Side> &parents) {
  for (const Side &side : parents) {
    const std::vector<unsigned> positions = parent_positions(link, *side.mapper);
    std::vector<ObjectState *> changed;
    session_.store->for_each(*side.mapper, [&](ObjectState &parent) {
      if (parent.status == ObjectStatus::persistent && !parent.read_only &&
          values_in_row(parent, positions) != values_of(parent, positions))
        changed.push_back(&parent);
    });
    session_.load_links(*link.down, changed, {});
    for (ObjectState *parent : changed)
      for (ObjectState *child : children_in_row(link, values_in_row(*parent, positions)))
        copy_key(link, *child, *parent);
  }
}

/// Held children whose rows, and who themselves, have that key.
std::vector<ObjectState *> LinkSync::children_in_row(const KeyLink &link,
                                                     const std::vector<Value> &key) {
  std::vector<ObjectState *> children;
  for (MapperState *mapper : session_.store->mappers())
    if (mapper->is_a(link.child->type))
      session_.store->for_each(*mapper, [&](ObjectState &child) {
        if (child.status == ObjectStatus::persistent && key_in_row(link, child) == key &&
            key_in(link, child) == key)
          children.push_back(&child);
      });
  return children;
}

namespace {

bool is_update_cascaded(const KeyLink &link) {
  const Column &column = *link.child->infos[link.pairs.front().child].column;
  for (const Constraint &constraint : column.table().constraints())
    if (constraint.kind == ConstraintKind::foreign_key &&
        folded(constraint.on_update) == "cascade" &&
        std::find(constraint.columns.begin(), constraint.columns.end(), column.name()) !=
            constraint.columns.end())
      return true;
  return false;
}

} // namespace

void LinkSync::follow_cascade(const ObjectState &parent, const std::vector<Value> &before) {
  for (const KeyLink *link : key_links_) {
    if (!parent.mapper->is_a(link->parent->type) || !is_update_cascaded(*link) ||
        (link->down && !link->down->passive_updates))
      continue;
    const std::vector<unsigned> positions = parent_positions(*link, *parent.mapper);
    std::vector<Value> old_key;
    for (const unsigned position : positions)
      old_key.push_back(before[position]);
    const std::vector<Value> key = values_of(parent, positions);
    if (old_key == key)
      continue;
    for (ObjectState *child : children_in_row(*link, old_key)) {
      std::vector<unsigned> own;
      for (const PositionPair &pair : link->pairs)
        own.push_back(position_in(*child->mapper, *link->child, pair.child));
      follow_cascade(*child, session_.row_follows(*child, own, key));
    }
  }
}

// Rows of a table in between.

void LinkSync::sync_row_link(const RowLink &link, const Sides &sides) {
  std::vector<RowOfLink> added, removed;
  ListChange change;
  const auto find = [&](const std::vector<Side> &some, bool is_first) {
    for (const Side &side : some)
      session_.store->for_each(*side.mapper, [&](ObjectState &state) {
        if (!is_in_work(state) || state.read_only || !compare(state, side.index, change))
          return;
        touch(state, side.index);
        for (void *pointer : change.added) {
          ObjectState &other = target_of(state, side.index, pointer);
          added.push_back({&link, is_first ? &state : &other, is_first ? &other : &state});
        }
        for (void *pointer : change.removed)
          if (ObjectState *other = session_.store->find(pointer))
            removed.push_back({&link, is_first ? &state : other, is_first ? other : &state});
      });
  };
  find(sides.up, true);
  find(sides.down, false);
  std::set<RowOfLink> done;
  const std::set<RowOfLink> taken(removed.begin(), removed.end());
  for (const RowOfLink &row : added) {
    if (taken.contains(row))
      throw FlushError(name_of(*row.second) + " was put into " + short_name(*link.first) + " of " +
                       name_of(*row.first) + ", and on the other side, " +
                       short_name(link.second ? *link.second : *link.first) +
                       ", it was taken out; make both say the same, or change one");
    if (!done.insert(row).second)
      continue;
    join_list(*link.first, *row.first, *row.second);
    if (link.second)
      join_list(*link.second, *row.second, *row.first);
    session_.link_work.add_row(row, true);
  }
  done.clear();
  for (const RowOfLink &row : removed) {
    if (!done.insert(row).second)
      continue;
    leave_list(*link.first, *row.first, *row.second);
    if (link.second)
      leave_list(*link.second, *row.second, *row.first);
    session_.link_work.add_row(row, false);
  }
}

// Deleting.

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

void LinkSync::delete_orphan(ObjectState &child) { mark_deleted(child); }

bool LinkSync::is_child_of(const KeyLink &link, ObjectState &child, const ObjectState &parent) {
  if (const ObjectState *awaited = session_.link_work.awaited(child, link))
    return awaited == &parent;
  const std::vector<Value> key = key_in(link, child);
  for (std::size_t i = 0; i != key.size(); ++i)
    if (key[i] !=
        value_of(parent.mapper
                     ->all_fields[position_in(*parent.mapper, *link.parent, link.pairs[i].parent)],
                 parent.object))
      return false;
  return true;
}

/// What a deleted object leaves behind through one of its relationships.
void LinkSync::let_go(ObjectState &deleted, unsigned index) {
  const RelationshipState &relationship = relationship_at(deleted, index);
  std::vector<ObjectState *> targets;
  relationship.for_each(link_part(deleted, index), [&](void *pointer) {
    if (ObjectState *target = session_.store->find(pointer))
      targets.push_back(target);
  });
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

/// In waves: what one deletes may delete others. Their lists are loaded in a few SELECTs for all.
void LinkSync::let_go(std::span<ObjectState *const> deleted) {
  // In the order they are met, so that the log is the same each time.
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
    session_.load_links(*relationship, states, {});
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

// The end.

void LinkSync::finish() {
  for (const auto &[state, index] : touched_) {
    LinkSnapshot &snapshot = state->links[index];
    snapshot.touched = snapshot.saved = false;
    now_.clear();
    relationship_at(*state, index).for_each(link_part(*state, index), [&](void *object) {
      now_.push_back(object);
    });
    LinkSnapshot before;
    before.loaded = snapshot.loaded;
    snapshot.swap(before);
    snapshot.set(now_);
    session_.note_links(*state, index, std::move(before));
  }
  touched_.clear();
}

void LinkSync::undo() {
  for (auto saved = members_.rbegin(); saved != members_.rend(); ++saved)
    session_.set_member(*saved->state, saved->index, saved->content);
  for (auto saved = keys_.rbegin(); saved != keys_.rend(); ++saved)
    assign(saved->state->mapper->all_fields[saved->position], saved->state->object, saved->value);
  for (auto saved = statuses_.rbegin(); saved != statuses_.rend(); ++saved) {
    if (saved->status == ObjectStatus::pending) {
      session_.add_pending(*saved->state);
    } else if (saved->state->status == ObjectStatus::deleted) {
      saved->state->status = saved->status;
      --session_.deleted_count;
    }
  }
  for (const auto &[state, index] : touched_)
    state->links[index].touched = state->links[index].saved = false;
  touched_.clear();
  session_.link_work = std::move(work_before_);
}

} // namespace declorm::detail
