// proxy.h: a list of objects, seen as the list of the values that they keep: proxy(list,
// &T::value).
//
// A model's header may include it alone.
#ifndef DECLORM_PROXY_H
#define DECLORM_PROXY_H

#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace declorm {

template <class T> class lazy;

namespace detail {

/// What a member holds, and of a lazy what it refers to.
template <class T> const T &proxied_value(const T &value) { return value; }
template <class T> T *proxied_value(const lazy<T> &value) { return value.get(); }

/// What the member, or the getter, of an object says.
template <class T, class Member> decltype(auto) proxied(T &object, Member member) {
  if constexpr (std::is_member_function_pointer_v<Member>)
    return (object.*member)();
  else
    return proxied_value(object.*member);
}

template <class List> using link_of_list = typename std::remove_const_t<List>::value_type;
template <class List>
concept proxied_list = requires(List &list) {
  requires !requires { typename List::mapped_type; };
  *list.begin();
  list.end();
  list.size();
  requires std::is_class_v<std::remove_cvref_t<decltype(**list.begin())>>;
};

template <class List>
concept has_last = requires(List &list) { list.back(); };
template <class List>
concept has_places = requires(List &list) { list[0]; };
template <class List>
concept changeable_list = !std::is_const_v<List>;

/// How a proxy makes an object where nobody told it: the list owns it.
struct MadeByList {};
/// The Session gets the object.
template <class Session> struct MadeBySession {
  Session *session;
};

template <class T, class V>
concept made_from = !std::is_aggregate_v<T> && std::constructible_from<T, const V &>;
template <class T, class Member, class V>
concept set_by = std::is_member_object_pointer_v<Member> && std::default_initializable<T> &&
                 requires(T &object, Member member, const V &value) { object.*member = value; };

} // namespace detail

/// The values that the objects of a list keep, as proxy() makes it. It reads and changes that list,
/// holds nothing itself, and is copied like a pointer. `Make` says where new objects come from.
template <class List, class Member, class Make> class Proxy {
  using Link = detail::link_of_list<List>;
  using Object = std::remove_reference_t<decltype(*std::declval<const Link &>())>;
  using Links = decltype(std::declval<List &>().begin());

public:
  /// What a value reads as: a reference to the member, or what the getter returns; of a lazy the
  /// pointer that it holds.
  using const_reference =
      decltype(detail::proxied(std::declval<const Object &>(), std::declval<Member>()));
  /// The type of a value.
  using value_type = std::remove_cvref_t<const_reference>;
  using size_type = std::size_t; ///< of size()

  /// Goes from value to value. It is valid as long as the list's own iterators are.
  class const_iterator {
  public:
    using value_type = Proxy::value_type;               ///< what it reads
    using reference = const_reference;                  ///< what `*` returns
    using difference_type = std::ptrdiff_t;             ///< between two places
    using pointer = void;                               ///< there may be no object to point to
    using iterator_category = std::input_iterator_tag;  ///< as C++17 sees it
    using iterator_concept = std::forward_iterator_tag; ///< what it is

    const_iterator() = default;
    /// Returns the value.
    reference operator*() const { return detail::proxied(std::as_const(**link_), member_); }
    /// Goes to the next value.
    const_iterator &operator++() {
      ++link_;
      return *this;
    }
    /// Goes to the next value, and returns the place before.
    const_iterator operator++(int) {
      const_iterator before = *this;
      ++link_;
      return before;
    }
    /// Whether both are at one place.
    friend bool operator==(const const_iterator &left, const const_iterator &right) {
      return left.link_ == right.link_;
    }

  private:
    friend Proxy;
    const_iterator(Links link, Member member) : link_(link), member_(member) {}

    Links link_{};
    Member member_{};
  };
  /// Values are changed through their objects.
  using iterator = const_iterator;

  /// As proxy() makes it.
  Proxy(List &list, Member member, Make make)
      : list_(&list), member_(member), make_(std::move(make)) {}

  /// Returns where the values begin. The list must hold no null pointer.
  const_iterator begin() const { return {list_->begin(), member_}; }
  /// Returns where the values end.
  const_iterator end() const { return {list_->end(), member_}; }
  /// Returns how many values there are.
  size_type size() const { return list_->size(); }
  /// Whether there is no value.
  bool empty() const { return list_->begin() == list_->end(); }
  /// Returns the first value; there must be one.
  const_reference front() const { return *begin(); }
  /// Returns the last value of a list that has places; there must be one.
  const_reference back() const
    requires detail::has_last<List>
  {
    return detail::proxied(std::as_const(*list_->back()), member_);
  }
  /// Returns the value at that place, which must be below size().
  const_reference operator[](size_type place) const
    requires detail::has_places<List>
  {
    return detail::proxied(std::as_const(*(*list_)[place]), member_);
  }
  /// Whether some object has that value.
  bool contains(const value_type &value) const {
    for (const_iterator at = begin(); at != end(); ++at)
      if (*at == value)
        return true;
    return false;
  }

  /// Adds an object with that value, which is made as proxy() says, to the end of the list.
  void push_back(const value_type &value) const
    requires detail::changeable_list<List>
  {
    add(made(value));
  }
  /// Takes one object out, as the list's own erase() does, and returns the place of the next.
  const_iterator erase(const_iterator place) const
    requires detail::changeable_list<List>
  {
    return {list_->erase(place.link_), member_};
  }
  /// Takes all objects with that value out, and returns how many there were.
  size_type erase(const value_type &value) const
    requires detail::changeable_list<List>
  {
    size_type erased = 0;
    const value_type copy = value; // which may stand in one of the objects
    for (auto at = list_->begin(); at != list_->end();)
      if (detail::proxied(std::as_const(**at), member_) == copy) {
        at = list_->erase(at);
        ++erased;
      } else {
        ++at;
      }
    return erased;
  }
  /// Takes all objects out.
  void clear() const
    requires detail::changeable_list<List>
  {
    list_->clear();
  }
  /// Makes the list one of these values, in their order. Objects whose values stay stay themselves;
  /// others are taken out, and made. `values`: any range that is not the proxy's own. SQLAlchemy's
  /// assignment to an association proxy.
  template <class Values>
  void assign(const Values &values) const
    requires detail::changeable_list<List>
  {
    std::vector<Link> before(list_->begin(), list_->end()), now;
    for (const value_type &value : values) {
      auto known = before.begin();
      while (known != before.end() && !(detail::proxied(std::as_const(**known), member_) == value))
        ++known;
      if (known == before.end()) {
        now.push_back(made(value));
      } else {
        now.push_back(std::move(*known));
        before.erase(known);
      }
    }
    list_->clear();
    for (Link &link : now)
      add(std::move(link));
  }
  /// The same, of a list in braces.
  void assign(std::initializer_list<value_type> values) const
    requires detail::changeable_list<List>
  {
    assign<std::initializer_list<value_type>>(values);
  }

private:
  void add(Link link) const {
    if constexpr (requires { list_->push_back(std::move(link)); })
      list_->push_back(std::move(link));
    else
      list_->insert(std::move(link));
  }

  static constexpr bool is_made = detail::made_from<Object, value_type>;
  static constexpr bool is_set = detail::set_by<Object, Member, value_type>;
  /// Calls `make(arguments…)`, which constructs an object, and gives it the value.
  template <class Construct> auto constructed(const value_type &value, Construct construct) const {
    static_assert(is_made || is_set,
                  "declorm: a proxy makes an object by its constructor from the value, or by the "
                  "default constructor and the data member that the proxy reads; this class has "
                  "neither: give proxy() a function that makes one, "
                  "proxy(list, &T::value, [&](const V &value) -> T & { … })");
    if constexpr (is_made) {
      return construct(value);
    } else if constexpr (is_set) {
      auto object = construct();
      (*object).*member_ = value;
      return object;
    } else {
      return Link();
    }
  }

  Link made(const value_type &value) const {
    if constexpr (std::is_same_v<Make, detail::MadeByList>) {
      constexpr bool owns = requires(std::shared_ptr<Object> object) { Link(object); };
      static_assert(owns,
                    "declorm: the list holds plain pointers, and does not own what they point "
                    "to: give proxy() the Session that gets new objects, or a function that "
                    "makes them: proxy(list, &T::value, session)");
      if constexpr (owns)
        return constructed(
            value, [](const auto &...arguments) { return std::make_shared<Object>(arguments...); });
      else
        return Link();
    } else if constexpr (requires { make_.session; }) {
      auto &session = *make_.session;
      if constexpr (std::is_pointer_v<Link>) {
        return constructed(value, [&](const auto &...arguments) {
          return &session.template emplace<Object>(arguments...);
        });
      } else {
        auto object = constructed(
            value, [](const auto &...arguments) { return std::make_shared<Object>(arguments...); });
        session.add(object);
        return object;
      }
    } else if constexpr (std::convertible_to<std::invoke_result_t<const Make &, const value_type &>,
                                             Link>) {
      return make_(value);
    } else {
      return std::addressof(make_(value));
    }
  }

  List *list_;
  Member member_;
  [[no_unique_address]] Make make_;
};

/// The values that the objects of a list keep in one of their members, as a list:
///
///     auto tags() { return declorm::proxy(tag_links, &TagLink::tag); }
///     for (const std::string &name : proxy(user.names, &Name::text)) …
///
/// `list`: a relationship to several objects, of plain or shared pointers, or a lazy_list, which a
/// proxy loads as its own functions do. `member`: a data member, or a getter; a proxy of a lazy
/// shows the object that it refers to. What push_back() and assign() add are new objects in the
/// list: made by std::make_shared where it holds shared pointers, and then in the session with the
/// next flush. Their values go to the constructor, or, of an aggregate, into the member. What
/// erase() takes out becomes of its object what cascade says.
///
/// The proxy refers to the list, and must not outlive it. Threads: those of the list. SQLAlchemy's
/// association_proxy(); in queries it is `proxy<&User::tag_links, &TagLink::tag>()`.
template <detail::proxied_list List, class Member>
  requires std::is_member_pointer_v<Member>
Proxy<List, Member, detail::MadeByList> proxy(List &list, Member member) {
  return {list, member, {}};
}
/// The same; `make` is where new objects come from: the Session, which must outlive the proxy, or a
/// function that takes a value and returns the object, as a reference, or as what the list holds.
template <detail::proxied_list List, class Member, class Make>
  requires std::is_member_pointer_v<Member>
auto proxy(List &list, Member member, Make &&make) {
  if constexpr (std::is_invocable_v<const std::remove_reference_t<Make> &,
                                    typename Proxy<List, Member, detail::MadeByList>::value_type>)
    return Proxy<List, Member, std::decay_t<Make>>(list, member, std::forward<Make>(make));
  else
    return Proxy<List, Member, detail::MadeBySession<std::remove_reference_t<Make>>>(list, member,
                                                                                     {&make});
}

} // namespace declorm

#endif // DECLORM_PROXY_H
