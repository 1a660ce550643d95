// expression.h: SQL expressions, and what operands can do.
//
// Typed on the outside, one node type inside. SQLAlchemy's sqlalchemy.sql.expression.
#ifndef DECLORM_EXPRESSION_H
#define DECLORM_EXPRESSION_H

#include "declorm/operand.h"

namespace declorm {

template <class T> class Expression;
class Ordering;

namespace detail {

/// What every operand can do. `Derived::node()` makes its node.
template <class Derived, class T> struct Operations {
  /// Whether the text matches a pattern, in which `%` is any text and `_` any character; `escape`
  /// makes the next one mean itself. not_like() is true where it does not match. NULL matches
  /// nothing. Throws ArgumentError if the escape is no ASCII character.
  template <class P> Expression<bool> like(const P &pattern, LikeEscape escape = {}) const;
  template <class P> Expression<bool> not_like(const P &pattern, LikeEscape escape = {}) const;
  /// Whether the text matches a pattern, as like() and not_like(), without regard to case: ilike()
  /// and not_ilike().
  template <class P> Expression<bool> ilike(const P &pattern, LikeEscape escape = {}) const;
  template <class P> Expression<bool> not_ilike(const P &pattern, LikeEscape escape = {}) const;
  /// Whether the text begins with `text` (startswith), ends with it (endswith) or has it anywhere
  /// (contains): LIKE with `%` beside it. As in SQLAlchemy, `%` and `_` in it are wildcards too,
  /// unless `autoescape` is given: `name.contains(input, declorm::autoescape)`. Throws
  /// ArgumentError for autoescape with an SQL expression in place of a text.
  template <class P> Expression<bool> startswith(const P &text, LikeEscape escape = {}) const;
  template <class P> Expression<bool> endswith(const P &text, LikeEscape escape = {}) const;
  template <class P> Expression<bool> contains(const P &text, LikeEscape escape = {}) const;
  /// Whether the value is one of `values` (in_), or none of them (not_in): a range, or a select()
  /// of one column. As with ==, nullopt among them means IS NULL; nothing is in an empty range.
  template <class Values> Expression<bool> in_(const Values &values) const;
  template <class V> Expression<bool> in_(std::initializer_list<V> values) const;
  template <class Values> Expression<bool> not_in(const Values &values) const;
  template <class V> Expression<bool> not_in(std::initializer_list<V> values) const;
  /// Whether the value lies between two others, both of which count: BETWEEN.
  template <class Low, class High> Expression<bool> between(const Low &low, const High &high) const;
  /// Whether the value is NULL (is_null), or is not (is_not_null).
  Expression<bool> is_null() const;
  Expression<bool> is_not_null() const;
  /// Whether two values are different (is_distinct_from) or equal (is_not_distinct_from): `!=` and
  /// `==` for which NULL is a value like any other.
  template <class R> Expression<bool> is_distinct_from(const R &right) const;
  template <class R> Expression<bool> is_not_distinct_from(const R &right) const;
  /// The direction of this operand in ORDER BY: desc() is descending, asc() ascending.
  Ordering desc() const;
  Ordering asc() const;
  /// Names the operand in the SELECT's result: `expr AS name`. SQLAlchemy's label().
  Expression<T> label(std::string name) const;
  /// Compares and sorts the text by a collation of the database: `name.collate("NOCASE")`.
  /// SQLAlchemy's collate().
  Expression<T> collate(std::string name) const;
  /// This text with another one behind it: `||`. NULL if either is.
  template <class R> auto concat(const R &right) const;
  /// This operand and another one with an operator of the database's own between them, whose value
  /// reads as V: `body.op<std::string>("->>", "name")`, `name.op<bool>("~*", "^a")`. It binds
  /// looser than arithmetic and tighter than comparisons. Throws ArgumentError for a text that is
  /// neither a word nor made of the characters of operators. SQLAlchemy's op().
  template <class V, class R> Expression<V> op(std::string text, const R &right) const;

private:
  NodePtr self() const { return static_cast<const Derived &>(*this).node(); }
  template <class P>
  Expression<bool> like_with(unsigned flags, const P &pattern, LikeEscape escape) const;
  template <class Values> Expression<bool> in_values(Operator op, const Values &values) const;
};

} // namespace detail

/// An SQL expression whose value reads as T. A value type that shares its immutable parts: cheap to
/// copy, safe to use from several threads, one type however it was composed.
template <class T> class Expression : public detail::Operations<Expression<T>, T> {
public:
  /// What the value reads as.
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
  detail::NodePtr column, value; ///< the member's column, and the value or expression it gets
};

/// A direction in ORDER BY. Operands convert to it, ascending.
class Ordering {
public:
  /// Where NULLs stand: `as_the_database_does`, `first` or `last`.
  enum class Nulls : unsigned char { as_the_database_does, first, last };

  Ordering(detail::NodePtr node, bool descending)
      : node_(std::move(node)), descending_(descending) {}
  /// Orders by an operand, ascending.
  template <detail::operand O> Ordering(const O &operand) : node_(detail::node_of(operand)) {}

  /// The same direction with NULLs before all other values (nulls_first) or behind them
  /// (nulls_last).
  Ordering nulls_first() const { return with(Nulls::first); }
  Ordering nulls_last() const { return with(Nulls::last); }

  const detail::NodePtr &node() const { return node_; }
  /// Whether large values come first.
  bool descending() const { return descending_; }
  /// Where NULLs stand.
  Nulls nulls() const { return nulls_; }

private:
  Ordering with(Nulls nulls) const {
    Ordering copy(*this);
    copy.nulls_ = nulls;
    return copy;
  }
  detail::NodePtr node_;
  bool descending_ = false;
  Nulls nulls_ = Nulls::as_the_database_does;
};

// Operators. At least one side is an operand; the other may be a value, which is bound, never
// spliced.

#define DECLORM_COMPARISON(symbol, name)                                                           \
  template <class L, class R>                                                                      \
    requires detail::operand<L> || detail::operand<R>                                              \
  Expression<bool> operator symbol(const L & left, const R & right) {                              \
    return Expression<bool>(detail::checked_node(detail::Operator::name, left, right));            \
  }
/// Comparisons in SQL: `==`, `!=`, `<`, `<=`, `>` and `>=`. Comparing with std::nullopt by `==` and
/// `!=` is IS NULL and IS NOT NULL; any other comparison with NULL is not true. Types that do not
/// go together, a number and a text, do not compile.
DECLORM_EACH_COMPARISON(DECLORM_COMPARISON)
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
using arithmetic_t = nullable_t<typename arithmetic_result<value_t<L>, value_t<R>>::type,
                                is_nullable<L> || is_nullable<R>>;
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
/// Arithmetic in SQL: `+`, `-`, `*`, `/` and `%`; `+` of two texts joins them. The result reads as
/// C++ would have it, as std::optional if a side may be NULL; the database computes it, in SQLite
/// whole numbers divide without a fraction.
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

/// Both conditions are true: AND. Unlike in C++, both sides always become SQL. SQLAlchemy's and_().
template <detail::condition L, detail::condition R>
Expression<bool> operator&&(const L &left, const R &right) {
  return Expression<bool>(
      detail::binary_node(detail::Operator::and_, detail::node_of(left), detail::node_of(right)));
}
/// At least one of the conditions is true: OR. Unlike in C++, both sides always become SQL.
/// SQLAlchemy's or_().
template <detail::condition L, detail::condition R>
Expression<bool> operator||(const L &left, const R &right) {
  return Expression<bool>(
      detail::binary_node(detail::Operator::or_, detail::node_of(left), detail::node_of(right)));
}
/// The condition is false: NOT. A condition that is NULL stays so. SQLAlchemy's not_().
template <detail::condition T> Expression<bool> operator!(const T &operand) {
  return Expression<bool>(detail::unary_node(detail::Operator::not_, detail::node_of(operand)));
}
/// The condition is false: the same as `!`, as SQLAlchemy writes it.
template <detail::condition T> Expression<bool> operator~(const T &operand) { return !operand; }
/// The number with the other sign.
template <detail::operand T> auto operator-(const T &operand) {
  return Expression<detail::nullable_t<detail::value_t<T>, detail::is_nullable<T>>>(
      detail::unary_node(detail::Operator::negate, detail::node_of(operand)));
}

namespace detail {
template <class Range> Expression<bool> joined(Operator op, const Range &conditions) {
  NodePtr node;
  for (const auto &condition : conditions)
    node = node ? binary_node(op, node, node_of(condition)) : node_of(condition);
  return Expression<bool>(node ? node : text_node(op == Operator::and_ ? "1 = 1" : "0 = 1"));
}
} // namespace detail

/// All conditions of a range joined by AND; none is true.
template <std::ranges::input_range Range> Expression<bool> and_(const Range &conditions) {
  return detail::joined(detail::Operator::and_, conditions);
}
/// All conditions of a range joined by OR; none is false.
template <std::ranges::input_range Range> Expression<bool> or_(const Range &conditions) {
  return detail::joined(detail::Operator::or_, conditions);
}
/// All conditions of a list joined by AND; an empty one is true.
inline Expression<bool> and_(std::initializer_list<Expression<bool>> conditions) {
  return detail::joined(detail::Operator::and_, conditions);
}
/// All conditions of a list joined by OR; an empty one is false.
inline Expression<bool> or_(std::initializer_list<Expression<bool>> conditions) {
  return detail::joined(detail::Operator::or_, conditions);
}

/// Orders by the operand, large values first: `order_by(desc(col<&User::age>))`. SQLAlchemy's
/// desc().
template <detail::operand T> Ordering desc(const T &operand) {
  return Ordering(detail::node_of(operand), true);
}
/// Orders by the operand, small values first, as is the default. SQLAlchemy's asc().
template <detail::operand T> Ordering asc(const T &operand) {
  return Ordering(detail::node_of(operand), false);
}
/// The same order with NULLs before all other values (nulls_first) or behind them (nulls_last):
/// `nulls_last(desc(col<&User::age>))`. SQLAlchemy's nulls_first() and nulls_last().
inline Ordering nulls_first(const Ordering &order) { return order.nulls_first(); }
inline Ordering nulls_last(const Ordering &order) { return order.nulls_last(); }

namespace detail {

template <class S> struct single_column {
  using type = void;
};
template <class T> struct single_column<Rows<T>> {
  using type = T;
};
/// What a SELECT of one column reads as; void for any other.
template <class S> using single_column_t = typename single_column<typename S::rows>::type;

template <class D, class T>
template <class P>
Expression<bool> Operations<D, T>::like_with(unsigned flags, const P &pattern,
                                             LikeEscape escape) const {
  return Expression<bool>(like_node(flags, self(), node_of(pattern), escape));
}

#define DECLORM_LIKE(name, flags)                                                                  \
  template <class D, class T>                                                                      \
  template <class P>                                                                               \
  Expression<bool> Operations<D, T>::name(const P &pattern, LikeEscape escape) const {             \
    return like_with(flags, pattern, escape);                                                      \
  }
DECLORM_LIKE(like, 0)
DECLORM_LIKE(not_like, like_negated)
DECLORM_LIKE(ilike, like_folded)
DECLORM_LIKE(not_ilike, like_negated | like_folded)
DECLORM_LIKE(startswith, like_after)
DECLORM_LIKE(endswith, like_before)
DECLORM_LIKE(contains, like_before | like_after)
#undef DECLORM_LIKE

template <class D, class T>
template <class Values>
Expression<bool> Operations<D, T>::in_values(Operator op, const Values &values) const {
  if constexpr (selects<Values>) {
    using Selected = single_column_t<Values>;
    static_assert(!std::is_void_v<Selected>,
                  "declorm: in_() takes a select() of one column, not of several");
    if constexpr (!std::is_void_v<Selected>) {
      check_comparable<D, Selected>();
      return Expression<bool>(binary_node(op, self(), subquery_node(values.core().shared())));
    }
  } else if constexpr (std::ranges::input_range<Values> && !is_text<Values>) {
    std::vector<NodePtr> items;
    for (const auto &value : values)
      items.push_back(checked_value<D>(value));
    return Expression<bool>(in_list_node(op, self(), std::move(items)));
  } else {
    static_assert(!sizeof(Values), "declorm: in_() takes a range of values or a select()");
  }
  return Expression<bool>(nullptr);
}
template <class D, class T>
template <class Values>
Expression<bool> Operations<D, T>::in_(const Values &values) const {
  return in_values(Operator::in, values);
}
template <class D, class T>
template <class Values>
Expression<bool> Operations<D, T>::not_in(const Values &values) const {
  return in_values(Operator::not_in, values);
}
template <class D, class T>
template <class V>
Expression<bool> Operations<D, T>::in_(std::initializer_list<V> values) const {
  return in_values(Operator::in, values);
}
template <class D, class T>
template <class V>
Expression<bool> Operations<D, T>::not_in(std::initializer_list<V> values) const {
  return in_values(Operator::not_in, values);
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
template <class D, class T>
template <class R>
Expression<bool> Operations<D, T>::is_distinct_from(const R &right) const {
  return Expression<bool>(
      checked_node(Operator::is_distinct, static_cast<const D &>(*this), right));
}
template <class D, class T>
template <class R>
Expression<bool> Operations<D, T>::is_not_distinct_from(const R &right) const {
  return Expression<bool>(
      checked_node(Operator::is_not_distinct, static_cast<const D &>(*this), right));
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
template <class V, class R>
Expression<V> Operations<D, T>::op(std::string text, const R &right) const {
  return Expression<V>(custom_node(std::move(text), self(), node_of(right)));
}
template <class D, class T> template <class R> auto Operations<D, T>::concat(const R &right) const {
  return Expression<nullable_t<std::string, is_nullable<D> || is_nullable<R>>>(
      binary_node(Operator::concat, self(), node_of(right)));
}

} // namespace detail

} // namespace declorm

#endif // DECLORM_EXPRESSION_H
