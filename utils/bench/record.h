// The class that the benchmarks store: an int64 key, strings of 16 and 23 characters, an int32 and
// a double.
#ifndef DECLORM_BENCH_RECORD_H
#define DECLORM_BENCH_RECORD_H

#include <cstdint>
#include <string>

namespace bench {

struct [[declorm::table("records")]] Record {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string email;
  [[declorm::column]] std::int32_t number = 0;
  [[declorm::column]] double score = 0;
};

} // namespace bench

#endif // DECLORM_BENCH_RECORD_H
