// naming.cpp: words, cases, and identifiers that C++ accepts.

#include "utils/declorm-automap/naming.h"

#include "runtime/ascii.h"

#include <algorithm>

namespace declorm::automap {

namespace {

using detail::ascii_lower;
using detail::ascii_upper;
using detail::is_ascii_digit;
using detail::is_ascii_lower;
using detail::is_ascii_upper;

bool is_word(char c) {
  return is_ascii_upper(c) || is_ascii_lower(c) || is_ascii_digit(c) || c == '_';
}

/// Letters for U+00C0 to U+017F; '?': two letters, below; ' ': no letter.
constexpr std::string_view latin_letters =
    "AAAAAA?CEEEEIIIIDNOOOOO OUUUUY??aaaaaa?ceeeeiiiidnooooo ouuuuy?y"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKkkLlLlLlLlLl"
    "NnNnNnnNnOoOoOo??RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

std::string_view latin_pair(std::uint32_t code) {
  switch (code) {
  case 0xc6:
    return "Ae";
  case 0xde:
    return "Th";
  case 0xdf:
    return "ss";
  case 0xe6:
    return "ae";
  case 0xfe:
    return "th";
  case 0x132:
    return "Ij";
  case 0x133:
    return "ij";
  case 0x152:
    return "Oe";
  case 0x153:
    return "oe";
  default:
    return {};
  }
}

std::string hexadecimal(std::uint32_t code) {
  std::string digits;
  for (; code != 0 || digits.size() < 4; code /= 16)
    digits.insert(digits.begin(), "0123456789abcdef"[code % 16]);
  return digits;
}

/// Letters, digits and '_' in ASCII; what is none of these becomes a space.
std::string to_ascii(std::string_view name) {
  std::string text;
  for (std::size_t i = 0; i < name.size();) {
    const std::uint32_t code = next_code_point(name, i);
    if (code < 0x80) {
      text += is_word(static_cast<char>(code)) ? static_cast<char>(code) : ' ';
    } else if (const std::string_view pair = latin_pair(code); !pair.empty()) {
      text += pair;
    } else if (code >= 0xc0 && code - 0xc0 < latin_letters.size()) {
      text += latin_letters[code - 0xc0];
    } else if (code < 0xc0) {
      text += ' ';
    } else {
      text += " u" + hexadecimal(code) + ' ';
    }
  }
  return text;
}

std::string capitalised(std::string word) {
  word.front() = ascii_upper(word.front());
  return word;
}

constexpr std::string_view keywords[] = {
    "alignas",       "alignof",     "and",
    "and_eq",        "asm",         "auto",
    "bitand",        "bitor",       "bool",
    "break",         "case",        "catch",
    "char",          "char16_t",    "char32_t",
    "char8_t",       "class",       "co_await",
    "co_return",     "co_yield",    "compl",
    "concept",       "const",       "const_cast",
    "consteval",     "constexpr",   "constinit",
    "continue",      "decltype",    "default",
    "delete",        "do",          "double",
    "dynamic_cast",  "else",        "enum",
    "explicit",      "export",      "extern",
    "false",         "float",       "for",
    "friend",        "goto",        "if",
    "inline",        "int",         "long",
    "mutable",       "namespace",   "new",
    "noexcept",      "not",         "not_eq",
    "nullptr",       "operator",    "or",
    "or_eq",         "private",     "protected",
    "public",        "register",    "reinterpret_cast",
    "requires",      "return",      "short",
    "signed",        "sizeof",      "static",
    "static_assert", "static_cast", "struct",
    "switch",        "template",    "this",
    "thread_local",  "throw",       "true",
    "try",           "typedef",     "typeid",
    "typename",      "typeof",      "union",
    "unsigned",      "using",       "virtual",
    "void",          "volatile",    "wchar_t",
    "while",         "xor",         "xor_eq",
};

/// Macros of standard and system headers, and names that generated code itself uses.
constexpr std::string_view other_names[] = {
    "BUFSIZ",    "CLOCKS_PER_SEC",
    "DOMAIN",    "EOF",
    "FALSE",     "HUGE_VAL",
    "I",         "INFINITY",
    "NAN",       "NULL",
    "OVERFLOW",  "TRUE",
    "UNDERFLOW", "assert",
    "declorm",   "errno",
    "linux",     "major",
    "makedev",   "minor",
    "offsetof",  "setjmp",
    "stderr",    "stdin",
    "stdout",    "std",
    "unix",
};

/// Words of the language that annotations' strings are written in, in any case.
constexpr std::string_view expression_words[] = {
    "and", "as",   "between", "else", "end", "false", "ilike", "in",
    "is",  "like", "not",     "null", "or",  "then",  "true",  "when",
};

/// Keywords, macros, and what is the compiler's own.
bool is_reserved(std::string_view identifier) {
  return std::ranges::find(keywords, identifier) != std::end(keywords) ||
         std::ranges::find(other_names, identifier) != std::end(other_names) ||
         (identifier.size() > 1 && identifier[0] == '_' && is_ascii_upper(identifier[1]));
}

bool is_expression_word(std::string_view identifier) {
  return std::ranges::find(expression_words, ascii_lower(identifier)) != std::end(expression_words);
}

/// A member's name, from one that has only letters, digits and underscores.
std::string as_member(std::string name) {
  if (is_ascii_digit(name.front()))
    name.insert(0, "n");
  return is_reserved(name) || is_expression_word(name) ? name + "_" : name;
}

} // namespace

std::uint32_t next_code_point(std::string_view text, std::size_t &index) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::uint32_t first = byte(index++);
  const std::size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  if (more == 0 || index + more > text.size())
    return first;
  std::uint32_t code = first & (0x3fu >> more);
  for (std::size_t i = 0; i != more; ++i) {
    if ((byte(index + i) & 0xc0) != 0x80)
      return first;
    code = code << 6 | (byte(index + i) & 0x3fu);
  }
  index += more;
  return code;
}

std::vector<std::string> words(std::string_view name) {
  std::vector<std::string> result;
  const std::string text = to_ascii(name);
  bool begins = true;
  for (std::size_t i = 0; i != text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '_') {
      begins = true;
      continue;
    }
    // "AlbumId", and "HTTPServer" where the last of several capitals begins a word.
    const char before = i == 0 ? ' ' : text[i - 1];
    if (is_ascii_upper(c) &&
        (is_ascii_lower(before) || is_ascii_digit(before) ||
         (is_ascii_upper(before) && i + 1 < text.size() && is_ascii_lower(text[i + 1]))))
      begins = true;
    if (begins)
      result.emplace_back();
    begins = false;
    result.back() += ascii_lower(c);
  }
  return result;
}

std::vector<std::string> singular_words(std::string_view name) {
  std::vector<std::string> result = words(name);
  if (!result.empty())
    result.back() = singular(result.back());
  return result;
}

std::vector<std::string> plural_words(std::vector<std::string> words) {
  if (!words.empty())
    words.back() = plural(words.back());
  return words;
}

std::string class_name(const std::vector<std::string> &words) {
  std::string name;
  for (const std::string &word : words)
    name += capitalised(word);
  if (name.empty())
    return "Table";
  if (is_reserved(name)) // the macro I
    return name + "Table";
  return is_ascii_digit(name.front()) ? "N" + name : name;
}

std::string member_name(const std::vector<std::string> &words, Case wanted) {
  std::string name;
  for (const std::string &word : words) {
    if (name.empty())
      name = word;
    else
      name += wanted == Case::camel ? capitalised(word) : "_" + word;
  }
  return name.empty() ? "column" : as_member(std::move(name));
}

std::string member_name(std::string_view column, Case wanted) {
  if (wanted != Case::keep)
    return member_name(words(column), wanted);
  std::string name;
  for (char c : to_ascii(column)) {
    c = c == ' ' ? '_' : c;
    // Two underscores side by side are the compiler's own.
    if (c != '_' || !name.ends_with('_'))
      name += c;
  }
  if (name.size() > 1 && name[0] == '_' && is_ascii_upper(name[1]))
    name.erase(0, 1); // the compiler's own
  return name.empty() || name == "_" ? "column" : as_member(std::move(name));
}

std::string setter_name(const std::string &member, Case wanted) {
  return wanted == Case::camel ? "set" + capitalised(member) : "set_" + member;
}

bool is_identifier(std::string_view text) {
  return !text.empty() && !is_ascii_digit(text.front()) && std::ranges::all_of(text, is_word) &&
         !is_reserved(text);
}

std::string Scope::choose(const std::vector<std::string> &candidates, std::string_view separator,
                          const std::function<bool(const std::string &)> &is_free) {
  for (const std::string &candidate : candidates)
    if (is_free(candidate))
      return candidate;
  const std::string &last = candidates.back();
  for (unsigned number = 2;; ++number) {
    std::string name = last;
    if (!last.ends_with('_'))
      name += separator;
    name += std::to_string(number);
    if (is_free(name))
      return name;
  }
}

} // namespace declorm::automap
