// merge() of one key several times in a transaction: it finds what is new and was not flushed, too.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

struct [[declorm::table("words")]] Word {
  [[using declorm: column, primary_key]] std::string w;
  [[declorm::column]] int n = 0;
};
struct [[declorm::table("cells")]] Cell {
  [[using declorm: column, primary_key]] int row = 0;
  [[using declorm: column, primary_key]] std::string column;
  [[declorm::column]] int n = 0;
};
struct [[declorm::table("numbered")]] Numbered {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
static std::string next_code() {
  static int last = 0;
  return "made " + std::to_string(++last);
}
struct [[declorm::table("coded")]] Coded {
  [[using declorm: column, primary_key, default_value(&next_code)]] std::string code;
  [[declorm::column]] int n = 0;
};
class [[declorm::table("accounts")]] Account {
public:
  explicit Account(int number = 0, int n = 0) : number_(number), n_(n) {}
  void add(int more) { n_ += more; }

private:
  [[using declorm: column, primary_key, autoincrement(false)]] int number_;
  [[declorm::column]] int n_;
};
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("p")]] Person {
  [[using declorm: column, primary_key]] std::string name;
  [[declorm::column]] std::string type;
  [[declorm::column]] int age = 0;
};
struct [[using declorm: table("engineers"), polymorphic_identity("e")]] Engineer : Person {
  [[declorm::column]] std::string language;
};

// One key under two names.
struct [[using declorm: table("shapes"), polymorphic_on("type"), polymorphic_identity("s")]] Shape {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string type;
};
struct [[using declorm: table("circles"), polymorphic_identity("c")]] Circle : Shape {
  [[using declorm: column("id"), primary_key, foreign_key("shapes.id")]] std::int64_t circle_id = 0;
  [[declorm::column]] int radius = 0;
};

struct Leaf;
struct Bud;
struct [[declorm::table("trees")]] Tree {
  [[using declorm: column, primary_key]] std::string name;
  [[declorm::column]] int height = 0;
  [[using declorm: relationship, back_populates("tree")]] std::vector<Leaf *> leaves;
  [[using declorm: relationship, cascade("all, delete-orphan")]] std::vector<Bud *> buds;
};
struct [[declorm::table("buds")]] Bud {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("trees.name")]] std::optional<std::string> tree_name;
};
struct [[declorm::table("leaves")]] Leaf {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string color;
  [[using declorm: column, foreign_key("trees.name")]] std::optional<std::string> tree_name;
  [[declorm::relationship]] Tree *tree = nullptr;
};
// A key that is the parent's, and a number: relationships write it.
struct Line;
struct [[declorm::table("orders")]] Order {
  [[using declorm: column, primary_key]] std::string code;
  [[using declorm: relationship, back_populates("order")]] std::vector<Line *> lines;
};
struct [[declorm::table("lines")]] Line {
  [[using declorm: column, primary_key, foreign_key("orders.code")]] std::string order_code;
  [[using declorm: column, primary_key]] int no = 0;
  [[declorm::column]] int n = 0;
  [[declorm::relationship]] Order *order = nullptr;
};

static void say(const char *what) { std::cout << "-- " << what << std::endl; }
static void show(declorm::Session &s, std::string_view sql) {
  test::tracing = false;
  for (const declorm::Row &row : s.execute(sql)) {
    for (const declorm::Value &value : row.values())
      std::cout << value.to_string() << ' ';
    std::cout << std::endl;
  }
}

static void columns(const declorm::Engine &engine) {
  declorm::Session s(engine);
  // CHECK: -- twice
  // CHECK-NEXT: > SELECT words.w, words.n FROM words WHERE words.w = ? -- 'x'
  // CHECK-NEXT: 1
  // CHECK-NEXT: > INSERT INTO words (w, n) VALUES (?, ?) -- 'x' 2
  // CHECK-NEXT: 'x' 2
  say("twice");
  test::tracing = true;
  Word &x = s.merge(Word{.w = "x", .n = 1});
  std::cout << (&s.merge(Word{.w = "x", .n = 2}) == &x) << std::endl;
  s.commit();
  show(s, "SELECT * FROM words");

  // CHECK-NEXT: -- after add, emplace, delete_
  // CHECK-NEXT: 11
  // CHECK-NEXT: 'x' 8
  // CHECK-NEXT: 'y' 4
  // CHECK-NEXT: 'z' 6
  say("after add, emplace, delete_");
  Word &y = s.add(Word{.w = "y", .n = 3}), &z = s.emplace<Word>();
  z.w = "z";
  std::cout << (&s.merge(Word{.w = "y", .n = 4}) == &y) << (&s.merge(Word{.w = "z", .n = 6}) == &z)
            << std::endl;
  s.delete_(*s.get<Word>("x"));
  s.merge(Word{.w = "x", .n = 7});
  s.merge(Word{.w = "x", .n = 8});
  Word &gone = s.merge(Word{.w = "gone"});
  s.delete_(gone);
  s.delete_(s.merge(Word{.w = "gone", .n = 9}));
  s.commit();
  show(s, "SELECT * FROM words ORDER BY w");

  // CHECK-NEXT: -- an object with another key by now
  // CHECK-NEXT: 001
  // CHECK-NEXT: 'new' 1
  // CHECK-NEXT: 'old' 3
  say("an object with another key by now");
  Word &old = s.merge(Word{.w = "old", .n = 1});
  old.w = "new";
  Word &other = s.merge(Word{.w = "old", .n = 2});
  std::cout << (&other == &old) << (&s.merge(Word{.w = "new", .n = 1}) == &other)
            << (&s.merge(Word{.w = "old", .n = 3}) == &other) << std::endl;
  s.commit();
  show(s, "SELECT * FROM words WHERE w IN ('old', 'new') ORDER BY w");

  // CHECK-NEXT: -- keys of several columns, zeros and empty ones among them; private ones
  // CHECK-NEXT: 0 '' 2
  // CHECK-NEXT: 0 'a' 4
  // CHECK-NEXT: 7 12
  say("keys of several columns, zeros and empty ones among them; private ones");
  for (int n = 1; n != 3; ++n)
    s.merge(Cell{.row = 0, .column = "", .n = n});
  for (int n = 3; n != 5; ++n)
    s.merge(Cell{.row = 0, .column = "a", .n = n});
  Account &account = s.merge(Account(7, 1));
  s.merge(Account(7, 2)).add(5);
  account.add(5);
  s.commit();
  show(s, "SELECT * FROM cells ORDER BY \"column\"");
  show(s, "SELECT * FROM accounts");

  // CHECK-NEXT: -- keys that are made later
  // CHECK-NEXT: 1 'a'
  // CHECK-NEXT: 2 'b'
  // CHECK-NEXT: 5 'd'
  // CHECK-NEXT: 'made 1' 1
  // CHECK-NEXT: 'made 2' 2
  say("keys that are made later");
  for (const char *name : {"a", "b"})
    s.merge(Numbered{.name = name});
  for (const char *name : {"c", "d"})
    s.merge(Numbered{.id = 5, .name = name});
  for (int n = 1; n != 3; ++n)
    s.merge(Coded{.n = n});
  s.commit();
  show(s, "SELECT * FROM numbered");
  show(s, "SELECT * FROM coded");
}

static void classes(const declorm::Engine &engine) {
  declorm::Session s(engine);
  // CHECK-NEXT: -- the base's part of an object of a subclass
  // CHECK-NEXT: 1
  // CHECK-NEXT: 'ann' 'e' 40 'c++'
  // CHECK-NEXT: InvalidRequestError: merge(): the object of class 'Engineer' ({{.*}}merge-twice.cpp:{{[0-9]+}}) has key ('bob'), and with that key the session holds an object of class 'Person' ({{.*}}merge-twice.cpp:{{[0-9]+}}); a row's class never changes
  say("the base's part of an object of a subclass");
  Engineer ann;
  ann.name = "ann";
  ann.language = "c++";
  Engineer &held = s.merge(ann);
  Person part;
  part.name = "ann";
  part.age = 40;
  std::cout << (&s.merge(part) == &held) << std::endl;
  s.flush();
  show(s, "SELECT name, type, age, language FROM people JOIN engineers USING (name)");
  part.name = ann.name = "bob";
  s.merge(part);
  test::attempt([&] { s.merge(ann); });

  // CHECK-NEXT: -- a key that has two names
  // CHECK-NEXT: 5 2
  say("a key that has two names");
  Circle by_own, by_base;
  by_own.circle_id = by_base.id = 5;
  by_own.radius = 1;
  by_base.radius = 2;
  s.merge(by_own);
  s.merge(by_base);
  s.commit();
  show(s, "SELECT id, radius FROM circles");
}

static void graphs(const declorm::Engine &engine) {
  declorm::Session s(engine);
  // CHECK-NEXT: -- a parent and a child that several calls share
  // CHECK-NEXT: 11
  // CHECK-NEXT: 'oak' 2
  // CHECK-NEXT: 1 'red' 'oak'
  // CHECK-NEXT: 2 'red' 'oak'
  // CHECK-NEXT: 3 'green' 'oak'
  say("a parent and a child that several calls share");
  Tree oak{.name = "oak", .height = 1}, again{.name = "oak", .height = 2};
  Leaf one{.id = 1, .color = "green", .tree = &oak}, two{.id = 2, .color = "green", .tree = &again};
  Tree &held = *s.merge(one).tree;
  std::cout << (s.merge(two).tree == &held);
  Leaf red_one{.id = 1, .color = "red"}, red_two{.id = 2, .color = "red"}, three = {.id = 3};
  three.color = "green";
  again.leaves = {&red_one, &red_two, &three, &red_one};
  std::cout << (&s.merge(again) == &held) << std::endl;
  s.commit();
  show(s, "SELECT * FROM trees");
  show(s, "SELECT * FROM leaves ORDER BY id");

  // CHECK-NEXT: -- what an earlier call put into a list, and a later one does not
  // CHECK-NEXT: 2 'elm'
  // CHECK-NEXT: 3 'elm'
  // CHECK-NEXT: 11 NULL
  // CHECK-NEXT: 12 'elm'
  say("what an earlier call put into a list, and a later one does not");
  for (int i = 1; i != 3; ++i) {
    Tree elm{.name = "elm"};
    Bud first{.id = i}, second{.id = i + 1};
    Leaf leaf{.id = 10 + i};
    elm.buds = {&first, &second};
    elm.leaves = {&leaf};
    s.merge(elm);
  }
  s.commit();
  show(s, "SELECT * FROM buds ORDER BY id");
  show(s, "SELECT id, tree_name FROM leaves WHERE id > 10 ORDER BY id");

  // CHECK-NEXT: -- keys that relationships write
  // CHECK-NEXT: 111
  // CHECK-NEXT: 'a' 1 3
  // CHECK-NEXT: 'a' 2 2
  // CHECK-NEXT: 'b' 1 4
  say("keys that relationships write");
  Order a{.code = "a"}, b{.code = "b"};
  Line first{.no = 1, .n = 1}, second{.no = 2, .n = 2}, of_b{.no = 1, .n = 4};
  a.lines = {&first, &second};
  b.lines = {&of_b};
  Order &held_a = s.merge(a);
  s.merge(b);
  Line &line = *held_a.lines.front();
  Line by_pointer{.no = 1, .n = 3, .order = &a}, by_key{.order_code = "a", .no = 1, .n = 3};
  std::cout << (&s.merge(by_pointer) == &line) << (&s.merge(by_key) == &line);
  first.n = 3;
  s.merge(a);
  s.commit();
  std::cout << (&s.merge(by_pointer) == &line) << std::endl; // from the row as well
  s.commit();
  show(s, "SELECT * FROM lines ORDER BY order_code, no");
}

static void failures(const declorm::Engine &engine) {
  declorm::Session s(engine);
  // CHECK-NEXT: -- a flush that fails in between
  // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
  // CHECK: PendingRollbackError: {{.*}}
  // CHECK: 'after' 3
  say("a flush that fails in between");
  s.merge(Word{.w = "after", .n = 1});
  s.execute("SELECT 1"); // flushed
  s.merge(Word{.w = "after", .n = 2});
  s.add(Numbered{.id = 1});
  test::attempt([&] { s.flush(); });
  test::attempt([&] { s.merge(Word{.w = "after", .n = 2}); });
  s.rollback();
  const auto guard = s.no_autoflush();
  s.merge(Word{.w = "after", .n = 2});
  s.merge(Word{.w = "after", .n = 3});
  s.flush();
  show(s, "SELECT * FROM words WHERE w = 'after'");

  // CHECK-NEXT: -- a savepoint that is rolled back
  // CHECK-NEXT: 'after' 3
  // CHECK-NEXT: 'within' 2
  say("a savepoint that is rolled back");
  declorm::Transaction savepoint = s.begin_nested();
  s.merge(Word{.w = "within", .n = 1});
  s.merge(Word{.w = "after", .n = 4});
  savepoint.rollback();
  s.merge(Word{.w = "within", .n = 2});
  s.commit();
  show(s, "SELECT * FROM words WHERE w IN ('after', 'within') ORDER BY w");
}

static void many() {
  // CHECK-NEXT: -- 10,000, each twice: one SELECT for each, one batch
  // CHECK-NEXT: 10000 SELECTs, 1 INSERTs
  // CHECK-NEXT: 10000 10000 20000
  say("10,000, each twice: one SELECT for each, one batch");
  int selects = 0, inserts = 0;
  const declorm::Engine engine = declorm::create_engine(
      test::database_url(), {.on_statement = [&](const declorm::StatementEvent &event) {
        selects += event.sql.starts_with("SELECT");
        inserts += event.sql.starts_with("INSERT");
      }});
  declorm::metadata().create_all(engine);
  declorm::Session s(engine);
  s.execute("DELETE FROM words"); // of the other engine, where both have one database
  selects = 0;
  for (int i = 0; i != 20'000; ++i)
    s.merge(Word{.w = std::to_string(i * 7 % 10'000), .n = 1 + i / 10'000});
  s.commit();
  std::cout << selects << " SELECTs, " << inserts << " INSERTs" << std::endl;
  show(s, "SELECT count(*), count(DISTINCT w), sum(n) FROM words");
}

int main() {
  const declorm::Engine engine = test::traced_engine();
  declorm::metadata().create_all(engine);
  columns(engine);
  classes(engine);
  graphs(engine);
  failures(engine);
  many();
}
