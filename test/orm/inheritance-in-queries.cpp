// Classes of hierarchies in joins, outer joins, aliases, subqueries, EXISTS, unions, UPDATE and
// DELETE: the tables of a joined class stand together, and a single-table class's condition stays
// with its table.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/show.h"
#include "Inputs/traced.h"

using declorm::col, declorm::count, declorm::exists, declorm::select;

struct [[declorm::table("companies")]] Company {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};
struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string type;
  [[using declorm: column, foreign_key("companies.id")]] std::optional<std::int64_t> company{};
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[declorm::column]] std::string language;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[declorm::column]] std::optional<int> budget{};
};

constexpr auto company_of_engineer = col<&Person::company, Engineer>;
constexpr auto company_of_manager = col<&Person::company, Manager>;

static void statements(declorm::Connection &connection) {
  const auto run = [&](const auto &statement) { test::show(connection, statement); };
  const auto engineer = declorm::alias<Engineer>("e");
  const auto manager = declorm::alias<Manager>("m");
  const auto person = declorm::alias<Person>("p");
  const auto companies = select(col<&Company::name>).from<Company>();
  const auto by_name = col<&Company::name>;

  run(select(by_name, col<&Engineer::language>)
          .from<Company>()
          .join<Engineer>(company_of_engineer == col<&Company::id>));
  run(select(by_name, count(col<&Engineer::id>))
          .from<Company>()
          .outer_join<Engineer>(company_of_engineer == col<&Company::id>)
          .group_by(by_name)
          .order_by(by_name));
  run(select(by_name, col<&Manager::budget>)
          .from<Company>()
          .outer_join<Manager>(company_of_manager == col<&Company::id>)
          .order_by(by_name));
  run(select(by_name, count(engineer.col<&Person::name>))
          .from<Company>()
          .outer_join(engineer, engineer.col<&Person::company> == col<&Company::id>)
          .group_by(by_name)
          .order_by(by_name));
  run(select(engineer.col<&Engineer::language>, manager.col<&Manager::budget>)
          .from(engineer)
          .join(manager, engineer.col<&Person::company> == manager.col<&Person::company>));
  run(select(col<&Person::name, Manager>, person.col<&Person::name>)
          .from<Manager>()
          .join(person, person.col<&Person::company> == company_of_manager)
          .order_by(person.col<&Person::name>));
  test::attempt([&] {
    run(select(col<&Engineer::language>, col<&Manager::budget>)
            .from<Engineer>()
            .join<Manager>(company_of_engineer == company_of_manager));
  });

  run(companies.where(exists(select(engineer.col<&Person::id>)
                                 .where(engineer.col<&Person::company> == col<&Company::id>))));
  run(companies.where(
      exists(select(col<&Manager::budget>).where(company_of_manager == col<&Company::id>))));
  run(companies.where(!exists(select<Engineer>().where(company_of_engineer == col<&Company::id>))));
  run(companies.where(col<&Company::id>.in_(select(company_of_engineer))));
  const auto subquery =
      select(col<&Engineer::language>, company_of_engineer.label("company")).subquery("q");
  run(select(subquery.column<std::string>("language")).from(subquery));
  run(select(col<&Person::name, Engineer>).union_(select(col<&Person::name, Manager>)));
  run(select(count()).from<Manager>());
  run(select(count()).from<Engineer>());
}

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  session.add(Company{.id = 1, .name = "apex"});
  session.add(Company{.id = 2, .name = "zenith"});
  Engineer &eve = session.emplace<Engineer>();
  eve.name = "eve";
  eve.company = 1;
  eve.language = "c++";
  Manager &max = session.emplace<Manager>();
  max.name = "max";
  max.company = 1;
  max.budget = 9;
  session.emplace<Person>().company = 2;
  session.commit();
  test::tracing = false;
  statements(session.connection());

  std::cout << "-- queries" << std::endl;
  test::tracing = true;
  for (Company &company : session.query<Company>()
                              .outer_join<Manager>(company_of_manager == col<&Company::id>)
                              .order_by(col<&Company::id>))
    std::cout << company.name << std::endl;
  for (Engineer &engineer :
       session.query<Engineer>()
           .join<Company>(col<&Person::company> == col<&Company::id>)
           .filter(col<&Company::name> == "apex" && col<&Person::name> == "eve")
           .distinct())
    std::cout << engineer.name << std::endl;
  for (Person *person : session.scalars(select<Person>().where(col<&Person::id> < 3)))
    std::cout << person->name << ' ' << (session.as<Engineer>(*person) == person) << std::endl;
  for (Person *person :
       session.scalars(select<Person>()
                           .where(col<&Person::id> == 2)
                           .union_all(select<Person>().where(col<&Person::id> == 1))
                           .order_by(col<&Person::id>)))
    std::cout << person->name << ' ' << (session.as<Manager>(*person) == person) << std::endl;
  const auto alias = declorm::alias<Person>("p");
  for (Person *person : session.scalars(select(alias).where(alias.col<&Person::name> == "max")))
    std::cout << session.as<Manager>(*person)->budget.value_or(0) << std::endl;
  std::cout << session.query<Engineer>().page_after(0, 5).all().size() << std::endl;
  std::cout << session.query<Person>().page_after(1, 1).all().size() << std::endl;

  std::cout << "-- writes" << std::endl;
  const auto person = declorm::alias<Person>("p");
  session.execute(
      declorm::update<Manager>()
          .set(col<&Manager::budget> = 5)
          .where(exists(select<Company>().where(col<&Company::id> == company_of_manager))));
  session.execute(
      declorm::update<Engineer>()
          .set(col<&Engineer::language> = "rust")
          .where(col<&Engineer::id>.in_(
              select(person.col<&Person::id>).where(person.col<&Person::name> == "eve"))));
  std::cout << eve.language << ' ' << session.get<Engineer>(1)->language << ' '
            << session.get<Manager>(2)->budget.value_or(0) << std::endl;
  std::cout << session.query<Engineer>()
                   .filter(col<&Person::name> == "eve")
                   .update(col<&Engineer::language> = "d")
            << std::endl;
  std::cout << session.query<Manager>().delete_() << ' ' << session.query<Person>().count()
            << std::endl;
}

// The output:
// CHECK: > INSERT INTO companies (id, name) VALUES (?, ?) -- 1 'apex'
// CHECK-NEXT: > INSERT INTO people (name, type, company) VALUES (?, ?, ?) -- 'eve' 'engineer' 1
// CHECK-NEXT: > INSERT INTO people (name, type, company, budget) VALUES (?, ?, ?, ?) -- 'max' 'manager' 1 9
// CHECK-NEXT: > INSERT INTO people (name, type, company) VALUES (?, ?, ?) -- '' 'person' 2
// CHECK-NEXT: > INSERT INTO engineers (id, language) VALUES (?, ?) -- 1 'c++'
// CHECK-NEXT: SELECT companies.name, engineers.language FROM companies JOIN (people JOIN engineers ON engineers.id = people.id) ON people.company = companies.id
// CHECK-NEXT: [apex c++]
// CHECK-NEXT: SELECT companies.name, count(engineers.id) FROM companies LEFT OUTER JOIN (people JOIN engineers ON engineers.id = people.id) ON people.company = companies.id GROUP BY companies.name ORDER BY companies.name
// CHECK-NEXT: [apex 1] [zenith 0]
// CHECK-NEXT: SELECT companies.name, people.budget FROM companies LEFT OUTER JOIN people ON people.company = companies.id AND people.type IN (?) ORDER BY companies.name
// CHECK-NEXT: [apex 9] [zenith -]
// CHECK-NEXT: SELECT companies.name, count(e_people.name) FROM companies LEFT OUTER JOIN (people AS e_people JOIN engineers AS e ON e.id = e_people.id) ON e_people.company = companies.id GROUP BY companies.name ORDER BY companies.name
// CHECK-NEXT: [apex 1] [zenith 0]
// CHECK-NEXT: SELECT e.language, m.budget FROM people AS e_people JOIN engineers AS e ON e.id = e_people.id JOIN people AS m ON e_people.company = m.company AND m.type IN (?)
// CHECK-NEXT: [c++ 9]
// CHECK-NEXT: SELECT people.name, p.name FROM people JOIN people AS p ON p.company = people.company WHERE people.type IN (?) ORDER BY p.name
// CHECK-NEXT: [max eve] [max max]
// CHECK-NEXT: ArgumentError: the statement reads from Engineer and Manager under one name; give one of them a name of its own with alias<T>("name")
// CHECK-NEXT: SELECT companies.name FROM companies WHERE EXISTS (SELECT 1 FROM people AS e_people JOIN engineers AS e ON e.id = e_people.id WHERE e_people.company = companies.id)
// CHECK-NEXT: [apex]
// CHECK-NEXT: SELECT companies.name FROM companies WHERE EXISTS (SELECT 1 FROM people WHERE people.company = companies.id AND people.type IN (?))
// CHECK-NEXT: [apex]
// CHECK-NEXT: SELECT companies.name FROM companies WHERE NOT EXISTS (SELECT 1 FROM people JOIN engineers ON engineers.id = people.id WHERE people.company = companies.id)
// CHECK-NEXT: [zenith]
// CHECK-NEXT: SELECT companies.name FROM companies WHERE companies.id IN (SELECT people.company FROM people JOIN engineers ON engineers.id = people.id)
// CHECK-NEXT: [apex]
// CHECK-NEXT: SELECT q.language FROM (SELECT engineers.language, people.company AS company FROM people JOIN engineers ON engineers.id = people.id) AS q
// CHECK-NEXT: [c++]
// CHECK-NEXT: SELECT people.name FROM people JOIN engineers ON engineers.id = people.id UNION SELECT people.name FROM people WHERE people.type IN (?)
// CHECK-NEXT: [eve] [max]
// CHECK-NEXT: SELECT count(*) FROM people WHERE people.type IN (?)
// CHECK-NEXT: [1]
// CHECK-NEXT: SELECT count(*) FROM people JOIN engineers ON engineers.id = people.id
// CHECK-NEXT: [1]
// CHECK-NEXT: -- queries
// CHECK-NEXT: > SELECT companies.id, companies.name FROM companies LEFT OUTER JOIN people ON people.company = companies.id AND people.type IN (?) ORDER BY companies.id -- 'manager'
// CHECK-NEXT: apex
// CHECK-NEXT: zenith
// CHECK-NEXT: > SELECT DISTINCT engineers.id, people.name, people.type, people.company, engineers.language FROM people JOIN engineers ON engineers.id = people.id JOIN companies ON people.company = companies.id WHERE companies.name = ? AND people.name = ? -- 'apex' 'eve'
// CHECK-NEXT: eve
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.company, people.budget FROM people WHERE people.id < ? -- 3
// CHECK-NEXT: eve 1
// CHECK-NEXT: max 0
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.company, people.budget FROM people WHERE people.id = ? UNION ALL SELECT people.id, people.name, people.type, people.company, people.budget FROM people WHERE people.id = ? ORDER BY 1 -- 2 1
// CHECK-NEXT: eve 0
// CHECK-NEXT: max 1
// CHECK-NEXT: > SELECT p.id, p.name, p.type, p.company, p.budget FROM people AS p WHERE p.name = ? -- 'max'
// CHECK-NEXT: 9
// CHECK-NEXT: > SELECT engineers.id, people.name, people.type, people.company, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id > ? ORDER BY engineers.id LIMIT ? -- 0 5
// CHECK-NEXT: 1
// CHECK-NEXT: > SELECT people.id, people.name, people.type, people.company, people.budget FROM people WHERE people.id > ? ORDER BY people.id LIMIT ? -- 1 1
// CHECK-NEXT: 1
// CHECK-NEXT: -- writes
// CHECK-NEXT: > UPDATE people SET budget = ? WHERE EXISTS (SELECT 1 FROM companies WHERE companies.id = people.company) AND people.type IN (?) -- 5 'manager'
// CHECK-NEXT: > UPDATE engineers SET language = ? WHERE engineers.id IN (SELECT p.id FROM people AS p WHERE p.name = ?) -- 'rust' 'eve'
// CHECK-NEXT: c++ > SELECT engineers.id, people.name, people.type, people.company, engineers.language FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id = ? -- 1
// CHECK-NEXT: rust > SELECT people.id, people.name, people.type, people.company, people.budget FROM people WHERE people.id = ? AND people.type IN (?) -- 2 'manager'
// CHECK-NEXT: 5
// CHECK-NEXT: > SELECT engineers.id FROM people JOIN engineers ON engineers.id = people.id WHERE people.name = ? -- 'eve'
// CHECK-NEXT: > UPDATE engineers SET language = ? WHERE engineers.id IN (?) -- 'd' 1
// CHECK-NEXT: 1
// CHECK-NEXT: > SELECT people.id FROM people WHERE people.type IN (?) -- 'manager'
// CHECK-NEXT: > DELETE FROM people WHERE people.type IN (?) -- 'manager'
// CHECK-NEXT: 1 > SELECT count(*) FROM people --
// CHECK-NEXT: 2
// CHECK-NOT: {{.}}
