// filled.h: what the workloads that go through declorm share.
#ifndef DECLORM_BENCH_FILLED_H
#define DECLORM_BENCH_FILLED_H

#include "utils/bench/workload.h"

#include <declorm/declorm.h>

namespace bench {

/// A database with the tables of all classes, without rows.
inline declorm::Engine created(const Location &location) {
  declorm::Engine engine = declorm::create_engine(location.url());
  declorm::metadata().create_all(engine);
  return engine;
}

/// A database that holds records().
inline declorm::Engine filled(const Location &location) {
  declorm::Engine engine = created(location);
  engine.begin([](declorm::Connection &connection) { connection.insert(records()); });
  return engine;
}

/// The checksum of all rows.
inline std::uint64_t checksum_of(const declorm::Engine &engine) {
  std::uint64_t sum = 0;
  declorm::Connection connection = engine.connect();
  for (const Record &record : connection.select<Record>())
    sum = checksum(sum, record);
  return sum;
}

} // namespace bench

#endif // DECLORM_BENCH_FILLED_H
