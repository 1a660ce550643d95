// transaction_ledger.cpp: who has a transaction open.
#include "runtime/dialect/sqlite/transaction_ledger.h"

#include "runtime/engine/thread_number.h"

#include <algorithm>

namespace declorm::detail {

TransactionLedger::Entry *TransactionLedger::find(const void *connection) {
  const auto found = std::ranges::find(entries_, connection, &Entry::connection);
  return found == entries_.end() ? nullptr : &*found;
}

void TransactionLedger::began(const void *connection) {
  const std::lock_guard lock(mutex_);
  if (!find(connection))
    entries_.push_back({connection, thread_number(), std::chrono::steady_clock::now(), {}, {}});
}

void TransactionLedger::wrote(const void *connection, std::string_view statement) {
  constexpr std::size_t longest = 200;
  const std::lock_guard lock(mutex_);
  Entry *entry = find(connection);
  if (!entry)
    return;
  if (entry->statement.empty())
    entry->write_begin = std::chrono::steady_clock::now();
  entry->statement = statement.substr(0, longest);
}

void TransactionLedger::ended(const void *connection) noexcept {
  const std::lock_guard lock(mutex_);
  std::erase_if(entries_, [&](const Entry &entry) { return entry.connection == connection; });
}

std::string TransactionLedger::others(const void *connection) const {
  const std::lock_guard lock(mutex_);
  std::string open;
  for (const Entry &entry : entries_) {
    if (entry.connection == connection)
      continue;
    const std::string who = "thread " + std::to_string(entry.thread) +
                            (entry.thread == thread_number() ? " (this one)" : "");
    if (!entry.statement.empty()) {
      std::string statement = entry.statement;
      std::ranges::replace(statement, '\n', ' ');
      return "another connection of this engine, of " + who + ", holds a write transaction since " +
             age_text(entry.write_begin) + ", last statement: " + statement;
    }
    open += (open.empty() ? "" : ", ") + who + " since " + age_text(entry.begin);
  }
  return open.empty() ? "" : "connections of this engine have transactions open: " + open;
}

} // namespace declorm::detail
