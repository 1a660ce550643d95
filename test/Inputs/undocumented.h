// undocumented.h: what check-docs names. A line that it names says so behind it.
#ifndef UNDOCUMENTED_H
#define UNDOCUMENTED_H

#define DECLORM_LIMIT 5 // CHECK: undocumented.h:[[@LINE]]: macro 'DECLORM_LIMIT' has no doc comment

int outside();

namespace declorm {

class Forward;

class Plain { // CHECK-NEXT: undocumented.h:[[@LINE]]: class 'Plain' has no doc comment
public:
  explicit Plain(int value); // CHECK-NEXT: :[[@LINE]]: function 'Plain' has no doc comment

  int value() const { // CHECK-NEXT: :[[@LINE]]: function 'value' has no doc comment
    return value_;
  }
  enum class Kind { one }; // CHECK-NEXT: :[[@LINE]]: enum 'Kind' has no doc comment
  // CHECK-NEXT: :[[@LINE-1]]: enumerator 'one' has no doc comment
  class Inner { // CHECK-NEXT: :[[@LINE]]: class 'Inner' has no doc comment
  public:
    void reach(); // CHECK-NEXT: :[[@LINE]]: function 'reach' has no doc comment
  };
  friend bool operator<(const Plain &, const Plain &) { return false; }
  // CHECK-NEXT: :[[@LINE-1]]: function 'operator<' has no doc comment

private:
  int value_;
};

/// Its members have no comments.
struct Options {
  int first = 0;         ///< has one
  int second = 0;        // CHECK-NEXT: :[[@LINE]]: variable 'second' has no doc comment
  Forward *third = {};   // CHECK-NEXT: :[[@LINE]]: variable 'third' has no doc comment
  using Alias = int;     // CHECK-NEXT: :[[@LINE]]: using 'Alias' has no doc comment
};

/// The smallest; the comment does not speak of the next one.
template <class T> T lowest(const T &a, const T &b) {
  return a < b ? a : b;
}
template <class T> // CHECK-NEXT: :[[@LINE]]: function 'highest' has no doc comment
T highest(const T &a, const T &b) {
  return a < b ? b : a;
}

/// A comment with a blank line below it is of nothing.

inline constexpr int limit{3}; // CHECK-NEXT: :[[@LINE]]: variable 'limit' has no doc comment

// An ordinary comment is no doc comment.
template <class T> // CHECK-NEXT: :[[@LINE]]: concept 'small' has no doc comment
concept small = requires(T t) { t.size(); } && sizeof(T) < 9;

enum Colour { red, green }; // CHECK-NEXT: :[[@LINE]]: enum 'Colour' has no doc comment
// CHECK-NEXT: :[[@LINE-1]]: enumerator 'red' has no doc comment
// CHECK-NEXT: :[[@LINE-2]]: enumerator 'green' has no doc comment

template <class T> struct traits;

template <> struct traits<int> { // CHECK-NEXT: :[[@LINE]]: specialisation 'traits' has no doc comment
  using type = int;
};

// CHECK-NEXT: check-docs: 19 without a doc comment

} // namespace declorm

#endif
