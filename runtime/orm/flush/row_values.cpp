// row_values.cpp: values of objects, and of their rows, packed.
#include "runtime/orm/flush/row_values.h"

#include "runtime/orm/rows/keys.h"

#include <algorithm>

namespace declorm::detail {

std::vector<unsigned> positions_of(const MapperState &mapper, const Table &table,
                                   std::span<const std::string> columns) {
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

bool ValuePacker::pack_values(const ObjectState &state, std::span<const unsigned> positions,
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

} // namespace declorm::detail
