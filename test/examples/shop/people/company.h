// company.h: companies, which people work for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace people {

struct Employee;

struct [[declorm::table("companies")]] Company {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40), unique]] std::string name;
  [[using declorm: relationship, back_populates("company"), order_by("Employee.name"),
    cascade("all, delete-orphan")]]
  std::vector<Employee *> staff{};
  // Whom nobody is above.
  [[using declorm: relationship, viewonly, order_by("Employee.name"),
    primaryjoin("Employee.company_id == Company.id and is_null(Employee.boss_id)")]]
  std::vector<Employee *> heads{};
};

} // namespace people
