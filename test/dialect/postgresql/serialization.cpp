// Two transactions that would not both have been possible one behind the other: the server gives
// one up, and retry() runs it again, in a flush or at COMMIT.
// REQUIRES: postgresql
// RUN: %declorm_clang %s %link_declorm -pthread -o %t && %postgresql %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <atomic>
#include <chrono>
#include <declorm/declorm.h>
#include <thread>

struct [[declorm::table("counters")]] Counter {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] int value = 0;
};

int main() {
  const declorm::Engine engine =
      declorm::create_engine(test::database_url() + "&isolation=serializable");
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    session.add(Counter{.id = 1});
    session.commit();
  }
  // Without retry() the error comes out; the session goes on.
  declorm::Session first(engine), second(engine);
  Counter &one = *first.get<Counter>(1), &other = *second.get<Counter>(1);
  ++one.value;
  first.commit();
  ++other.value;
  // CHECK: TransactionRollbackError: could not serialize access due to concurrent update
  test::attempt([&] { second.commit(); });
  second.rollback();
  // CHECK: 1
  std::cout << second.get<Counter>(1)->value << std::endl;
  second.rollback();

  // Four threads count to a hundred together.
  std::atomic<int> runs = 0, failures = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i)
    threads.emplace_back([&] {
      declorm::Session session(engine);
      for (int j = 0; j != 25; ++j)
        try {
          session.transaction(
              [&](declorm::Session &s) {
                ++runs;
                ++s.get<Counter>(1)->value;
              },
              declorm::retry(50, std::chrono::milliseconds(1)));
        } catch (const declorm::Error &error) {
          ++failures;
          std::cout << error.what() << std::endl;
        }
    });
  for (std::thread &thread : threads)
    thread.join();
  // CHECK-NEXT: 101 counted, 0 failures, 1
  std::cout << second.get<Counter>(1)->value << " counted, " << failures << " failures, "
            << (runs >= 100) << std::endl;
}
