// SELECT, INSERT, UPDATE and DELETE: their text, their rows, and what is wrong with them.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>

using declorm::col, declorm::attr, declorm::select, declorm::desc;

struct Named {
  [[declorm::column]] std::string name;
};
namespace shop {
struct [[declorm::table("users")]] User : Named {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::optional<int> age{};
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string email;
  [[using declorm: column, foreign_key("users.id")]] std::int64_t user_id = 0;
};
struct [[declorm::table("pets")]] Pet : Named {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  int not_mapped = 0;
};
} // namespace shop
using shop::User, shop::Address, shop::Pet;

static const declorm::Dialect &sqlite = declorm::dialect("sqlite");

template <class S> static void show(const S &statement) {
  std::string sql = statement.sql(sqlite);
  std::replace(sql.begin(), sql.end(), '\n', ' ');
  std::cout << sql << std::endl;
}

int main() {
  const auto on = col<&Address::user_id> == col<&User::id>;
  // CHECK: SELECT users.name, users.id, users.age FROM users
  show(select<User>());
  // CHECK-NEXT: SELECT users.id, addresses.email FROM users, addresses
  show(select(col<&User::id>, col<&Address::email>));
  // CHECK-NEXT: SELECT users.id FROM users JOIN addresses ON addresses.user_id = users.id WHERE addresses.email = ?
  show(select(col<&User::id>).join<Address>(on).where(col<&Address::email> == "x"));
  // CHECK-NEXT: SELECT users.id, addresses.email FROM users LEFT OUTER JOIN addresses ON addresses.user_id = users.id
  show(select(col<&User::id>, col<&Address::email>).outer_join<Address>(on));
  // CHECK-NEXT: SELECT addresses.email FROM users JOIN addresses ON addresses.user_id = users.id
  show(select(col<&Address::email>).from<User>().join<Address>(on));
  // CHECK-NEXT: SELECT users.age, count(*) AS n FROM users GROUP BY users.age HAVING count(*) > ? ORDER BY n DESC, users.age LIMIT ? OFFSET ?
  const auto n = declorm::count().label("n");
  show(select(col<&User::age>, n)
           .group_by(col<&User::age>)
           .having(n > 1)
           .order_by(desc(n), col<&User::age>)
           .limit(3)
           .offset(1));
  // CHECK-NEXT: SELECT DISTINCT users.age FROM users ORDER BY users.age DESC LIMIT ? OFFSET ?
  show(select(col<&User::age>).distinct().order_by(col<&User::age>.desc()).offset(5));
  // A mixin's column belongs to the class of the statement, or to the one named.
  // CHECK-NEXT: SELECT users.name, users.id, users.age FROM users WHERE users.name = ?
  show(select<User>().where(col<&Named::name> == "ed"));
  // CHECK-NEXT: SELECT pets.name FROM pets
  show(select(col<&Named::name, Pet>));

  // CHECK-NEXT: INSERT INTO addresses (email, user_id) VALUES (?, ?), (?, ? + ?)
  show(declorm::insert<Address>()
           .values(col<&Address::email> = "a", col<&Address::user_id> = 1)
           .values(col<&Address::email> = "b", col<&Address::user_id> = declorm::literal(1) + 1));
  // CHECK-NEXT: UPDATE users SET age = users.age + ?, name = ? WHERE users.id = ? AND users.age IS NOT NULL
  show(declorm::update<User>()
           .set(col<&User::age> = col<&User::age> + 1)
           .set(col<&Named::name> = "x")
           .where(col<&User::id> == 1)
           .where(col<&User::age> != std::nullopt));
  // CHECK-NEXT: DELETE FROM users WHERE users.id IN (?, ?)
  show(declorm::delete_<User>().where(col<&User::id>.in_({1, 2})));
  // CHECK-NEXT: DELETE FROM pets
  show(declorm::delete_<Pet>());
  // CHECK-NEXT: UPDATE users SET age = ? WHERE users.id = ?
  show(declorm::update<User>().set(attr<User>("age") = std::nullopt).where(attr<User>("id") == 2));

  // What they do.
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Connection connection = engine.connect();
  // CHECK-NEXT: 3 2 1
  std::cout << connection
                   .execute(declorm::insert<User>()
                                .values(col<&User::name> = "'; DROP TABLE users; --",
                                        col<&User::age> = 30)
                                .values(col<&User::name> = "wendy", col<&User::age> = std::nullopt)
                                .values(col<&User::name> = "jack", col<&User::age> = 30))
                   .rowcount()
            << ' '
            << connection
                   .execute(declorm::update<User>()
                                .set(col<&User::age> = col<&User::age> + 1)
                                .where(col<&User::age> == 30))
                   .rowcount()
            << ' ';
  connection.execute(
      declorm::insert<Address>().values(col<&Address::email> = "j@x", col<&Address::user_id> = 3));
  std::cout << connection.execute(declorm::delete_<User>().where(col<&User::name>.like("%DROP%")))
                   .rowcount()
            << std::endl;
  // Tuples, by structured binding.
  // CHECK-NEXT: 2 wendy -
  // CHECK-NEXT: 3 jack 31
  for (const auto &[id, name, age] : connection.execute(
           select(col<&User::id>, col<&User::name>, col<&User::age>).order_by(col<&User::id>)))
    std::cout << id << ' ' << name << ' ' << (age ? std::to_string(*age) : "-") << std::endl;
  // Outer joins: a class or a column that may be missing is an optional.
  // CHECK-NEXT: wendy - -
  // CHECK-NEXT: jack j@x j@x
  const declorm::Expression<std::optional<std::string>> email = col<&Address::email>;
  const auto both =
      connection
          .execute(select<User, std::optional<Address>>().outer_join<Address>(on).order_by(
              col<&User::id>))
          .all();
  const auto emails = connection
                          .execute(select(email, col<&User::id>)
                                       .from<User>()
                                       .outer_join<Address>(on)
                                       .order_by(col<&User::id>))
                          .all();
  for (std::size_t i = 0; i != both.size(); ++i)
    std::cout << std::get<0>(both[i]).name << ' '
              << (std::get<1>(both[i]) ? std::get<1>(both[i])->email : "-") << ' '
              << std::get<0>(emails[i]).value_or("-") << std::endl;
  // CHECK-NEXT: DataError: shop::Address.email (column addresses.email): the value NULL is not text
  test::attempt([&] {
    connection
        .execute(select(col<&User::id>, col<&Address::email>)
                     .outer_join<Address>(on)
                     .order_by(col<&User::id>))
        .all();
  });
  // CHECK: NoResultFound: one(): the statement returned no row
  test::attempt([&] { connection.execute(select<User>().where(col<&User::id> == 99)).one(); });
  // CHECK-NEXT: MultipleResultsFound: one(): the statement returned more than one row
  test::attempt([&] { connection.execute(select<User>()).one(); });

  // Mistakes.
  // CHECK-NEXT: ArgumentError: a column of class 'shop::Address' is used, but the statement reads from shop::User; add join<shop::Address>(condition) or from<shop::Address>()
  test::attempt([&] { show(select<User>().where(col<&Address::email> == "x")); });
  // CHECK-NEXT: ArgumentError: a column of class 'shop::Address' is used, but the statement reads from shop::User; add join<shop::Address>(condition) or from<shop::Address>()
  test::attempt([&] { show(declorm::update<User>().set(col<&Address::email> = "x")); });
  // CHECK-NEXT: ArgumentError: class 'shop::User' has no mapped member 'nmae'; did you mean 'name'?
  test::attempt([&] { show(select<User>().where(attr<User>(std::string_view("nmae")) == "x")); });
  // CHECK-NEXT: ArgumentError: class 'shop::Address' has no mapped member 'emial_'; {{.*}}
  test::attempt(
      [&] { show(select<Address>().where(attr<Address>(std::string_view("emial_")) == "x")); });
  // CHECK-NEXT: ArgumentError: class 'shop::Address' has no mapped member 'userid'; did you mean 'user_id'?
  test::attempt(
      [&] { show(select<Address>().where(attr<Address>(std::string_view("userid")) == 1)); });
  // CHECK-NEXT: ArgumentError: a column of a base could belong to several classes of the statement: shop::User, shop::Pet; say which, as in col<&Base::member, shop::User>
  test::attempt([&] { show(select<User, Pet>().where(col<&Named::name> == "x")); });
  // CHECK-NEXT: ArgumentError: a column of class 'Named' is used, but the statement reads from nothing; add join<T>(condition) or from<T>(), of a class that derives from it
  test::attempt([&] { show(select(col<&Named::name>)); });
  // CHECK-NEXT: ArgumentError: a member of class 'shop::Pet' that is used in the statement has no column; annotate it with {{\[\[}}declorm::column]]
  test::attempt([&] { show(select<Pet>().where(col<&Pet::not_mapped> == 1)); });
  // CHECK-NEXT: ArgumentError: insert into 'users' without values()
  test::attempt([&] { show(declorm::insert<User>()); });
  // CHECK-NEXT: ArgumentError: insert into 'users': all rows need values for the same columns, in the same order
  test::attempt([&] {
    show(declorm::insert<User>().values(col<&User::age> = 1).values(col<&User::id> = 1));
  });
  // CHECK-NEXT: ArgumentError: update of 'users' without set()
  test::attempt([&] { show(declorm::update<User>()); });
}
