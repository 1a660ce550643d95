// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// Touches that no session answers: objects that were expunged, that outlive their session, that
// were read without one; copies; other threads and failed transactions. What was loaded stays.
#include "Inputs/shop.h"

#include "../Inputs/traced.h"
#include "Inputs/said.h"

#include <declorm/objects.h>
#include <thread>

template <class Member> static void touch(const char *what, const Member &member) {
  std::string value;
  const std::string said = test::said([&] {
    if constexpr (requires { member.size(); })
      value = "(" + std::to_string(member.size()) + ") ";
    else
      value = "(" + (member ? member->name : "-") + ") ";
  });
  std::cout << what << ": " << value << said << std::endl;
}

struct Node;
struct [[declorm::table("nodes")]] Node {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("nodes.id")]] std::optional<std::int64_t> parent_id{};
  [[using declorm: relationship, remote_side("Node.id")]] declorm::lazy<Node> parent;
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Customer &ed = session.add(Customer{.name = "ed"});
  session.add(Order{.what = "pen", .customer = &ed});
  session.add(Order{.what = "ink", .customer = &ed});
  session.commit();
  session.expunge_all();

  Order free;
  touch("never in a session", free.customer); // CHECK: never in a session: (-) nothing thrown
  touch("nor this list", free.tags);          // CHECK-NEXT: nor this list: (0) nothing thrown

  Order &pen = *session.get<Order>(1);
  const Order before = pen;
  touch(
      "copy",
      before
          .customer); // CHECK-NEXT: copy: DetachedInstanceError: 'Order.customer': the member was not loaded, and no session holds this object: it is a copy, or was read without a session; touch the member of the session's object before it is copied, or read the object by a session
  touch(
      "copy",
      before
          .tags); // CHECK-NEXT: copy: DetachedInstanceError: 'Order.tags': the member was not loaded, and no session holds this object: it is a copy, or was read without a session; touch the member of the session's object before it is copied, or read the object by a session
  touch("original", pen.customer); // CHECK-NEXT: original: (ed) nothing thrown
  const Order after = pen;
  touch("copy of what was loaded",
        after.customer); // CHECK-NEXT: copy of what was loaded: (ed) nothing thrown
  Order moved = std::move(pen);
  touch(
      "moved",
      moved
          .tags); // CHECK-NEXT: moved: DetachedInstanceError: 'Order.tags': the member was not loaded, and no session holds this object: {{.*}}
  Order assigned;
  assigned = before;
  touch(
      "assigned",
      assigned
          .tags); // CHECK-NEXT: assigned: DetachedInstanceError: 'Order.tags': the member was not loaded, and no session holds this object: {{.*}}
  assigned.tags.clear();
  touch("cleared", assigned.tags); // CHECK-NEXT: cleared: (0) nothing thrown
  std::cout << test::said([&] { session.add(Order(before)); }) << std::endl;
  // CHECK-NEXT: InvalidRequestError: add(): 'Order.customer' of a new Order is a copy of a member that was not loaded, so that nobody knows what it refers to; touch the member before it is copied, or assign to the copy
  Order &ink = *session.get<Order>(2);
  Order &made = session.add(Order{.what = "mug"});
  made.customer = ink.customer;                                                  // touches it
  std::cout << (made.customer == &session.query<Customer>().one()) << std::endl; // CHECK-NEXT: 1

  session.expunge(ink);
  touch(
      "expunged",
      ink.tags); // CHECK-NEXT: expunged: DetachedInstanceError: 'Order.tags' of the Order with key (2) was not loaded before the object was taken out of its session's work: expunged, deleted, or rolled back; touch the member before that, or load it with the object: selectinload<…>() in the query's options, or session.load()
  touch("loaded before", ink.customer); // CHECK-NEXT: loaded before: (ed) nothing thrown

  std::thread([&] {
    bool entered = false;
    try {
      session.transaction([&](declorm::Session &) {
        std::thread([&] { touch("idle session, any thread", session.get<Order>(1)->tags); }).join();
        entered = true;
      });
    } catch (const declorm::Error &error) {
      std::cout << error.what() << std::endl;
    }
  }).join();
  // CHECK-NEXT: idle session, any thread: (0) nothing thrown

  // Objects that live longer than the session.
  std::shared_ptr<Order> kept;
  auto shared = std::make_shared<Node>();
  shared->name = "leaf";
  std::shared_ptr<Node> left;
  {
    declorm::Session other(engine);
    other.add(shared).parent = &other.add(Node{.name = "root"});
    other.commit();
    kept = other.shared(other.query<Order>().filter(declorm::col<&Order::id> == 2).one());
    other.expire(*shared);
  }
  touch(
      "session is gone",
      kept->tags); // CHECK-NEXT: session is gone: DetachedInstanceError: 'Order.tags' of the Order with key (2) was not loaded while a session held the object, and none does; touch the member before that, or load it with the object: selectinload<…>() in the query's options, or session.load()
  touch(
      "storage is gone",
      shared
          ->parent); // CHECK-NEXT: storage is gone: DetachedInstanceError: 'Node.parent' of the Node with key ({{[12]}}) was not loaded while a session held the object, and none does; {{.*}}
  shared->parent = nullptr;
  touch("assigned", shared->parent); // CHECK-NEXT: assigned: (-) nothing thrown

  // Objects that no session held.
  declorm::Connection connection = engine.connect();
  touch(
      "connection",
      connection.get<Order>(1)
          ->tags); // CHECK-NEXT: connection: DetachedInstanceError: 'Order.tags': the member was not loaded, and no session holds this object: {{.*}}
  for (const Order order : connection.select<Order>().limit(1))
    touch(
        "select",
        order
            .customer); // CHECK-NEXT: select: DetachedInstanceError: 'Order.customer': the member was not loaded, and no session holds this object: {{.*}}
  for (const Order &order :
       session.query<const Order>().order_by(declorm::col<&Order::id>).limit(1).yield_per(1))
    touch(
        "yield_per",
        order
            .customer); // CHECK-NEXT: yield_per: DetachedInstanceError: 'Order.customer' of the Order with key (1) was not loaded while {{.*}}
  session.rollback();
  session.expunge_all();
  for (const Order &order : session.query<const Order>().filter(declorm::col<&Order::id> == 2))
    touch("only read", order.customer); // CHECK-NEXT: only read: (ed) nothing thrown
  session.close();

  // A transaction that failed.
  Customer &one = *session.get<Customer>(1);
  session.add(Customer{.name = "ed"});
  std::cout << test::said_in_short([&] { session.flush(); })
            << std::endl;      // CHECK-NEXT: IntegrityError
  touch("failed", one.orders); // CHECK-NEXT: failed: PendingRollbackError: {{.*}}
  session.rollback();
  touch("after rollback", one.orders); // CHECK: after rollback: (3) nothing thrown
}
