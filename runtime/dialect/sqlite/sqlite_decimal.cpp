// sqlite_decimal.cpp: the collation "decimal" and the aggregate decimal_sum(), for numbers with
// more digits than a floating point number keeps. Names and meaning are those of SQLite's own
// extension (ext/misc/decimal.c), which its shell has built in, so that either opens the other's
// databases.
#include "runtime/dialect/sqlite/sqlite_connection.h"
#include "runtime/engine/decimal_io.h"

#include <new>

namespace declorm::detail {
namespace {

int sign(std::strong_ordering order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

/// By value; what is no number sorts behind all numbers, byte by byte.
int compare(void *, int left_size, const void *left_text, int right_size, const void *right_text) {
  const std::string_view left(static_cast<const char *>(left_text), std::size_t(left_size));
  const std::string_view right(static_cast<const char *>(right_text), std::size_t(right_size));
  DecimalParts a, b;
  const bool left_is = read_decimal(left, a), right_is = read_decimal(right, b);
  if (!left_is || !right_is)
    return left_is != right_is ? (left_is ? -1 : 1) : sign(left <=> right);
  if (a.negative != b.negative)
    return a.negative ? -1 : 1;
  // A number without digits is 0; any other is larger, whatever its exponent.
  int order = a.digits.empty() || b.digits.empty() ? int(b.digits.empty()) - int(a.digits.empty())
              : a.point != b.point                 ? sign(a.point <=> b.point)
                                                   : sign(a.digits <=> b.digits);
  return a.negative ? -order : order;
}

/// The sum so far, with as many digits behind the point as any number had. SQLite's memory is
/// aligned to 8 bytes, an Int128 wants 16: it is kept in halves.
struct Sum {
  std::uint64_t low;
  std::int64_t high;
  unsigned scale;
  bool any;

  Int128 unscaled() const { return static_cast<Int128>(high) << 64 | static_cast<Int128>(low); }
  void set(Int128 value) {
    low = static_cast<std::uint64_t>(value);
    high = static_cast<std::int64_t>(value >> 64);
  }
};

constexpr unsigned most_digits = 38;

void add(sqlite3_context *context, int, sqlite3_value **values) {
  if (sqlite3_value_type(values[0]) == SQLITE_NULL)
    return;
  auto *sum = static_cast<Sum *>(sqlite3_aggregate_context(context, sizeof(Sum)));
  if (!sum)
    return sqlite3_result_error_nomem(context);
  try {
    const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(values[0]));
    const std::string_view view(text, std::size_t(sqlite3_value_bytes(values[0])));
    DecimalParts parts;
    if (!read_decimal(view, parts))
      return sqlite3_result_error(context, "decimal_sum: a value is no number", -1);
    const auto behind = std::max<std::int64_t>(0, std::int64_t(parts.digits.size()) - parts.point);
    const auto scale = std::max<std::int64_t>(behind, sum->scale);
    const DecimalShape shape{most_digits, unsigned(std::min<std::int64_t>(scale, most_digits))};
    sum->set(add_decimals(rescale_exactly(sum->unscaled(), sum->scale, shape),
                          parse_decimal(view, shape), shape));
    sum->scale = shape.scale;
    sum->any = true;
  } catch (const std::bad_alloc &) {
    sqlite3_result_error_nomem(context);
  } catch (const std::exception &error) {
    sqlite3_result_error(context, (std::string("decimal_sum: ") + error.what()).c_str(), -1);
  }
}

void finish(sqlite3_context *context) {
  const auto *sum = static_cast<Sum *>(sqlite3_aggregate_context(context, 0));
  if (!sum || !sum->any)
    return sqlite3_result_null(context);
  try {
    const std::string text = decimal_text(sum->unscaled(), sum->scale);
    sqlite3_result_text(context, text.data(), int(text.size()), SQLITE_TRANSIENT);
  } catch (const std::bad_alloc &) {
    sqlite3_result_error_nomem(context);
  }
}

} // namespace

void add_decimal_functions(sqlite3 *handle) {
  sqlite3_create_collation_v2(handle, "decimal", SQLITE_UTF8, nullptr, &compare, nullptr);
  sqlite3_create_function_v2(handle, "decimal_sum", 1,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                             nullptr, &add, &finish, nullptr);
}

} // namespace declorm::detail
