// customer.h: customers, each with a profile of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop {

struct Order;
struct Profile;

class [[declorm::table("customers")]] Customer {
public:
  Customer() = default;
  explicit Customer(std::string name) : name_(std::move(name)) {}

  std::int64_t id() const { return id_; }
  const std::string &name() const { return name_; }
  void rename(std::string name) { name_ = std::move(name); }
  const std::vector<Order *> &orders() const { return orders_; }
  void place(Order &order) { orders_.push_back(&order); }

  [[using declorm: relationship, back_populates("customer"), cascade("all, delete-orphan")]]
  Profile *profile = nullptr;
  // What somebody pays, perhaps for others.
  [[using declorm: relationship, primaryjoin("Customer.id_ == Order.payer_id"),
    back_populates("payer"), order_by("Order.id")]]
  std::vector<Order *> bills{};
  [[using declorm: relationship, viewonly, order_by("Order.id"),
    primaryjoin("Customer.id_ == Order.customer_id and not Order.shipped")]]
  std::vector<Order *> open_orders{};

private:
  [[using declorm: column("id"), primary_key]] std::int64_t id_ = 0;
  [[using declorm: column("name"), length(40), unique]] std::string name_;
  [[using declorm: relationship, back_populates("customer"), order_by("Order.id"), cascade("all")]]
  std::vector<Order *> orders_{};

public:
  static constexpr auto all_orders = &Customer::orders_;
};

struct [[declorm::table("profiles")]] Profile {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("customers.id")]] std::int64_t customer_id = 0;
  [[using declorm: column, length(60)]] std::string email;
  [[declorm::relationship]] Customer *customer = nullptr;
};

} // namespace shop
