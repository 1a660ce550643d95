// strict_server.h: what stands for a database server: it is far away, and it fails when told to.
#ifndef DECLORM_TEST_STRICT_SERVER_H
#define DECLORM_TEST_STRICT_SERVER_H

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

struct sqlite3;

namespace declorm::strict {

/// What becomes of one question to the server.
enum class Fate : unsigned char {
  answered,
  refused,     ///< it is not executed, and the answer is an error
  lost,        ///< it is not executed, and the connection is gone
  answer_lost, ///< it is executed, and the connection is gone before the answer comes
};

/// The server of one engine. Any thread may use it.
class Server {
public:
  /// Counts a round trip, waits as long as it takes, and says what becomes of it.
  Fate ask();

  std::int64_t round_trips() const { return round_trips_; }

  std::atomic<std::int64_t> delay_us = 0; ///< of each round trip, in microseconds
  /// Counted down by ask(): the round trip that meets 1 has that fate. 0: none has.
  std::atomic<std::int64_t> fail_at = 0, lose_at = 0, lose_answer_at = 0;

private:
  std::atomic<std::int64_t> round_trips_ = 0;
};

/// Makes the server's functions known in SQL:
///
///     SELECT strict_round_trips()       -- how many there were so far
///     SELECT strict_delay_us(1000)      -- sets what each one takes
///     SELECT strict_fail_at(3)          -- the third one from now is answered with an error
///     SELECT strict_lose_at(3)          -- the third one never arrives, and the connection is gone
///     SELECT strict_lose_answer_at(3)   -- the third one is executed, its answer is lost
///
/// A SELECT that begins with one of them is no round trip itself.
void add_functions(sqlite3 *handle, Server &server);
/// Whether the statement only calls these functions.
bool speaks_to_server(std::string_view sql);

} // namespace declorm::strict

#endif // DECLORM_TEST_STRICT_SERVER_H
