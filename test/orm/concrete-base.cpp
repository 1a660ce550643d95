// S57, S65, S69, S71, S105: concrete classes and a base with a table (concrete_base): each class's
// rows in a table of its own, a query for the base reads their union and gives the real classes.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col, declorm::desc, declorm::select;

struct [[using declorm: table("employee"), concrete_base,
         polymorphic_identity("employee")]] Employee {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(50)]] std::string name;
  [[declorm::column]] std::optional<int> desk{};
};
struct [[using declorm: table("manager"), concrete, polymorphic_identity("manager"),
         exclude_properties("desk")]] Manager : Employee {
  [[using declorm: column, length(40)]] std::string manager_data;
};
struct Tagged { // not the first base, so that the Employee in it is not at its beginning
  [[declorm::column]] int tag = 0;
};
struct [[using declorm: table("engineer"), concrete, polymorphic_identity("engineer")]] Engineer
    : Tagged,
      Employee {
  [[using declorm: column, length(40)]] std::string engineer_info;
  [[using declorm: column, length(60)]] std::string name; // declared again: one value
};
// Below a concrete class, and of the union too.
struct [[using declorm: table("chief"), concrete, polymorphic_identity("chief"),
         include_properties({"id", "name"})]] Chief : Manager {};

void say(const char *what) { std::cout << "-- " << what << std::endl; }

void show(declorm::Session &session, Employee &employee) {
  std::cout << employee.name << ' ' << employee.id;
  if (employee.desk)
    std::cout << " desk " << *employee.desk;
  if (const Engineer *engineer = session.as<Engineer>(employee))
    std::cout << " is an Engineer who " << engineer->engineer_info << ", tag " << engineer->tag
              << (engineer->name == employee.name ? "" : " BUT NAMES DIFFER");
  if (const Manager *manager = session.as<Manager>(employee))
    std::cout << " is a Manager who '" << manager->manager_data << "'"
              << (session.as<Chief>(employee) ? ", a Chief" : "");
  std::cout << std::endl;
}

int main() {
  declorm::Engine engine = test::traced_engine();
  test::tracing = true;
  // CHECK: > CREATE TABLE chief ( id INTEGER NOT NULL, name VARCHAR(50) NOT NULL, PRIMARY KEY (id) ) --
  // CHECK-NEXT: > CREATE TABLE employee ( id INTEGER NOT NULL, name VARCHAR(50) NOT NULL, desk INTEGER, PRIMARY KEY (id) ) --
  // CHECK-NEXT: > CREATE TABLE engineer ( tag INTEGER NOT NULL, id INTEGER NOT NULL, desk INTEGER, engineer_info VARCHAR(40) NOT NULL, name VARCHAR(60) NOT NULL, PRIMARY KEY (id) ) --
  // CHECK-NEXT: > CREATE TABLE manager ( id INTEGER NOT NULL, name VARCHAR(50) NOT NULL, manager_data VARCHAR(40) NOT NULL, PRIMARY KEY (id) ) --
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);

  say("add");
  // CHECK-NEXT: -- add
  // CHECK-NEXT: > INSERT INTO employee (name, desk) VALUES (?, ?) -- 'pat' 3
  // CHECK-NEXT: > INSERT INTO manager (id, name, manager_data) VALUES (?, ?, ?) -- 2 'qbert' 'knows how to manage'
  // CHECK-NEXT: > INSERT INTO engineer (tag, id, desk, engineer_info, name) VALUES (?, ?, ?, ?, ?) -- 7 3 5 'hacks' 'qbert'
  // CHECK-NEXT: > INSERT INTO chief (id, name) VALUES (?, ?) -- 5 'ada'
  session.add(Employee{.name = "pat", .desk = 3});
  session.flush();
  Manager tom;
  tom.id = 2;
  tom.name = "qbert";
  tom.manager_data = "knows how to manage";
  session.add(std::move(tom));
  session.flush();
  Engineer qbert;
  qbert.id = 3;
  qbert.tag = 7;
  qbert.desk = 5;
  qbert.name = "qbert";
  qbert.engineer_info = "hacks";
  session.add(Engineer(qbert));
  qbert.id = 4;
  qbert.tag = 8;
  qbert.desk.reset();
  qbert.name = "kurt";
  qbert.engineer_info = "hacks too";
  session.add(Engineer(qbert));
  session.flush();
  Chief ada;
  ada.id = 5;
  ada.name = "ada";
  session.add(std::move(ada));
  session.commit();
  session.expunge_all();

  say("all");
  // CHECK-NEXT: -- all
  // CHECK-NEXT: > SELECT pjoin.id, pjoin.name, pjoin.desk, pjoin.type, pjoin.manager_data, pjoin.tag, pjoin.engineer_info FROM (SELECT employee.id, employee.name, employee.desk, CAST(NULL AS VARCHAR(40)) AS manager_data, CAST(NULL AS INTEGER) AS tag, CAST(NULL AS VARCHAR(40)) AS engineer_info, 'employee' AS type FROM employee UNION ALL SELECT manager.id, manager.name, CAST(NULL AS INTEGER) AS desk, manager.manager_data, CAST(NULL AS INTEGER) AS tag, CAST(NULL AS VARCHAR(40)) AS engineer_info, 'manager' AS type FROM manager UNION ALL SELECT engineer.id, engineer.name, engineer.desk, CAST(NULL AS VARCHAR(40)) AS manager_data, engineer.tag, engineer.engineer_info, 'engineer' AS type FROM engineer UNION ALL SELECT chief.id, chief.name, CAST(NULL AS INTEGER) AS desk, CAST(NULL AS VARCHAR(40)) AS manager_data, CAST(NULL AS INTEGER) AS tag, CAST(NULL AS VARCHAR(40)) AS engineer_info, 'chief' AS type FROM chief) AS pjoin ORDER BY pjoin.id --
  // CHECK-NEXT: pat 1 desk 3
  // CHECK-NEXT: qbert 2 is a Manager who 'knows how to manage'
  // CHECK-NEXT: qbert 3 desk 5 is an Engineer who hacks, tag 7
  // CHECK-NEXT: kurt 4 is an Engineer who hacks too, tag 8
  // CHECK-NEXT: ada 5 is a Manager who '', a Chief
  for (Employee &employee : session.query<Employee>().order_by(col<&Employee::id>))
    show(session, employee);

  say("filters on the base's columns, limit");
  // CHECK-NEXT: -- filters on the base's columns, limit
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.name = ? ORDER BY pjoin.id DESC LIMIT ? -- 'qbert' 5
  // CHECK-NEXT: qbert 3 desk 5 is an Engineer who hacks, tag 7
  // CHECK-NEXT: qbert 2 is a Manager who 'knows how to manage'
  for (Employee &employee : session.query<Employee>()
                                .filter(col<&Employee::name> == "qbert")
                                .order_by(desc(col<&Employee::id>))
                                .limit(5))
    show(session, employee);

  say("filters on columns of classes below");
  // CHECK-NEXT: -- filters on columns of classes below
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.engineer_info = ? OR pjoin.manager_data LIKE ? ORDER BY pjoin.name -- 'hacks too' '%manage'
  // CHECK-NEXT: kurt 4 is an Engineer who hacks too, tag 8
  // CHECK-NEXT: qbert 2 is a Manager who 'knows how to manage'
  for (Employee &employee : session.query<Employee>()
                                .filter(col<&Engineer::engineer_info> == "hacks too" ||
                                        declorm::attr<Manager>("manager_data").like("%manage"))
                                .order_by(col<&Employee::name>))
    show(session, employee);
  // CHECK-NEXT: > SELECT count(*) {{.*}} AS pjoin WHERE pjoin.desk IS NOT NULL{{.*}} --
  // CHECK-NEXT: 2
  std::cout << session.query<Employee>().filter(col<&Employee::desk>.is_not_null()).count()
            << std::endl;

  say("a concrete class reads its own table");
  // CHECK-NEXT: -- a concrete class reads its own table
  // CHECK-NEXT: > SELECT engineer.tag, engineer.id, engineer.desk, engineer.engineer_info, engineer.name FROM engineer WHERE engineer.name = ? AND engineer.name = ? -- 'kurt' 'kurt'
  // CHECK-NEXT: kurt 4 is an Engineer who hacks too, tag 8
  for (Engineer &engineer : session.query<Engineer>().filter(col<&Employee::name> == "kurt" &&
                                                             col<&Engineer::name> == "kurt"))
    show(session, engineer);
  // CHECK-NEXT: > SELECT manager.id, manager.name, manager.manager_data FROM manager --
  // CHECK-NEXT: 1
  std::cout << session.query<Manager>().all().size() << std::endl;

  say("get");
  // CHECK-NEXT: -- get
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.id = ? -- 3
  // CHECK-NEXT: qbert 3 desk 5 is an Engineer who hacks, tag 7
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.id = ? -- 99
  // CHECK-NEXT: 1
  show(session, *session.get<Employee>(3));
  std::cout << (session.get<Employee>(99) == nullptr) << std::endl;

  say("change and delete through the base");
  // CHECK-NEXT: -- change and delete through the base
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin ORDER BY pjoin.id --
  // CHECK-NEXT: > UPDATE chief SET name = ? WHERE chief.id = ? -- 'ada!' 5
  // CHECK-NEXT: > UPDATE employee SET name = ? WHERE employee.id = ? -- 'pat!' 1
  // CHECK-NEXT: > UPDATE engineer SET desk = ? WHERE engineer.id = ? -- 9 3
  // CHECK-NEXT: > UPDATE manager SET name = ? WHERE manager.id = ? -- 'qbert!' 2
  // CHECK-NEXT: > DELETE FROM engineer WHERE engineer.id = ? -- 4
  std::vector<Employee *> employees = session.query<Employee>().order_by(col<&Employee::id>).all();
  for (Employee *employee : employees)
    if (session.as<Engineer>(*employee))
      employee->desk = 9;
    else
      employee->name += '!';
  session.delete_(*employees[3]);
  session.commit();
  // CHECK-NEXT: > SELECT employee.id, employee.name, employee.desk FROM employee WHERE employee.id = ? -- 1
  // CHECK-NEXT: pat! 1 desk 3
  session.refresh(*employees[0]);
  show(session, *employees[0]);
  // CHECK-NEXT: > SELECT engineer.tag, engineer.id, engineer.desk, engineer.engineer_info, engineer.name FROM engineer WHERE engineer.id = ? -- 3
  // CHECK-NEXT: qbert 3 desk 9 is an Engineer who hacks, tag 7
  session.refresh(*employees[2]);
  show(session, *employees[2]);

  say("pending rows are written before the union is read; a base's column in a statement");
  // CHECK-NEXT: -- pending rows are written before the union is read; a base's column in a statement
  // CHECK-NEXT: > INSERT INTO manager (id, name, manager_data) VALUES (?, ?, ?) -- 3 'twin' ''
  // CHECK-NEXT: twin 3
  // CHECK-NEXT: qbert 3
  // CHECK-NEXT: > SELECT pjoin.name, e.id FROM {{.*}} AS pjoin JOIN (SELECT {{.*}}) AS e ON e.id = pjoin.id AND e.name != pjoin.name ORDER BY e.name --
  Manager twin;
  twin.id = 3;
  twin.name = "twin";
  session.add(std::move(twin));
  const auto e = declorm::alias<Employee>("e");
  for (const auto &[name, id] :
       session.execute(select(col<&Employee::name>, e.col<&Employee::id>)
                           .from<Employee>()
                           .join(e, e.col<&Employee::id> == col<&Employee::id> &&
                                        e.col<&Employee::name> != col<&Employee::name>)
                           .order_by(e.col<&Employee::name>)))
    std::cout << name << ' ' << id << std::endl;

  say("one key in two tables");
  // CHECK-NEXT: -- one key in two tables
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin WHERE pjoin.id = ? -- 3
  // CHECK-NEXT: MultipleResultsFound: get(): 2 tables that class 'Employee' ({{.*}}concrete-base.cpp:9) is read from have a row with key (3): 'manager', 'engineer'; get() the object as the class of one of them
  test::attempt([&] { session.get<Employee>(3); });

  say("statements write the class's own table");
  // CHECK-NEXT: -- statements write the class's own table
  // CHECK-NEXT: > UPDATE employee SET name = ? WHERE employee.name = ? AND employee.desk = ? -- 'pete' 'pat!' 3
  session.execute(declorm::update<Employee>()
                      .where(col<&Employee::name> == "pat!" && declorm::attr<Employee>("desk") == 3)
                      .set(col<&Employee::name> = "pete"));
  // CHECK-NEXT: > SELECT {{.*}} AS pjoin ORDER BY pjoin.id LIMIT ? -- 1
  // CHECK-NEXT: pete 1 desk 3
  show(session, *session.query<Employee>().order_by(col<&Employee::id>).first());
  // CHECK-NEXT: InvalidRequestError: update() and delete_() of a query for class 'Employee': it reads the rows of several tables, and a statement writes one; query the classes below it, change or delete_() their objects, or write update<T>() and delete_<T>() for table 'employee' alone
  test::attempt([&] { session.query<Employee>().delete_(); });
  // CHECK-NEXT: > SELECT chief.id FROM chief WHERE chief.name = ? -- 'ada!'
  // CHECK-NEXT: > DELETE FROM chief WHERE chief.name = ? -- 'ada!'
  session.query<Chief>().filter(col<&Employee::name> == "ada!").delete_();
  // merge() knows its object's class: a Manager with that key is another row.
  // CHECK-NEXT: > SELECT employee.id, employee.name, employee.desk FROM employee WHERE employee.id = ? -- 2
  // CHECK-NEXT: > INSERT INTO employee (id, name, desk) VALUES (?, ?, ?) -- 2 'new' NULL
  session.merge(Employee{.id = 2, .name = "new"});
  session.flush();
  // CHECK-NEXT: employee employee; concrete engineer
  std::cout << declorm::table_of<Employee>().name() << ' '
            << declorm::mapper_of<Employee>().polymorphic_identity()->as<std::string>()
            << "; concrete "
            << declorm::mapper_of<Engineer>().polymorphic_identity()->as<std::string>()
            << std::endl;
}
