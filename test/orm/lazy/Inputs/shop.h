// shop.h: customers with orders, orders with tags, customers with one card; all of it lazy.
#pragma once

#include <declorm/lazy.h>
#include <optional>
#include <string>

struct Card;
struct Order;
struct Tag;
struct [[declorm::table("customers")]] Customer {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[using declorm: relationship, back_populates("customer"), order_by("Order.id"),
    cascade("all, delete-orphan")]]
  declorm::lazy_list<Order> orders;
  [[using declorm: relationship, back_populates("customer")]] declorm::lazy<Card> card;
};
struct [[declorm::table("orders")]] Order {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string what;
  [[using declorm: column, foreign_key("customers.id")]] std::optional<std::int64_t> customer_id{};
  [[declorm::relationship]] declorm::lazy<Customer> customer;
  [[using declorm: relationship, secondary("order_tags"), back_populates("orders"),
    order_by("Tag.word"), allow("secondary-mapped")]]
  declorm::lazy_list<Tag> tags;
};
struct [[declorm::table("cards")]] Card {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("customers.id")]] std::optional<std::int64_t> customer_id{};
  [[declorm::relationship]] declorm::lazy<Customer> customer;
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::string word;
  [[using declorm: relationship, secondary("order_tags"), allow("secondary-mapped")]]
  declorm::lazy_list<Order> orders;
};
struct [[declorm::table("order_tags")]] OrderTag {
  [[using declorm: column, primary_key, foreign_key("orders.id")]] std::int64_t order_id = 0;
  [[using declorm: column, primary_key, foreign_key("tags.word")]] std::string tag;
};
