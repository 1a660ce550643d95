// model.h: a shop and those who work there. It includes nothing of declorm.
#ifndef REPORTS_MODEL_H
#define REPORTS_MODEL_H

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace shop {

struct [[declorm::table("customers")]] Customer {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40)]] std::string name;
};

struct [[declorm::table("products")]] Product {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40)]] std::string name;
};

struct [[declorm::table("orders")]] Order {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("customers.id"), index]] std::int64_t customer_id = 0;
  [[using declorm: column, index]] std::chrono::year_month_day day{};
};

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("orders.id"), index]] std::int64_t order_id = 0;
  [[using declorm: column, foreign_key("products.id"), index]] std::int64_t product_id = 0;
  [[declorm::column]] std::int64_t amount = 1;
  [[declorm::column]] std::int64_t price = 0; // in cents, of one
};

struct [[declorm::table("staff")]] Employee {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40)]] std::string name;
  [[using declorm: column, foreign_key("staff.id"), index]]
  std::optional<std::int64_t> manager_id;
};

} // namespace shop

#endif // REPORTS_MODEL_H
