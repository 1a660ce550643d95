// Where tables, keys and names come from.
#include "effects.h"
#include <declorm/imperative.h>

using declorm::Column;

static declorm::Table &make_given(declorm::MetaData &metadata) {
  return metadata.add_table("given", Column("id", declorm::Integer, declorm::primary_key),
                            Column("n", declorm::Integer));
}
struct [[declorm::/*class*/ table_from(&make_given)]] Given {
  [[declorm::column]] std::int64_t id = 0;
};
struct [[using declorm: table("seats"), /*class*/ mapper_primary_key("row", "number")]] Seat {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int row = 0, number = 0;
};
struct [[using declorm: table("found"), /*class*/ deferred_reflection]] Found {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::/*class*/ row]] Sum {
  [[declorm::column]] int sum = 0;
};
// Two classes of one name; strings mean the one of their own registry.
namespace stock {
struct [[using declorm: table("stock_items"), /*class!*/ registry("stock")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
} // namespace stock
namespace shop {
struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("boxes.id")]] std::optional<std::int64_t> box_id;
};
} // namespace shop
struct [[declorm::table("boxes")]] Box {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, order_by("desc(Item.id)")]] std::vector<shop::Item *> items;
};
struct [[using declorm: table("called"), /*class*/ manual]] Called {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

int main() {
  declorm::Engine engine = test::traced_engine();
  engine.begin([](declorm::Connection &connection) {
    connection.execute("CREATE TABLE found (id INTEGER PRIMARY KEY, more INTEGER)");
  });
  declorm::prepare(engine);
  const auto show = [](const declorm::Table &table) {
    std::cout << table.name() << ':';
    for (const Column *column : table.columns())
      std::cout << ' ' << column->name();
    std::cout << std::endl;
  };
  show(declorm::table_of<Given>());
  show(declorm::table_of<Found>());
  for (const Column *column : declorm::mapper_of<Seat>().primary_key())
    std::cout << "key " << column->name() << std::endl;
  declorm::Connection connection = engine.connect();
  for (const Sum &sum : connection.execute(declorm::text("SELECT 1 + 2 AS sum")).into<Sum>())
    std::cout << "sum " << sum.sum << std::endl;
  declorm::MetaData metadata;
  declorm::Registry registry(metadata);
  std::cout << "called " << (declorm::metadata().find_table("called") != nullptr);
  registry.map_declaratively<Called>();
  std::cout << (&declorm::table_of<Called>().metadata() == &metadata) << std::endl;
}

// CHECK: given: id n
// CHECK-NEXT: found: id more
// CHECK-NEXT: key row
// CHECK-NEXT: key number
// CHECK-NEXT: sum 3
// CHECK-NEXT: called 01
