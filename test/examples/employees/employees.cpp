// employees.cpp: one program for three ways to keep a hierarchy of classes in tables.
#include "../../Inputs/database.h"
#include "model.h"

#include <declorm/declorm.h>
#include <iostream>

using declorm::col, declorm::select;

static void show(declorm::Session &session, Person &person) {
  std::cout << "  " << person.id << ' ' << person.name;
  if (const Engineer *engineer = session.as<Engineer>(person))
    std::cout << ", an engineer (" << engineer->status.value_or("no status") << ") who writes "
              << engineer->language;
  else if (const Manager *manager = session.as<Manager>(person))
    std::cout << ", a manager (" << manager->status.value_or("no status") << ") with "
              << manager->budget.value_or(0);
  std::cout << ", of " << session.get<Company>(person.company_id)->name << '\n';
}

static void show_all(declorm::Session &session) {
  for (Person &person : session.query<Person>().order_by(col<&Person::id>))
    show(session, person);
}

// Ids are given: the tables of concrete classes count theirs apart.
template <class T> static T made(std::int64_t id, const char *name, const Company &company) {
  T person;
  person.id = id;
  person.name = name;
  person.company_id = company.id;
  return person;
}

static void fill(declorm::Session &session) {
  const Company &apex = session.add(Company{.name = "Apex"});
  const Company &zenith = session.add(Company{.name = "Zenith"});
  session.flush();
  session.add(made<Person>(1, "pat", apex));
  Engineer ada = made<Engineer>(2, "ada", apex);
  ada.language = "c++";
  ada.status = "regular";
  session.add(std::move(ada));
  session.add(made<Engineer>(3, "eve", zenith)).language = "rust";
  Manager max = made<Manager>(4, "max", zenith);
  max.budget = 2.5;
  max.status = "on leave";
  session.add(std::move(max));
  session.add(made<Manager>(5, "mia", apex));
  session.commit();
}

static void run(const declorm::Engine &engine) {
  {
    declorm::Session session(engine);
    fill(session);
  }
  declorm::Session session(engine);
  std::cout << "people:\n";
  show_all(session);

  std::cout << "of Apex, behind a:\n";
  for (Person &person : session.query<Person>()
                            .join<Company>(col<&Company::id> == col<&Person::company_id>)
                            .filter(col<&Company::name> == "Apex" && col<&Person::name> > "b")
                            .order_by(declorm::desc(col<&Person::name>)))
    show(session, person);

  std::cout << "engineers, managers, people:\n  " << session.query<Engineer>().count() << ' '
            << session.query<Manager>().count() << ' ' << session.query<Person>().count() << '\n';
  std::cout << "engineers who write c++:\n";
  for (Engineer &engineer : session.query<Engineer>().filter(col<&Engineer::language> == "c++" &&
                                                             col<&Engineer::name>.like("a%")))
    show(session, engineer);
  std::cout << "a filter on subclasses' columns:\n";
  for (Person &person :
       session.query<Person>()
           .options(declorm::with_polymorphic<>())
           .filter(col<&Engineer::language> == "rust" || col<&Manager::budget> > 1.0)
           .order_by(col<&Person::id>))
    show(session, person);

  std::cout << "get:\n";
  Person &eve = *session.get<Person>(3);
  show(session, eve);
  std::cout << "  one object: " << (session.get<Engineer>(3) == &eve)
            << ", not a manager: " << (session.get<Manager>(3) == nullptr) << '\n';

  std::cout << "promotions:\n";
  eve.name = "Eve";
  session.as<Engineer>(eve)->status = "senior";
  session.get<Manager>(5)->budget = 7;
  session.delete_(*session.get<Person>(2));
  session.commit();
  session.expunge_all();
  show_all(session);

  std::cout << "taken back:\n";
  Person &max = *session.get<Person>(4);
  max.name = "gone";
  session.as<Manager>(max)->status.reset();
  session.delete_(*session.get<Engineer>(3));
  session.add(made<Engineer>(6, "new", *session.get<Company>(1)));
  session.flush();
  show_all(session);
  session.rollback();
  std::cout << "  and:\n";
  show_all(session);

  std::cout << "companies by people:\n";
  for (const auto &[name, people] :
       session.execute(select(col<&Company::name>, declorm::count(col<&Person::id>))
                           .from<Company>()
                           .join<Person>(col<&Person::company_id> == col<&Company::id>)
                           .group_by(col<&Company::name>)
                           .order_by(col<&Company::name>)))
    std::cout << "  " << name << ' ' << people << '\n';
}

int main(int argc, char **) {
  if (argc > 1) { // the tables
    for (const declorm::Table *table : declorm::metadata().sorted_tables())
      std::cout << declorm::create_sql(*table, declorm::dialect("sqlite")) << '\n';
    return 0;
  }
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  run(engine);
}
