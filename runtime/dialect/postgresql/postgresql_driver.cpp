// postgresql_driver.cpp: the driver of one URL, and the constant by which the library finds it.
#include "runtime/dialect/postgresql/postgresql.h"
#include "runtime/dialect/postgresql/postgresql_connection.h"
#include "runtime/engine/driver_module.h"

namespace declorm::detail {
namespace {

class PostgresqlDriver final : public Driver {
public:
  explicit PostgresqlDriver(PostgresqlOptions options) : options_(std::move(options)) {}

  const Dialect &dialect() const override { return postgresql_dialect(); }
  std::unique_ptr<DriverConnection> connect(TimeLimit limit) override {
    return std::make_unique<PostgresqlConnection>(options_, limit);
  }

private:
  const PostgresqlOptions options_;
};

} // namespace

std::unique_ptr<Driver> make_postgresql_driver(const Url &url) {
  return std::make_unique<PostgresqlDriver>(postgresql_options(url));
}

} // namespace declorm::detail

extern "C" DECLORM_DRIVER(postgresql) = {.name = "postgresql",
                                         .dialect = &declorm::detail::postgresql_dialect,
                                         .make_driver = &declorm::detail::make_postgresql_driver};
/// URLs may begin with postgres:// too, as libpq's.
extern "C" DECLORM_DRIVER(postgres) = {.name = "postgres",
                                       .dialect = &declorm::detail::postgresql_dialect,
                                       .make_driver = &declorm::detail::make_postgresql_driver};
