// postgresql_cell.cpp: both forms of each type, the binary one and the text.
#include "runtime/dialect/postgresql/postgresql_cell.h"

#include "runtime/dialect/postgresql/postgresql_wire_values.h"

#include <charconv>
#include <cstdlib>

namespace declorm::detail {
namespace {

/// How many decimal digits a double keeps.
constexpr unsigned double_digits = 15;

int nibble(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/// The bytes of "\x0a1b".
std::string bytes_of_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 2; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(nibble(text[i]) * 16 + nibble(text[i + 1]));
  return bytes;
}

/// A UUID without its dashes.
std::string plain_uuid(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '-');
  return plain;
}

/// A numeric as a text, in the form that PgNumeric takes apart.
struct NumericText {
  explicit NumericText(std::string_view text) : digits(text) {}
  std::string_view digits;

  std::optional<std::int64_t> integer() const {
    std::int64_t value = 0;
    const char *const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
  }
  double real() const { return std::strtod(std::string(digits).c_str(), nullptr); }
  bool is_special() const { return digits.find_first_of("NI") != digits.npos; }
  std::size_t scale() const {
    const std::size_t point = digits.find('.');
    return point == digits.npos ? 0 : digits.size() - point - 1;
  }
  std::size_t significant_digits() const { return significant_digits_of(digits); }
};

} // namespace

bool has_binary_form(PgType type) {
  switch (type) {
  case PgType::boolean:
  case PgType::bytea:
  case PgType::int8:
  case PgType::int2:
  case PgType::int4:
  case PgType::oid:
  case PgType::float4:
  case PgType::float8:
  case PgType::date:
  case PgType::time:
  case PgType::timestamp:
  case PgType::timestamptz:
  case PgType::numeric:
  case PgType::uuid:
  case PgType::jsonb:
    return true;
  default:
    return is_text(type);
  }
}

CellKind PostgresqlCell::kind() const {
  if (is_null_)
    return CellKind::null;
  switch (column_.type) {
  case PgType::boolean:
  case PgType::int2:
  case PgType::int4:
  case PgType::int8:
  case PgType::oid:
    return CellKind::integer;
  case PgType::float4:
  case PgType::float8:
    return CellKind::real;
  case PgType::bytea:
    return CellKind::blob;
  case PgType::numeric:
    return numeric_kind();
  default:
    return CellKind::text;
  }
}

/// A Value has no exact numbers: whole ones are integers, and others floating point numbers, unless
/// digits would be lost that count. Those of a division, of which the server makes as many as it
/// likes, do not, if no column promises them.
CellKind PostgresqlCell::numeric_kind() const {
  const auto kind = [this](const auto &numeric) {
    if (numeric.integer())
      return CellKind::integer;
    const bool counts = column_.has_digits || numeric.scale() <= double_digits;
    return counts && !numeric.is_special() && numeric.significant_digits() > double_digits
               ? CellKind::text
               : CellKind::real;
  };
  return is_binary_ ? kind(PgNumeric(bytes_)) : kind(NumericText(bytes_));
}

std::int64_t PostgresqlCell::integer() const {
  if (column_.type == PgType::numeric)
    return (is_binary_ ? PgNumeric(bytes_).integer() : NumericText(bytes_).integer()).value_or(0);
  if (!is_binary_) {
    if (column_.type == PgType::boolean)
      return bytes_ == "t" ? 1 : 0;
    std::int64_t value = 0;
    std::from_chars(bytes_.data(), bytes_.data() + bytes_.size(), value);
    return value;
  }
  switch (column_.type) {
  case PgType::boolean:
    return bytes()[0] != 0;
  case PgType::int2:
    return static_cast<std::int16_t>(get_network<std::uint16_t>(bytes()));
  case PgType::int4:
    return static_cast<std::int32_t>(get_network<std::uint32_t>(bytes()));
  case PgType::oid:
    return get_network<std::uint32_t>(bytes());
  default:
    return static_cast<std::int64_t>(get_network<std::uint64_t>(bytes()));
  }
}

double PostgresqlCell::real() const {
  if (!is_binary_)
    return NumericText(bytes_).real();
  switch (column_.type) {
  case PgType::numeric:
    return PgNumeric(bytes_).real();
  case PgType::float4:
    return static_cast<double>(std::bit_cast<float>(get_network<std::uint32_t>(bytes())));
  default:
    return std::bit_cast<double>(get_network<std::uint64_t>(bytes()));
  }
}

std::int64_t PostgresqlCell::micros() const {
  if (column_.type != PgType::date)
    return static_cast<std::int64_t>(get_network<std::uint64_t>(bytes()));
  const auto days = static_cast<std::int32_t>(get_network<std::uint32_t>(bytes()));
  if (days == std::numeric_limits<std::int32_t>::max())
    return std::numeric_limits<std::int64_t>::max();
  if (days == std::numeric_limits<std::int32_t>::min())
    return std::numeric_limits<std::int64_t>::min();
  return std::int64_t(days) * 86'400'000'000;
}

std::string_view PostgresqlCell::text() const {
  if (is_text(column_.type))
    return bytes_;
  if (!is_binary_) {
    switch (column_.type) {
    case PgType::uuid:
      return made(plain_uuid(bytes_));
    case PgType::timestamp:
    case PgType::timestamptz:
      if (const std::optional<TimeRead> read = read_time(bytes_))
        return made(format_time(read->time));
      return bytes_;
    default:
      return bytes_;
    }
  }
  switch (column_.type) {
  case PgType::jsonb:
    return bytes_.substr(1); // behind the number of the form
  case PgType::uuid: {
    UUID::Bytes bytes;
    std::memcpy(bytes.data(), bytes_.data(), bytes.size());
    return made(UUID(bytes).hex());
  }
  case PgType::date:
    return made(date_text_of_days(static_cast<std::int32_t>(get_network<std::uint32_t>(bytes()))));
  case PgType::time:
    return made(clock_text(micros()));
  case PgType::timestamp:
  case PgType::timestamptz:
    return made(timestamp_text(micros()));
  case PgType::numeric:
    return made(PgNumeric(bytes_).text());
  default:
    return bytes_;
  }
}

std::span<const std::byte> PostgresqlCell::blob() const {
  std::string_view bytes = bytes_;
  if (column_.type != PgType::bytea)
    bytes = text();
  else if (!is_binary_)
    bytes = made(bytes_of_hex(bytes_));
  return {reinterpret_cast<const std::byte *>(bytes.data()), bytes.size()};
}

Value PostgresqlCell::value() const { return value_of_cell(*this); }

bool PostgresqlCell::boolean(const Field &field) const {
  const std::int64_t value = load_integer(field, *this);
  if (value != 0 && value != 1)
    throw_unfit(field, Value(value));
  return value != 0;
}

void PostgresqlCell::time(const Field &field, void *place) const {
  const bool is_time = column_.type == PgType::timestamp || column_.type == PgType::timestamptz ||
                       column_.type == PgType::date;
  if (is_null_ || !is_binary_ || !is_time)
    return set_time_text(field, place, load_text(field, *this));
  if (column_.type == PgType::timestamptz && field.code == TypeCode::local_time)
    throw_offset(field, text());
  const std::optional<Time> time = time_of_micros(micros());
  if (!time || !set_point_time(field, place, *time))
    throw_unfit(field, Value(text()));
}

void PostgresqlCell::date(const Field &field, void *place) const {
  set_date_text(field, place, load_text(field, *this));
}

void PostgresqlCell::uuid(const Field &field, UUID &to) const {
  if (is_null_ || !is_binary_ || column_.type != PgType::uuid)
    return set_uuid(field, to, value());
  UUID::Bytes bytes;
  std::memcpy(bytes.data(), bytes_.data(), bytes.size());
  to = UUID(bytes);
}

void PostgresqlCell::json(const Field &field, std::string &to) const {
  const CellKind is = kind();
  to = is == CellKind::integer || is == CellKind::real ? value().to_string()
                                                       : std::string(load_text(field, *this));
}

Int128 PostgresqlCell::decimal(const Field &field) const {
  if (is_null_ || column_.type != PgType::numeric)
    return decimal_of(field, value());
  return decimal_of(field, Value(is_binary_ ? std::string_view(PgNumeric(bytes_).text()) : bytes_));
}

} // namespace declorm::detail
