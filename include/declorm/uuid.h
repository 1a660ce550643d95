// uuid.h: UUID, a universally unique identifier.
//
// Light enough for the headers of models: it includes little and brings nothing else of declorm.
#ifndef DECLORM_UUID_H
#define DECLORM_UUID_H

#include <array>
#include <compare>
#include <iosfwd>
#include <string>
#include <string_view>

namespace declorm {

class Value;
template <class T> struct type_traits;

/// A universally unique identifier (RFC 9562). A value type; the default is the nil UUID, which in
/// a key that `default_value(&declorm::UUID::v4)` makes means "not given". SQLite has no type for
/// it: it is stored as SQLAlchemy does, as 32 lower-case hexadecimal digits in a CHAR(32), and read
/// from that, from the usual form with dashes, and from 16 bytes. (`declorm::Uuid` is the type of
/// such a column in a hand-made Table.)
class UUID {
public:
  /// The bytes in the order of the text.
  using Bytes = std::array<unsigned char, 16>;

  constexpr UUID() = default;
  /// Makes a UUID of its bytes, in the order of the text.
  constexpr explicit UUID(const Bytes &bytes) : bytes_(bytes) {}
  /// From 32 hexadecimal digits of any case: plain, as 8-4-4-4-12, in braces, or behind
  /// "urn:uuid:". Throws DataError for anything else.
  explicit UUID(std::string_view text);

  /// Makes a random UUID, from the operating system's generator. Safe from any thread, and after
  /// fork().
  static UUID v4();
  /// Makes a UUID that begins with the time in milliseconds, so that new ones sort behind older
  /// ones and keep indexes compact; those of one process are strictly ascending. Safe from any
  /// thread.
  static UUID v7();

  /// Returns the UUID as "8-4-4-4-12" digits, in lower case.
  std::string to_string() const;
  /// Returns the 32 digits alone: the form in SQLite.
  std::string hex() const;
  /// Returns the bytes, as long as the UUID lives.
  constexpr const Bytes &bytes() const { return bytes_; }
  /// Whether all bytes are zero.
  constexpr bool is_nil() const { return bytes_ == Bytes{}; }
  /// Returns the version, 1 to 8; 0 for the nil UUID.
  constexpr int version() const { return bytes_[6] >> 4; }

  friend constexpr auto operator<=>(const UUID &, const UUID &) = default;

private:
  Bytes bytes_{};
};

/// Writes to_string() to a stream.
template <class Char, class Traits>
std::basic_ostream<Char, Traits> &operator<<(std::basic_ostream<Char, Traits> &out,
                                             const UUID &uuid) {
  return out << uuid.to_string();
}

/// Stores a UUID as 32 digits, and reads it from the forms that the class names.
template <> struct type_traits<UUID> {
  using column_type = Value;
  static Value to_column(const UUID &uuid);
  static UUID from_column(const Value &value);
};

} // namespace declorm

template <> struct std::hash<declorm::UUID> {
  std::size_t operator()(const declorm::UUID &uuid) const noexcept {
    return std::hash<std::string_view>()(
        {reinterpret_cast<const char *>(uuid.bytes().data()), uuid.bytes().size()});
  }
};

#endif // DECLORM_UUID_H
