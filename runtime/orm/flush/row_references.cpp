// row_references.cpp: foreign keys of rows, looked up among the rows of the same flush.
#include "runtime/orm/flush/row_references.h"

#include "runtime/orm/rows/row_writer.h"

#include <algorithm>

namespace declorm::detail {

RowReferences::RowReferences(const std::vector<const Table *> &tables, Values values)
    : values_(values) {
  for (const Table *table : tables)
    for (const Constraint &constraint : table->constraints())
      if (constraint.kind == ConstraintKind::foreign_key && !constraint.deferrable)
        add_key(*table, constraint, tables);
}

void RowReferences::add_key(const Table &table, const Constraint &constraint,
                            const std::vector<const Table *> &tables) {
  const Table *referred =
      table.metadata().find_table(ForeignKey(constraint.referred.front()).target_table());
  if (std::find(tables.begin(), tables.end(), referred) == tables.end())
    return;
  std::vector<std::string> columns;
  for (const std::string &name : constraint.referred)
    columns.push_back(ForeignKey(name).target_column());
  auto target = std::find_if(targets_.begin(), targets_.end(), [&](const Target &known) {
    return known.table == referred && known.columns == columns;
  });
  if (target == targets_.end())
    target = targets_.insert(target, {referred, std::move(columns), {}});
  keys_.push_back({&table, &constraint, std::size_t(target - targets_.begin())});
}

namespace {

/// Returns the positions at which the class has the columns of one of its tables. Returns none if
/// it does not have all of them.
std::vector<unsigned> positions_of(const MapperState &mapper, const Table &table,
                                   const std::vector<std::string> &columns) {
  const auto part = std::find_if(mapper.parts.begin(), mapper.parts.end(),
                                 [&](const TablePart &known) { return known.table == &table; });
  std::vector<unsigned> positions;
  if (part == mapper.parts.end())
    return positions;
  for (const std::string &name : columns)
    for (const PartColumn &column : part->columns)
      if (column.column->name() == name && !mapper.infos[column.position].read_only)
        positions.push_back(column.position);
  if (positions.size() != columns.size())
    positions.clear();
  return positions;
}

} // namespace

const RowReferences::Places &RowReferences::places_of(const MapperState &mapper) {
  if (last_mapper_ == &mapper)
    return *last_places_;
  const auto [known, is_new] = places_.try_emplace(&mapper);
  last_mapper_ = &mapper;
  last_places_ = &known->second; // which stays where it is
  if (!is_new)
    return known->second;
  for (std::size_t i = 0; i != keys_.size(); ++i)
    if (auto positions = positions_of(mapper, *keys_[i].table, keys_[i].constraint->columns);
        !positions.empty())
      known->second.keys.push_back({i, std::move(positions)});
  for (std::size_t i = 0; i != targets_.size(); ++i)
    if (auto positions = positions_of(mapper, *targets_[i].table, targets_[i].columns);
        !positions.empty())
      known->second.targets.push_back({i, std::move(positions)});
  return known->second;
}

bool RowReferences::read(const ObjectState &state, std::span<const unsigned> positions,
                         Values values, std::string &packed) {
  const MapperState &mapper = *state.mapper;
  const bool in_row = values == Values::of_rows && state.snapshot && !state.read_only;
  packed.clear();
  for (const unsigned position : positions) {
    if (in_row) {
      const std::string_view entry = entry_at(mapper, state.snapshot, position);
      if (unsigned(entry.front()) == tag_null)
        return false;
      packed += entry;
      continue;
    }
    const Field &field = mapper.all_fields[position];
    const ColumnInfo &info = mapper.infos[position];
    if (state.status == ObjectStatus::pending && info.unset != Unset::never &&
        is_unset(field, info, state.object))
      return false;
    buffer_.clear();
    pack(std::span(&field, 1), state.object, buffer_);
    const std::span<const std::byte> entry = buffer_.bytes();
    if (unsigned(entry.front()) == tag_null)
      return false;
    packed.append(reinterpret_cast<const char *>(entry.data()), entry.size());
  }
  return true;
}

bool RowReferences::is_changed(const ObjectState &state, const Place &place) {
  const bool was = read(state, place.positions, Values::of_rows, packed_before_);
  return read(state, place.positions, Values::of_objects, packed_) &&
         (!was || packed_ != packed_before_);
}

bool RowReferences::has_keys(const ObjectState &state) {
  const std::vector<Place> &places = places_of(*state.mapper).keys;
  return std::any_of(places.begin(), places.end(), [&](const Place &place) {
    return read(state, place.positions, values_, packed_);
  });
}

void RowReferences::add_target(ObjectState &state) {
  for (const Place &place : places_of(*state.mapper).targets)
    if (read(state, place.positions, values_, packed_))
      targets_[place.index].rows.emplace(packed_, &state);
}

bool RowReferences::changes_target(const ObjectState &state) {
  const std::vector<Place> &places = places_of(*state.mapper).targets;
  return std::any_of(places.begin(), places.end(),
                     [&](const Place &place) { return is_changed(state, place); });
}

ObjectState *RowReferences::target_of(const ObjectState &state, const Place &place) {
  const auto &rows = targets_[keys_[place.index].target].rows;
  if (rows.empty() || !read(state, place.positions, values_, packed_))
    return nullptr;
  const auto found = rows.find(packed_);
  return found == rows.end() ? nullptr : found->second;
}

bool RowReferences::changes_key_to_target(const ObjectState &state) {
  const std::vector<Place> &places = places_of(*state.mapper).keys;
  return std::any_of(places.begin(), places.end(), [&](const Place &place) {
    const ObjectState *target = target_of(state, place);
    return target && target != &state && is_changed(state, place);
  });
}

} // namespace declorm::detail
