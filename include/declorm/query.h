// query.h: Query: the objects of one class that meet some conditions.
#ifndef DECLORM_QUERY_H
#define DECLORM_QUERY_H

#include "declorm/session_core.h"

namespace declorm {

/// What with_polymorphic<…>() returns.
struct WithPolymorphic {
  std::vector<const detail::TypeId *> types; ///< these classes
  bool all = false;                          ///< all classes below the query's
};
/// The query of a base joins the tables of these classes below it (none named: of all), so that
/// their members can stand in filters and their objects need no SELECT of their own. Given twice,
/// it joins those of both. SQLAlchemy's with_polymorphic().
template <class... Ts> WithPolymorphic with_polymorphic() {
  return {{&detail::type_id<Ts>...}, sizeof...(Ts) == 0};
}

/// What selectin_polymorphic<…>() returns.
struct SelectinPolymorphic {};
/// Objects of these classes are read by one more SELECT for each, which is what a query does
/// anyway. SQLAlchemy's selectin_polymorphic().
template <class... Ts> SelectinPolymorphic selectin_polymorphic() { return {}; }

namespace detail {

/// All that a Query was told. Each builder copies it whole and changes the copy, so that no builder
/// can lose what another one said: what a new builder needs goes in here.
struct QueryParts {
  SelectCore select;
  QueryFlags flags = {};
  std::vector<LoadOption> paths = {}; ///< relationships to load with the objects
  bool is_page = false;               ///< page_after() gave it an order and a limit

  explicit QueryParts(SelectCore of, bool read_only);
  QueryParts(const QueryParts &);
  QueryParts(QueryParts &&) noexcept;
  QueryParts &operator=(const QueryParts &);
  QueryParts &operator=(QueryParts &&) noexcept;
  ~QueryParts();
  void add(const LoadOption &path);
};

/// The objects of a query, for the copies of an iterator.
std::shared_ptr<const std::vector<void *>> share(std::vector<void *> objects);

} // namespace detail

/// Objects to read, in batches: an input range of const T&, of Query::yield_per(). Belongs to its
/// session's thread, and must not outlive the session.
template <class T> class ObjectStream {
public:
  ObjectStream(detail::SessionCore &core, detail::QueryParts parts, std::int64_t rows)
      : core_(&core), parts_(std::move(parts)), rows_(rows) {
    if (rows < 1)
      throw ArgumentError("yield_per() takes a number of rows above 0");
  }

  /// Reads a batch when it comes to its end; a reference to an object ends with its batch.
  class iterator {
  public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    explicit iterator(detail::ObjectReader reader) : reader_(std::move(reader)) { ++*this; }
    const T &operator*() const { return *static_cast<const T *>(object_); }
    const T *operator->() const { return &**this; }
    /// Returns the object as a Derived, if that is what it is; else null. Session::as() does the
    /// same for objects of a session.
    template <class Derived> const Derived *as() const {
      static_assert(std::is_base_of_v<T, Derived>,
                    "declorm: as<Derived>() is for a class that derives from the query's");
      return static_cast<const Derived *>(reader_.as(detail::configured_mapper<Derived>()));
    }
    iterator &operator++() {
      object_ = reader_.next();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator &it, std::default_sentinel_t) { return !it.object_; }

  private:
    detail::ObjectReader reader_;
    const void *object_ = nullptr;
  };
  /// Writes what autoflush writes, executes the SELECT and reads the first batch; `end` tells when
  /// no object is left.
  iterator begin() const {
    return iterator(detail::ObjectReader(*core_, detail::configured_mapper<T>(), parts_.select,
                                         parts_.paths, rows_));
  }
  std::default_sentinel_t end() const { return {}; }

private:
  detail::SessionCore *core_;
  detail::QueryParts parts_;
  std::int64_t rows_;
};

/// The objects of one class that meet some conditions. A value: each builder returns a changed
/// copy. Runs when it is iterated, or asked for all(), first(), …, each time anew. Must not outlive
/// its session. SQLAlchemy's Query.
///
/// Threads: it runs in its session, so it belongs to the same thread; InvalidRequestError while
/// another thread is inside the session. Building one, which reads nothing of the session, is safe
/// anywhere as long as no other thread changes the same copy.
template <class T> class Query {
  using Object = std::remove_const_t<T>;

public:
  explicit Query(detail::SessionCore &core) : Query(core, declorm::select<Object>().core()) {}
  Query(detail::SessionCore &core, detail::SelectCore select)
      : core_(&core), parts_(std::move(select), std::is_const_v<T>) {}

  /// Adds a condition; several are joined by AND. SQLAlchemy's filter() and where().
  Query filter(const Expression<bool> &condition) const {
    return with([&](Parts &parts) { parts.select.add_where(condition.node()); });
  }
  /// Adds a condition, as filter() does.
  Query where(const Expression<bool> &condition) const { return filter(condition); }
  /// Orders the objects; several orders are added one behind another. Throws InvalidRequestError
  /// behind page_after().
  template <std::convertible_to<Ordering>... Os> Query order_by(const Os &...orders) const {
    return with_tail([&](Parts &parts) { (parts.select.add_order(orders), ...); });
  }
  /// Joins the target of a relationship, as in select(), for conditions on it:
  /// `query<User>().join<&User::addresses>()`. SQLAlchemy's join().
  template <auto Member, class Entity = void> Query join() const {
    return with_join(detail::relationship_of<Member, Entity>(), detail::JoinKind::inner);
  }
  template <detail::relationship R> Query join(const R &relationship) const {
    return with_join(relationship.relationship(), detail::JoinKind::inner);
  }
  /// Joins the target of a relationship by a LEFT OUTER JOIN: objects without one stay.
  template <auto Member, class Entity = void> Query outer_join() const {
    return with_join(detail::relationship_of<Member, Entity>(), detail::JoinKind::left);
  }
  template <detail::relationship R> Query outer_join(const R &relationship) const {
    return with_join(relationship.relationship(), detail::JoinKind::left);
  }
  /// Joins another class, or an alias, subquery or CTE, on a condition.
  template <class U> Query join(const Expression<bool> &on) const {
    return with_join({.type = &detail::type_id<U>}, on, detail::JoinKind::inner);
  }
  template <detail::from_clause F> Query join(const F &target, const Expression<bool> &on) const {
    return with_join(target.from_ref(), on, detail::JoinKind::inner);
  }
  /// Joins another class, or an alias, subquery or CTE, on a condition, by a LEFT OUTER JOIN.
  template <class U> Query outer_join(const Expression<bool> &on) const {
    return with_join({.type = &detail::type_id<U>}, on, detail::JoinKind::left);
  }
  template <detail::from_clause F>
  Query outer_join(const F &target, const Expression<bool> &on) const {
    return with_join(target.from_ref(), on, detail::JoinKind::left);
  }
  /// Reads at most `rows` rows, or leaves out the first `rows` (offset). Both throw
  /// InvalidRequestError behind page_after().
  Query limit(std::int64_t rows) const {
    return with_tail([&](Parts &parts) { parts.select.set_limit(rows); });
  }
  Query offset(std::int64_t rows) const {
    return with_tail([&](Parts &parts) { parts.select.set_offset(rows); });
  }
  /// Leaves out rows that are there twice, as a join makes them. SQLAlchemy's distinct().
  Query distinct() const {
    return with([](Parts &parts) { parts.select.set_distinct(); });
  }
  /// Locks the rows until the transaction ends, where the database can; SQLite locks by itself, all
  /// rows at once. `Of`: the classes whose rows are locked; none: all that the query reads from:
  /// `with_for_update<Job>({.skip_locked = true})`. Throws ArgumentError for skip_locked and nowait
  /// at once, and when it runs on a database that cannot do what they say, which SQLite cannot.
  /// SQLAlchemy's with_for_update().
  template <class... Of> Query with_for_update(LockOptions options = {}) const {
    return with(
        [&](Parts &parts) { parts.select.set_for_update({options, {&detail::type_id<Of>...}}); });
  }
  /// The next `rows` objects behind that primary key, in its order: pages that do not shift when
  /// rows come and go. Several parts as a std::tuple; std::nullopt for the first page. Throws
  /// InvalidRequestError if the query is ordered or limited otherwise.
  template <class Key> Query page_after(const Key &key, std::int64_t rows) const {
    return with([&](Parts &parts) {
      parts.select = detail::page_of(detail::configured_mapper<Object>(), std::move(parts.select),
                                     detail::key_parts(key), rows);
      parts.is_page = true;
    });
  }
  /// The objects `rows` at a time, each batch alive until the next one is asked for: for results
  /// that do not fit into memory. Only to read: `query<const T>().yield_per(1000)`. They are of
  /// their real classes, for which the SELECT joins the tables of the classes below; they are no
  /// part of the session, and their relationships are not loaded, whatever lazy() says of them.
  /// Deferred columns are left out, unless undefer() is said. Its loop throws InvalidRequestError
  /// for a query with selectinload(), joinedload() or contains_eager(). SQLAlchemy's yield_per().
  ObjectStream<Object> yield_per(std::int64_t rows) const {
    static_assert(std::is_const_v<T>, "declorm: yield_per() needs query<const T>(): its objects "
                                      "live for one batch, so nobody could change them");
    return ObjectStream<Object>(*core_, parts_, rows);
  }
  /// Says how objects are loaded: selectinload<…>(), joinedload<…>(), with_polymorphic<…>(),
  /// selectin_polymorphic<…>(), and what a touch of a lazy member does: lazyload<…>(),
  /// raiseload<…>(), noload<…>(). SQLAlchemy's options().
  template <class... Os> Query options(const Os &...given) const {
    return with([&](Parts &parts) { (apply(given, parts), ...); });
  }
  /// Makes what the rows say overwrite what is in memory, changes included. SQLAlchemy's
  /// populate_existing().
  Query populate_existing() const {
    return with([](Parts &parts) { parts.flags.populate_existing = true; });
  }

  // What executes takes its place in the program: it is what messages about the objects' lazy
  // members say (raiseload(), EngineOptions::warn_n_plus_one). Never pass one.

  /// Executes the query and returns its objects in its order. They belong to the session. Throws
  /// what Connection::execute() does, InvalidRequestError if another thread uses the session, and
  /// DataError for a value that does not fit its member.
  std::vector<T *> all(std::source_location place = std::source_location::current()) const {
    const std::vector<void *> objects = run(place);
    std::vector<T *> typed;
    typed.reserve(objects.size());
    for (void *object : objects)
      typed.push_back(static_cast<T *>(object));
    return typed;
  }
  /// Executes the query and returns the first object, or null.
  T *first(std::source_location place = std::source_location::current()) const {
    const std::vector<void *> objects = at_most(1).run(place);
    return objects.empty() ? nullptr : static_cast<T *>(objects.front());
  }
  /// Executes the query and returns the only object. Throws NoResultFound or MultipleResultsFound.
  T &one(std::source_location place = std::source_location::current()) const {
    if (T *object = one_or_none(place))
      return *object;
    throw NoResultFound("one(): the query for class '" + class_name() + "' found no row");
  }
  /// Executes the query and returns the only object, or null. Throws MultipleResultsFound.
  T *one_or_none(std::source_location place = std::source_location::current()) const {
    const std::vector<void *> objects = at_most(2).run(place);
    if (objects.size() > 1)
      throw MultipleResultsFound("the query for class '" + class_name() +
                                 "' found more than one row");
    return objects.empty() ? nullptr : static_cast<T *>(objects.front());
  }
  /// Executes a SELECT of the number of rows of the query, joins, limit and offset included.
  std::int64_t count() const {
    core_->flush_for(parts_.select);
    return detail::count_rows(core_->connection(), parts_.select);
  }
  /// Whether the query finds any row.
  bool exists() const { return at_most(1).count() != 0; }
  /// Updates the rows of the query; the objects in the session become stale. Returns the number of
  /// objects. It is one statement, or, where the columns that are set, the filters or the version
  /// stand in several tables of a joined class, a SELECT of the keys and one statement for each
  /// table that is written; a value is then made of columns of the table that it is assigned in.
  /// Throws InvalidRequestError if the query has more than filters: joins, an order, a limit. So
  /// does delete_(). SQLAlchemy's Query.update.
  template <std::same_as<Assignment>... As> std::int64_t update(const As &...assignments) const {
    return core_->update_rows(detail::configured_mapper<Object>(), parts_.select, {assignments...});
  }
  /// Deletes the rows of the query, of a joined class and of those below it in all their tables,
  /// and returns how many objects they were. Where the session holds objects of the class, those
  /// whose rows are gone are out of its work, as if the next flush had deleted them, and the others
  /// become stale; nothing cascades to other objects but by the database's foreign keys. Throws
  /// what update() does. SQLAlchemy's Query.delete with synchronize_session="fetch".
  std::int64_t delete_() const {
    return core_->delete_rows(detail::configured_mapper<Object>(), parts_.select);
  }

  /// An input range of T&; the statement runs when it begins.
  class iterator {
  public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    explicit iterator(std::vector<void *> objects) : objects_(detail::share(std::move(objects))) {}
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
  /// Executes the query and begins with its first object; `end` tells when no object is left.
  iterator begin(std::source_location place = std::source_location::current()) const {
    return iterator(run(place));
  }
  std::default_sentinel_t end() const { return {}; }

  /// Returns the text of the SELECT in the dialect's words, without what loading relationships
  /// adds.
  std::string sql(const Dialect &dialect) const { return parts_.select.sql(dialect); }
  /// Returns how the database would execute that SELECT, in its own words: EXPLAIN, over a
  /// connection of the engine, which sees what is committed. Nothing is executed. Throws what the
  /// database says.
  std::string explain(const Engine &engine) const { return parts_.select.explain(engine); }

private:
  using Parts = detail::QueryParts;

  static void apply(const WithPolymorphic &option, Parts &parts) {
    parts.select.add_below(option.all ? detail::classes_below(detail::configured_mapper<Object>())
                                      : option.types);
  }
  static void apply(const SelectinPolymorphic &, Parts &) {}
  static void apply(const LoadOption &option, Parts &parts) { parts.add(option); }
  template <class Root, class At>
  static void apply(const LoadPath<Root, At> &option, Parts &parts) {
    static_assert(
        detail::may_be<Object, Root>,
        "declorm: options() takes options of the query's class, of its bases and of those "
        "below it, and the member of this one is of another class");
    parts.add(option);
  }
  /// The only way in which a builder makes its query.
  template <class F> Query with(F change) const {
    Query copy(*this);
    change(copy.parts_);
    return copy;
  }
  /// Makes a query as with() does, of what a page has of its own: an order, a limit. Throws behind
  /// page_after().
  template <class F> Query with_tail(F change) const {
    if (parts_.is_page)
      detail::throw_ordered_page(detail::configured_mapper<Object>());
    return with(std::move(change));
  }
  Query at_most(std::int64_t rows) const {
    return with([&](Parts &parts) { parts.select.lower_limit(rows); });
  }
  Query with_join(detail::FromRef target, const Expression<bool> &on, detail::JoinKind kind) const {
    return with([&](Parts &parts) { parts.select.add_join(std::move(target), on.node(), kind); });
  }
  Query with_join(detail::RelationshipUse relationship, detail::JoinKind kind) const {
    return with([&](Parts &parts) { parts.select.add_join(std::move(relationship), kind); });
  }
  std::vector<void *> run(const std::source_location &place) const {
    std::vector<void *> objects;
    core_->load(detail::configured_mapper<Object>(), parts_.select, parts_.flags, parts_.paths,
                place, objects);
    return objects;
  }
  static std::string class_name() { return detail::configured_mapper<Object>().name(); }
  detail::SessionCore *core_;
  Parts parts_;
};

} // namespace declorm

#endif // DECLORM_QUERY_H
