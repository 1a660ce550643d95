// thread_number.cpp: threads and times in messages.
#include "runtime/engine/thread_number.h"

#include <atomic>
#include <cstdio>

#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace declorm::detail {

int thread_number() {
#ifdef __linux__
  static thread_local const int number = static_cast<int>(syscall(SYS_gettid));
#else
  static std::atomic<int> next{1};
  static thread_local const int number = next++;
#endif
  return number;
}

std::string age_text(std::chrono::steady_clock::time_point begin) {
  const std::chrono::duration<double> age = std::chrono::steady_clock::now() - begin;
  char text[32];
  std::snprintf(text, sizeof text, "%.1f s", age.count());
  return text;
}

std::string seconds_text(std::chrono::milliseconds time) {
  std::string text = std::to_string(time.count() / 1000);
  if (const auto rest = time.count() % 1000)
    text += "." + std::to_string(1000 + rest).substr(1);
  return text + " s";
}

} // namespace declorm::detail
