// Objects named by their bases: mapped bases that do not stand first, classes with virtual
// functions and virtual destructors, as<>(), shared pointers to a base; no RTTI is needed for what
// is loaded.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct Named { // not mapped, but it has a place in the objects
  std::string nickname = "nick";
};

struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string type;
};
struct Payroll {
  [[declorm::column]] double salary = 0;
  int not_mapped = 1;
};
// The mapped base stands third.
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Named,
                                                                                          Payroll,
                                                                                          Person {
  [[declorm::column]] std::string language;
};
struct [[using declorm: mapped, polymorphic_identity("lead")]] Lead : Engineer {
  [[declorm::column]] std::optional<int> reports{};
};

struct [[using declorm: table("shapes"), polymorphic_on("kind")]] Shape {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string kind;
  virtual double area() const = 0;
  virtual ~Shape() { std::cout << "~Shape " << id << std::endl; }
};
struct [[using declorm: mapped, polymorphic_identity("circle")]] Circle : Shape {
  [[declorm::column]] double radius = 0;
  double area() const override { return 3 * radius * radius; }
};
struct Coloured {
  virtual ~Coloured() = default;
  [[declorm::column]] std::string colour = "red";
};
struct [[using declorm: mapped, polymorphic_identity("square")]] Square : Coloured, Shape {
  [[declorm::column]] double side = 0;
  double area() const override { return side * side; }
};
struct Hidden : Circle {}; // bears no annotation: not mapped

// A diamond of virtual bases.
struct [[using declorm: table("nodes"), polymorphic_on("kind"), polymorphic_identity(1)]] Node {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int kind = 0;
  [[declorm::column]] std::string title;
  virtual ~Node() = default;
};
struct Readable : virtual Node {
  [[declorm::column]] std::optional<int> reads{};
};
struct Writable : virtual Node {
  [[declorm::column]] std::optional<int> writes{};
};
struct [[using declorm: mapped, polymorphic_identity(2)]] File : Readable, Writable {
  [[declorm::column]] std::optional<int> bytes{};
};
struct [[using declorm: table("links"), polymorphic_identity(3)]] Link : Named, virtual Node {
  [[declorm::column]] std::string target;
};

static void say(const char *what) { std::cout << "-- " << what << std::endl; }

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  say("bases that do not stand first");
  {
    declorm::Session session(engine);
    Lead made;
    made.name = "ada";
    made.salary = 3.5;
    made.language = "c++";
    made.reports = 2;
    Lead &lead = session.add(std::move(made));
    session.add(Person{.id = 0, .name = "bob", .type = ""});
    Person &as_person = lead;
    std::cout << (static_cast<void *>(&as_person) != &lead) << session.contains(as_person)
              << session.is_modified(as_person) << (session.as<Lead>(as_person) == &lead)
              << (session.as<Engineer>(as_person) == &lead) << std::endl;
    session.commit();
  }
  {
    declorm::Session session(engine);
    for (Person &person : session.query<Person>().order_by(col<&Person::id>)) {
      std::cout << person.id << ' ' << person.name << ' ' << person.type;
      if (Lead *lead = session.as<Lead>(person))
        std::cout << ' ' << lead->salary << ' ' << lead->language << ' ' << *lead->reports << ' '
                  << lead->nickname << lead->not_mapped;
      std::cout << std::endl;
    }
    Person &ada = *session.get<Person>(1);
    std::cout << (session.get<Engineer>(1) == session.as<Engineer>(ada))
              << (static_cast<Person *>(session.get<Lead>(1)) == &ada) << std::endl;
    ada.name = "Ada";
    std::cout << session.is_modified(ada);
    session.commit();
    std::cout << session.is_modified(ada) << std::endl;
    session.refresh(ada);
    session.expire(ada);
    std::cout << session.get<Person>(1)->name << std::endl;
    session.expunge(ada);
    session.add(ada);
    session.expunge(ada);
    session.delete_(*session.get<Person>(1));
    session.commit();
    std::cout << session.query<Engineer>().count() << session.query<Person>().count() << std::endl;
  }
  say("virtual functions");
  {
    declorm::Session session(engine);
    session.emplace<Circle>().radius = 1;
    session.emplace<Square>().side = 2;
    session.commit();
    session.close();
    for (Shape &shape : session.query<Shape>().order_by(col<&Shape::id>))
      std::cout << shape.id << ' ' << shape.kind << ' ' << shape.area() << ' '
                << (session.as<Square>(shape) ? session.as<Square>(shape)->colour : "-")
                << std::endl;
    std::cout << session.query<const Shape>().filter(col<&Square::side> == 2).one().area()
              << std::endl;
  }
  say("shared pointers to a base");
  {
    declorm::Session session(engine);
    auto square = std::make_shared<Square>();
    square->side = 3;
    std::shared_ptr<Shape> shape = square;
    std::cout << (&session.add(shape) == square.get()) << std::endl;
    test::attempt([&] { session.add(std::shared_ptr<Shape>(std::make_shared<Hidden>())); });
    session.commit();
    std::cout << square->id << ' ' << square->kind << ' ' << session.contains(*shape)
              << (session.as<Square>(*shape) == square.get())
              << (session.get<Shape>(square->id) == shape.get()) << std::endl;
  }
  say("virtual bases");
  {
    declorm::Session session(engine);
    File &file = session.emplace<File>();
    file.title = "notes";
    file.reads = 1;
    file.writes = 2;
    file.bytes = 3;
    Link &link = session.emplace<Link>();
    link.title = "alias";
    link.target = "notes";
    session.emplace<Node>().title = "plain";
    Node &node = link;
    std::cout << session.contains(node) << (session.as<Link>(node) == &link) << std::endl;
    session.commit();
  }
  {
    declorm::Session session(engine);
    for (Node &node : session.query<Node>().order_by(col<&Node::id>)) {
      std::cout << node.id << ' ' << node.kind << ' ' << node.title;
      if (const File *file = session.as<File>(node))
        std::cout << ' ' << *file->reads << *file->writes << *file->bytes;
      if (const Link *link = session.as<Link>(node))
        std::cout << ' ' << link->target << ' ' << link->nickname;
      std::cout << std::endl;
      node.title += "!";
    }
    session.commit();
    std::cout << session.query<File>().filter(col<&Readable::reads, File> == 1).one().title
              << session.query<Link>().filter(col<&Node::title> == "alias!").one().target
              << std::endl;
    session.delete_(*session.get<Node>(2));
    session.commit();
    std::cout << session.query<Node>().count() << std::endl;
  }
  say("end");
}

// The output:
// CHECK: -- bases that do not stand first
// CHECK-NEXT: 11111
// CHECK-NEXT: 1 ada lead 3.5 c++ 2 nick1
// CHECK-NEXT: 2 bob person
// CHECK-NEXT: 11
// CHECK-NEXT: 10
// CHECK-NEXT: Ada
// CHECK-NEXT: 01
// CHECK-NEXT: -- virtual functions
// CHECK-NEXT: ~Shape 0
// CHECK-NEXT: ~Shape 0
// CHECK-NEXT: ~Shape 2
// CHECK-NEXT: ~Shape 1
// CHECK-NEXT: 1 circle 3 -
// CHECK-NEXT: 2 square 4 red
// CHECK-NEXT: ~Shape 2
// CHECK-NEXT: 4
// CHECK-NEXT: ~Shape 2
// CHECK-NEXT: ~Shape 1
// CHECK-NEXT: -- shared pointers to a base
// CHECK-NEXT: 1
// CHECK-NEXT: ~Shape 0
// CHECK-NEXT: UnmappedClassError: the object is of class 'Hidden', which is not mapped below class 'Shape' ({{.*}}inheritance-pointers.cpp:33); map that class, or add an object of a mapped one
// CHECK-NEXT: 3 square 11~Shape 3
// CHECK-NEXT: 1
// CHECK-NEXT: ~Shape 3
// CHECK-NEXT: -- virtual bases
// CHECK-NEXT: 11
// CHECK-NEXT: 1 2 notes 123
// CHECK-NEXT: 2 3 alias notes nick
// CHECK-NEXT: 3 1 plain
// CHECK-NEXT: notes!notes
// CHECK-NEXT: 2
// CHECK-NEXT: -- end
