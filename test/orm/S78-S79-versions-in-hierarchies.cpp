// version_id of hierarchies, mixins and composites of them: one version for the rows of all tables,
// which counts a change in any of them, and is counted once a flush.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

// S79: a mixin brings the column and says that it counts; the class a column of its own.
struct [[declorm::version_id("version_id")]] Versioned {
  [[declorm::column]] int version_id = 0;
};
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person : Versioned {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string type;
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[declorm::column]] std::string language;
};
struct [[using declorm: table("leads"), polymorphic_identity("lead")]] Lead : Engineer {
  [[declorm::column]] int reports = 0;
};
struct [[using declorm: mapped, polymorphic_identity("guest")]] Guest : Person {
  [[declorm::column]] std::optional<int> room;
};

// S78: a mixin whose member is the version, made by its own function, after the other members of
// the object.
struct Stamps {
  [[using declorm: column, version_id]] int stamp = 0;
  [[declorm::version_id_generator]] static int later(int before) { return before + 10; }
};
struct Padding {
  long padding = 1;
};
struct [[declorm::table("papers")]] Paper : Padding, Stamps {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string text;
};
struct [[declorm::table("books")]] Book : Padding, Stamps {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string text;
};

// A class below an unversioned one, with a table of its own.
struct [[declorm::table("assets")]] Asset {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("houses")]] House : Asset {
  [[using declorm: column, version_id]] int version = 0;
  [[declorm::column]] int rooms = 0;
};

// A concrete class counts by itself.
struct [[using declorm: table("ships"), concrete]] Ship : Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int masts = 0;
};

// Rows that refer to each other: post_update counts, too.
struct Node;
struct [[declorm::table("nodes")]] Node {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, version_id]] int version = 0;
  [[using declorm: column, foreign_key("nodes.id")]] std::optional<std::int64_t> next_id;
  [[using declorm: relationship, post_update, remote_side("id")]] Node *next = nullptr;
};

static void joined(const declorm::Engine &engine) {
  declorm::Session session(engine);
  // CHECK: > INSERT INTO people (version_id, name, type) VALUES (?, ?, ?) -- 1 '' 'lead'
  // CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 1 ''
  // CHECK-NEXT: > INSERT INTO leads (id, reports) VALUES (?, ?) -- 1 0
  Lead &lead = session.emplace<Lead>();
  session.commit();
  // A change of a child's table alone counts.
  // CHECK-NEXT: > UPDATE people SET version_id = ? WHERE people.id = ? AND people.version_id = ? -- 2 1 1
  // CHECK-NEXT: > UPDATE engineers SET language = ? WHERE engineers.id = ? -- 'c++' 1
  lead.language = "c++";
  session.commit();
  // CHECK-NEXT: > UPDATE people SET version_id = ?, name = ? WHERE people.id = ? AND people.version_id = ? -- 3 'ada' 1 2
  // CHECK-NEXT: > UPDATE leads SET reports = ? WHERE leads.id = ? -- 4 1
  lead.name = "ada";
  lead.reports = 4;
  session.commit();
  test::tracing = false;
  session.execute("UPDATE people SET version_id = 9");
  lead.language = "d";
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Lead': the row with key (1) of table 'people' was written by somebody else: it was read with version 3, and has version 9 now. {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  session.execute("UPDATE people SET version_id = 9");
  session.delete_(lead);
  // CHECK-NEXT: StaleDataError: DELETE of class 'Lead': the row with key (1) of table 'people' was written {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  test::tracing = true;
  // CHECK-NEXT: > DELETE FROM leads WHERE leads.id = ? -- 1
  // CHECK-NEXT: > DELETE FROM engineers WHERE engineers.id = ? -- 1
  // CHECK-NEXT: > DELETE FROM people WHERE people.id = ? AND people.version_id = ? -- 1 3
  session.delete_(lead);
  session.commit();
  test::continue_keys(session.connection());

  // CHECK-NEXT: > INSERT INTO people (version_id, name, type, room) VALUES (?, ?, ?, ?) -- 1 '' 'guest' NULL
  Guest &guest = session.emplace<Guest>();
  session.commit();
  // CHECK-NEXT: > UPDATE people SET version_id = ?, room = ? WHERE people.id = ? AND people.version_id = ? -- 2 4 1 1
  guest.room = 4;
  session.commit();

  // CHECK-NEXT: > INSERT INTO ships (version_id, name, type, id, masts) VALUES (?, {{.*}}) -- 1 '' '' 1 0
  Ship &ship = session.emplace<Ship>();
  ship.id = 1;
  session.commit();
  // CHECK-NEXT: > UPDATE ships SET version_id = ?, masts = ? WHERE ships.id = ? AND ships.version_id = ? -- 2 3 1 1
  ship.masts = 3;
  session.commit();
}

static void others(const declorm::Engine &engine) {
  declorm::Session session(engine);
  // CHECK-NEXT: > INSERT INTO books (stamp, text) VALUES (?, ?) -- 10 ''
  // CHECK-NEXT: > INSERT INTO papers (stamp, text) VALUES (?, ?) -- 10 ''
  Paper &paper = session.emplace<Paper>();
  session.emplace<Book>();
  session.commit();
  // CHECK-NEXT: > UPDATE papers SET stamp = ?, text = ? WHERE papers.id = ? AND papers.stamp = ? -- 20 'x' 1 10
  paper.text = "x";
  session.commit();

  // CHECK-NEXT: > INSERT INTO assets (name) VALUES (?) -- ''
  // CHECK-NEXT: > INSERT INTO houses (id, version, rooms) VALUES (?, ?, ?) -- 1 1 0
  House &house = session.emplace<House>();
  session.commit();
  // CHECK-NEXT: > UPDATE assets SET name = ? WHERE assets.id = ? -- 'a' 1
  // CHECK-NEXT: > UPDATE houses SET version = ? WHERE houses.id = ? AND houses.version = ? -- 2 1 1
  house.name = "a";
  session.commit();
  test::tracing = false;
  session.execute("UPDATE houses SET version = 5");
  house.name = "b";
  // CHECK-NEXT: StaleDataError: UPDATE of class 'House': the row with key (1) of table 'houses' was written by somebody else: it was read with version 2, and has version 5 now. {{.*}}
  test::attempt([&] { session.flush(); });
  // CHECK-NEXT: b version 2
  std::cout << house.name << " version " << house.version << std::endl;
  session.rollback();
  // CHECK-NEXT: a version 2
  std::cout << house.name << " version " << house.version << std::endl;
  test::tracing = true;
}

static void post_update(const declorm::Engine &engine) {
  declorm::Session session(engine);
  Node &a = session.emplace<Node>(), &b = session.emplace<Node>();
  a.next = &b;
  b.next = &a;
  // CHECK-NEXT: > INSERT INTO nodes (version, next_id) VALUES (?, ?) -- 1 NULL
  // CHECK: > UPDATE nodes SET version = ?, next_id = ? WHERE nodes.id = ? AND nodes.version = ? -- 2 {{.*}}
  session.commit();
  test::tracing = false;
  // CHECK: versions 2 2
  std::cout << "versions " << a.version << ' ' << b.version << std::endl;
  session.execute("UPDATE nodes SET version = 7 WHERE id = 1");
  a.next = nullptr;
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Node': the row with key (1) of table 'nodes' was written by somebody else: it was read with version 2, and has version 7 now. {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  // The foreign key of a row that goes becomes NULL first: that is stale then.
  session.execute("UPDATE nodes SET version = 7 WHERE id = 1");
  session.delete_(a);
  session.delete_(b);
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Node': the row with key (1) of table 'nodes' was written {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  session.delete_(a);
  session.delete_(b);
  session.commit();
  // CHECK-NEXT: 0 nodes
  std::cout << session.query<Node>().count() << " nodes" << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  joined(engine);
  others(engine);
  post_update(engine);
}
