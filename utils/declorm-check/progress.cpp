// progress.cpp: What the person at a terminal sees while files are analysed.

#include "utils/declorm-check/progress.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace declorm::check {

namespace {

constexpr char wipe[] = "\r\033[K";

bool is_terminal() {
  const auto kind = llvm::sys::Process::GetEnv("TERM");
  return llvm::sys::Process::StandardErrIsDisplayed() && kind && *kind != "dumb";
}

} // namespace

Progress::Progress(std::size_t total) : total_(total), is_shown_(is_terminal()) {
  if (is_shown_ && total_ != 0)
    draw("");
}

Progress::~Progress() {
  if (is_shown_)
    llvm::errs() << wipe;
}

void Progress::done(std::string_view file) {
  if (!is_shown_)
    return;
  const std::lock_guard lock(mutex_);
  ++done_;
  draw(file);
}

void Progress::draw(std::string_view file) {
  std::string line =
      "[" + std::to_string(done_) + "/" + std::to_string(total_) + "] " + std::string(file);
  // A line that wraps could not be wiped.
  const unsigned columns = llvm::sys::Process::StandardErrColumns();
  if (columns > 1 && line.size() >= columns)
    line.resize(columns - 1);
  llvm::errs() << wipe << line;
}

} // namespace declorm::check
