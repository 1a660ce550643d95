// sync_keys.cpp: foreign keys that follow links.
#include "runtime/orm/flush/link_sync.h"

#include "runtime/ascii.h"
#include "runtime/orm/flush/flush_order.h"
#include "runtime/orm/flush/unique_values.h"
#include "runtime/orm/rows/mirrors.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

std::vector<Value> key_in(const KeyLink &link, const ObjectState &child) {
  std::vector<Value> key;
  for (const PositionPair &pair : link.pairs)
    key.push_back(
        value_of(child.mapper->all_fields[position_in(*child.mapper, *link.child, pair.child)],
                 child.object));
  return key;
}

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

static std::vector<Value> values_of(const ObjectState &state,
                                    const std::vector<unsigned> &positions) {
  std::vector<Value> values;
  for (const unsigned position : positions)
    values.push_back(value_of(state.mapper->all_fields[position], state.object));
  return values;
}

bool has_null(std::span<const Value> key) {
  return std::any_of(key.begin(), key.end(), [](const Value &value) { return value.is_null(); });
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
    assign_key(child, position, std::move(before), value);
  }
}

void LinkSync::assign_key(ObjectState &child, unsigned position, Value before, const Value &value) {
  const Field &key = child.mapper->all_fields[position];
  keys_.push_back({&child, &key, std::move(before)});
  assign(key, child.object, value);
  if (!child.mapper->mirrors.empty())
    follow_position(*child.mapper, child.object, position, [&](const Field &field, Value was) {
      keys_.push_back({&child, &field, std::move(was)});
    });
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
    assign_key(child, position, std::move(before), Value());
    changed = true;
  }
  return changed;
}

/// Returns whether the parent's row is written, or the part of it that has its key.
static bool has_key(const KeyFill &fill) {
  return fill.parent->status == ObjectStatus::persistent ||
         (fill.parent->root_written && fill.link->is_by_key);
}

bool LinkSync::awaits_key(ObjectState &child) const {
  bool awaits = false;
  session_.link_work.for_each_fill(
      child, [&](const KeyFill &fill) { awaits |= !has_key(fill) && !fill.link->post_update; });
  return awaits;
}

void LinkSync::fill_key(ObjectState &child, bool last) {
  session_.link_work.take_fills(child, [&](const KeyFill &fill) {
    if (!has_key(fill) || (fill.link->post_update && !last))
      return false;
    copy_key(*fill.link, child, *fill.parent);
    return true;
  });
}

std::vector<ObjectState *> LinkSync::fill_keys(bool last) {
  std::vector<ObjectState *> filled = session_.link_work.children_with_rows();
  for (ObjectState *child : filled)
    fill_key(*child, last);
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

std::vector<EmptiedRow> LinkSync::children_left_by(std::span<ObjectState *const> parents) {
  find_sides();
  std::vector<EmptiedRow> left;
  for (const KeyLink *link : key_links_)
    for (MapperState *mapper : session_.store->mappers()) {
      if (!mapper->is_a(link->child->type))
        continue;
      std::vector<unsigned> positions;
      for (const PositionPair &pair : link->pairs)
        positions.push_back(position_in(*mapper, *link->child, pair.child));
      const auto empty = std::ranges::find_if(
          positions, [&](unsigned position) { return can_be_empty(*mapper, position); });
      if (empty == positions.end())
        continue;
      session_.store->for_each(*mapper, [&](ObjectState &child) {
        if (child.status != ObjectStatus::persistent || child.read_only)
          return;
        const std::vector<Value> key = key_in_row(*link, child);
        const bool leaves = session_.link_work.awaited(child, *link) || key_in(*link, child) != key;
        if (leaves && std::ranges::find(parents, parent_by_key(*link, key)) != parents.end())
          left.push_back({&child, *empty});
      });
    }
  return left;
}

/// Loads and writes the children of parents whose keys change, for a link without passive_updates.
void LinkSync::write_keys(const KeyLink &link, const std::vector<Side> &parents) {
  for (const Side &side : parents) {
    const std::vector<unsigned> positions = parent_positions(link, *side.mapper);
    std::vector<ObjectState *> changed;
    session_.store->for_each(*side.mapper, [&](ObjectState &parent) {
      if (parent.status == ObjectStatus::persistent && !parent.read_only &&
          values_in_row(parent, positions) != values_of(parent, positions))
        changed.push_back(&parent);
    });
    session_.loader.load_links(*link.down, changed, {});
    for (ObjectState *parent : changed)
      for (ObjectState *child : children_in_row(link, values_in_row(*parent, positions)))
        copy_key(link, *child, *parent);
  }
}

/// Returns the children that the session holds and that have that key, in their rows and
/// themselves.
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
        ascii_lower(constraint.on_update) == "cascade" &&
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

} // namespace declorm::detail
