// S16: all that an annotation can say of a member, said by a call.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <chrono>
#include <declorm/imperative.h>
#include <list>
#include <map>
#include <set>
#include <unordered_map>

using namespace declorm;

enum class Color { red = 1, green = 2 };
struct Money {
  std::int64_t cents = 0;
};
template <> struct declorm::type_traits<Money> {
  using column_type = std::int64_t;
  static std::int64_t to_column(const Money &money) { return money.cents; }
  static Money from_column(const std::int64_t &cents) { return {cents}; }
};
struct Point {
  int x = 0, y = 0;
};
struct Stamped {
  int version = 0;
};
struct Leaf;
struct Tree : Stamped {
  std::int64_t id = 0;
  Color color = Color::red, named = Color::green;
  Money price;
  std::optional<Money> tip;
  Decimal<10, 2> exact;
  std::chrono::sys_seconds when{};
  std::optional<std::chrono::year_month_day> day;
  char code[4] = "abc";
  std::vector<std::byte> bytes{std::byte{1}};
  int missing = -1;
  std::optional<int> made, touched;
  Point at;
  std::optional<Point> also;
  std::string first, last, full;
  std::string initials_;
  const std::string &initials() const { return initials_; }
  void initials(const std::string &value) { initials_ = value; }
  std::string name() const { return first; }
  std::string upper() const { return last; }

  std::vector<Leaf *> vector;
  std::list<std::shared_ptr<Leaf>> list;
  std::set<Leaf *> set;
  std::map<std::string, Leaf *> map;
  std::weak_ptr<Leaf> best;
  std::optional<std::int64_t> best_id;
};
struct Leaf {
  std::int64_t id = 0;
  std::string label;
  std::optional<std::int64_t> v, l, s, m;
};
static int forty_one() { return 41; }
static int forty_two() { return 42; }

int main() {
  MetaData metadata;
  Table &trees = metadata.add_table(
      "trees", Column("id", Integer, primary_key), Column("version", Integer),
      Column("color", Integer), Column("named", String(10)), Column("price", BigInteger),
      Column("tip", BigInteger), Column("exact", Numeric(10, 2)), Column("at", DateTime),
      Column("day", Date), Column("code", String(4)), Column("bytes", LargeBinary),
      Column("missing", Integer), Column("made", Integer), Column("touched", Integer),
      Column("x1", Integer), Column("y1", Integer), Column("x2", Integer), Column("y2", Integer),
      Column("first", String), Column("last", String), Column("initials", String),
      Column("best", Integer, ForeignKey("leaves.id")));
  Table &leaves = metadata.add_table(
      "leaves", Column("id", Integer, primary_key), Column("label", String), Column("v", Integer),
      Column("l", Integer), Column("s", Integer), Column("m", Integer));
  Registry registry(metadata);
  registry.map_imperatively<Tree>(
      trees, field<&Tree::id>("id"), field<&Tree::version>("version"), field<&Tree::color>("color"),
      field<&Tree::named>("named",
                          enum_names<Color>({{"red", Color::red}, {"green", Color::green}})),
      field<&Tree::price>("price"), field<&Tree::tip>("tip"), field<&Tree::exact>("exact"),
      field<&Tree::when>("at"), field<&Tree::day>("day"), field<&Tree::code>("code"),
      field<&Tree::bytes>("bytes"), field<&Tree::missing>("missing", null_value(-1)),
      field<&Tree::made>("made", default_value<&forty_one>()),
      field<&Tree::touched>("touched", onupdate<&forty_two>()),
      composite<&Tree::at>(field<&Point::x>("x1"), field<&Point::y>("y1")),
      composite<&Tree::also>(field<&Point::x>("x2"), field<&Point::y>("y2")),
      field<&Tree::first>("first", comparison("lower({left}) {op} lower({right})")),
      field<&Tree::last>("last"), column_property<&Tree::full>("first || ' ' || last"),
      field<static_cast<const std::string &(Tree::*)() const>(&Tree::initials),
            static_cast<void (Tree::*)(const std::string &)>(&Tree::initials)>("initials"),
      synonym<&Tree::name>("first"), hybrid<&Tree::upper>("func.upper(last)"),
      field<&Tree::best_id>("best"),
      relationship<&Tree::vector>(primaryjoin("foreign(Leaf.v) == Tree.id"), order_by("Leaf.id")),
      relationship<&Tree::list>(primaryjoin("foreign(Leaf.l) == Tree.id")),
      relationship<&Tree::set>(primaryjoin("foreign(Leaf.s) == Tree.id")),
      relationship<&Tree::map>(primaryjoin("foreign(Leaf.m) == Tree.id"), map_key("label")),
      relationship<&Tree::best>(primaryjoin("Tree.best_id == Leaf.id"), lazy_("selectin")));
  registry.map_imperatively<Leaf>(leaves, field<&Leaf::id>("id"), field<&Leaf::label>("label"),
                                  field<&Leaf::v>("v"), field<&Leaf::l>("l"), field<&Leaf::s>("s"),
                                  field<&Leaf::m>("m"));

  Engine engine = test::open_database();
  metadata.create_all(engine);
  Session session(engine);
  Tree &tree = session.emplace<Tree>();
  tree.version = 7;
  tree.color = Color::green;
  tree.price = {250};
  tree.exact = Decimal<10, 2>("1.25");
  tree.day = std::chrono::year(2026) / 11 / 28;
  tree.at = {1, 2};
  tree.first = "Ada";
  tree.last = "Byron";
  tree.initials("AB");
  auto best = std::make_shared<Leaf>();
  best->label = "best";
  session.add(best);
  tree.best = best;
  for (const char *label : {"a", "b", "c"}) {
    Leaf &leaf = session.emplace<Leaf>();
    leaf.label = label;
    if (*label == 'a')
      tree.vector.push_back(&leaf);
    else if (*label == 'b')
      tree.set.insert(&leaf);
    else
      tree.map["c"] = &leaf;
  }
  tree.list.push_back(std::make_shared<Leaf>());
  session.commit();
  // CHECK: 1 7 2 'green' 250 NULL 1.25 '1970-01-01 00:00:00' '2026-11-28' 'abc' x'01' NULL 41 NULL 1 2 NULL NULL 'Ada' 'Byron' 'AB' 1
  const Row row = session.execute("SELECT * FROM trees").one();
  for (const char *gap = ""; const Value &value : row.values())
    std::cout << std::exchange(gap, " ") << value.to_string();
  std::cout << std::endl;
  tree.version = 8;
  session.commit();
  session.expunge_all();
  best.reset();

  // CHECK-NEXT: 8 2 2 250 0 1.25 2026 abc 1 -1 41 42 1/2 0 Ada Byron|AB a 1 b c best
  Tree &again = session.query<Tree>()
                    .filter(col<&Tree::first> == "ADA" && col<&Tree::price> == Money{250} &&
                            col<&Tree::version> == 8 && col<&Tree::full> == "Ada Byron")
                    .options(selectinload<&Tree::vector>(), selectinload<&Tree::list>(),
                             selectinload<&Tree::set>(), selectinload<&Tree::map>())
                    .one();
  std::cout << again.version << ' ' << int(again.color) << ' ' << int(again.named) << ' '
            << again.price.cents << ' ' << again.tip.has_value() << ' ' << again.exact.to_string()
            << ' ' << int(again.day->year()) << ' ' << again.code << ' ' << again.bytes.size()
            << ' ' << again.missing << ' ' << *again.made << ' ' << *again.touched << ' '
            << again.at.x << '/' << again.at.y << ' ' << again.also.has_value() << ' ' << again.full
            << '|' << again.initials() << ' ' << again.vector.front()->label << ' '
            << again.list.size() << ' ' << (*again.set.begin())->label << ' '
            << again.map.at("c")->label << ' ' << again.best.lock()->label << std::endl;
  // CHECK-NEXT: 1 1
  std::cout << session.query<Tree>().filter(attr<Tree>("name") == "Ada").count() << ' '
            << session.query<Tree>().filter(attr<Tree>("upper") == "BYRON").count() << std::endl;
}
