// Each builder of a statement keeps what every other one said, whichever comes first.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <functional>
#include <vector>

using declorm::alias, declorm::col, declorm::count, declorm::select, declorm::text;

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[declorm::column]] int age = 0;
};
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::int64_t user_id = 0;
};

static const declorm::Dialect &sqlite = declorm::dialect("sqlite");

/// A builder and what it writes.
template <class Statement> struct Builder {
  std::function<Statement(const Statement &)> build;
  const char *text;
};

template <class Statement>
void check(const char *what, const Statement &start,
           const std::vector<Builder<Statement>> &builders) {
  int failures = 0;
  for (const Builder<Statement> &first : builders)
    for (const Builder<Statement> &second : builders) {
      if (&first == &second)
        continue;
      const std::string sql = test::text_of(second.build(first.build(start)), sqlite);
      for (const Builder<Statement> *one : {&first, &second})
        if (sql.find(one->text) == std::string::npos) {
          std::cout << what << ": no '" << one->text << "' in: " << sql << std::endl;
          ++failures;
        }
    }
  std::cout << what << ": " << builders.size() << " builders, " << failures << " failures"
            << std::endl;
}

int main() {
  declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  const auto id = col<&User::id>;
  const auto other = alias<User>("other");

  using Select = decltype(select<User>());
  // CHECK: select: 12 builders, 0 failures
  check<Select>(
      "select", select<User>(),
      {{[&](const Select &s) { return s.where(id > 1); }, "users.id > ?"},
       {[&](const Select &s) { return s.where(col<&User::age> > 1); }, "users.age > ?"},
       {[&](const Select &s) { return s.from(alias<Note, void>("more")); }, "notes AS more"},
       {[&](const Select &s) { return s.join<Note>(col<&Note::user_id> == id); }, " JOIN notes"},
       {[&](const Select &s) { return s.join(other, other.col<&User::id> > id); },
        "JOIN users AS other"},
       {[&](const Select &s) { return s.group_by(col<&User::name>); }, "GROUP BY users."},
       {[&](const Select &s) { return s.having(count() > 1).group_by(id); }, "HAVING count(*) > ?"},
       {[&](const Select &s) { return s.distinct(); }, "SELECT DISTINCT"},
       {[&](const Select &s) { return s.order_by(col<&User::age>); }, "ORDER BY users.age"},
       {[&](const Select &s) { return s.limit(3); }, "LIMIT ?"},
       {[&](const Select &s) { return s.offset(3); }, "OFFSET ?"},
       {[&](const Select &s) { return s.with_for_update(); }, "SELECT "}});
  // CHECK-NEXT: SELECT DISTINCT users.id, users.name, users.age, count(*) FROM users JOIN notes ON notes.user_id = users.id WHERE users.id > ? GROUP BY users.id ORDER BY users.id LIMIT ? OFFSET ?
  std::cout << test::text_of(select<User>()
                                 .distinct()
                                 .join<Note>(col<&Note::user_id> == id)
                                 .where(id > 1)
                                 .group_by(id)
                                 .order_by(id)
                                 .limit(1)
                                 .offset(2)
                                 .add_columns(count()),
                             sqlite)
            << std::endl;

  using Compound = decltype(select(id).union_(select(id)));
  // CHECK-NEXT: union: 4 builders, 0 failures
  check<Compound>(
      "union", select(id).where(id > 1).union_(select(id).limit(7)),
      {{[&](const Compound &s) { return s.order_by(id); }, "ORDER BY 1"},
       {[&](const Compound &s) { return s.limit(3); }, "LIMIT ?"},
       {[&](const Compound &s) { return s.offset(3); }, "OFFSET ?"},
       {[&](const Compound &s) { return s.union_(select(id).where(id < 9)); }, "users.id < ?"}});

  declorm::Connection connection = engine.connect();
  using Objects = decltype(connection.select<User>());
  // CHECK-NEXT: objects: 6 builders, 0 failures
  check<Objects>(
      "objects", connection.select<User>(),
      {{[&](const Objects &s) { return s.where(id > 1); }, "users.id > ?"},
       {[&](const Objects &s) { return s.join<Note>(col<&Note::user_id> == id); }, "JOIN notes"},
       {[&](const Objects &s) { return s.order_by(id); }, "ORDER BY users.id"},
       {[&](const Objects &s) { return s.limit(3); }, "LIMIT ?"},
       {[&](const Objects &s) { return s.offset(3); }, "OFFSET ?"},
       {[&](const Objects &s) { return s.distinct(); }, "SELECT DISTINCT"}});

  const auto age = col<&User::age>;
  using Update = decltype(declorm::update<User>());
  // CHECK-NEXT: update: 4 builders, 0 failures
  check<Update>("update", declorm::update<User>().set(age = 1),
                {{[&](const Update &u) { return u.set(col<&User::name> = "x"); }, "name = ?"},
                 {[&](const Update &u) { return u.where(id == 1); }, "users.id = ?"},
                 {[&](const Update &u) { return u.where(age < 9); }, "users.age < ?"},
                 {[&](const Update &u) { return u.from<Note>(); }, "FROM notes"}});
  // CHECK-NEXT: UPDATE users SET age = ? FROM notes WHERE notes.user_id = users.id RETURNING id, name
  std::cout << test::text_of(declorm::update<User>()
                                 .join<Note>(col<&Note::user_id> == id)
                                 .set(age = 1)
                                 .returning(id)
                                 .returning(col<&User::name>),
                             sqlite)
            << std::endl;

  using Delete = decltype(declorm::delete_<User>());
  // CHECK-NEXT: delete: 3 builders, 0 failures
  check<Delete>("delete", declorm::delete_<User>(),
                {{[&](const Delete &d) { return d.where(id == 1); }, "users.id = ?"},
                 {[&](const Delete &d) { return d.where(age < 9); }, "users.age < ?"},
                 {[&](const Delete &d) { return d.from<Note>(); }, "FROM notes"}});

  using Insert = decltype(declorm::insert<User>());
  // CHECK-NEXT: insert: 3 builders, 0 failures
  check<Insert>(
      "insert", declorm::insert<User>().values(col<&User::name> = "a", age = 1),
      {{[&](const Insert &i) { return i.values(col<&User::name> = "b", age = 2); }, "), ("},
       {[&](const Insert &i) { return i.on_conflict_do_update({col<&User::name>}, age = 5); },
        "DO UPDATE SET age = ?"},
       {[&](const Insert &i) { return Insert(i.returning(id).core()); }, "RETURNING id"}});
  // What can be said once only is refused the second time.
  // CHECK-NEXT: ArgumentError: on_conflict_do_nothing(): the insert says already what is done with a row that is there; it can say so once
  test::attempt([&] {
    declorm::insert<User>().on_conflict_do_update({id}, age = 1).on_conflict_do_nothing();
  });
  // CHECK-NEXT: ArgumentError: on_conflict_do_update(): the insert says already what is done with a row that is there; it can say so once
  test::attempt([&] {
    declorm::insert<User>().on_conflict_do_nothing().on_conflict_do_update({id}, age = 1);
  });
  // CHECK-NEXT: ArgumentError: from_select(): the insert has a SELECT already; union_all() makes one of two
  test::attempt(
      [&] { declorm::insert<User>().from_select(select(id), id).from_select(select(age), id); });

  // Values of raw SQL, in several calls; the last one of a name counts.
  // CHECK-NEXT: [3 7]
  test::show_rows(connection.execute(text("SELECT :a, :b")
                                         .bindparams({{"a", 1}})
                                         .bindparams({{"b", 7}})
                                         .bindparams({{"a", 3}})
                                         .columns<int, int>()));
  // CHECK-NEXT: SELECT count(*) FILTER (WHERE users.id > ? AND users.age > ?) OVER (PARTITION BY users.name ORDER BY users.id) AS n FROM users
  std::cout << test::text_of(
                   select(count()
                              .filter(id > 1)
                              .filter(age > 1)
                              .over(declorm::partition_by(col<&User::name>), declorm::order_by(id))
                              .label("n")),
                   sqlite)
            << std::endl;
}
