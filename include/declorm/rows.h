// rows.h: the rows of a typed statement.
#ifndef DECLORM_ROWS_H
#define DECLORM_ROWS_H

#include "declorm/engine.h"
#include "declorm/operand.h"

namespace declorm {

namespace detail {

class SelectCore;
class WriteCore;

/// A SELECT, or a writing statement with RETURNING, under way. Objects are read without Value in
/// between.
class Cursor {
public:
  Cursor(Connection &connection, const SelectCore &select);
  Cursor(Connection &connection, const WriteCore &write);
  Cursor(Cursor &&) noexcept;
  Cursor &operator=(Cursor &&) noexcept;
  ~Cursor();

  bool next();
  /// The value of an item, as its member would have it: enums that are stored by name as numbers.
  Value value(std::size_t item) const;
  /// The whole row, as the database gave it.
  Row row() const;
  /// Whether entity `item` of an outer join has no row.
  bool is_missing(std::size_t item) const;
  /// Throws `error` again, with the names of the item's member and column.
  [[noreturn]] void fail(std::size_t item, const DataError &error) const;
  /// Reads the columns of entity `item` into `object`, a constructed object of its class.
  void fetch(std::size_t item, void *object) const;

private:
  struct State;
  Owned<State> state_;
};

} // namespace detail

/// The rows of a typed statement, an input range of std::tuple<Ts…>, of T itself if there is one.
/// They are fetched as they are asked for, and cannot be begun again. Belongs to its connection,
/// which must outlive it, and to that connection's thread. SQLAlchemy's Result.
template <class... Ts> class Rows {
public:
  /// What a row reads as: a value or object if one is selected, else a tuple of them.
  using value_type =
      std::conditional_t<sizeof...(Ts) == 1, std::tuple_element_t<0, std::tuple<Ts...>>,
                         std::tuple<Ts...>>;

  explicit Rows(detail::Cursor cursor) : cursor_(std::move(cursor)) {}

  /// The next row, or nullopt at the end. Throws DataError for a value that does not fit, NULL in
  /// a type that is no std::optional included.
  std::optional<value_type> next() {
    if (!cursor_.next())
      return std::nullopt;
    return read(std::index_sequence_for<Ts...>());
  }
  /// Returns all rows that are left. Throws what next() does.
  std::vector<value_type> all() {
    std::vector<value_type> rows;
    while (auto row = next())
      rows.push_back(std::move(*row));
    return rows;
  }
  /// Returns the first row that is left, or nullopt. The others can still be read; until then, or
  /// until the Rows end, the statement stays open.
  std::optional<value_type> first() { return next(); }
  /// Returns the only row that is left. Throws NoResultFound if there is none, MultipleResultsFound
  /// if there are several, and what next() does.
  value_type one() {
    auto row = one_or_none();
    if (!row)
      throw NoResultFound("one(): the statement returned no row");
    return std::move(*row);
  }
  /// Returns the only row that is left, or nullopt. Throws MultipleResultsFound if there are
  /// several, and what next() does.
  std::optional<value_type> one_or_none() {
    auto row = next();
    if (row && cursor_.next())
      throw MultipleResultsFound("one(): the statement returned more than one row");
    return row;
  }
  /// All rows that are left, as T, by the names of columns and labels: a [[declorm::row]] struct or
  /// a mapped class; see Result::into().
  template <class T> std::vector<T> into() {
    std::vector<T> objects;
    while (cursor_.next())
      objects.push_back(detail::RowReader<T>::read(cursor_.row()));
    return objects;
  }

  /// An input iterator, which holds one row at a time. The Rows must outlive it and stay where they
  /// are.
  class iterator {
  public:
    using value_type = typename Rows::value_type;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    explicit iterator(Rows *rows) : rows_(rows) { ++*this; }
    value_type &operator*() const { return *row_; }
    iterator &operator++() {
      row_ = rows_->next();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator &it, std::default_sentinel_t) { return !it.row_; }

  private:
    Rows *rows_ = nullptr;
    mutable std::optional<value_type> row_;
  };
  /// Fetches the first row that is left and begins to iterate; `end` tells when no row is left.
  iterator begin() { return iterator(this); }
  std::default_sentinel_t end() const { return {}; }

private:
  template <std::size_t... I> value_type read(std::index_sequence<I...>) {
    if constexpr (sizeof...(Ts) == 1)
      return element<value_type>(0);
    else
      return value_type{element<Ts>(I)...};
  }
  template <class T> T element(std::size_t item) {
    if constexpr (detail::is_value<T>) {
      const Value value = cursor_.value(item);
      try {
        return value.template as<T>();
      } catch (const DataError &error) {
        cursor_.fail(item, error);
      }
    } else if constexpr (detail::is_optional<T>::value) {
      if (cursor_.is_missing(item))
        return std::nullopt;
      return element<typename T::value_type>(item);
    } else {
      T object{};
      cursor_.fetch(item, &object);
      return object;
    }
  }

  detail::Cursor cursor_;
};

} // namespace declorm

#endif // DECLORM_ROWS_H
