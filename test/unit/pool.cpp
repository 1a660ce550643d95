// The pool: which connections leave it, and which go back. What users see is in test/engine/pool*.
#include "test/unit/fake_driver.h"

#include <gtest/gtest.h>
#include <thread>

using namespace declorm::detail;
using declorm::ConnectionLostError;
using namespace std::chrono_literals;

namespace {

/// Fills the pool with that many idle connections.
void fill(FakeEngine &fake, std::size_t count) {
  std::vector<std::shared_ptr<ConnectionState>> taken;
  for (std::size_t i = 0; i != count; ++i)
    taken.push_back(fake.connect());
}

void lose(FakeConnection &on, std::string_view) {
  on.fail<ConnectionLostError>(ConnectionStatus::lost, "the server is gone");
}

} // namespace

TEST(Pool, KeepsConnections) {
  FakeEngine fake;
  fill(fake, 3);
  fill(fake, 3);
  EXPECT_EQ(fake.server.opened, 3);
}

TEST(Pool, ALostConnectionTakesAllOthersWithIt) {
  FakeEngine fake;
  fill(fake, 4);
  {
    const auto in_use = fake.connect(), lost = fake.connect();
    fake.server.fate = lose;
    EXPECT_EQ(error_of<ConnectionLostError>([&] { lost->begin(); }), "the server is gone");
    fake.server.fate = nullptr;
  }
  EXPECT_EQ(fake.server.connections.size(), 0u); // the one in use went when it came back
  fill(fake, 2);
  EXPECT_EQ(fake.server.opened, 6);
}

TEST(Pool, AsManyConnectionsAsBeforeAfterSomeWereLost) {
  FakeEngine fake({.pool_size = 2, .pool_timeout = 0ms});
  for (int round = 0; round != 3; ++round) {
    fill(fake, 2);
    const auto lost = fake.connect();
    fake.server.fate = lose;
    EXPECT_NE(error_of<ConnectionLostError>([&] { lost->begin(); }), "no error");
    fake.server.fate = nullptr;
  }
  fill(fake, 2);
  EXPECT_NE(error_of<declorm::OperationalError>([&] { fill(fake, 3); }), "no error");
}

TEST(Pool, PingOnlyWhenAskedFor) {
  FakeEngine fake, pinging({.pool_pre_ping = true});
  for (FakeEngine *engine : {&fake, &pinging}) {
    fill(*engine, 3);
    engine->server.answers_ping = false;
    engine->connect();
  }
  EXPECT_EQ(fake.server.opened, 3);
  EXPECT_EQ(pinging.server.opened, 4);
  EXPECT_EQ(pinging.server.connections.size(), 1u);
}

TEST(Pool, WhatIsNotCurrentIsReplaced) {
  FakeEngine fake;
  fill(fake, 2);
  for (FakeConnection *connection : fake.server.connections)
    connection->current = false;
  fake.connect();
  EXPECT_EQ(fake.server.opened, 3);
  EXPECT_EQ(fake.server.connections.size(), 1u);
}

TEST(Pool, OldConnectionsAreReplaced) {
  FakeEngine fake({.pool_recycle = 20ms}), lasting({.pool_recycle = 1h});
  for (FakeEngine *engine : {&fake, &lasting}) {
    fill(*engine, 1);
    std::this_thread::sleep_for(30ms);
    fill(*engine, 1);
  }
  EXPECT_EQ(fake.server.opened, 2);
  EXPECT_EQ(lasting.server.opened, 1);
}

TEST(Pool, TimeLimitsAreForOneUse) {
  FakeEngine fake({.statement_timeout = 5s});
  const auto limit = [&] { return static_cast<FakeConnection &>(*fake.connect()->driver).limit; };
  EXPECT_EQ(limit(), 5s);
  fake.connect()->driver->set_statement_timeout(1s);
  EXPECT_EQ(limit(), 5s);
  EXPECT_EQ(fake.server.opened, 1);
}
