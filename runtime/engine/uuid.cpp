// uuid.cpp: UUIDs: making, reading and writing them.
#include "declorm/uuid.h"

#include "declorm/value.h"

#include <atomic>
#include <chrono>
#include <cstring>
#include <unistd.h>

namespace declorm {
namespace {

constexpr char digits[] = "0123456789abcdef";

int digit_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// false: it is no UUID.
bool parse(std::string_view text, UUID::Bytes &bytes) {
  if (text.starts_with("urn:uuid:"))
    text.remove_prefix(9);
  else if (text.size() == 38 && text.front() == '{' && text.back() == '}')
    text = text.substr(1, 36);
  const bool dashes = text.size() == 36;
  if (!dashes && text.size() != 32)
    return false;
  std::size_t at = 0;
  for (std::size_t i = 0; i != bytes.size(); ++i) {
    if (dashes && (i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-')
      return false;
    const int high = digit_value(text[at]), low = digit_value(text[at + 1]);
    if (high < 0 || low < 0)
      return false;
    bytes[i] = static_cast<unsigned char>(high * 16 + low);
    at += 2;
  }
  return true;
}

UUID with_version(UUID::Bytes bytes, int version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | version << 4);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  return UUID(bytes);
}

void fill_randomly(unsigned char *begin, std::size_t size) {
  if (getentropy(begin, size) != 0)
    throw OperationalError("the operating system has no random numbers for a UUID: " +
                           std::string(std::strerror(errno)));
}

} // namespace

UUID::UUID(std::string_view text) {
  if (!parse(text, bytes_))
    throw DataError("the text " + Value(text).to_string() +
                    " is no UUID (32 hexadecimal digits, as 8-4-4-4-12 or plain)");
}

std::string UUID::hex() const {
  std::string text;
  for (const unsigned char byte : bytes_)
    text += {digits[byte >> 4], digits[byte & 15]};
  return text;
}

std::string UUID::to_string() const {
  std::string text = hex();
  for (const std::size_t at : {20, 16, 12, 8})
    text.insert(at, "-");
  return text;
}

UUID UUID::v4() {
  Bytes bytes;
  fill_randomly(bytes.data(), bytes.size());
  return with_version(bytes, 4);
}

UUID UUID::v7() {
  // Milliseconds, and twelve bits of what is left of them: the next one is at least one more.
  static std::atomic<std::uint64_t> last{0};
  const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const auto count = static_cast<std::uint64_t>(now.count());
  const std::uint64_t ticks = count / 1'000'000 << 12 | (count % 1'000'000 << 12) / 1'000'000;
  std::uint64_t before = last.load(std::memory_order_relaxed), next;
  do
    next = std::max(ticks, before + 1);
  while (!last.compare_exchange_weak(before, next, std::memory_order_relaxed));
  Bytes bytes;
  fill_randomly(bytes.data() + 8, 8);
  for (std::size_t i = 0; i != 6; ++i)
    bytes[i] = static_cast<unsigned char>(next >> (52 - 8 * i));
  bytes[6] = static_cast<unsigned char>(next >> 8 & 0x0f);
  bytes[7] = static_cast<unsigned char>(next);
  return with_version(bytes, 7);
}

Value type_traits<UUID>::to_column(const UUID &uuid) { return Value(uuid.hex()); }

UUID type_traits<UUID>::from_column(const Value &value) {
  UUID::Bytes bytes;
  if (const auto *text = std::get_if<std::string>(&value.data()); text && parse(*text, bytes))
    return UUID(bytes);
  if (const auto *blob = std::get_if<Bytes>(&value.data()); blob && blob->size() == bytes.size()) {
    std::memcpy(bytes.data(), blob->data(), bytes.size());
    return UUID(bytes);
  }
  detail::throw_not_fit(value,
                        "a UUID: 32 hexadecimal digits, as 8-4-4-4-12 or plain, or 16 bytes");
}

} // namespace declorm
