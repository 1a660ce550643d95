// unique_values.cpp: the unique columns of a table, and whose rows have which values.
#include "runtime/orm/flush/unique_values.h"

#include "declorm/error.h"

#include <algorithm>

namespace declorm::detail {

UniqueValues::UniqueValues(const Table &table) : table_(table) {
  std::vector<std::string> key;
  for (const Column *column : table.primary_key())
    key.push_back(column->name());
  add_set(std::move(key));
  for (const Column *column : table.columns())
    if (column->unique())
      add_set({column->name()});
  for (const Constraint &constraint : table.constraints())
    if (constraint.kind == ConstraintKind::unique)
      add_set(constraint.columns);
  for (const Index &index : table.indexes())
    if (index.unique && index.where.empty() && index.expressions.empty())
      add_set(index.columns);
    else
      has_others_ |= index.unique;
}

void UniqueValues::add_set(std::vector<std::string> columns) {
  const bool is_known =
      std::ranges::any_of(sets_, [&](const Set &set) { return set.columns == columns; });
  if (!columns.empty() && !is_known)
    sets_.push_back({std::move(columns), {}});
}

const std::vector<unsigned> &UniqueValues::positions(const MapperState &mapper, std::size_t set) {
  const auto [known, is_new] = positions_.try_emplace(&mapper);
  if (is_new)
    for (const Set &each : sets_)
      known->second.push_back(positions_of(mapper, table_, each.columns));
  return known->second[set];
}

bool UniqueValues::is_written(const MapperState &mapper, const ColumnMask &changed) {
  if (has_others_)
    return true;
  for (std::size_t i = 0; i != sets_.size(); ++i)
    if (std::ranges::any_of(positions(mapper, i), [&](unsigned at) { return changed[at]; }))
      return true;
  return false;
}

void UniqueValues::add_holder(ObjectState &state) {
  for (std::size_t i = 0; i != sets_.size(); ++i) {
    const std::vector<unsigned> &own = positions(*state.mapper, i);
    if (own.empty() || !packer_.pack_values(state, own, Values::of_rows, packed_before_))
      continue;
    const bool keeps = state.status == ObjectStatus::persistent && state.fill == 0 &&
                       packer_.pack_values(state, own, Values::of_objects, packed_) &&
                       packed_ == packed_before_;
    if (!keeps)
      has_holders_ |= sets_[i].holders.emplace(packed_before_, &state).second;
  }
}

ObjectState *UniqueValues::holder_of(const ObjectState &taker, std::size_t set) {
  const auto &holders = sets_[set].holders;
  const std::vector<unsigned> &own = positions(*taker.mapper, set);
  if (holders.empty() || own.empty())
    return nullptr;
  try {
    if (!packer_.pack_values(taker, own, Values::of_objects, packed_))
      return nullptr;
  } catch (const DatabaseError &) {
    return nullptr; // a value that cannot be stored: its INSERT or UPDATE says so
  }
  const auto found = holders.find(packed_);
  return found == holders.end() ? nullptr : found->second;
}

std::optional<unsigned> UniqueValues::emptied(const ObjectState &holder, std::size_t set) {
  for (const unsigned position : positions(*holder.mapper, set))
    if (can_be_empty(*holder.mapper, position))
      return position;
  return {};
}

bool can_be_empty(const MapperState &mapper, unsigned position) {
  const Field &field = mapper.all_fields[position];
  const ColumnInfo &info = mapper.infos[position];
  const bool is_versioned = mapper.version && mapper.version->by_server; // by each UPDATE
  return info.column->nullable() && !info.is_key && !info.read_only && !is_versioned &&
         (field.optional || field.null_reads);
}

} // namespace declorm::detail
