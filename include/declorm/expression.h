// expression.h: SQL expressions on the members of mapped classes.
//
// Typed on the outside, one node type inside: the templates only check types and call the compiled
// functions of runtime/sql. SQLAlchemy's sqlalchemy.sql.expression.
#ifndef DECLORM_EXPRESSION_H
#define DECLORM_EXPRESSION_H

#include "declorm/registration.h"
#include "declorm/schema.h"

#include <cstring>
// libstdc++ has the range concepts in what is included above; its <ranges> would cost a tenth of
// all.
#ifndef __GLIBCXX__
#include <ranges>
#endif

namespace declorm {

template <class T> class Expression;
class Ordering;

namespace detail {

struct Node;
using NodePtr = std::shared_ptr<const Node>;

enum class Operator : unsigned char {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  and_,
  or_,
  not_,
  negate,
  concat,
  like,
  not_like,
  ilike,
  in,
  not_in,
  is_null,
  is_not_null,
};

/// A data member named by a member pointer: the class it stands in and its offset there.
struct MemberRef {
  const TypeId *declaring;
  const TypeId *entity; ///< null: the statement decides
  std::size_t offset;
  std::string_view alias = {}; ///< of `alias<T>("name")`
};

NodePtr member_node(const MemberRef &member);
NodePtr attribute_node(const TypeId &entity, std::string name, std::string alias = {});
NodePtr column_node(const Column &column);
NodePtr literal_node(Value value);
NodePtr text_node(std::string sql);
/// `= NULL` and `<> NULL` become IS NULL and IS NOT NULL.
NodePtr binary_node(Operator op, NodePtr left, NodePtr right);
NodePtr unary_node(Operator op, NodePtr operand);
NodePtr between_node(NodePtr operand, NodePtr low, NodePtr high);
NodePtr list_node(std::vector<NodePtr> items);
NodePtr function_node(std::string name, std::vector<NodePtr> arguments);
NodePtr cast_node(NodePtr operand, declorm::Type type);
NodePtr label_node(NodePtr operand, std::string name);
NodePtr collate_node(NodePtr operand, std::string name);

/// A pointer to a data member is its offset (Itanium C++ ABI).
template <class M, class C> std::size_t offset_of(M C::*member) {
  static_assert(sizeof member == sizeof(std::ptrdiff_t));
  std::ptrdiff_t offset;
  std::memcpy(&offset, &member, sizeof offset);
  return static_cast<std::size_t>(offset);
}

template <class M> struct member_value {
  using type = M;
};
template <std::size_t N> struct member_value<char[N]> {
  using type = std::string;
};
template <class B, std::size_t N> struct member_value<B[N]> {
  using type = std::array<B, N>;
};
template <class T> struct member_pointer;
template <class M, class C> struct member_pointer<M C::*> {
  using member = typename member_value<std::remove_cv_t<M>>::type;
  using owner = C;
};

template <class T> struct strip_optional {
  using type = T;
};
template <class T> struct strip_optional<std::optional<T>> {
  using type = T;
};
template <class T> using strip_t = typename strip_optional<std::remove_cvref_t<T>>::type;

template <class T>
concept operand = requires { typename std::remove_cvref_t<T>::operand_type; } ||
                  std::same_as<std::remove_cvref_t<T>, Column>;

template <class T> struct operand_value {
  using type = strip_t<T>;
};
template <class T>
  requires requires { typename std::remove_cvref_t<T>::operand_type; }
struct operand_value<T> {
  using type = strip_t<typename std::remove_cvref_t<T>::operand_type>;
};
template <> struct operand_value<Column> {
  using type = Value;
};
/// The C++ type that an operand, or a value beside one, stands for; without std::optional.
template <class T> using value_t = typename operand_value<std::remove_cvref_t<T>>::type;

template <class T>
inline constexpr bool is_null_literal = std::is_same_v<std::remove_cvref_t<T>, std::nullopt_t> ||
                                        std::is_same_v<std::remove_cvref_t<T>, std::nullptr_t>;
template <class T>
inline constexpr bool is_text = std::is_convertible_v<const T &, std::string_view>;

/// Whether SQL values of L and R can be compared without a surprise: number with number, text with
/// text, otherwise only equal types. Untyped columns and `text()` compare with anything.
template <class L, class R>
inline constexpr bool comparable =
    std::is_same_v<L, R> || std::is_same_v<L, Value> || std::is_same_v<R, Value> ||
    (is_number<L> && is_number<R>) || (is_text<L> && is_text<R>) ||
    (is_time_point<L>::value && is_time_point<R>::value) ||
    (is_duration<L>::value && is_duration<R>::value);

template <class T> NodePtr node_of(const T &value) {
  if constexpr (std::is_same_v<T, Column>)
    return column_node(value);
  else if constexpr (operand<T>)
    return value.node();
  else
    return literal_node(Value(value));
}

template <class T> declorm::Type cast_type() {
  using V = strip_t<T>;
  if constexpr (requires { type_traits<V>::precision; })
    return Numeric(type_traits<V>::precision, type_traits<V>::scale);
  else if constexpr (has_type_traits<V>)
    return cast_type<typename type_traits<V>::column_type>();
  else if constexpr (std::is_same_v<V, bool>)
    return Boolean;
  else if constexpr (std::is_integral_v<V> || std::is_enum_v<V> || is_duration<V>::value)
    return sizeof(V) > 4 ? declorm::Type(BigInteger) : declorm::Type(Integer);
  else if constexpr (std::is_floating_point_v<V>)
    return Double;
  else if constexpr (std::is_same_v<V, std::string>)
    return String;
  else if constexpr (is_byte_vector<V>::value)
    return LargeBinary;
  else
    static_assert(!sizeof(V), "declorm: cast_<T>() takes numbers, bool, std::string and bytes");
}

template <class L, class R>
inline constexpr bool can_compare =
    is_null_literal<L> || is_null_literal<R> || comparable<value_t<L>, value_t<R>>;

template <class L, class R> constexpr void check_comparable() {
  static_assert(
      can_compare<L, R>,
      "declorm: these two cannot be compared: the column's C++ type and the value's are "
      "different kinds (a number and a text, two enums, …); convert one, or use cast_<T>()");
}

/// The node of an operator; null for operands that check_comparable() has refused, so that its
/// message stays the only one.
template <class L, class R> NodePtr checked_node(Operator op, const L &left, const R &right) {
  check_comparable<L, R>();
  if constexpr (can_compare<L, R>)
    return binary_node(op, node_of(left), node_of(right));
  else
    return nullptr;
}
/// The same for a value that is to be put into a column, or compared with one.
template <class Column, class V> NodePtr checked_value(const V &value) {
  check_comparable<Column, V>();
  if constexpr (can_compare<Column, V>)
    return node_of(value);
  else
    return nullptr;
}

/// What every operand can do. `Derived::node()` makes its node.
template <class Derived, class T> struct Operations {
  Expression<bool> like(std::string_view pattern) const;
  Expression<bool> not_like(std::string_view pattern) const;
  /// Without regard to case.
  Expression<bool> ilike(std::string_view pattern) const;
  template <std::ranges::input_range Range> Expression<bool> in_(const Range &values) const;
  template <class V> Expression<bool> in_(std::initializer_list<V> values) const;
  template <std::ranges::input_range Range> Expression<bool> not_in(const Range &values) const;
  template <class V> Expression<bool> not_in(std::initializer_list<V> values) const;
  template <class Low, class High> Expression<bool> between(const Low &low, const High &high) const;
  Expression<bool> is_null() const;
  Expression<bool> is_not_null() const;
  Ordering desc() const;
  Ordering asc() const;
  Expression<T> label(std::string name) const;
  Expression<T> collate(std::string name) const;
  template <class R> Expression<std::string> concat(const R &right) const;

private:
  NodePtr self() const { return static_cast<const Derived &>(*this).node(); }
  template <class Range> static NodePtr list_of(const Range &values);
};

} // namespace detail

/// An SQL expression whose value reads as T. A value type that shares its immutable parts: cheap to
/// copy, safe to use from several threads, one type however it was composed.
template <class T> class Expression : public detail::Operations<Expression<T>, T> {
public:
  using operand_type = T;
  explicit Expression(detail::NodePtr node) : node_(std::move(node)) {}
  /// Any operand of the same value type, `Expression<std::string> name = col<&User::name>`, or an
  /// untyped one, `filter(text("age > 3"))`.
  template <detail::operand O>
    requires(!std::same_as<O, Expression> &&
             (std::same_as<detail::strip_t<T>, detail::value_t<O>> ||
              std::same_as<detail::value_t<O>, Value>))
  Expression(const O &operand) : node_(detail::node_of(operand)) {}

  const detail::NodePtr &node() const { return node_; }

private:
  detail::NodePtr node_;
};

/// A column's new value, for insert() and update(): `col<&User::name> = "ed"`.
struct Assignment {
  detail::NodePtr column, value;
};

/// A direction in ORDER BY. Operands convert to it, ascending.
class Ordering {
public:
  Ordering(detail::NodePtr node, bool descending)
      : node_(std::move(node)), descending_(descending) {}
  template <detail::operand O> Ordering(const O &operand) : node_(detail::node_of(operand)) {}

  const detail::NodePtr &node() const { return node_; }
  bool descending() const { return descending_; }

private:
  detail::NodePtr node_;
  bool descending_ = false;
};

/// The type of `col<&User::name>` and `col<&HasName::name, User>`: no state, usable in constexpr.
template <auto Member, class Entity>
struct MemberColumn
    : detail::Operations<MemberColumn<Member, Entity>,
                         typename detail::member_pointer<decltype(Member)>::member> {
  using operand_type = typename detail::member_pointer<decltype(Member)>::member;
  using owner = typename detail::member_pointer<decltype(Member)>::owner;

  constexpr MemberColumn() = default;
  constexpr MemberColumn(const MemberColumn &) = default;

  detail::NodePtr node() const {
    if constexpr (std::is_void_v<Entity>)
      return detail::member_node({&detail::type_id<owner>, nullptr, detail::offset_of(Member)});
    else
      return detail::member_node(
          {&detail::type_id<owner>, &detail::type_id<Entity>, detail::offset_of(Member)});
  }
  /// For insert().values() and update().set().
  template <class V> Assignment operator=(const V &value) const {
    return {node(), detail::checked_value<MemberColumn>(value)};
  }
};

/// The column of a data member: `col<&User::name>`. A member of a base or mixin belongs to the one
/// entity of the statement that derives from its class, or to the one named: `col<&HasName::name,
/// User>`.
template <auto Member, class Entity = void> inline constexpr MemberColumn<Member, Entity> col{};

/// The type of `attr<User>("name")`.
struct NamedColumn : detail::Operations<NamedColumn, Value> {
  using operand_type = Value;
  const detail::TypeId *entity;
  std::string_view name;

  constexpr NamedColumn(const detail::TypeId *entity_id, std::string_view member)
      : entity(entity_id), name(member) {}
  constexpr NamedColumn(const NamedColumn &) = default;
  detail::NodePtr node() const { return detail::attribute_node(*entity, std::string(name)); }
  template <class V> Assignment operator=(const V &value) const {
    return {node(), detail::node_of(value)};
  }
};

/// The column of a member, by name: for private members. Untyped. An unknown name is an
/// ArgumentError, with the nearest one, when the statement is made. `name` must outlive the result.
template <class T> constexpr NamedColumn attr(std::string_view name) {
  return {&detail::type_id<T>, name};
}

// Operators. At least one side is an operand; the other may be a value, which is bound, never
// spliced.

#define DECLORM_COMPARISON(symbol, name)                                                           \
  template <class L, class R>                                                                      \
    requires detail::operand<L> || detail::operand<R>                                              \
  Expression<bool> operator symbol(const L & left, const R & right) {                              \
    return Expression<bool>(detail::checked_node(detail::Operator::name, left, right));            \
  }
DECLORM_COMPARISON(==, equal)
DECLORM_COMPARISON(!=, not_equal)
DECLORM_COMPARISON(<, less)
DECLORM_COMPARISON(<=, less_equal)
DECLORM_COMPARISON(>, greater)
DECLORM_COMPARISON(>=, greater_equal)
#undef DECLORM_COMPARISON

namespace detail {
template <class L, class R> struct arithmetic_result {
  using type = Value;
};
template <class L, class R>
  requires std::is_arithmetic_v<L> && std::is_arithmetic_v<R>
struct arithmetic_result<L, R> {
  using type = decltype(L() + R());
};
template <class L, class R>
  requires is_text<L> && is_text<R>
struct arithmetic_result<L, R> {
  using type = std::string;
};
template <class L, class R>
using arithmetic_t = typename arithmetic_result<value_t<L>, value_t<R>>::type;
} // namespace detail

#define DECLORM_ARITHMETIC(symbol, name)                                                           \
  template <class L, class R>                                                                      \
    requires detail::operand<L> || detail::operand<R>                                              \
  Expression<detail::arithmetic_t<L, R>> operator symbol(const L & left, const R & right) {        \
    constexpr bool text =                                                                          \
        detail::is_text<detail::value_t<L>> && detail::Operator::name == detail::Operator::add;    \
    return Expression<detail::arithmetic_t<L, R>>(detail::checked_node(                            \
        text ? detail::Operator::concat : detail::Operator::name, left, right));                   \
  }
DECLORM_ARITHMETIC(+, add)
DECLORM_ARITHMETIC(-, subtract)
DECLORM_ARITHMETIC(*, multiply)
DECLORM_ARITHMETIC(/, divide)
DECLORM_ARITHMETIC(%, modulo)
#undef DECLORM_ARITHMETIC

namespace detail {
template <class T>
concept condition =
    operand<T> && (std::same_as<value_t<T>, bool> || std::same_as<value_t<T>, Value>);
} // namespace detail

template <detail::condition L, detail::condition R>
Expression<bool> operator&&(const L &left, const R &right) {
  return Expression<bool>(
      detail::binary_node(detail::Operator::and_, detail::node_of(left), detail::node_of(right)));
}
template <detail::condition L, detail::condition R>
Expression<bool> operator||(const L &left, const R &right) {
  return Expression<bool>(
      detail::binary_node(detail::Operator::or_, detail::node_of(left), detail::node_of(right)));
}
template <detail::condition T> Expression<bool> operator!(const T &operand) {
  return Expression<bool>(detail::unary_node(detail::Operator::not_, detail::node_of(operand)));
}
template <detail::operand T> auto operator-(const T &operand) {
  return Expression<detail::value_t<T>>(
      detail::unary_node(detail::Operator::negate, detail::node_of(operand)));
}

/// All conditions of a range joined by AND; none is true.
template <std::ranges::input_range Range> Expression<bool> and_(const Range &conditions) {
  detail::NodePtr node;
  for (const auto &condition : conditions)
    node = node ? detail::binary_node(detail::Operator::and_, node, detail::node_of(condition))
                : detail::node_of(condition);
  return Expression<bool>(node ? node : detail::text_node("1 = 1"));
}
/// All conditions of a range joined by OR; none is false.
template <std::ranges::input_range Range> Expression<bool> or_(const Range &conditions) {
  detail::NodePtr node;
  for (const auto &condition : conditions)
    node = node ? detail::binary_node(detail::Operator::or_, node, detail::node_of(condition))
                : detail::node_of(condition);
  return Expression<bool>(node ? node : detail::text_node("0 = 1"));
}

template <detail::operand T> Ordering desc(const T &operand) {
  return Ordering(detail::node_of(operand), true);
}
template <detail::operand T> Ordering asc(const T &operand) {
  return Ordering(detail::node_of(operand), false);
}

/// A value as an expression; it is bound.
template <class V> auto literal(const V &value) {
  using T = std::conditional_t<detail::is_text<V> && !detail::has_type_traits<V>, std::string, V>;
  return Expression<T>(detail::literal_node(Value(value)));
}
/// Raw SQL: the caller answers for it.
inline Expression<Value> text(std::string sql) {
  return Expression<Value>(detail::text_node(std::move(sql)));
}
/// A function of the database: `func("lower", col<&User::name>)`; `func<std::int64_t>(…)` says what
/// it gives. Throws ArgumentError if `name` is no name.
template <class R = Value, class... Arguments>
Expression<R> func(std::string name, const Arguments &...arguments) {
  return Expression<R>(detail::function_node(std::move(name), {detail::node_of(arguments)...}));
}

/// CAST(x AS …), in the column type of T.
template <class T, class V> Expression<T> cast_(const V &operand) {
  return Expression<T>(detail::cast_node(detail::node_of(operand), detail::cast_type<T>()));
}

namespace detail {
template <class T> struct sum_result {
  using type = std::conditional_t<std::is_integral_v<T>, std::int64_t, T>;
};
template <class T>
  requires requires { typename type_traits<T>::sum_type; }
struct sum_result<T> {
  using type = typename type_traits<T>::sum_type;
};
} // namespace detail

/// COUNT(*).
inline Expression<std::int64_t> count() {
  return Expression<std::int64_t>(detail::function_node("count", {detail::text_node("*")}));
}
template <detail::operand T> Expression<std::int64_t> count(const T &operand) {
  return func<std::int64_t>("count", operand);
}
/// Aggregates of no rows are NULL, so they read as std::optional.
template <detail::operand T> auto sum(const T &operand) {
  using V = detail::value_t<T>;
  return func<std::optional<typename detail::sum_result<V>::type>>("sum", operand);
}
template <detail::operand T> auto min(const T &operand) {
  return func<std::optional<detail::value_t<T>>>("min", operand);
}
template <detail::operand T> auto max(const T &operand) {
  return func<std::optional<detail::value_t<T>>>("max", operand);
}
template <detail::operand T> auto avg(const T &operand) {
  return func<std::optional<double>>("avg", operand);
}
/// The first that is not NULL.
template <detail::operand T, class... Others>
auto coalesce(const T &first, const Others &...others) {
  return func<detail::value_t<T>>("coalesce", first, others...);
}

namespace detail {

template <class D, class T>
Expression<bool> Operations<D, T>::like(std::string_view pattern) const {
  return Expression<bool>(binary_node(Operator::like, self(), literal_node(Value(pattern))));
}
template <class D, class T>
Expression<bool> Operations<D, T>::not_like(std::string_view pattern) const {
  return Expression<bool>(binary_node(Operator::not_like, self(), literal_node(Value(pattern))));
}
template <class D, class T>
Expression<bool> Operations<D, T>::ilike(std::string_view pattern) const {
  return Expression<bool>(binary_node(Operator::ilike, self(), literal_node(Value(pattern))));
}
template <class D, class T>
template <class Range>
NodePtr Operations<D, T>::list_of(const Range &values) {
  std::vector<NodePtr> items;
  for (const auto &value : values) {
    items.push_back(checked_value<D>(value));
  }
  return list_node(std::move(items));
}
template <class D, class T>
template <std::ranges::input_range Range>
Expression<bool> Operations<D, T>::in_(const Range &values) const {
  return Expression<bool>(binary_node(Operator::in, self(), list_of(values)));
}
template <class D, class T>
template <std::ranges::input_range Range>
Expression<bool> Operations<D, T>::not_in(const Range &values) const {
  return Expression<bool>(binary_node(Operator::not_in, self(), list_of(values)));
}
template <class D, class T>
template <class V>
Expression<bool> Operations<D, T>::in_(std::initializer_list<V> values) const {
  return Expression<bool>(binary_node(Operator::in, self(), list_of(values)));
}
template <class D, class T>
template <class V>
Expression<bool> Operations<D, T>::not_in(std::initializer_list<V> values) const {
  return Expression<bool>(binary_node(Operator::not_in, self(), list_of(values)));
}
template <class D, class T>
template <class Low, class High>
Expression<bool> Operations<D, T>::between(const Low &low, const High &high) const {
  return Expression<bool>(between_node(self(), checked_value<D>(low), checked_value<D>(high)));
}
template <class D, class T> Expression<bool> Operations<D, T>::is_null() const {
  return Expression<bool>(unary_node(Operator::is_null, self()));
}
template <class D, class T> Expression<bool> Operations<D, T>::is_not_null() const {
  return Expression<bool>(unary_node(Operator::is_not_null, self()));
}
template <class D, class T> Ordering Operations<D, T>::desc() const {
  return Ordering(self(), true);
}
template <class D, class T> Ordering Operations<D, T>::asc() const {
  return Ordering(self(), false);
}
template <class D, class T> Expression<T> Operations<D, T>::label(std::string name) const {
  return Expression<T>(label_node(self(), std::move(name)));
}
template <class D, class T> Expression<T> Operations<D, T>::collate(std::string name) const {
  return Expression<T>(collate_node(self(), std::move(name)));
}
template <class D, class T>
template <class R>
Expression<std::string> Operations<D, T>::concat(const R &right) const {
  return Expression<std::string>(binary_node(Operator::concat, self(), node_of(right)));
}

} // namespace detail

} // namespace declorm

#endif // DECLORM_EXPRESSION_H
