// The benchmark program. `--rows=N` before Google Benchmark's own options; utils/bench/run makes
// the table of ratios.
#include "utils/bench/workload.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <malloc.h>
#include <random>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>

namespace bench {
namespace {
std::size_t row_count = 100'000;
} // namespace

Location::Location(Store store) : store_(store), path_(":memory:") {
  if (store == Store::memory)
    return;
  directory_ = std::filesystem::temp_directory_path() / "declorm-bench-XXXXXX";
  if (!mkdtemp(directory_.data())) {
    std::cerr << "declorm-bench: cannot make a folder in "
              << std::filesystem::temp_directory_path().string() << '\n';
    std::exit(1);
  }
  path_ = directory_ + "/bench.db";
}

Location::~Location() {
  std::error_code ignored;
  if (store_ == Store::file)
    std::filesystem::remove_all(directory_, ignored);
}

std::string Location::url() const {
  return store_ == Store::memory ? "sqlite://" : "sqlite:///" + path_;
}

const std::vector<Record> &records() {
  static const std::vector<Record> rows = [] {
    std::vector<Record> made(row_count);
    std::int64_t id = 0;
    for (Record &record : made) {
      record.id = ++id;
      const std::string digits = std::to_string(1'000'000'000 + id);
      record.name = "name: " + digits;              // 16 characters
      record.email = "user" + digits + "@mail.org"; // 23 characters
      record.number = static_cast<std::int32_t>(id * 7);
      record.score = static_cast<double>(id) / 3;
    }
    return made;
  }();
  return rows;
}

const std::vector<std::int64_t> &shuffled_keys() {
  static const std::vector<std::int64_t> keys = [] {
    std::vector<std::int64_t> made;
    for (const Record &record : records())
      made.push_back(record.id);
    std::shuffle(made.begin(), made.end(), std::mt19937(42)); // the same order in each run
    return made;
  }();
  return keys;
}

std::uint64_t checksum(std::uint64_t sum, const Record &record) {
  return sum + static_cast<std::uint64_t>(record.id) * 31 + record.name.size() * 7 +
         static_cast<unsigned char>(record.name.back()) + record.email.size() +
         static_cast<unsigned char>(record.email[13]) + static_cast<std::uint32_t>(record.number) +
         static_cast<std::uint64_t>(record.score);
}

std::uint64_t checksum_of_records() {
  std::uint64_t sum = 0;
  for (const Record &record : records())
    sum = checksum(sum, record);
  return sum;
}

void expect_equal(std::uint64_t seen, std::uint64_t wanted, const char *what) {
  if (seen == wanted)
    return;
  std::cerr << "declorm-bench: " << what << ": got " << seen << ", expected " << wanted << '\n';
  std::exit(1);
}

Usage usage() {
  rusage used{};
  getrusage(RUSAGE_THREAD, &used);
  timespec cpu{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu);
  const auto wall = std::chrono::steady_clock::now().time_since_epoch();
  return {static_cast<double>(cpu.tv_sec) + static_cast<double>(cpu.tv_nsec) * 1e-9,
          std::chrono::duration<double>(wall).count(), static_cast<double>(used.ru_minflt)};
}

std::size_t resident_bytes() {
  malloc_trim(0);
  std::size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

void add_workload(const char *name, const char *variant, Workload workload) {
  for (const Store store : {Store::memory, Store::file}) {
    const std::string full =
        std::string(name) + (store == Store::memory ? "/memory/" : "/file/") + variant;
    benchmark::RegisterBenchmark(full.c_str(),
                                 [workload, store](benchmark::State &state) {
                                   for ([[maybe_unused]] auto _ : state)
                                     workload(state, store);
                                 })
        ->UseManualTime()
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
  }
}

} // namespace bench

int main(int argc, char **argv) {
  constexpr std::string_view rows_option = "--rows=";
  if (argc > 1 && std::string_view(argv[1]).starts_with(rows_option)) {
    bench::row_count = std::strtoull(argv[1] + rows_option.size(), nullptr, 10);
    argv[1] = argv[0];
    ++argv, --argc;
  }
  bench::add_baseline();
  bench::add_plain();
  bench::add_session();
  bench::add_hierarchy();
  bench::add_reflection();
  bench::add_relationships();
  bench::add_lazy();
  bench::add_reports();
  benchmark::Initialize(&argc, argv);
  if (bench::row_count == 0 || benchmark::ReportUnrecognizedArguments(argc, argv))
    return 2;
  benchmark::RunSpecifiedBenchmarks();
}
