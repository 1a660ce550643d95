// lazy.h: relationship members that load at first touch.
//
// The only header that a model with such members includes.
#ifndef DECLORM_LAZY_H
#define DECLORM_LAZY_H

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

namespace declorm {

namespace detail {

struct LazyBinding;
struct LazyAccess;
template <class Member, template <class> class Of> struct LazyLinks;

/// What lazy and lazy_list know of the session that fills them. A word: the session's record of the
/// member, and in the lowest bit whether the member waits for its first touch.
class LazyMember {
protected:
  constexpr LazyMember() noexcept = default;
  LazyMember(const LazyMember &other) noexcept
      : state_(other.is_waiting() ? state_of_copy(other) : 0) {}
  LazyMember &operator=(const LazyMember &) = delete;
  ~LazyMember() = default;

  void touch() const {
    if (is_waiting()) [[unlikely]]
      load();
  }
  /// What the member holds is all that it refers to from now on.
  void begin_assignment() {
    if (is_waiting()) [[unlikely]]
      load_replaced();
  }
  /// Makes this wait for what `other` waits for, as a copy does; false: the value of `other` is to
  /// be read, because one of the two belongs to an object of a session.
  bool copies_state(const LazyMember &other) {
    return other.is_waiting() && !reads_assigned(other);
  }

private:
  friend struct LazyAccess;
  static constexpr std::uintptr_t waiting = 1;

  bool is_waiting() const noexcept { return state_ & waiting; }
  void load() const;
  void load_replaced();
  bool reads_assigned(const LazyMember &other);
  static std::uintptr_t state_of_copy(const LazyMember &other) noexcept;

  mutable std::uintptr_t state_ = 0;
};

} // namespace detail

/// A relationship to one object that is loaded at the first touch: `[[declorm::relationship]]
/// declorm::lazy<User> owner;`. Used like a `T *`.
///
/// A touch (get(), `->`, `*`, bool, a comparison) of a member that is not loaded loads it, by the
/// SELECT of Session::load(), in the session of its object and in that session's transaction; a
/// foreign key whose object the session holds needs no statement. Like Session::get() it does not
/// flush: what the program linked from the other side and has not flushed shows with the next
/// flush. It throws what a query throws, and DetachedInstanceError if no session works with the
/// object any more. Once the member is loaded a touch costs no more than a branch. It stays loaded
/// when the transaction commits; rollback(), Session::expire() and expire_all() let the next touch
/// load it again. Members of new objects count as loaded.
///
/// An assignment does not load, unless the foreign key stands in the other object's row: then what
/// the member referred to is loaded first, so that it can be let go of.
///
/// Copies and moved members belong to no session: they keep what was loaded, and otherwise throw
/// DetachedInstanceError when they are touched. An assignment from a member of a session's object
/// touches that member. The objects are the session's, and live as long as it says; a lazy owns
/// nothing and never leads to its session when that is gone.
///
/// Threads: those of the session. SQLAlchemy's relationship(), with its lazy="select".
template <class T> class lazy : detail::LazyMember {
public:
  /// Refers to nothing.
  constexpr lazy() noexcept = default;
  /// Refers to nothing.
  constexpr lazy(std::nullptr_t) noexcept {}
  /// Refers to that object, which the session must hold when it flushes.
  constexpr lazy(T *target) noexcept : target_(target) {}
  lazy(const lazy &) noexcept = default;
  lazy &operator=(const lazy &other) {
    if (copies_state(other))
      target_ = other.target_;
    else
      *this = other.get();
    return *this;
  }
  /// Refers to that object from now on; null: to nothing.
  lazy &operator=(T *target) {
    begin_assignment();
    target_ = target;
    return *this;
  }
  ~lazy() = default;

  /// Returns the object, loaded if need be, or null.
  T *get() const {
    touch();
    return target_;
  }
  /// Returns the object, loaded if need be, as get() does; there must be one.
  T *operator->() const { return get(); }
  /// Returns the object, loaded if need be, as get() does; there must be one.
  T &operator*() const { return *get(); }
  /// Whether there is an object, which is loaded if need be.
  explicit operator bool() const { return get(); }

  /// Whether it refers to that object, which is loaded if need be.
  friend bool operator==(const lazy &left, const T *right) { return left.get() == right; }
  /// Whether both refer to one object; both are loaded if need be.
  friend bool operator==(const lazy &left, const lazy &right) { return left.get() == right.get(); }
  /// Whether it refers to nothing.
  friend bool operator==(const lazy &left, std::nullptr_t) { return !left.get(); }

private:
  mutable T *target_ = nullptr;
};

/// A relationship to several objects that is loaded at the first touch: `[[declorm::relationship]]
/// declorm::lazy_list<Address> addresses;`. Used like a `std::vector<T *>`.
///
/// What reads the list loads it first, as lazy says of itself; so does what takes out (erase(),
/// clear()) or replaces. push_back() does not: what it adds to a list that is not loaded waits in
/// it, the next flush writes it, and the first touch shows it together with what the database has.
/// Without a session, clear() and an assignment make a list that is not loaded a plain one.
///
/// SQLAlchemy's relationship() with its lazy="select".
template <class T> class lazy_list : detail::LazyMember {
public:
  /// What it holds.
  using value_type = T *;
  using size_type = std::size_t; ///< of size()
  /// An iterator of the std::vector that holds the objects.
  using iterator = typename std::vector<T *>::iterator;
  /// The same, which changes nothing.
  using const_iterator = typename std::vector<T *>::const_iterator;

  /// Is empty.
  lazy_list() noexcept = default;
  /// Holds these objects.
  lazy_list(std::initializer_list<T *> targets) : items_(targets) {}
  /// Holds these objects.
  lazy_list(std::vector<T *> targets) noexcept : items_(std::move(targets)) {}
  lazy_list(const lazy_list &) = default;
  /// Takes the objects out of `other` if that is loaded; else both wait for the same.
  lazy_list(lazy_list &&other) noexcept
      : detail::LazyMember(other), items_(std::move(other.items_)) {}
  lazy_list &operator=(const lazy_list &other) {
    if (copies_state(other))
      items_ = other.items_;
    else if (this != &other)
      *this = std::vector<T *>(other.items());
    return *this;
  }
  lazy_list &operator=(lazy_list &&other) {
    if (copies_state(other)) {
      items_ = std::move(other.items_);
    } else if (this != &other) {
      other.touch();
      *this = std::move(other.items_);
      other.items_.clear();
    }
    return *this;
  }
  /// Holds these objects from now on, in place of what it has in the database too.
  lazy_list &operator=(std::vector<T *> targets) {
    begin_assignment();
    items_ = std::move(targets);
    return *this;
  }
  /// Holds these objects from now on, in place of what it has in the database too.
  lazy_list &operator=(std::initializer_list<T *> targets) {
    return *this = std::vector<T *>(targets);
  }
  ~lazy_list() = default;

  /// Returns the objects, loaded if need be, until the list changes.
  const std::vector<T *> &items() const {
    touch();
    return items_;
  }
  /// Returns where the objects begin, loaded if need be, until the list changes.
  const_iterator begin() const { return items().begin(); }
  /// Returns where the objects end.
  const_iterator end() const { return items().end(); }
  /// Returns where the objects begin, loaded if need be.
  iterator begin() {
    touch();
    return items_.begin();
  }
  /// Returns where the objects end.
  iterator end() {
    touch();
    return items_.end();
  }
  /// Returns how many objects there are, loaded if need be.
  size_type size() const { return items().size(); }
  /// Whether there is no object; they are loaded if need be.
  bool empty() const { return items().empty(); }
  /// Returns the object at that place, which must be below size().
  T *operator[](size_type place) const { return items()[place]; }
  /// Returns the first object; there must be one.
  T *front() const { return items().front(); }
  /// Returns the last object; there must be one.
  T *back() const { return items().back(); }
  /// Whether the list has that object.
  bool contains(const T *target) const {
    for (const T *item : items())
      if (item == target)
        return true;
    return false;
  }

  /// Adds an object, without loading the list.
  void push_back(T *target) { items_.push_back(target); }
  /// Takes one object out, and returns the place of the next.
  iterator erase(const_iterator place) {
    touch();
    return items_.erase(place);
  }
  /// Takes every occurrence of that object out, and returns how many there were.
  size_type erase(const T *target) {
    touch();
    return std::erase(items_, target);
  }
  /// Takes all objects out.
  void clear() {
    begin_assignment();
    items_.clear();
  }

private:
  template <class, template <class> class> friend struct detail::LazyLinks;

  mutable std::vector<T *> items_;
};

} // namespace declorm

#endif // DECLORM_LAZY_H
