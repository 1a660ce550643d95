// relationship.h: relationships in SQL: any, has, contains, == and joins along them.
#ifndef DECLORM_RELATIONSHIP_H
#define DECLORM_RELATIONSHIP_H

#include "declorm/expression.h"

namespace declorm {

template <class T> class lazy;
template <class T> class lazy_list;

namespace detail {

/// A relationship as a statement names it.
struct RelationshipUse {
  MemberRef member{};             ///< `declaring` is null: the one called `name`, of `entity`
  std::string name = {};          ///< of attr<T>("name")
  std::string alias = {};         ///< of the class that has the member
  const TypeId *target = nullptr; ///< of of_type(): a class below the target, or that of an alias
  std::string target_alias = {};
};

/// What is asked of the objects that a relationship leads to.
enum class RelationshipTest : unsigned char { exists, is_null, is_not_null, is, is_not };

/// `condition`: of exists; or null.
NodePtr relationship_node(RelationshipUse relationship, RelationshipTest test,
                          NodePtr condition = nullptr);
/// is, is_not: with an object of that class. What its columns hold is taken now. Throws
/// InvalidRequestError if it has no key yet. Where the name is that of a composite, the value is
/// compared with a copy of the object, which `copy` makes; null: its class cannot be copied.
NodePtr relationship_node(RelationshipUse relationship, RelationshipTest test, const TypeId &type,
                          const void *object,
                          std::shared_ptr<const void> (*copy)(const void *) = nullptr);

enum class Links : unsigned char { none, one, many, unknown };

/// The class that a member of type M refers to, if it refers to objects.
template <class M> struct link_type {
  using target = void;
  static constexpr Links kind = Links::none;
};
template <class T>
  requires std::is_class_v<T>
struct link_type<T *> {
  using target = std::remove_cv_t<T>;
  static constexpr Links kind = Links::one;
};
template <class T> struct link_type<std::shared_ptr<T>> : link_type<T *> {};
template <class T> struct link_type<std::weak_ptr<T>> : link_type<T *> {};
template <class T> struct link_type<lazy<T>> : link_type<T *> {};
template <class T> struct link_type<lazy_list<T>> {
  using target = std::remove_cv_t<T>;
  static constexpr Links kind = Links::many;
};
template <class List> struct list_element {
  using type = typename List::value_type;
};
template <class Map>
  requires requires { typename Map::mapped_type; }
struct list_element<Map> {
  using type = typename Map::mapped_type;
};
template <class List>
  requires requires {
    typename List::allocator_type;
    requires !std::same_as<typename List::value_type, List>; // JSON
  }
struct link_type<List> {
  using target = typename link_type<typename list_element<List>::type>::target;
  static constexpr Links kind = std::is_void_v<target> ? Links::none : Links::many;
};
template <class M> inline constexpr bool is_link = link_type<M>::kind != Links::none;

/// What `join(…)` takes: `col<&T::m>`, attr<T>("m") and what is made of them.
template <class T>
concept relationship = requires(const T &value) {
  { value.relationship() } -> std::same_as<RelationshipUse>;
};

/// An alias, as of_type() takes it.
template <class A>
concept entity_alias = requires(const A &alias) {
  typename A::entity_type;
  alias.name();
};

} // namespace detail

template <class T, detail::Links Kind> class Related;

namespace detail {

/// What a relationship to objects of class T can do. `Derived::relationship()` says which it is.
/// The inner statement of any() and has() reads from the target; where that is the class itself, or
/// shares its table, columns in the condition are the inner ones, and those of the statement around
/// it need an alias, as in SQLAlchemy.
template <class Derived, class T, Links Kind> struct RelationshipOperations {
  /// Whether a list has any object, or any for which the condition is true. SQLAlchemy's any().
  Expression<bool> any() const;
  Expression<bool> any(const Expression<bool> &condition) const;
  /// Whether a relationship to one object leads to one, or to one for which the condition is true.
  /// SQLAlchemy's has().
  Expression<bool> has() const;
  Expression<bool> has(const Expression<bool> &condition) const;
  /// Whether the list has this object, which must have a key: InvalidRequestError.
  Expression<bool> contains(const T &object) const;
  /// Whether it is this object, which must have a key: InvalidRequestError.
  Expression<bool> operator==(const T &object) const;
  Expression<bool> operator!=(const T &object) const;
  /// Whether there is none; of a list, whether it is empty.
  Expression<bool> operator==(std::nullptr_t) const;
  Expression<bool> operator!=(std::nullptr_t) const;
  /// Only the target's objects of a class below it:
  /// `join(col<&Company::staff>.of_type<Engineer>())`.
  template <class D> Related<D, Kind> of_type() const;
  /// The target under another name: `join(col<&Node::children>.of_type(child))`.
  template <entity_alias A> Related<typename A::entity_type, Kind> of_type(const A &alias) const;

private:
  RelationshipUse ref() const { return static_cast<const Derived &>(*this).relationship(); }
  Expression<bool> test(RelationshipTest test, NodePtr condition = nullptr) const;
  Expression<bool> test(RelationshipTest test, const T &object) const;
};

} // namespace detail

/// A relationship, with what of_type() said of its target.
template <class T, detail::Links Kind>
class Related : public detail::RelationshipOperations<Related<T, Kind>, T, Kind> {
public:
  explicit Related(detail::RelationshipUse relationship) : relationship_(std::move(relationship)) {}
  detail::RelationshipUse relationship() const { return relationship_; }

private:
  detail::RelationshipUse relationship_;
};

/// The type of `col<&User::addresses>`, of a relationship.
template <auto Member, class Entity>
struct MemberRelationship
    : detail::RelationshipOperations<
          MemberRelationship<Member, Entity>,
          typename detail::link_type<
              typename detail::member_pointer<decltype(Member)>::member>::target,
          detail::link_type<typename detail::member_pointer<decltype(Member)>::member>::kind> {
  /// The class that the member stands in.
  using owner = typename detail::member_pointer<decltype(Member)>::owner;

  detail::RelationshipUse relationship() const {
    return {.member = detail::member_ref<Member, Entity>()};
  }
};

namespace detail {

/// The relationship of `join<&User::addresses>()`.
template <auto Member, class Entity> RelationshipUse relationship_of() {
  constexpr bool fits = is_link<typename member_pointer<decltype(Member)>::member>;
  static_assert(fits,
                "declorm: join<&T::m>() takes a relationship, a member that is a pointer to a "
                "class or a list of such; another class is joined with join<T>(condition)");
  if constexpr (fits)
    return MemberRelationship<Member, Entity>{}.relationship();
  else
    return {};
}

} // namespace detail

namespace detail {

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

} // namespace declorm

#endif // DECLORM_RELATIONSHIP_H
