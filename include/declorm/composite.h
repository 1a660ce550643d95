// composite.h: composites in SQL: a value class in several columns, compared and set as one value.
#ifndef DECLORM_COMPOSITE_H
#define DECLORM_COMPOSITE_H

#include "declorm/relationship.h"

namespace declorm {

namespace detail {

/// A composite's value as a statement keeps it; null: an empty std::optional.
using CompositeValue = std::shared_ptr<const void>;

/// `op`: equal, not_equal, in or not_in; `member` is compared with each of `operands`, which are
/// values of the same class or, for equal and not_equal, another such member.
NodePtr composite_test_node(Operator op, NodePtr member, std::vector<NodePtr> operands);
NodePtr composite_value_node(const TypeId &type, CompositeValue value);

/// Whether a member of type M, if anything of it is in columns, is a composite.
template <class M>
inline constexpr bool is_composite =
    std::is_class_v<strip_t<M>> && !is_value<strip_t<M>> && !is_null_literal<M> && !is_link<M> &&
    !requires { typename M::allocator_type; };
/// A composite as a statement names it.
template <class T>
concept composite = requires { typename std::remove_cvref_t<T>::composite_type; };
/// What names one column or several.
template <class T>
concept columns = operand<T> || composite<T>;

/// The node of a value of the composite's class V: of a V, a std::optional<V> or std::nullopt.
template <class V, class R> NodePtr composite_operand(const R &right) {
  if constexpr (composite<R>) {
    static_assert(std::same_as<typename R::composite_type, V>,
                  "declorm: two composites are compared if they are of one class");
    return right.node();
  } else if constexpr (is_null_literal<R>) {
    return composite_value_node(type_id<V>, nullptr);
  } else if constexpr (is_optional<R>::value) {
    return right ? composite_operand<V>(*right) : composite_operand<V>(std::nullopt);
  } else {
    constexpr bool fits = std::same_as<R, V> || std::convertible_to<const R &, V>;
    static_assert(fits, "declorm: a composite is compared with, and set to, a value of its class");
    static_assert(std::copy_constructible<V>,
                  "declorm: a composite is compared with, and set to, a copy of the value, and its "
                  "class cannot be copied; compare its columns, attr<T>(\"member.column\")");
    if constexpr (fits && std::copy_constructible<V>)
      return composite_value_node(type_id<V>, std::make_shared<const V>(right));
    else
      return nullptr;
  }
}

/// The node of what attr<T>("member") is set to, be it a composite.
template <class R> NodePtr named_value(const R &value) {
  if constexpr (!operand<R> && is_composite<R>)
    return composite_operand<strip_t<R>>(value);
  else
    return node_of(value);
}

/// What a composite of class V can do; `Derived::node()` makes the node of its member. Values are
/// copied. A composite is equal to a value if each of its columns is; a member of the value that is
/// std::nullopt, and all of an empty std::optional<V>, mean IS NULL. SQLAlchemy's composite
/// comparisons.
template <class Derived, class V> struct CompositeOperations {
  /// The class of the value, without std::optional.
  using composite_type = V;

  /// Whether it is one of `values`, a range of V (in_), or none of them (not_in); nothing is in an
  /// empty range.
  template <class Values> Expression<bool> in_(const Values &values) const;
  Expression<bool> in_(std::initializer_list<V> values) const;
  template <class Values> Expression<bool> not_in(const Values &values) const;
  Expression<bool> not_in(std::initializer_list<V> values) const;
  /// Whether all its columns are NULL, as those of an empty std::optional (is_null), or some is not
  /// (is_not_null).
  Expression<bool> is_null() const;
  Expression<bool> is_not_null() const;

private:
  Expression<bool> test(Operator op, std::vector<NodePtr> operands) const;
  template <class Values> Expression<bool> among(Operator op, const Values &values) const;
};

} // namespace detail

/// The type of `col<&Vertex::start>` and `col<&HasStart::start, Vertex>`, of a composite: no state,
/// usable in constexpr.
template <auto Member, class Entity>
struct MemberComposite
    : detail::CompositeOperations<
          MemberComposite<Member, Entity>,
          detail::strip_t<typename detail::member_pointer<decltype(Member)>::member>> {
  /// The class that the member stands in.
  using owner = typename detail::member_pointer<decltype(Member)>::owner;

  constexpr MemberComposite() = default;
  constexpr MemberComposite(const MemberComposite &) = default;

  detail::NodePtr node() const { return detail::member_node(detail::member_ref<Member, Entity>()); }
  /// Makes the new values of all its columns for insert().values() and update().set():
  /// `col<&Vertex::start> = Point{1, 2}`. Changes nothing by itself.
  template <class R> Assignment operator=(const R &value) const {
    return {node(), detail::composite_operand<typename MemberComposite::composite_type>(value)};
  }
};

/// A composite of an alias whose name is made at run time: `m.column(col<&Vertex::start>)`.
template <class V> class Composite : public detail::CompositeOperations<Composite<V>, V> {
public:
  explicit Composite(detail::NodePtr node) : node_(std::move(node)) {}
  const detail::NodePtr &node() const { return node_; }

private:
  detail::NodePtr node_;
};

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

namespace detail {

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

} // namespace detail

} // namespace declorm

#endif // DECLORM_COMPOSITE_H
