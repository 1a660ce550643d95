// json_writer.h: The Model's JSON in one line, without a JSON library.
//
// The compiler writes it for every class it sees, so it is written straight into the text.
#ifndef DECLORM_MODEL_JSON_WRITER_H
#define DECLORM_MODEL_JSON_WRITER_H

#include "runtime/model/fields.h"

namespace declorm::model::json {

/// How places are written.
enum class Places {
  full,       ///< "file:line:column"
  from_class, ///< ":line:column" where the file is that of the class
};

/// One JSON value after the other, without spaces.
class Writer {
public:
  explicit Writer(Places places) : places_(places) {}

  void begin_object() { begin('{'); }
  void begin_object(std::string_view name) { key(name), begin('{'); }
  void end_object() { end('}'); }
  void begin_list(std::string_view name) { key(name), begin('['); }
  void end_list() { end(']'); }

  void string(std::string_view value);
  void string(std::string_view name, std::string_view value) { key(name), string(value); }
  void number(std::string_view name, std::int64_t value);
  void number(std::string_view name, std::uint64_t value);
  void flag(std::string_view name, bool value); ///< left out if false
  void element(const Value &value);
  void class_(const Class &class_); ///< a whole object

  // The visitor of for_each_field().
  void value(const FieldInfo &field, const std::string &value);
  void value(const FieldInfo &field, std::integral auto value) {
    if (!wants(field, value == 0))
      return;
    if constexpr (std::same_as<decltype(value), bool>)
      flag(field.name, value);
    else if constexpr (std::is_signed_v<decltype(value)>)
      number(field.name, std::int64_t(value));
    else
      number(field.name, std::uint64_t(value));
  }
  void offset(const FieldInfo &field, std::uint64_t offset) {
    if (wants(field, offset == detail::no_offset))
      number(field.name, offset);
  }
  template <class T, std::size_t N>
  void choice(const FieldInfo &field, T value, const Named<T> (&names)[N]) {
    if (wants(field, value == T()))
      string(field.name, name_of(names, value));
  }
  template <std::size_t N>
  void flags(const FieldInfo &field, unsigned flags, const Named<unsigned> (&names)[N]) {
    if (!wants(field, flags == 0))
      return;
    begin_list(field.name);
    for (const Named<unsigned> &named : names)
      if (flags & named.value)
        string(named.name);
    end_list();
  }
  void home(const FieldInfo &field, const Location &location);
  void place(const FieldInfo &field, const Location &location);
  template <class T> void object(const FieldInfo &field, const T &object) {
    begin_object(field.name);
    for_each_field(*this, object);
    end_object();
  }
  template <class T> void list(const FieldInfo &field, const std::vector<T> &list) {
    if (!wants(field, list.empty()))
      return;
    begin_list(field.name);
    for (const T &element : list) {
      begin_object();
      for_each_field(*this, element);
      end_object();
    }
    end_list();
  }
  void strings(const FieldInfo &field, const std::vector<std::string> &strings);
  void arguments(const FieldInfo &field, const std::vector<Value> &arguments);

  std::string take() { return std::move(out_); }

private:
  void begin(char bracket);
  void end(char bracket);
  void key(std::string_view name);
  void separate();
  void plain(const Value &value);
  void at(std::string_view name, const Location &location);
  void text_places(const std::vector<TextPlace> &places);
  static bool wants(const FieldInfo &field, bool is_default) {
    return (field.forms & in_json) && (field.always || !is_default);
  }

  std::string out_;
  std::string_view file_; ///< of the class being written
  Places places_;
  bool first_ = true; ///< of the object or list
};

/// `{"declorm":1,"file":…,"classes":[…]}`
std::string write(const TranslationUnit &unit, Places places);

} // namespace declorm::model::json

#endif // DECLORM_MODEL_JSON_WRITER_H
