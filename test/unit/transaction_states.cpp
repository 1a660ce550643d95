// The four states of a connection: what the engine lets through in each, and what it says.
#include "test/unit/fake_driver.h"

#include <gtest/gtest.h>

using namespace declorm::detail;
using declorm::CommitUnknownError;
using declorm::ConnectionLostError;
using declorm::OperationalError;
using declorm::PendingRollbackError;
using Strings = std::vector<std::string>;

namespace {

struct Observer final : TransactionObserver {
  Strings told;
  void committed() override { told.emplace_back("committed"); }
  void rolled_back() override { told.emplace_back("rolled back"); }
  void savepoint_released(const std::string &name) override { told.push_back("released " + name); }
  void rolled_back_to(const std::string &name) override { told.push_back("back to " + name); }
};

struct Fixture : FakeEngine {
  std::shared_ptr<ConnectionState> connection = connect();
  Observer observer;

  Fixture() { connection->observer = &observer; }
  ~Fixture() { connection->observer = nullptr; }

  void run(const char *sql) {
    connection->autobegin();
    connection->prepare(sql)->step();
  }
  /// The statement with that text fails, and leaves the connection like that.
  void fail_at(std::string sql, ConnectionStatus status) {
    server.fate = [sql = std::move(sql), status](FakeConnection &on, std::string_view asked) {
      if (asked != sql)
        return;
      if (status == ConnectionStatus::lost)
        on.fail<ConnectionLostError>(status, "the server is gone");
      on.fail<OperationalError>(status, ("no " + sql).c_str());
    };
  }
};

const char failed_words[] =
    "a statement of this transaction failed, and the database takes no other one in it; roll back, "
    "or roll back to the savepoint. The error was: no B";
const char gone_words[] = "the database rolled this transaction back after an error; call "
                          "rollback() to go on. The error was: no B";
const char lost_words[] =
    "the connection to the database was lost, and what this transaction wrote with it; call "
    "rollback() to go on. The error was: the server is gone";

} // namespace

TEST(TransactionStates, AFailedTransactionTakesNothingButRollback) {
  Fixture f;
  f.run("A");
  f.fail_at("B", ConnectionStatus::failed);
  EXPECT_EQ(error_of<OperationalError>([&] { f.run("B"); }), "no B");
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.run("C"); }), failed_words);
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.connection->commit(); }), failed_words);
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.connection->savepoint("s"); }), failed_words);
  f.connection->rollback();
  f.run("D");
  EXPECT_EQ(f.server.asked, (Strings{"BEGIN", "A", "B", "ROLLBACK", "BEGIN", "D"}));
  EXPECT_EQ(f.observer.told, Strings{"rolled back"});
}

TEST(TransactionStates, RollbackToASavepointEndsTheFailure) {
  Fixture f;
  f.run("A");
  f.connection->savepoint("s");
  f.fail_at("B", ConnectionStatus::failed);
  EXPECT_EQ(error_of<OperationalError>([&] { f.run("B"); }), "no B");
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.connection->release_savepoint("s"); }),
            failed_words);
  f.connection->rollback_to_savepoint("s");
  f.run("C");
  f.connection->commit();
  EXPECT_EQ(f.server.asked,
            (Strings{"BEGIN", "A", "SAVEPOINT s", "B", "ROLLBACK TO SAVEPOINT s", "C", "COMMIT"}));
  EXPECT_EQ(f.observer.told, (Strings{"back to s", "committed"}));
}

TEST(TransactionStates, TheFirstErrorIsKept) {
  Fixture f;
  f.run("A");
  f.connection->savepoint("s");
  f.fail_at("B", ConnectionStatus::failed);
  EXPECT_EQ(error_of<OperationalError>([&] { f.run("B"); }), "no B");
  // The connection is lost as the savepoint is rolled back, which is no error by itself: what it
  // held is gone, as was asked for.
  f.fail_at("ROLLBACK TO SAVEPOINT s", ConnectionStatus::lost);
  f.connection->rollback_to_savepoint("s");
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.run("C"); }),
            "the connection to the database was lost, and what this transaction wrote with it; "
            "call rollback() to go on. The error was: no B");
}

TEST(TransactionStates, ATransactionThatTheDatabaseEndedIsNotBegunAnew) {
  Fixture f;
  f.run("A");
  f.connection->savepoint("s");
  f.fail_at("B", ConnectionStatus::idle);
  EXPECT_EQ(error_of<OperationalError>([&] { f.run("B"); }), "no B");
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.run("C"); }), gone_words);
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.connection->begin(); }), gone_words);
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.connection->commit(); }), gone_words);
  EXPECT_FALSE(f.connection->restore_savepoint("s"));
  f.connection->rollback_to_savepoint("s"); // there is nothing to be rolled back
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.run("C"); }), gone_words);
  f.connection->rollback();
  f.run("D");
  EXPECT_EQ(f.server.asked, (Strings{"BEGIN", "A", "SAVEPOINT s", "B", "BEGIN", "D"}));
}

TEST(TransactionStates, ALostConnectionIsAskedNothingMore) {
  Fixture f;
  f.run("A");
  f.fail_at("B", ConnectionStatus::lost);
  EXPECT_EQ(error_of<ConnectionLostError>([&] { f.run("B"); }), "the server is gone");
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.run("C"); }), lost_words);
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.connection->commit(); }), lost_words);
  f.connection->rollback();
  EXPECT_EQ(error_of<ConnectionLostError>([&] { f.run("C"); }),
            "the connection to the database was lost; take another one with Engine::connect(), or "
            "call rollback() on the Session. The error was: the server is gone");
  EXPECT_EQ(f.server.asked, (Strings{"BEGIN", "A", "B"}));
}

TEST(TransactionStates, LostAtCommitIsUnknown) {
  Fixture f;
  f.run("A");
  f.fail_at("COMMIT", ConnectionStatus::lost);
  EXPECT_EQ(error_of<CommitUnknownError>([&] { f.connection->commit(); }),
            "the connection to the database was lost while the transaction was committed, so it is "
            "not known whether it was; look in the database before you do it again. The error was: "
            "the server is gone");
  EXPECT_EQ(error_of<PendingRollbackError>([&] { f.run("C"); }), lost_words);
  EXPECT_EQ(f.observer.told, Strings());
  f.connection->rollback();
  EXPECT_EQ(f.observer.told, Strings{"rolled back"});
}

TEST(TransactionStates, ACommitThatFailsCanBeRolledBack) {
  Fixture f;
  f.run("A");
  f.fail_at("COMMIT", ConnectionStatus::open);
  EXPECT_EQ(error_of<OperationalError>([&] { f.connection->commit(); }), "no COMMIT");
  EXPECT_TRUE(f.connection->transaction_open);
  f.connection->rollback();
  EXPECT_EQ(f.server.asked, (Strings{"BEGIN", "A", "COMMIT", "ROLLBACK"}));
}

TEST(TransactionStates, LostAtRollbackIsRolledBack) {
  Fixture f;
  f.run("A");
  f.fail_at("ROLLBACK", ConnectionStatus::lost);
  f.connection->rollback();
  EXPECT_EQ(f.observer.told, Strings{"rolled back"});
  EXPECT_TRUE(f.connection->discarded);
}

TEST(TransactionStates, ARollbackThatFailsIsAnError) {
  Fixture f;
  f.run("A");
  f.fail_at("ROLLBACK", ConnectionStatus::open);
  EXPECT_EQ(error_of<OperationalError>([&] { f.connection->rollback(); }), "no ROLLBACK");
  EXPECT_TRUE(f.connection->transaction_open && f.connection->discarded);
}

TEST(TransactionStates, LostAtBegin) {
  Fixture f;
  f.fail_at("BEGIN", ConnectionStatus::lost);
  EXPECT_EQ(error_of<ConnectionLostError>([&] { f.run("A"); }), "the server is gone");
  EXPECT_FALSE(f.connection->transaction_open);
  EXPECT_EQ(f.server.asked, Strings{"BEGIN"});
}
