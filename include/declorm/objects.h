// objects.h: mapped objects without a session: insert, update, delete_, get and select on a
// Connection.
//
// Nothing is tracked and nothing is kept: the functions of Connection that engine.h declares.
#ifndef DECLORM_OBJECTS_H
#define DECLORM_OBJECTS_H

#include "declorm/mapper.h"
#include "declorm/statement.h"

#include <span>

namespace declorm {

namespace detail {

/// Writes objects of one class, many rows at once: an object that was given to insert(), update()
/// or remove() may wait for others until send(), and must live, unchanged, until then. An error
/// comes from any of these calls, and is the first one's in the order of the objects.
class ObjectWriter {
public:
  ObjectWriter(Connection &connection, Mapper &mapper);
  ~ObjectWriter();
  ObjectWriter(const ObjectWriter &) = delete;
  ObjectWriter &operator=(const ObjectWriter &) = delete;

  /// Whether the INSERT of this object, which is const, changes it before the row is written. What
  /// the database makes of the row is discarded otherwise.
  bool insert_changes(const void *object);
  /// Whether an UPDATE changes objects: onupdate, computed columns.
  bool update_changes() const;
  void insert(void *object);
  /// What update() writes; without it, all columns.
  void set_columns(const std::vector<NodePtr> &columns);
  void update(void *object);
  void remove(const void *object);
  /// Keeps a copy of a const object until its row is written. It comes before the row.
  void keep(std::shared_ptr<void> copy);
  /// Writes what waits.
  void send();
  /// The same, for the last time.
  void finish();

private:
  struct State;
  Owned<State> state_;
};

/// Reads the row with that key into `object`; false if there is none.
bool get_object(Connection &connection, Mapper &mapper, std::span<const Value> key, void *object);
/// Constructs an object of the mapped class at `place`. Throws InvalidRequestError if it has no
/// default constructor.
void construct(const Mapper &mapper, void *place);

/// A default-constructed T, also where T's constructor is private.
template <class T> class Holder {
public:
  explicit Holder(const Mapper &mapper) { construct(mapper, storage_); }
  ~Holder() { get().~T(); }
  Holder(const Holder &) = delete;
  Holder &operator=(const Holder &) = delete;
  T &get() { return *std::launder(reinterpret_cast<T *>(storage_)); }

private:
  alignas(T) std::byte storage_[sizeof(T)];
};

/// Assigns to the members whose columns the row has. Throws ArgumentError if there is none.
void fill(const Mapper &mapper, const Row &row, void *object);
/// Assigns to members: `col<&T::a> = 1`. Throws ArgumentError for a value that is an expression.
void fill(const Mapper &mapper, std::span<const Assignment> assignments, void *object);

template <class T> struct RowReader {
  static T read(const Row &row) {
    if constexpr (is_value<T>) {
      return row[std::size_t{0}].as<T>();
    } else {
      static const Mapper &mapper = find_row_mapper(type_id<T>);
      Holder<T> object(mapper);
      fill(mapper, row, &object.get());
      return std::move(object.get());
    }
  }
};
template <class... Ts> struct RowReader<std::tuple<Ts...>> {
  static std::tuple<Ts...> read(const Row &row) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::tuple<Ts...>{row[I].template as<Ts>()...};
    }(std::index_sequence_for<Ts...>());
  }
};

template <class T> struct ObjectAccess {
  static constexpr bool is_range = std::ranges::range<T>;

  /// Whether the objects of a range stay where they are while the next ones are read.
  template <class Range>
  static constexpr bool stays = std::ranges::forward_range<Range> &&
                                std::is_lvalue_reference_v<std::ranges::range_reference_t<Range>>;

  /// Calls `write(void *)` with the object, or with a copy, if the object is const and `changes`.
  template <class Object, class Write>
  static void write_one(ObjectWriter &writer, Object &object, bool changes, Write write) {
    using Plain = std::remove_const_t<Object>;
    if constexpr (std::is_const_v<Object>) {
      static_assert(std::copy_constructible<Plain>,
                    "declorm: insert() and update() of a const object need a copyable class");
      if (changes) {
        auto copy = std::make_shared<Plain>(object);
        void *const place = copy.get();
        writer.keep(std::move(copy));
        return write(place);
      }
    }
    write(const_cast<Plain *>(&object));
  }
  /// Calls `write(ObjectWriter &, object)` with the object, or each of the range.
  template <class Object, class Write>
  static void each(Connection &connection, Object &object_or_range, Write write) {
    if constexpr (is_range) {
      using Element = std::remove_cvref_t<std::ranges::range_reference_t<Object>>;
      ObjectWriter writer(connection, configured_mapper<Element>());
      for (auto &&object : object_or_range) {
        write(writer, object);
        if constexpr (!stays<Object>)
          writer.send();
      }
      writer.finish();
    } else {
      ObjectWriter writer(connection, configured_mapper<T>());
      write(writer, object_or_range);
      writer.finish();
    }
  }
  template <class Object> static void insert(Connection &connection, Object &object_or_range) {
    each(connection, object_or_range, [](ObjectWriter &writer, auto &object) {
      bool changes = false;
      if constexpr (std::is_const_v<std::remove_reference_t<decltype(object)>>)
        changes = writer.insert_changes(&object);
      write_one(writer, object, changes, [&](void *place) { writer.insert(place); });
    });
  }
  template <class Object, class... Columns>
  static void update(Connection &connection, Object &object_or_range, const Columns &...columns) {
    const std::vector<NodePtr> nodes{node_of(columns)...};
    bool first = true;
    each(connection, object_or_range, [&](ObjectWriter &writer, auto &object) {
      if (std::exchange(first, false) && !nodes.empty())
        writer.set_columns(nodes);
      write_one(writer, object, writer.update_changes(),
                [&](void *place) { writer.update(place); });
    });
  }
  static void delete_(Connection &connection, const T &object_or_range) {
    each(connection, object_or_range,
         [](ObjectWriter &writer, const auto &object) { writer.remove(&object); });
  }
  template <class... Key>
  static std::optional<T> get(Connection &connection, const Key &...key_parts) {
    Mapper &mapper = configured_mapper<T>();
    Holder<T> object(mapper);
    const std::array<Value, sizeof...(Key)> key{Value(key_parts)...};
    if (!get_object(connection, mapper, key, &object.get()))
      return std::nullopt;
    return std::move(object.get());
  }
};

} // namespace detail

/// An object with members set by name, private and inherited ones too: `make<User>(col<&User::name>
/// = "ed")`. For classes that are no aggregates. Throws DataError for a value that does not fit.
template <class T, std::same_as<Assignment>... Assignments>
T make(const Assignments &...assignments) {
  const Mapper &mapper = detail::configured_mapper<T>();
  detail::Holder<T> object(mapper);
  const std::array<Assignment, sizeof...(Assignments)> given{assignments...};
  detail::fill(mapper, given, &object.get());
  return std::move(object.get());
}

/// A SELECT of the objects of one class, streamed: an input range of T. Nothing is tracked. `for
/// (User u : connection.select<User>().where(…).order_by(…))`. A value: each builder returns a
/// changed copy. Belongs to its connection, which must outlive it, and to that connection's thread.
template <class T> class ObjectSelect {
public:
  /// Makes a SELECT of all rows of the class; Connection::select() calls it.
  explicit ObjectSelect(Connection &connection)
      : connection_(&connection), select_(declorm::select<T>()) {}

  /// Returns it with one more condition; several are joined by AND.
  ObjectSelect where(const Expression<bool> &condition) const {
    return {connection_, select_.where(condition)};
  }
  /// Returns it with another class joined, for conditions on it: an object is there as often as
  /// rows of U meet `on`.
  template <class U> ObjectSelect join(const Expression<bool> &on) const {
    return {connection_, select_.template join<U>(on)};
  }
  /// Returns it with an order; several are added one behind another.
  template <std::convertible_to<Ordering>... Os> ObjectSelect order_by(const Os &...orders) const {
    return {connection_, select_.order_by(orders...)};
  }
  /// Returns it with a limit: at most `rows` objects.
  ObjectSelect limit(std::int64_t rows) const { return {connection_, select_.limit(rows)}; }
  /// Returns it without its first `rows` objects.
  ObjectSelect offset(std::int64_t rows) const { return {connection_, select_.offset(rows)}; }
  /// Returns it without rows that are there twice.
  ObjectSelect distinct() const { return {connection_, select_.distinct()}; }

  /// Returns the text of the SELECT in the dialect's words. Throws ArgumentError for what cannot be
  /// written.
  std::string sql(const Dialect &dialect) const { return select_.sql(dialect); }

  /// An input iterator, which holds one row at a time. Must not outlive the connection.
  class iterator {
  public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    iterator(Connection &connection, const Select<T> &select)
        : mapper_(&detail::configured_mapper<T>()), cursor_(connection, select.core()) {
      ++*this;
    }
    /// Returns the object, which may be moved from: `User u = *it`.
    T &&operator*() const { return std::move(object_->get()); }
    iterator &operator++() {
      if (cursor_.next()) {
        object_.emplace(*mapper_);
        cursor_.fetch(0, &object_->get());
      } else {
        object_.reset();
      }
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator &it, std::default_sentinel_t) { return !it.object_; }

  private:
    Mapper *mapper_;
    detail::Cursor cursor_;
    mutable std::optional<detail::Holder<T>> object_;
  };
  /// Executes the SELECT and reads the first row; `end` tells when there is none left. Throws what
  /// Connection::execute() does, and DataError for a value that does not fit its member.
  iterator begin() const { return iterator(*connection_, select_); }
  std::default_sentinel_t end() const { return {}; }
  /// Executes the SELECT and returns all objects.
  std::vector<T> all() const {
    std::vector<T> objects;
    for (auto it = begin(); it != end(); ++it)
      objects.push_back(*it);
    return objects;
  }

private:
  ObjectSelect(Connection *connection, Select<T> select)
      : connection_(connection), select_(std::move(select)) {}

  Connection *connection_;
  Select<T> select_;
};

} // namespace declorm

#endif // DECLORM_OBJECTS_H
