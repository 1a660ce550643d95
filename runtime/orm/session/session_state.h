// session_state.h: the unit of work: what a Session holds and does, without the types of objects.
#ifndef DECLORM_ORM_SESSION_SESSION_STATE_H
#define DECLORM_ORM_SESSION_SESSION_STATE_H

#include "declorm/session.h"
#include "runtime/engine/query_run.h"
#include "runtime/orm/flush/link_sync.h"
#include "runtime/orm/flush/refused_row.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/session/identity_map.h"
#include "runtime/orm/session/pending_keys.h"

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace declorm::detail {

/// What a flush did to one object, to be undone by a rollback.
struct UndoEntry {
  /// continued: a further row of an object that was inserted; linked: a relationship's member is in
  /// step with others than before; followed: a member got the value of another one with its value
  enum Kind : unsigned char { inserted, continued, updated, deleted, linked, followed } kind;
  ObjectState *state;
  const InsertPlan *plan = nullptr; ///< inserted: which members the database made
  std::byte *snapshot = nullptr;    ///< updated: the one before
  std::uint32_t snapshot_size = 0;
};

/// What a `linked` entry undoes. Apart, because few entries are of that kind and all are many.
struct LinkUndo {
  unsigned index; ///< of the relationship
  LinkSnapshot before;
};

/// What a `followed` entry undoes.
struct MirrorUndo {
  const Field *field;
  Value before;
};

/// Reads more from the rows of a SELECT than its objects.
struct AlsoRead {
  std::vector<NodePtr> nodes; ///< selected behind everything else
  /// Called for each row; the nodes begin at that column.
  std::function<void(const QueryRun &, int first)> row;
};

struct Compiled;
struct DeletedPair;
struct LoadTarget;
struct TableGroup;
struct TableUser;
class TableFlush;

struct SessionState final : TransactionObserver {
  SessionState(const Engine &engine, SessionOptions options);
  ~SessionState() override;

  // Objects.
  ObjectState &state_of(const void *object, const char *what);
  IdentityMap &identities(MapperState &mapper);
  void add_pending(ObjectState &state);
  void detach(ObjectState &state);
  void expunge_all();
  /// Ends the life of the object that a load read ahead, if there is one.
  void destroy_scratch();

  // Loading.
  /// The object of the row, if it is held and need not be read again.
  ObjectState *find_fresh(MapperState &root, std::span<const Value> key, const QueryFlags &flags);
  ObjectState *get(MapperState &mapper, std::span<const Value> key);
  /// The same, but from the tables of the class itself, never from a union.
  ObjectState *get_own(MapperState &mapper, std::span<const Value> key);
  ObjectState *get_from_union(MapperState &reader, std::span<const Value> key);
  void refresh(ObjectState &state);
  /// Runs a SELECT whose first columns are the mapper's; appends the objects, as that class.
  /// `also`: what else is read from each row; null: nothing.
  void load(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
            std::vector<void *> &objects, const AlsoRead *also = nullptr);

  /// The same, and what the paths and the relationships themselves say is to be loaded with them.
  void load_with(MapperState &mapper, const SelectData &select, const QueryFlags &flags,
                 std::span<const LoadOption> paths, std::vector<void *> &objects);
  /// Loads relationships of objects: the paths' from `step` on, and those that are loaded with each
  /// object. `above`: relationships that led to them.
  void load_further(std::span<ObjectState *const> states, std::span<const LoadOption *const> paths,
                    std::size_t step, const QueryFlags &flags,
                    std::vector<const RelationshipState *> above);
  /// Fills the relationship's member of the objects, whose mappers all have it, in SELECTs for all
  /// of them. Members that are loaded stay as they are.
  void load_links(const RelationshipState &relationship, std::span<ObjectState *const> owners,
                  const QueryFlags &flags);

  /// What the database has for the member, and, unless all is overwritten, what was added and not
  /// written.
  void fill_list(const RelationshipState &relationship, ObjectState &owner,
                 std::span<ObjectState *const> targets, bool overwrite);
  /// Reads a further object from the current row.
  ObjectState &read_joined(MapperState &mapper, const QueryRun &run, const QueryFlags &flags,
                           const LoadTarget &target) {
    return read_row(mapper, run, flags, &target);
  }

  // Relationships.
  /// The object with that key, fresh or not, if it is held and in the work.
  /// `key`: as a program gives it, or as it stands in a row.
  ObjectState *find_held(MapperState &root, std::span<const Value> key);
  /// The new object with that key, or null.
  ObjectState *find_pending(const MapperState &mapper, const Key &key) {
    return pending_keys.find(*store, *mapper.root, key, pending);
  }
  /// Takes in what smart pointers of the object refer to, and what those refer to.
  void adopt_from(ObjectState &state);
  void add_to_member(ObjectState &of, unsigned index, ObjectState &target);
  void set_member(ObjectState &of, unsigned index,
                  const std::vector<std::pair<void *, std::shared_ptr<void>>> &content);
  /// A member is in step with other objects from now on than `before`.
  void note_links(ObjectState &state, unsigned index, LinkSnapshot before);
  /// The member back to what its snapshot says.
  void restore_links(ObjectState &state, unsigned index);
  /// Pointers of an object whose row was read, to objects that the session holds.
  void point_to_held(ObjectState &state);
  /// The database gave the object's row these values at the positions; so does the object. Returns
  /// what the row had before, at all positions.
  std::vector<Value> row_follows(ObjectState &state, std::span<const unsigned> positions,
                                 std::span<const Value> values);
  bool has_link_changes(const ObjectState &state);
  /// The same for one of its relationships.
  static bool is_link_changed(const ObjectState &state, unsigned index);
  /// Whether a SELECT would tell more than the member shows: it is not loaded, or was in a
  /// transaction that is over and did not change since.
  bool wants_links(const ObjectState &state, unsigned index) const;
  /// The object's row was read: it is not stale, but its relationships are if it was.
  void make_current(ObjectState &state);
  /// The object and those that its relationships with that cascade lead to, as far as they are
  /// held.
  std::vector<ObjectState *> reached(ObjectState &from, model::Cascade cascade);
  /// Its relationships are not loaded from now on.
  void forget_links(ObjectState &state);
  /// Loads those again that were.
  void refresh_links(ObjectState &state);

  // Writing.
  bool is_dirty(const ObjectState &state);
  void flush(const std::vector<const MapperState *> *only);
  /// Writes changes of the classes whose tables the statement reads.
  void flush_before(const Compiled &statement);
  void commit();
  void rollback();
  Transaction begin_nested();
  void release_connection();

  // TransactionObserver
  void committed() override;
  void rolled_back() override;
  void savepoint_released(const std::string &name) override;
  void rolled_back_to(const std::string &name) override;

  ConnectionState &connection();
  Connection &public_connection();
  /// Throws PendingRollbackError after a failed flush.
  void check_usable() const;

  Engine engine;
  SessionOptions options;
  std::optional<Connection> open_connection;
  std::shared_ptr<ObjectStore> store = std::make_shared<ObjectStore>();
  std::uint32_t epoch = 1;
  std::vector<ObjectState *> pending; ///< in the order of add
  PendingKeys pending_keys;           ///< told what leaves `pending`
  LinkWork link_work;
  std::size_t deleted_count = 0;
  bool flushing = false;
  std::string flush_failure; ///< why the transaction waits for rollback(); "" : it does not
  int autoflush_blocked = 0;
  bool placing = false; ///< an object is under construction at the store's next place
  std::atomic<bool> busy{false};

private:
  /// Reads the current row into an object of the class: the one the identity map has, or a new
  /// one. `target`: where the columns are; null: the mapper's, from the first on.
  ObjectState &read_row(MapperState &mapper, const QueryRun &run, const QueryFlags &flags,
                        const LoadTarget *target = nullptr);
  void refresh_from(ObjectState &state, const QueryRun &run, bool overwrite,
                    const LoadTarget *target);
  ObjectState *load_by_key(MapperState &mapper, std::span<const Value> key, ObjectState *known);
  void load_rows(MapperState &mapper, const SelectData &select, const LoadPlan &plan,
                 const QueryFlags &flags, std::vector<void *> &objects, const AlsoRead *also);
  void load_pointers(const RelationshipState &relationship, std::span<ObjectState *const> owners,
                     const QueryFlags &flags);
  void load_lists(const RelationshipState &relationship, std::span<ObjectState *const> owners,
                  const QueryFlags &flags);
  /// `keys`: one after the other.
  void load_by_keys(MapperState &mapper, std::span<const Value> keys, const QueryFlags &flags);
  void check_class(const ObjectState &known, const MapperState &mapper) const;
  void follow_changes(const std::vector<MapperState *> &mappers);
  void write(const std::vector<MapperState *> &mappers);
  void flush_inserts(TableFlush &table);
  /// The tables of a group whose rows may refer to each other.
  void flush_circular(const TableGroup &group, std::span<TableFlush> tables);
  bool update_row(ObjectState &state, TableUser &user);
  void flush_late_updates(std::span<TableFlush> tables, std::span<ObjectState *const> states);
  void flush_circular_deletes(const TableGroup &group, std::span<TableFlush> tables,
                              const std::vector<DeletedPair> &pairs);
  void release_deleted(std::span<TableFlush> tables, const std::vector<DeletedPair> &pairs);
  /// The last of link_undo_, which is the object's.
  void undo_links(ObjectState &state);
  static std::vector<Value> row_values(const ObjectState &state);
  void insert_row(ObjectState &state, TableUser &user);
  void delete_row_in_the_way(const ObjectState &state);
  void delete_row(ObjectState &state, unsigned part, RowWriter &rows);
  /// Of the class; `only`: of some objects, which may be of other classes too.
  void flush_updates(TableUser &user, const std::vector<ObjectState *> *only = nullptr);
  void flush_deletes(TableUser &user);
  void take_snapshot(ObjectState &state);
  void undo(std::size_t first, bool keep_work);
  void fail_flush(std::string why);
  void add_related(std::vector<const MapperState *> &touched) const;
  void restore_values(ObjectState &state);
  /// From packed entries.
  void restore_values(ObjectState &state, const std::byte *entry);

  std::unordered_map<MapperState *, std::unique_ptr<IdentityMap>> identity_maps_;
  MapperState *last_mapper_ = nullptr;
  IdentityMap *last_map_ = nullptr;
  /// In a flush: updated objects whose last table has not had its turn.
  std::unordered_set<const ObjectState *> half_written_;
  LinkSync *sync_ = nullptr; ///< of the flush that goes on
  WrittenRow written_row_;   ///< the last row that it set out to write
  std::vector<UndoEntry> undo_log_;
  std::vector<LinkUndo> link_undo_;     ///< one a `linked` entry
  std::vector<MirrorUndo> mirror_undo_; ///< one a `followed` entry
  ColumnMask changed_, of_table_;
  std::vector<std::pair<std::string, std::size_t>> savepoints_; ///< name, length of the undo log
  PackBuffer buffer_, other_buffer_, key_buffer_;
  MapperState *scratch_mapper_ = nullptr; ///< whose next_place() holds a constructed object
};

/// Throws InvalidRequestError for a call on a detached object.
[[noreturn]] void throw_not_in_work(const char *call, const ObjectState &state);

/// The mapper of the object's real class, which is `base` or one below it: if it has virtual
/// functions, these tell. Throws InvalidRequestError if that class is not mapped.
MapperState &real_mapper(MapperState &base, const void *object);

/// Marks a session busy for the length of a call. Throws InvalidRequestError if another thread is
/// in.
class SessionGuard {
public:
  explicit SessionGuard(SessionState &state);
  ~SessionGuard();
  SessionGuard(const SessionGuard &) = delete;
  SessionGuard &operator=(const SessionGuard &) = delete;

private:
  SessionState &state_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_SESSION_STATE_H
