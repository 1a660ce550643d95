// session.transaction() with retry(): the whole function is run again where the transaction met
// another one, with the session as rollback() left it; other errors, and the last one, come out.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include <chrono>
#include <declorm/declorm.h>

using namespace std::chrono_literals;

struct [[declorm::table("accounts")]] Account {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] int cents = 0;
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Account &account = session.add(Account{.id = 1, .cents = 10});
  session.commit();
  int runs = 0, refused = 0;
  const auto take = [&](declorm::Session &s) {
    ++runs;
    account.cents -= 1;
    s.flush();
    if (runs <= refused)
      throw declorm::TransactionRollbackError("met another one, run " + std::to_string(runs));
    return account.cents;
  };
  // CHECK: returns 9 after 3 runs
  refused = 2;
  const int cents = session.transaction(take, declorm::retry(2, 1ms));
  std::cout << "returns " << cents << " after " << runs << " runs" << std::endl;
  // CHECK-NEXT: TransactionRollbackError: met another one, run 3
  // CHECK-NEXT: 3 runs, 9 left
  runs = 0;
  refused = 5;
  test::attempt([&] { session.transaction(take, declorm::retry(2, 1ms)); });
  std::cout << runs << " runs, " << account.cents << " left" << std::endl;
  // Without retry(), and of another error, it is run once.
  // CHECK-NEXT: TransactionRollbackError: met another one, run 1
  runs = 0;
  test::attempt([&] { session.transaction(take); });
  // CHECK-NEXT: FlushError: something else
  // CHECK-NEXT: 2 runs, 9 left
  test::attempt([&] {
    session.transaction(
        [&](declorm::Session &) {
          ++runs;
          throw declorm::FlushError("something else");
        },
        declorm::retry(2, 1ms));
  });
  std::cout << runs << " runs, " << session.query<Account>().one().cents << " left" << std::endl;
}
