// A mixin that makes a class and a table for each class that uses it: a list of strings, in a table
// of its owner's name, strings in and out.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: %declorm_check %s -- -std=c++20 -I%include
#include "../Inputs/traced.h"

template <class Self> class HasStringCollection {
public:
  struct [[declorm::table("{outer.table}_strings")]] String {
    [[using declorm: column, primary_key]] std::int64_t id = 0;
    [[using declorm: column, foreign_key("{outer.table}.id")]] std::int64_t parent_id = 0;
    [[using declorm: column, length(50)]] std::string value;
  };

  auto strings() { return declorm::proxy(strings_, &String::value); }
  static constexpr auto with_strings() {
    return declorm::proxy<&HasStringCollection::strings_, &String::value, Self>();
  }

private:
  [[using declorm: relationship, cascade("all, delete-orphan"), order_by("{table}_strings.id"),
    lazy("selectin")]]
  std::vector<std::shared_ptr<String>> strings_{};
};

struct [[declorm::table("type_a")]] TypeA : HasStringCollection<TypeA> {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("type_b")]] TypeB : HasStringCollection<TypeB> {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

template <class T> static void show(declorm::Session &session) {
  for (T &object : session.query<T>().order_by(declorm::col<&T::id>)) {
    std::cout << object.id << ':';
    for (const std::string &string : object.strings())
      std::cout << ' ' << string;
    std::cout << std::endl;
  }
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  // CHECK: type_a type_a_strings type_b type_b_strings
  for (const declorm::Table *table : declorm::metadata().sorted_tables())
    std::cout << table->name() << ' ';
  std::cout << std::endl;

  declorm::Session session(engine);
  TypeA &a = session.emplace<TypeA>();
  for (const char *string : {"foo", "bar"})
    a.strings().push_back(string);
  session.emplace<TypeA>().strings().push_back("other");
  session.emplace<TypeB>().strings().assign({"bat", "baz"});
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: 1: foo bar
  // CHECK-NEXT: 2: other
  // CHECK-NEXT: 1: bat baz
  show<TypeA>(session);
  show<TypeB>(session);

  // Each class has rows of its own.
  TypeB &b = session.query<TypeB>().one();
  b.strings().erase("bat");
  b.strings().push_back("bar");
  session.commit();
  // CHECK-NEXT: 3 type_a_strings
  // CHECK-NEXT: 2 type_b_strings
  for (const char *table : {"type_a_strings", "type_b_strings"})
    std::cout << session.execute(std::string("SELECT count(*) FROM ") + table).scalar().as<int>()
              << ' ' << table << std::endl;
  // CHECK-NEXT: 1 with "bar" 0
  std::cout << session.query<TypeA>().filter(TypeA::with_strings().contains("bar")).one().id
            << " with \"bar\" "
            << session.query<TypeB>().filter(TypeB::with_strings().contains("foo")).count()
            << std::endl;
  session.delete_(b);
  session.commit();
  // CHECK-NEXT: 0
  std::cout << session.execute("SELECT count(*) FROM type_b_strings").scalar().as<int>()
            << std::endl;
}
