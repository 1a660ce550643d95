// passive_updates(false): the children of a parent whose key changes are loaded and written too;
// the database checks at COMMIT. passive_deletes: what is not loaded is the database's to delete.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

struct City;
struct Street;
struct [[declorm::table("countries")]] Country {
  [[using declorm: column, primary_key]] std::string code;
  [[using declorm: relationship, passive_updates(false), back_populates("country")]]
  std::vector<City *> cities;
};
struct [[declorm::table("cities")]] City {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("countries.code"), deferrable]]
  std::optional<std::string> country_code;
  [[declorm::relationship]] Country *country = nullptr;
  [[using declorm: relationship, passive_deletes, cascade("all"), back_populates("city")]]
  std::vector<Street *> streets;
};
struct [[declorm::table("streets")]] Street {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("cities.id"), on_delete("CASCADE")]]
  std::optional<int> city_id;
  [[declorm::relationship]] City *city = nullptr;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Country &country = session.emplace<Country>();
  country.code = "xx";
  City &first = session.emplace<City>(), &second = session.emplace<City>();
  country.cities = {&first, &second};
  first.streets = {&session.emplace<Street>()};
  session.commit();
  session.expunge_all();

  std::cout << "another key" << std::endl;
  Country &again = *session.get<Country>("xx");
  again.code = "yy";
  session.commit();
  for (City *city : again.cities)
    std::cout << city->country_code.value() << ' ';
  std::cout << std::endl << "deleted, and its street by the database" << std::endl;
  session.delete_(*session.get<City>(1));
  session.commit();
  std::cout << session.query<Street>().count() << std::endl;
}

// The output:
// CHECK: > INSERT INTO countries (code) VALUES (?) -- 'xx'
// CHECK-NEXT: > INSERT INTO cities (country_code) VALUES (?) -- 'xx'
// CHECK-NEXT: > INSERT INTO streets (city_id) VALUES (?) -- 1
// CHECK-NEXT: another key
// CHECK-NEXT: > SELECT countries.code FROM countries WHERE countries.code = ? -- 'xx'
// CHECK-NEXT: > SELECT cities.id, cities.country_code FROM cities WHERE cities.country_code IN (?) -- 'xx'
// CHECK-NEXT: > UPDATE countries SET code = ? WHERE countries.code = ? -- 'yy' 'xx'
// CHECK-NEXT: > UPDATE cities SET country_code = ? WHERE cities.id = ? -- 'yy' 1
// CHECK-NEXT: yy yy
// CHECK-NEXT: deleted, and its street by the database
// CHECK-NEXT: > SELECT cities.id, cities.country_code FROM cities WHERE cities.id = ? -- 1
// CHECK-NEXT: > DELETE FROM cities WHERE cities.id = ? -- 1
// CHECK-NEXT: > SELECT count(*) FROM streets --
// CHECK-NEXT: 0
