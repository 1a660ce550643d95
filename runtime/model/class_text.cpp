// class_text.cpp: A class as the text of the registration, written and read.

#include "runtime/model/class_text.h"

#include <cstdio>
#include <cstdlib>

namespace declorm::model {

namespace {

/// Appends the fields that stand in the text.
class TextWriter {
public:
  void value(const FieldInfo &field, const std::string &value) {
    if (!(field.forms & in_text) || (field.mark && value.empty()))
      return;
    if (field.mark)
      mark(field.mark);
    string(value);
  }
  void value(const FieldInfo &field, std::integral auto value) {
    if (field.forms & in_text)
      number(std::int64_t(value));
  }
  void offset(const FieldInfo &field, std::uint64_t offset) { value(field, offset); }
  void choice(const FieldInfo &field, auto choice, const auto &) {
    value(field, std::int64_t(choice));
  }
  void flags(const FieldInfo &field, unsigned flags, const auto &) { value(field, flags); }
  void home(const FieldInfo &field, const Location &location) {
    if (field.forms & in_text)
      string(location.file);
    place(field, location);
  }
  void place(const FieldInfo &field, const Location &location) {
    value(field, location.line);
    value(field, location.column);
  }
  void object(const FieldInfo &field, const auto &object) {
    if (field.forms & in_text)
      for_each_field(*this, object);
  }
  template <class T> void list(const FieldInfo &field, const std::vector<T> &list) {
    if (!(field.forms & in_text))
      return;
    for (const T &element : list) {
      if constexpr (std::same_as<T, Member>)
        lines_.emplace_back();
      mark(field.mark);
      for_each_field(*this, element);
    }
  }
  void strings(const FieldInfo &field, const std::vector<std::string> &strings) {
    for (const std::string &string : strings)
      value(field, string);
  }
  void arguments(const FieldInfo &field, const std::vector<Value> &arguments) {
    if (field.forms & in_text)
      for (const Value &value : arguments)
        argument(value);
  }

  std::vector<std::string> take() { return std::move(lines_); }

private:
  void argument(const Value &value);
  void mark(char mark) { (lines_.back() += ' ') += mark; }
  void number(std::int64_t value) { (lines_.back() += ' ') += std::to_string(value); }
  void string(std::string_view value) {
    number(std::int64_t(value.size()));
    (lines_.back() += ':') += value;
  }

  std::vector<std::string> lines_{1};
};

void TextWriter::argument(const Value &value) {
  if (const auto *boolean = value.boolean()) {
    mark(*boolean ? 't' : 'f');
  } else if (const auto *whole = value.integer()) {
    mark('i'), number(*whole);
  } else if (const auto *real = std::get_if<double>(&value.data)) {
    char literal[40];
    std::snprintf(literal, sizeof literal, "%a", *real);
    mark('r'), string(literal);
  } else if (const auto *text = value.string()) {
    mark('s'), string(*text);
    for (const TextPlace &run : value.places)
      mark(run.fixed ? '!' : '^'), number(run.offset), number(run.line), number(run.column);
  } else if (const auto *function = std::get_if<Function>(&value.data)) {
    mark('p'), string(function->name);
  } else if (const auto *enumerator = std::get_if<EnumValue>(&value.data)) {
    mark('e'), string(enumerator->name), number(enumerator->value);
  } else if (const auto *keyword = std::get_if<Keyword>(&value.data)) {
    mark('k'), string(keyword->name);
  } else if (const auto *list = value.list()) {
    mark('l'), number(std::int64_t(list->size()));
    for (const Value &element : *list)
      argument(element);
  } else {
    mark('n');
  }
}

/// Reads the fields that stand in the text, in the order in which they were written.
class TextReader {
public:
  explicit TextReader(const char *text) : at_(text) {}

  void value(const FieldInfo &field, std::string &value) {
    if ((field.forms & in_text) && (!field.mark || accept(field.mark)))
      value = string();
  }
  template <std::integral T> void value(const FieldInfo &field, T &value) {
    if (field.forms & in_text)
      value = number<T>();
  }
  void offset(const FieldInfo &field, std::uint64_t &offset) { value(field, offset); }
  template <class T> void choice(const FieldInfo &field, T &choice, const auto &) {
    if (field.forms & in_text)
      choice = T(number<unsigned>());
  }
  void flags(const FieldInfo &field, std::integral auto &flags, const auto &) {
    value(field, flags);
  }
  void home(const FieldInfo &field, Location &location) {
    if (field.forms & in_text)
      file_ = string();
    place(field, location);
  }
  void place(const FieldInfo &field, Location &location) {
    if (!(field.forms & in_text))
      return;
    location.file = file_;
    location.line = number<unsigned>();
    location.column = number<unsigned>();
  }
  void object(const FieldInfo &field, auto &object) {
    if (field.forms & in_text)
      for_each_field(*this, object);
  }
  template <class T> void list(const FieldInfo &field, std::vector<T> &list) {
    if (!(field.forms & in_text))
      return;
    if constexpr (std::same_as<T, Member>)
      list.reserve(16); // most classes have no more, and a Member is dear to move
    while (accept(field.mark))
      for_each_field(*this, list.emplace_back());
  }
  void strings(const FieldInfo &field, std::vector<std::string> &strings) {
    if (field.forms & in_text)
      while (accept(field.mark))
        strings.push_back(string());
  }
  void arguments(const FieldInfo &field, std::vector<Value> &arguments) {
    if (field.forms & in_text)
      while (at_argument())
        arguments.push_back(argument());
  }

private:
  /// Moves past the mark if it is next.
  bool accept(char mark) {
    skip_spaces();
    if (*at_ != mark)
      return false;
    ++at_;
    return true;
  }
  /// Whether an argument stands here; members, annotations and the end do not.
  bool at_argument() {
    skip_spaces();
    return *at_ >= 'a' && *at_ <= 'z';
  }
  void skip_spaces() {
    while (*at_ == ' ')
      ++at_;
  }
  template <class T> T number() {
    const bool negative = accept('-');
    std::uint64_t value = 0; // wraps as the least number does
    for (; *at_ >= '0' && *at_ <= '9'; ++at_)
      value = value * 10 + std::uint64_t(*at_ - '0');
    return T(negative ? 0 - value : value);
  }
  std::string string() {
    const auto size = number<std::size_t>();
    const char *begin = at_ + 1; // behind ':'
    at_ = begin + size;
    return std::string(begin, size);
  }
  Value argument();
  void places(Value &value);

  const char *at_;
  std::string file_;
};

Value TextReader::argument() {
  Value value;
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
    std::vector<Value> list(number<std::size_t>());
    for (Value &element : list) {
      skip_spaces();
      element = argument();
    }
    value.data = std::move(list);
    break;
  }
  case 'p':
    value.data = Function{string()};
    break;
  case 'e': {
    EnumValue enumerator{string(), 0};
    enumerator.value = number<std::int64_t>();
    value.data = std::move(enumerator);
    break;
  }
  case 'k':
    value.data = Keyword{string()};
    break;
  default: // null
    break;
  }
  return value;
}

void TextReader::places(Value &value) {
  for (bool fixed = false; (fixed = accept('!')) || accept('^');) {
    TextPlace &run = value.places.emplace_back();
    run.offset = number<std::uint32_t>();
    run.line = number<unsigned>();
    run.column = number<unsigned>();
    run.fixed = fixed;
  }
}

} // namespace

std::vector<std::string> class_text(const Class &class_) {
  TextWriter writer;
  for_each_field(writer, class_);
  return writer.take();
}

void read_class_text(const char *text, Class &class_) {
  TextReader reader(text);
  for_each_field(reader, class_);
}

} // namespace declorm::model
