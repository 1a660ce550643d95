// Each builder of a Query keeps what every other one said, whichever comes first.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <algorithm>
#include <declorm/declorm.h>
#include <functional>
#include <memory>
#include <vector>

using declorm::col;

struct Kid;
struct [[using declorm: table("parents"), polymorphic_on("kind"),
         polymorphic_identity("parent")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string kind;
  [[using declorm: column, foreign_key("parents.id")]] std::optional<std::int64_t> boss_id;
  [[using declorm: relationship, back_populates("parent"), order_by("Kid.id")]]
  std::vector<Kid *> kids;
  [[using declorm: relationship, remote_side("Parent.id")]] Parent *boss = nullptr;
};
struct [[using declorm: table("stepparents"), polymorphic_identity("step")]] StepParent : Parent {
  [[declorm::column]] int since = 0;
};
struct [[declorm::table("kids")]] Kid {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("parents.id")]] std::int64_t parent_id = 0;
  [[declorm::relationship]] std::shared_ptr<Parent> parent;
};

using Query = declorm::Query<Parent>;
using Objects = std::vector<Parent *>;

struct Builder {
  const char *name;
  std::function<Query(const Query &)> build;
  /// Whether its effect shows in the objects that the query gave.
  std::function<bool(declorm::Session &, const Query &, const Objects &)> shows;
  bool orders = false; ///< or limits, as a page does
};

static bool has(const Query &query, const declorm::Engine &engine, const char *text) {
  return query.sql(declorm::dialect("sqlite")).find(text) != std::string::npos;
}

static const declorm::Engine *engine = nullptr;

static const std::vector<Builder> &builders() {
  const auto in_text = [](const char *text) {
    return [=](declorm::Session &, const Query &query, const Objects &) {
      return has(query, *engine, text);
    };
  };
  const auto all = [](auto condition) {
    return [=](declorm::Session &session, const Query &, const Objects &objects) {
      return std::ranges::all_of(objects,
                                 [&](Parent *parent) { return condition(session, *parent); });
    };
  };
  const auto kids_loaded = [](declorm::Session &session, Parent &parent) {
    return session.is_loaded(parent, &Parent::kids) && parent.kids.size() == 2;
  };
  static const std::vector<Builder> list{
      {"filter", [](const Query &q) { return q.filter(col<&Parent::id> != 3); },
       all([](declorm::Session &, Parent &parent) { return parent.id != 3; })},
      {"order_by", [](const Query &q) { return q.order_by(desc(col<&Parent::name>)); },
       [](declorm::Session &, const Query &, const Objects &objects) {
         return std::ranges::is_sorted(objects, std::greater<>(),
                                       [](Parent *p) { return p->name; });
       },
       true},
      {"limit", [](const Query &q) { return q.limit(4); },
       [](declorm::Session &, const Query &, const Objects &objects) {
         return objects.size() <= 4;
       },
       true},
      {"offset", [](const Query &q) { return q.offset(1); }, in_text("OFFSET"), true},
      {"distinct", [](const Query &q) { return q.distinct(); }, in_text("SELECT DISTINCT")},
      {"join", [](const Query &q) { return q.join<&Parent::kids>(); }, in_text(" JOIN kids ")},
      {"outer_join",
       [](const Query &q) {
         return q.outer_join(declorm::alias<Kid, void>("first"), col<&Parent::id> == 1);
       },
       in_text("OUTER JOIN kids AS first")},
      {"with_polymorphic",
       [](const Query &q) { return q.options(declorm::with_polymorphic<StepParent>()); },
       in_text("stepparents")},
      {"selectinload",
       [](const Query &q) { return q.options(declorm::selectinload<&Parent::kids>()); },
       all(kids_loaded)},
      {"joinedload of a list",
       [](const Query &q) { return q.options(declorm::joinedload<&Parent::kids>()); },
       all(kids_loaded)},
      {"joinedload of one object",
       [](const Query &q) { return q.options(declorm::joinedload<&Parent::boss>()); },
       all([](declorm::Session &session, Parent &parent) {
         return session.is_loaded(parent, &Parent::boss) && (parent.id == 1 || parent.boss);
       })},
      {"populate_existing", [](const Query &q) { return q.populate_existing(); },
       all([](declorm::Session &, Parent &parent) { return parent.name != "changed"; })},
      {"page_after", [](const Query &q) { return q.page_after(1, 3); },
       [](declorm::Session &, const Query &query, const Objects &objects) {
         return has(query, *engine, "parents.id > ?") && has(query, *engine, "LIMIT") &&
                std::ranges::is_sorted(objects, {}, [](Parent *parent) { return parent->id; });
       },
       true},
  };
  return list;
}

static int failures = 0;

static void check(const Builder &first, const Builder &second) {
  declorm::Session session(*engine, {.autoflush = false});
  for (Parent &parent : session.query<Parent>())
    if (first.name == std::string("populate_existing") ||
        second.name == std::string("populate_existing"))
      parent.name = "changed";
  if (&first == &second && std::string(first.name).ends_with("join"))
    return; // a class stands in a statement once
  const std::string pair = std::string(first.name) + ", " + second.name;
  try {
    const Query query = second.build(first.build(session.query<Parent>()));
    const Objects objects = query.all();
    const bool page =
        first.name == std::string("page_after") || second.name == std::string("page_after");
    for (const Builder *one : {&first, &second})
      if (objects.empty() || !one->shows(session, query, objects)) {
        std::cout << pair << ": no " << one->name << std::endl;
        ++failures;
      }
    if (page && first.orders && second.orders) {
      std::cout << pair << ": accepted" << std::endl;
      ++failures;
    }
  } catch (const declorm::Error &error) {
    const bool is_meant = first.orders && second.orders &&
                          std::string(error.what()).starts_with("page_after() orders by ");
    if (!is_meant) {
      std::cout << pair << ": " << error.what() << std::endl;
      ++failures;
    }
  }
}

int main() {
  const declorm::Engine made = test::open_database();
  engine = &made;
  declorm::metadata().create_all(*engine);
  {
    declorm::Session session(*engine);
    for (std::int64_t id = 1; id != 7; ++id) {
      Parent &parent = id % 2 ? session.emplace<Parent>() : session.emplace<StepParent>();
      parent.id = id;
      parent.name = std::string(1, char('a' + (id * 5) % 7));
      if (id > 1)
        parent.boss_id = 1;
      session.add(Kid{.id = 2 * id, .parent_id = id});
      session.add(Kid{.id = 2 * id + 1, .parent_id = id});
    }
    session.commit();
  }
  for (const Builder &first : builders())
    for (const Builder &second : builders())
      check(first, second);
  // CHECK: 13 builders, 0 failures
  std::cout << builders().size() << " builders, " << failures << " failures" << std::endl;

  // The line of the report, with all its variations.
  declorm::Session session(*engine);
  // CHECK-NEXT: 5 pages: 2 2 2 2 2
  const auto page = session.query<Parent>()
                        .options(declorm::selectinload<&Parent::kids>())
                        .page_after(std::nullopt, 5)
                        .all();
  std::cout << page.size() << " pages:";
  for (const Parent *parent : page)
    std::cout << ' ' << parent->kids.size();
  std::cout << std::endl;
  session.expunge_all();
  // CHECK-NEXT: 1 2 a path: 2
  for (const Kid *kid :
       session.query<Kid>()
           .options(declorm::joinedload<&Kid::parent>().selectinload<&Parent::kids>())
           .page_after(std::nullopt, 1)
           .all())
    std::cout << kid->parent->id << ' ' << kid->id << " a path: " << kid->parent->kids.size()
              << std::endl;
  session.expunge_all();
  // Only to read.
  // CHECK-NEXT: read: 2 2
  std::cout << "read:";
  for (const Parent &parent : session.query<const Parent>()
                                  .options(declorm::selectinload<&Parent::kids>())
                                  .page_after(2, 2))
    std::cout << ' ' << parent.kids.size();
  std::cout << std::endl;

  // What a batch or a statement could not keep is refused.
  // CHECK-NEXT: InvalidRequestError: yield_per(): objects of class 'Kid' ({{.*}}:27) that are read in batches are no part of the session, so that selectinload(), joinedload() and contains_eager() have nothing to fill; read pages of them with page_after()
  test::attempt([&] {
    session.query<const Kid>().options(declorm::selectinload<&Kid::parent>()).yield_per(2).begin();
  });
  const auto refused = [&](const auto &query) {
    test::attempt([&] { query.delete_(); });
    test::attempt([&] { query.update(col<&Kid::parent_id> = 1); });
  };
  // CHECK-COUNT-6: InvalidRequestError: update() and delete_() of a query take filters only, no joins, orders or limits, and no distinct()
  refused(session.query<Kid>().order_by(col<&Kid::id>));
  refused(session.query<Kid>().distinct());
  refused(session.query<Kid>().page_after(1, 1));
}
