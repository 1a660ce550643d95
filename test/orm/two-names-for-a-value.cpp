// Members that hold one value: a joined class's key under a name of its own, and members that a
// class declares again. The one that was changed is followed; two different changes are an error.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <memory>

using declorm::col;

struct [[using declorm: table("s"), polymorphic_identity("s")]] S {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, polymorphic_on]] std::string kind;
  [[declorm::column]] std::string name;
};
struct [[using declorm: table("y"), polymorphic_identity("y")]] Y : S {
  [[using declorm: column("id"), primary_key, foreign_key("s.id"), on_update("CASCADE")]]
  std::int64_t m_id = 0;
  [[declorm::column]] std::string name; // shadows: in both tables
};
// Three levels, and a key with an initialiser of its own, behind accessors.
class [[using declorm: table("z"), polymorphic_identity("z")]] Z : public Y {
public:
  std::int64_t getZId() const { return z_id_; }
  void setZId(std::int64_t id) { z_id_ = id; }

private:
  [[using declorm: column("z_id"), primary_key, foreign_key("y.id"), on_update("CASCADE")]]
  std::int64_t z_id_ = -1;
};
// A composite key in private members, of which the database makes none.
class [[using declorm: table("seats"), polymorphic_identity("seat")]] Seat {
public:
  int row() const { return row_; }
  int number() const { return number_; }
  void move(int row, int number) { row_ = row, number_ = number; }

private:
  [[using declorm: column("row"), primary_key]] int row_ = 0;
  [[using declorm: column("number"), primary_key]] int number_ = 0;
  [[using declorm: column("kind"), polymorphic_on]] std::string kind_;
};
class [[using declorm: table("box_seats"), polymorphic_identity("box"),
        foreign_key_constraint({"box_row", "box_number"}, {"seats.row", "seats.number"}, "CASCADE",
                               "CASCADE")]] BoxSeat : public Seat {
public:
  int box_row() const { return box_row_; }
  int box_number() const { return box_number_; }
  void move_box(int row, int number) { box_row_ = row, box_number_ = number; }

private:
  [[using declorm: column("box_row"), primary_key]] int box_row_ = 0;
  [[using declorm: column("box_number"), primary_key]] int box_number_ = 0;
};
// A key that each constructor makes anew says nothing about what was set.
struct [[using declorm: table("tickets"), polymorphic_identity("ticket")]] Ticket {
  static inline int made = 0;
  [[using declorm: column, primary_key]] std::string code = "t" + std::to_string(++made);
  [[using declorm: column, polymorphic_on]] std::string kind;
};
struct [[using declorm: table("passes"), polymorphic_identity("pass")]] Pass : Ticket {
  [[using declorm: column, primary_key, foreign_key("tickets.code")]] std::string code =
      "p" + std::to_string(++made);
};

// What a smart pointer brings in at the flush.
struct [[declorm::table("holders")]] Holder {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("y.id")]] std::optional<std::int64_t> y_id;
  [[declorm::relationship]] std::shared_ptr<Y> y;
};

static void show(const char *what, const Y &y) {
  std::cout << what << ": " << y.S::id << ' ' << y.m_id << ' ' << y.S::name << ' ' << y.name
            << std::endl;
}

static void rows(declorm::Session &session, const char *sql) {
  std::cout << "rows:";
  for (const declorm::Row &row : session.execute(sql)) {
    for (const declorm::Value &value : row.values())
      std::cout << ' ' << value.to_string();
    std::cout << ';';
  }
  std::cout << std::endl;
}

static void changes(const declorm::Engine &engine) {
  declorm::Session session(engine);
  Y &y = session.emplace<Y>();
  y.name = "one";
  session.commit();
  // CHECK: made: 1 1 one one
  show("made", y);
  y.m_id = 5;
  // CHECK-NEXT: modified 1
  std::cout << "modified " << session.is_modified(y) << std::endl;
  session.commit();
  // CHECK-NEXT: followed: 5 5 one one
  show("followed", y);
  // CHECK-NEXT: rows: 5 5 'one' 'one';
  rows(session, "SELECT s.id, y.id, s.name, y.name FROM s JOIN y ON s.id = y.id");
  // CHECK-NEXT: by key: 1 0 1
  std::cout << "by key: " << (session.get<Y>(5) == &y) << ' ' << (session.get<Y>(1) != nullptr)
            << ' ' << (session.get<S>(5) == &y) << std::endl;
  y.S::name = "base";
  // CHECK-NEXT: modified 1
  std::cout << "modified " << session.is_modified(y) << std::endl;
  session.commit();
  // CHECK-NEXT: base: 5 5 base base
  show("base", y);
  y.name = y.S::name = "both";
  y.S::id = 6;
  session.commit();
  // CHECK-NEXT: both: 6 6 both both
  show("both", y);
  // CHECK-NEXT: modified 0
  std::cout << "modified " << session.is_modified(y) << std::endl;

  // A change that was not written survives that the row is read again; a rollback undoes it.
  y.m_id = 7;
  y.S::name = "new";
  session.expire(y);
  {
    const declorm::NoAutoflush guard = session.no_autoflush();
    session.query<Y>().all();
  }
  // CHECK-NEXT: read again: 6 7 new both
  show("read again", y);
  session.flush();
  // CHECK-NEXT: flushed: 7 7 new new
  show("flushed", y);
  session.rollback();
  // CHECK-NEXT: rolled back: 6 6 both both
  show("rolled back", y);
  y.m_id = 8;
  y.S::name = "lost";
  session.rollback();
  // CHECK-NEXT: rolled back: 6 6 both both
  show("rolled back", y);
  session.refresh(y);
  y.m_id = 9;
  session.refresh(y);
  // CHECK-NEXT: refreshed: 6 6 both both
  show("refreshed", y);

  // Two changes.
  y.m_id = 8;
  y.S::id = 9;
  // CHECK-NEXT: FlushError: the Y with key (6): 'S.id' is 9 and 'Y.m_id' is 8, and both are one value, that of column 's.id'; set one of them, or both to the same
  test::attempt([&] { session.flush(); });
  session.rollback();
  y.name = "a";
  y.S::name = "b";
  // CHECK-NEXT: FlushError: the Y with key (6): 'Y.name' is 'a' and 'S.name' is 'b', and both are one value, that of column 'y.name'; set one of them, or both to the same
  test::attempt([&] { session.flush(); });
  y.S::name = "both"; // taken back, and the flush goes on
  session.rollback();
  // CHECK-NEXT: rolled back: 6 6 both both
  show("rolled back", y);
}

static void additions(const declorm::Engine &engine) {
  declorm::Session session(engine);
  const auto add = [&](std::int64_t id, std::int64_t m_id, const char *base,
                       const char *own) -> Y & {
    Y &y = session.emplace<Y>();
    y.S::id = id;
    y.m_id = m_id;
    y.S::name = base;
    y.name = own;
    return y;
  };
  add(0, 19, "", "own");
  add(20, 0, "base", "");
  add(21, 21, "x", "x");
  session.flush();
  test::continue_keys(session.connection());
  add(0, 0, "", "");
  session.commit();
  // CHECK-NEXT: rows: 6 6 'both' 'both'; 19 19 'own' 'own'; 20 20 'base' 'base'; 21 21 'x' 'x'; 22 22 '' '';
  rows(session, "SELECT s.id, y.id, s.name, y.name FROM s JOIN y ON s.id = y.id ORDER BY 1");
  Y &wrong = add(30, 31, "", "");
  // CHECK-NEXT: FlushError: a new Y with key (30): 'S.id' is 30 and 'Y.m_id' is 31, and both are one value, that of column 's.id'; set one of them, or both to the same
  test::attempt([&] { session.flush(); });
  session.rollback();
  wrong.S::id = 0;
  session.add(wrong);
  session.flush();
  // CHECK-NEXT: mended: 31 31{{ *}}
  show("mended", wrong);
  session.rollback();
  // CHECK-NEXT: rolled back: 0 31{{ *}}
  show("rolled back", wrong);
  wrong.m_id = 32;
  session.add(wrong);
  session.commit();
  // CHECK-NEXT: added again: 32 32{{ *}}
  show("added again", wrong);

  // A flush that fails leaves them as they were.
  Y &late = add(0, 40, "", "");
  session.add(S{.id = 32});
  try {
    session.flush();
  } catch (const declorm::IntegrityError &) {
    session.rollback();
  }
  // CHECK-NEXT: failed: 0 40{{ *}}
  show("failed", late);
}

static void hierarchies(const declorm::Engine &engine) {
  declorm::Session session(engine);
  Z &z = session.emplace<Z>();
  z.setZId(50);
  Z &made = session.emplace<Z>();
  session.commit();
  // CHECK-NEXT: three: 50 50 50, made 1 1
  std::cout << "three: " << z.id << ' ' << z.m_id << ' ' << z.getZId() << ", made "
            << (made.id == made.m_id && made.id != 0) << ' ' << (made.getZId() == made.id)
            << std::endl;
  z.m_id = 60;
  session.commit();
  // CHECK-NEXT: three: 60 60 60
  std::cout << "three: " << z.id << ' ' << z.m_id << ' ' << z.getZId() << std::endl;
  z.setZId(52);
  z.id = 53;
  // CHECK-NEXT: FlushError: the Z with key (60): 'S.id' is 53 and 'Z.z_id_' is 52, and both are one value, that of column 's.id'; set one of them, or both to the same
  test::attempt([&] { session.flush(); });
  session.rollback();

  BoxSeat &seat = session.emplace<BoxSeat>();
  seat.move_box(1, 2);
  session.commit();
  // CHECK-NEXT: composite: 1 2 1 2
  const auto show_seat = [&] {
    std::cout << "composite: " << seat.row() << ' ' << seat.number() << ' ' << seat.box_row() << ' '
              << seat.box_number() << std::endl;
  };
  show_seat();
  seat.move(1, 3);
  session.commit();
  // CHECK-NEXT: composite: 1 3 1 3
  show_seat();
  seat.move(4, 3);
  seat.move_box(1, 5);
  session.commit();
  // CHECK-NEXT: composite: 4 5 4 5
  show_seat();

  Holder &holder = session.emplace<Holder>();
  holder.y = std::make_shared<Y>();
  holder.y->m_id = 90;
  session.commit();
  // CHECK-NEXT: held: 90 90 90
  std::cout << "held: " << holder.y->id << ' ' << holder.y->m_id << ' ' << *holder.y_id
            << std::endl;

  Pass &pass = session.emplace<Pass>(), &named = session.emplace<Pass>();
  named.code = "mine";
  session.commit();
  // CHECK-NEXT: tickets: 1 mine mine
  std::cout << "tickets: " << (pass.code == pass.Ticket::code) << ' ' << named.code << ' '
            << named.Ticket::code << std::endl;
}

static void plain_objects(const declorm::Engine &engine) {
  declorm::Connection connection = engine.connect();
  Y y;
  y.m_id = 70;
  y.S::name = "plain";
  connection.insert(y);
  // CHECK-NEXT: plain: 70 70 plain plain
  show("plain", y);
  y.name = "own wins";
  connection.update(y);
  // CHECK-NEXT: plain: 70 70 own wins own wins
  show("plain", *connection.get<Y>(70));
  y.m_id = 71;
  // CHECK-NEXT: InvalidRequestError: an object of class 'Y' ({{.*}}): 'S.id' is 70 and 'Y.m_id' is 71, and both are one value, that of column 's.id'; set one of them, or both to the same
  test::attempt([&] { connection.update(y); });
  connection.commit();
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  changes(engine);
  additions(engine);
  hierarchies(engine);
  plain_objects(engine);
}
