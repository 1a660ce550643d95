// type_fit.h: whether columns of two types hold the same values.
#ifndef DECLORM_SCHEMA_TYPE_FIT_H
#define DECLORM_SCHEMA_TYPE_FIT_H

#include "declorm/type.h"

namespace declorm::detail {

/// Whether what is written as the one type is kept, and read back, by a column of the other:
/// integers of all sizes and booleans do, text and what is written as text (dates, UUIDs, JSON,
/// names of enumerators) do, a date and a point of time do not. Lengths and digits do not matter. A
/// type nobody knows (raw, null) fits all. The order of the two does not matter.
bool types_fit(const Type &first, const Type &second);

/// For types that fit: whether `found` has room for the length and the digits that `declared` asks
/// for, and is of its name if nobody knows either. No length is any length.
bool sizes_fit(const Type &declared, const Type &found);

} // namespace declorm::detail

#endif // DECLORM_SCHEMA_TYPE_FIT_H
