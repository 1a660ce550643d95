// json_writer.h: The Model's JSON in one line, without a JSON library.
//
// The compiler writes it for every class it sees, so it is written straight into the text.
#ifndef DECLORM_MODEL_JSON_WRITER_H
#define DECLORM_MODEL_JSON_WRITER_H

#include "runtime/model/model.h"

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
  /// Leaves an empty string out.
  void text(std::string_view name, std::string_view value);
  void number(std::string_view name, std::int64_t value);
  void number(std::string_view name, std::uint64_t value);
  void flag(std::string_view name, bool value); ///< left out if false
  void value(const Value &value);
  void class_(const Class &class_); ///< a whole object

  std::string take() { return std::move(out_); }

private:
  void begin(char bracket);
  void end(char bracket);
  void key(std::string_view name);
  void separate();
  void plain(const Value &value);
  void place(const Location &location);
  void text_places(const std::vector<TextPlace> &places);
  void offset(std::uint64_t offset);
  void annotations(const Annotations &annotations);
  void base(const Base &base);
  void virtual_base(const VirtualBase &base);
  void member(const Member &member);
  void type(const Type &type);

  std::string out_;
  std::string_view file_; ///< of the class being written
  Places places_;
  bool first_ = true; ///< of the object or list
};

/// `{"declorm":1,"file":…,"classes":[…]}`
std::string write(const TranslationUnit &unit, Places places);

} // namespace declorm::model::json

#endif // DECLORM_MODEL_JSON_WRITER_H
