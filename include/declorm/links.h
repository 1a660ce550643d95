// links.h: How members that refer to other objects are read and changed.
//
// What LinkAccess points to, for smart pointers and containers of pointers. The plugin pastes this
// header behind registration.h where a class has such members, so it includes nothing else, is
// guarded, is C++17, and names nothing of the standard library: it deduces. User code never needs
// it.
//
#ifndef DECLORM_LINKS_H
#define DECLORM_LINKS_H

#ifndef DECLORM_REGISTRATION_H
#include <declorm/registration.h>
#endif

extern "C++" {
namespace declorm::detail {

using LinkVisitor = void (*)(void *context, void *object, const void *owner);

/// The object that a `T *` or a `const T *` leads to, complete or not. A pointer to const only
/// keeps who follows it from changing the object, which is none that was made const.
inline void *link_object(const volatile void *object) { return const_cast<void *>(object); }

/// What the pointers in a member can do; `Link` is the type of one.
template <class Link> struct PlainLink;
template <class T> struct PlainLink<T *> {
  static void visit(T *link, bool, void *context, LinkVisitor visit) {
    if (link)
      visit(context, link_object(link), nullptr);
  }
  static T *make(void *object, const void *) { return static_cast<T *>(object); }
  static bool leads_to(T *link, const void *object) { return link == object; }
};

template <class Link> struct SharedLink;
template <template <class> class Pointer, class T> struct SharedLink<Pointer<T>> {
  using Link = Pointer<T>;
  using Owner = Pointer<void>;

  static void visit(const Link &link, bool owned, void *context, LinkVisitor visit) {
    if (!link.get())
      return;
    void *object = link_object(link.get());
    if (!owned)
      return visit(context, object, nullptr);
    const Owner owner(link, object);
    visit(context, object, &owner);
  }
  static Link make(void *object, const void *owner) {
    return Link(*static_cast<const Owner *>(owner), static_cast<T *>(object));
  }
  static bool leads_to(const Link &link, const void *object) { return link.get() == object; }
};

template <class T> const T &declared();
template <class Link> struct WeakLink {
  using Shared = SharedLink<decltype(declared<Link>().lock())>;

  static void visit(const Link &link, bool owned, void *context, LinkVisitor visit) {
    Shared::visit(link.lock(), owned, context, visit);
  }
  static Link make(void *object, const void *owner) { return Shared::make(object, owner); }
  static bool leads_to(const Link &link, const void *object) {
    return Shared::leads_to(link.lock(), object);
  }
};

/// The constant iterators of a container would have to be compiled beside the others.
template <class Member> Member &mutable_links(const void *member) {
  return *static_cast<Member *>(const_cast<void *>(member));
}

/// The functions of one pointer, of a list (vector, list, deque), of a set, of a map: `Member` is
/// the type of the member, `Of` one of the above.
template <class Member, template <class> class Of>
struct [[gnu::visibility("hidden")]] SingleLinks {
  using Link = Of<Member>;

  static void read(const void *member, bool owned, void *context, LinkVisitor visit) {
    Link::visit(*static_cast<const Member *>(member), owned, context, visit);
  }
  static void add(void *member, void *object, const void *owner, const void *) {
    *static_cast<Member *>(member) = Link::make(object, owner);
  }
  static void remove(void *member, const void *object) {
    if (Link::leads_to(*static_cast<const Member *>(member), object))
      clear(member);
  }
  static void clear(void *member) { static_cast<Member *>(member)->reset(); }
  static constexpr void *(*find)(const void *, const void *) = nullptr;
};

template <class Member, template <class> class Of> struct [[gnu::visibility("hidden")]] ListLinks {
  using Link = Of<typename Member::value_type>;

  static void read(const void *member, bool owned, void *context, LinkVisitor visit) {
    for (const auto &link : mutable_links<Member>(member))
      Link::visit(link, owned, context, visit);
  }
  static void add(void *member, void *object, const void *owner, const void *) {
    static_cast<Member *>(member)->push_back(Link::make(object, owner));
  }
  static void remove(void *member, const void *object) {
    Member &links = *static_cast<Member *>(member);
    auto kept = links.begin();
    unsigned long long left = 0;
    for (auto &link : links) {
      if (Link::leads_to(link, object)) {
        ++left;
        continue;
      }
      if (left)
        *kept = static_cast<typename Member::value_type &&>(link);
      ++kept;
    }
    for (; left; --left)
      links.pop_back();
  }
  static void clear(void *member) { static_cast<Member *>(member)->clear(); }
  static constexpr void *(*find)(const void *, const void *) = nullptr;
};

template <class Member, template <class> class Of> struct [[gnu::visibility("hidden")]] SetLinks {
  using Link = Of<typename Member::value_type>;

  static void read(const void *member, bool owned, void *context, LinkVisitor visit) {
    for (const auto &link : mutable_links<Member>(member))
      Link::visit(link, owned, context, visit);
  }
  static void add(void *member, void *object, const void *owner, const void *) {
    static_cast<Member *>(member)->insert(Link::make(object, owner));
  }
  static void remove(void *member, const void *object) {
    Member &links = *static_cast<Member *>(member);
    for (auto link = links.begin(); link != links.end();) {
      if (Link::leads_to(*link, object))
        link = links.erase(link);
      else
        ++link;
    }
  }
  static void clear(void *member) { static_cast<Member *>(member)->clear(); }
  static constexpr void *(*find)(const void *, const void *) = nullptr;
};

/// A declorm::lazy_list, behind the functions that would load it.
template <class Member, template <class> class Of> struct [[gnu::visibility("hidden")]] LazyLinks {
  using Items = decltype(Member::items_);
  using Links = ListLinks<Items, Of>;

  static Items *items_of(const void *member) { return &mutable_links<Member>(member).items_; }
  static void read(const void *member, bool owned, void *context, LinkVisitor visit) {
    Links::read(items_of(member), owned, context, visit);
  }
  static void add(void *member, void *object, const void *owner, const void *key) {
    Links::add(items_of(member), object, owner, key);
  }
  static void remove(void *member, const void *object) { Links::remove(items_of(member), object); }
  static void clear(void *member) { Links::clear(items_of(member)); }
  static constexpr void *(*find)(const void *, const void *) = nullptr;
};

/// A key as the runtime hands it over: of an enum, its underlying value.
template <class Key> decltype(auto) link_key(const void *key) {
  if constexpr (__is_enum(Key)) {
    using Value = __underlying_type(Key);
    return static_cast<Key>(*static_cast<const Value *>(key));
  } else {
    return static_cast<const Key &>(*static_cast<const Key *>(key));
  }
}

template <class Member, template <class> class Of> struct [[gnu::visibility("hidden")]] MapLinks {
  using Link = Of<typename Member::mapped_type>;

  static void read(const void *member, bool owned, void *context, LinkVisitor visit) {
    for (const auto &entry : mutable_links<Member>(member))
      Link::visit(entry.second, owned, context, visit);
  }
  static void add(void *member, void *object, const void *owner, const void *key) {
    (*static_cast<Member *>(member))[link_key<typename Member::key_type>(key)] =
        Link::make(object, owner);
  }
  static void remove(void *member, const void *object) {
    Member &links = *static_cast<Member *>(member);
    for (auto entry = links.begin(); entry != links.end();) {
      if (Link::leads_to(entry->second, object))
        entry = links.erase(entry);
      else
        ++entry;
    }
  }
  static void clear(void *member) { static_cast<Member *>(member)->clear(); }
  static void *find(const void *member, const void *key) {
    Member &links = mutable_links<Member>(member);
    void *found = nullptr;
    const auto entry = links.find(link_key<typename Member::key_type>(key));
    if (entry != links.end())
      Link::visit(entry->second, false, &found, [](void *context, void *object, const void *) {
        *static_cast<void **>(context) = object;
      });
    return found;
  }
};

/// `Links` is one of the four above, for a member.
template <class Links>
[[gnu::visibility("hidden")]] inline constexpr LinkAccess link_access{
    &Links::read, &Links::add, &Links::remove, &Links::clear, Links::find};

} // namespace declorm::detail
}

#endif // DECLORM_LINKS_H
