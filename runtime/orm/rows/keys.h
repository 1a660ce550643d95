// keys.h: the keys of objects, and whether a member holds anything.
#ifndef DECLORM_ORM_ROWS_KEYS_H
#define DECLORM_ORM_ROWS_KEYS_H

#include "runtime/orm/rows/mapper_statements.h"

namespace declorm::detail {

/// The values of a key, in key order.
using Key = std::vector<Value>;

/// Does what is_unset() does, for any other member than a plain int64.
bool is_other_unset(const Field &field, const ColumnInfo &info, const void *object);
/// Returns whether the member holds what means "not given" at INSERT.
inline bool is_unset(const Field &field, const ColumnInfo &info, const void *object) {
  if (info.unset == Unset::zero && field.code == TypeCode::int64 && !is_indirect(field))
    return *static_cast<const std::int64_t *>(
               static_cast<const void *>(static_cast<const char *>(object) + field.offset)) == 0;
  return is_other_unset(field, info, object);
}
/// Returns whether the member holds NULL, 0, an empty value or the nil UUID.
bool is_empty(const Field &field, const void *object);
/// Returns the key that the object's members say.
Key key_of(const MapperState &mapper, const void *object);
/// Throws ArgumentError if the class's key has not that many columns.
void check_key_size(const MapperState &mapper, std::size_t size);
/// Returns the key as messages show it: (5, 'x').
std::string key_text(const Key &key);
/// Returns what counts as not given in a key: 0, "", no bytes, or the nil UUID.
Value zero_of(const Field &field);

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_KEYS_H
