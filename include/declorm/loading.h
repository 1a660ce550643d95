// loading.h: which relationships a query loads with its objects.
#ifndef DECLORM_LOADING_H
#define DECLORM_LOADING_H

#include "declorm/lazy.h"
#include "declorm/relationship.h"

#include <string>
#include <vector>

namespace declorm {

namespace detail {

/// A relationship member: the class it stands in and its offset there.
struct RelationshipRef {
  const TypeId *declaring;
  std::size_t offset;
};
/// Instead of an offset: all lazy members of the objects of that class; of no class: of any.
inline constexpr std::size_t every_member = ~std::size_t(0);

/// The class that the path of raiseload<T>() leads to: no member goes on from there.
struct Nowhere {};

template <auto Member> RelationshipRef relationship_ref() {
  return {&type_id<typename member_pointer<decltype(Member)>::owner>, offset_of(Member)};
}
template <class M, class C> RelationshipRef relationship_ref(M C::*member) {
  return {&type_id<C>, offset_of(member)};
}

enum class LoadWay : unsigned char {
  selectin,
  joined,
  contained,
  // Of a lazy member: what its first touch does.
  lazy,
  raise,
  never,
};

/// Whether the query fills the relationship.
constexpr bool is_filled(LoadWay way) { return way <= LoadWay::contained; }

template <class M> inline constexpr bool is_lazy = false;
template <class T> inline constexpr bool is_lazy<lazy<T>> = true;
template <class T> inline constexpr bool is_lazy<lazy_list<T>> = true;

/// The text "*"; another one does not compile.
struct Star {
  consteval Star(const char *text) {
    if (text[0] != '*' || text[1] != '\0')
      throw "declorm: raiseload(\"*\") takes no other text; one member is raiseload<&T::m>()";
  }
};

/// Stops at an option that says what the touch of a plain member does.
template <auto Member> constexpr void check_lazy() {
  static_assert(
      is_lazy<typename member_pointer<decltype(Member)>::member>,
      "declorm: lazyload, raiseload and noload say what the first touch of a member does, "
      "and only a declorm::lazy or declorm::lazy_list is loaded by that; a plain member "
      "is filled when a query or session.load() is asked to");
}

/// An alias, as alias<T>("name") makes one.
template <class T>
concept has_from_ref = requires(const T &source) { source.from_ref().alias; };

struct LoadStep {
  RelationshipRef member;
  LoadWay way;
  std::string alias = {}; ///< contained: of the target in the query's join; "": its own name
};

/// A deferred column, or a group of them, to load with the objects that a path leads to.
struct Undeferred {
  RelationshipRef member = {nullptr, 0}; ///< no class: `name` says it
  std::string name;                      ///< of an attribute or of a group
  bool is_group = false;
  std::size_t depth = 0; ///< how many relationships lead to the objects
};

} // namespace detail

/// How a query loads its objects: a path of relationships, and what is loaded with the objects that
/// it leads to. selectinload(), undefer() and the others make one, as a LoadPath. SQLAlchemy's
/// Load.
class LoadOption {
public:
  /// Makes an option of a whole path.
  explicit LoadOption(std::vector<detail::LoadStep> path);
  LoadOption(const LoadOption &);
  LoadOption(LoadOption &&) noexcept;
  LoadOption &operator=(const LoadOption &);
  LoadOption &operator=(LoadOption &&) noexcept;
  ~LoadOption();
  const std::vector<detail::LoadStep> &path() const { return path_; }
  const std::vector<detail::Undeferred> &undeferred() const { return undeferred_; }

protected:
  LoadOption with(detail::LoadStep step) const;
  LoadOption with(detail::Undeferred columns) const;

private:
  std::vector<detail::LoadStep> path_;
  std::vector<detail::Undeferred> undeferred_;
};

namespace detail {

/// Whether an object of one class may be one of the other. `Other` is void where it is not known.
template <class Class, class Other>
inline constexpr bool may_be =
    std::is_void_v<Other> || std::is_base_of_v<Class, Other> || std::is_base_of_v<Other, Class>;
template <auto Member> using class_of = typename member_pointer<decltype(Member)>::owner;
template <auto Member>
using linked_class = typename link_type<typename member_pointer<decltype(Member)>::member>::target;

} // namespace detail

/// A path of relationships to load with the objects of a query, from class `Root` on:
/// `options(selectinload<&User::orders>().joinedload<&Order::items>())`. `At`: the class that it
/// leads to; void: nobody knows. A member of another class does not compile.
template <class Root, class At> class LoadPath : public LoadOption {
public:
  /// Makes a path of an option, for the functions below.
  explicit LoadPath(LoadOption option) : LoadOption(std::move(option)) {}

  /// Returns this path with one more relationship, which is loaded with the objects of the last
  /// one, by one more SELECT for all of them.
  template <auto Member> auto selectinload() const {
    return along<Member>(detail::LoadWay::selectin, {});
  }
  /// Returns this path with one more relationship, which is loaded with the objects of the last
  /// one, in the same SELECT by an outer join.
  template <auto Member> auto joinedload() const {
    return along<Member>(detail::LoadWay::joined, {});
  }
  /// Returns this path with one more relationship, along which the query joins the targets of the
  /// last one, and which is filled from its rows; `alias`: under which name it joins them.
  template <auto Member> auto contains_eager() const {
    return along<Member>(detail::LoadWay::contained, {});
  }
  template <auto Member, detail::has_from_ref Alias> auto contains_eager(const Alias &alias) const {
    return along<Member>(detail::LoadWay::contained, alias.from_ref().alias);
  }
  /// Returns this path with a lazy member that is left to its first touch.
  template <auto Member> auto lazyload() const {
    detail::check_lazy<Member>();
    return along<Member>(detail::LoadWay::lazy, {});
  }
  /// Returns this path with a lazy member whose touch is an error.
  template <auto Member> auto raiseload() const {
    detail::check_lazy<Member>();
    return along<Member>(detail::LoadWay::raise, {});
  }
  /// Returns this path with a lazy member that shows nothing of the database.
  template <auto Member> auto noload() const {
    detail::check_lazy<Member>();
    return along<Member>(detail::LoadWay::never, {});
  }
  /// Returns this path with a deferred column that is loaded with the objects of the last
  /// relationship. The path goes on from there.
  template <auto Member> LoadPath undefer() const {
    static_assert(
        !detail::is_link<typename detail::member_pointer<decltype(Member)>::member>,
        "declorm: undefer() takes a deferred column; this member refers to objects, which "
        "selectinload() and joinedload() load");
    static_assert(detail::may_be<detail::class_of<Member>, At>,
                  "declorm: undefer() takes a member of the class that the path leads to");
    return LoadPath(with({detail::relationship_ref<Member>(), {}, false, path().size()}));
  }
  /// Returns this path with a group of deferred columns that are loaded with the objects of the
  /// last relationship.
  LoadPath undefer_group(std::string group) const {
    return LoadPath(with({{nullptr, 0}, std::move(group), true, path().size()}));
  }

private:
  template <auto Member> auto along(detail::LoadWay way, std::string alias) const {
    static_assert(detail::is_link<typename detail::member_pointer<decltype(Member)>::member>,
                  "declorm: an option that loads a relationship takes the member of one, and the "
                  "type of this member refers to no objects");
    static_assert(detail::may_be<detail::class_of<Member>, At>,
                  "declorm: the path of an option goes on with a relationship of the class that it "
                  "leads to, and this member is of another class");
    return LoadPath<Root, detail::linked_class<Member>>(
        with(detail::LoadStep{detail::relationship_ref<Member>(), way, std::move(alias)}));
  }
};

namespace detail {

/// A path that begins at the class of the member.
template <auto Member> auto path_from() {
  return LoadPath<class_of<Member>, class_of<Member>>(LoadOption({}));
}

} // namespace detail

/// Loads the relationship by one more SELECT for all objects of the query. SQLAlchemy's
/// selectinload().
template <auto Member> auto selectinload() {
  return detail::path_from<Member>().template selectinload<Member>();
}
/// Loads the relationship in the query's own SELECT, by an outer join; best where it leads to one
/// object. The tables of classes below the target are joined too; a query with a LIMIT stands in
/// parentheses then, so that it counts objects. SQLAlchemy's joinedload().
template <auto Member> auto joinedload() {
  return detail::path_from<Member>().template joinedload<Member>();
}
/// Leaves a lazy member to its first touch, whatever its annotation says: `lazy("selectin")`,
/// `lazy("raise")`. Does not compile for a plain member. This, raiseload() and noload() hold for
/// all objects that the query loads and the session did not hold, those that it loads along paths
/// included, and as long as the objects live. SQLAlchemy's lazyload().
template <auto Member> auto lazyload() {
  return detail::path_from<Member>().template lazyload<Member>();
}
/// Makes the touch of a lazy member that is not loaded an InvalidRequestError, which names the
/// member, its object and the query: for loops that must not load one by one. Session::load() and
/// the options of another query load it. Does not compile for a plain member. SQLAlchemy's
/// raiseload().
template <auto Member> auto raiseload() {
  return detail::path_from<Member>().template raiseload<Member>();
}
/// Makes the touch of any lazy member of a T, one of its bases' too, an InvalidRequestError, unless
/// another option of the query names the member or it is loaded: `options(raiseload<User>(),
/// selectinload<&User::orders>())`. It holds against annotations, `lazy("selectin")` too; plain
/// members, which no touch loads, are as without it. The query throws InvalidRequestError if
/// neither T nor a class below has a lazy member. SQLAlchemy's Load(User).raiseload("*").
template <class T>
  requires std::is_class_v<T>
LoadPath<T, detail::Nowhere> raiseload() {
  return LoadPath<T, detail::Nowhere>(LoadOption(
      {detail::LoadStep{{&detail::type_id<T>, detail::every_member}, detail::LoadWay::raise}}));
}
/// The same of all objects that the query loads, along paths too: `raiseload("*")`. Another text
/// does not compile. SQLAlchemy's raiseload("*").
inline LoadPath<void, detail::Nowhere> raiseload(detail::Star) {
  return LoadPath<void, detail::Nowhere>(
      LoadOption({detail::LoadStep{{nullptr, detail::every_member}, detail::LoadWay::raise}}));
}
/// Lets a lazy member show nothing but what is assigned or added to it. Session::load() and the
/// options of another query load it. Does not compile for a plain member. SQLAlchemy's noload().
template <auto Member> auto noload() {
  return detail::path_from<Member>().template noload<Member>();
}

/// Fills the relationship from the rows of a join that the query has itself,
/// `join<&User::orders>()`, so that its filters decide what is read. A list shows what the rows
/// have of it, which may be a part: it counts as not loaded, so that a flush writes what is added
/// to it and never takes anything for removed; load() completes it. One that is loaded already
/// stays as it is, unless populate_existing() is said. The query throws InvalidRequestError if it
/// does not join the relationship. SQLAlchemy's contains_eager().
template <auto Member> auto contains_eager() {
  return detail::path_from<Member>().template contains_eager<Member>();
}
/// The same of a join under another name: `contains_eager<&User::orders>(late)`.
template <auto Member, detail::has_from_ref Alias> auto contains_eager(const Alias &alias) {
  return detail::path_from<Member>().template contains_eager<Member>(alias);
}
/// Loads a deferred column, or column_property, with the objects of the query:
/// `options(undefer<&Book::text>())`. The member may be one of a class below the query's. The query
/// throws InvalidRequestError if it is not deferred. SQLAlchemy's undefer().
template <auto Member> auto undefer() {
  return detail::path_from<Member>().template undefer<Member>();
}
/// Loads the deferred columns of a group with the objects of the query. The query throws
/// InvalidRequestError if its class, and those below, have no such group. SQLAlchemy's
/// undefer_group().
inline LoadPath<void, void> undefer_group(std::string group) {
  return LoadPath<void, void>(LoadOption({})).undefer_group(std::move(group));
}

} // namespace declorm

#endif // DECLORM_LOADING_H
