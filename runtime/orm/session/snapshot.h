// snapshot.h: what the database holds of an object, packed.
//
// An entry a column, the key's first: a tag byte, then the value. Change tracking compares these
// bytes with those of the object as it is now.
#ifndef DECLORM_ORM_SESSION_SNAPSHOT_H
#define DECLORM_ORM_SESSION_SNAPSHOT_H

#include "runtime/orm/rows/mapper_statements.h"

#include <cstring>
#include <span>

namespace declorm::detail {

struct ObjectState;

/// A growing buffer that is used again and again.
class PackBuffer {
public:
  void clear() { size_ = 0; }
  std::span<const std::byte> bytes() const { return {data_.data(), size_}; }
  /// Room for `count` more bytes, which are then counted as written.
  std::byte *grow(std::size_t count) {
    if (size_ + count > data_.size())
      data_.resize((size_ + count) * 2);
    std::byte *place = data_.data() + size_;
    size_ += count;
    return place;
  }

private:
  std::vector<std::byte> data_ = std::vector<std::byte>(256);
  std::size_t size_ = 0;
};

/// Appends the entries of `fields` (the mapper's packed_fields, or the first of them).
void pack(std::span<const Field> fields, const void *object, PackBuffer &buffer);
/// Appends the entry of one value.
void pack(const Value &value, PackBuffer &buffer);

/// The entry of one field of an object.
std::string packed_value(const Field &field, const void *object);

/// Tags. An integer's is tag_integer plus the number of its bytes (0 to 8).
enum PackTag : unsigned {
  tag_null = 0,
  tag_integer = 1,
  tag_real = 10,
  tag_text8 = 11,
  tag_text32 = 12,
  tag_blob8 = 13,
  tag_blob32 = 14,
};

/// Bytes of one entry, its tag included.
inline std::size_t entry_size(const std::byte *entry) {
  const auto tag = unsigned(entry[0]);
  if (tag < tag_real)
    return tag == tag_null ? 1 : 1 + (tag - tag_integer);
  if (tag == tag_real)
    return 9;
  if (tag == tag_text8 || tag == tag_blob8)
    return 2 + std::size_t(entry[1]);
  std::uint32_t size;
  std::memcpy(&size, entry + 1, 4);
  return 5 + std::size_t(size);
}

/// Bytes of the first `count` entries.
inline std::size_t packed_size(const std::byte *entries, std::size_t count) {
  std::size_t size = 0;
  for (std::size_t i = 0; i != count; ++i)
    size += entry_size(entries + size);
  return size;
}
/// The value of the entry at `entry`, which moves behind it.
Value unpack(const std::byte *&entry);

/// The positions whose entries differ.
ColumnMask changed_columns(const MapperState &mapper, const std::byte *left,
                           const std::byte *right);
/// What the row of an object has at these positions; of one without a snapshot that has them, what
/// the object has.
std::vector<Value> values_in_row(const ObjectState &state, std::span<const unsigned> positions);
/// Where the entry of that position begins in a snapshot.
std::size_t packed_offset(const MapperState &mapper, const std::byte *snapshot, unsigned position);
/// The entry at that position of a snapshot.
std::string_view entry_at(const MapperState &mapper, const std::byte *snapshot, unsigned position);
/// The key in a snapshot.
std::vector<Value> unpack_key(const MapperState &mapper, const std::byte *snapshot);

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_SNAPSHOT_H
