// pending_links.cpp: what sides in step have left to be written, and names for messages.
#include "runtime/orm/flush/link_sync.h"

#include "runtime/engine/field_io.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/session/snapshot.h"

#include <algorithm>

namespace declorm::detail {

/// Returns " with key (1, 'x')"; "" if nobody has set the key, or the database made it in a flush
/// that goes on.
static std::string key_of_new(const ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  const auto is_unset_at = [&](unsigned position) {
    return mapper.infos[position].unset != Unset::never &&
           is_unset(mapper.all_fields[position], mapper.infos[position], state.object);
  };
  const auto is_empty_at = [&](unsigned position) {
    return is_empty(mapper.all_fields[position], state.object);
  };
  const std::vector<unsigned> &key = mapper.key_positions;
  try {
    const bool is_given = !state.root_written &&
                          std::none_of(key.begin(), key.end(), is_unset_at) &&
                          !std::all_of(key.begin(), key.end(), is_empty_at);
    return is_given ? " with key " + key_text(key_of(mapper, state.object)) : "";
  } catch (const DatabaseError &) {
    return ""; // it cannot be stored
  }
}

std::string name_of(const ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  if (state.status == ObjectStatus::pending || !state.snapshot) {
    // A text tells one new object from another.
    for (unsigned i = 0; i != mapper.all_fields.size(); ++i) {
      const Field &field = mapper.all_fields[i];
      if (field.code != TypeCode::text || is_indirect(field) || field.optional ||
          mapper.discriminator == i) // all objects of the class have that
        continue;
      const auto *text = static_cast<const std::string *>(
          static_cast<const void *>(static_cast<const std::byte *>(state.object) + field.offset));
      if (!text->empty())
        return "a new " + mapper.name + " ('" + *text + "')";
    }
    return "a new " + mapper.name + key_of_new(state);
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

void LinkWork::add_fill(ObjectState &child, const KeyLink &link, ObjectState &parent) {
  KeyFill &fill = fills_.emplace_back(KeyFill{&child, &parent, &link, 0});
  ++fill_count_;
  lead_to(fill, std::uint32_t(fills_.size()));
}

/// Lets the last key of the child lead to this one.
void LinkWork::lead_to(KeyFill &fill, std::uint32_t place) {
  std::uint32_t *at = &fill.child->fill;
  while (*at != 0)
    at = &fills_[*at - 1].next;
  *at = place;
}

ObjectState *LinkWork::awaited(const ObjectState &child, const KeyLink &link) const {
  ObjectState *parent = nullptr;
  for_each_fill(child, [&](const KeyFill &fill) {
    if (fill.link == &link)
      parent = fill.parent;
  });
  return parent;
}

std::vector<ObjectState *> LinkWork::children_with_rows() const {
  std::vector<ObjectState *> children;
  for (std::size_t i = 0; i != fills_.size(); ++i) {
    const KeyFill &fill = fills_[i];
    const bool is_first = fill.link && fill.child->fill == i + 1;
    if (is_first && fill.child->status == ObjectStatus::persistent)
      children.push_back(fill.child);
  }
  return children;
}

void LinkWork::restore(const LinkWork &copy) {
  for (const KeyFill &fill : fills_)
    fill.child->fill = 0;
  fills_ = copy.fills_;
  fill_count_ = copy.fill_count_;
  row_count_ = copy.row_count_;
  rows_ = copy.rows_;
  for (KeyFill &fill : fills_)
    fill.next = 0;
  for (std::size_t i = 0; i != fills_.size(); ++i)
    if (fills_[i].link)
      lead_to(fills_[i], std::uint32_t(i + 1));
}

void LinkWork::add_row(const RowOfLink &row, bool is_added, bool may_exist) {
  const auto [known, is_new] = rows_.emplace(row, Row{is_added, may_exist, ++row_count_});
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

} // namespace declorm::detail
