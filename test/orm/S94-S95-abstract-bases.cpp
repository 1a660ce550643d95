// S11, S94, S95: abstract bases have neither table nor mapper; each may have a registry and a
// MetaData of its own, which classes below take or override, and which are created in databases of
// their own.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

// S11: what a declarative base is; S94: it is not mapped.
struct [[using declorm: abstract, table_name("{class:lower}s"), metadata("users"),
         registry("a")]] UserBase {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[using declorm: abstract, table_name("{class:lower}_items"), metadata("shop"),
         registry("b")]] ShopBase {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table]] Account : UserBase {
  [[declorm::column]] std::string name;
};
struct [[using declorm: abstract]] Owned : UserBase {
  [[using declorm: column, foreign_key("accounts.id")]] std::optional<std::int64_t> owner_id{};
};
struct [[declorm::table]] Note : Owned {
  [[declorm::column]] std::string text;
};
struct [[declorm::table]] Apple : ShopBase {
  [[declorm::column]] int weight = 0;
};
// It overrides both.
struct [[using declorm: table, metadata("users"), registry("a")]] Basket : ShopBase {
  [[using declorm: column, foreign_key("accounts.id")]] std::int64_t account_id = 0;
};
// One name in two registries is no conflict.
namespace other {
struct [[using declorm: table("notes"), metadata("shop"), registry("b")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
} // namespace other

static void show(const char *name) {
  std::cout << name << ':';
  for (const declorm::Table *table : declorm::metadata(name).sorted_tables())
    std::cout << ' ' << table->name();
  std::cout << std::endl;
}

int main() {
  show("users");
  // CHECK: users: accounts basket_items notes
  show("shop");
  // CHECK-NEXT: shop: apple_items notes
  show("");
  // CHECK-NEXT: :
  test::attempt([] { declorm::mapper_of<UserBase>(); });
  // CHECK-NEXT: UnmappedClassError: {{.*}}UserBase{{.*}}

  const declorm::Engine users = test::open_database();
  const declorm::Engine shop = declorm::create_engine("sqlite://");
  declorm::metadata("users").create_all(users);
  declorm::metadata("shop").create_all(shop);
  {
    declorm::Session session(users);
    Account &account = session.add(Account{});
    account.name = "ada";
    session.flush();
    Note &note = session.add(Note{});
    note.text = "hello", note.owner_id = account.id;
    session.add(Basket{}).account_id = account.id;
    session.commit();
    for (Note &each : session.query<Note>().filter(col<&Owned::owner_id, Note> == account.id))
      std::cout << each.id << ' ' << each.text << std::endl;
    // CHECK-NEXT: 1 hello
  }
  {
    declorm::Session session(shop);
    session.add(Apple{}).weight = 90;
    session.add(other::Note{});
    session.commit();
    std::cout << session.query<Apple>().count() << ' ' << session.query<other::Note>().count()
              << std::endl;
    // CHECK-NEXT: 1 1
    test::attempt([&] { session.query<Account>().count(); });
    // CHECK-NEXT: ProgrammingError: no such table: accounts{{.*}}
  }
}
