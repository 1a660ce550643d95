// documented.h: what check-docs has nothing against.
#ifndef DOCUMENTED_H
#define DOCUMENTED_H

/// A macro for users.
#define DECLORM_LIMIT 5

namespace declorm {

class Forward;

namespace detail {
struct Node {
  int value;
};
template <class T> void undocumented(T);
} // namespace detail

/// The first comment.
template <class T, class U = decltype([] {})> class Plain {
public:
  Plain() = default;
  Plain(const Plain &);
  Plain(Plain &&other) noexcept;
  Plain &operator=(const Plain &);
  Plain &operator=(Plain &&) noexcept;
  ~Plain();
  explicit Plain(detail::Node node);
  const detail::Node &node() const;

  /// Makes one of a number.
  explicit Plain(int value) : value_{value} {}

  /// Ends it: commit() keeps what was written, rollback() does not.
  void commit();
  void rollback();
  /// Overloads share the comment above the first.
  void set(int value) {
    value_ = value;
  }
  void set(long value);
  /// A range.
  class iterator {
  public:
    using value_type = T;
    iterator &operator++();
  };
  friend bool operator==(const Plain &, const Plain &) = default;
  friend class Forward;

protected:
  void of_derived_classes();

private:
  void helper();
  int value_{};
};

/// Kinds: `one`, `two`.
enum class Kind : unsigned char { one, two };

/// Numbers.
enum Number {
  first, ///< of all
  second = 1 << 1, ///< the next
  /// The last one.
  third,
};

/// How it behaves.
struct Options {
  int first = 0; ///< a count
  /// A count, too.
  int second = 0;
  bool operator==(const Options &) const = default;
};

/// Adds and subtracts: `+` and `-`.
Options operator+(const Options &, const Options &);
Options operator-(const Options &, const Options &);

/// A template with a condition of its own.
template <class T>
  requires requires(T t) { t.size(); }
auto size_of(const T &value) {
  return value.size();
}

/// The primary.
template <class T> struct traits;
/// Of int.
template <> struct traits<int> {
  using type = int;
  static type from(int);
};

template <class T, class U> Plain<T, U>::~Plain() {}
template <class T, class U> void Plain<T, U>::rollback() {}

#define DECLORM_EACH(name) void name();
/// Two functions.
DECLORM_EACH(one)
#undef DECLORM_EACH

} // namespace declorm

void outside();

#endif
