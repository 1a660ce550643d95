// Decimal and UUID members: their columns, there and back, in conditions, sums and order.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;
using declorm::Decimal;
using declorm::UUID;
using Money = Decimal<10, 2>;
using Huge = Decimal<38, 10>;

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key, default_value(&declorm::UUID::v7)]] UUID id{};
  [[declorm::column]] std::int64_t number = 0;
  [[declorm::column]] Money price{};
  [[declorm::column]] std::optional<Money> reduced{};
  [[declorm::column]] Decimal<18> whole{};
  [[declorm::column]] Huge huge{};
  [[declorm::column]] std::optional<Huge> maybe_huge{};
  [[declorm::column]] std::optional<UUID> other{};
};
struct [[using declorm: table("strict"), table_option("sqlite_strict", "true")]] Strict {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] Money price{};
  [[declorm::column]] Huge huge{};
  [[declorm::column]] UUID uuid{};
};

int main() {
  // CHECK: CREATE TABLE items (
  // CHECK-NEXT: 	id CHAR(32) NOT NULL,{{ *}}
  // CHECK-NEXT: 	number INTEGER NOT NULL,{{ *}}
  // CHECK-NEXT: 	price NUMERIC(10, 2) NOT NULL,{{ *}}
  // CHECK-NEXT: 	reduced NUMERIC(10, 2),{{ *}}
  // CHECK-NEXT: 	whole NUMERIC(18) NOT NULL,{{ *}}
  // CHECK-NEXT: 	huge DECIMAL_TEXT(38, 10) COLLATE decimal NOT NULL,{{ *}}
  // CHECK-NEXT: 	maybe_huge DECIMAL_TEXT(38, 10) COLLATE decimal,{{ *}}
  // CHECK-NEXT: 	other CHAR(32),{{ *}}
  const declorm::Dialect &sqlite = declorm::dialect("sqlite");
  declorm::metadata();
  std::cout << declorm::create_sql(declorm::table_of<Item>(), sqlite) << std::endl;
  // CHECK: 	price ANY NOT NULL,{{ *}}
  // CHECK-NEXT: 	huge TEXT COLLATE decimal NOT NULL,{{ *}}
  // CHECK-NEXT: 	uuid TEXT NOT NULL,{{ *}}
  std::cout << declorm::create_sql(declorm::table_of<Strict>(), sqlite) << std::endl;

  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  const std::string most = "9999999999999999999999999999.9999999999";
  const UUID other("00112233-4455-6677-8899-aabbccddeeff");
  {
    declorm::Session session(engine);
    Item &first = session.add(Item{.number = 1,
                                   .price = Money("99999999.99"),
                                   .reduced = Money("0.10"),
                                   .whole = Decimal<18>("999999999999999999"),
                                   .huge = Huge(most),
                                   .maybe_huge = -Huge(most),
                                   .other = other});
    session.add(Item{.number = 2, .price = Money("-19.99"), .huge = Huge("9.5")});
    session.add(
        Item{.number = 3, .price = Money("0.01"), .reduced = Money("0.20"), .huge = Huge(-10)});
    session.add(Strict{.price = Money("1.10"), .huge = Huge("1.1"), .uuid = other});
    session.commit();
    // CHECK: made 7
    std::cout << "made " << first.id.version() << std::endl;
  }
  declorm::Session session(engine);
  const auto items = session.query<Item>().order_by(col<&Item::number>).all();
  // CHECK-NEXT: 99999999.99 0.10 999999999999999999 9999999999999999999999999999.9999999999 -9999999999999999999999999999.9999999999 1
  std::cout << items[0]->price << ' ' << *items[0]->reduced << ' ' << items[0]->whole << ' '
            << items[0]->huge << ' ' << *items[0]->maybe_huge << ' ' << (items[0]->other == other)
            << std::endl;
  // CHECK-NEXT: -19.99 0 9.5000000000 00
  std::cout << items[1]->price << ' ' << items[1]->reduced.has_value() << ' ' << items[1]->huge
            << ' ' << items[1]->maybe_huge.has_value() << items[1]->other.has_value() << std::endl;
  // CHECK-NEXT: modified 000
  std::cout << "modified ";
  for (const Item *item : items)
    std::cout << session.is_modified(*item);
  std::cout << std::endl;

  // Conditions, in any shape of number; order and extremes by value.
  const auto numbers = [&](const declorm::Expression<bool> &condition) {
    for (const Item &item : session.query<Item>().filter(condition).order_by(col<&Item::huge>))
      std::cout << ' ' << item.number;
    std::cout << std::endl;
  };
  // CHECK-NEXT: {{ }}2
  numbers(col<&Item::price> == Money("-19.99"));
  // CHECK-NEXT: {{ }}3 2
  numbers(col<&Item::price> < Decimal<20, 4>("0.0101"));
  // CHECK-NEXT: {{ }}3 1
  numbers(col<&Item::price> > 0);
  // CHECK-NEXT: {{ }}2 1
  numbers(col<&Item::huge> > 9);
  // CHECK-NEXT: {{ }}2
  numbers(col<&Item::huge> == Decimal<5, 1>("9.5"));
  // CHECK-NEXT: {{ }}3 2
  numbers(col<&Item::huge>.in_({Huge("9.5"), Huge(-10)}));
  // CHECK-NEXT: {{ }}1
  numbers(col<&Item::other> == other);
  // CHECK-NEXT: {{ }}3 1
  numbers(col<&Item::reduced> * 2 <= Money("0.40"));
  // CHECK-NEXT: -19.99 99999999.99
  const auto [low, high] = session
                               .execute(declorm::select(declorm::min(col<&Item::price>),
                                                        declorm::max(col<&Item::price>)))
                               .one();
  std::cout << *low << ' ' << *high << std::endl;
  // CHECK-NEXT: 99999980.01 0.30
  const auto [sum, reduced] = session
                                  .execute(declorm::select(declorm::sum(col<&Item::price>),
                                                           declorm::sum(col<&Item::reduced>)))
                                  .one();
  std::cout << *sum << ' ' << *reduced << std::endl;

  // By key, and by plain objects.
  const UUID id = items[1]->id;
  // CHECK-NEXT: 2 2
  std::cout << session.get<Item>(id)->number << ' ';
  session.commit();
  declorm::Connection connection = engine.connect();
  std::cout << connection.get<Item>(id)->number << std::endl;
  Item plain{.number = 4, .price = Money(4)};
  connection.insert(plain);
  // CHECK-NEXT: 0 4.00
  std::cout << plain.id.is_nil() << ' ' << connection.get<Item>(plain.id)->price << std::endl;
  // CHECK-NEXT: 1.10 1.1000000000 1
  const std::optional<Strict> strict = connection.get<Strict>(1);
  std::cout << strict->price << ' ' << strict->huge << ' ' << (strict->uuid == other) << std::endl;

  // CHECK-NEXT: DataError: the number is too large for Decimal<10, 2>, which holds up to 99999999.99
  test::attempt([&] { plain.price = items[0]->price + Money("0.01"); });
}
