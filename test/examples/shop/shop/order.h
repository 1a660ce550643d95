// order.h: orders, their items, and what came back of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace people {
struct Courier;
struct Employee;
} // namespace people

namespace shop {

class Customer;
struct Item;
struct Product;
struct Return;

struct [[declorm::table("orders")]] Order {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] bool shipped = false;
  [[using declorm: column, foreign_key("customers.id")]] std::int64_t customer_id = 0;
  [[using declorm: column, foreign_key("customers.id")]] std::optional<std::int64_t> payer_id{};
  [[using declorm: column, foreign_key("employees.id")]] std::optional<std::int64_t> clerk_id{};
  [[using declorm: column, foreign_key("employees.id")]] std::optional<std::int64_t> courier_id{};

  [[using declorm: relationship, foreign_keys("Order.customer_id")]] Customer *customer = nullptr;
  [[declorm::relationship]] Customer *payer = nullptr; // joined as Customer::bills says
  [[using declorm: relationship, foreign_keys("Order.clerk_id")]] people::Employee *clerk = nullptr;
  [[using declorm: relationship, foreign_keys("Order.courier_id")]]
  people::Courier *courier = nullptr;
  [[using declorm: relationship, back_populates("order"), map_key("line"),
    cascade("all, delete-orphan")]]
  std::map<int, Item *> items{};
};

struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key, foreign_key("orders.id")]] std::int64_t order_id = 0;
  [[using declorm: column, primary_key]] int line = 0;
  [[using declorm: column, foreign_key("products.id")]] std::int64_t product_id = 0;
  [[declorm::column]] int quantity = 1;

  [[declorm::relationship]] Order *order = nullptr;
  [[declorm::relationship]] Product *product = nullptr;
  [[using declorm: relationship, back_populates("item"), order_by("Return.id"),
    cascade("all, delete-orphan")]]
  std::vector<Return *> returns{};
};

struct [[using declorm: table("returns"),
         foreign_key_constraint({"order_id", "line"}, {"items.order_id", "items.line"})]] Return {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::int64_t order_id = 0;
  [[declorm::column]] int line = 0;
  [[using declorm: column, length(60)]] std::string reason;
  [[declorm::relationship]] Item *item = nullptr;
};

} // namespace shop
