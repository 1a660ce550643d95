// row_references.cpp: foreign keys of rows, looked up among the rows of the same flush.
#include "runtime/orm/flush/row_references.h"

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

bool RowReferences::is_changed(const ObjectState &state, const Place &place) {
  const bool was = packer_.pack_values(state, place.positions, Values::of_rows, packed_before_);
  return packer_.pack_values(state, place.positions, Values::of_objects, packed_) &&
         (!was || packed_ != packed_before_);
}

bool RowReferences::has_keys(const ObjectState &state) {
  const std::vector<Place> &places = places_of(*state.mapper).keys;
  return std::any_of(places.begin(), places.end(), [&](const Place &place) {
    return packer_.pack_values(state, place.positions, values_, packed_);
  });
}

void RowReferences::add_target(ObjectState &state) {
  for (const Place &place : places_of(*state.mapper).targets)
    if (packer_.pack_values(state, place.positions, values_, packed_))
      targets_[place.index].rows.emplace(packed_, &state);
}

bool RowReferences::changes_target(const ObjectState &state) {
  const std::vector<Place> &places = places_of(*state.mapper).targets;
  return std::any_of(places.begin(), places.end(),
                     [&](const Place &place) { return is_changed(state, place); });
}

ObjectState *RowReferences::target_of(const ObjectState &state, const Place &place) {
  const auto &rows = targets_[keys_[place.index].target].rows;
  if (rows.empty() || !packer_.pack_values(state, place.positions, values_, packed_))
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
