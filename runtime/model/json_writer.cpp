// json_writer.cpp: The Model's JSON in one line, without a JSON library.

#include "runtime/model/json_writer.h"
#include "runtime/model/json.h"

#include <charconv>
#include <cmath>

namespace declorm::model::json {

namespace {

/// The bytes of the UTF-8 character that `text` begins with; 0 if it begins with none.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || length > text.size())
    return 0;
  for (std::size_t k = 1; k < length; ++k)
    if ((static_cast<unsigned char>(text[k]) & 0xC0) != 0x80)
      return 0;
  const auto second = static_cast<unsigned char>(length > 1 ? text[1] : 0);
  // Overlong forms, surrogates, and what lies above U+10FFFF.
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
      (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
    return 0;
  return length;
}

bool is_utf8(std::string_view text) {
  for (std::size_t length; !text.empty(); text.remove_prefix(length))
    if (length = character_length(text); length == 0)
      return false;
  return true;
}

constexpr std::string_view digits = "0123456789abcdef";

std::string to_hex(std::string_view bytes) {
  std::string text;
  for (unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

template <class T> void append_number(std::string &out, T value) {
  char buffer[32];
  const auto [end, code] = std::to_chars(buffer, buffer + sizeof buffer, value);
  out.append(buffer, end);
}

/// The shortest decimal that reads as the same double, and never as an integer.
void append_real(std::string &out, double value) {
  const std::size_t start = out.size();
  append_number(out, value);
  if (out.find_first_of(".e", start) == std::string::npos)
    out += ".0";
}

} // namespace

void Writer::separate() {
  if (!first_)
    out_ += ',';
  first_ = false;
}

void Writer::begin(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
}

void Writer::end(char bracket) {
  out_ += bracket;
  first_ = false;
}

void Writer::key(std::string_view name) {
  separate();
  ((out_ += '"') += name) += "\":";
  first_ = true;
}

void Writer::string(std::string_view value) {
  separate();
  out_ += '"';
  for (std::size_t length; !value.empty(); value.remove_prefix(length)) {
    length = character_length(value);
    const auto c = static_cast<unsigned char>(value[0]);
    if (length == 0) {
      out_ += "\xEF\xBF\xBD"; // U+FFFD, where a byte is not text
      length = 1;
    } else if (c == '"' || c == '\\') {
      (out_ += '\\') += value[0];
    } else if (c < 0x20 || c == 0x7F) {
      ((out_ += "\\u00") += digits[c >> 4]) += digits[c & 15];
    } else {
      out_.append(value, 0, length);
    }
  }
  out_ += '"';
}

void Writer::number(std::string_view name, std::int64_t value) {
  key(name);
  separate();
  append_number(out_, value);
}

void Writer::number(std::string_view name, std::uint64_t value) {
  key(name);
  separate();
  append_number(out_, value);
}

void Writer::flag(std::string_view name, bool value) {
  if (!value)
    return;
  key(name);
  separate();
  out_ += "true";
}

void Writer::at(std::string_view name, const Location &location) {
  if (!location.valid())
    return;
  key(name);
  std::string at = places_ == Places::from_class && location.file == file_ ? "" : location.file;
  at += ':';
  append_number(at, location.line);
  at += ':';
  append_number(at, location.column);
  string(at);
}

/// JSON's own kinds stand for themselves; the others are objects. A value's place makes it one too.
void Writer::element(const Value &value) {
  if (!value.location.valid()) {
    plain(value);
    return;
  }
  const bool is_object = std::holds_alternative<Function>(value.data) ||
                         std::holds_alternative<EnumValue>(value.data) ||
                         std::holds_alternative<Keyword>(value.data);
  const auto *real = std::get_if<double>(&value.data);
  const auto *string = value.string();
  if (is_object || (real && !std::isfinite(*real)) || (string && !is_utf8(*string))) {
    plain(value);
    out_.pop_back(); // the place goes into the same object
  } else {
    begin_object();
    key("value");
    plain(value);
  }
  at("at", value.location);
  text_places(value.places);
  end_object();
}

void Writer::text_places(const std::vector<TextPlace> &places) {
  if (places.empty())
    return;
  begin_list("places");
  for (const TextPlace &run : places) {
    begin('[');
    for (const std::uint32_t number : {run.offset, run.line, run.column}) {
      separate();
      append_number(out_, number);
    }
    if (run.fixed) {
      separate();
      out_ += "true";
    }
    end(']');
  }
  end_list();
}

void Writer::plain(const Value &value) {
  if (const auto *list = value.list()) {
    begin('[');
    for (const Value &one : *list)
      element(one);
    end(']');
  } else if (const auto *text = value.string()) {
    if (is_utf8(*text)) {
      string(*text);
    } else {
      begin_object();
      string("bytes", to_hex(*text));
      end_object();
    }
  } else if (const auto *integer = value.integer()) {
    separate();
    append_number(out_, *integer);
  } else if (const auto *boolean = value.boolean()) {
    separate();
    out_ += *boolean ? "true" : "false";
  } else if (const auto *real = std::get_if<double>(&value.data)) {
    if (std::isfinite(*real)) {
      separate();
      append_real(out_, *real);
    } else {
      begin_object();
      string("real", std::isnan(*real) ? "nan" : *real > 0 ? "inf" : "-inf");
      end_object();
    }
  } else if (const auto *function = std::get_if<Function>(&value.data)) {
    begin_object();
    string("function", function->name);
    end_object();
  } else if (const auto *enumerator = std::get_if<EnumValue>(&value.data)) {
    begin_object();
    string("enumerator", enumerator->name);
    number("number", enumerator->value);
    end_object();
  } else if (const auto *keyword = std::get_if<Keyword>(&value.data)) {
    begin_object();
    string("keyword", keyword->name);
    end_object();
  } else {
    separate();
    out_ += "null";
  }
}

void Writer::value(const FieldInfo &field, const std::string &value) {
  if (wants(field, value.empty()))
    string(field.name, value);
}

void Writer::home(const FieldInfo &field, const Location &location) {
  file_ = {}; // this place names the file
  at(field.name, location);
  file_ = location.file;
}

void Writer::place(const FieldInfo &field, const Location &location) { at(field.name, location); }

void Writer::strings(const FieldInfo &field, const std::vector<std::string> &strings) {
  if (!wants(field, strings.empty()))
    return;
  begin_list(field.name);
  for (const std::string &one : strings)
    string(one);
  end_list();
}

void Writer::arguments(const FieldInfo &field, const std::vector<Value> &arguments) {
  if (!wants(field, arguments.empty()))
    return;
  begin_list(field.name);
  for (const Value &argument : arguments)
    element(argument);
  end_list();
}

void Writer::class_(const Class &class_) {
  begin_object();
  for_each_field(*this, class_);
  end_object();
}

std::string write(const TranslationUnit &unit, Places places) {
  Writer writer(places);
  writer.begin_object();
  writer.number("declorm", std::int64_t(format_version));
  writer.string("file", unit.file);
  writer.flag("incomplete", unit.incomplete);
  if (!unit.classes.empty()) {
    writer.begin_list("classes");
    for (const Class &one : unit.classes)
      writer.class_(one);
    writer.end_list();
  }
  writer.end_object();
  return writer.take();
}

} // namespace declorm::model::json

namespace declorm::model {

std::vector<Record> to_records(const TranslationUnit &unit) {
  std::vector<Record> records;
  for (const Class &one : unit.classes) {
    json::Writer writer(json::Places::from_class);
    writer.class_(one);
    const std::string text = writer.take();
    Record &record = records.emplace_back(Record{digest_of(text), {}});
    record.text = "{\"declorm\":" + std::to_string(json::format_version) + ",\"id\":\"" +
                  record.id + "\",\"class\":" + text + "}";
  }
  json::Writer writer(json::Places::full);
  writer.begin_object();
  writer.number("declorm", std::int64_t(json::format_version));
  writer.string("file", unit.file);
  writer.begin_list("ids");
  for (const Record &record : records)
    writer.string(record.id);
  writer.end_list();
  writer.end_object();
  std::string text = writer.take();
  std::string id = digest_of(text);
  records.push_back({std::move(id), std::move(text)});
  return records;
}

} // namespace declorm::model
