// table_flush.h: the rows of one table on their way to the database.
#ifndef DECLORM_ORM_FLUSH_TABLE_FLUSH_H
#define DECLORM_ORM_FLUSH_TABLE_FLUSH_H

#include "runtime/orm/flush/refused_row.h"
#include "runtime/orm/flush/unique_values.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/session/object_store.h"

namespace declorm::detail {

class Flush;

/// A row that was handed to a RowWriter.
struct QueuedRow {
  ObjectState *state = nullptr;
  /// Of an UPDATE: the snapshot that the object gets when it is written; null: it is taken then.
  std::byte *snapshot = nullptr;
  std::uint32_t snapshot_size = 0;
  bool key_changed = false;  ///< by an UPDATE
  bool version_made = false; ///< by an UPDATE: the row's version is not what the program gave it
};

/// A mapped class with objects in the session, and the one of its tables that is written.
struct TableUser {
  MapperState *mapper;
  unsigned part;
  bool is_last; ///< the class has no table below this one
};

/// The rows of one class that one kind of statement writes to one table. It tells the flush what
/// became of them, in their order.
class RowQueue final : public RowListener {
public:
  RowQueue(Flush &flush, const TableUser &user, WrittenRow::Verb verb, ColumnMask changed = {});

  void insert(ObjectState &state);
  /// `changed`: scratch with what `changed()` says.
  void update(const QueuedRow &row, ColumnMask &changed, Key old_key);
  void remove(ObjectState &state, Key old_key);
  void send() { writer_.send(); }
  /// Sends, and ends the event that is reported for the statement.
  void finish() { writer_.finish(); }

  const TableUser &user() const { return user_; }
  /// Of UPDATEs: the columns that all rows of the queue change.
  const ColumnMask &changed() const { return changed_; }
  /// Whether one of them must be unique, so that a row may need a value that another one gives up.
  bool writes_unique(UniqueValues &values) {
    if (!writes_unique_)
      writes_unique_ = values.is_written(*user_.mapper, changed_);
    return *writes_unique_;
  }

private:
  void row_expected(std::size_t number) override;
  void row_written(std::size_t number, void *object, const InsertPlan *plan) override;
  void batch_ended(std::size_t count) noexcept override;

  Flush &flush_;
  const TableUser &user_;
  const WrittenRow::Verb verb_;
  const ColumnMask changed_;
  std::optional<bool> writes_unique_;
  std::vector<QueuedRow> rows_; ///< parallel to those that wait in the writer
  RowWriter writer_;
};

/// The writing of one table: of the rows of one class, or of several that share it.
class TableFlush {
public:
  TableFlush(const Table &table, const std::vector<MapperState *> &mappers);

  /// The unique columns of the table, until what they know of rows is forgotten.
  UniqueValues &unique_values() {
    if (!unique_values_)
      unique_values_.emplace(table_);
    return *unique_values_;
  }
  void forget_unique_values() { unique_values_.reset(); }

  /// Calls `function(const TableUser &)` for each class.
  template <class Function> void for_each(Function function) {
    for (const Queues &queues : users_)
      function(queues.user);
  }
  /// The class's entry, or null if its rows do not stand in this table.
  const TableUser *find(const MapperState *mapper) {
    Queues *const queues = queues_of(mapper);
    return queues ? &queues->user : nullptr;
  }
  RowQueue &inserts(Flush &flush, const TableUser &user);
  RowQueue &deletes(Flush &flush, const TableUser &user);
  /// The queue of the UPDATEs that change these columns. There are several, so that few statements
  /// write many rows. Rows in different queues change places, but not where a value must be unique.
  RowQueue &updates(Flush &flush, const TableUser &user, const ColumnMask &changed);
  void send_updates();
  /// Sends everything, and ends the events in the order of the first rows.
  void finish();

private:
  struct Queues {
    TableUser user;
    std::unique_ptr<RowQueue> inserts, deletes;
    std::vector<std::unique_ptr<RowQueue>> updates;
  };

  Queues *queues_of(const MapperState *mapper);
  void keep_order(RowQueue &queue);

  const Table &table_;
  std::optional<UniqueValues> unique_values_;
  std::vector<Queues> users_;
  Queues *last_ = nullptr;
  std::vector<RowQueue *> updates_; ///< of all classes, in the order of their first rows
  RowQueue *last_unique_ = nullptr; ///< the last one that got a row and writes unique values
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_TABLE_FLUSH_H
