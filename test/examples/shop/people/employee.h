// employee.h: employees: managers in a table of their own beside, couriers in the same one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop {
struct Order;
}

namespace people {

struct Company;

struct [[using declorm: table("employees"), polymorphic_on("role"),
         polymorphic_identity("employee")]] Employee {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(20)]] std::string role;
  [[using declorm: column, length(40)]] std::string name;
  [[using declorm: column, foreign_key("companies.id")]] std::int64_t company_id = 0;
  [[using declorm: column, foreign_key("employees.id")]] std::optional<std::int64_t> boss_id{};

  [[declorm::relationship]] Company *company = nullptr;
  [[using declorm: relationship, remote_side("Employee.id")]] Employee *boss = nullptr;
  [[using declorm: relationship, back_populates("boss"), order_by("Employee.name")]]
  std::vector<Employee *> reports{};
  [[using declorm: relationship, back_populates("clerk"), order_by("Order.id")]]
  std::vector<shop::Order *> orders{};
};

struct [[using declorm: table("managers"), polymorphic_identity("manager")]] Manager : Employee {
  [[declorm::column]] double budget = 0;
};

struct [[using declorm: mapped, polymorphic_identity("courier")]] Courier : Employee {
  [[using declorm: column, length(20)]] std::optional<std::string> vehicle{};
  [[using declorm: relationship, back_populates("courier"), order_by("Order.id")]]
  std::vector<shop::Order *> deliveries{};
};

} // namespace people
