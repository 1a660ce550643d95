// An exception in any hook stops the flush: the objects, their keys and the database are as before,
// the exception reaches the caller, and after rollback() the same objects can be written.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <stdexcept>

static std::string failing; // the hook that throws

static void may_fail(const char *hook) {
  if (failing == hook)
    throw std::out_of_range(failing);
}

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column("edits")]] int changes = 0;

  [[declorm::before_insert]] void before_insert() { ++changes, may_fail("before_insert"); }
  [[declorm::after_insert]] void after_insert() { changes += 10, may_fail("after_insert"); }
  [[declorm::before_update]] void before_update() { ++changes, may_fail("before_update"); }
  [[declorm::after_update]] void after_update() { changes += 10, may_fail("after_update"); }
  [[declorm::before_delete]] void before_delete() { ++changes, may_fail("before_delete"); }
  [[declorm::after_delete]] void after_delete() { changes += 10, may_fail("after_delete"); }
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  for (const char *hook : {"before_insert", "after_insert", "before_update", "after_update",
                           "before_delete", "after_delete"}) {
    declorm::Session session(engine);
    engine.begin([](declorm::Connection &connection) {
      connection.execute("DELETE FROM items");
      connection.execute("INSERT INTO items VALUES (1, 'old', 0), (2, 'gone', 0)");
      test::continue_keys(connection);
    });
    Item &added = session.add(Item{.name = "new"});
    Item &changed = *session.get<Item>(1), &deleted = *session.get<Item>(2);
    changed.name = "changed";
    session.delete_(deleted);
    const auto show = [&](const char *when) {
      std::cout << when << ' ' << hook << ": added " << added.id << ' ' << added.name << ' '
                << added.changes << session.contains(added) << ", changed " << changed.name << ' '
                << changed.changes << session.contains(changed) << ", deleted " << deleted.changes
                << session.contains(deleted) << ", rows";
      declorm::Connection connection = engine.connect();
      for (const declorm::Row &row :
           connection.execute("SELECT name, edits FROM items ORDER BY id"))
        std::cout << ' ' << row[0].as<std::string>() << row[1].as<int>();
      std::cout << std::endl;
    };
    failing = hook;
    try {
      session.flush();
    } catch (const std::out_of_range &error) {
      std::cout << "out_of_range " << error.what() << std::endl;
    }
    show("failed");
    failing.clear();
    test::attempt([&] { session.flush(); });
    session.rollback();
    show("rolled back");
    test::continue_keys(session.connection());
    session.add(added);
    changed.name = "changed";
    session.delete_(deleted);
    session.commit();
    std::cout << "after_insert's change is of the next flush: " << session.is_modified(added)
              << std::endl;
    show("written");
  }
}
// CHECK: out_of_range before_insert
// CHECK-NEXT: failed before_insert: added 0 new 01, changed changed 01, deleted 00, rows old0 gone0
// CHECK-NEXT: PendingRollbackError: a flush of this session failed, and its transaction was rolled back; call rollback() to go on. The flush said: before_insert
// CHECK-NEXT: rolled back before_insert: added 0 new 00, changed old 01, deleted 01, rows old0 gone0
// CHECK-NEXT: after_insert's change is of the next flush: 1
// CHECK-NEXT: written before_insert: added 3 new 111, changed changed 111, deleted 110, rows changed1 new1
// CHECK-NEXT: out_of_range after_insert
// CHECK-NEXT: failed after_insert: added 0 new 01, changed changed 01, deleted 00, rows old0 gone0
// CHECK: rolled back after_insert: added 0 new 00, changed old 01, deleted 01, rows old0 gone0
// CHECK: written after_insert: added 3 new 111, changed changed 111, deleted 110, rows changed1 new1
// CHECK-NEXT: out_of_range before_update
// CHECK-NEXT: failed before_update: added 0 new 01, changed changed 01, deleted 00, rows old0 gone0
// CHECK: rolled back before_update: added 0 new 00, changed old 01, deleted 01, rows old0 gone0
// CHECK: written before_update: added 3 new 111, changed changed 111, deleted 110, rows changed1 new1
// CHECK-NEXT: out_of_range after_update
// CHECK-NEXT: failed after_update: added 0 new 01, changed changed 01, deleted 00, rows old0 gone0
// CHECK: rolled back after_update: added 0 new 00, changed old 01, deleted 01, rows old0 gone0
// CHECK: written after_update: added 3 new 111, changed changed 111, deleted 110, rows changed1 new1
// CHECK-NEXT: out_of_range before_delete
// CHECK-NEXT: failed before_delete: added 0 new 01, changed changed 01, deleted 00, rows old0 gone0
// CHECK: rolled back before_delete: added 0 new 00, changed old 01, deleted 01, rows old0 gone0
// CHECK: written before_delete: added 3 new 111, changed changed 111, deleted 110, rows changed1 new1
// CHECK-NEXT: out_of_range after_delete
// CHECK-NEXT: failed after_delete: added 0 new 01, changed changed 01, deleted 00, rows old0 gone0
// CHECK: rolled back after_delete: added 0 new 00, changed old 01, deleted 01, rows old0 gone0
// CHECK: written after_delete: added 3 new 111, changed changed 111, deleted 110, rows changed1 new1
