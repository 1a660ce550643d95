// snapshot.h: what the database holds of an object, packed.
//
// An entry a column, the key's first: a tag byte, then the value. Change tracking compares these
// bytes with those of the object as it is now.
#ifndef DECLORM_ORM_SNAPSHOT_H
#define DECLORM_ORM_SNAPSHOT_H

#include "runtime/orm/mapper_statements.h"

#include <span>

namespace declorm::detail {

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

/// Bytes of the first `count` entries.
std::size_t packed_size(const std::byte *entries, std::size_t count);
/// The value of the entry at `entry`, which moves behind it.
Value unpack(const std::byte *&entry);

/// The positions whose entries differ.
ColumnMask changed_columns(const MapperState &mapper, const std::byte *left,
                           const std::byte *right);
/// The key in a snapshot.
std::vector<Value> unpack_key(const MapperState &mapper, const std::byte *snapshot);

} // namespace declorm::detail

#endif // DECLORM_ORM_SNAPSHOT_H
