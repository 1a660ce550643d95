// 16 threads over one engine, for a file and for a memory database: what they write is all there.
// RUN: rm -rf %t && mkdir %t
// RUN: %declorm_clang %s %link_declorm -pthread -o %t/threads && %t/threads "sqlite:///%t/threads.db?journal_mode=WAL&timeout=60&begin=immediate" | FileCheck %s
// RUN: %t/threads "sqlite://?timeout=60&begin=immediate" | FileCheck %s
#include <declorm/declorm.h>

#include <iostream>
#include <thread>

using declorm::col;

struct [[declorm::table("counters")]] Counter {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int thread = 0;
  [[declorm::column]] std::string text;
  [[declorm::column]] std::int64_t value = 0;
};
struct [[declorm::table("totals")]] Total {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::int64_t value = 0;
};

constexpr int threads = 16, rounds = 12;

static void work(const declorm::Engine &engine, int number) {
  for (int round = 0; round != rounds; ++round) {
    {
      declorm::Session session(engine);
      session.add(Counter{.thread = number, .text = std::string(200, 'x'), .value = round});
      session.get<Total>(1)->value += 1;
      session.commit();
    }
    engine.begin([&](declorm::Connection &connection) {
      connection.insert(Counter{.thread = number, .text = "plain", .value = round});
      connection.execute("UPDATE totals SET value = value + 1 WHERE id = 2");
    });
    {
      declorm::Session session(engine);
      std::int64_t seen = 0;
      for (const Counter &counter :
           session.query<const Counter>().filter(col<&Counter::thread> == number))
        seen += counter.value;
      if (seen != std::int64_t(round) * (round + 1))
        std::cout << "thread " << number << " saw " << seen << std::endl;
    }
    if (round % 4 == 0) { // and one that is rolled back
      declorm::Session session(engine);
      session.add(Counter{.thread = 99});
      session.flush();
    }
  }
}

int main(int, char **argv) {
  const declorm::Engine engine = declorm::create_engine(argv[1], {.pool_size = 8});
  declorm::metadata().create_all(engine);
  engine.begin([](declorm::Connection &connection) {
    connection.insert(std::vector<Total>{{.id = 1}, {.id = 2}});
  });
  std::vector<std::thread> all;
  for (int i = 0; i != threads; ++i)
    all.emplace_back([&engine, i] {
      try {
        work(engine, i);
      } catch (const std::exception &error) {
        std::cout << "thread " << i << ": " << error.what() << std::endl;
      }
    });
  for (std::thread &thread : all)
    thread.join();
  declorm::Connection connection = engine.connect();
  // CHECK-NOT: thread
  // CHECK: rows 384 of 16, totals 192 192
  const declorm::Row row =
      connection
          .execute("SELECT count(*), count(DISTINCT thread), (SELECT value FROM "
                   "totals WHERE id = 1), (SELECT value FROM totals WHERE id = "
                   "2) FROM counters")
          .one();
  std::cout << "rows " << row[0].to_string() << " of " << row[1].to_string() << ", totals "
            << row[2].to_string() << ' ' << row[3].to_string() << std::endl;
}
