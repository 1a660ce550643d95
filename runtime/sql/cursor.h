// cursor.h: rows into objects, for those who run their own statements.
#ifndef DECLORM_SQL_CURSOR_H
#define DECLORM_SQL_CURSOR_H

#include "runtime/engine/query_run.h"
#include "runtime/sql/entity.h"

namespace declorm::detail {

/// In a catch block: throws `error` again, with the key of the current row, whose columns of the
/// entity begin at `first`.
[[noreturn]] void throw_with_key(const DataError &error, const QueryRun &run, const Entity &entity,
                                 int first);

/// The same, with the values of these columns, which stand where the pairs say.
[[noreturn]] void throw_with_key(const DataError &error, const QueryRun &run,
                                 std::span<const std::pair<const Column *, int>> key);

/// Reads `object` from the current row.
inline void fetch_row(const QueryRun &run, const Entity &entity, void *object, int first) {
  try {
    run.fetch(entity.fields(), object, first);
    if (entity.needs_fetched)
      entity.fetched(object);
  } catch (const DataError &error) {
    throw_with_key(error, run, entity, first);
  }
}

} // namespace declorm::detail

#endif // DECLORM_SQL_CURSOR_H
