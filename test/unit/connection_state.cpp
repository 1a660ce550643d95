// What the layers above use of a connection: the statement cache and the log of batches.
#include "runtime/engine/connection_state.h"

#include <gtest/gtest.h>

using namespace declorm::detail;

namespace {

struct Fixture {
  std::vector<std::string> lines;
  declorm::Engine engine = declorm::create_engine(
      "sqlite://",
      {.echo = true, .logger = [this](std::string_view line) { lines.emplace_back(line); }});
  declorm::Connection connection = engine.connect();
  ConnectionState &state = connection.state();
};

} // namespace

TEST(ConnectionState, OneStatementPerTextAndNumber) {
  Fixture fixture;
  const PreparedStatement *first = &*fixture.state.prepare("SELECT 1");
  EXPECT_EQ(&*fixture.state.prepare("SELECT 1"), first);
  const std::size_t id = next_statement_id();
  int made = 0;
  const auto sql = [&] {
    ++made;
    return "SELECT 2";
  };
  const PreparedStatement *numbered = &*fixture.state.prepare(id, sql);
  EXPECT_EQ(&*fixture.state.prepare(id, sql), numbered);
  EXPECT_EQ(made, 1);
}

TEST(ConnectionState, BusyStatementsAreNotShared) {
  Fixture fixture;
  const StatementLease one = fixture.state.prepare("SELECT 1");
  const StatementLease two = fixture.state.prepare("SELECT 1");
  EXPECT_NE(&*one, &*two);
  const std::size_t id = next_statement_id();
  const StatementLease three = fixture.state.prepare(id, [] { return "SELECT 2"; });
  const StatementLease four = fixture.state.prepare(id, [] { return "SELECT 2"; });
  EXPECT_NE(&*three, &*four);
  EXPECT_TRUE(three->step() && four->step());
}

TEST(ConnectionState, OldTextsAreDroppedButNotBusyOnes) {
  Fixture fixture;
  StatementLease busy = fixture.state.prepare("SELECT 'busy'");
  for (int i = 0; i != 500; ++i)
    EXPECT_TRUE(fixture.state.prepare("SELECT " + std::to_string(i))->step());
  EXPECT_TRUE(busy->step());
  EXPECT_EQ(busy->column(0), declorm::Value("busy"));
}

TEST(ConnectionState, NumberedStatementsAreBoundedAndThoseInUseStay) {
  Fixture fixture;
  const std::size_t busy_id = next_statement_id(), often_id = next_statement_id();
  const StatementLease busy = fixture.state.prepare(busy_id, [] { return "SELECT 'busy'"; });
  int made = 0, often = 0;
  const auto use_often = [&] {
    return fixture.state.prepare(often_id, [&] { return ++often, "SELECT 'often'"; })->step();
  };
  const std::size_t first = next_statement_id();
  for (std::size_t id = first, last = first + 3 * ConnectionState::most_numbered; id != last;
       ++id) {
    EXPECT_TRUE(fixture.state.prepare(id, [&] { return ++made, "SELECT 1"; })->step());
    EXPECT_TRUE(use_often());
  }
  EXPECT_EQ(often, 1); // what is used often stays
  EXPECT_TRUE(busy->step());
  // Those that were used last are there still, those before them are not.
  const auto is_there = [&](std::size_t id) {
    const int before = made;
    fixture.state.prepare(id, [&] { return ++made, "SELECT 1"; });
    return made == before;
  };
  EXPECT_TRUE(is_there(first + 3 * ConnectionState::most_numbered - 1));
  EXPECT_FALSE(is_there(first));
}

TEST(ConnectionState, LogOfBatches) {
  Fixture fixture;
  fixture.state.log("A\nB", {{"1", "'x'"}});
  fixture.state.log("C", {{"1"}, {"2"}});
  fixture.state.log("D", std::vector<std::vector<std::string>>(12, {"0"}));
  const std::vector<std::string> wanted{
      "A",
      "B",
      "(1, 'x')",
      "C",
      "[(1), (2)] (2 in all)",
      "D",
      "[(0), (0), (0), (0), (0), (0), (0), (0), (0), (0), …] (12 in all)"};
  EXPECT_EQ(fixture.lines, wanted);
}
