// reports.h: four reports, each as a statement of declorm and as the SQL that a person writes. What
// the builders have is checked by the compiler: a column that is gone, a text compared with a
// number, a row of other types.
#ifndef REPORTS_REPORTS_H
#define REPORTS_REPORTS_H

#include "model.h"

#include <declorm/declorm.h>

namespace reports {

using declorm::alias, declorm::col, declorm::desc;
using shop::Customer, shop::Employee, shop::Item, shop::Order, shop::Product;
using Day = std::chrono::year_month_day;

inline const auto total = sum(col<&Item::amount> * col<&Item::price>);

/// All customers, and what each ordered from `first` on and before `end`.
inline auto customers_totals(Day first, Day end) {
  return select(col<&Customer::name>, coalesce(total, 0).label("total"))
      .outer_join<Order>(col<&Order::customer_id> == col<&Customer::id> &&
                         col<&Order::day> >= first && col<&Order::day> < end)
      .outer_join<Item>(col<&Item::order_id> == col<&Order::id>)
      .group_by(col<&Customer::id>, col<&Customer::name>)
      .order_by(desc(coalesce(total, 0)), col<&Customer::name>);
}
inline constexpr const char *customers_totals_sql =
    "SELECT c.name, COALESCE(SUM(i.amount * i.price), 0) AS total "
    "FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.day >= ? AND o.day < ? "
    "LEFT JOIN items i ON i.order_id = o.id "
    "GROUP BY c.id, c.name ORDER BY COALESCE(SUM(i.amount * i.price), 0) DESC, c.name";

/// The products that no order has.
inline auto never_sold() {
  return select(col<&Product::id>, col<&Product::name>)
      .where(!exists(declorm::select<Item>().where(col<&Item::product_id> == col<&Product::id>)))
      .order_by(col<&Product::name>);
}
inline constexpr const char *never_sold_sql =
    "SELECT p.id, p.name FROM products p "
    "WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.product_id = p.id) ORDER BY p.name";

/// Those who work below a manager, and how far below.
inline auto employees_below(std::int64_t manager) {
  const auto direct = select(col<&Employee::id>, col<&Employee::name>,
                             declorm::literal(std::int64_t(1)).label("depth"))
                          .where(col<&Employee::manager_id> == manager)
                          .cte("below");
  const auto below = direct.union_all(
      select(col<&Employee::id>, col<&Employee::name>, direct.column<std::int64_t>("depth") + 1)
          .join(direct, col<&Employee::manager_id> == direct.column<std::int64_t>("id")));
  return select(below.column<std::string>("name"), below.column<std::int64_t>("depth"))
      .order_by(below.column("depth"), below.column("name"));
}
inline constexpr const char *employees_below_sql =
    "WITH RECURSIVE below(id, name, depth) AS ("
    "SELECT id, name, 1 FROM staff WHERE manager_id = ? "
    "UNION ALL SELECT e.id, e.name, b.depth + 1 "
    "FROM staff e JOIN below b ON e.manager_id = b.id) "
    "SELECT name, depth FROM below ORDER BY depth, name";

/// The customers with the first three places of each month, by what they ordered in it.
inline auto best_customers() {
  const auto year = declorm::extract("year", col<&Order::day>);
  const auto month = declorm::extract("month", col<&Order::day>);
  const auto place = declorm::rank()
                         .over(declorm::partition_by(year, month), declorm::order_by(desc(total)))
                         .label("place");
  const auto ranked = select(year.label("year"), month.label("month"), place, col<&Customer::name>,
                             total.label("total"))
                          .join<Order>(col<&Order::customer_id> == col<&Customer::id>)
                          .join<Item>(col<&Item::order_id> == col<&Order::id>)
                          .group_by(year, month, col<&Customer::id>, col<&Customer::name>)
                          .subquery("ranked");
  const auto of = [&](const char *name) { return ranked.column<std::int64_t>(name); };
  return select(of("year"), of("month"), of("place"), ranked.column<std::string>("name"),
                of("total"))
      .where(of("place") <= 3)
      .order_by(of("year"), of("month"), of("place"), ranked.column("name"));
}

inline constexpr const char *best_customers_sql =
    "SELECT year, month, place, name, total FROM ("
    "SELECT CAST(strftime('%Y', o.day) AS INTEGER) AS year, "
    "CAST(strftime('%m', o.day) AS INTEGER) AS month, "
    "RANK() OVER (PARTITION BY strftime('%Y', o.day), strftime('%m', o.day) "
    "ORDER BY SUM(i.amount * i.price) DESC) AS place, "
    "c.name, SUM(i.amount * i.price) AS total "
    "FROM customers c JOIN orders o ON o.customer_id = c.id JOIN items i ON i.order_id = o.id "
    "GROUP BY strftime('%Y', o.day), strftime('%m', o.day), c.id, c.name) AS ranked "
    "WHERE place <= 3 ORDER BY year, month, place, name";

} // namespace reports

#endif // REPORTS_REPORTS_H
