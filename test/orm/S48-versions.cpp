// version_id: each UPDATE and DELETE looks for the version that was read, and the second of two
// sessions that change a row is told so, with both versions; nothing is lost.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"

using declorm::col;

struct [[declorm::table("accounts")]] Account {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string owner;
  [[declorm::column]] int balance = 0;
  [[using declorm: column("v"), version_id]] int version = 0;
};

static void print(const Account &account) {
  std::cout << account.owner << ' ' << account.balance << " version " << account.version
            << std::endl;
}

/// What another program does.
static void elsewhere(const declorm::Engine &engine, std::string_view sql) {
  test::tracing = false;
  engine.begin([&](declorm::Connection &connection) { connection.execute(sql); });
  test::tracing = true;
}

static void counting(const declorm::Engine &engine) {
  declorm::Session session(engine);
  // A new row gets 1, whatever the member holds.
  // CHECK: > INSERT INTO accounts (owner, balance, v) VALUES (?, ?, ?) -- 'ed' 10 1
  Account &ed = session.add(Account{.owner = "ed", .balance = 10, .version = 7});
  session.commit();
  // CHECK-NEXT: ed 10 version 1
  print(ed);
  // Nothing changed: nothing is written.
  session.commit();
  // CHECK-NEXT: > UPDATE accounts SET balance = ?, v = ? WHERE accounts.id = ? AND accounts.v = ? -- 20 2 1 1
  ed.balance = 20;
  session.flush();
  // CHECK-NEXT: > UPDATE accounts SET balance = ?, v = ? WHERE accounts.id = ? AND accounts.v = ? -- 30 3 1 2
  ed.balance = 30;
  session.commit();
  // CHECK-NEXT: ed 30 version 3
  print(ed);
  // Who sets it by hand means it.
  // CHECK-NEXT: > UPDATE accounts SET v = ? WHERE accounts.id = ? AND accounts.v = ? -- 10 1 3
  ed.version = 10;
  session.commit();
  // The key may change at the same time.
  // CHECK-NEXT: > UPDATE accounts SET id = ?, v = ? WHERE accounts.id = ? AND accounts.v = ? -- 5 11 1 10
  ed.id = 5;
  session.commit();
  // A rollback takes the version back, too.
  // CHECK-NEXT: > UPDATE accounts SET balance = ?, v = ? WHERE accounts.id = ? AND accounts.v = ? -- 0 12 5 11
  ed.balance = 0;
  session.flush();
  session.rollback();
  // CHECK-NEXT: ed 30 version 11
  print(ed);
  // CHECK-NEXT: > DELETE FROM accounts WHERE accounts.id = ? AND accounts.v = ? -- 5 11
  session.delete_(ed);
  session.commit();
  test::continue_keys(session.connection());
  session.commit();
}

static void two_sessions(const declorm::Engine &engine) {
  declorm::Session session(engine);
  std::cout << "two sessions" << std::endl;
  // CHECK-NEXT: two sessions
  test::tracing = false;
  Account &held = session.add(Account{.owner = "ed", .balance = 10});
  Account &other = session.add(Account{.owner = "wendy"});
  session.commit();
  {
    declorm::Session second(engine);
    second.query<Account>().filter(col<&Account::owner> == "ed").one().balance = 99;
    second.commit();
  }
  test::tracing = true;
  // The first one comes too late. What it wanted stays in its objects, and nothing of it is in the
  // database.
  held.balance = 11;
  other.balance = 1;
  // CHECK-NEXT: > UPDATE accounts SET balance = ?, v = ? WHERE accounts.id = ? AND accounts.v = ? -- 11 2 1 1
  // CHECK-NEXT: > SELECT accounts.v FROM accounts WHERE accounts.id = ? -- 1
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Account': the row with key (1) of table 'accounts' was written by somebody else: it was read with version 1, and has version 2 now. Nothing was written; after rollback() and refresh() the change can be made to the row as it is
  test::attempt([&] { session.commit(); });
  // CHECK-NEXT: ed 11 version 1
  // CHECK-NEXT: wendy 1 version 1
  print(held);
  print(other);
  session.rollback();
  // CHECK-NEXT: ed 10 version 1
  print(held);
  test::tracing = false;
  session.refresh(held);
  // CHECK-NEXT: ed 99 version 2
  print(held);
  test::tracing = true;
  // CHECK-NEXT: > UPDATE accounts SET balance = ?, v = ? WHERE accounts.id = ? AND accounts.v = ? -- 11 3 1 2
  held.balance = 11;
  session.commit();

  // A stale DELETE deletes nothing.
  elsewhere(engine, "UPDATE accounts SET v = 8 WHERE id = 1");
  // CHECK-NEXT: > DELETE FROM accounts WHERE accounts.id = ? AND accounts.v = ? -- 1 3
  // CHECK-NEXT: > SELECT accounts.v FROM accounts WHERE accounts.id = ? -- 1
  // CHECK-NEXT: StaleDataError: DELETE of class 'Account': the row with key (1) of table 'accounts' was written by somebody else: it was read with version 3, and has version 8 now. {{.*}}
  session.delete_(held);
  test::attempt([&] { session.flush(); });
  session.rollback();
  // CHECK-NEXT: 2 accounts
  test::tracing = false;
  std::cout << session.query<Account>().count() << " accounts" << std::endl;
  session.rollback();

  // The row is gone.
  elsewhere(engine, "DELETE FROM accounts WHERE id = 1");
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Account': the row with key (1) of table 'accounts' is gone: it was read with version 3, and was deleted or got another key since. Nothing was written; after rollback() the object can be added anew, or be left
  test::tracing = false;
  held.balance = 1;
  test::attempt([&] { session.flush(); });
  session.rollback();
  session.expunge(held);
  session.delete_(other);
  session.commit();
}

/// Of many rows in one batch, the error names the one; those before and behind it are as before.
static void batches(const declorm::Engine &engine) {
  test::tracing = false;
  declorm::Session session(engine);
  std::vector<Account *> accounts;
  for (int i = 0; i != 200; ++i)
    accounts.push_back(&session.add(Account{.id = 1000 + i, .owner = "o"}));
  session.commit();
  elsewhere(engine, "UPDATE accounts SET v = 4 WHERE id = 1150");
  test::tracing = false;
  for (Account *account : accounts)
    account->balance = 1;
  // CHECK-NEXT: StaleDataError: UPDATE of class 'Account': the row with key (1150) of table 'accounts' was written by somebody else: it was read with version 1, and has version 4 now. {{.*}}
  test::attempt([&] { session.flush(); });
  bool kept = true;
  for (const Account *account : accounts)
    kept &= account->balance == 1 && account->version == 1;
  // CHECK-NEXT: kept: 1
  std::cout << "kept: " << kept << std::endl;
  session.rollback();
  session.refresh(*accounts[150]);
  for (Account *account : accounts)
    account->balance = 2;
  session.commit();
  // CHECK-NEXT: 2 and 5
  std::cout << accounts[0]->version << " and " << accounts[150]->version << std::endl;
  for (Account *account : accounts)
    session.delete_(*account);
  elsewhere(engine, "UPDATE accounts SET v = 3 WHERE id = 1100");
  test::tracing = false;
  // CHECK-NEXT: StaleDataError: DELETE of class 'Account': the row with key (1100) of table 'accounts' was written by somebody else: it was read with version 2, and has version 3 now. {{.*}}
  test::attempt([&] { session.flush(); });
  session.rollback();
  // CHECK-NEXT: 200 accounts
  std::cout << session.query<Account>().count() << " accounts" << std::endl;
}

/// A savepoint is rolled back with the version.
static void savepoints(const declorm::Engine &engine) {
  declorm::Session session(engine);
  Account &ed = session.add(Account{.id = 1, .owner = "ed"});
  session.commit();
  declorm::Transaction nested = session.begin_nested();
  ed.balance = 5;
  session.flush();
  nested.rollback();
  // CHECK-NEXT: ed 0 version 1
  print(ed);
  ed.balance = 6;
  session.commit();
  // CHECK-NEXT: ed 6 version 2
  print(ed);
}

struct [[declorm::table("small")]] Small {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, version_id]] signed char version = 0;
  [[declorm::column]] int value = 0;
};

/// A counter that is full says so.
static void overflow(const declorm::Engine &engine) {
  declorm::Session session(engine);
  Small &small = session.add(Small{});
  session.commit();
  small.version = 127;
  session.commit();
  small.value = 1;
  // CHECK-NEXT: DataError: {{.*}}128{{.*}}
  test::attempt([&] { session.flush(); });
  std::cout << int(small.version) << ' ' << small.value << std::endl;
  // CHECK-NEXT: 127 1
}

int main() {
  const declorm::Engine engine = test::traced_database();
  counting(engine);
  two_sessions(engine);
  batches(engine);
  savepoints(engine);
  overflow(engine);
}
