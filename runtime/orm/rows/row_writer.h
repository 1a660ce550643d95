// row_writer.h: INSERT, UPDATE and DELETE of objects' rows, for sessions and plain objects alike.
#ifndef DECLORM_ORM_ROWS_ROW_WRITER_H
#define DECLORM_ORM_ROWS_ROW_WRITER_H

#include "runtime/engine/connection_state.h"
#include "runtime/orm/rows/keys.h"

#include <chrono>

namespace declorm::detail {

/// Returns " matched no row: table 't' has none where a = 1 and b = 'x'. …": what StaleDataErrors
/// say of an UPDATE or DELETE that wanted one row, and what may have been.
std::string text_of_matched(std::int64_t rows, const Table &table,
                            std::span<const Column *const> columns, std::span<const Value> values);

/// Is told what becomes of the rows that a RowWriter was given, in the order it was given them. A
/// row has a number, which counts from 0 in each batch that the writer sends.
class RowListener {
public:
  virtual ~RowListener() = default;
  /// The result of the row comes next: an error that the writer throws before row_written() is
  /// about this row.
  virtual void row_expected(std::size_t number) = 0;
  /// The row is in the database, and what the database made of it is in the object. `plan`: of an
  /// INSERT; else null.
  virtual void row_written(std::size_t number, void *object, const InsertPlan *plan) = 0;
  /// The batch of as many rows is over, with or without an error. The row behind it has the number
  /// 0.
  virtual void batch_ended(std::size_t count) noexcept = 0;
};

/// Writes rows of one class into one of its tables through one connection. Rows that follow each
/// other with the same statement are kept, and handed to the driver as one batch, when send() is
/// called, when a row comes that needs another statement, or when the batch is full. Objects must
/// live, unchanged, until then.
///
/// A row that fails throws the database's error with the row's parameters. The rows before it are
/// written then, and the listener was told of them; its own object and those behind it are as they
/// were before they were given to the writer, and the writer has forgotten them.
class RowWriter {
public:
  /// `part`: the index of the table in the mapper's parts. `listener`: null if nobody wants to
  /// know.
  RowWriter(ConnectionState &connection, const MapperState &mapper, unsigned part = 0,
            RowListener *listener = nullptr);
  /// Forgets rows that were not sent.
  ~RowWriter();
  RowWriter(const RowWriter &) = delete;
  RowWriter &operator=(const RowWriter &) = delete;

  /// Gives unset members their defaults. When the row is sent, what the database makes is written
  /// into the object, if it is wanted there.
  void insert(void *object);
  /// From now on objects do not get what the database makes of their rows.
  void discard_results() { discards_results_ = true; }
  /// Writes the columns of `changed` that are in the table, and those with an onupdate. `old_key`:
  /// empty if the key did not change; where the table has the version of the row (versions.h),
  /// empty if the object has that which was read, too. Adds to `changed` what onupdate changed in
  /// the object, and the version that was made. When the row is sent, StaleDataError is thrown if
  /// it is not there.
  void update(void *object, ColumnMask &changed, Key old_key = {});
  /// When the row is sent, StaleDataError is thrown if it is not there. `old_key`: as in update().
  void remove(const void *object, Key old_key = {});
  /// Hands the rows that were given to the database, and takes their results.
  void send();
  /// Sends, gives the statement back, and reports one event for all that it wrote.
  void finish();
  /// Forgets what was said about results, and plans that are not those of the mapper any more: a
  /// writer that has finished is used again.
  void begin_again();
  /// How many rows wait to be sent.
  std::size_t waiting() const { return rows_.size(); }

  /// What insert() does to the object.
  enum class Change : unsigned char {
    none,
    by_database, ///< it gets what the database makes, which can be discarded
    by_default,  ///< it gets what is then written to the row
  };
  static Change change_by_insert(const MapperState &mapper, const void *object);
  /// Puts members that an INSERT by `plan` filled back to "not given".
  static void unset(const MapperState &mapper, const InsertPlan &plan, void *object);

private:
  enum class Verb : unsigned char { insert, update, remove };
  struct Row {
    void *object;
    Key old_key; ///< empty: the key is what the object says; the version may stand behind it
  };
  /// What a member held before a default or an onupdate gave it another value.
  struct MadeValue {
    std::size_t row;
    void *object;
    unsigned position;
    Value before;
  };

  /// The statement is the one for the row that comes next.
  void use(Verb verb, std::size_t id, const std::string &sql, const BatchLayout &layout,
           const Row &row, const InsertPlan *insert = nullptr, const UpdatePlan *update = nullptr);
  void add(Row row);
  void take_result(const Row &row);
  void take_insert(const Row &row, const Outcome &outcome);
  void end_batch() noexcept;
  /// Gives the statement back, and reports what it wrote.
  void report();
  /// Calls `prepare()`, which makes values of the row that comes next. Where that throws, the row
  /// is as before, and those before it are written, as they would be one by one.
  template <class Prepare> void prepare_row(Prepare prepare);
  void expect(std::size_t row);
  void tell(std::size_t row);
  void read_again(const UpdatePlan &plan);
  /// The parameters of the row's execution, for the log and for errors.
  static std::vector<std::string> texts_of(const BatchLayout &layout, const Row &row);
  void expect_one_row(const Row &row, std::int64_t rows);
  const Column &column_of(unsigned position) const;
  std::string column_title(unsigned position) const;
  [[noreturn]] void throw_no_key(unsigned position) const;
  void expect_generated_key();
  void expect_inserted(const Outcome &outcome);
  /// Gives unset members their defaults, and sees to what the INSERT leaves out. Throws
  /// InvalidRequestError if the object has no key and nothing makes one.
  void apply_defaults(void *object);
  void apply_onupdates(void *object, ColumnMask &changed);
  void apply_next_version(void *object, ColumnMask &changed);
  void note_made(unsigned position, void *object);
  /// Puts members back that got other values: of the rows from `first` on, and of the one that
  /// comes next.
  void restore_made(std::size_t first);
  const InsertPlan &insert_plan();

  ConnectionState &connection_;
  const MapperState &mapper_;
  const unsigned part_index_;
  const TablePart &part_;
  MapperStatements &statements_;
  RowListener *const listener_;

  // The statement in use, and the rows that wait for it.
  Verb verb_ = Verb::insert;
  StatementLease statement_;
  std::size_t statement_id_ = ~std::size_t(0);
  const std::string *sql_ = nullptr;
  BatchLayout layout_;
  const InsertPlan *insert_ = nullptr; ///< that the statement is of, if it is one
  const UpdatePlan *update_ = nullptr; ///< the same
  std::unique_ptr<Batch> batch_;       ///< made when a second row waits
  std::vector<Row> rows_;
  std::size_t capacity_ = 1;
  bool discards_results_ = false;
  std::vector<MadeValue> made_, made_next_; ///< of the rows; of the one that comes next

  // Plans.
  const InsertPlan *full_plan_ = nullptr;   ///< of read_only_
  const InsertPlan *insert_plan_ = nullptr; ///< of insert_mask_
  const UpdatePlan *update_plan_ = nullptr; ///< of update_mask_
  unsigned generation_;                     ///< of the plans
  ColumnMask read_only_;                    ///< columns that the database computes
  ColumnMask insert_mask_, update_mask_;
  ColumnMask mask_;         ///< what the next INSERT leaves out,
  bool leaves_out_ = false; ///< if it is anything but read_only_

  // What is reported of the statement.
  bool watched_;
  std::vector<std::vector<std::string>> executed_; ///< parameters, if somebody watches
  std::int64_t executions_ = 0;
  std::chrono::steady_clock::time_point begin_{};
};

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_ROW_WRITER_H
