// versions.h: the version of a row, which tells whether somebody else has written it.
//
// An UPDATE or DELETE of an object looks for its row by the key and by the version that was read.
// Where the class has a version, the key that a RowWriter is given has it behind the key's values.
#ifndef DECLORM_ORM_ROWS_VERSIONS_H
#define DECLORM_ORM_ROWS_VERSIONS_H

#include "runtime/engine/connection_state.h"
#include "runtime/orm/rows/keys.h"

namespace declorm::detail {

/// Gives the object of a new row its first version: 1, or what the generator makes of none.
void make_first_version(const MapperState &mapper, void *object);
/// Gives the object, which has the version that its row was read with, the next one.
void make_next_version(const MapperState &mapper, void *object);

/// Returns the version that the object has.
inline Value version_of(const MapperState &mapper, const void *object) {
  return value_of(mapper.all_fields[mapper.version->position], object);
}

/// Returns what finds the row of an object that has the key and version of it.
inline Key key_with_version(const MapperState &mapper, const void *object) {
  Key key = key_of(mapper, object);
  key.push_back(version_of(mapper, object));
  return key;
}

/// Throws StaleDataError for a row that an UPDATE or DELETE of an object did not find: it says
/// which version the row has now, or that it is gone. `found_by`: the key and the version that were
/// looked for, the key as the part's table has it.
[[noreturn]] void throw_stale(ConnectionState &connection, const MapperState &mapper, unsigned part,
                              bool is_update, const Key &found_by);
/// Throws StaleDataError for an object that is merged, whose version is not that of the object
/// held.
void check_merged_version(const MapperState &mapper, const void *given, const Key &key,
                          const Value &held);

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_VERSIONS_H
