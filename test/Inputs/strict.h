// strict.h: what a test asks the server behind strict://, beside the statements that it executes.
//
// `at` is an Engine, or a Session or Connection of one: the server is the same for all of an
// engine's connections. An Engine does while no connection is in a transaction. Nothing here is a
// round trip.
#pragma once

#include <declorm/session.h>
#include <string>

namespace test {

namespace detail {
template <class Place> std::int64_t ask_server(Place &at, const std::string &call) {
  const std::string sql = "SELECT strict_" + call;
  if constexpr (std::is_same_v<std::remove_const_t<Place>, declorm::Engine>)
    return at.connect().execute(sql).scalar().template as<std::optional<std::int64_t>>().value_or(
        0);
  else
    return at.execute(sql).scalar().template as<std::optional<std::int64_t>>().value_or(0);
}
} // namespace detail

/// How many round trips there were.
template <class Place> std::int64_t round_trips(Place &at) {
  return detail::ask_server(at, "round_trips()");
}
/// The round trip of that number, from now on, is answered with an error. 0: none is.
template <class Place> void fail_at(Place &at, std::int64_t number) {
  detail::ask_server(at, "fail_at(" + std::to_string(number) + ")");
}
/// The connection is lost before the server gets what the round trip of that number asks.
template <class Place> void lose_at(Place &at, std::int64_t number) {
  detail::ask_server(at, "lose_at(" + std::to_string(number) + ")");
}
/// The server executes what the round trip of that number asks, and the connection is lost before
/// the answer comes.
template <class Place> void lose_answer_at(Place &at, std::int64_t number) {
  detail::ask_server(at, "lose_answer_at(" + std::to_string(number) + ")");
}

} // namespace test
