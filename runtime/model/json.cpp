// json.cpp: The Model's JSON in a readable layout, and read back.

#include "runtime/model/json.h"
#include "runtime/model/json_writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <map>

namespace declorm::model {

namespace {

using namespace json;
using Json = nlohmann::ordered_json;

constexpr std::size_t line_width = 100;

std::string scalar(const Json &value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The library's own layouts are one line for all or one scalar a line: neither can be read.
std::string one_line(const Json &value) {
  if (!value.is_structured())
    return scalar(value);
  std::string text = value.is_object() ? "{" : "[";
  for (const auto &[key, element] : value.items()) {
    if (text.size() > 1)
      text += ", ";
    if (value.is_object())
      text += scalar(Json(key)) + ": ";
    text += one_line(element);
  }
  return text + (value.is_object() ? "}" : "]");
}

/// `used` columns of the line are taken.
void print(std::string &out, const Json &value, std::size_t indent, std::size_t used) {
  std::string line = one_line(value);
  if (!value.is_structured() || value.empty() || used + line.size() <= line_width) {
    out += line;
    return;
  }
  out += value.is_object() ? "{" : "[";
  const char *separator = "\n";
  for (const auto &[key, element] : value.items()) {
    out += separator;
    separator = ",\n";
    std::string name = value.is_object() ? scalar(Json(key)) + ": " : std::string();
    out.append(indent + 2, ' ');
    out += name;
    print(out, element, indent + 2, indent + 2 + name.size());
  }
  out += '\n';
  out.append(indent, ' ');
  out += value.is_object() ? "}" : "]";
}

// Reading.

/// Reads one object, and remembers the first thing that was not what it should be.
class Reader {
public:
  explicit Reader(std::string &error) : error_(error) {}

  bool failed() const { return !error_.empty(); }
  void fail(const std::string &message) {
    if (error_.empty())
      error_ = message;
  }

  /// The whole of one text; fails where it is no JSON or of another version.
  Json parse(std::string_view text) {
    Json in = Json::parse(text, nullptr, false);
    if (in.is_discarded())
      fail("not JSON");
    else if (const int version = number<int>(in, "declorm"); !failed() && version != format_version)
      fail("a model of version " + std::to_string(version) + ", where version " +
           std::to_string(format_version) + " is read");
    return in;
  }

  /// Places without a file are in this one.
  void set_file(std::string file) { file_ = std::move(file); }

  std::string text(const Json &in, const char *key) {
    const Json *value = member(in, key);
    if (!value)
      return {};
    if (!value->is_string()) {
      fail(std::string("'") + key + "' is not a string");
      return {};
    }
    return value->get_ref<const std::string &>();
  }

  template <class T> T number(const Json &in, const char *key, T fallback = 0) {
    const Json *value = member(in, key);
    if (!value)
      return fallback;
    if (!value->is_number_integer()) {
      fail(std::string("'") + key + "' is not an integer");
      return fallback;
    }
    return value->get<T>();
  }

  bool flag(const Json &in, const char *key) {
    const Json *value = member(in, key);
    return value && value->is_boolean() && value->get<bool>();
  }

  template <class T, std::size_t N>
  T name(const Json &in, const char *key, const Named<T> (&names)[N], T fallback) {
    if (!member(in, key))
      return fallback;
    return named(names, text(in, key), fallback);
  }

  template <std::size_t N>
  unsigned flags(const Json &in, const char *key, const Named<unsigned> (&names)[N]) {
    unsigned flags = 0;
    for (const Json &element : list(in, key))
      flags |= named(names, element.is_string() ? element.get<std::string>() : std::string(), 0u);
    return flags;
  }

  Location place(const Json &in, const char *key) {
    Location location;
    std::string at = text(in, key);
    if (at.empty())
      return location;
    std::size_t column = at.rfind(':');
    std::size_t line =
        column == std::string::npos || column == 0 ? column : at.rfind(':', column - 1);
    if (line == std::string::npos || !parse(at, line + 1, column, location.line) ||
        !parse(at, column + 1, at.size(), location.column))
      fail("'" + at + "' is no place");
    else
      location.file = line == 0 ? file_ : at.substr(0, line);
    return location;
  }

  const Json &list(const Json &in, const char *key) {
    static const Json empty = Json::array();
    const Json *value = member(in, key);
    if (!value)
      return empty;
    if (value->is_array())
      return *value;
    fail(std::string("'") + key + "' is not a list");
    return empty;
  }

private:
  static bool parse(const std::string &text, std::size_t from, std::size_t to, unsigned &number) {
    auto [end, code] = std::from_chars(text.data() + from, text.data() + to, number);
    return code == std::errc() && end == text.data() + to;
  }

  const Json *member(const Json &in, const char *key) {
    if (!in.is_object()) {
      fail("expected an object");
      return nullptr;
    }
    auto found = in.find(key);
    return found == in.end() ? nullptr : &*found;
  }

  template <class T, std::size_t N>
  T named(const Named<T> (&names)[N], const std::string &text, T fallback) {
    for (const Named<T> &named : names)
      if (text == named.name)
        return named.value;
    fail("unknown name '" + text + "'");
    return fallback;
  }

  std::string &error_;
  std::string file_;
};

/// [offset, line, column] or, if fixed, [offset, line, column, true].
TextPlace read_text_place(Reader &reader, const Json &in) {
  TextPlace place;
  const bool is_run =
      in.is_array() && (in.size() == 3 || in.size() == 4) &&
      std::all_of(in.begin(), in.begin() + 3, [](const Json &n) { return n.is_number_unsigned(); });
  if (!is_run) {
    reader.fail("'places' holds something else than [offset, line, column]");
    return place;
  }
  place.offset = in[0].get<std::uint32_t>();
  place.line = in[1].get<unsigned>();
  place.column = in[2].get<unsigned>();
  place.fixed = in.size() == 4;
  return place;
}

bool from_hex(std::string_view text, std::string &bytes) {
  if (text.size() % 2)
    return false;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned byte = 0;
    auto [end, code] = std::from_chars(text.data() + i, text.data() + i + 2, byte, 16);
    if (code != std::errc() || end != text.data() + i + 2)
      return false;
    bytes += static_cast<char>(byte);
  }
  return true;
}

Value read_value(Reader &reader, const Json &in, unsigned depth = 0) {
  Value value;
  if (depth > 64)
    reader.fail("lists are nested too deeply");
  else if (in.is_boolean())
    value.data = in.get<bool>();
  else if (in.is_number_integer())
    value.data = in.get<std::int64_t>();
  else if (in.is_number_float())
    value.data = in.get<double>();
  else if (in.is_string())
    value.data = in.get<std::string>();
  else if (in.is_array()) {
    std::vector<Value> values;
    for (const Json &element : in)
      values.push_back(read_value(reader, element, depth + 1));
    value.data = std::move(values);
  } else if (in.is_object()) {
    if (in.contains("value"))
      value = read_value(reader, in["value"], depth + 1);
    else if (in.contains("real"))
      value.data = std::strtod(reader.text(in, "real").c_str(), nullptr);
    else if (in.contains("function"))
      value.data = Function{reader.text(in, "function")};
    else if (in.contains("enumerator"))
      value.data =
          EnumValue{reader.text(in, "enumerator"), reader.number<std::int64_t>(in, "number")};
    else if (in.contains("keyword"))
      value.data = Keyword{reader.text(in, "keyword")};
    else if (std::string bytes; from_hex(reader.text(in, "bytes"), bytes))
      value.data = std::move(bytes);
    else
      reader.fail("'bytes' is not hexadecimal");
    value.location = reader.place(in, "at");
    for (const Json &run : reader.list(in, "places"))
      value.places.push_back(read_text_place(reader, run));
  }
  return value;
}

/// Reads the fields of the struct that one JSON object holds.
class ReadVisitor {
public:
  ReadVisitor(Reader &reader, const Json &in) : reader_(reader), in_(in) {}

  void value(const FieldInfo &field, std::string &text) { text = reader_.text(in_, field.name); }
  void value(const FieldInfo &field, bool &flag) { flag = reader_.flag(in_, field.name); }
  template <std::integral T> void value(const FieldInfo &field, T &number) {
    number = reader_.number<T>(in_, field.name);
  }
  void offset(const FieldInfo &field, std::uint64_t &offset) {
    offset = reader_.number<std::uint64_t>(in_, field.name, detail::no_offset);
  }
  template <class T, std::size_t N>
  void choice(const FieldInfo &field, T &value, const Named<T> (&names)[N]) {
    value = reader_.name(in_, field.name, names, T());
  }
  template <class T, std::size_t N>
  void flags(const FieldInfo &field, T &flags, const Named<unsigned> (&names)[N]) {
    flags = static_cast<T>(reader_.flags(in_, field.name, names));
  }
  void home(const FieldInfo &field, Location &location) {
    place(field, location);
    reader_.set_file(location.file);
  }
  void place(const FieldInfo &field, Location &location) {
    location = reader_.place(in_, field.name);
  }
  template <class T> void object(const FieldInfo &field, T &object) {
    if (in_.is_object() && in_.contains(field.name))
      read(in_[field.name], object);
  }
  template <class T> void list(const FieldInfo &field, std::vector<T> &list) {
    for (const Json &element : reader_.list(in_, field.name))
      read(element, list.emplace_back());
  }
  void strings(const FieldInfo &field, std::vector<std::string> &strings) {
    for (const Json &element : reader_.list(in_, field.name))
      strings.push_back(element.is_string() ? element.get<std::string>() : std::string());
  }
  void arguments(const FieldInfo &field, std::vector<Value> &arguments) {
    for (const Json &element : reader_.list(in_, field.name))
      arguments.push_back(read_value(reader_, element));
  }

private:
  template <class T> void read(const Json &in, T &result) {
    ReadVisitor visitor(reader_, in);
    for_each_field(visitor, result);
  }

  Reader &reader_;
  const Json &in_;
};

Class read_class(Reader &reader, const Json &in) {
  Class class_;
  ReadVisitor visitor(reader, in);
  for_each_field(visitor, class_);
  return class_;
}

} // namespace

std::string to_json(const TranslationUnit &unit) {
  std::string text;
  print(text, Json::parse(write(unit, Places::full)), 0, 0);
  return text + "\n";
}

std::optional<TranslationUnit> from_json(std::string_view text, std::string &error) {
  error.clear();
  Reader reader(error);
  const Json in = reader.parse(text);
  if (reader.failed())
    return std::nullopt;
  TranslationUnit unit;
  unit.file = reader.text(in, "file");
  unit.incomplete = reader.flag(in, "incomplete");
  for (const Json &element : reader.list(in, "classes"))
    unit.classes.push_back(read_class(reader, element));
  if (reader.failed())
    return std::nullopt;
  return unit;
}

namespace {

/// A class of a file, and how many of its units are still to be given it.
struct SharedClass {
  Class class_;
  unsigned wanted = 0;
};

struct UnitRecord {
  TranslationUnit unit;
  std::vector<std::string> ids; ///< of its classes
};

/// Gives a unit its classes; the last who wants one takes it.
void give_classes(UnitRecord &record, std::map<std::string, SharedClass> &classes, Reader &reader) {
  for (const std::string &id : record.ids) {
    SharedClass &shared = classes[id];
    if (shared.class_.key.empty())
      reader.fail("class " + id + " of '" + record.unit.file + "' is missing");
    else if (--shared.wanted != 0)
      record.unit.classes.push_back(shared.class_);
    else
      record.unit.classes.push_back(std::move(shared.class_));
  }
}

} // namespace

std::optional<std::vector<TranslationUnit>>
from_records(const std::vector<std::string_view> &records, std::string &error) {
  error.clear();
  Reader reader(error);
  std::map<std::string, SharedClass> classes; // by id
  std::vector<UnitRecord> units;
  for (std::string_view record : records) {
    const Json in = reader.parse(record);
    if (reader.failed())
      return std::nullopt;
    if (in.contains("class")) {
      classes[reader.text(in, "id")].class_ = read_class(reader, in["class"]);
      continue;
    }
    UnitRecord &read = units.emplace_back();
    read.unit.file = reader.text(in, "file");
    for (const Json &id : reader.list(in, "ids"))
      read.ids.push_back(id.is_string() ? id.get<std::string>() : std::string());
  }
  for (const UnitRecord &record : units)
    for (const std::string &id : record.ids)
      ++classes[id].wanted;
  std::vector<TranslationUnit> result;
  for (UnitRecord &record : units) {
    give_classes(record, classes, reader);
    result.push_back(std::move(record.unit));
  }
  if (reader.failed())
    return std::nullopt;
  return result;
}

} // namespace declorm::model
