// sqlite_watch.cpp: what SQLite calls while it computes and while it waits.
#include "runtime/dialect/sqlite/sqlite_watch.h"

#include <algorithm>

namespace declorm::detail {
namespace {

/// How many instructions of SQLite's virtual machine pass between two looks at the clock: some ten
/// to some hundred microseconds.
constexpr int instructions_between = 2000;

} // namespace

void SqliteWatch::install(sqlite3 *handle, int busy_timeout) {
  busy_timeout_ = busy_timeout;
  sqlite3_progress_handler(handle, instructions_between, &SqliteWatch::on_progress, this);
  sqlite3_busy_handler(handle, &SqliteWatch::on_busy, this);
}

bool SqliteWatch::is_over() {
  if (!inside_)
    return false;
  if (is_cancelled())
    stop_ = Stop::cancelled;
  else if (limit_ && Clock::now() >= deadline_)
    stop_ = Stop::too_slow;
  return stop_ != Stop::none;
}

int SqliteWatch::on_progress(void *self) { return static_cast<SqliteWatch *>(self)->is_over(); }

/// Sleeps as long as sqlite3_busy_timeout() would: shortly first, then for longer. Returns 0 when
/// the time is over, 1 to try again.
int SqliteWatch::on_busy(void *self, int count) {
  constexpr int pauses[] = {1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100}; // milliseconds
  constexpr int last = int(std::size(pauses)) - 1;
  SqliteWatch &watch = *static_cast<SqliteWatch *>(self);
  if (watch.is_over())
    return 0;
  int waited = 0;
  for (int i = 0; i != count; ++i)
    if (i < last)
      waited += pauses[i];
    else {
      waited += (count - i) * pauses[last];
      break;
    }
  int pause = std::min(pauses[std::min(count, last)], watch.busy_timeout_ - waited);
  if (pause <= 0)
    return 0;
  if (watch.inside_ && watch.limit_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(watch.deadline_ - Clock::now());
    pause = std::min(pause, int(std::max<std::int64_t>(left.count(), 1)));
  }
  sqlite3_sleep(pause);
  return 1;
}

} // namespace declorm::detail
