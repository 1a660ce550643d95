// placeholders.h: {class} and {table} in the strings of mixins.
#ifndef DECLORM_MODEL_PLACEHOLDERS_H
#define DECLORM_MODEL_PLACEHOLDERS_H

#include "runtime/model/diagnostic.h"

namespace declorm::model {

/// "HTTPServer2" -> "http_server2".
std::string snake_case(std::string_view name);
std::string lower_case(std::string_view name);

/// The class's unqualified name as an identifier: "Page<shop::Order>" -> "Page_shop_Order".
std::string identifier(const Class &class_);

/// From byte `filled` of the result on, the bytes come from byte `original` of the text.
struct FilledPiece {
  std::size_t filled = 0, original = 0;
  bool made = false; ///< a placeholder's name or braces stand there, not these bytes
};

/// Fills `{class}`, `{class:lower}`, `{class:snake}` and `{table}` for one mapped class. Other
/// braces stay: only a lone name in braces that is no placeholder is an error, and `{{name}}` is
/// the text `{name}`.
class Placeholders {
public:
  Placeholders(const Class &class_, Diagnostics &diagnostics)
      : class_(class_), diagnostics_(diagnostics) {}

  /// Until this is known `{table}` is an error.
  void set_table(std::string_view table) { table_ = table; }

  /// For a nested class: the mapped class it is made for, and its table.
  void set_outer(const Class &outer, std::string_view table) {
    outer_ = &outer;
    outer_table_ = table;
  }

  /// `inherited`: the text comes from a mixin or base, where unknown names in braces are errors.
  /// `pieces`, if given, is told where the result's bytes come from.
  std::string fill(std::string_view text, const Location &place, bool inherited,
                   std::vector<FilledPiece> *pieces = nullptr);
  /// Fills the strings in it.
  Value fill(const Value &value, const Location &place, bool inherited);

private:
  bool append(std::string &out, std::string_view name) const;
  void report(std::string_view name, const Location &place);

  const Class &class_;
  Diagnostics &diagnostics_;
  std::string table_;
  const Class *outer_ = nullptr;
  std::string outer_table_;
};

} // namespace declorm::model

#endif // DECLORM_MODEL_PLACEHOLDERS_H
