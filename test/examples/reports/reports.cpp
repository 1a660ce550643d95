// Four reports, written with declorm and in SQL: the rows are the same.
#include "reports.h"
#include "../../Inputs/database.h"

#include <iostream>

using namespace std::chrono_literals;

static void fill(declorm::Connection &connection) {
  using namespace shop;
  connection.insert(
      std::vector<Customer>{{1, "ann"}, {2, "bob"}, {3, "cid"}, {4, "dan"}, {5, "eve"}});
  connection.insert(std::vector<Product>{{1, "nail"}, {2, "hammer"}, {3, "anvil"}, {4, "axe"}});
  connection.insert(std::vector<Order>{{1, 1, 2026y / 9 / 30},
                                       {2, 1, 2026y / 10 / 1},
                                       {3, 2, 2026y / 10 / 5},
                                       {4, 3, 2026y / 10 / 31},
                                       {5, 4, 2026y / 10 / 12},
                                       {6, 2, 2026y / 10 / 13},
                                       {7, 2, 2026y / 11 / 1}});
  connection.insert(std::vector<Item>{{1, 1, 1, 100, 2},
                                      {2, 2, 2, 1, 1500},
                                      {3, 2, 1, 10, 2},
                                      {4, 3, 1, 50, 2},
                                      {5, 4, 2, 2, 1400},
                                      {6, 5, 1, 50, 2},
                                      {7, 6, 1, 5, 2},
                                      {8, 7, 2, 1, 1500}});
  connection.insert(std::vector<Employee>{{1, "root", {}},
                                          {2, "left", 1},
                                          {3, "right", 1},
                                          {4, "leaf", 2},
                                          {5, "deep", 4},
                                          {6, "else", {}}});
}

template <class... Ts> static void print(const std::tuple<Ts...> &row) {
  const char *gap = "";
  std::apply(
      [&](const auto &...values) { ((std::cout << std::exchange(gap, " ") << values), ...); }, row);
  std::cout << std::endl;
}

/// The SQL, which is SQLite's, with the functions that PostgreSQL has for the parts of a day.
static std::string in_words_of_the_database(std::string sql) {
  for (const auto &[here, there] : {std::pair("strftime('%Y', o.day)", "to_char(o.day, 'YYYY')"),
                                    std::pair("strftime('%m', o.day)", "to_char(o.day, 'MM')")})
    for (std::size_t at; test::is_postgresql() && (at = sql.find(here)) != std::string::npos;)
      sql.replace(at, std::string_view(here).size(), there);
  return sql;
}

/// Prints the statement's rows, and says whether the SQL gives the same ones in the same order.
template <class Statement>
static void report(declorm::Connection &connection, const char *title, const Statement &statement,
                   const char *sql, const declorm::Params &params = {}) {
  using Row = std::remove_cvref_t<decltype(*connection.execute(statement).begin())>;
  std::vector<Row> rows, by_sql;
  for (const Row &row : connection.execute(statement))
    rows.push_back(row);
  for (const Row &row :
       connection.execute(in_words_of_the_database(sql), params).template into<Row>())
    by_sql.push_back(row);
  std::cout << title << (rows == by_sql ? ": as by SQL" : ": NOT as by SQL") << std::endl;
  for (const Row &row : rows)
    print(row);
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  engine.begin([](declorm::Connection &connection) {
    fill(connection);
    const reports::Day first = 2026y / 10 / 1, end = 2026y / 11 / 1;
    report(connection, "October's totals", reports::customers_totals(first, end),
           reports::customers_totals_sql, {first, end});
    report(connection, "never sold", reports::never_sold(), reports::never_sold_sql);
    report(connection, "below root", reports::employees_below(1), reports::employees_below_sql,
           {1});
    report(connection, "three best", reports::best_customers(), reports::best_customers_sql);
  });
}
