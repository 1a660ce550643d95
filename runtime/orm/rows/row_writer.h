// row_writer.h: INSERT, UPDATE and DELETE of objects' rows, for sessions and plain objects alike.
#ifndef DECLORM_ORM_ROWS_ROW_WRITER_H
#define DECLORM_ORM_ROWS_ROW_WRITER_H

#include "runtime/engine/connection_state.h"
#include "runtime/orm/rows/keys.h"

namespace declorm::detail {

/// " matched no row: table 't' has none where a = 1 and b = 'x'. …": what StaleDataErrors say of an
/// UPDATE or DELETE that wanted one row, and what may have been.
std::string text_of_matched(std::int64_t rows, const Table &table,
                            std::span<const Column *const> columns, std::span<const Value> values);

/// Writes rows of one class into one of its tables through one connection, keeping the prepared
/// statement from one row to the next. Errors of the database carry the parameters.
class RowWriter {
public:
  /// `part`: index of the table in the mapper's parts.
  RowWriter(ConnectionState &connection, const MapperState &mapper, unsigned part = 0);
  ~RowWriter();
  RowWriter(const RowWriter &) = delete;
  RowWriter &operator=(const RowWriter &) = delete;

  /// Gives unset members their defaults, inserts, and writes what the database made into the
  /// object. On failure the object is as before. Returns the plan, which tells what was made.
  const InsertPlan &insert(void *object);
  /// Writes the columns of `changed` that are in the table, and those with an onupdate. `old_key`:
  /// null if the key did not change. Adds to `changed` what onupdate changed in the object. Throws
  /// StaleDataError if there is no such row.
  void update(void *object, ColumnMask &changed, const Key *old_key);
  /// Throws StaleDataError if there is no such row.
  void remove(const void *object, const Key *old_key);
  /// Ends the current batch: one event for all its executions.
  void finish();

  /// Whether insert() would change the object.
  static bool writes_back(const MapperState &mapper, const void *object);
  /// Puts members that an INSERT by `plan` filled back to "not given".
  static void unset(const MapperState &mapper, const InsertPlan &plan, void *object);

private:
  void use(std::size_t id, const std::string &sql);
  /// Remembers the parameters for the log, if anyone watches.
  void note_params(std::span<const Field> fields, const void *object, const Key *key);
  std::vector<std::string> params(std::span<const Field> fields, const void *object,
                                  const Key *key) const;
  void note_write();
  void bind_key(int first, const void *object, const Key *old_key);
  void expect_one_row(bool is_update, const void *object, const Key *old_key, std::int64_t rows);
  const Column &column_of(unsigned position) const;
  std::string column_title(unsigned position) const;
  [[noreturn]] void throw_no_key(unsigned position) const;
  void expect_generated_key();
  void expect_row(const Outcome &outcome);
  /// What members held that an INSERT gave another value, by position.
  using MadeValues = std::vector<std::pair<unsigned, Value>>;
  /// Gives unset members their defaults, and sees to what the INSERT leaves out. Throws
  /// InvalidRequestError, with the object as before, if it has no key and nothing makes one.
  MadeValues apply_defaults(void *object);
  void restore(const MadeValues &made, void *object) const;
  const InsertPlan &insert_plan();

  ConnectionState &connection_;
  const MapperState &mapper_;
  const unsigned part_index_;
  const TablePart &part_;
  MapperStatements &statements_;
  StatementLease statement_;
  std::size_t statement_id_ = ~std::size_t(0);
  const std::string *sql_ = nullptr;
  const InsertPlan *full_plan_ = nullptr;   ///< of read_only_
  const InsertPlan *insert_plan_ = nullptr; ///< of insert_mask_
  const UpdatePlan *update_plan_ = nullptr;
  ColumnMask read_only_; ///< columns that the database computes
  ColumnMask insert_mask_, update_mask_;
  ColumnMask mask_;         ///< what the next INSERT leaves out,
  bool leaves_out_ = false; ///< if it is anything but read_only_
  bool watched_;
  std::vector<std::vector<std::string>> batch_; ///< parameters, if watched
  std::int64_t rows_ = 0;
  bool noted_ = false; ///< that the current statement has written
  std::chrono::steady_clock::time_point begin_{};
};

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_ROW_WRITER_H
