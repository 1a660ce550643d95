// Classes that no object can be made of: what works without loading, and a base with pure virtual
// functions, all of whose rows are of subclasses.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::attr, declorm::col;

struct [[using declorm: table("events"), allow("no-default-constructor")]] Event {
  Event(int number, int &counter) : number(number), counter(counter) { ++counter; }
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int number;
  int &counter;
};
struct [[using declorm: table("shapes"), polymorphic_on("kind"), polymorphic_abstract]] Shape {
  virtual ~Shape() = default;
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
  virtual int area() const = 0;
};
class [[using declorm: mapped, polymorphic_identity("square")]] Square : public Shape {
  [[declorm::column("side")]] const int side_ = 0;
  Square() = default; // for declorm alone

public:
  explicit Square(int side) : side_(side) {}
  int area() const override { return side_ * side_; }
};

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  int counter = 0;
  declorm::Session session(engine);
  Event &event = session.add(Event(7, counter));
  session.commit();
  event.number = 8;
  session.commit();
  declorm::Connection connection = engine.connect();
  Event plain(9, counter);
  connection.insert(plain);
  connection.commit();
  // CHECK: 1 2 of 2
  std::cout << event.id << ' ' << plain.id << " of " << session.query<Event>().count() << '\n';
  session.delete_(event);
  session.commit();
  // CHECK: InvalidRequestError: class 'Event' ({{.*}}) cannot be loaded: it has no default constructor. Give it one, which may be private, or annotate what makes an object with {{\[\[}}declorm::constructor]]
  test::attempt([&] { session.query<Event>().all(); });

  session.add(Square(3));
  session.commit();
  session.expunge_all();
  // CHECK: 9
  std::cout << session.query<Shape>().one().area() << '\n';
}
