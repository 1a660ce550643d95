// writer.cpp: classes, members, accessors and comments as text.

#include "utils/declorm-automap/writer.h"

#include <algorithm>
#include <set>

namespace declorm::automap {

namespace {

constexpr std::size_t columns = 100;

/// In characters of a terminal, where those of East Asia take two.
std::size_t width(std::string_view text) {
  std::size_t result = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t code = next_code_point(text, i);
    const bool is_wide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
                         (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
                         (code >= 0xff00 && code <= 0xff60) || (code >= 0x1f300 && code <= 0x3fffd);
    result += is_wide ? 2 : 1;
  }
  return result;
}

bool is_too_long(std::string_view text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (width(text.substr(at, end - at)) > columns)
      return true;
    at = end + 1;
  }
  return false;
}

/// A sentence, broken at spaces.
std::string comment(const std::string &indent, const std::string &text) {
  std::string result, line = indent + "//", word;
  const auto add_word = [&] {
    if (word.empty())
      return;
    if (width(line) + 1 + width(word) > columns && line.size() > indent.size() + 2) {
      result += line + "\n";
      line = indent + "//";
    }
    line += " " + word;
    word.clear();
  };
  for (char c : text) {
    if (c == ' ' || static_cast<unsigned char>(c) < 0x20)
      add_word();
    else
      word += c;
  }
  // Also because a backslash at the end would take the next line along.
  word += '.';
  add_word();
  return result + line + "\n";
}

/// For lines that are too long and cannot be broken as clang-format would.
std::string unformatted(const std::string &indent, const std::string &text) {
  return indent + "// clang-format off\n" + text + indent + "// clang-format on\n";
}

/// The arguments of `name(a, {b, c})`, each with the comma or parenthesis behind it.
std::vector<std::string> arguments_of(std::string_view annotation) {
  std::vector<std::string> arguments;
  unsigned depth = 0;
  bool in_string = false;
  std::size_t begin = annotation.find('(') + 1;
  for (std::size_t i = begin; i < annotation.size(); ++i) {
    const char c = annotation[i];
    if (in_string && c == '\\')
      ++i;
    else if (c == '"')
      in_string = !in_string;
    else if (!in_string && c == '{')
      ++depth;
    else if (!in_string && c == '}')
      --depth;
    if (in_string || depth != 0 || (c != ',' && i + 1 != annotation.size()))
      continue;
    arguments.emplace_back(annotation.substr(begin, i + 1 - begin));
    begin = i + 2;
  }
  return arguments;
}

/// Words side by side, as far as the line goes.
class Filler {
public:
  explicit Filler(std::string line) : line_(std::move(line)) {}

  /// `behind`: what must stand on the same line, in characters.
  void add(const std::string &word, const std::string &indent, std::size_t behind) {
    if (width(line_) + 1 + width(word) + behind > columns) {
      text_ += line_ + "\n";
      line_ = indent + word;
    } else {
      line_ += " " + word;
    }
  }
  void append(const std::string &text) { line_ += text; }
  std::string text() const { return text_ + line_; }

private:
  std::string text_, line_;
};

/// `head` and "[[using declorm: a, b]]" and `tail`, broken between annotations, or between the
/// arguments of one.
std::string attributes(const std::string &head, const std::vector<std::string> &annotations,
                       const std::string &tail) {
  if (annotations.size() == 1)
    return head + "[[declorm::" + annotations.front() + "]]" + tail;
  const std::string indent(head.size() + 2, ' ');
  Filler filler(head + "[[using declorm: " + annotations.front());
  bool is_broken = false; // then the next one begins a line
  for (std::size_t i = 1; i != annotations.size(); ++i) {
    const std::size_t behind = i + 1 == annotations.size() ? tail.size() + 2 : 1;
    filler.append(",");
    const std::string &annotation = annotations[i];
    if (indent.size() + width(annotation) + behind <= columns) {
      filler.add(annotation, indent, is_broken ? columns : behind);
      is_broken = false;
      continue;
    }
    const std::vector<std::string> arguments = arguments_of(annotation);
    const std::size_t open = annotation.find('(') + 1;
    filler.add(annotation.substr(0, open) + arguments.front(), indent, columns);
    is_broken = true;
    const std::string aligned(indent.size() + open, ' ');
    for (std::size_t j = 1; j != arguments.size(); ++j)
      filler.add(arguments[j], aligned, j + 1 == arguments.size() ? behind : 0);
  }
  return filler.text() + "]]" + tail;
}

std::string member(const MemberPlan &plan) {
  std::string notes;
  for (const std::string &note : plan.notes)
    notes += comment("  ", note);
  const std::string declaration =
      plan.type + (plan.type.ends_with('*') ? "" : " ") + plan.member + plan.initial + ";";
  std::string text = attributes("  ", plan.annotations, "");
  const bool fits =
      text.find('\n') == std::string::npos && width(text) + 1 + declaration.size() <= columns;
  text += (fits ? " " : "\n  ") + declaration + "\n";
  return notes + (is_too_long(text) ? unformatted("  ", text) : text);
}

std::string function(const std::string &head, const std::string &body) {
  std::string text = "  " + head + " { " + body + " }\n";
  if (is_too_long(text))
    text = "  " + head + " {\n    " + body + "\n  }\n";
  return is_too_long(text) ? unformatted("  ", text) : text;
}

std::string accessors(const ColumnPlan &plan) {
  const bool by_value = plan.cpp.by_value;
  const std::string result = by_value ? plan.type + " " : "const " + plan.type + " &";
  std::string text = function(result + plan.name + "() const", "return " + plan.member + ";");
  if (!plan.read_only)
    text += function("void " + plan.setter + "(" + plan.type + " value)",
                     plan.member + " = " + (by_value ? "value" : "std::move(value)") + ";");
  return text;
}

std::string accessors(const RelationshipPlan &plan) {
  const std::string body = "return " + plan.member + ";";
  if (plan.many)
    return function("const " + plan.type + " &" + plan.name + "() const", body) +
           function(plan.type + " &" + plan.name + "()", body);
  return function("const " + plan.type + plan.name + "() const", body) +
         function(plan.type + plan.name + "()", body) +
         function("void " + plan.setter + "(" + plan.type + "value)", plan.member + " = value;");
}

/// Names for queries, behind the members: what is declared there is known.
std::string fields(const ClassPlan &class_) {
  const std::string example = class_.name + "::fields::" + class_.columns.front().name;
  std::string text = "\npublic:\n";
  text += comment("  ", "For queries and options: col<" + example + ">");
  text += "  struct fields {\n";
  const auto add = [&](const MemberPlan &plan) {
    const std::string left = "    static constexpr auto " + plan.name + " =";
    const std::string right = "&" + class_.name + "::" + plan.member + ";\n";
    text += left + (left.size() + right.size() <= columns ? " " : "\n        ") + right;
  };
  for (const ColumnPlan &column : class_.columns)
    add(column);
  for (const RelationshipPlan &relationship : class_.relationships)
    add(relationship);
  return text + "  };\n";
}

std::string class_text(const Plan &plan, const ClassPlan &class_) {
  std::string text;
  if (class_.kind == ClassKind::association)
    text += comment("", "Rows are written by the relationships that name '" +
                            class_.table->full_name() + "'");
  if (class_.kind == ClassKind::row)
    text += comment("", "Rows of view '" + class_.table->full_name() + "', for reading");
  for (const std::string &note : class_.notes)
    text += comment("", note);
  const std::string head = attributes(plan.private_members ? "class " : "struct ",
                                      class_.annotations, " " + class_.name + " {") +
                           "\n";
  // The second mark stands in the class, where it is indented.
  text += is_too_long(head) ? "// clang-format off\n" + head + "  // clang-format on\n" : head;
  if (plan.private_members) {
    text += "public:\n";
    for (const ColumnPlan &column : class_.columns)
      text += accessors(column);
    for (const RelationshipPlan &relationship : class_.relationships)
      text += accessors(relationship);
    text += "\nprivate:\n";
  }
  for (const ColumnPlan &column : class_.columns)
    text += member(column);
  if (!class_.relationships.empty())
    text += "\n";
  for (const RelationshipPlan &relationship : class_.relationships)
    text += member(relationship);
  if (plan.private_members && class_.kind != ClassKind::row)
    text += fields(class_);
  return text + "};\n";
}

void add_includes(const Plan &plan, const ClassPlan &class_, std::set<std::string> &includes) {
  for (const ColumnPlan &column : class_.columns) {
    includes.insert(column.cpp.includes.begin(), column.cpp.includes.end());
    if (column.optional)
      includes.insert("<optional>");
    if (plan.private_members && !column.cpp.by_value && !column.read_only)
      includes.insert("<utility>");
  }
  for (const RelationshipPlan &relationship : class_.relationships)
    if (relationship.many)
      includes.insert("<vector>");
}

std::string header(const std::string &title, const std::set<std::string> &includes) {
  std::string text = title + "#pragma once\n";
  if (!includes.empty())
    text += "\n";
  for (const std::string &include : includes)
    text += "#include " + include + "\n";
  return text + "\n";
}

std::string forward_declarations(const Plan &plan, const std::set<std::string> &classes) {
  std::string text;
  for (const std::string &name : classes)
    text += (plan.private_members ? "class " : "struct ") + name + ";\n";
  return text.empty() ? text : text + "\n";
}

std::string in_namespace(const std::string &name_space, const std::string &text) {
  if (name_space.empty())
    return text;
  return "namespace " + name_space + " {\n\n" + text + "\n} // namespace " + name_space + "\n";
}

/// For the first line: what the person may do with the file.
std::string title(const std::string &file, const std::string &what) {
  return comment("", file + ": " + what + " Made by declorm-automap; edit as you like");
}

} // namespace

Header write_one_header(const Plan &plan, const std::string &name_space, const std::string &file) {
  std::set<std::string> includes, targets;
  std::string text;
  for (const ClassPlan &class_ : plan.classes) {
    add_includes(plan, class_, includes);
    for (const RelationshipPlan &relationship : class_.relationships)
      targets.insert(relationship.target);
    text += (text.empty() ? "" : "\n") + class_text(plan, class_);
  }
  return {file, header(title(file, "classes for the tables of a database."), includes) +
                    in_namespace(name_space, forward_declarations(plan, targets) + text)};
}

std::vector<Header> write_headers(const Plan &plan, const std::string &name_space) {
  const std::string all_file = "models.h";
  std::set<std::string> files{all_file};
  std::vector<Header> headers;
  for (const ClassPlan &class_ : plan.classes) {
    const std::string stem = member_name(words(class_.name), Case::snake);
    const std::string file =
        Scope::choose({stem}, "_",
                      [&](const std::string &name) { return !files.contains(name + ".h"); }) +
        ".h";
    files.insert(file);
    std::set<std::string> includes, targets;
    add_includes(plan, class_, includes);
    for (const RelationshipPlan &relationship : class_.relationships)
      if (relationship.target != class_.name)
        targets.insert(relationship.target);
    const std::string what = std::string(class_.table->is_view() ? "view '" : "table '") +
                             class_.table->full_name() + "'.";
    headers.push_back({file, header(title(file, what), includes) +
                                 in_namespace(name_space, forward_declarations(plan, targets) +
                                                              class_text(plan, class_))});
  }
  std::string text = title(all_file, "all classes.") + "#pragma once\n\n";
  files.erase(all_file);
  for (const std::string &file : files)
    text += "#include \"" + file + "\"\n";
  headers.push_back({all_file, text});
  return headers;
}

} // namespace declorm::automap
