// flush.h: one flush: everything that changed in a session is written. Martin Fowler's Unit of
// Work.
//
// This folder decides what is written and in which order, and keeps what a rollback needs. LinkSync
// brings relationships in step and carries them into foreign keys; order_tables() and RowGraph put
// tables and rows in order; TableFlush hands the rows to RowWriters (orm/rows), which know the SQL
// and the batches of the driver; what comes back is put into objects, snapshots and the identity
// map of the session (orm/session) as each row is written. The folder owns nothing that outlives a
// flush, and calls loading only where lists must be read before their objects can go.
#ifndef DECLORM_ORM_FLUSH_FLUSH_H
#define DECLORM_ORM_FLUSH_FLUSH_H

#include "runtime/orm/flush/flush_order.h"
#include "runtime/orm/flush/hooks.h"
#include "runtime/orm/flush/table_flush.h"
#include "runtime/orm/session/snapshot.h"

#include <unordered_set>

namespace declorm::detail {

/// Writes the changes of a session once. Rows wait in the queues of their table until a batch of
/// them is sent, and objects stay as they are until the results come: only row_inserted(),
/// row_updated() and row_deleted() change what the session knows of them, in the order of the rows.
class Flush {
public:
  explicit Flush(SessionState &session) : session_(session), sync_(session) {}
  Flush(const Flush &) = delete;
  Flush &operator=(const Flush &) = delete;

  /// Writes the changes of these classes. `only`: null for all classes. Throws what the database
  /// says, and FlushError; the caller rolls back then, and calls undo().
  void run(const std::vector<const MapperState *> *only);
  /// Returns the size of the undo log when relationships were brought in step: what stands behind
  /// it is undone before undo(), what stands before it afterwards.
  std::size_t undo_mark() const { return undo_mark_; }
  /// Gives members, keys and states back what relationships changed in them.
  void undo() {
    sync_.undo();
    hooks_.undo();
  }
  /// The last row that was to be written.
  const WrittenRow &row() const { return row_; }

  // For the queues of rows.
  ConnectionState &connection();
  void expect_row(const WrittenRow &row) { row_ = row; }
  void row_inserted(const TableUser &user, ObjectState &state, const InsertPlan &plan);
  void row_updated(const TableUser &user, const QueuedRow &row);
  void row_deleted(const TableUser &user, ObjectState &state);

private:
  std::vector<MapperState *> mappers(const std::vector<const MapperState *> *only) const;
  void follow_changes(const std::vector<MapperState *> &mappers);
  void write(const std::vector<MapperState *> &mappers);
  void write_deletes(const std::vector<TableGroup> &groups, std::span<TableFlush> tables);
  void insert_all(TableFlush &table);
  void update_all(TableFlush &table);
  /// Writes what changed of a few objects, in all their tables.
  void update_some(std::span<TableFlush> tables, std::span<ObjectState *const> states);
  /// Writes objects that change unique values, each behind those whose values it takes.
  void update_in_order(TableFlush &table, std::span<ObjectState *const> states);
  /// Sees to it that no row which goes, or is written later, has unique values that the rows of
  /// these objects are about to take.
  void free_unique_values(TableFlush &table, std::span<ObjectState *const> takers);
  void add_holders(TableFlush &table, UniqueValues &values);
  /// Writes NULL into rows that are written again, or deleted, by this flush.
  void empty_rows(const std::vector<EmptiedRow> &rows);
  void delete_early(std::span<ObjectState *const> states);
  void delete_all(TableFlush &table);
  /// Foreign keys that are written by post_update become NULL in rows that go.
  void release_deleted(std::span<TableFlush> tables, const std::vector<DeletedPair> &pairs);
  /// The tables of a group whose rows may refer to each other.
  void write_circular(const TableGroup &group, std::span<TableFlush> tables);
  void write_level(std::span<TableFlush> tables, std::span<ObjectState *const> level);
  void delete_circular(const TableGroup &group, std::span<TableFlush> tables,
                       const std::vector<DeletedPair> &pairs);
  /// An error of the database says which circle the object's row is part of.
  template <class Write> void explain_circles(RowGraph &graph, Write write);

  void insert(ObjectState &state, TableFlush &table, const TableUser &user);
  /// Writes what changed of an object to one of its tables, if anything did.
  void update(ObjectState &state, TableFlush &table, const TableUser &user);
  void remove(ObjectState &state, RowQueue &queue);
  static Key row_key(const ObjectState &state, bool by_old);
  /// New objects may take the keys of some that the same flush deletes: those rows go first.
  void delete_rows_in_the_way(std::span<ObjectState *const> states);
  ObjectState *row_in_the_way(const ObjectState &state);
  /// The queue that gets the next row. The one before it ends there, where rows of several classes
  /// or tables have one order.
  void take_turn(RowQueue &queue);
  void end_turns() { in_turn_ = nullptr; }

  /// Ends the update of an object, all of whose tables have their rows.
  void finish_update(const QueuedRow &row);
  /// Objects whose keys were updated stand under their new ones from now on.
  void settle_moved();

  SessionState &session_;
  LinkSync sync_;
  WrittenRow row_;
  FlushHooks hooks_{session_, sync_, row_};
  std::size_t undo_mark_ = 0;
  std::size_t classes_before_ = 0; ///< that the session had objects of when the flush began
  RowQueue *in_turn_ = nullptr;
  bool has_one_order_ = false; ///< of rows of several tables
  /// Updated objects whose last table has not had its turn.
  std::unordered_set<const ObjectState *> half_written_;
  /// Takes the objects whose updates write unique values; null: update() writes these too.
  std::vector<ObjectState *> *unique_updates_ = nullptr;
  std::vector<ObjectState *> written_later_; ///< updates that wait for new rows of their tables
  std::vector<ObjectState *> moved_;         ///< updated, with another key than before
  PackBuffer packed_;
  ColumnMask changed_, of_table_; ///< scratch
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_FLUSH_H
