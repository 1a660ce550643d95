// S16: concrete hierarchies by calls: a base that is read with the classes below it, and columns of
// a base that a class below does not take.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using namespace declorm;

struct Employee {
  std::int64_t id = 0;
  std::string name;
  std::optional<std::string> office;
};
struct Engineer : Employee {
  std::string language;
};
struct Guest : Employee {
  int days = 0;
};

int main() {
  MetaData metadata;
  Table &employees = metadata.add_table("employees", Column("id", Integer, primary_key),
                                        Column("name", String), Column("office", String));
  Table &engineers =
      metadata.add_table("engineers", Column("id", Integer, primary_key), Column("name", String),
                         Column("office", String), Column("language", String));
  Table &guests = metadata.add_table("guests", Column("id", Integer, primary_key),
                                     Column("name", String), Column("days", Integer));
  Registry registry(metadata);
  registry.map_imperatively<Employee>(employees, concrete_base, concrete_discriminator("kind"),
                                      polymorphic_identity("employee"), field<&Employee::id>("id"),
                                      field<&Employee::name>("name"),
                                      field<&Employee::office>("office"));
  registry.map_imperatively<Engineer>(engineers, inherits<Employee>(), concrete,
                                      polymorphic_identity("engineer"),
                                      field<&Engineer::language>("language"));
  registry.map_imperatively<Guest>(guests, inherits<Employee>(), concrete,
                                   polymorphic_identity("guest"), include_properties("id", "name"),
                                   field<&Guest::days>("days"));
  const Engine engine = test::traced_engine();
  metadata.create_all(engine);
  Session session(engine);
  session.emplace<Employee>().name = "ann";
  Engineer &bob = session.emplace<Engineer>();
  bob.name = "bob";
  bob.office = "2.1";
  bob.language = "c++";
  Guest &eve = session.emplace<Guest>();
  eve.name = "eve";
  eve.days = 3;
  session.commit();
  session.expunge_all();
  test::tracing = true;
  // CHECK: > SELECT pjoin.{{.*}}AS kind{{.*}}UNION ALL{{.*}}
  // CHECK-NEXT: ann
  // CHECK-NEXT: bob 2.1 c++
  // CHECK-NEXT: eve 3
  for (Employee &employee : session.query<Employee>().order_by(col<&Employee::name>)) {
    std::cout << employee.name;
    if (employee.office)
      std::cout << ' ' << *employee.office;
    if (const Engineer *engineer = session.as<Engineer>(employee))
      std::cout << ' ' << engineer->language;
    if (const Guest *guest = session.as<Guest>(employee))
      std::cout << ' ' << guest->days;
    std::cout << std::endl;
  }
}
