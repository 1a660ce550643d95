// snapshot.h: what the database holds of an object, packed.
//
// A snapshot has one entry for each column, those of the key first. An entry is a tag byte and the
// value. Change tracking compares these bytes with those of the object as it is now.
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
  /// Gives room for `count` more bytes, which count as written from now on.
  std::byte *grow(std::size_t count) {
    std::byte *const place = room(count);
    size_ += count;
    return place;
  }
  /// Gives room for `count` more bytes; those before `end` count as written after end_at(end).
  std::byte *room(std::size_t count) {
    if (size_ + count > data_.size())
      data_.resize((size_ + count) * 2);
    return data_.data() + size_;
  }
  void end_at(const std::byte *end) { size_ = static_cast<std::size_t>(end - data_.data()); }
  /// Where the room ends that there is without growing.
  const std::byte *limit() const { return data_.data() + data_.size(); }

private:
  std::vector<std::byte> data_ = std::vector<std::byte>(256);
  std::size_t size_ = 0;
};

/// Appends the entries of `fields` (the mapper's packed_fields, or the first of them).
void pack(std::span<const Field> fields, const void *object, PackBuffer &buffer);
/// Appends the entry of one value.
void pack(const Value &value, PackBuffer &buffer);

/// Lets `object`, of that class, have what the entries at `entry` hold, its packed_fields. A member
/// that has it already is left alone.
void unpack_into(const MapperState &mapper, const std::byte *entry, void *object);

/// Packs one field of an object, and gives the entry.
std::string packed_value(const Field &field, const void *object);

/// What an entry begins with. An integer's tag is tag_integer plus the number of its bytes, 0 to 8.
enum PackTag : unsigned {
  tag_null = 0,
  tag_integer = 1,
  tag_real = 10,
  tag_text8 = 11,
  tag_text32 = 12,
  tag_blob8 = 13,
  tag_blob32 = 14,
};

/// How many bytes an entry has, its tag included.
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

/// How many bytes the first `count` entries have.
inline std::size_t packed_size(const std::byte *entries, std::size_t count) {
  std::size_t size = 0;
  for (std::size_t i = 0; i != count; ++i)
    size += entry_size(entries + size);
  return size;
}
/// Reads the value of the entry at `entry`, and moves `entry` behind it.
Value unpack(const std::byte *&entry);

/// Finds the positions whose entries differ in two snapshots of the class.
ColumnMask changed_columns(const MapperState &mapper, const std::byte *left,
                           const std::byte *right);
/// The same into `changed`.
void find_changed_columns(const MapperState &mapper, const std::byte *left, const std::byte *right,
                          ColumnMask &changed);
/// Tells what the row of an object has at these positions. Of an object whose snapshot does not
/// have them, it tells what the object has.
std::vector<Value> values_in_row(const ObjectState &state, std::span<const unsigned> positions);
/// Finds where the entry of that position begins in a snapshot.
std::size_t packed_offset(const MapperState &mapper, const std::byte *snapshot, unsigned position);
/// Gives the entry of that position in a snapshot.
std::string_view entry_at(const MapperState &mapper, const std::byte *snapshot, unsigned position);
/// Reads the key that a snapshot begins with.
std::vector<Value> unpack_key(const MapperState &mapper, const std::byte *snapshot);

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_SNAPSHOT_H
