// A writer that is killed at any moment leaves the database whole, and each transaction in it or
// not at all.
// RUN: rm -rf %t && mkdir %t
// RUN: %declorm_clang %s %link_declorm -o %t/killed && %t/killed "sqlite:///%t/delete.db" | FileCheck %s
// RUN: %t/killed "sqlite:///%t/wal.db?journal_mode=WAL" | FileCheck %s
#include <declorm/declorm.h>

#include <csignal>
#include <iostream>
#include <sys/wait.h>
#include <unistd.h>

struct [[declorm::table("entries")]] Entry {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, index]] std::int64_t batch = 0;
  [[declorm::column]] std::string text;
};

constexpr int batch_size = 50;

/// Writes batches for ever, and says on `out` which it has committed.
[[noreturn]] static void write_batches(const char *url, std::int64_t first, int out) {
  const declorm::Engine engine = declorm::create_engine(url);
  for (std::int64_t batch = first;; ++batch) {
    declorm::Session session(engine);
    for (int i = 0; i != batch_size; ++i)
      session.add(Entry{.batch = batch, .text = std::string(1000, 'a')});
    session.execute("UPDATE entries SET text = text || 'b' WHERE batch = ?", {batch - 1});
    session.commit();
    if (write(out, &batch, sizeof batch) != sizeof batch)
      _exit(1);
  }
}

int main(int, char **argv) {
  // The parent keeps no connection over a fork: SQLite's must not be carried over one.
  declorm::metadata().create_all(declorm::create_engine(argv[1]));
  std::int64_t committed = 0;
  std::uint32_t random = 12345;
  int killed = 0, bad = 0;
  for (int round = 0; round != 25; ++round) {
    int ends[2];
    if (pipe(ends) != 0)
      return 1;
    const pid_t child = fork();
    if (child == 0)
      write_batches(argv[1], committed + 1, ends[1]);
    close(ends[1]);
    random = random * 1664525 + 1013904223;
    usleep(20'000 + (random >> 16) % 60'000);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    std::int64_t said = 0;
    while (read(ends[0], &said, sizeof said) == sizeof said)
      committed = said;
    close(ends[0]);

    const declorm::Engine engine = declorm::create_engine(argv[1]);
    declorm::Connection connection = engine.connect();
    const std::string check =
        connection.execute("PRAGMA integrity_check").scalar().as<std::string>();
    const std::int64_t last = connection.execute("SELECT coalesce(max(batch), 0) FROM entries")
                                  .scalar()
                                  .as<std::int64_t>();
    const std::int64_t parts =
        connection
            .execute("SELECT count(*) FROM (SELECT count(*) AS n FROM entries "
                     "GROUP BY batch) WHERE n <> ?",
                     {batch_size})
            .scalar()
            .as<std::int64_t>();
    // The last batch may have been committed and not said.
    const bool right = check == "ok" && parts == 0 && (last == committed || last == committed + 1);
    if (!right)
      std::cout << "round " << round << ": " << check << ", " << parts << " partial batches, last "
                << last << ", committed " << committed << std::endl;
    bad += !right;
    committed = last;
  }
  // CHECK: killed 25, bad 0, some committed: 1
  std::cout << "killed " << killed << ", bad " << bad << ", some committed: " << (committed > 5)
            << std::endl;
}
