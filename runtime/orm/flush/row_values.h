// row_values.h: what objects and their rows hold in some columns, in a form that can be looked up.
#ifndef DECLORM_ORM_FLUSH_ROW_VALUES_H
#define DECLORM_ORM_FLUSH_ROW_VALUES_H

#include "runtime/orm/session/object_store.h"
#include "runtime/orm/session/snapshot.h"

#include <span>
#include <string>

namespace declorm::detail {

/// Says whose values are meant: what rows hold now is in snapshots, what they will hold is in
/// objects.
enum class Values : unsigned char { of_objects, of_rows };

/// Returns the positions at which the class has the columns of one of its tables. Returns none if
/// it does not have all of them.
std::vector<unsigned> positions_of(const MapperState &mapper, const Table &table,
                                   std::span<const std::string> columns);

/// Packs values of objects. It keeps its memory from one call to the next.
class ValuePacker {
public:
  /// Packs the values at those positions. Returns false if one of them is NULL, or the database has
  /// yet to make it.
  bool pack_values(const ObjectState &state, std::span<const unsigned> positions, Values values,
                   std::string &packed);

private:
  PackBuffer buffer_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_ROW_VALUES_H
