// A flush that fails leaves the database and the objects as they were; rollback() goes on.
// RUN: rm -f %t.db && %declorm_clang %s %link_declorm -o %t && %t %t.db | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string code;
  [[declorm::column]] std::string data;
  [[declorm::column]] std::uint64_t big = 0;
};
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("parents.id")]] int parent = 0;
};

static std::int64_t rows(const declorm::Engine &engine) {
  declorm::Connection connection = engine.connect();
  return connection.execute("SELECT count(*) FROM items").scalar().as<std::int64_t>();
}

int main(int, char **argv) {
  const declorm::Engine engine = test::traced_engine();
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    Item &known = session.add(Item{.code = "known", .data = "old"});
    session.commit();
    session.get<Item>(1);

    // The 600th of a thousand violates a constraint.
    known.data = "new";
    std::vector<Item *> items;
    for (int i = 0; i != 1000; ++i)
      items.push_back(&session.add(Item{.code = i == 600 ? "known" : "c" + std::to_string(i)}));
    // CHECK: IntegrityError: UNIQUE constraint failed
    // CHECK-NEXT: {{\[}}SQL: INSERT INTO items (code, data, big)
    // CHECK-NEXT: VALUES (?, ?, ?)]
    // CHECK-NEXT: {{\[}}parameters: ('known', '', 0)]
    test::attempt([&] { session.flush(); });
    // CHECK-NEXT: rows 1
    std::cout << "rows " << rows(engine) << std::endl;
    // CHECK-NEXT: keys 0 0 0 known new contains 11
    std::cout << "keys " << items[0]->id << ' ' << items[599]->id << ' ' << items[999]->id << ' '
              << items[600]->code << ' ' << known.data << " contains " << session.contains(known)
              << session.contains(*items[599]) << std::endl;
    // CHECK-NEXT: PendingRollbackError: a flush of this session failed, and its transaction was rolled back; call rollback() to go on. The flush said: UNIQUE {{.*}}
    test::attempt([&] { session.query<Item>().all(); });
    // CHECK: PendingRollbackError: {{.*}}
    test::attempt([&] { session.commit(); });
    // CHECK: PendingRollbackError: {{.*}}
    test::attempt([&] { session.execute("SELECT 1"); });
    session.rollback();
    // CHECK: old 1 contains 10
    std::cout << known.data << ' ' << known.id << " contains " << session.contains(known)
              << session.contains(*items[0]) << std::endl;
    // Mended, they can be added again.
    items[600]->code = "c600";
    for (Item *item : items)
      session.add(*item);
    session.commit();
    // CHECK-NEXT: rows 1001
    std::cout << "rows " << rows(engine) << std::endl;
  }
  {
    // What SQLite cannot hold: refused before it is sent; the session recovers.
    declorm::Session session(engine);
    Item &known = *session.get<Item>(1);
    known.big = ~std::uint64_t(0);
    known.data = "newer";
    // CHECK-NEXT: DataError: {{.*}}Item.big{{.*}}18446744073709551615{{.*}}items.big{{.*}}
    test::attempt([&] { session.flush(); });
    session.rollback();
    // CHECK: old 0
    std::cout << known.data << ' ' << known.big << std::endl;
    session.add(Item{.code = "too big", .big = ~std::uint64_t(0)});
    // CHECK-NEXT: DataError: {{.*}}Item.big{{.*}}
    test::attempt([&] { session.commit(); });
    session.rollback();
    // CHECK: rows 1001
    std::cout << "rows " << rows(engine) << std::endl;
  }
  {
    // Rows are written in the order of their tables, and by a query too.
    declorm::Session session(engine);
    session.add(Child{.id = 1, .parent = 7});
    session.add(Parent{.id = 7});
    // CHECK-NEXT: child 7
    std::cout << "child " << session.query<Child>().one().parent << std::endl;
    Parent &parent = *session.get<Parent>(7);
    session.delete_(parent);
    session.delete_(*session.get<Child>(1));
    // CHECK-NEXT: parents 0
    std::cout << "parents " << session.query<Parent>().count() << std::endl;
    session.add(Child{.id = 2, .parent = 8});
    // CHECK-NEXT: IntegrityError: FOREIGN KEY constraint failed
    test::attempt([&] { session.commit(); });
    session.rollback();
  }
  {
    // A full database.
    declorm::Session session(engine);
    const auto pages = session.execute("PRAGMA page_count").scalar().as<int>();
    session.execute("PRAGMA max_page_count = " + std::to_string(pages + 5)).all();
    Item &known = *session.get<Item>(1);
    known.data = "changed";
    Item &large = session.add(Item{.code = "large", .data = std::string(1'000'000, 'x')});
    // CHECK: OperationalError: the memory database is full; nothing was written. Free space on its disk, or raise PRAGMA max_page_count
    test::attempt([&] { session.commit(); });
    session.rollback();
    // CHECK: rows 1001 old 0 0
    std::cout << "rows " << rows(engine) << ' ' << known.data << ' ' << large.id << ' '
              << session.contains(large) << std::endl;
    // It can still write what fits.
    known.data = "small";
    session.commit();
    // CHECK-NEXT: small
    std::cout << session.get<Item>(1)->data << std::endl;
  }
  {
    // A locked one.
    const declorm::Engine file =
        declorm::create_engine("sqlite:///" + std::string(argv[1]) + "?timeout=0");
    declorm::metadata().create_all(file);
    declorm::Connection other = file.connect();
    other.execute("INSERT INTO items (code, data, big) VALUES ('x', '', 0)");
    declorm::Session session(file);
    Item &item = session.add(Item{.code = "y"});
    // CHECK-NEXT: OperationalError: the database '{{.*}}' is locked: another connection of this engine, of thread {{[0-9]+}} (this one), holds a write transaction since {{[0-9.]+}} s, last statement: INSERT INTO items (code, data, big) VALUES ('x', '', 0) (timeout 0 s); commit or roll back there, or wait longer with ?timeout=SECONDS in the URL
    test::attempt([&] { session.commit(); });
    session.rollback();
    other.rollback();
    session.add(item);
    session.commit();
    // CHECK: locked, then written: 1
    std::cout << "locked, then written: " << item.id << std::endl;
  }
}
