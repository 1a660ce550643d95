// A composite in a std::optional: empty is NULL in all its columns, both ways; nested ones, private
// ones, those of bases and subclasses, with getters.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::attr, declorm::col;

struct Point {
  [[declorm::column]] int x = 0;
  [[declorm::column]] int y = 0;
  friend bool operator==(const Point &, const Point &) = default;
};
class Name {
  Name() = default; // nobody makes an empty one
  [[declorm::column("first")]] std::string first_;
  std::optional<std::string> last_ = "nobody";

public:
  explicit Name(std::string first, std::optional<std::string> last = {})
      : first_(std::move(first)), last_(std::move(last)) {}
  [[declorm::column]] const std::optional<std::string> &last() const { return last_; }
  void set_last(const std::optional<std::string> &last) { last_ = last; }
  std::string text() const { return first_ + "/" + last_.value_or("-"); }
};
struct Place {
  [[declorm::column]] std::optional<std::string> street = "nowhere";
  [[declorm::composite("at_")]] std::optional<Point> at = Point{9, 9};
};
struct Padding {
  virtual ~Padding() = default;
  int padding[3]{};
};
struct Located {
  [[declorm::composite("home_")]] std::optional<Place> home;
};
struct [[using declorm: table("people"), polymorphic_on("kind"),
         polymorphic_identity("person")]] Person : Padding,
                                                   virtual Located {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
  [[declorm::composite]] std::optional<Name> name;
  [[declorm::composite("where_")]] const std::optional<Point> where{};
};
struct [[using declorm: mapped, polymorphic_identity("boss")]] Boss : Person {
  [[declorm::composite("desk_")]] std::optional<Point> desk;
};
struct [[declorm::row]] Row {
  [[declorm::composite("desk_")]] std::optional<Point> desk;
};

static std::string text(const std::optional<Point> &point) {
  return point ? std::to_string(point->x) + "," + std::to_string(point->y) : "none";
}
static void show(const char *what, const Person &person) {
  std::cout << what << ' ' << (person.name ? person.name->text() : "none") << " at "
            << text(person.where) << " home "
            << (person.home ? person.home->street.value_or("-") + " " + text(person.home->at)
                            : "none");
  if (const auto *boss = dynamic_cast<const Boss *>(&person))
    std::cout << " desk " << text(boss->desk);
  std::cout << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  {
    declorm::Session session(engine);
    session.emplace<Person>();
    Boss &boss = session.emplace<Boss>();
    boss.name.emplace("Ann", "Lee");
    boss.home.emplace();
    boss.desk = Point{1, 2};
    Person &person = session.emplace<Person>();
    person.name.emplace("Bob");
    person.home.emplace().at.reset();
    session.commit();
  }
  declorm::Session session(engine);
  Person &nobody = *session.get<Person>(1), &bob = *session.get<Person>(3);
  Boss &ann = *session.get<Boss>(2);
  show("loaded", nobody); // CHECK: loaded none at none home none
  show("loaded", ann);    // CHECK-NEXT: loaded Ann/Lee at none home nowhere 9,9 desk 1,2
  show("loaded", bob);    // CHECK-NEXT: loaded Bob/- at none home nowhere none
  // CHECK-NEXT: 000 1 2
  std::cout << session.is_modified(nobody) << session.is_modified(ann) << session.is_modified(bob)
            << ' ' << session.query<Person>().filter(attr<Person>("home.at.x") == 9).count() << ' '
            << session.query<Person>().filter(attr<Person>("name.first_") != nullptr).count()
            << '\n';

  test::tracing = true;
  ann.name.reset();
  ann.desk->y = 5;
  bob.home->street.reset(); // now nothing is left in it
  nobody.home.emplace().street = "Elm";
  // CHECK-NEXT: > UPDATE people SET home_street = ?, home_at_x = ?, home_at_y = ? WHERE people.id = ? -- 'Elm' 9 9 1
  // CHECK-NEXT: > UPDATE people SET home_street = ? WHERE people.id = ? -- NULL 3
  // CHECK-NEXT: > UPDATE people SET first = ?, last = ?, desk_y = ? WHERE people.id = ? -- NULL NULL 5 2
  session.flush();
  test::tracing = false;
  session.expire_all();
  session.refresh(ann);
  session.refresh(bob);
  session.refresh(nobody);
  show("changed", nobody); // CHECK-NEXT: changed none at none home Elm 9,9
  show("changed", ann);    // CHECK-NEXT: changed none at none home nowhere 9,9 desk 1,5
  show("changed", bob);    // CHECK-NEXT: changed Bob/- at none home none

  session.rollback();
  session.refresh(ann);
  session.refresh(bob);
  session.refresh(nobody);
  show("rolled back", nobody); // CHECK-NEXT: rolled back none at none home none
  show("rolled back", ann);    // CHECK-NEXT: rolled back Ann/Lee at none home nowhere 9,9 desk 1,2
  show("rolled back", bob);    // CHECK-NEXT: rolled back Bob/- at none home nowhere none

  // What the database holds, not what the classes begin with.
  session.execute("UPDATE people SET home_at_x = 3, home_at_y = 4, where_x = 1, where_y = 1");
  session.refresh(nobody);
  show("read", nobody); // CHECK-NEXT: read none at 1,1 home - 3,4
  session.execute("UPDATE people SET where_y = NULL");
  // CHECK-NEXT: DataError: column people.where_y is NULL, and Person.where.y takes no NULL; make the member a std::optional, or name the value that stands for NULL with null_value(…); it is the row with id = 1
  test::attempt([&] { session.refresh(nobody); });
  session.rollback();

  for (const Row &row :
       session.execute("SELECT NULL desk_x, NULL desk_y UNION ALL SELECT 1, 2").into<Row>())
    std::cout << text(row.desk) << ' ';
  // CHECK-NEXT: none 1,2 DataError: column {{.*}}desk_x is NULL, and Row.desk.x takes no NULL; {{.*}}
  test::attempt([&] {
    for (const Row &row : session.execute("SELECT NULL desk_x, 2 desk_y").into<Row>())
      std::cout << text(row.desk);
  });

  declorm::Connection connection = engine.connect();
  Boss plain;
  plain.desk = Point{7, 8};
  connection.insert(plain);
  show("plain",
       *connection.get<Boss>(plain.id)); // CHECK-NEXT: plain none at none home none desk 7,8
  plain.desk.reset();
  plain.name.emplace("Cid");
  connection.update(plain);
  show("plain",
       *connection.get<Boss>(plain.id)); // CHECK-NEXT: plain Cid/- at none home none desk none

  connection.commit();
  Boss copy;
  copy.id = 2;
  copy.desk = Point{6, 6};
  show("merged", session.merge(copy)); // CHECK-NEXT: merged none at none home none desk 6,6
}
