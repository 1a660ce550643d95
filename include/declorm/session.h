// session.h: Session and Query: objects with identity, change tracking and transactions.
#ifndef DECLORM_SESSION_H
#define DECLORM_SESSION_H

#include "declorm/objects.h"

#include <new>
#include <span>

namespace declorm {

class Session;
template <class T> class Query;

/// How a Session behaves.
struct SessionOptions {
  bool autoflush = true; ///< a query first writes changes of the classes whose tables it reads
};

namespace detail {

struct SessionState;

/// What a Query asks of the session.
struct QueryFlags {
  bool read_only = false;         ///< query<const T>(): no snapshots
  bool populate_existing = false; ///< rows overwrite what is in memory
};

/// The untyped half of Session. Each call throws InvalidRequestError if another thread is inside.
class SessionCore {
public:
  SessionCore(const Engine &engine, SessionOptions options);
  ~SessionCore();
  SessionCore(SessionCore &&) noexcept;
  SessionCore &operator=(SessionCore &&) = delete;

  /// Storage for an object that the caller constructs; add_placed() makes it the session's,
  /// end_placing() ends the attempt. Not both at once: one object is constructed at a time.
  void *place(Mapper &mapper);
  void add_placed(Mapper &mapper);
  void end_placing();
  /// Sets the discriminator of an object that will be added. Throws InvalidRequestError if it has
  /// the value of another class.
  static void identify(const Mapper &mapper, void *object);
  /// The object as an object of that class; null if it is none.
  void *as(const Mapper &mapper, const void *object);
  void add_shared(Mapper &mapper, std::shared_ptr<void> object);
  void add_held(void *object);
  void *get(Mapper &mapper, std::span<const Value> key);
  void remove(const void *object);
  void flush();
  void commit();
  void rollback();
  void refresh(void *object);
  void expire(void *object);
  void expire_all();
  void expunge(void *object);
  void expunge_all();
  bool contains(const void *object) const;
  /// The object with the key of `object`, which is no part of the session, its members copied; null
  /// if there is none.
  void *merge(Mapper &mapper, const void *object);
  bool is_modified(const void *object);
  void load(Mapper &mapper, const SelectCore &select, const QueryFlags &flags,
            std::vector<void *> &objects);
  /// Before a statement that reads or writes tables behind the session's back.
  void flush_for(const SelectCore &select);
  void flush_for(const WriteCore &) { autoflush_all(); }
  void flush_for(const TextClause &) { autoflush_all(); }
  /// After it: objects may differ from their rows.
  void executed(const SelectCore &) {}
  void executed(const WriteCore &) { expire_all(); }
  void executed(const TextClause &) {}
  void autoflush_all();
  void block_autoflush(int difference);
  Connection &connection();
  Transaction begin_nested();
  const std::shared_ptr<void> storage() const;

private:
  std::unique_ptr<SessionState> state_;
};

/// Orders a query by the primary key, and begins behind `key` (empty: at the start).
SelectCore page_of(const Mapper &mapper, SelectCore select, std::span<const Value> key,
                   std::int64_t rows);

/// The parts of a key: a tuple's, one value, or none of std::nullopt.
template <class Key> std::vector<Value> key_parts(const Key &key) {
  if constexpr (is_null_literal<Key>)
    return {};
  else if constexpr (requires { std::tuple_size<Key>::value; })
    return std::apply([](const auto &...parts) { return std::vector<Value>{Value(parts)...}; },
                      key);
  else
    return {Value(key)};
}

/// The construction of one object in a session's storage.
class Placing {
public:
  Placing(SessionCore &core, Mapper &mapper) : core_(core), place_(core.place(mapper)) {}
  ~Placing() { core_.end_placing(); }
  Placing(const Placing &) = delete;
  Placing &operator=(const Placing &) = delete;
  void *place() const { return place_; }

private:
  SessionCore &core_;
  void *place_;
};
} // namespace detail

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
/// Threads: one at a time; a call while another thread is inside is an InvalidRequestError.
class Session {
public:
  explicit Session(const Engine &engine, SessionOptions options = {}) : core_(engine, options) {}
  /// Rolls back what was not committed.
  ~Session() = default;
  Session(Session &&) noexcept = default;

  /// Moves an object in, to be inserted by the next flush. Returns the one the session holds.
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
  /// Constructs an object in the session.
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
  template <class T> void add_all(std::initializer_list<T> objects) {
    add_all(std::span<const T>(objects));
  }
  /// Inserts every object of a range at once, without taking any in: the fast way. Keys that the
  /// database makes are written into objects that are not const.
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
  /// All objects of T; `query<const T>()` only reads: no change tracking, `const T &`.
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
  /// The first item of each row; objects for select<T>().
  template <detail::selects S> auto scalars(const S &select) {
    using T = detail::single_column_t<S>;
    static_assert(!std::is_void_v<T>, "declorm: scalars() takes a select() of one item");
    if constexpr (detail::is_value<T>)
      return execute(select).all();
    else
      return Query<T>(core_, select.core()).all();
  }

  /// To be deleted by the next flush. The object itself lives on.
  template <class T> void delete_(T &object) { core_.remove(&object); }
  /// Writes all changes: inserts, updates, deletes, by dependency. All or nothing: on an error the
  /// transaction is rolled back, the objects are as before, and rollback() is needed to go on.
  void flush() { core_.flush(); }
  /// Flushes, and commits the transaction. Objects become stale: the next get or query that meets
  /// one refreshes it.
  void commit() { core_.commit(); }
  /// Rolls back. Objects get the values, and lose the generated keys, that they had before the
  /// transaction; objects that were new are out of the work.
  void rollback() { core_.rollback(); }
  /// A savepoint, after a flush. Rolling it back restores the objects too.
  Transaction begin_nested() { return core_.begin_nested(); }
  /// Calls `function(Session &)`: commit on return, rollback on exception.
  template <class Function> auto transaction(Function function) {
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

  /// Reads the row again, over all members. Throws InvalidRequestError if the object is not in the
  /// database, or its row is gone.
  template <class T> void refresh(T &object) { core_.refresh(&object); }
  /// The object as a Derived, if that is what it is; else null. Needs neither RTTI nor virtual
  /// functions.
  template <class Derived, class T> Derived *as(T &object) {
    static_assert(std::is_base_of_v<std::remove_const_t<T>, std::remove_const_t<Derived>>,
                  "declorm: as<Derived>(object) is for a class that derives from the object's");
    return static_cast<Derived *>(
        core_.as(detail::configured_mapper<std::remove_const_t<Derived>>(), &object));
  }
  /// Marks the object stale.
  template <class T> void expire(T &object) { core_.expire(&object); }
  void expire_all() { core_.expire_all(); }
  /// Takes the object out of the work; it lives on.
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
  /// A pointer that keeps the object alive beyond the session. It keeps all of the session's
  /// objects.
  template <class T> std::shared_ptr<T> shared(T &object) {
    return std::shared_ptr<T>(core_.storage(), &object);
  }
  /// Copies the mapped members of `object`, which this session does not hold, into the object of
  /// the same key: the one in the session or the database, else a new one. Returns the session's.
  template <class T> T &merge(const T &object) {
    if (void *held = core_.merge(detail::configured_mapper<T>(), &object))
      return *static_cast<T *>(held);
    return emplace<T>(object);
  }
  NoAutoflush no_autoflush() { return NoAutoflush(core_); }
  /// The connection of the session's transaction.
  Connection &connection() { return core_.connection(); }

private:
  detail::SessionCore core_;
};

/// Objects to read, in batches: an input range of const T&. Must not outlive its session.
template <class T> class ObjectStream {
public:
  ObjectStream(detail::SessionCore &core, detail::SelectCore select, std::int64_t rows)
      : core_(&core), select_(std::move(select)), rows_(rows) {
    if (rows < 1)
      throw ArgumentError("yield_per() takes a number of rows above 0");
  }

  class iterator {
  public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    iterator(detail::Cursor cursor, std::int64_t rows)
        : mapper_(&detail::configured_mapper<T>()), cursor_(std::move(cursor)), rows_(rows) {
      ++*this;
    }
    const T &operator*() const { return batch_[index_]->get(); }
    const T *operator->() const { return &**this; }
    iterator &operator++() {
      if (++index_ < batch_.size())
        return *this;
      batch_.clear();
      index_ = 0;
      while (!at_end_ && std::int64_t(batch_.size()) != rows_) {
        at_end_ = !cursor_.next();
        if (at_end_)
          break;
        batch_.push_back(std::make_unique<detail::Holder<T>>(*mapper_));
        cursor_.fetch(0, &batch_.back()->get());
      }
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator &it, std::default_sentinel_t) {
      return it.batch_.empty();
    }

  private:
    Mapper *mapper_;
    detail::Cursor cursor_;
    std::int64_t rows_;
    bool at_end_ = false;
    std::vector<std::unique_ptr<detail::Holder<T>>> batch_;
    std::size_t index_ = 0;
  };
  iterator begin() const {
    core_->flush_for(select_);
    return iterator(detail::Cursor(core_->connection(), select_), rows_);
  }
  std::default_sentinel_t end() const { return {}; }

private:
  detail::SessionCore *core_;
  detail::SelectCore select_;
  std::int64_t rows_;
};

/// The objects of one class that meet some conditions. A value: each builder returns a changed
/// copy. Runs when it is iterated, or asked for all(), first(), …. Must not outlive its session.
/// SQLAlchemy's Query.
template <class T> class Query {
  using Object = std::remove_const_t<T>;

public:
  explicit Query(detail::SessionCore &core) : Query(core, declorm::select<Object>().core()) {}
  Query(detail::SessionCore &core, detail::SelectCore select, detail::QueryFlags flags = {})
      : core_(&core), select_(std::move(select)), flags_(flags) {
    flags_.read_only = std::is_const_v<T>;
  }

  /// Adds a condition; several are joined by AND.
  Query filter(const Expression<bool> &condition) const {
    return with([&](Query &q) { q.select_.add_where(condition.node()); });
  }
  Query where(const Expression<bool> &condition) const { return filter(condition); }
  template <std::convertible_to<Ordering>... Os> Query order_by(const Os &...orders) const {
    return with([&](Query &q) { (q.select_.add_order(orders), ...); });
  }
  template <class U> Query join(const Expression<bool> &on) const {
    return with_join({.type = &detail::type_id<U>}, on, detail::JoinKind::inner);
  }
  template <detail::from_clause F> Query join(const F &target, const Expression<bool> &on) const {
    return with_join(target.from_ref(), on, detail::JoinKind::inner);
  }
  template <class U> Query outer_join(const Expression<bool> &on) const {
    return with_join({.type = &detail::type_id<U>}, on, detail::JoinKind::left);
  }
  template <detail::from_clause F>
  Query outer_join(const F &target, const Expression<bool> &on) const {
    return with_join(target.from_ref(), on, detail::JoinKind::left);
  }
  Query limit(std::int64_t rows) const {
    return with([&](Query &q) { q.select_.set_limit(rows); });
  }
  Query offset(std::int64_t rows) const {
    return with([&](Query &q) { q.select_.set_offset(rows); });
  }
  Query distinct() const {
    return with([](Query &q) { q.select_.set_distinct(); });
  }
  /// Locks the rows until the transaction ends, where the database can; SQLite locks by itself.
  Query with_for_update() const {
    return with([](Query &q) { q.select_.set_for_update(); });
  }
  /// The next `rows` objects behind that primary key, in its order: pages that do not shift when
  /// rows come and go. Several parts as a std::tuple; std::nullopt for the first page. Throws
  /// InvalidRequestError if the query is ordered or limited otherwise.
  template <class Key> Query page_after(const Key &key, std::int64_t rows) const {
    return Query(
        *core_,
        detail::page_of(detail::configured_mapper<Object>(), select_, detail::key_parts(key), rows),
        flags_);
  }
  /// The objects `rows` at a time, each batch alive until the next one is asked for: for results
  /// that do not fit into memory. Only to read: `query<const T>().yield_per(1000)`. They are no
  /// part of the session.
  ObjectStream<Object> yield_per(std::int64_t rows) const {
    static_assert(std::is_const_v<T>, "declorm: yield_per() needs query<const T>(): its objects "
                                      "live for one batch, so nobody could change them");
    return ObjectStream<Object>(*core_, select_, rows);
  }
  /// What the rows say overwrites what is in memory, changes included.
  Query populate_existing() const {
    return with([](Query &q) { q.flags_.populate_existing = true; });
  }

  std::vector<T *> all() const {
    const std::vector<void *> objects = run();
    std::vector<T *> typed;
    typed.reserve(objects.size());
    for (void *object : objects)
      typed.push_back(static_cast<T *>(object));
    return typed;
  }
  /// The first object, or null.
  T *first() const {
    const std::vector<void *> objects = limit(1).run();
    return objects.empty() ? nullptr : static_cast<T *>(objects.front());
  }
  /// The only object. Throws NoResultFound or MultipleResultsFound.
  T &one() const {
    if (T *object = one_or_none())
      return *object;
    throw NoResultFound("one(): the query for class '" + class_name() + "' found no row");
  }
  /// The only object, or null. Throws MultipleResultsFound.
  T *one_or_none() const {
    const std::vector<void *> objects = limit(2).run();
    if (objects.size() > 1)
      throw MultipleResultsFound("the query for class '" + class_name() +
                                 "' found more than one row");
    return objects.empty() ? nullptr : static_cast<T *>(objects.front());
  }
  /// The number of rows of the statement, joins included.
  std::int64_t count() const {
    core_->flush_for(select_);
    return detail::count_rows(core_->connection(), select_);
  }
  bool exists() const { return limit(1).count() != 0; }
  /// UPDATE of the rows; objects in the session become stale. Returns the number of rows.
  template <std::same_as<Assignment>... As> std::int64_t update(const As &...assignments) const {
    return execute(write_of(declorm::update<Object>().set(assignments...).core()));
  }
  /// DELETE of the rows; objects in the session become stale. Returns the number of rows.
  std::int64_t delete_() const { return execute(write_of(declorm::delete_<Object>().core())); }

  /// An input range of T&; the statement runs when it begins.
  class iterator {
  public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    explicit iterator(std::vector<void *> objects)
        : objects_(std::make_shared<std::vector<void *>>(std::move(objects))) {}
    T &operator*() const { return *static_cast<T *>((*objects_)[index_]); }
    T *operator->() const { return &**this; }
    iterator &operator++() {
      ++index_;
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator &it, std::default_sentinel_t) {
      return it.index_ == it.objects_->size();
    }

  private:
    std::shared_ptr<const std::vector<void *>> objects_;
    std::size_t index_ = 0;
  };
  iterator begin() const { return iterator(run()); }
  std::default_sentinel_t end() const { return {}; }

  std::string sql(const Dialect &dialect) const { return select_.sql(dialect); }

private:
  template <class F> Query with(F change) const {
    Query copy(*this);
    change(copy);
    return copy;
  }
  Query with_join(detail::FromRef target, const Expression<bool> &on, detail::JoinKind kind) const {
    return with([&](Query &q) { q.select_.add_join(std::move(target), on.node(), kind); });
  }
  std::vector<void *> run() const {
    std::vector<void *> objects;
    core_->load(detail::configured_mapper<Object>(), select_, flags_, objects);
    return objects;
  }
  static std::string class_name() { return detail::configured_mapper<Object>().name(); }
  detail::WriteCore write_of(detail::WriteCore write) const {
    write.take_conditions(select_);
    return write;
  }
  std::int64_t execute(const detail::WriteCore &write) const {
    core_->flush_for(write);
    const std::int64_t rows = write.execute_on(core_->connection()).rowcount();
    core_->expire_all();
    return rows;
  }

  detail::SessionCore *core_;
  detail::SelectCore select_;
  detail::QueryFlags flags_;
};

} // namespace declorm

#endif // DECLORM_SESSION_H
