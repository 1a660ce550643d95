// statement.h: select, insert, update, delete_.
//
// Statements are values: each builder returns a changed copy. SQLAlchemy's select(), insert(), ….
#ifndef DECLORM_STATEMENT_H
#define DECLORM_STATEMENT_H

#include "declorm/engine.h"
#include "declorm/expression.h"

namespace declorm {

namespace detail {

/// A class in a statement.
struct EntityRef {
  const TypeId *type;
  std::string alias = {};
};

struct SelectItem {
  NodePtr node;                   ///< null: a whole entity
  const TypeId *entity = nullptr; ///< then this one
};

struct Join {
  EntityRef target;
  NodePtr on;
  bool outer = false;
};

struct SelectData {
  std::vector<SelectItem> items;
  std::vector<EntityRef> from;
  std::vector<Join> joins;
  NodePtr where, having;
  std::vector<NodePtr> group;
  std::vector<Ordering> order;
  std::optional<std::int64_t> limit, offset;
  bool distinct = false;
};

struct WriteData {
  enum Kind : unsigned char { insert, update, remove } kind = insert;
  const TypeId *entity = nullptr;
  std::vector<std::vector<Assignment>> rows; ///< update: one
  NodePtr where;
};

struct Field;

/// SQL with its parameters, and where the items of a SELECT begin in its columns.
struct Compiled {
  std::string sql;
  std::vector<Value> params;
  std::vector<int> item_columns;
  std::vector<const Field *> item_fields; ///< of items that are a mapped column, else null
};

Compiled compile(const SelectData &data, const Dialect &dialect);
Compiled compile(const WriteData &data, const Dialect &dialect);

/// A SELECT under way. Objects are read without Value in between.
class Cursor {
public:
  Cursor(Connection &connection, Compiled compiled, const std::vector<SelectItem> &items);
  Cursor(Cursor &&) noexcept;
  Cursor &operator=(Cursor &&) noexcept;
  ~Cursor();

  bool next();
  /// The value of an item, as its member would have it: enums that are stored by name as numbers.
  Value value(std::size_t item) const;
  /// Whether entity `item` of an outer join has no row.
  bool is_missing(std::size_t item) const;
  /// Throws `error` again, with the names of the item's member and column.
  [[noreturn]] void fail(std::size_t item, const DataError &error) const;
  /// Reads the columns of entity `item` into `object`, a constructed object of its class.
  void fetch(std::size_t item, void *object) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

Result execute_write(Connection &connection, const WriteData &data);
/// How many rows a SELECT of whole entities has, its limit and offset included.
std::int64_t count_rows(Connection &connection, const SelectData &data);

/// Whether a T in a row is one value; any other class is a whole object.
template <class T>
inline constexpr bool is_value =
    !std::is_class_v<T> || has_type_traits<T> || is_text<T> || is_duration<T>::value ||
    is_time_point<T>::value || is_byte_vector<T>::value || is_byte_array<T>::value ||
    std::is_same_v<T, Value> || std::is_same_v<T, std::chrono::year_month_day>;

template <class T> inline constexpr bool is_value<std::optional<T>> = is_value<T>;

inline NodePtr join_conditions(const NodePtr &left, const NodePtr &right) {
  return left ? binary_node(Operator::and_, left, right) : right;
}

} // namespace detail

/// The rows of a typed SELECT: an input range of std::tuple<Ts…> (of T itself if there is one).
/// Belongs to its connection, which must outlive it.
template <class... Ts> class Rows {
public:
  using value_type =
      std::conditional_t<sizeof...(Ts) == 1, std::tuple_element_t<0, std::tuple<Ts...>>,
                         std::tuple<Ts...>>;

  Rows(Connection &connection, detail::Compiled compiled,
       const std::vector<detail::SelectItem> &items)
      : cursor_(connection, std::move(compiled), items) {}

  /// The next row, or nullopt at the end.
  std::optional<value_type> next() {
    if (!cursor_.next())
      return std::nullopt;
    return read(std::index_sequence_for<Ts...>());
  }
  std::vector<value_type> all() {
    std::vector<value_type> rows;
    while (auto row = next())
      rows.push_back(std::move(*row));
    return rows;
  }
  std::optional<value_type> first() { return next(); }
  /// Throws NoResultFound or MultipleResultsFound.
  value_type one() {
    auto row = next();
    if (!row)
      throw NoResultFound("one(): the statement returned no row");
    if (cursor_.next())
      throw MultipleResultsFound("one(): the statement returned more than one row");
    return std::move(*row);
  }

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

/// A SELECT whose rows are (Ts…): values of expressions and whole mapped objects.
template <class... Ts> class Select {
public:
  using rows = Rows<Ts...>;

  explicit Select(detail::SelectData data) : data_(std::move(data)) {}

  /// Adds a condition; several are joined by AND.
  Select where(const Expression<bool> &condition) const {
    return with([&](auto &d) { d.where = detail::join_conditions(d.where, condition.node()); });
  }
  /// FROM a class that no selected item names.
  template <class T> Select from() const {
    return with([&](auto &d) { d.from.push_back({&detail::type_id<T>}); });
  }
  template <class T> Select join(const Expression<bool> &on) const {
    return with([&](auto &d) { d.joins.push_back({{&detail::type_id<T>}, on.node(), false}); });
  }
  template <class T> Select outer_join(const Expression<bool> &on) const {
    return with([&](auto &d) { d.joins.push_back({{&detail::type_id<T>}, on.node(), true}); });
  }
  template <detail::operand... Os> Select group_by(const Os &...operands) const {
    return with([&](auto &d) { (d.group.push_back(detail::node_of(operands)), ...); });
  }
  Select having(const Expression<bool> &condition) const {
    return with([&](auto &d) { d.having = detail::join_conditions(d.having, condition.node()); });
  }
  template <std::convertible_to<Ordering>... Os> Select order_by(const Os &...orders) const {
    return with([&](auto &d) { (d.order.push_back(Ordering(orders)), ...); });
  }
  Select limit(std::int64_t rows_at_most) const {
    return with([&](auto &d) { d.limit = rows_at_most; });
  }
  Select offset(std::int64_t rows_to_skip) const {
    return with([&](auto &d) { d.offset = rows_to_skip; });
  }
  Select distinct() const {
    return with([](auto &d) { d.distinct = true; });
  }

  /// The text, to look at.
  std::string sql(const Dialect &dialect) const { return detail::compile(data_, dialect).sql; }
  Rows<Ts...> execute_on(Connection &connection) const {
    return {connection, detail::compile(data_, connection.dialect()), data_.items};
  }
  const detail::SelectData &data() const { return data_; }

private:
  template <class F> Select with(F change) const {
    Select copy(*this);
    change(copy.data_);
    return copy;
  }
  detail::SelectData data_;
};

/// SELECT of whole mapped objects; `std::optional<T>` for a class that is joined by outer_join.
template <class... Entities>
  requires(sizeof...(Entities) > 0)
Select<Entities...> select() {
  return Select<Entities...>(
      detail::SelectData{.items = {{nullptr, &detail::type_id<detail::strip_t<Entities>>}...},
                         .from = {},
                         .joins = {},
                         .where = {},
                         .having = {},
                         .group = {},
                         .order = {},
                         .limit = {},
                         .offset = {}});
}

namespace detail {
template <class T> struct result_type {
  using type = Value;
};
template <class T>
  requires requires { typename T::operand_type; }
struct result_type<T> {
  using type = std::remove_cv_t<typename T::operand_type>;
};
} // namespace detail

/// SELECT of expressions: `select(col<&User::name>, count())`.
template <detail::operand... Os>
  requires(sizeof...(Os) > 0)
auto select(const Os &...operands) {
  detail::SelectData data;
  (data.items.push_back({detail::node_of(operands), nullptr}), ...);
  return Select<typename detail::result_type<Os>::type...>(std::move(data));
}

/// INSERT, UPDATE or DELETE of the rows of one class, without touching objects in sessions.
template <class T, detail::WriteData::Kind K> class Write {
public:
  Write() { data_ = {.kind = K, .entity = &detail::type_id<T>, .rows = {}, .where = {}}; }

  /// A row to insert; once more for a further row with the same columns.
  template <std::same_as<Assignment>... As>
    requires(K == detail::WriteData::insert)
  Write values(const As &...assignments) const {
    return with([&](auto &d) { d.rows.push_back({assignments...}); });
  }
  /// The columns to change.
  template <std::same_as<Assignment>... As>
    requires(K == detail::WriteData::update)
  Write set(const As &...assignments) const {
    return with([&](auto &d) {
      if (d.rows.empty())
        d.rows.emplace_back();
      (d.rows.front().push_back(assignments), ...);
    });
  }
  Write where(const Expression<bool> &condition) const
    requires(K != detail::WriteData::insert)
  {
    return with([&](auto &d) { d.where = detail::join_conditions(d.where, condition.node()); });
  }

  std::string sql(const Dialect &dialect) const { return detail::compile(data_, dialect).sql; }
  Result execute_on(Connection &connection) const {
    return detail::execute_write(connection, data_);
  }
  const detail::WriteData &data() const { return data_; }

private:
  template <class F> Write with(F change) const {
    Write copy(*this);
    change(copy.data_);
    return copy;
  }
  detail::WriteData data_;
};

template <class T> Write<T, detail::WriteData::insert> insert() { return {}; }
template <class T> Write<T, detail::WriteData::update> update() { return {}; }
template <class T> Write<T, detail::WriteData::remove> delete_() { return {}; }

} // namespace declorm

#endif // DECLORM_STATEMENT_H
