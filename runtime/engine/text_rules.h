// text_rules.h: how one kind of database reads the text of SQL, as far as parameters go.
#ifndef DECLORM_ENGINE_TEXT_RULES_H
#define DECLORM_ENGINE_TEXT_RULES_H

#include <string>
#include <string_view>

namespace declorm::detail {

/// What raw SQL can have in it where a `:` or `?` is no parameter, and how a parameter is written
/// for the database. Strings in '…', names in "…", comments of both kinds and `::` are the same
/// everywhere.
struct TextRules {
  enum class Placeholder : unsigned char { question_mark, numbered /* $1 */ };

  Placeholder marks = Placeholder::numbered;
  bool brackets = false;        ///< [a name]
  bool backticks = false;       ///< `a name`
  bool backslashes = false;     ///< 'it\'s' in every string
  bool escape_strings = false;  ///< E'it\'s', where a backslash means itself otherwise
  bool dollar_strings = false;  ///< $$a string$$ and $tag$a string$tag$
  bool nested_comments = false; ///< /* one /* in */ another */
  bool hash_comments = false;   ///< # up to the end of the line
  bool takes_names = false;     ///< the database takes `:name` itself: raw SQL stays as it is
  std::string_view marks_of_names = ":"; ///< what stands in front of a parameter's name

  std::string placeholder(int number) const {
    return marks == Placeholder::question_mark ? "?" : "$" + std::to_string(number);
  }
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_TEXT_RULES_H
