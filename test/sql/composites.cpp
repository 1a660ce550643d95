// Composites in statements: compared with values of their class and with one another, set as one
// value, column by column; in a std::optional, of a mixin, nested, private, of aliases.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include <declorm/declorm.h>
#include <iostream>

using declorm::attr, declorm::col, declorm::excluded, declorm::insert, declorm::select,
    declorm::update;

static const declorm::Dialect &dialect = declorm::dialect("sqlite");

enum class Unit { metre, foot };
struct Point {
  [[declorm::column]] int x = 0;
  [[declorm::column]] std::optional<int> y = 0;
  [[using declorm: column, enum_names]] Unit unit = Unit::metre;
};
class Name {
  [[declorm::column("first")]] std::string first_;
  std::optional<std::string> last_;

public:
  Name() = default;
  explicit Name(std::string first, std::optional<std::string> last = {})
      : first_(std::move(first)), last_(std::move(last)) {}
  [[declorm::column]] const std::optional<std::string> &last() const { return last_; }
  void set_last(const std::optional<std::string> &last) { last_ = last; }
};
struct Place {
  [[declorm::column]] std::string street;
  [[declorm::composite("at_")]] std::optional<Point> at;
};
struct HasEnd {
  virtual ~HasEnd() = default;
  [[declorm::composite("end_")]] Point end;
};
struct [[using declorm: table("lines"),
         unique_constraint({"start_x", "start_y", "start_unit"})]] Line : HasEnd {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::composite("start_")]] Point start;
  [[declorm::composite("by_")]] std::optional<Name> by;
  [[declorm::composite("in_")]] Place place;
  explicit Line(int x = 0, std::optional<int> y = 0) : start{x, y} {}

private:
  [[declorm::composite("mid_")]] Point middle_;
};

struct [[using declorm: table("shapes"), polymorphic_on("kind"),
         polymorphic_identity("shape")]] Shape {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
  [[declorm::composite("centre_")]] Point centre;
};
struct [[using declorm: table("circles"), polymorphic_identity("circle")]] Circle : Shape {
  [[using declorm: column("id"), primary_key, foreign_key("shapes.id")]] std::int64_t circle_id = 0;
  [[declorm::composite("edge_")]] Point edge;
};

static void show(const char *what, const declorm::Expression<bool> &condition) {
  const std::string sql = select(col<&Line::id>).where(condition).sql(dialect);
  std::cout << what << ": " << sql.substr(sql.find("WHERE ") + 6) << std::endl;
}
template <class T> static void ids(const char *what, const declorm::Query<T> &query) {
  std::cout << what << ':';
  for (const T *found : query.order_by(col<&T::id>).all())
    std::cout << ' ' << found->id;
  std::cout << std::endl;
}

int main() {
  // CHECK: equal: lines.start_x = ? AND lines.start_y = ? AND lines.start_unit = ?
  show("equal", col<&Line::start> == Point{1, 2});
  // CHECK-NEXT: unequal: lines.start_x != ? OR lines.start_y != ? OR lines.start_unit != ?
  show("unequal", col<&Line::start> != Point{1, 2});
  // CHECK-NEXT: null inside: lines.start_x = ? AND lines.start_y IS NULL AND lines.start_unit = ?
  show("null inside", col<&Line::start> == Point{1, std::nullopt});
  // CHECK-NEXT: mixin: lines.end_x = ? AND lines.end_y = ? AND lines.end_unit = ?
  show("mixin", col<&Line::end> == Point{1, 2});
  // CHECK-NEXT: two: lines.start_x = lines.end_x AND lines.start_y = lines.end_y AND lines.start_unit = lines.end_unit
  show("two", col<&Line::start> == col<&HasEnd::end, Line>);
  // CHECK-NEXT: in: lines.start_x = ? AND lines.start_y = ? AND lines.start_unit = ? OR lines.start_x = ? AND lines.start_y IS NULL AND lines.start_unit = ?
  show("in", col<&Line::start>.in_({Point{1, 2}, Point{3, std::nullopt}}));
  // CHECK-NEXT: not in: NOT lines.id = ? AND (lines.start_x != ? OR lines.start_y != ? OR lines.start_unit != ?)
  show("not in", !(col<&Line::id> == 1) && col<&Line::start>.not_in(std::vector{Point{1, 2}}));
  // CHECK-NEXT: in nothing: 0 = 1
  show("in nothing", col<&Line::start>.in_(std::vector<Point>()));
  // CHECK-NEXT: not in nothing: 1 = 1
  show("not in nothing", col<&Line::start>.not_in(std::vector<Point>()));
  // CHECK-NEXT: optional: lines.by_first = ? AND lines.by_last IS NULL
  show("optional", col<&Line::by> == Name("Ann"));
  // CHECK-NEXT: full optional: lines.by_first = ? AND lines.by_last = ?
  show("full optional", col<&Line::by> == std::optional(Name("Ann", "Lee")));
  // CHECK-NEXT: empty optional: lines.by_first IS NULL AND lines.by_last IS NULL
  show("empty optional", col<&Line::by> == std::optional<Name>());
  // CHECK-NEXT: nullopt: lines.by_first IS NOT NULL OR lines.by_last IS NOT NULL
  show("nullopt", col<&Line::by> != std::nullopt);
  // CHECK-NEXT: is_null: lines.by_first IS NULL AND lines.by_last IS NULL
  show("is_null", col<&Line::by>.is_null());
  // CHECK-NEXT: nested: lines.in_street = ? AND lines.in_at_x = ? AND lines.in_at_y = ? AND lines.in_at_unit = ?
  show("nested", col<&Line::place> == Place{"A", Point{1, 2}});
  // CHECK-NEXT: nested empty: lines.in_street = ? AND lines.in_at_x IS NULL AND lines.in_at_y IS NULL AND lines.in_at_unit IS NULL
  show("nested empty", col<&Line::place> == Place{"A", std::nullopt});
  // CHECK-NEXT: private: lines.mid_x = ? AND lines.mid_y = ? AND lines.mid_unit = ?
  show("private", attr<Line>("middle_") == Point{1, 2});
  // CHECK-NEXT: by name: lines.by_first IS NULL AND lines.by_last IS NULL
  show("by name", attr<Line>("by") == nullptr);
  // CHECK-NEXT: optional by name: lines.by_first = ? AND lines.by_last IS NULL
  show("optional by name", attr<Line>("by") == std::optional(Name("Ann")));
  // CHECK-NEXT: empty by name: lines.by_first IS NOT NULL OR lines.by_last IS NOT NULL
  show("empty by name", attr<Line>("by") != std::optional<Name>());
  {
    const auto other = declorm::alias<Line>("other");
    // CHECK-NEXT: SELECT other.id
    // CHECK-NEXT: FROM lines AS other JOIN lines ON lines.start_x = other.start_x AND lines.start_y = other.start_y AND lines.start_unit = other.start_unit
    // CHECK-NEXT: WHERE other.end_x = ? AND other.end_y = ? AND other.end_unit = ?
    std::cout << select(other.col<&Line::id>)
                     .join<Line>(col<&Line::start> == other.col<&Line::start>)
                     .where(other.column(col<&Line::end>) == Point{})
                     .sql(dialect)
              << std::endl;
  }
  // CHECK-NEXT: UPDATE lines SET start_x = ?, start_y = ?, start_unit = ?, by_first = ?, by_last = ?, mid_x = ?, mid_y = ?, mid_unit = ?
  // CHECK-NEXT: WHERE lines.end_x = ? AND lines.end_y = ? AND lines.end_unit = ?
  std::cout << update<Line>()
                   .set(col<&Line::start> = Point{5, 6}, col<&Line::by> = std::nullopt,
                        attr<Line>("middle_") = Point{})
                   .where(col<&Line::end> == Point{})
                   .sql(dialect)
            << std::endl;
  // CHECK-NEXT: UPDATE lines SET end_x = lines.start_x, end_y = lines.start_y, end_unit = lines.start_unit
  std::cout << update<Line>().set(col<&Line::end> = col<&Line::start>).sql(dialect) << std::endl;

  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  {
    declorm::Connection connection = engine.connect();
    const auto add = insert<Line>().values(
        col<&Line::start> = Point{1, 2, Unit::foot}, col<&Line::end> = Point{3, std::nullopt},
        col<&Line::place> = Place{"A", std::nullopt}, col<&Line::by> = std::optional(Name("Ann")),
        attr<Line>("middle_") = Point{7, 8});
    const auto merge = add.on_conflict_do_update({col<&Line::start>},
                                                 col<&Line::end> = excluded(col<&Line::start>));
    connection.execute(add);
    connection.execute(merge);
    connection.execute(add.on_conflict_do_nothing(col<&Line::start>));
    // What the INSERT wanted to write is compared too, on either side.
    // CHECK-NEXT: {{.*}} WHERE excluded.start_x != ? OR excluded.start_y != ? OR excluded.start_unit != ?
    const auto other = merge.on_conflict_where(excluded(col<&Line::start>) != Point{1, 2});
    const std::string sql = other.sql(dialect);
    std::cout << sql.substr(sql.rfind('\n') + 1) << std::endl;
    connection.execute(other);
    connection.execute(merge.on_conflict_where(col<&Line::end> == excluded(col<&Line::end>)));
    test::continue_keys(connection);
    connection.insert(Line(1, std::nullopt));
    Line line(9, 9);
    connection.insert(line);
    line.start = line.end = Point{8, 8};
    connection.update(line, col<&Line::start>);
    connection.commit();
    const auto made =
        declorm::make<Line>(col<&Line::start> = Point{1, 1}, col<&Line::by> = Name("Bob"));
    // CHECK-NEXT: made 1 1
    std::cout << "made " << made.start.x << ' ' << made.by.has_value() << std::endl;
  }
  declorm::Session session(engine);
  // CHECK-NEXT: feet: 1
  ids("feet", session.query<Line>().filter(col<&Line::start> == Point{1, 2, Unit::foot}));
  // CHECK-NEXT: metres:
  ids("metres", session.query<Line>().filter(col<&Line::start> == Point{1, 2}));
  // CHECK-NEXT: merged: 1
  ids("merged", session.query<Line>().filter(col<&Line::end> == Point{1, 2, Unit::foot}));
  // CHECK-NEXT: NULL: 2
  ids("NULL", session.query<Line>().filter(col<&Line::start> == Point{1, std::nullopt}));
  // CHECK-NEXT: updated: 3
  ids("updated",
      session.query<Line>().filter(col<&Line::start> == Point{8, 8} && col<&Line::end> == Point{}));
  // CHECK-NEXT: some: 1 3
  ids("some",
      session.query<Line>().filter(col<&Line::start>.in_({Point{8, 8}, Point{1, 2, Unit::foot}})));
  // CHECK-NEXT: without: 2 3
  ids("without", session.query<Line>().filter(col<&Line::by>.is_null()));
  // CHECK-NEXT: with: 1
  ids("with", session.query<Line>().filter(col<&Line::by> != std::nullopt));
  // CHECK-NEXT: moved 1
  std::cout << "moved "
            << session.query<Line>()
                   .filter(col<&Line::start> == Point{8, 8})
                   .update(col<&Line::end> = Point{4, 4})
            << std::endl;
  Line &third = *session.get<Line>(3);
  session.set(third, &Line::start, Point{2, 2});
  session.flush();
  // CHECK-NEXT: moved: 3
  ids("moved", session.query<Line>().filter(col<&Line::start> == Point{2, 2} &&
                                            col<&Line::end> == Point{4, 4}));

  // Columns of bases and of classes below.
  Circle &circle = session.emplace<Circle>();
  circle.centre = Point{1, 1};
  circle.edge = Point{2, 2};
  session.emplace<Shape>().centre = Point{1, 1};
  session.flush();
  // CHECK-NEXT: circles: 1
  ids("circles", session.query<Circle>().filter(col<&Circle::centre> == Point{1, 1} &&
                                                col<&Circle::edge> == Point{2, 2}));
  // CHECK-NEXT: shapes: 1 2
  ids("shapes", session.query<Shape>().filter(col<&Shape::centre> == Point{1, 1}));
  // CHECK-NEXT: through the base: 1
  ids("through the base", session.query<Shape>()
                              .options(declorm::with_polymorphic<Circle>())
                              .filter(col<&Circle::edge> == Point{2, 2}));

  const auto fails = [&](auto run) {
    try {
      run();
      std::cout << "no error" << std::endl;
    } catch (const declorm::Error &error) {
      std::cout << error.what() << std::endl;
    }
  };
  // CHECK-NEXT: the composite of the columns 'start.x', … holds a 'Point', and not a value of class 'Name'
  fails([&] { select<Line>().where(attr<Line>("start") == Name()).sql(dialect); });
  // CHECK-NEXT: member 'start' of class 'Line' is a composite, no column; compare it by == or !=, or name one of its columns, 'start.x'
  fails([&] { select<Line>().where(attr<Line>("start") == 1).sql(dialect); });
  // CHECK-NEXT: a value of a class is compared with, or given to, member 'id' of class 'Line', which is no composite; annotate it with {{\[\[}}declorm::composite]], or its type with type_traits
  fails([&] { update<Line>().set(attr<Line>("id") = Point{}).sql(dialect); });
  // CHECK-NEXT: column 'shapes.centre_x' is used in a statement that writes table 'circles' of class 'Circle', and a statement writes one table; update the class of that table, or the objects of a session
  fails([&] { update<Circle>().set(col<&Circle::centre> = Point{}).sql(dialect); });
}
