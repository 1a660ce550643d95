// expression.h: SQL expressions on the members of mapped classes.
//
// Typed on the outside, one node type inside. SQLAlchemy's sqlalchemy.sql.expression.
#ifndef DECLORM_EXPRESSION_H
#define DECLORM_EXPRESSION_H

#include "declorm/composite.h"

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

/// The type of `col<&User::name>` and `col<&HasName::name, User>`, of a column: no state, usable in
/// constexpr.
template <auto Member, class Entity>
struct MemberColumn
    : detail::Operations<MemberColumn<Member, Entity>,
                         typename detail::member_pointer<decltype(Member)>::member> {
  /// What the column's value reads as (operand_type), and the class that the member stands in
  /// (owner).
  using operand_type = typename detail::member_pointer<decltype(Member)>::member;
  using owner = typename detail::member_pointer<decltype(Member)>::owner;

  constexpr MemberColumn() = default;
  constexpr MemberColumn(const MemberColumn &) = default;

  detail::NodePtr node() const { return detail::member_node(detail::member_ref<Member, Entity>()); }
  /// Makes the column's new value for insert().values() and update().set(): `col<&User::name> =
  /// "ed"`. Changes nothing by itself.
  template <class V> Assignment operator=(const V &value) const {
    return {node(), detail::checked_value<MemberColumn>(value)};
  }
};

namespace detail {
template <auto Member, class Entity> struct member_operand {
  using type = MemberColumn<Member, Entity>;
};
template <auto Member, class Entity>
  requires is_link<typename member_pointer<decltype(Member)>::member>
struct member_operand<Member, Entity> {
  using type = MemberRelationship<Member, Entity>;
};
template <auto Member, class Entity>
  requires(std::is_member_object_pointer_v<decltype(Member)> &&
           is_composite<typename member_pointer<decltype(Member)>::member>)
struct member_operand<Member, Entity> {
  using type = MemberComposite<Member, Entity>;
};
} // namespace detail

/// The column, composite or relationship of a data member, `col<&User::name>`, `col<&User::home>`,
/// `col<&User::addresses>`, or what an annotated member function stands for: a synonym, a hybrid, a
/// getter's column. A member of a base or mixin belongs to the one entity of the statement that
/// derives from its class, or to the one named: `col<&HasName::name, User>`; a static function
/// needs that. A function that stands for nothing is an ArgumentError when the statement is made,
/// and an error of the plugin before.
template <auto Member, class Entity = void>
inline constexpr typename detail::member_operand<Member, Entity>::type col{};

namespace detail {
/// Whether `attr<T>("m")` is compared with an object of class T: m is a relationship.
template <class T>
concept mapped_object =
    !is_value<T> && !is_null_literal<T> && !operand<T> && !selects<T> && !relationship<T>;
} // namespace detail

/// The type of `attr<User>("name")`. Copies of it refer to the name's text, which must outlive
/// them.
struct NamedColumn : detail::Operations<NamedColumn, Value> {
  /// What it reads as: its type is not known.
  using operand_type = Value;
  const detail::TypeId *entity; ///< the class that is named
  std::string_view name;        ///< of its member

  constexpr NamedColumn(const detail::TypeId *entity_id, std::string_view member)
      : entity(entity_id), name(member) {}
  constexpr NamedColumn(const NamedColumn &) = default;
  detail::NodePtr node() const { return detail::attribute_node(*entity, std::string(name)); }
  /// Makes the column's new value for insert().values() and update().set().
  template <class V> Assignment operator=(const V &value) const {
    return {node(), detail::named_value(value)};
  }

  // Of a relationship: as those of `col<&T::m>`, but for what its type would tell.
  detail::RelationshipUse relationship() const {
    return {.member = {nullptr, entity, 0}, .name = std::string(name)};
  }
  /// Whether the relationship leads to any object, or any for which the condition is true; whether
  /// it is of a list or of one object is known when the statement is made.
  Expression<bool> any() const { return test(detail::RelationshipTest::exists); }
  Expression<bool> any(const Expression<bool> &condition) const {
    return test(detail::RelationshipTest::exists, condition.node());
  }
  /// Whether the relationship leads to an object, or to one for which the condition is true.
  Expression<bool> has() const { return any(); }
  Expression<bool> has(const Expression<bool> &condition) const { return any(condition); }
  /// Whether the list that the relationship leads to has this object, which must have a key:
  /// InvalidRequestError. For a text, whether the column's value contains it.
  template <class P> Expression<bool> contains(const P &what, LikeEscape escape = {}) const {
    if constexpr (detail::mapped_object<P>)
      return test(detail::RelationshipTest::is, what);
    else
      return Operations::contains(what, escape);
  }
  /// The relationship to only those objects of the target that are of class D below it, as
  /// of_type() of `col<&T::m>` does.
  template <class D> Related<D, detail::Links::unknown> of_type() const {
    detail::RelationshipUse ref = relationship();
    ref.target = &detail::type_id<D>;
    return Related<D, detail::Links::unknown>(std::move(ref));
  }
  /// The relationship to the target under another name, that of the alias.
  template <detail::entity_alias A> auto of_type(const A &alias) const {
    Related<typename A::entity_type, detail::Links::unknown> related =
        of_type<typename A::entity_type>();
    return related.of_type(alias);
  }
  /// Whether the value is NULL, as of a composite all columns are, or the relationship leads to
  /// nothing (`==`), or does not (`!=`).
  friend Expression<bool> operator==(const NamedColumn &left, std::nullptr_t) {
    return left.test(detail::RelationshipTest::is_null);
  }
  friend Expression<bool> operator!=(const NamedColumn &left, std::nullptr_t) {
    return left.test(detail::RelationshipTest::is_not_null);
  }
  /// Whether the relationship leads to this object (`==`) or does not (`!=`). The object must have
  /// a key: InvalidRequestError. Of a composite, whether it is equal to this value or is not.
  template <detail::mapped_object T>
  friend Expression<bool> operator==(const NamedColumn &left, const T &object) {
    return left.test(detail::RelationshipTest::is, object);
  }
  template <detail::mapped_object T>
  friend Expression<bool> operator!=(const NamedColumn &left, const T &object) {
    return left.test(detail::RelationshipTest::is_not, object);
  }

private:
  Expression<bool> test(detail::RelationshipTest test, detail::NodePtr condition = nullptr) const {
    return Expression<bool>(detail::relationship_node(relationship(), test, std::move(condition)));
  }
  template <detail::mapped_object T>
  Expression<bool> test(detail::RelationshipTest test, const T &object) const {
    std::shared_ptr<const void> (*copy)(const void *) = nullptr;
    if constexpr (std::copy_constructible<T>)
      copy = [](const void *value) -> std::shared_ptr<const void> {
        return std::make_shared<const T>(*static_cast<const T *>(value));
      };
    return Expression<bool>(
        detail::relationship_node(relationship(), test, detail::type_id<T>, &object, copy));
  }
};

/// The column or relationship of a member, by name: for private members. Untyped. The plugin checks
/// a literal; any other unknown name is an ArgumentError, with the nearest one, when the statement
/// is made. `name` must outlive the result.
template <class T> constexpr NamedColumn attr(std::string_view name) {
  return {&detail::type_id<T>, name};
}

/// Whether a composite is equal to a value of its class, std::nullopt or another composite of that
/// class (`==`), or differs in some column (`!=`).
template <detail::composite L, class R> Expression<bool> operator==(const L &left, const R &right) {
  return Expression<bool>(
      detail::composite_test_node(detail::Operator::equal, left.node(),
                                  {detail::composite_operand<typename L::composite_type>(right)}));
}
template <detail::composite L, class R> Expression<bool> operator!=(const L &left, const R &right) {
  return Expression<bool>(
      detail::composite_test_node(detail::Operator::not_equal, left.node(),
                                  {detail::composite_operand<typename L::composite_type>(right)}));
}
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
template <class D, class T> template <class R> auto Operations<D, T>::concat(const R &right) const {
  return Expression<nullable_t<std::string, is_nullable<D> || is_nullable<R>>>(
      binary_node(Operator::concat, self(), node_of(right)));
}

// The operations of composites.
template <class D, class V>
Expression<bool> CompositeOperations<D, V>::test(Operator op, std::vector<NodePtr> operands) const {
  return Expression<bool>(
      composite_test_node(op, static_cast<const D &>(*this).node(), std::move(operands)));
}
template <class D, class V>
template <class Values>
Expression<bool> CompositeOperations<D, V>::among(Operator op, const Values &values) const {
  std::vector<NodePtr> operands;
  for (const auto &value : values)
    operands.push_back(composite_operand<V>(value));
  return test(op, std::move(operands));
}
template <class D, class V>
template <class Values>
Expression<bool> CompositeOperations<D, V>::in_(const Values &values) const {
  return among(Operator::in, values);
}
template <class D, class V>
Expression<bool> CompositeOperations<D, V>::in_(std::initializer_list<V> values) const {
  return among(Operator::in, values);
}
template <class D, class V>
template <class Values>
Expression<bool> CompositeOperations<D, V>::not_in(const Values &values) const {
  return among(Operator::not_in, values);
}
template <class D, class V>
Expression<bool> CompositeOperations<D, V>::not_in(std::initializer_list<V> values) const {
  return among(Operator::not_in, values);
}
template <class D, class V> Expression<bool> CompositeOperations<D, V>::is_null() const {
  return test(Operator::equal, {composite_operand<V>(std::nullopt)});
}
template <class D, class V> Expression<bool> CompositeOperations<D, V>::is_not_null() const {
  return test(Operator::not_equal, {composite_operand<V>(std::nullopt)});
}

// The operations of relationships.
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::test(RelationshipTest test,
                                                          NodePtr condition) const {
  return Expression<bool>(relationship_node(ref(), test, std::move(condition)));
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::test(RelationshipTest test,
                                                          const T &object) const {
  return Expression<bool>(relationship_node(ref(), test, type_id<T>, std::addressof(object)));
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::any() const {
  static_assert(Kind != Links::one, "declorm: any() is for a relationship to a list of objects; "
                                    "of a single one it is has()");
  return test(RelationshipTest::exists);
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::any(const Expression<bool> &condition) const {
  static_assert(Kind != Links::one, "declorm: any() is for a relationship to a list of objects; "
                                    "of a single one it is has()");
  return test(RelationshipTest::exists, condition.node());
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::has() const {
  static_assert(Kind != Links::many,
                "declorm: has() is for a relationship to one object; of a list it is any()");
  return test(RelationshipTest::exists);
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::has(const Expression<bool> &condition) const {
  static_assert(Kind != Links::many,
                "declorm: has() is for a relationship to one object; of a list it is any()");
  return test(RelationshipTest::exists, condition.node());
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::contains(const T &object) const {
  static_assert(Kind != Links::one, "declorm: contains() is for a relationship to a list of "
                                    "objects; a single one is compared with ==");
  return test(RelationshipTest::is, object);
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::operator==(const T &object) const {
  static_assert(Kind != Links::many, "declorm: a list is not compared with an object; whether the "
                                     "object is in it says contains()");
  return test(RelationshipTest::is, object);
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::operator!=(const T &object) const {
  static_assert(Kind != Links::many, "declorm: a list is not compared with an object; whether the "
                                     "object is not in it says !contains()");
  return test(RelationshipTest::is_not, object);
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::operator==(std::nullptr_t) const {
  return test(RelationshipTest::is_null);
}
template <class D, class T, Links Kind>
Expression<bool> RelationshipOperations<D, T, Kind>::operator!=(std::nullptr_t) const {
  return test(RelationshipTest::is_not_null);
}
template <class D, class T, Links Kind>
template <class Below>
Related<Below, Kind> RelationshipOperations<D, T, Kind>::of_type() const {
  static_assert(std::is_base_of_v<T, Below>,
                "declorm: of_type<D>() takes a class that derives from the relationship's target");
  RelationshipUse narrowed = ref();
  narrowed.target = &type_id<Below>;
  return Related<Below, Kind>(std::move(narrowed));
}
template <class D, class T, Links Kind>
template <entity_alias A>
Related<typename A::entity_type, Kind>
RelationshipOperations<D, T, Kind>::of_type(const A &alias) const {
  using Below = typename A::entity_type;
  static_assert(std::is_same_v<T, Below> || std::is_base_of_v<T, Below>,
                "declorm: of_type(alias) takes an alias of the relationship's target, or of a "
                "class that derives from it");
  RelationshipUse named = ref();
  named.target = &type_id<Below>;
  named.target_alias = alias.name();
  return Related<Below, Kind>(std::move(named));
}

} // namespace detail

/// Makes the new values of all columns of the composite, of a value of its class, std::nullopt or
/// another composite.
template <auto Member, class Entity>
template <class R>
Assignment MemberComposite<Member, Entity>::operator=(const R &value) const {
  return {node(), detail::composite_operand<typename MemberComposite::composite_type>(value)};
}

} // namespace declorm

#endif // DECLORM_EXPRESSION_H
