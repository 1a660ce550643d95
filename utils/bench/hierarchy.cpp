// Loading a hierarchy of three levels, S in one table, J joined, against the same SELECT by hand: a
// third of the rows of each class, objects of their real classes.
#include "utils/bench/sqlite.h"

#include <declorm/declorm.h>

#include <deque>
#include <optional>
#include <set>

namespace bench {
namespace {

struct [[using declorm: table("accounts"), polymorphic_on("kind"),
         polymorphic_identity(1)]] Account {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int kind = 0;
  [[declorm::column]] std::string name;
};
struct [[using declorm: mapped, polymorphic_identity(2)]] Customer : Account {
  [[declorm::column]] std::string email;
};
struct [[using declorm: mapped, polymorphic_identity(3)]] Vip : Customer {
  [[declorm::column]] double discount = 0;
};

struct [[using declorm: table("people"), polymorphic_on("kind"), polymorphic_identity(1)]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int kind = 0;
  [[declorm::column]] std::string name;
};
struct [[using declorm: table("employees"), polymorphic_identity(2)]] Employee : Person {
  [[declorm::column]] std::string email;
};
struct [[using declorm: table("managers"), polymorphic_identity(3)]] Manager : Employee {
  [[declorm::column]] double discount = 0;
};

/// Adds the rows of records() as objects of the three classes in turn, and commits.
template <class Base, class Middle, class Leaf> void fill(const declorm::Engine &engine) {
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  const auto set = [](auto object, const Record &record) {
    object.id = record.id;
    object.name = record.name;
    if constexpr (requires { object.email; })
      object.email = record.email;
    if constexpr (requires { object.discount; })
      object.discount = record.score;
    return object;
  };
  for (const Record &record : records()) {
    if (record.id % 3 == 0)
      session.add(set(Base(), record));
    else if (record.id % 3 == 1)
      session.add(set(Middle(), record));
    else
      session.add(set(Leaf(), record));
  }
  session.commit();
}

std::uint64_t checksum_of(std::int64_t id, const std::string &name, const std::string *email,
                          const double *discount) {
  return static_cast<std::uint64_t>(id) * 31 + name.size() * 7 +
         static_cast<unsigned char>(name.back()) +
         (email ? static_cast<unsigned char>((*email)[13]) : 0u) +
         (discount ? static_cast<std::uint64_t>(*discount) : 0u);
}

std::uint64_t wanted() {
  std::uint64_t sum = 0;
  for (const Record &record : records())
    sum += checksum_of(record.id, record.name, record.id % 3 != 0 ? &record.email : nullptr,
                       record.id % 3 == 2 ? &record.score : nullptr);
  return sum;
}

/// Objects of three classes by hand: they never move, and there is a list of all.
template <class Base, class Middle, class Leaf> struct Loaded {
  std::deque<Base> bases;
  std::deque<Middle> middles;
  std::deque<Leaf> leaves;
  std::vector<Base *> all;

  void read(const Statement &row) {
    switch (row.integer(1)) {
    case 1:
      return base(row, bases.emplace_back());
    case 2:
      return middle(row, middles.emplace_back());
    default:
      Leaf &leaf = leaves.emplace_back();
      leaf.discount = row.real(4);
      return middle(row, leaf);
    }
  }
  void middle(const Statement &row, Middle &object) {
    row.text(3, object.email);
    base(row, object);
  }
  void base(const Statement &row, Base &object) {
    object.id = row.integer(0);
    object.kind = static_cast<int>(row.integer(1));
    row.text(2, object.name);
    all.push_back(&object);
  }
  std::uint64_t checksum() const {
    std::uint64_t sum = 0;
    for (const Base &object : bases)
      sum += checksum_of(object.id, object.name, nullptr, nullptr);
    for (const Middle &object : middles)
      sum += checksum_of(object.id, object.name, &object.email, nullptr);
    for (const Leaf &object : leaves)
      sum += checksum_of(object.id, object.name, &object.email, &object.discount);
    return sum;
  }
};

/// From the database attached as "source".
void copy(Database &database, const declorm::Table &table) {
  database.execute(declorm::create_sql(table, declorm::dialect("sqlite")).c_str());
  database.execute(
      ("INSERT INTO main." + table.name() + " SELECT * FROM source." + table.name()).c_str());
}

template <class Base, class Middle, class Leaf>
void by_hand(benchmark::State &state, Store store, const char *sql) {
  const Location source(Store::file), location(store);
  fill<Base, Middle, Leaf>(declorm::create_engine(source.url()));
  Database database(store == Store::file ? source.path() : location.path());
  if (store == Store::memory) {
    database.execute(("ATTACH '" + source.path() + "' AS source").c_str());
    std::set<const declorm::Table *> tables{
        &declorm::table_of<Base>(), &declorm::table_of<Middle>(), &declorm::table_of<Leaf>()};
    for (const declorm::Table *table : declorm::metadata().sorted_tables())
      if (tables.contains(table))
        copy(database, *table);
  }
  std::optional<Loaded<Base, Middle, Leaf>> loaded;
  measure(state, [&] {
    loaded.emplace();
    Statement select(database, sql);
    while (select.step())
      loaded->read(select);
  });
  expect_equal(loaded->checksum(), wanted(), "hierarchy by hand");
  measure(state, [&] { loaded.reset(); });
}

template <class Base, class Middle, class Leaf>
void by_session(benchmark::State &state, Store store, bool joins) {
  Location location(store);
  const declorm::Engine engine = declorm::create_engine(location.url());
  fill<Base, Middle, Leaf>(engine);
  std::optional<declorm::Session> session;
  std::vector<Base *> loaded;
  measure(state, [&] {
    auto query = session.emplace(engine).query<Base>();
    loaded = joins ? query.options(declorm::with_polymorphic<>()).all() : query.all();
  });
  std::uint64_t sum = 0;
  for (Base *object : loaded) {
    const Middle *middle = session->as<Middle>(*object);
    const Leaf *leaf = session->as<Leaf>(*object);
    sum += checksum_of(object->id, object->name, middle ? &middle->email : nullptr,
                       leaf ? &leaf->discount : nullptr);
  }
  expect_equal(sum, wanted(), "hierarchy, Session");
  measure(state, [&] { session.reset(), destroy(loaded); });
}

} // namespace

void add_hierarchy() {
  add_workload("S", "baseline", [](benchmark::State &state, Store store) {
    by_hand<Account, Customer, Vip>(state, store,
                                    "SELECT id, kind, name, email, discount FROM accounts");
  });
  add_workload("S", "session", [](benchmark::State &state, Store store) {
    by_session<Account, Customer, Vip>(state, store, false);
  });
  add_workload("J", "baseline", [](benchmark::State &state, Store store) {
    by_hand<Person, Employee, Manager>(
        state, store,
        "SELECT people.id, kind, name, email, discount FROM people LEFT JOIN employees ON "
        "employees.id = people.id LEFT JOIN managers ON managers.id = employees.id");
  });
  add_workload("J", "session", [](benchmark::State &state, Store store) {
    by_session<Person, Employee, Manager>(state, store, false);
  });
  add_workload("J", "joins", [](benchmark::State &state, Store store) {
    by_session<Person, Employee, Manager>(state, store, true);
  });
}

} // namespace bench
