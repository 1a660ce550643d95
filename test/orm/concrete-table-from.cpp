// S66: a class that is mapped to a polymorphic_union, or to any other Table that a function makes
// (table_from). Its discriminator needs no member.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: %declorm_clang -DIDENTITY='"other"' %s %link_declorm -o %t && %database %t | FileCheck %s --check-prefix=IDENTITY --match-full-lines
// RUN: %declorm_clang -DCOLUMN='"kind"' %s %link_declorm -o %t && %database %t | FileCheck %s --check-prefix=COLUMN --match-full-lines
// RUN: %declorm_clang -DMEMBER='"title"' %s %link_declorm -o %t && %database %t | FileCheck %s --check-prefix=MEMBER --match-full-lines
#include "Inputs/traced.h"

using declorm::col, declorm::Column, declorm::MetaData, declorm::Table;
#ifndef IDENTITY
#define IDENTITY "engineer"
#endif
#ifndef COLUMN
#define COLUMN "type"
#endif
#ifndef MEMBER
#define MEMBER "name"
#endif

Table &make_managers(MetaData &metadata) {
  if (Table *known = metadata.find_table("managers"))
    return *known;
  return metadata.add_table(
      "managers", Column("employee_id", declorm::Integer, declorm::primary_key),
      Column("name", declorm::String(50)), Column("salary", declorm::Integer, declorm::not_null));
}
Table &make_union(MetaData &metadata) {
  Table &retired =
      metadata.add_table("retired", Column("employee_id", declorm::Integer, declorm::primary_key),
                         Column("name", declorm::String(50)));
  return declorm::polymorphic_union({{"manager", make_managers(metadata)},
                                     {"engineer", metadata.table("engineers")},
                                     {"retired", retired}},
                                    "type", "punion");
}

struct [[using declorm: table_from(&make_union), polymorphic_on(COLUMN)]] Employee {
  [[declorm::column]] std::int64_t employee_id = 0;
  [[declorm::column(MEMBER)]] std::string name;
};
struct [[using declorm: table("engineers"), concrete, polymorphic_identity(IDENTITY)]] Engineer
    : Employee {
  [[using declorm: column, primary_key]] std::int64_t employee_id = 0;
  [[declorm::column]] std::string name, info;
};
struct [[using declorm: table_from(&make_managers), concrete,
         polymorphic_identity("manager")]] Manager : Employee {
  [[declorm::column]] int salary = 0;
};

int main() {
  declorm::Engine engine = test::traced_engine();
  // IDENTITY: ArgumentError: the union 'punion' that class 'Employee' is read from has the identity 'engineer' for table 'engineers', and class 'Engineer' ({{.*}}) has 'other'; write the same in both places
  // COLUMN: ArgumentError: the table punion has no column 'kind'; there is {{.*}}
  // MEMBER: ArgumentError: class 'Manager' ({{.*}}:47), member 'name': the table managers has no column 'title'; there is employee_id, name, salary
  try {
    declorm::metadata().create_all(engine);
  } catch (const declorm::ArgumentError &error) {
    std::cout << "ArgumentError: " << error.what() << std::endl;
    return 0;
  }
  test::tracing = true;
  declorm::Session session(engine);
  // CHECK: > INSERT INTO engineers (employee_id, name, info) VALUES (?, ?, ?) -- 1 'kurt' 'hacks'
  // CHECK-NEXT: > INSERT INTO managers (employee_id, name, salary) VALUES (?, ?, ?) -- 2 'tom' 100
  Engineer &kurt = session.emplace<Engineer>();
  kurt.employee_id = 1;
  kurt.name = "kurt";
  kurt.info = "hacks";
  Manager &tom = session.emplace<Manager>();
  tom.employee_id = 2;
  tom.name = "tom";
  tom.salary = 100;
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: > SELECT punion.employee_id, punion.name, punion.type, punion.info, punion.salary FROM (SELECT managers.employee_id, managers.name, managers.salary, CAST(NULL AS VARCHAR) AS info, 'manager' AS type FROM managers UNION ALL SELECT engineers.employee_id, engineers.name, CAST(NULL AS INTEGER) AS salary, engineers.info, 'engineer' AS type FROM engineers UNION ALL SELECT retired.employee_id, retired.name, CAST(NULL AS INTEGER) AS salary, CAST(NULL AS VARCHAR) AS info, 'retired' AS type FROM retired) AS punion WHERE punion.name != ? ORDER BY punion.employee_id -- ''
  // CHECK-NEXT: 1 kurt hacks
  // CHECK-NEXT: 2 tom 100
  for (Employee &employee : session.query<Employee>()
                                .filter(col<&Employee::name> != "")
                                .order_by(col<&Employee::employee_id>)) {
    std::cout << employee.employee_id << ' ' << employee.name << ' ';
    if (const Engineer *engineer = session.as<Engineer>(employee))
      std::cout << engineer->info << std::endl;
    if (const Manager *manager = session.as<Manager>(employee))
      std::cout << manager->salary << std::endl;
  }
  // CHECK-NEXT: > SELECT {{.*}} AS punion WHERE punion.employee_id = ? -- 2
  // CHECK-NEXT: tom
  std::cout << session.get<Employee>(2)->name << std::endl;

  // A table of the union that no class stands for.
  // CHECK-NEXT: > INSERT INTO retired VALUES (3, 'ann') --
  // CHECK-NEXT: > SELECT {{.*}} AS punion --
  // CHECK-NEXT: InvalidRequestError: the row of table 'punion' with employee_id = 3 has type = 'retired', which stands for no class of the hierarchy of class 'Employee' ({{.*}}); there are 'engineer' (Engineer), 'manager' (Manager)
  session.execute("INSERT INTO retired VALUES (3, 'ann')");
  test::attempt([&] { session.query<Employee>().all(); });
}
