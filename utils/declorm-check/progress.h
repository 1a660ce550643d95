// progress.h: What the person at a terminal sees while files are analysed.
#ifndef DECLORM_CHECK_PROGRESS_H
#define DECLORM_CHECK_PROGRESS_H

#include <cstddef>
#include <mutex>
#include <string_view>

namespace declorm::check {

/// One line on stderr, "[12/300] src/orders.cpp", written over and wiped in the end. Nothing is
/// written where stderr is no terminal. Safe to share between threads.
class Progress {
public:
  explicit Progress(std::size_t total);
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  /// One file more is through.
  void done(std::string_view file);

private:
  void draw(std::string_view file);

  const std::size_t total_;
  const bool is_shown_;
  std::mutex mutex_;
  std::size_t done_ = 0;
};

} // namespace declorm::check

#endif // DECLORM_CHECK_PROGRESS_H
