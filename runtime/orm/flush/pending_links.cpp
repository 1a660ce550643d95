// pending_links.cpp: what sides in step have left to be written, and names for messages.
#include "runtime/orm/flush/link_sync.h"

#include "runtime/engine/field_io.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/session/snapshot.h"

#include <algorithm>

namespace declorm::detail {

/// " with key (1, 'x')"; "" : nobody has set it, or the database made it in a flush that goes on.
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
    // A text tells it from others.
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

} // namespace declorm::detail
