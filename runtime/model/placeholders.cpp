// placeholders.cpp: {class} and {table} in the strings of mixins.

#include "runtime/model/placeholders.h"

#include "runtime/ascii.h"

namespace declorm::model {

namespace {

// Not <cctype>: the locale must not change a table's name.
using detail::ascii_lower;
using detail::is_ascii_digit;
using detail::is_ascii_lower;
using detail::is_ascii_upper;

bool is_word(char c) {
  return is_ascii_lower(c) || is_ascii_upper(c) || is_ascii_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The name in braces that begins at `open`, or "" if what is there is no lone name.
std::string_view braced_name(std::string_view text, std::size_t open) {
  std::size_t end = open + 1;
  while (end < text.size() && (is_word(text[end]) || text[end] == ':' || text[end] == '.'))
    ++end;
  if (end == text.size() || text[end] != '}' || end == open + 1 || is_ascii_digit(text[open + 1]))
    return {};
  return text.substr(open + 1, end - open - 1);
}

} // namespace

std::string lower_case(std::string_view name) { return ascii_lower(name); }

std::string snake_case(std::string_view name) {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    // A word begins at an upper-case letter after a lower-case one or a digit, and at the last of
    // several upper-case letters when a lower-case one follows.
    bool begins =
        i > 0 && is_ascii_upper(name[i]) &&
        (is_ascii_lower(name[i - 1]) || is_ascii_digit(name[i - 1]) ||
         (is_ascii_upper(name[i - 1]) && i + 1 < name.size() && is_ascii_lower(name[i + 1])));
    if (begins)
      text += '_';
    text += ascii_lower(name[i]);
  }
  return text;
}

std::string identifier(const Class &class_) {
  std::string text;
  for (char c : class_.unqualified_name()) {
    if (is_word(c))
      text += c;
    else if (!text.empty() && text.back() != '_')
      text += '_';
  }
  while (!text.empty() && text.back() == '_')
    text.pop_back();
  return text;
}

bool Placeholders::append(std::string &out, std::string_view name) const {
  if (name == "class")
    out += identifier(class_);
  else if (name == "class:lower")
    out += lower_case(identifier(class_));
  else if (name == "class:snake")
    out += snake_case(identifier(class_));
  else if (name == "table" && !table_.empty())
    out += table_;
  else if (name == "outer.class" && outer_)
    out += identifier(*outer_);
  else if (name == "outer.table" && outer_)
    out += outer_table_;
  else
    return false;
  return true;
}

void Placeholders::report(std::string_view name, const Location &place) {
  static const std::vector<std::string> known{"class", "class:lower", "class:snake",
                                              "table", "outer.class", "outer.table"};
  Diagnostic diagnostic{"placeholder", Severity::error, {}, place, {}};
  if (name == "table") {
    diagnostic.message =
        "'{table}' cannot stand in the pattern that makes the table's name of class '" +
        class_.name + "'; use '{class:lower}' or '{class:snake}'";
  } else if (name == "outer.class" || name == "outer.table") {
    diagnostic.message = "'{" + std::string(name) + "}' needs one mapped class that '" +
                         class_.name + "' is nested in, or one that uses the mixin it is nested in";
  } else {
    diagnostic.message = "unknown placeholder '{" + std::string(name) +
                         "}' in a string for class '" + class_.name + "'";
    if (std::string near = nearest(name, known); !near.empty())
      diagnostic.message += "; did you mean '{" + near + "}'?";
    else
      diagnostic.message += "; write '{{" + std::string(name) + "}}' for the text itself";
  }
  diagnostics_.push_back(std::move(diagnostic));
}

std::string Placeholders::fill(std::string_view text, const Location &place, bool inherited,
                               std::vector<FilledPiece> *pieces) {
  std::string out;
  std::size_t done = 0;
  const auto begin_piece = [&](std::size_t original, bool made) {
    if (pieces)
      pieces->push_back({out.size(), original, made});
  };
  begin_piece(0, false);
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', done)) {
    out += text.substr(done, open - done);
    done = open + 1;
    bool doubled = text.substr(done).starts_with('{');
    std::string_view name = braced_name(text, doubled ? open + 1 : open);
    std::size_t end = done + name.size() + 1;
    if (name.empty()) {
      out += '{';
    } else if (doubled) {
      bool closed = text.substr(end + 1).starts_with('}');
      begin_piece(closed ? open + 1 : open, false);
      out += closed ? text.substr(open + 1, name.size() + 2) : text.substr(open, 1);
      done = closed ? end + 2 : done;
      begin_piece(done, false);
    } else {
      begin_piece(open, true);
      if (!append(out, name)) {
        out += text.substr(open, name.size() + 2);
        if (inherited || name.starts_with("outer."))
          report(name, place);
      }
      done = end;
      begin_piece(done, false);
    }
  }
  out += text.substr(done);
  return out;
}

Value Placeholders::fill(const Value &value, const Location &place, bool inherited) {
  Value filled = value;
  const Location &own = value.location.valid() ? value.location : place;
  if (auto *text = std::get_if<std::string>(&filled.data)) {
    *text = fill(*text, own, inherited);
  } else if (auto *list = std::get_if<std::vector<Value>>(&filled.data)) {
    for (Value &element : *list)
      element = fill(element, own, inherited);
  }
  return filled;
}

} // namespace declorm::model
