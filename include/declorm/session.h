// session.h: Session: objects with identity, change tracking and transactions.
#ifndef DECLORM_SESSION_H
#define DECLORM_SESSION_H

#include "declorm/query.h"

namespace declorm {

/// While it lives, queries of the session do not flush. SQLAlchemy's Session.no_autoflush.
class NoAutoflush {
public:
  explicit NoAutoflush(detail::SessionCore &core) : core_(core) { core_.block_autoflush(1); }
  ~NoAutoflush() { core_.block_autoflush(-1); }
  NoAutoflush(const NoAutoflush &) = delete;
  NoAutoflush &operator=(const NoAutoflush &) = delete;

private:
  detail::SessionCore &core_;
};

/// The unit of work: holds objects, one for each row (identity map), notices their changes, and
/// writes them in a transaction. SQLAlchemy's Session.
///
/// Ownership: the session owns what it loads and what add() moves in. Objects live until
/// expunge_all(), close() or the session's end, or until the last shared() pointer is gone; taking
/// an object out of the work (expunge, delete_, rollback) never ends its life.
///
/// Threads: one at a time; a call while another thread is inside is an InvalidRequestError, but for
/// cancel().
class Session {
public:
  /// Makes a session of an engine; takes a connection when it first needs one. It keeps the
  /// engine's pool alive.
  explicit Session(const Engine &engine, SessionOptions options = {}) : core_(engine, options) {}
  /// Rolls back what was not committed.
  ~Session() = default;
  Session(Session &&) noexcept = default;

  /// Moves an object in, to be inserted by the next flush. Returns the one that the session holds.
  /// SQLAlchemy's Session.add.
  template <class T>
    requires(!std::is_lvalue_reference_v<T> && !std::is_const_v<T>)
  T &add(T &&object) {
    core_.identify(detail::configured_mapper<T>(), &object); // before it is moved from
    return emplace<T>(std::move(object));
  }
  /// Takes part in an object's ownership. The object may be of a class below T, if T has virtual
  /// functions. Throws ArgumentError for a null pointer, and UnmappedClassError if the real class
  /// is not mapped.
  template <class T> T &add(std::shared_ptr<T> object) {
    if (!object)
      throw ArgumentError("add(): the pointer is null");
    T &reference = *object;
    Mapper &mapper = detail::mapper_of_object(reference);
    core_.add_shared(mapper, std::shared_ptr<void>(object, detail::whole_object(reference)));
    return reference;
  }
  /// Puts an object that this session holds back into the work, after expunge() or a rollback.
  /// Throws InvalidRequestError for any other object.
  template <class T> T &add(T &object) {
    core_.add_held(&object);
    return object;
  }
  /// Constructs an object in the session, to be inserted by the next flush, and returns it.
  template <class T, class... Arguments> T &emplace(Arguments &&...arguments) {
    Mapper &mapper = detail::configured_mapper<T>();
    const detail::Placing placing(core_, mapper);
    T *object = ::new (placing.place()) T(std::forward<Arguments>(arguments)...);
    core_.add_placed(mapper);
    return *object;
  }
  /// Adds every object of a range: moved out of `std::move(range)` and of ranges that make their
  /// objects, copied out of any other. Pointers (`std::shared_ptr`) are added as they are.
  template <std::ranges::input_range Range> void add_all(Range &&objects) {
    using Object = std::remove_cvref_t<std::ranges::range_reference_t<Range>>;
    constexpr bool is_ours =
        !std::is_lvalue_reference_v<Range> && !std::ranges::borrowed_range<Range>;
    for (auto &&object : objects) {
      if constexpr (is_ours)
        add(Object(std::move(object)));
      else
        add(Object(std::forward<decltype(object)>(object)));
    }
  }
  /// Adds a copy of every object of a list.
  template <class T> void add_all(std::initializer_list<T> objects) {
    add_all(std::span<const T>(objects));
  }
  /// Inserts every object of a range at once, without taking any in: the fast way. Keys that the
  /// database makes are written into objects that are not const. The rows are written in the order
  /// of the range, which must have those first that others of it refer to; add() orders rows by
  /// itself.
  template <std::ranges::input_range Range> void bulk_insert(Range &&objects) {
    core_.connection().insert(std::forward<Range>(objects));
  }

  /// The object with that primary key, from the identity map if it is there and not stale; null if
  /// there is no such row. Never flushes. Throws ArgumentError for a wrong number of key parts.
  template <class T, class... Key> T *get(const Key &...key_parts) {
    static_assert(sizeof...(Key) > 0, "declorm: get() needs the primary key");
    const std::array<Value, sizeof...(Key)> key{Value(key_parts)...};
    return static_cast<T *>(core_.get(detail::configured_mapper<T>(), key));
  }
  /// Makes a query for all objects of T; `query<const T>()` only reads: no change tracking, `const
  /// T &`.
  template <class T> Query<T> query() { return Query<T>(core_); }
  /// Executes a typed select(): tuples of values; or insert(), update(), delete_(), after which
  /// the session's objects are stale.
  template <detail::statement S> auto execute(const S &statement) {
    core_.flush_for(statement.core());
    auto result = statement.execute_on(core_.connection());
    core_.executed(statement.core());
    return result;
  }
  /// Executes raw SQL in the session's transaction, after flushing everything.
  Result execute(std::string_view sql, const Params &params = {}) {
    core_.autoflush_all();
    return core_.connection().execute(sql, params);
  }
  /// Executes a select() of one item and returns the item of each row: values, or pointers to the
  /// session's objects for select<T>(). SQLAlchemy's Session.scalars.
  template <detail::selects S>
  auto scalars(const S &select, std::source_location place = std::source_location::current()) {
    using T = detail::single_column_t<S>;
    static_assert(!std::is_void_v<T>, "declorm: scalars() takes a select() of one item");
    if constexpr (detail::is_value<T>)
      return execute(select).all();
    else
      return Query<T>(core_, select.core()).all(place);
  }

  /// Marks the object to be deleted by the next flush. The object itself lives on. SQLAlchemy's
  /// Session.delete.
  template <class T> void delete_(T &object) { core_.remove(&object); }
  /// Writes all changes: inserts, updates, deletes, by dependency. All or nothing: on an error the
  /// transaction is rolled back, the objects are as before, and rollback() is needed to go on.
  /// Throws IntegrityError, whose text names the object and its relationships as far as they have
  /// to do with it, StaleDataError if a row that is to be changed is not there, and FlushError.
  void flush() { core_.flush(); }
  /// Flushes, and commits the transaction. Objects become stale: the next get or query that meets
  /// one refreshes it. Throws what flush() and Connection::commit() throw; rollback() goes on.
  void commit() { core_.commit(); }
  /// Rolls back. Objects get the values, and lose the generated keys, that they had before the
  /// transaction; objects that were new are out of the work. After an error the way to go on: the
  /// next transaction takes another connection if this one was lost.
  void rollback() { core_.rollback(); }
  /// Stops the statement that the session runs, as Connection::cancel() does: the call that needs
  /// it throws QueryCancelledError, and a flush is undone as after any error. May be called by any
  /// thread, while the session is neither moved nor destroyed. Does nothing if no statement runs,
  /// which is so between two statements of a flush as well.
  void cancel() const { core_.cancel(); }
  /// Sets a savepoint, after a flush. Rolling it back restores the objects too.
  Transaction begin_nested() { return core_.begin_nested(); }
  /// Calls `function(Session &)` and returns what it does: commit on return, rollback on exception.
  /// `again`: how often the whole is run again after a TransactionRollbackError, which says that
  /// the transaction met another one: `session.transaction(transfer, declorm::retry(5))`. The
  /// function begins with the session as rollback() left it, and must do again all that it did. The
  /// last error is thrown if no try is left.
  template <class Function> auto transaction(Function function, Retry again = {}) {
    while (true) {
      try {
        return transaction_once(function);
      } catch (const TransactionRollbackError &) {
        if (!again.wait())
          throw;
      }
    }
  }

  /// Reads the row again, over all members but the deferred ones that are not loaded, and the
  /// relationships that were loaded; with
  /// cascade("refresh-expire") also the rows of the objects they lead to. Throws
  /// InvalidRequestError if the object is not in the database, or its row is gone.
  template <class T> void refresh(T &object) { core_.refresh(&object); }
  /// The object as a Derived, if that is what it is; else null. Needs neither RTTI nor virtual
  /// functions.
  template <class Derived, class T> Derived *as(T &object) {
    static_assert(std::is_base_of_v<std::remove_const_t<T>, std::remove_const_t<Derived>>,
                  "declorm: as<Derived>(object) is for a class that derives from the object's");
    return static_cast<Derived *>(
        core_.as(detail::configured_mapper<std::remove_const_t<Derived>>(), &object));
  }
  /// Marks the object stale, and its relationships not loaded; with cascade("refresh-expire") also
  /// the objects they lead to.
  template <class T> void expire(T &object) { core_.expire(&object); }
  /// Marks all objects stale, and their relationships not loaded. SQLAlchemy's Session.expire_all.
  void expire_all() { core_.expire_all(); }
  /// Takes the object out of the work; it lives on. With cascade("expunge") also those that its
  /// relationships lead to.
  template <class T> void expunge(T &object) { core_.expunge(&object); }
  /// Takes everything out of the work and ends the objects' lives, but for those that shared()
  /// pointers keep.
  void expunge_all() { core_.expunge_all(); }
  /// Rolls back and ends the objects' lives. The session can be used again.
  void close() {
    core_.rollback();
    core_.expunge_all();
  }

  /// Whether the object is in this session's work.
  template <class T> bool contains(const T &object) const { return core_.contains(&object); }
  /// Whether the object differs from its row, or has none yet.
  template <class T> bool is_modified(const T &object) { return core_.is_modified(&object); }
  /// Returns a pointer that keeps the object alive beyond the session. It keeps all of the
  /// session's objects.
  template <class T> std::shared_ptr<T> shared(T &object) {
    return std::shared_ptr<T>(core_.storage(), &object);
  }
  /// Copies the mapped members of `object`, which this session does not hold, into the object of
  /// the same key: the one in the session (new ones included) or the database, else a new one.
  /// Returns the session's. What its relationships refer to is merged too, if their cascade says so
  /// (the default does), and takes the place of what the session's object referred to; null and
  /// empty members change nothing. Never flushes: an object whose key was changed is found by the
  /// new one after flush(). A key that the database or a default makes, and that is not set, is no
  /// key to be found by. Throws InvalidRequestError if what has the key is of another class, and
  /// StaleDataError if the two have different versions; an object of version 0, "" or nil is merged
  /// into any. A deferred member that has the value of a new object changes nothing.
  template <class T> T &merge(const T &object) {
    Mapper &mapper = detail::configured_mapper<T>();
    if (void *held = core_.merge(mapper, &object))
      return *static_cast<T *>(held);
    const detail::Placing placing(core_, mapper);
    ::new (placing.place()) T(object);
    return *static_cast<T *>(core_.merge_placed(mapper, &object));
  }
  /// Fills the member of a relationship from the database, after a flush, or that of a deferred
  /// column, unless it is loaded. A column that the program has changed keeps the change. Throws
  /// InvalidRequestError if the member is neither. SQLAlchemy has no such call: it loads at the
  /// first touch.
  template <class T, class M, class C>
    requires std::is_base_of_v<C, T>
  void load(T &object, M C::*member) {
    core_.load_member(&object, detail::relationship_ref(member));
  }
  /// Whether the member of a relationship shows all that the database has, or that of a column was
  /// read or written: a deferred one is not before it is asked for, nor when a query has read the
  /// object again without it. Members of a new object are loaded.
  template <class T, class M, class C>
    requires std::is_base_of_v<C, T>
  bool is_loaded(const T &object, M C::*member) {
    return core_.is_loaded(&object, detail::relationship_ref(member));
  }
  /// Sets a member. Of a relationship, loaded or not, it replaces what the member refers to: what
  /// is not in `value` is taken out. (Assigning to a list that is not loaded adds to what the
  /// database has.) Calls what `validates` the member at once, and not only at the next flush; if
  /// that throws, the member is as before. Throws InvalidRequestError if the member is neither a
  /// column nor a relationship.
  template <class T, class M, class C>
    requires std::is_base_of_v<C, T>
  void set(T &object, M C::*member, std::type_identity_t<M> value) {
    const detail::RelationshipRef reference = detail::relationship_ref(member);
    core_.begin_set(&object, reference);
    M before = std::exchange(object.*member, std::move(value));
    try {
      core_.end_set(&object, reference);
    } catch (...) {
      object.*member = std::move(before);
      throw;
    }
  }
  /// Brings both sides of relationships in step, as the next flush would, without writing. Throws
  /// FlushError if they say different things.
  template <class T> void sync(T &object) { core_.sync(&object); }
  /// Returns an object for whose life queries do not flush. Must not outlive the session.
  NoAutoflush no_autoflush() { return NoAutoflush(core_); }
  /// Returns the connection of the session's transaction, as long as that is open.
  Connection &connection() { return core_.connection(); }

private:
  template <class Function> auto transaction_once(Function &function) {
    try {
      if constexpr (std::is_void_v<std::invoke_result_t<Function, Session &>>) {
        function(*this);
        commit();
      } else {
        auto result = function(*this);
        commit();
        return result;
      }
    } catch (...) {
      rollback();
      throw;
    }
  }

  friend class detail::LentSession;
  explicit Session(detail::SessionCore core) noexcept : core_(std::move(core)) {}

  detail::SessionCore core_;
};

} // namespace declorm

#endif // DECLORM_SESSION_H
