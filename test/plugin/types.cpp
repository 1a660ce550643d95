// clang-format off: the comments are checked line by line.
// The type code of each kind of member.
//
// RUN: %declorm_clang %s %S/Inputs/dump.cpp -o %t && %t | grep type | FileCheck %s

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace declorm {
template <class T> struct type_traits;
template <unsigned P, unsigned S> class Decimal {};
class UUID {};
template <class T> class lazy {};
template <class T> class lazy_list {
public:
  std::vector<T *> items_;
};
} // namespace declorm
namespace nlohmann {
inline namespace v3 {
template <class T> class basic_json {};
} // namespace v3
using json = basic_json<int>;
} // namespace nlohmann

struct Money {
  long cents;
};
template <> struct declorm::type_traits<Money> {
  using column_type = std::int64_t;
  static column_type to_column(const Money &money) { return money.cents; }
  static Money from_column(const column_type &cents) { return {cents}; }
};

template <class T> struct declorm::type_traits<nlohmann::basic_json<T>> {
  using column_type = std::string;
  static std::string to_column(const nlohmann::basic_json<T> &) { return {}; }
  static nlohmann::basic_json<T> from_column(const std::string &) { return {}; }
};

using Name = std::string;
typedef std::optional<Name> OptionalName;
enum class Color : unsigned char { red = 1, green };
enum Old { a = -1, b };
struct Target;
struct Point {
  [[declorm::column]] int x;
};

// The codes are those of declorm/registration.h.
struct [[declorm::table]] Everything {
  [[using declorm: column, primary_key]] int id;
  // CHECK-LABEL: {{^}}  id at
#define COLUMN [[declorm::column]]
  COLUMN bool boolean;                             // CHECK-NEXT: boolean at {{.*}} type 1 container 0 flags 0
  COLUMN signed char int8;                         // CHECK-NEXT: int8 at {{.*}} type 2 container 0 flags 0
  COLUMN short int16;                              // CHECK-NEXT: int16 at {{.*}} type 3 container 0 flags 0
  COLUMN long int64;                               // CHECK-NEXT: int64 at {{.*}} type 5 container 0 flags 0
  COLUMN unsigned char uint8;                      // CHECK-NEXT: uint8 at {{.*}} type 6 container 0 flags 0
  COLUMN std::uint16_t uint16;                     // CHECK-NEXT: uint16 at {{.*}} type 7 container 0 flags 0
  COLUMN unsigned uint32;                          // CHECK-NEXT: uint32 at {{.*}} type 8 container 0 flags 0
  COLUMN std::size_t uint64;                       // CHECK-NEXT: uint64 at {{.*}} type 9 container 0 flags 0
  COLUMN float float32;                            // CHECK-NEXT: float32 at {{.*}} type 10 container 0 flags 0
  COLUMN std::optional<const double> float64;      // CHECK-NEXT: float64 at {{.*}} type 11 container 0 flags 1
  COLUMN Name text;                                // CHECK-NEXT: text at {{.*}} type 12 container 0 flags 0
  COLUMN OptionalName optional_text;               // CHECK-NEXT: optional_text at {{.*}} type 12 container 0 flags 1
  COLUMN char text_array[8];                       // CHECK-NEXT: text_array at {{.*}} type 13 container 0 flags 0
  COLUMN std::vector<unsigned char> bytes;         // CHECK-NEXT: bytes at {{.*}} type 14 container 0 flags 0
  COLUMN std::vector<std::byte> more_bytes;        // CHECK-NEXT: more_bytes at {{.*}} type 14 container 0 flags 0
  COLUMN std::array<std::byte, 4> byte_array;      // CHECK-NEXT: byte_array at {{.*}} type 15 container 0 flags 0
  COLUMN unsigned char c_array[4];                 // CHECK-NEXT: c_array at {{.*}} type 15 container 0 flags 0
  COLUMN std::chrono::sys_seconds sys_time;        // CHECK-NEXT: sys_time at {{.*}} type 16 container 0 flags 0
  COLUMN std::chrono::local_seconds local_time;    // CHECK-NEXT: local_time at {{.*}} type 17 container 0 flags 0
  COLUMN std::chrono::milliseconds duration;       // CHECK-NEXT: duration at {{.*}} type 18 container 0 flags 0
  COLUMN std::chrono::year_month_day date;         // CHECK-NEXT: date at {{.*}} type 19 container 0 flags 0
  COLUMN declorm::Decimal<10, 2> decimal;          // CHECK-NEXT: decimal at {{.*}} type 20 container 0 flags 0
  COLUMN declorm::UUID uuid;                       // CHECK-NEXT: uuid at {{.*}} type 21 container 0 flags 0
  COLUMN nlohmann::json json;                      // CHECK-NEXT: json at {{.*}} type 22 container 0 flags 4 get set
  COLUMN Money money;                              // CHECK-NEXT: money at {{.*}} type 5 container 0 flags 4 get set
  COLUMN std::optional<Money> optional_money;      // CHECK-NEXT: optional_money at {{.*}} type 5 container 0 flags 5 get set
  COLUMN Color color;                              // CHECK-NEXT: color at {{.*}} type 6 container 0 flags 2
  COLUMN Old old;                                  // CHECK-NEXT: old at {{.*}} type 4 container 0 flags 2
  // Links, annotated or not.
  Target *pointer;                                 // CHECK-NEXT: pointer at {{.*}} type 32 container 0 flags 0
  std::shared_ptr<Target> shared;                  // CHECK-NEXT: shared at {{.*}} type 33 container 0 flags 0
  std::weak_ptr<Target> weak;                      // CHECK-NEXT: weak at {{.*}} type 34 container 0 flags 0
  declorm::lazy<Target> lazy;                      // CHECK-NEXT: lazy at {{.*}} type 36 container 0 flags 0
  declorm::lazy_list<Target> lazy_list;            // CHECK-NEXT: lazy_list at {{.*}} type 37 container 0 flags 0
  std::vector<Target *> vector;                    // CHECK-NEXT: vector at {{.*}} type 32 container 1 flags 0
  std::list<std::shared_ptr<Target>> list;         // CHECK-NEXT: list at {{.*}} type 33 container 2 flags 0
  std::deque<Target *> deque;                      // CHECK-NEXT: deque at {{.*}} type 32 container 3 flags 0
  std::set<Target *> set;                          // CHECK-NEXT: set at {{.*}} type 32 container 4 flags 0
  std::unordered_set<Target *> unordered_set;      // CHECK-NEXT: unordered_set at {{.*}} type 32 container 5 flags 0
  std::map<int, Target *> map;                     // CHECK-NEXT: map at {{.*}} type 32 container 6 flags 0
  std::unordered_map<int, Target *> unordered_map; // CHECK-NEXT: unordered_map at {{.*}} type 32 container 7 flags 0
  [[declorm::composite]] std::optional<Point> composite; // CHECK-NEXT: composite at {{.*}} type 38 container 0 flags 1
  // Neither annotated nor a link.
  // CHECK-NOT: plain
  int plain;
  std::unique_ptr<int> plain_unique;
};

int main() {}
