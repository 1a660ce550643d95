// field_exact.cpp: UUIDs and decimals of members, read from what a database gave.
#include "runtime/engine/text_storage.h"

namespace declorm::detail {

void set_uuid(const Field &field, UUID &uuid, const Value &value) {
  try {
    uuid = type_traits<UUID>::from_column(value);
  } catch (const DataError &) {
    throw_unfit(field, value);
  }
}

Int128 decimal_of(const Field &field, const Value &value) {
  try {
    return decimal_from_value(value, decimal_shape(field));
  } catch (const DataError &) {
    throw_unfit(field, value);
  }
}

} // namespace declorm::detail
