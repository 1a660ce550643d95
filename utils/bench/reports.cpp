// The reports of test/examples/reports against plain SQL by hand, from a file: as many items as
// there are rows, in a fifth of as many orders. Each report is made and read a few times.
#include "utils/bench/filled.h"
#include "utils/bench/sqlite.h"

#include "test/examples/reports/reports.h"

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr int runs = 3;
constexpr reports::Day october = 2026y / 10 / 1, november = 2026y / 11 / 1;

void fill(const declorm::Engine &engine) {
  declorm::metadata().create_all(engine);
  const auto item_count = static_cast<std::int64_t>(records().size());
  const std::int64_t order_count = item_count / 5 + 1, product_count = item_count / 100 + 2;
  const std::int64_t people = item_count / 50 + 1; // customers, and those who work in the shop
  std::vector<shop::Customer> customers;
  std::vector<shop::Employee> staff;
  for (std::int64_t id = 1; id <= people; ++id) {
    customers.push_back({id, "customer " + std::to_string(id)});
    staff.push_back({id, "employee " + std::to_string(id), {}});
    if (id != 1)
      staff.back().manager_id = id / 3 + (id == 2);
  }
  std::vector<shop::Product> products;
  for (std::int64_t id = 1; id <= product_count; ++id)
    products.push_back({id, "product " + std::to_string(id)});
  std::vector<shop::Order> orders;
  for (std::int64_t id = 1; id <= order_count; ++id)
    orders.push_back({id, id * 7 % people + 1,
                      std::chrono::sys_days(2026y / 1 / 1) + std::chrono::days(id % 330)});
  std::vector<shop::Item> items;
  for (std::int64_t id = 1; id <= item_count; ++id) // half of the products are never sold
    items.push_back({id, id % order_count + 1, id * 3 % product_count / 2 + 1, id % 4 + 1,
                     100 + id * 11 % 1000});
  engine.begin([&](declorm::Connection &connection) {
    connection.insert(customers);
    connection.insert(staff);
    connection.insert(products);
    connection.insert(orders);
    connection.insert(items);
  });
}

std::uint64_t add(std::uint64_t sum, std::int64_t value) {
  return sum * 31 + static_cast<std::uint64_t>(value);
}
std::uint64_t add(std::uint64_t sum, const std::string &value) {
  return (sum * 31 + value.size()) * 31 + static_cast<unsigned char>(value.back());
}
template <class Row> std::uint64_t sum_of(const std::vector<Row> &rows) {
  std::uint64_t sum = rows.size();
  for (const Row &row : rows)
    std::apply([&](const auto &...values) { ((sum = add(sum, values)), ...); }, row);
  return sum;
}

/// A report: how declorm's statement is made, the plain SQL, and its parameters.
struct Totals {
  static constexpr const char *name = "totals", *sql = reports::customers_totals_sql;
  static auto make() { return reports::customers_totals(october, november); }
  static void bind(Statement &select) {
    static const std::string first = "2026-10-01", end = "2026-11-01";
    select.bind(1, first);
    select.bind(2, end);
  }
};
struct Unsold {
  static constexpr const char *name = "unsold", *sql = reports::never_sold_sql;
  static auto make() { return reports::never_sold(); }
  static void bind(Statement &) {}
};
struct Below {
  static constexpr const char *name = "below", *sql = reports::employees_below_sql;
  static auto make() { return reports::employees_below(1); }
  static void bind(Statement &select) { select.bind(1, std::int64_t(1)); }
};
struct Best {
  static constexpr const char *name = "best", *sql = reports::best_customers_sql;
  static auto make() { return reports::best_customers(); }
  static void bind(Statement &) {}
};

template <class Report> using Row = typename decltype(Report::make())::rows::value_type;

template <class Report> std::vector<Row<Report>> by_sql(Database &database) {
  Statement select(database, Report::sql);
  Report::bind(select);
  std::vector<Row<Report>> rows;
  const auto read = [&](int column, auto &value) {
    if constexpr (requires { value.size(); })
      select.text(column, value);
    else
      value = select.integer(column);
  };
  while (select.step())
    std::apply([&, column = 0](auto &...values) mutable { (read(column++, values), ...); },
               rows.emplace_back());
  return rows;
}

template <class Report> void by_hand(benchmark::State &state, Store) {
  const Location location(Store::file);
  fill(declorm::create_engine(location.url()));
  Database database(location.path());
  std::vector<Row<Report>> rows;
  measure(state, [&] {
    for (int run = 0; run != runs; ++run)
      rows = by_sql<Report>(database);
  });
}

template <class Report> void by_statement(benchmark::State &state, Store) {
  const Location location(Store::file);
  const declorm::Engine engine = declorm::create_engine(location.url());
  fill(engine);
  declorm::Connection connection = engine.connect();
  std::vector<Row<Report>> rows;
  measure(state, [&] {
    for (int run = 0; run != runs; ++run)
      rows = connection.execute(Report::make()).all();
  });
  Database database(location.path());
  expect_equal(sum_of(rows), sum_of(by_sql<Report>(database)), Report::name);
}

template <class... Reports> void add() {
  (add_workload(Reports::name, "baseline", &by_hand<Reports>), ...);
  (add_workload(Reports::name, "statement", &by_statement<Reports>), ...);
}

} // namespace

void add_reports() { add<Totals, Unsold, Below, Best>(); }

} // namespace bench
