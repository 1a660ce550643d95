// digest.cpp: One number for everything a class says.
//
// FNV-1a, 64 bits, over a canonical walk: every string goes in behind its length and every list
// behind its size, so that no two classes run together. Places, and names that are there for
// messages only, stay out.

#include "runtime/model/model.h"

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

void add(Hasher &hasher, const Annotations &annotations) {
  hasher.number(annotations.size());
  for (const Annotation &annotation : annotations) {
    hasher.text(annotation.name);
    hasher.number(annotation.arguments.size());
    for (const Value &argument : annotation.arguments)
      add(hasher, argument);
  }
}

void add(Hasher &hasher, const Type &type) {
  hasher.number(std::uint64_t(type.code));
  hasher.number(std::uint64_t(type.container));
  hasher.number(type.flags);
  hasher.number(std::uint64_t(type.rep));
  hasher.number(type.size);
  hasher.number(std::uint64_t(type.num));
  hasher.number(std::uint64_t(type.den));
  hasher.text(type.spelling);
  hasher.text(type.target);
  hasher.number(type.enumerators.size());
  for (const Enumerator &enumerator : type.enumerators) {
    hasher.text(enumerator.name);
    hasher.number(std::uint64_t(enumerator.value));
  }
}

} // namespace

std::string digest(const Class &class_) {
  Hasher hasher;
  hasher.text(class_.key);
  hasher.text(class_.name);
  hasher.number(class_.flags);
  hasher.number(class_.size);
  hasher.number(class_.alignment);
  hasher.number(class_.bases.size());
  for (const Base &base : class_.bases) {
    hasher.text(base.key);
    hasher.number(base.offset);
    hasher.number(base.is_virtual ? 1 : 0);
  }
  hasher.number(class_.virtual_bases.size());
  for (const VirtualBase &base : class_.virtual_bases) {
    hasher.text(base.key);
    hasher.number(base.offset);
  }
  hasher.number(class_.members.size());
  for (const Member &member : class_.members) {
    hasher.text(member.name);
    hasher.number(std::uint64_t(member.kind));
    hasher.number(member.flags);
    hasher.number(member.offset);
    add(hasher, member.type);
    add(hasher, member.annotations);
  }
  add(hasher, class_.annotations);
  return hasher.digits();
}

std::string digest_of(std::string_view bytes) {
  Hasher hasher;
  hasher.bytes(bytes);
  return hasher.digits();
}

} // namespace declorm::model
