// product.h: products, and the tags they bear.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace shop {

struct Category;
struct Tag;

struct [[using declorm: table("products"), check_constraint("cents > 0")]] Product {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40), unique]] std::string name;
  [[declorm::column]] std::int64_t cents = 0;
  [[using declorm: column, foreign_key("categories.id")]] std::optional<std::int64_t> category_id{};

  [[declorm::relationship]] Category *category = nullptr;
  // product_tags is made by make_product_tags(): no class stands for its rows.
  [[using declorm: relationship, secondary("product_tags"), back_populates("products")]]
  std::set<Tag *> tags{};
};

struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(20), unique]] std::string name;
  [[using declorm: relationship, secondary("product_tags"), order_by("desc(Product.cents)")]]
  std::vector<Product *> products{};
};

} // namespace shop
