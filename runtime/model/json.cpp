// json.cpp: The Model as text.

#include "runtime/model/json.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace declorm::model {

namespace {

using Json = nlohmann::ordered_json;

constexpr int format_version = 1;
constexpr std::size_t line_width = 100;

// Names of the enumerations.

template <class T> struct Named {
  T value;
  const char *name;
};

constexpr Named<TypeCode> type_codes[] = {
    {TypeCode::none, "none"},
    {TypeCode::boolean, "boolean"},
    {TypeCode::int8, "int8"},
    {TypeCode::int16, "int16"},
    {TypeCode::int32, "int32"},
    {TypeCode::int64, "int64"},
    {TypeCode::uint8, "uint8"},
    {TypeCode::uint16, "uint16"},
    {TypeCode::uint32, "uint32"},
    {TypeCode::uint64, "uint64"},
    {TypeCode::float32, "float32"},
    {TypeCode::float64, "float64"},
    {TypeCode::text, "text"},
    {TypeCode::text_array, "text_array"},
    {TypeCode::bytes, "bytes"},
    {TypeCode::byte_array, "byte_array"},
    {TypeCode::sys_time, "sys_time"},
    {TypeCode::local_time, "local_time"},
    {TypeCode::duration, "duration"},
    {TypeCode::date, "date"},
    {TypeCode::decimal, "decimal"},
    {TypeCode::uuid, "uuid"},
    {TypeCode::json, "json"},
    {TypeCode::pointer, "pointer"},
    {TypeCode::shared_pointer, "shared_pointer"},
    {TypeCode::weak_pointer, "weak_pointer"},
    {TypeCode::unique_pointer, "unique_pointer"},
    {TypeCode::lazy, "lazy"},
    {TypeCode::lazy_list, "lazy_list"},
    {TypeCode::object, "object"},
};

constexpr Named<Container> containers[] = {
    {Container::none, "none"}, {Container::vector, "vector"},
    {Container::list, "list"}, {Container::deque, "deque"},
    {Container::set, "set"},   {Container::unordered_set, "unordered_set"},
    {Container::map, "map"},   {Container::unordered_map, "unordered_map"},
};

constexpr Named<MemberKind> member_kinds[] = {
    {MemberKind::field, "field"},
    {MemberKind::method, "method"},
    {MemberKind::static_method, "static_method"},
};

constexpr Named<unsigned> type_flags[] = {
    {detail::type_optional, "optional"},
    {detail::type_enumeration, "enumeration"},
    {detail::type_converted, "converted"},
};

constexpr Named<unsigned> member_flags[] = {
    {detail::member_bit_field, "bit_field"}, {detail::member_reference, "reference"},
    {detail::member_const, "const"},         {detail::member_initialised, "initialised"},
    {detail::member_private, "private"},
};

constexpr Named<unsigned> class_flags[] = {
    {detail::class_internal, "internal"},       {detail::class_instantiation, "instantiation"},
    {detail::class_polymorphic, "polymorphic"}, {detail::class_abstract, "abstract"},
    {detail::class_aggregate, "aggregate"},
};

// Writing.

template <class T, std::size_t N> const char *name_of(const Named<T> (&names)[N], T value) {
  for (const Named<T> &named : names)
    if (named.value == value)
      return named.name;
  return "none";
}

template <std::size_t N>
void write_flags(Json &out, const Named<unsigned> (&names)[N], unsigned flags) {
  Json list = Json::array();
  for (const Named<unsigned> &named : names)
    if (flags & named.value)
      list.push_back(named.name);
  if (!list.empty())
    out["flags"] = std::move(list);
}

void write_text(Json &out, const char *key, const std::string &text) {
  if (!text.empty())
    out[key] = text;
}

void write_place(Json &out, const Location &location) {
  if (location.valid())
    out["at"] =
        location.file + ":" + std::to_string(location.line) + ":" + std::to_string(location.column);
}

void write_offset(Json &out, std::uint64_t offset) {
  if (offset != detail::no_offset)
    out["offset"] = offset;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || i + length > text.size())
      return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80)
        return false;
    const auto second = static_cast<unsigned char>(length > 1 ? text[i + 1] : 0);
    // Overlong forms, surrogates, and what lies above U+10FFFF.
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
      return false;
    i += length;
  }
  return true;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

/// JSON's own kinds stand for themselves; the others are objects. A value's place makes it one too.
struct ValueWriter {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(bool value) const { return value; }
  Json operator()(std::int64_t value) const { return value; }
  Json operator()(double value) const {
    if (std::isfinite(value))
      return value;
    return {{"real", std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf"}};
  }
  Json operator()(const std::string &value) const {
    if (is_utf8(value))
      return value;
    return {{"bytes", to_hex(value)}};
  }
  Json operator()(const std::vector<Value> &values) const {
    Json list = Json::array();
    for (const Value &value : values)
      list.push_back(write(value));
    return list;
  }
  Json operator()(const Function &function) const { return {{"function", function.name}}; }
  Json operator()(const EnumValue &value) const {
    return {{"enumerator", value.name}, {"number", value.value}};
  }
  Json operator()(const Keyword &keyword) const { return {{"keyword", keyword.name}}; }

  static Json write(const Value &value) {
    Json plain = std::visit(ValueWriter(), value.data);
    if (!value.location.valid())
      return plain;
    Json out = plain.is_object() ? std::move(plain) : Json{{"value", std::move(plain)}};
    write_place(out, value.location);
    return out;
  }
};

Json write(const Annotations &annotations) {
  Json list = Json::array();
  for (const Annotation &annotation : annotations) {
    Json out{{"name", annotation.name}};
    write_place(out, annotation.location);
    if (!annotation.arguments.empty()) {
      Json arguments = Json::array();
      for (const Value &value : annotation.arguments)
        arguments.push_back(ValueWriter::write(value));
      out["arguments"] = std::move(arguments);
    }
    list.push_back(std::move(out));
  }
  return list;
}

Json write(const Type &type) {
  Json out = Json::object();
  write_text(out, "spelling", type.spelling);
  out["code"] = name_of(type_codes, type.code);
  if (type.container != Container::none)
    out["container"] = name_of(containers, type.container);
  write_flags(out, type_flags, type.flags);
  if (type.rep != TypeCode::none)
    out["rep"] = name_of(type_codes, type.rep);
  if (type.size)
    out["size"] = type.size;
  if (type.num)
    out["num"] = type.num;
  if (type.den)
    out["den"] = type.den;
  write_text(out, "target", type.target);
  write_text(out, "target_name", type.target_name);
  if (!type.enumerators.empty()) {
    Json list = Json::array();
    for (const Enumerator &enumerator : type.enumerators)
      list.push_back({{"name", enumerator.name}, {"number", enumerator.value}});
    out["enumerators"] = std::move(list);
  }
  return out;
}

Json write(const Member &member) {
  Json out{{"name", member.name}};
  write_place(out, member.location);
  if (member.kind != MemberKind::field)
    out["kind"] = name_of(member_kinds, member.kind);
  write_flags(out, member_flags, member.flags);
  write_offset(out, member.offset);
  out["type"] = write(member.type);
  if (!member.annotations.empty())
    out["annotations"] = write(member.annotations);
  return out;
}

Json write(const Base &base) {
  Json out{{"name", base.name}, {"key", base.key}};
  write_place(out, base.location);
  write_offset(out, base.offset);
  if (base.is_virtual)
    out["virtual"] = true;
  return out;
}

template <class T>
void write_list(Json &out, const char *key, const std::vector<T> &values,
                Json (*write_one)(const T &)) {
  if (values.empty())
    return;
  Json list = Json::array();
  for (const T &value : values)
    list.push_back(write_one(value));
  out[key] = std::move(list);
}

Json write(const Class &class_) {
  Json out{{"name", class_.name}, {"key", class_.key}};
  write_place(out, class_.location);
  write_flags(out, class_flags, class_.flags);
  out["size"] = class_.size;
  out["alignment"] = class_.alignment;
  if (!class_.enclosing.empty())
    out["enclosing"] = class_.enclosing;
  if (!class_.annotations.empty())
    out["annotations"] = write(class_.annotations);
  write_list<Base>(out, "bases", class_.bases, write);
  write_list<Member>(out, "members", class_.members, write);
  return out;
}

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

  template <std::size_t N> unsigned flags(const Json &in, const Named<unsigned> (&names)[N]) {
    unsigned flags = 0;
    for (const Json &element : list(in, "flags"))
      flags |= named(names, element.is_string() ? element.get<std::string>() : std::string(), 0u);
    return flags;
  }

  Location place(const Json &in) {
    Location location;
    std::string at = text(in, "at");
    if (at.empty())
      return location;
    std::size_t column = at.rfind(':');
    std::size_t line =
        column == std::string::npos || column == 0 ? column : at.rfind(':', column - 1);
    if (line == std::string::npos || !parse(at, line + 1, column, location.line) ||
        !parse(at, column + 1, at.size(), location.column))
      fail("'" + at + "' is no place");
    else
      location.file = at.substr(0, line);
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
};

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
    value.location = reader.place(in);
  }
  return value;
}

Annotations read_annotations(Reader &reader, const Json &in) {
  Annotations annotations;
  for (const Json &element : reader.list(in, "annotations")) {
    Annotation &annotation = annotations.emplace_back();
    annotation.name = reader.text(element, "name");
    annotation.location = reader.place(element);
    for (const Json &argument : reader.list(element, "arguments"))
      annotation.arguments.push_back(read_value(reader, argument));
  }
  return annotations;
}

Type read_type(Reader &reader, const Json &in) {
  Type type;
  type.spelling = reader.text(in, "spelling");
  type.code = reader.name(in, "code", type_codes, TypeCode::none);
  type.container = reader.name(in, "container", containers, Container::none);
  type.flags = static_cast<unsigned char>(reader.flags(in, type_flags));
  type.rep = reader.name(in, "rep", type_codes, TypeCode::none);
  type.size = reader.number<unsigned>(in, "size");
  type.num = reader.number<std::int64_t>(in, "num");
  type.den = reader.number<std::int64_t>(in, "den");
  type.target = reader.text(in, "target");
  type.target_name = reader.text(in, "target_name");
  for (const Json &element : reader.list(in, "enumerators"))
    type.enumerators.push_back(
        {reader.text(element, "name"), reader.number<std::int64_t>(element, "number")});
  return type;
}

Member read_member(Reader &reader, const Json &in) {
  Member member;
  member.name = reader.text(in, "name");
  member.location = reader.place(in);
  member.kind = reader.name(in, "kind", member_kinds, MemberKind::field);
  member.flags = static_cast<unsigned char>(reader.flags(in, member_flags));
  member.offset = reader.number<std::uint64_t>(in, "offset", detail::no_offset);
  if (in.is_object() && in.contains("type"))
    member.type = read_type(reader, in["type"]);
  member.annotations = read_annotations(reader, in);
  return member;
}

Base read_base(Reader &reader, const Json &in) {
  Base base;
  base.name = reader.text(in, "name");
  base.key = reader.text(in, "key");
  base.location = reader.place(in);
  base.offset = reader.number<std::uint64_t>(in, "offset", detail::no_offset);
  base.is_virtual = reader.flag(in, "virtual");
  return base;
}

Class read_class(Reader &reader, const Json &in) {
  Class class_;
  class_.name = reader.text(in, "name");
  class_.key = reader.text(in, "key");
  class_.location = reader.place(in);
  class_.flags = reader.flags(in, class_flags);
  class_.size = reader.number<std::uint64_t>(in, "size");
  class_.alignment = reader.number<std::uint64_t>(in, "alignment");
  for (const Json &element : reader.list(in, "enclosing"))
    class_.enclosing.push_back(element.is_string() ? element.get<std::string>() : std::string());
  class_.annotations = read_annotations(reader, in);
  for (const Json &element : reader.list(in, "bases"))
    class_.bases.push_back(read_base(reader, element));
  for (const Json &element : reader.list(in, "members"))
    class_.members.push_back(read_member(reader, element));
  return class_;
}

} // namespace

std::string to_json(const TranslationUnit &unit) {
  Json out{{"declorm", format_version}, {"file", unit.file}};
  if (unit.incomplete)
    out["incomplete"] = true;
  write_list<Class>(out, "classes", unit.classes, write);
  std::string text;
  print(text, out, 0, 0);
  return text + "\n";
}

std::optional<TranslationUnit> from_json(std::string_view text, std::string &error) {
  error.clear();
  const Json in = Json::parse(text, nullptr, false);
  Reader reader(error);
  if (in.is_discarded())
    reader.fail("not JSON");
  else if (reader.number<int>(in, "declorm") != format_version)
    reader.fail("not a declorm model of version " + std::to_string(format_version));
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

} // namespace declorm::model
