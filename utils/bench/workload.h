// What all workloads share: the data, the place of the database, the measurement, the registration.
//
//   A makes objects and inserts them, B selects all into objects, C looks each one up by its key, D
//   loads all, changes one column of each and writes it back; one transaction per workload. S and J
//   load a hierarchy of three classes, in a single table and joined. R, L, M, V and X save, load in
//   two ways, change and delete objects with relationships; N and O touch lazy ones. T reflects a
//   table for every hundred rows, from a file. totals, unsold, below and best are reports.
//
// A workload measures whole lives: that of the objects, from their making to their destruction, and
// that of the Session that holds them.
#ifndef DECLORM_BENCH_WORKLOAD_H
#define DECLORM_BENCH_WORKLOAD_H

#include "utils/bench/record.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_TOGGLE_COLLECT static_cast<void>(0)
#endif

namespace bench {

/// The schema that create_all makes for Record; the hand-written program uses the same.
inline constexpr const char *create_table = "CREATE TABLE records (\n"
                                            "\tid INTEGER NOT NULL, \n"
                                            "\tname VARCHAR NOT NULL, \n"
                                            "\temail VARCHAR NOT NULL, \n"
                                            "\tnumber INTEGER NOT NULL, \n"
                                            "\tscore FLOAT NOT NULL, \n"
                                            "\tPRIMARY KEY (id)\n"
                                            ")";

enum class Store { memory, file };

/// The place of one measurement's database; a file is removed with it.
class Location {
public:
  explicit Location(Store store);
  ~Location();
  Location(const Location &) = delete;
  Location &operator=(const Location &) = delete;
  /// For sqlite3_open.
  const std::string &path() const { return path_; }
  /// For create_engine.
  std::string url() const;

private:
  Store store_;
  std::string directory_, path_;
};

/// The rows, the same in each measurement.
const std::vector<Record> &records();
/// Their keys in an order that no cache likes.
const std::vector<std::int64_t> &shuffled_keys();

/// A number that depends on every column, to see that a workload did its work.
std::uint64_t checksum(std::uint64_t sum, const Record &record);
std::uint64_t checksum_of_records();
/// Ends the program if they differ.
void expect_equal(std::uint64_t seen, std::uint64_t wanted, const char *what);

/// What the thread has used so far.
struct Usage {
  double cpu = 0, wall = 0; ///< seconds
  double faults = 0;        ///< page faults
};
Usage usage();

/// Measures `work`: the wall time is the result, CPU time and page faults of the thread are the
/// counters "cpu" and "faults". A second call adds to the first: between the two a workload checks
/// what it did, before the second one ends the life of its objects.
template <class Work> void measure(benchmark::State &state, Work work) {
  const Usage before = usage();
  CALLGRIND_TOGGLE_COLLECT; // for utils/bench/guard
  work();
  CALLGRIND_TOGGLE_COLLECT;
  const Usage after = usage();
  state.counters["cpu"] += after.cpu - before.cpu;
  state.counters["faults"] += after.faults - before.faults;
  state.counters["wall"] += after.wall - before.wall;
  state.SetIterationTime(state.counters["wall"]);
}

/// Ends the life of a container's elements.
template <class Container> void destroy(Container &container) { Container().swap(container); }

/// Bytes of the process that are in memory at this moment. What was freed is given back first.
std::size_t resident_bytes();

using Workload = void (*)(benchmark::State &, Store);
/// Registers `name`/memory/`variant` and `name`/file/`variant`.
void add_workload(const char *name, const char *variant, Workload workload);

void add_baseline();
void add_plain();
void add_session();
void add_hierarchy();
void add_reflection();
void add_relationships();
void add_lazy();
void add_reports();

} // namespace bench

#endif // DECLORM_BENCH_WORKLOAD_H
