// link_rows.h: the rows of tables in between that many-to-many relationships keep.
#ifndef DECLORM_ORM_LINK_ROWS_H
#define DECLORM_ORM_LINK_ROWS_H

#include "runtime/engine/connection_state.h"
#include "runtime/orm/link_sync.h"

namespace declorm::detail {

/// Deletes and inserts the rows, and forgets them. Objects at both ends have their keys. Throws
/// StaleDataError if a row to be deleted is not there.
void write_link_rows(ConnectionState &connection, LinkWork &work);

} // namespace declorm::detail

#endif // DECLORM_ORM_LINK_ROWS_H
