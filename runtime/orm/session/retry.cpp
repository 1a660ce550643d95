// retry.cpp: the pause between two tries of a transaction.
#include "declorm/session.h"

#include <random>
#include <thread>

namespace declorm {

bool Retry::wait() {
  if (times == 0)
    return false;
  --times;
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<std::chrono::milliseconds::rep> part(0, pause.count());
  std::this_thread::sleep_for(std::chrono::milliseconds(part(random)));
  pause *= 2;
  return true;
}

} // namespace declorm
