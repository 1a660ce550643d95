// refused_row.h: what a flush knows of a row that the database refused.
#ifndef DECLORM_ORM_FLUSH_REFUSED_ROW_H
#define DECLORM_ORM_FLUSH_REFUSED_ROW_H

#include "runtime/orm/flush/link_sync.h"

#include <string>

namespace declorm::detail {

/// The row that a flush is about to write. It belongs to an object, or to a table in between.
struct WrittenRow {
  enum Verb : unsigned char { inserted, updated, deleted };

  Verb verb = inserted;
  unsigned part = 0; ///< the table, as an index in the parts of the object's mapper
  ObjectState *state = nullptr;
  RowOfLink link; ///< of these two one is set, or none: then no row is written
};

/// Returns the error with what the session knows of the row in front of the database's words, which
/// say neither which object it was nor what its relationships have to do with it. Returns the error
/// itself if the session knows nothing. The session must be as it was when the row was written.
IntegrityError explain_refusal(SessionState &session, const WrittenRow &row,
                               const IntegrityError &error);

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_REFUSED_ROW_H
