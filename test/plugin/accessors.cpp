// What the registered functions do: make and destroy, get and set, convert, call.
//
// RUN: %declorm_clang -O0 -Wall -Wextra -Werror %s -o %t && %t | FileCheck %s
// RUN: %declorm_clang -O2 -fno-rtti -fno-exceptions %s -o %t && %t | FileCheck %s
// RUN: %declorm_clang -fsanitize=address,undefined -fno-sanitize-recover=all %s -o %t && %t | FileCheck %s

#include <declorm/registration.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>

namespace declorm {
template <class T> struct type_traits;
struct Table {
  int number;
};
struct MetaData {
  Table table{42};
};
} // namespace declorm
struct Money {
  std::int64_t cents = 0;
};
template <> struct declorm::type_traits<Money> {
  using column_type = std::string;
  static column_type to_column(const Money &money) { return std::to_string(money.cents); }
  static Money from_column(const column_type &text) { return {std::stoll(text)}; }
};

static int alive = 0;
inline std::string greeting() { return "hello"; }
inline Money fortune() { return {1000}; }
inline declorm::Table &make_table(declorm::MetaData &metadata) { return metadata.table; }

class [[declorm::table_from(&make_table)]] A {
  A() { ++alive; }
  ~A() { --alive; }
  [[using declorm: column, primary_key]] unsigned bits : 3;
  [[using declorm: column, default_value(&greeting)]] std::optional<std::string> text;
  [[using declorm: column, default_value(&fortune), unset(0)]] Money money{5};
  [[declorm::column]] std::optional<Money> maybe;
  [[declorm::column]] const Money fixed{9};
  std::string title_ = "title";
  [[declorm::column]] const std::string &title() { return title_; }
  void set_title(const std::string &title) { title_ = title; }
};

using namespace declorm::detail;

static const Class *found(const Module &module, const char *key) {
  for (unsigned i = 0; i != module.count; ++i)
    if (std::strcmp(module.classes[i]->key, key) == 0)
      return module.classes[i];
  return nullptr;
}

static const Accessor *accessor(const Class &c, const char *name) {
  const std::string item = std::to_string(std::strlen(name)) + ":" + name + " ";
  unsigned index = 0;
  for (const char *at = c.text; (at = std::strstr(at, " . ")); ++index)
    if (std::strncmp(at += 3, item.c_str(), item.size()) == 0)
      return accessor_of(c, index);
  std::printf("no member %s\n", name);
  return nullptr;
}

static void use(const Class &c) {
  alignas(64) char storage[512];
  void *object = c.construct(storage);
  std::printf("alive %d\n", alive); // CHECK: alive 1

  const Accessor *bits = accessor(c, "bits");
  unsigned number = 5;
  bits->set(object, &number);
  number = 0;
  bits->get(object, &number);
  std::printf("bits %u\n", number); // CHECK-NEXT: bits 5

  const Accessor *money = accessor(c, "money");
  std::string text;
  money->get(object, &text);
  std::printf("money %s\n", text.c_str()); // CHECK-NEXT: money 5
  text = "12";
  money->set(object, &text);
  money->get(object, &text);
  std::printf("money %s\n", text.c_str()); // CHECK-NEXT: money 12

  const Accessor *maybe = accessor(c, "maybe");
  std::optional<std::string> value = "x";
  maybe->get(object, &value);
  std::printf("maybe %d\n", int(value.has_value())); // CHECK-NEXT: maybe 0
  value = "3";
  maybe->set(object, &value);
  value.reset();
  maybe->get(object, &value);
  std::printf("maybe %s\n", value->c_str()); // CHECK-NEXT: maybe 3

  const Accessor *fixed = accessor(c, "fixed");
  text = "8";
  fixed->set(object, &text); // when it is loaded, as other const members are
  fixed->get(object, &text);
  std::printf("fixed %s\n", text.c_str()); // CHECK-NEXT: fixed 8

  const Accessor *title = accessor(c, "title");
  text = "new";
  title->set(object, &text);
  text.clear();
  title->get(object, &text);
  std::printf("title %s\n", text.c_str()); // CHECK-NEXT: title new

  // In the order of the text: the class's, then each member's.
  const declorm::Table *table = nullptr;
  declorm::MetaData metadata;
  c.thunks[0](&table, &metadata);
  std::printf("table %d\n", table->number); // CHECK-NEXT: table 42
  // The result has the member's type; a converted one's that of its column.
  std::optional<std::string> made;
  c.thunks[1](&made, nullptr);
  std::printf("default_value %s\n", made->c_str()); // CHECK-NEXT: default_value hello
  c.thunks[2](&text, nullptr);
  std::printf("default_value %s\n", text.c_str()); // CHECK-NEXT: default_value 1000

  c.destroy(object);
  std::printf("alive %d\n", alive); // CHECK-NEXT: alive 0
}

Registration::Registration(const Module &module) noexcept : module_(module) {
  use(*found(module, "c:@S@A"));
}
Registration::~Registration() { (void)module_; }

int main() {}
