// postgresql_parameters.cpp: each kind of value in each type.
#include "runtime/dialect/postgresql/postgresql_parameters.h"

#include "declorm/error.h"
#include "runtime/dialect/postgresql/postgresql_wire_values.h"

#include <charconv>
#include <cmath>

namespace declorm::detail {
namespace {

const char *name_of(PgType type) {
  switch (type) {
  case PgType::boolean:
    return "boolean";
  case PgType::int2:
    return "smallint";
  case PgType::int4:
    return "integer";
  case PgType::int8:
    return "bigint";
  case PgType::oid:
    return "oid";
  case PgType::float4:
    return "real";
  case PgType::date:
    return "date";
  case PgType::timestamp:
  case PgType::timestamptz:
    return "timestamp, which counts microseconds";
  case PgType::uuid:
    return "uuid";
  default:
    return "its type";
  }
}

/// The shortest text that reads back as the number.
std::string real_text(double value) {
  if (std::isnan(value))
    return "NaN";
  if (std::isinf(value))
    return value < 0 ? "-Infinity" : "Infinity";
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

/// Whether a number is whole, and within 64 bits.
bool is_whole(double value) {
  return value >= -0x1p63 && value < 0x1p63 && value == std::floor(value);
}

} // namespace

PostgresqlParameters::PostgresqlParameters(std::vector<PgType> types)
    : types_(std::move(types)), values_(types_.size()), lengths_(types_.size()),
      formats_(types_.size()), slots_(types_.size()) {}

void PostgresqlParameters::clear() {
  for (std::size_t i = 0; i != size(); ++i) {
    values_[i] = nullptr;
    slots_[i].large = {};
  }
}

void PostgresqlParameters::set(std::size_t i, const char *data, std::size_t size, bool is_binary) {
  if (size > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    refuse(static_cast<int>(i) + 1, "a value of " + std::to_string(size) + " bytes",
           ", because a message to the server holds less than 1 GiB");
  values_[i] = data;
  lengths_[i] = static_cast<int>(size);
  formats_[i] = is_binary ? 1 : 0;
}

void PostgresqlParameters::refuse(int index, const std::string &value, const char *why) const {
  throw DataError("the parameter $" + std::to_string(index) + " is " + value + ", which " +
                  name_of(type(index)) + " cannot hold" + why);
}

template <std::unsigned_integral T> void PostgresqlParameters::binary(int index, T value) {
  Slot &slot = slots_[at(index)];
  put_network(slot.small, value);
  set(at(index), slot.small, sizeof(T), true);
}

void PostgresqlParameters::literal(int index, std::string_view value) {
  Slot &slot = slots_[at(index)];
  slot.large = value;
  set(at(index), slot.large.c_str(), slot.large.size(), false);
}

void PostgresqlParameters::null(int index) { values_[at(index)] = nullptr; }

void PostgresqlParameters::integer(int index, std::int64_t value) {
  const auto require = [&](bool fits) {
    if (!fits) [[unlikely]]
      refuse(index, std::to_string(value));
  };
  switch (type(index)) {
  case PgType::int8:
    return binary(index, static_cast<std::uint64_t>(value));
  case PgType::int4:
    require(std::in_range<std::int32_t>(value));
    return binary(index, static_cast<std::uint32_t>(value));
  case PgType::int2:
    require(std::in_range<std::int16_t>(value));
    return binary(index, static_cast<std::uint16_t>(value));
  case PgType::oid:
    require(std::in_range<std::uint32_t>(value));
    return binary(index, static_cast<std::uint32_t>(value));
  case PgType::boolean:
    require(value == 0 || value == 1);
    return binary(index, static_cast<std::uint8_t>(value));
  case PgType::float8:
  case PgType::float4:
    return real(index, static_cast<double>(value));
  default:
    return literal(index, std::to_string(value));
  }
}

void PostgresqlParameters::real(int index, double value) {
  switch (type(index)) {
  case PgType::float8:
    return binary(index, std::bit_cast<std::uint64_t>(value));
  case PgType::float4: {
    const auto narrow = static_cast<float>(value);
    if (std::isinf(narrow) && !std::isinf(value))
      refuse(index, real_text(value));
    return binary(index, std::bit_cast<std::uint32_t>(narrow));
  }
  case PgType::int2:
  case PgType::int4:
  case PgType::int8:
  case PgType::oid:
  case PgType::boolean:
    if (!is_whole(value))
      refuse(index, real_text(value));
    return integer(index, static_cast<std::int64_t>(value));
  default:
    return literal(index, real_text(value));
  }
}

void PostgresqlParameters::text(int index, std::string_view value, bool is_copied) {
  if (value.find('\0') != std::string_view::npos)
    throw DataError("the parameter $" + std::to_string(index) +
                    " is a text with a NUL byte in it, which no text of PostgreSQL's can hold; "
                    "keep it as bytes");
  const PgType to = type(index);
  if (is_text(to) || to == PgType::bytea) {
    Slot &slot = slots_[at(index)];
    if (is_copied)
      value = slot.large = value;
    return set(at(index), value.empty() ? "" : value.data(), value.size(), true);
  }
  if (to == PgType::timestamptz || to == PgType::timestamp || to == PgType::date)
    if (const std::optional<TimeRead> read = read_time(value);
        read && !(read->has_offset && to == PgType::timestamp) && instant(index, read->time))
      return;
  literal(index, value);
}

void PostgresqlParameters::blob(int index, std::span<const std::byte> value, bool is_copied) {
  std::string_view bytes(reinterpret_cast<const char *>(value.data()), value.size());
  Slot &slot = slots_[at(index)];
  if (is_copied)
    bytes = slot.large = bytes;
  set(at(index), bytes.empty() ? "" : bytes.data(), bytes.size(), true);
}

bool PostgresqlParameters::instant(int index, Time time) {
  switch (type(index)) {
  case PgType::timestamptz:
  case PgType::timestamp:
    if (const std::optional<std::int64_t> micros = micros_of(time)) {
      binary(index, static_cast<std::uint64_t>(*micros));
      return true;
    }
    refuse(index, std::string(format_time(time)),
           "; round it with std::chrono::floor<std::chrono::microseconds>()");
  case PgType::date: {
    constexpr std::int64_t day = 86'400;
    if (time.nanoseconds != 0 || time.seconds % day != 0)
      return false;
    const auto days = static_cast<std::int32_t>(time.seconds / day - days_of_2000);
    binary(index, static_cast<std::uint32_t>(days));
    return true;
  }
  default:
    return false;
  }
}

void PostgresqlParameters::time(int index, const Field &field, const void *place) {
  const Time time = point_time(field, place);
  if (!instant(index, time))
    copied_text(index, time_text(field, place).view());
}

void PostgresqlParameters::date(int index, const Field &field, const void *place) {
  copied_text(index, date_text(field, place).view());
}

void PostgresqlParameters::uuid(int index, const UUID &value) {
  const PgType to = type(index);
  if (to != PgType::uuid && to != PgType::bytea)
    return copied_text(index, value.hex());
  Slot &slot = slots_[at(index)];
  std::memcpy(slot.small, value.bytes().data(), sizeof slot.small);
  set(at(index), slot.small, sizeof slot.small, true);
}

void PostgresqlParameters::decimal(int index, Int128 unscaled, DecimalShape shape) {
  switch (type(index)) {
  case PgType::float4:
  case PgType::float8:
    return real(index, decimal_to_double(unscaled, shape.scale));
  case PgType::int2:
  case PgType::int4:
  case PgType::int8:
    if (shape.scale == 0 && unscaled == static_cast<std::int64_t>(unscaled))
      return integer(index, static_cast<std::int64_t>(unscaled));
    [[fallthrough]];
  default:
    return copied_text(index, decimal_text(unscaled, shape.scale));
  }
}

void PostgresqlParameters::value(int index, const Value &value) {
  switch (value.data().index()) {
  case 0:
    return null(index);
  case 1:
    return integer(index, std::get<std::int64_t>(value.data()));
  case 2:
    return real(index, std::get<double>(value.data()));
  case 3:
    return text(index, std::get<std::string>(value.data()), true);
  default:
    return blob(index, std::get<Bytes>(value.data()), true);
  }
}

} // namespace declorm::detail
