// sqlite_lock.cpp: a lock that did not become free: who holds it, as far as that can be known.
#include "runtime/dialect/sqlite/sqlite_connection.h"

#include <cstdio>
#include <fstream>
#include <sstream>

#ifdef __linux__
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#endif

namespace declorm::detail {
namespace {

#ifdef __linux__
/// "8:1:1234", as in /proc/locks; "" if there is no such file.
std::string file_number(const std::string &path) {
  struct stat file{};
  if (stat(path.c_str(), &file) != 0)
    return "";
  char text[64];
  std::snprintf(text, sizeof text, "%02x:%02x:%llu", major(file.st_dev), minor(file.st_dev),
                static_cast<unsigned long long>(file.st_ino));
  return text;
}

std::string process_name(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/comm");
  std::string name;
  std::getline(file, name);
  return name;
}

/// Other processes with a lock on the file that writing needs. Read from /proc/locks: to ask the
/// file itself, it would have to be opened, and closing it would drop this process's own locks.
std::string other_process(const std::string &path) {
  const std::string file = file_number(path), shared_memory = file_number(path + "-shm");
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, kind, mode, access, where;
    int process = 0;
    words >> number >> kind >> mode >> access >> process >> where;
    if (access != "WRITE" || process <= 0 || process == getpid() || where.empty())
      continue;
    if (where == file || where == shared_memory)
      return "process " + std::to_string(process) + " (" + process_name(process) +
             ") is writing to it";
  }
  return "";
}
#else
std::string other_process(const std::string &) { return ""; }
#endif

} // namespace

std::string locked_message(const SqliteError &error, sqlite3 *handle, const SqliteOptions &options,
                           const std::string &holders, bool has_read) {
  if (error.code == SQLITE_BUSY_SNAPSHOT)
    return "the " + options.shown() +
           " was changed by another connection since this transaction began to read; roll back "
           "and do it again";
  if ((error.code & 0xff) == SQLITE_LOCKED)
    return error.message + " in the " + options.shown() +
           ": another statement of this connection is still reading; read its Result to the end, "
           "or end its scope, first";
  std::string who = holders;
  const char *file = options.in_memory() ? nullptr : sqlite3_db_filename(handle, "main");
  if (file && who.find("holds a write") == std::string::npos)
    if (const std::string process = other_process(file); !process.empty())
      who = process;
  if (who.empty())
    who = "another connection or process is writing to it";
  const std::string locked = "the " + options.shown() + " is locked: " + who;
  if (has_read) // SQLite does not wait then
    return locked + ". This transaction has read already, so waiting for it to end could take "
                    "forever; roll back and do it again, or let transactions that will write begin "
                    "with ?begin=immediate in the URL";
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%g", options.timeout_ms / 1000.0);
  return locked + " (timeout " + seconds + " s); commit or roll back there, or wait longer with " +
         options.timeout_option;
}

} // namespace declorm::detail
