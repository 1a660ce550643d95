// value.cpp: Value's conversions and its text for logs.
#include "declorm/value.h"

#include <charconv>
#include <cmath>

namespace declorm {
namespace {

constexpr std::size_t longest_literal = 300; // characters of text, bytes of a blob

std::string text_literal(const std::string &text) {
  std::string result = "'";
  for (const char c : text.substr(0, longest_literal)) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr char digits[] = "0123456789abcdef";
    if (c == '\'')
      result += "''";
    else if (c == '\n')
      result += "\\n";
    else if (byte < 0x20 || byte == 0x7f)
      result += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    else
      result += c;
  }
  result += '\'';
  if (text.size() > longest_literal)
    result += " … (" + std::to_string(text.size()) + " bytes in all)";
  return result;
}

std::string bytes_literal(const Bytes &bytes) {
  constexpr char digits[] = "0123456789abcdef";
  constexpr std::size_t shown = 32;
  std::string result = "x'";
  for (std::size_t i = 0; i != std::min(bytes.size(), shown); ++i) {
    result += digits[std::to_integer<unsigned>(bytes[i]) >> 4];
    result += digits[std::to_integer<unsigned>(bytes[i]) & 15];
  }
  result += '\'';
  if (bytes.size() > shown)
    result += " … (" + std::to_string(bytes.size()) + " bytes in all)";
  return result;
}

std::string real_literal(double value) {
  if (std::isnan(value))
    return "NaN";
  if (std::isinf(value))
    return value < 0 ? "-Infinity" : "Infinity";
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  std::string result(buffer, end);
  if (result.find_first_of(".e") == std::string::npos)
    result += ".0"; // so that it does not look like an integer
  return result;
}

} // namespace

Value::Value() noexcept = default;
Value::Value(const Value &other) = default;
Value::Value(Value &&other) noexcept = default;
Value &Value::operator=(const Value &other) = default;
Value &Value::operator=(Value &&other) noexcept = default;
Value::~Value() = default;

void Value::set_integer(std::int64_t value) { data_ = value; }
void Value::set_real(double value) { data_ = value; }
void Value::set_text(std::string_view value) { data_.emplace<std::string>(value); }
void Value::set_bytes(const std::byte *begin, std::size_t size) {
  data_.emplace<Bytes>(begin, begin + size);
}

bool Value::equals(const Value &other) const { return data_ == other.data_; }

Params::Params() = default;
Params::Params(std::initializer_list<Value> values) : values_(values) {}
Params::Params(std::initializer_list<Named> values) : named_(values) {}
Params::Params(std::vector<Value> values) : values_(std::move(values)) {}
Params::Params(std::vector<Named> values) : named_(std::move(values)) {}
Params::Params(const Params &) = default;
Params::Params(Params &&) noexcept = default;
Params &Params::operator=(const Params &) = default;
Params &Params::operator=(Params &&) noexcept = default;
Params::~Params() = default;

std::string Value::to_string() const {
  switch (data_.index()) {
  case 1:
    return std::to_string(std::get<std::int64_t>(data_));
  case 2:
    return real_literal(std::get<double>(data_));
  case 3:
    return text_literal(std::get<std::string>(data_));
  case 4:
    return bytes_literal(std::get<Bytes>(data_));
  default:
    return "NULL";
  }
}

namespace detail {

void throw_not_fit(const Value &value, const char *wanted) {
  throw DataError("the value " + value.to_string() + " is not " + wanted);
}

void throw_above_int64(std::uint64_t value) {
  throw DataError("the value " + std::to_string(value) +
                  " is above 9223372036854775807, the largest integer of a database");
}

std::int64_t integer_of(const Value &value, const char *wanted) {
  if (const auto *integer = std::get_if<std::int64_t>(&value.data()))
    return *integer;
  // 2^63 itself is the first double that is too large.
  if (const auto *real = std::get_if<double>(&value.data()))
    if (*real >= -0x1p63 && *real < 0x1p63 && std::trunc(*real) == *real)
      return static_cast<std::int64_t>(*real);
  throw_not_fit(value, wanted);
}

double real_of(const Value &value) {
  if (const auto *real = std::get_if<double>(&value.data()))
    return *real;
  if (const auto *integer = std::get_if<std::int64_t>(&value.data())) {
    const auto real = static_cast<double>(*integer);
    if (real < 0x1p63 && static_cast<std::int64_t>(real) == *integer)
      return real;
  }
  throw_not_fit(value, "a floating point number");
}

const std::string &text_of(const Value &value) {
  if (const auto *text = std::get_if<std::string>(&value.data()))
    return *text;
  throw_not_fit(value, "text");
}

Bytes bytes_of(const Value &value) {
  if (const auto *bytes = std::get_if<Bytes>(&value.data()))
    return *bytes;
  if (const auto *text = std::get_if<std::string>(&value.data())) {
    const auto *begin = reinterpret_cast<const std::byte *>(text->data());
    return Bytes(begin, begin + text->size());
  }
  throw_not_fit(value, "bytes");
}

} // namespace detail
} // namespace declorm
