// strict_server.cpp: round trips that are counted, take their time, and can fail.
#include "test/drivers/strict/strict_server.h"

#include <sqlite3.h>
#include <thread>

namespace declorm::strict {
namespace {

/// Whether this is the round trip that `countdown` waits for.
bool is_due(std::atomic<std::int64_t> &countdown) {
  return countdown.load(std::memory_order_relaxed) > 0 && countdown-- == 1;
}

Server &server_of(sqlite3_context *context) {
  return *static_cast<Server *>(sqlite3_user_data(context));
}

void round_trips(sqlite3_context *context, int, sqlite3_value **) {
  sqlite3_result_int64(context, server_of(context).round_trips());
}

template <auto member> void set_member(sqlite3_context *context, int, sqlite3_value **arguments) {
  server_of(context).*member = sqlite3_value_int64(arguments[0]);
}

} // namespace

Fate Server::ask() {
  ++round_trips_;
  if (const std::int64_t delay = delay_us; delay != 0)
    std::this_thread::sleep_for(std::chrono::microseconds(delay));
  const bool fails = is_due(fail_at), is_lost = is_due(lose_at), mute = is_due(lose_answer_at);
  return is_lost ? Fate::lost : mute ? Fate::answer_lost : fails ? Fate::refused : Fate::answered;
}

void add_functions(sqlite3 *handle, Server &server) {
  using Function = void (*)(sqlite3_context *, int, sqlite3_value **);
  const auto add = [&](const char *name, int arguments, Function function) {
    sqlite3_create_function_v2(handle, name, arguments, SQLITE_UTF8, &server, function, nullptr,
                               nullptr, nullptr);
  };
  add("strict_round_trips", 0, &round_trips);
  add("strict_delay_us", 1, &set_member<&Server::delay_us>);
  add("strict_fail_at", 1, &set_member<&Server::fail_at>);
  add("strict_lose_at", 1, &set_member<&Server::lose_at>);
  add("strict_lose_answer_at", 1, &set_member<&Server::lose_answer_at>);
}

bool speaks_to_server(std::string_view sql) { return sql.starts_with("SELECT strict_"); }

} // namespace declorm::strict
