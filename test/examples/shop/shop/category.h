// category.h: categories, a tree: each owns those below it.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace shop {

struct Product;

struct [[declorm::table("categories")]] Category {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(40)]] std::string name;
  [[using declorm: column, foreign_key("categories.id")]] std::optional<std::int64_t> parent_id{};

  [[using declorm: relationship, remote_side("Category.id")]] std::weak_ptr<Category> parent{};
  [[using declorm: relationship, back_populates("parent"), order_by("Category.name"),
    cascade("all, delete-orphan")]]
  std::list<std::shared_ptr<Category>> children{};
  [[using declorm: relationship, back_populates("category"), order_by("Product.name")]]
  std::vector<Product *> products{};
};

} // namespace shop
