// Parents whose lists of ten children are lazy: loaded one by one, at their first touch (N),
// against as many statements by hand and against selectinload, which takes two; and touched a
// hundred times more when they are loaded (O), against plain vectors.
#include "utils/bench/sqlite.h"

#include <declorm/declorm.h>

#include <deque>
#include <optional>

namespace bench {
namespace {

struct Pupil;
struct [[declorm::table("classes")]] Class {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("class_")]] declorm::lazy_list<Pupil> pupils;
};
struct [[declorm::table("pupils")]] Pupil {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("classes.id"), index]] std::int64_t class_id = 0;
  [[declorm::relationship]] declorm::lazy<Class> class_;
};

constexpr std::size_t pupils_each = 10, touches = 100;
std::size_t class_count() { return records().size() / pupils_each; }

/// By hand: objects that never move.
struct PlainClass;
struct PlainPupil {
  std::int64_t id = 0;
  std::string name;
  std::int64_t class_id = 0;
  PlainClass *class_ = nullptr;
};
struct PlainClass {
  std::int64_t id = 0;
  std::string name;
  std::vector<PlainPupil *> pupils;
};
struct School {
  std::deque<PlainClass> classes;
  std::deque<PlainPupil> pupils;
};

void save(const declorm::Engine &engine) {
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  for (std::size_t i = 0; i != class_count(); ++i) {
    Class &made = session.emplace<Class>();
    made.name = records()[i].name;
    for (std::size_t j = 0; j != pupils_each; ++j) {
      Pupil &pupil = session.emplace<Pupil>();
      pupil.name = records()[i * pupils_each + j].email;
      made.pupils.push_back(&pupil);
    }
  }
  session.commit();
}

void save(Database &database) {
  for (const declorm::Table *table : {&declorm::table_of<Class>(), &declorm::table_of<Pupil>()})
    database.execute(declorm::create_sql(*table, declorm::dialect("sqlite")).c_str());
  database.execute("CREATE INDEX ix_pupils_class_id ON pupils (class_id)");
  database.execute("BEGIN");
  Statement classes(database, "INSERT INTO classes (name) VALUES (?)");
  Statement pupils(database, "INSERT INTO pupils (name, class_id) VALUES (?, ?)");
  for (std::size_t i = 0; i != class_count() * pupils_each; ++i) {
    if (i % pupils_each == 0) {
      classes.bind(1, records()[i / pupils_each].name);
      classes.step();
      classes.reset();
    }
    pupils.bind(1, records()[i].email);
    pupils.bind(2, static_cast<std::int64_t>(i / pupils_each + 1));
    pupils.step();
    pupils.reset();
  }
  database.execute("COMMIT");
}

/// Reads the list of each object, and from each of its objects the way back.
template <class Classes> std::uint64_t sum_of(const Classes &classes) {
  std::uint64_t sum = 0;
  for (const auto *one : classes)
    for (const auto *pupil : one->pupils)
      sum += static_cast<std::uint64_t>(pupil->id * one->id) + (pupil->class_ == one);
  return sum;
}

std::uint64_t wanted() {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i != class_count() * pupils_each; ++i)
    sum += (i + 1) * (i / pupils_each + 1) + 1;
  return sum;
}

std::uint64_t sum_again_and_again(const auto &classes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i != touches; ++i)
    sum += sum_of(classes);
  return sum;
}

enum class Way { touch, selectin };

std::vector<PlainClass *> load_by_hand(Database &database, School &school) {
  std::vector<PlainClass *> classes;
  Statement rows(database, "SELECT id, name FROM classes");
  while (rows.step()) {
    PlainClass &one = school.classes.emplace_back();
    one.id = rows.integer(0);
    rows.text(1, one.name);
    classes.push_back(&one);
  }
  Statement list(database, "SELECT id, name, class_id FROM pupils WHERE class_id = ?");
  for (PlainClass *one : classes) {
    list.bind(1, one->id);
    while (list.step()) {
      PlainPupil &pupil = school.pupils.emplace_back();
      pupil.id = list.integer(0);
      list.text(1, pupil.name);
      pupil.class_id = list.integer(2);
      pupil.class_ = one;
      one->pupils.push_back(&pupil);
    }
    list.reset();
  }
  return classes;
}

template <bool again> void by_hand(benchmark::State &state, Store store) {
  Location location(store);
  Database database(location.path());
  save(database);
  std::optional<School> school;
  std::vector<PlainClass *> classes;
  std::uint64_t sum = 0;
  const auto load = [&] { classes = load_by_hand(database, school.emplace()); };
  if (again) {
    load();
    measure(state, [&] { sum = sum_again_and_again(classes) / touches; });
  } else {
    measure(state, [&] {
      load();
      sum = sum_of(classes);
    });
  }
  expect_equal(sum, wanted(), "lists by hand");
  if (!again)
    measure(state, [&] { school.reset(), destroy(classes); });
}

template <bool again, Way way> void by_session(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = declorm::create_engine(location.url());
  save(engine);
  std::optional<declorm::Session> session;
  std::vector<Class *> classes;
  std::uint64_t sum = 0;
  const auto load = [&] {
    const auto query = session.emplace(engine).query<Class>();
    classes = way == Way::touch ? query.all()
                                : query.options(declorm::selectinload<&Class::pupils>()).all();
  };
  if (again) {
    load();
    sum = sum_of(classes);
    measure(state, [&] { sum = sum_again_and_again(classes) / touches; });
  } else {
    measure(state, [&] {
      load();
      sum = sum_of(classes);
    });
  }
  expect_equal(sum, wanted(), "lazy lists");
  if (!again)
    measure(state, [&] { session.reset(), destroy(classes); });
}

} // namespace

void add_lazy() {
  add_workload("N", "baseline", by_hand<false>);
  add_workload("N", "lazy", by_session<false, Way::touch>);
  add_workload("N", "selectin", by_session<false, Way::selectin>);
  add_workload("O", "baseline", by_hand<true>);
  add_workload("O", "lazy", by_session<true, Way::touch>);
}

} // namespace bench
