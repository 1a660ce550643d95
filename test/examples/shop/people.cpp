// people.cpp: companies and those who work there.
#include "people/company.h"
#include "people/employee.h"
#include "program.h"

using declorm::col, declorm::selectinload;

namespace people {

// Reports before bosses, people before their companies: the flush finds the order.
void fill(declorm::Session &session) {
  const auto named = []<class T>(T person, const char *name) {
    person.name = name;
    return person;
  };
  Courier &cora = session.add(named(Courier(), "cora"));
  cora.vehicle = "bike";
  Employee &eli = session.add(named(Employee(), "eli"));
  Manager &max = session.add(named(Manager(), "max"));
  Employee &eve = session.add(named(Employee(), "eve"));
  Manager &mia = session.add(named(Manager(), "mia"));
  Courier &carl = session.add(named(Courier(), "carl"));
  mia.budget = 9.5;
  max.budget = 4;
  cora.boss = &max;
  eli.boss = &max;
  mia.reports = {&max, &carl};
  session.add(Company{.name = "Apex"}).staff = {&mia, &cora, &max, &eli, &carl};
  Company &zenith = session.add(Company{.name = "Zenith"});
  eve.company = &zenith;
}

static void show(declorm::Session &session, const Company &company) {
  std::cout << company.name << std::endl;
  for (Employee *person : company.staff) {
    std::cout << "  " << person->name << ", " << person->role;
    if (const Manager *manager = session.as<Manager>(*person))
      std::cout << " with " << manager->budget;
    else if (const Courier *courier = session.as<Courier>(*person))
      std::cout << " by " << courier->vehicle.value_or("foot");
    std::cout << ", of " << (person->company ? person->company->name : "?") << std::endl;
  }
}

static void show_tree(const Employee &person, int depth) {
  std::cout << std::string(std::size_t(2 * depth), ' ') << person.name << std::endl;
  for (const Employee *report : person.reports)
    show_tree(*report, depth + 1);
}

void show(const declorm::Engine &engine) {
  const auto by_name = [](declorm::Session &session) {
    return session.query<Company>().order_by(col<&Company::name>);
  };
  {
    heading("companies with selectinload");
    declorm::Session session(engine);
    const Logged log;
    for (const Company &company : by_name(session).options(selectinload<&Company::staff>()))
      show(session, company);
  }
  {
    heading("companies with joinedload, and their heads with all below");
    declorm::Session session(engine);
    const Logged log;
    for (const Company &company : by_name(session).options(
             declorm::joinedload<&Company::staff>(), selectinload<&Company::heads>()
                                                         .selectinload<&Employee::reports>()
                                                         .selectinload<&Employee::reports>())) {
      show(session, company);
      for (const Employee *head : company.heads)
        show_tree(*head, 1);
    }
  }
  {
    heading("loading one by one, where back pointers are known already");
    declorm::Session session(engine);
    const Logged log;
    Company &apex = *session.get<Company>(1);
    session.load(apex, &Company::staff);
    for (Employee *person : apex.staff)
      session.load(*person, &Employee::company);
    Employee &carl = *apex.staff.front();
    std::cout << carl.name << " is loaded: " << session.is_loaded(carl, &Employee::company) << ' '
              << session.is_loaded(carl, &Employee::boss) << ' '
              << session.is_loaded(carl, &Employee::reports) << std::endl;
    session.load(carl, &Employee::boss);
    std::cout << carl.boss->name << " is above " << carl.name << std::endl;
  }
}

void change(const declorm::Engine &engine) {
  {
    heading("max goes to Zenith with those below him; his list is not loaded");
    declorm::Session session(engine);
    const Logged log;
    Employee &max = session.query<Employee>().filter(col<&Employee::name> == "max").one();
    Company &zenith = session.query<Company>().filter(col<&Company::name> == "Zenith").one();
    session.load(max, &Employee::reports);
    zenith.staff.push_back(&max);
    for (Employee *report : max.reports)
      report->company = &zenith;
    session.commit();
  }
  {
    heading("eve replaces max; a circle of bosses is no circle of rows");
    declorm::Session session(engine);
    Company &zenith = *session.get<Company>(2);
    session.load(zenith, &Company::staff);
    Employee *eve = zenith.staff[2], *max = zenith.staff[3];
    const Logged log;
    session.set(*eve, &Employee::reports, {});
    std::cout << eve->name << " over " << max->name << std::endl;
    session.load(*max, &Employee::reports);
    eve->reports = std::exchange(max->reports, {});
    max->boss = eve;
    session.commit();
    session.load(*eve, &Employee::reports);
    show_tree(*eve, 1);
  }
}

void remove(const declorm::Engine &engine) {
  declorm::Session session(engine);
  {
    heading("Zenith closes: who works there goes, from the bottom to the top");
    Company &zenith = session.query<Company>().filter(col<&Company::name> == "Zenith").one();
    const Logged log;
    session.delete_(zenith);
    session.flush();
    show_rows(session, "SELECT id, clerk_id, courier_id FROM orders ORDER BY 1");
    session.rollback();
    std::cout << "and is there again: " << session.contains(zenith) << ", with "
              << zenith.staff.size() << std::endl;
  }
  {
    heading("who is taken out of a company goes, and takes no report along");
    Company &zenith = session.query<Company>().filter(col<&Company::name> == "Zenith").one();
    Employee &max = session.query<Employee>().filter(col<&Employee::name> == "max").one();
    session.load(zenith, &Company::staff);
    Courier cleo;
    cleo.name = "cleo";
    cleo.company = &zenith;
    const Logged log;
    session.add(std::move(cleo)).boss = &max;
    session.flush();
    std::erase(zenith.staff, &max);
    session.commit();
    show_rows(session, "SELECT id, name, company_id, boss_id FROM employees ORDER BY 1");
  }
}

} // namespace people
