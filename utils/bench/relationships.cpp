// Parents with ten children each, saved (R), loaded with selectinload (L) and joinedload (M),
// changed (V: one child of each goes to the next parent), deleted (X), against the same statements
// by hand. V and X begin with objects that are loaded.
#include "utils/bench/sqlite.h"

#include <declorm/declorm.h>

#include <deque>
#include <optional>

namespace bench {
namespace {

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("parent"), cascade("all")]]
  std::vector<Child *> children;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("parents.id"), index]] std::int64_t parent_id = 0;
  [[declorm::relationship]] Parent *parent = nullptr;
};

constexpr std::size_t children_each = 10;
std::size_t parent_count() { return records().size() / children_each; }

/// By hand: objects that never move.
struct Family {
  std::deque<Parent> parents;
  std::deque<Child> children;
};

/// Ids count from 1, as the database gives them.
void make(Family &family) {
  for (std::size_t i = 0; i != parent_count(); ++i) {
    Parent &parent = family.parents.emplace_back();
    parent.name = records()[i].name;
    for (std::size_t j = 0; j != children_each; ++j) {
      Child &child = family.children.emplace_back();
      child.name = records()[i * children_each + j].email;
      child.parent = &parent;
      parent.children.push_back(&child);
    }
  }
}

std::uint64_t checksum_of(const Parent &parent) {
  std::uint64_t sum = static_cast<std::uint64_t>(parent.id) * 31 + parent.name.size();
  for (const Child *child : parent.children)
    sum += static_cast<std::uint64_t>(child->id) * static_cast<std::uint64_t>(parent.id) +
           child->name.size() + (child->parent == &parent);
  return sum;
}

std::int64_t last_id(Database &database) {
  Statement id(database, "SELECT last_insert_rowid()");
  id.step();
  return id.integer(0);
}

void insert(Database &database, Family &family) {
  Statement parents(database, "INSERT INTO parents (name) VALUES (?)");
  Statement children(database, "INSERT INTO children (name, parent_id) VALUES (?, ?)");
  std::int64_t id = last_id(database);
  for (Parent &parent : family.parents) {
    parents.bind(1, parent.name);
    parents.step();
    parents.reset();
    parent.id = ++id;
  }
  id = 0;
  for (Child &child : family.children) {
    child.parent_id = child.parent->id;
    children.bind(1, child.name);
    children.bind(2, child.parent_id);
    children.step();
    children.reset();
    child.id = ++id;
  }
}

void create(Database &database) {
  for (const declorm::Table *table : {&declorm::table_of<Parent>(), &declorm::table_of<Child>()})
    database.execute(declorm::create_sql(*table, declorm::dialect("sqlite")).c_str());
  database.execute("CREATE INDEX ix_children_parent_id ON children (parent_id)");
}

/// Keys ascend, so the parent of a child's row is found by counting.
void load_two(Database &database, Family &family) {
  Statement parents(database, "SELECT id, name FROM parents ORDER BY id");
  while (parents.step()) {
    Parent &parent = family.parents.emplace_back();
    parent.id = parents.integer(0);
    parents.text(1, parent.name);
  }
  Statement children(database, "SELECT id, name, parent_id FROM children");
  while (children.step()) {
    Child &child = family.children.emplace_back();
    child.id = children.integer(0);
    children.text(1, child.name);
    child.parent_id = children.integer(2);
    child.parent = &family.parents[static_cast<std::size_t>(child.parent_id - 1)];
    child.parent->children.push_back(&child);
  }
}

void load_joined(Database &database, Family &family) {
  Statement rows(database, "SELECT parents.id, parents.name, children.id, children.name, "
                           "children.parent_id FROM parents LEFT JOIN children ON "
                           "children.parent_id = parents.id ORDER BY parents.id");
  while (rows.step()) {
    if (family.parents.empty() || family.parents.back().id != rows.integer(0)) {
      Parent &parent = family.parents.emplace_back();
      parent.id = rows.integer(0);
      rows.text(1, parent.name);
    }
    Child &child = family.children.emplace_back();
    child.id = rows.integer(2);
    rows.text(3, child.name);
    child.parent_id = rows.integer(4);
    child.parent = &family.parents.back();
    child.parent->children.push_back(&child);
  }
}

void move_children(Database &database, Family &family) {
  Statement update(database, "UPDATE children SET parent_id = ? WHERE id = ?");
  for (std::size_t i = 0; i != family.parents.size(); ++i) {
    Child &child = *family.parents[i].children.front();
    child.parent_id = family.parents[(i + 1) % family.parents.size()].id;
    update.bind(1, child.parent_id);
    update.bind(2, child.id);
    update.step();
    update.reset();
  }
}

void remove(Database &database, Family &family) {
  Statement children(database, "DELETE FROM children WHERE id = ?");
  for (const Child &child : family.children) {
    children.bind(1, child.id);
    children.step();
    children.reset();
  }
  Statement parents(database, "DELETE FROM parents WHERE id = ?");
  for (const Parent &parent : family.parents) {
    parents.bind(1, parent.id);
    parents.step();
    parents.reset();
  }
}

std::uint64_t wanted() {
  Family family;
  make(family);
  std::int64_t parent_id = 0, child_id = 0;
  for (Parent &parent : family.parents)
    parent.id = ++parent_id;
  for (Child &child : family.children)
    child.id = ++child_id;
  std::uint64_t sum = 0;
  for (const Parent &parent : family.parents)
    sum += checksum_of(parent);
  return sum;
}

enum class Step { save, selectin, joined, change, remove };

template <Step step> void by_hand(benchmark::State &state, Store store) {
  Location location(store);
  Database database(location.path());
  create(database);
  std::optional<Family> family;
  const auto in_transaction = [&](auto work) {
    database.execute("BEGIN");
    work();
    database.execute("COMMIT");
  };
  const auto save = [&] {
    make(family.emplace());
    in_transaction([&] { insert(database, *family); });
  };
  if (step == Step::save)
    measure(state, save);
  else
    save();
  if (step == Step::selectin || step == Step::joined)
    family.reset();
  measure(state, [&] {
    if (step == Step::selectin)
      load_two(database, family.emplace());
    else if (step == Step::joined)
      load_joined(database, family.emplace());
    else if (step == Step::change)
      in_transaction([&] { move_children(database, *family); });
    else if (step == Step::remove)
      in_transaction([&] { remove(database, *family); });
  });
  if (step != Step::change && step != Step::remove) {
    std::uint64_t sum = 0;
    for (const Parent &parent : family->parents)
      sum += checksum_of(parent);
    expect_equal(sum, wanted(), "relationships by hand");
  }
  measure(state, [&] { family.reset(); });
}

std::vector<Parent *> add_all(declorm::Session &session) {
  std::vector<Parent *> parents;
  for (std::size_t i = 0; i != parent_count(); ++i) {
    Parent &parent = session.emplace<Parent>();
    parent.name = records()[i].name;
    for (std::size_t j = 0; j != children_each; ++j) {
      Child &child = session.emplace<Child>();
      child.name = records()[i * children_each + j].email;
      parent.children.push_back(&child);
    }
    parents.push_back(&parent);
  }
  return parents;
}

std::vector<Parent *> load(declorm::Session &session, bool joined) {
  const auto query = session.query<Parent>().order_by(declorm::col<&Parent::id>);
  return joined ? query.options(declorm::joinedload<&Parent::children>()).all()
                : query.options(declorm::selectinload<&Parent::children>()).all();
}

/// How many children's rows fulfil the condition.
std::uint64_t count(declorm::Session &session, const std::string &where) {
  const std::string sql = "SELECT count(*) FROM children" + where;
  return static_cast<std::uint64_t>(session.execute(sql).scalar().as<std::int64_t>());
}

template <Step step> void by_session(benchmark::State &state, Store store) {
  Location location(store);
  const declorm::Engine engine = declorm::create_engine(location.url());
  declorm::metadata().create_all(engine);
  std::optional<declorm::Session> session;
  std::vector<Parent *> parents;
  const auto save = [&] {
    parents = add_all(session.emplace(engine));
    session->commit();
  };
  if (step == Step::save) {
    measure(state, save);
  } else {
    save();
    session.reset();
  }
  if (step == Step::change || step == Step::remove)
    parents = load(session.emplace(engine), false);
  measure(state, [&] {
    if (step == Step::selectin || step == Step::joined) {
      parents = load(session.emplace(engine), step == Step::joined);
    } else if (step == Step::change) {
      for (std::size_t i = 0; i != parents.size(); ++i)
        parents[i]->children.front()->parent = parents[(i + 1) % parents.size()];
      session->commit();
    } else if (step == Step::remove) {
      for (Parent *parent : parents)
        session->delete_(*parent);
      session->commit();
    }
  });
  if (step == Step::change || step == Step::remove) {
    const std::size_t left = step == Step::change ? parent_count() : 0;
    expect_equal(count(*session, ""), left * children_each, "children, Session");
    expect_equal(count(*session, " WHERE (id - 1) / 10 + 1 <> parent_id"), left, "moved children");
  } else {
    std::uint64_t sum = 0;
    for (const Parent *parent : parents)
      sum += checksum_of(*parent);
    expect_equal(sum, wanted(), "relationships, Session");
  }
  measure(state, [&] { session.reset(), destroy(parents); });
}

template <Step step> void add(const char *name) {
  add_workload(name, "baseline", by_hand<step>);
  add_workload(name, "session", by_session<step>);
}

} // namespace

void add_relationships() {
  add<Step::save>("R");
  add<Step::selectin>("L");
  add<Step::joined>("M");
  add<Step::change>("V");
  add<Step::remove>("X");
}

} // namespace bench
