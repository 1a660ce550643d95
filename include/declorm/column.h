// column.h: the members of mapped classes in SQL: col<&T::member> and attr<T>("member").
#ifndef DECLORM_COLUMN_H
#define DECLORM_COLUMN_H

#include "declorm/composite.h"
#include "declorm/relationship.h"

namespace declorm {

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

/// The type of `proxy<&User::tag_links, &TagLink::tag>()`: a proxy in queries.
template <auto List, auto Value, class Entity> class ProxyOperations {
  using target =
      typename detail::link_type<typename detail::member_pointer<decltype(List)>::member>::target;
  static constexpr const auto &value = col<Value, target>;

public:
  /// Whether the list has any object.
  Expression<bool> any() const { return col<List, Entity>.any(); }
  /// Whether the condition is true for any object of the list; where its value is a relationship,
  /// for any object that this leads to. SQLAlchemy's any().
  Expression<bool> any(const Expression<bool> &condition) const {
    if constexpr (requires { value.has(condition); })
      return col<List, Entity>.any(value.has(condition));
    else
      return col<List, Entity>.any(condition);
  }
  /// Whether any object of the list has this value; where that is a relationship, whether any leads
  /// to this object, which must have a key: InvalidRequestError. SQLAlchemy's contains().
  template <class V> Expression<bool> contains(const V &of_value) const {
    return col<List, Entity>.any(value == of_value);
  }
};

/// What proxy(user.tag_links, &TagLink::tag) is of one object, in the conditions of queries:
/// `filter(proxy<&User::tag_links, &TagLink::tag>().contains(tag))`. The first member is a
/// relationship to a list, which is taken as `col<List, Entity>` takes it, the second what `col`
/// takes of its target. SQLAlchemy's association_proxy() of a class.
template <auto List, auto Value, class Entity = void>
constexpr ProxyOperations<List, Value, Entity> proxy() {
  return {};
}

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
  Expression<bool> test(detail::RelationshipTest asked, const T &object) const {
    using detail::RelationshipTest;
    if constexpr (detail::is_optional<T>::value) // of a composite
      return object ? test(asked, *object)
                    : test(asked == RelationshipTest::is ? RelationshipTest::is_null
                                                         : RelationshipTest::is_not_null);
    else
      return test_object(asked, object);
  }
  template <class T>
  Expression<bool> test_object(detail::RelationshipTest test, const T &object) const {
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

} // namespace declorm

#endif // DECLORM_COLUMN_H
