// thread_number.h: threads and times in messages.
#ifndef DECLORM_ENGINE_THREAD_NUMBER_H
#define DECLORM_ENGINE_THREAD_NUMBER_H

#include <chrono>
#include <string>

namespace declorm::detail {

/// The thread's number, as the operating system and debuggers show it.
int thread_number();

/// "3.2 s": the time since `begin`.
std::string age_text(std::chrono::steady_clock::time_point begin);

/// "0.250 s", "5 s"
std::string seconds_text(std::chrono::milliseconds time);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_THREAD_NUMBER_H
