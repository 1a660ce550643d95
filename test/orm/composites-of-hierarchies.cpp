// Value objects in bases and subclasses, joined, single and in a union: written, filtered, changed,
// read by the base.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col, declorm::attr;

struct Money {
  [[declorm::column]] int amount = 0;
  [[declorm::column]] std::string currency = "EUR";
};
struct Place {
  [[declorm::column]] std::string street;
  [[declorm::column]] std::optional<int> number{};
};

struct [[using declorm: table("people"), polymorphic_on("type"),
         polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string type;
  [[declorm::composite("home_")]] Place home;
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Person {
  [[declorm::composite("pay_")]] Money pay;
};
struct [[using declorm: mapped, polymorphic_identity("lead")]] Lead : Engineer {
  [[declorm::composite("bonus_")]] Money bonus;
};
struct [[using declorm: mapped, polymorphic_identity("manager")]] Manager : Person {
  [[declorm::composite("office_")]] Place office;
};

int main() {
  for (const char *table : {"people", "engineers"})
    std::cout << declorm::create_sql(declorm::metadata().table(table), declorm::dialect("sqlite"))
              << std::endl;
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Lead &lead = session.emplace<Lead>();
  lead.home = {"Elm", 1};
  lead.pay = {100, "USD"};
  lead.bonus.amount = 7;
  session.emplace<Manager>().office = {"Oak", {}};
  session.emplace<Engineer>();
  session.commit();
  lead.home.number = 2;
  lead.pay.amount = 200;
  lead.bonus.currency = "GBP";
  session.commit();
  session.expunge_all();
  for (Person &person : session.query<Person>().order_by(col<&Person::id>)) {
    std::cout << person.id << ' ' << person.type << ' ' << person.home.street << ' '
              << person.home.number.value_or(0);
    if (const Engineer *engineer = session.as<Engineer>(person))
      std::cout << " pay " << engineer->pay.amount << ' ' << engineer->pay.currency;
    if (const Lead *found = session.as<Lead>(person))
      std::cout << " bonus " << found->bonus.amount << ' ' << found->bonus.currency;
    if (const Manager *manager = session.as<Manager>(person))
      std::cout << " office " << manager->office.street << ' '
                << manager->office.number.value_or(0);
    std::cout << std::endl;
  }
  std::cout << session.query<Engineer>().filter(attr<Engineer>("pay.amount") == 200).one().id
            << std::endl;
}

// The output:
// CHECK: CREATE TABLE people (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	type VARCHAR NOT NULL,
// CHECK-NEXT: 	home_street VARCHAR NOT NULL,
// CHECK-NEXT: 	home_number INTEGER,
// CHECK-NEXT: 	office_street VARCHAR,
// CHECK-NEXT: 	office_number INTEGER,
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: )
// CHECK-NEXT: CREATE TABLE engineers (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	pay_amount INTEGER NOT NULL,
// CHECK-NEXT: 	pay_currency VARCHAR NOT NULL,
// CHECK-NEXT: 	bonus_amount INTEGER,
// CHECK-NEXT: 	bonus_currency VARCHAR,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(id) REFERENCES people (id)
// CHECK-NEXT: )
// CHECK-NEXT: > INSERT INTO people (type, home_street, home_number) VALUES (?, ?, ?) -- 'lead' 'Elm' 1
// CHECK-NEXT: > INSERT INTO people (type, home_street, home_number, office_street, office_number) VALUES (?, ?, ?, ?, ?) -- 'manager' '' NULL 'Oak' NULL
// CHECK-NEXT: > INSERT INTO people (type, home_street, home_number) VALUES (?, ?, ?) -- 'engineer' '' NULL
// CHECK-NEXT: > INSERT INTO engineers (id, pay_amount, pay_currency, bonus_amount, bonus_currency) VALUES (?, ?, ?, ?, ?) -- 1 100 'USD' 7 'EUR'
// CHECK-NEXT: > INSERT INTO engineers (id, pay_amount, pay_currency) VALUES (?, ?, ?) -- 3 0 'EUR'
// CHECK-NEXT: > UPDATE people SET home_number = ? WHERE people.id = ? -- 2 1
// CHECK-NEXT: > UPDATE engineers SET pay_amount = ?, bonus_currency = ? WHERE engineers.id = ? -- 200 'GBP' 1
// CHECK-NEXT: > SELECT people.id, people.type, people.home_street, people.home_number, people.office_street, people.office_number FROM people ORDER BY people.id --
// CHECK-NEXT: > SELECT engineers.id, people.type, people.home_street, people.home_number, engineers.pay_amount, engineers.pay_currency, engineers.bonus_amount, engineers.bonus_currency FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.id IN (?, ?) -- 1 3
// CHECK-NEXT: 1 lead Elm 2 pay 200 USD bonus 7 GBP
// CHECK-NEXT: 2 manager  0 office Oak 0
// CHECK-NEXT: 3 engineer  0 pay 0 EUR
// CHECK-NEXT: > SELECT engineers.id, people.type, people.home_street, people.home_number, engineers.pay_amount, engineers.pay_currency, engineers.bonus_amount, engineers.bonus_currency FROM people JOIN engineers ON engineers.id = people.id WHERE engineers.pay_amount = ? LIMIT ? -- 200 2
// CHECK-NEXT: 1
// CHECK-NOT: {{.}}
