// secondary_rows.h: the rows of tables in between that many-to-many relationships keep.
#ifndef DECLORM_ORM_ROWS_SECONDARY_ROWS_H
#define DECLORM_ORM_ROWS_SECONDARY_ROWS_H

#include "runtime/engine/connection_state.h"
#include "runtime/orm/flush/refused_row.h"

namespace declorm::detail {

/// Deletes and inserts the rows that `work` has, and forgets them. The objects at both ends must
/// have their keys. `written` becomes the row that is about to be written. Throws StaleDataError if
/// a row to be deleted is not there. A link that no loaded list shows may have its row already.
void write_secondary_rows(ConnectionState &connection, LinkWork &work, WrittenRow &written);

/// Deletes those rows now that `work` wants deleted and that lead to one of the objects.
void delete_secondary_rows(ConnectionState &connection, LinkWork &work, WrittenRow &written,
                           std::span<ObjectState *const> of);

/// Returns whether nothing but the link itself is unique in the table.
bool is_only_link_unique(const RowLink &link);

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_SECONDARY_ROWS_H
