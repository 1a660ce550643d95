// digest.cpp: One number for everything a class says.
//
// FNV-1a, 64 bits, over a canonical walk: every string goes in behind its length and every list
// behind its size, so that no two classes run together. Places, and names that are there for
// messages only, stay out.

#include "runtime/model/fields.h"

#include <bit>

namespace declorm::model {

namespace {

class Hasher {
public:
  void number(std::uint64_t value) {
    for (int i = 0; i != 8; ++i)
      byte(static_cast<unsigned char>(value >> (8 * i)));
  }

  void text(std::string_view value) {
    number(value.size());
    bytes(value);
  }

  void bytes(std::string_view value) {
    for (char c : value)
      byte(static_cast<unsigned char>(c));
  }

  std::string digits() const {
    static constexpr char all[] = "0123456789abcdef";
    std::string result(16, '0');
    for (std::uint64_t rest = state_, i = 16; i-- != 0; rest >>= 4)
      result[i] = all[rest & 15];
    return result;
  }

private:
  void byte(unsigned char value) { state_ = (state_ ^ value) * 0x100000001b3U; }

  std::uint64_t state_ = 0xcbf29ce484222325U;
};

void add(Hasher &hasher, const Value &value) {
  hasher.number(value.data.index());
  if (const auto *boolean = std::get_if<bool>(&value.data)) {
    hasher.number(*boolean ? 1 : 0);
  } else if (const auto *integer = std::get_if<std::int64_t>(&value.data)) {
    hasher.number(std::uint64_t(*integer));
  } else if (const auto *real = std::get_if<double>(&value.data)) {
    hasher.number(std::bit_cast<std::uint64_t>(*real));
  } else if (const auto *text = std::get_if<std::string>(&value.data)) {
    hasher.text(*text);
  } else if (const auto *function = std::get_if<Function>(&value.data)) {
    hasher.text(function->name);
  } else if (const auto *enumerator = std::get_if<EnumValue>(&value.data)) {
    hasher.text(enumerator->name);
    hasher.number(std::uint64_t(enumerator->value));
  } else if (const auto *keyword = std::get_if<Keyword>(&value.data)) {
    hasher.text(keyword->name);
  } else if (const auto *list = std::get_if<std::vector<Value>>(&value.data)) {
    hasher.number(list->size());
    for (const Value &element : *list)
      add(hasher, element);
  }
}

/// Adds the fields that are part of the digest, in their order.
class DigestVisitor {
public:
  void value(const FieldInfo &field, const std::string &text) {
    if (field.forms & in_digest)
      hasher_.text(text);
  }
  void value(const FieldInfo &field, std::integral auto number) {
    if (field.forms & in_digest)
      hasher_.number(std::uint64_t(number));
  }
  void offset(const FieldInfo &field, std::uint64_t offset) { value(field, offset); }
  void choice(const FieldInfo &field, auto choice, const auto &) {
    value(field, std::uint64_t(choice));
  }
  void flags(const FieldInfo &field, unsigned flags, const auto &) { value(field, flags); }
  void home(const FieldInfo &, const Location &) {}
  void place(const FieldInfo &, const Location &) {}
  void object(const FieldInfo &field, const auto &object) {
    if (field.forms & in_digest)
      for_each_field(*this, object);
  }
  void list(const FieldInfo &field, const auto &list) {
    each(field, list, [&](const auto &element) { for_each_field(*this, element); });
  }
  void strings(const FieldInfo &field, const std::vector<std::string> &strings) {
    each(field, strings, [&](const std::string &string) { hasher_.text(string); });
  }
  void arguments(const FieldInfo &field, const std::vector<Value> &arguments) {
    each(field, arguments, [&](const Value &argument) { add(hasher_, argument); });
  }

  std::string digits() const { return hasher_.digits(); }

private:
  void each(const FieldInfo &field, const auto &list, auto add_element) {
    if (!(field.forms & in_digest))
      return;
    hasher_.number(list.size());
    for (const auto &element : list)
      add_element(element);
  }

  Hasher hasher_;
};

} // namespace

std::string digest(const Class &class_) {
  DigestVisitor visitor;
  for_each_field(visitor, class_);
  return visitor.digits();
}

std::string digest_of(std::string_view bytes) {
  Hasher hasher;
  hasher.bytes(bytes);
  return hasher.digits();
}

} // namespace declorm::model
