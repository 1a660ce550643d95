// value_rows.h: one statement for many rows that are values, and belong to no object.
#ifndef DECLORM_ORM_ROWS_VALUE_ROWS_H
#define DECLORM_ORM_ROWS_VALUE_ROWS_H

#include "runtime/engine/connection_state.h"

#include <functional>
#include <span>

namespace declorm::detail {

/// Is told of each row of execute_rows() by its number.
struct ValueRowListener {
  std::function<void(std::size_t row)> expected; ///< the next error is about this row
  std::function<void(std::size_t row, const Outcome &outcome)> written;
};

/// Executes the statement with the values of each row as its parameters, in batches, in the
/// connection's transaction, which it begins if there is none. Throws the database's error with the
/// parameters of its row.
void execute_rows(ConnectionState &connection, const std::string &sql,
                  std::span<const std::vector<Value>> rows, const ValueRowListener &listener);

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_VALUE_ROWS_H
