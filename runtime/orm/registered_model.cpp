// registered_model.cpp: constant registration tables and text to Model.
#include "runtime/orm/registered_model.h"

#include <cstdlib>

namespace declorm::detail {

namespace {

/// Reads the text of a Class; its form is described there. The plugin wrote it, so it is right.
class TextReader {
public:
  explicit TextReader(const Class &class_) : class_(class_), at_(class_.text) {}

  model::Class read();
  /// How many functions were read.
  unsigned thunks() const { return thunks_; }

private:
  /// Moves past the mark if it is next.
  bool accept(char mark);
  template <class T = unsigned> T number();
  std::string string();
  void location(model::Location &location);
  model::Annotations annotations();
  model::Value argument();
  void places(model::Value &value);
  /// Whether an argument stands here; members, annotations and the end do not.
  bool at_argument();
  model::Type type();
  model::Member member();
  void skip_spaces() {
    while (*at_ == ' ')
      ++at_;
  }

  const Class &class_;
  const char *at_;
  std::string file_;
  unsigned members_ = 0, thunks_ = 0; ///< how many were read
};

bool TextReader::accept(char mark) {
  skip_spaces();
  if (*at_ != mark)
    return false;
  ++at_;
  return true;
}

template <class T> T TextReader::number() {
  skip_spaces();
  const bool negative = accept('-');
  std::uint64_t value = 0; // wraps as the least number does
  for (; *at_ >= '0' && *at_ <= '9'; ++at_)
    value = value * 10 + std::uint64_t(*at_ - '0');
  return T(negative ? 0 - value : value);
}

std::string TextReader::string() {
  const auto size = number<std::size_t>();
  const char *begin = at_ + 1; // ':'
  at_ = begin + size;
  return std::string(begin, size);
}

void TextReader::location(model::Location &location) {
  location.file = file_;
  location.line = number();
  location.column = number();
}

bool TextReader::at_argument() {
  skip_spaces();
  return *at_ >= 'a' && *at_ <= 'z';
}

model::Value TextReader::argument() {
  model::Value value;
  switch (*at_++) {
  case 't':
    value.data = true;
    break;
  case 'f':
    value.data = false;
    break;
  case 'i':
    value.data = number<std::int64_t>();
    break;
  case 'r':
    value.data = std::strtod(string().c_str(), nullptr);
    break;
  case 's':
    value.data = string();
    places(value);
    break;
  case 'l': {
    std::vector<model::Value> list(number<std::size_t>());
    for (model::Value &element : list) {
      skip_spaces();
      element = argument();
    }
    value.data = std::move(list);
    break;
  }
  case 'p': {
    model::Function function{string(), class_.thunks[thunks_++]};
    value.data = std::move(function);
    break;
  }
  case 'e': {
    model::EnumValue enumerator{string(), 0};
    enumerator.value = number<std::int64_t>();
    value.data = std::move(enumerator);
    break;
  }
  case 'k':
    value.data = model::Keyword{string()};
    break;
  default: // null
    break;
  }
  return value;
}

void TextReader::places(model::Value &value) {
  for (bool fixed = false; (fixed = accept('!')) || accept('^');) {
    model::TextPlace &run = value.places.emplace_back();
    run.offset = number();
    run.line = number();
    run.column = number();
    run.fixed = fixed;
  }
}

model::Annotations TextReader::annotations() {
  model::Annotations annotations;
  while (accept('@')) {
    model::Annotation &annotation = annotations.emplace_back();
    annotation.name = string();
    location(annotation.location);
    while (at_argument())
      annotation.arguments.push_back(argument());
  }
  return annotations;
}

model::Type TextReader::type() {
  model::Type type;
  type.code = TypeCode(number());
  type.container = Container(number());
  type.flags = static_cast<unsigned char>(number());
  type.rep = TypeCode(number());
  type.size = number();
  type.num = number<std::int64_t>();
  type.den = number<std::int64_t>();
  type.spelling = string();
  if (accept('>'))
    type.target = string();
  while (accept('=')) {
    model::Enumerator &enumerator = type.enumerators.emplace_back();
    enumerator.name = string();
    enumerator.value = number<std::int64_t>();
  }
  return type;
}

model::Member TextReader::member() {
  model::Member member;
  member.name = string();
  member.kind = MemberKind(number());
  member.flags = static_cast<unsigned char>(number());
  member.offset = class_.offsets[members_++];
  location(member.location);
  member.type = type();
  member.annotations = annotations();
  return member;
}

model::Class TextReader::read() {
  model::Class result;
  result.key = class_.key;
  result.name = string();
  result.flags = class_.flags;
  result.size = class_.size;
  result.alignment = class_.alignment;
  file_ = string();
  location(result.location);
  result.annotations = annotations();
  result.bases.reserve(class_.base_count);
  for (unsigned i = 0; i != class_.base_count; ++i) {
    const Base &base = class_.bases[i];
    result.bases.push_back(
        {base.key, {}, base.offset, base.offset == no_offset, {file_, base.line, base.column}});
  }
  while (accept('%')) {
    model::VirtualBase &base = result.virtual_bases.emplace_back();
    base.key = string();
    base.offset = number();
  }
  while (accept('.'))
    result.members.push_back(member());
  return result;
}

} // namespace

model::Class to_model(const Class &class_) { return TextReader(class_).read(); }

std::vector<Thunk> thunks_of(const Class &class_) {
  if (!class_.thunks)
    return {};
  TextReader reader(class_);
  reader.read();
  return {class_.thunks, class_.thunks + reader.thunks()};
}

} // namespace declorm::detail
