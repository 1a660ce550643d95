// definition_mismatch.cpp: A class differs between translation units.

#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

/// Two definitions and how a message tells them apart: by file, or by who saw it if the file is the
/// same.
struct Two {
  const Definition &first, &second;
  std::string in_first, in_second;

  Two(const Definition &a, const Definition &b) : first(a), second(b) {
    bool same_file = a.class_.location.file == b.class_.location.file;
    auto where = [&](const Definition &definition) {
      const std::string &file = same_file && !definition.files.empty()
                                    ? definition.files.front()
                                    : definition.class_.location.file;
      return " in '" + file + "'";
    };
    in_first = where(a);
    in_second = where(b);
  }

  std::string values(const std::string &what, const std::string &a, const std::string &b) const {
    return what + " is " + a + in_first + " and " + b + in_second;
  }
};

std::string text_of(const Value &value);

struct ValueText {
  std::string operator()(std::monostate) const { return "nullptr"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return std::to_string(value); }
  std::string operator()(const std::string &value) const { return '"' + value + '"'; }
  std::string operator()(const std::vector<Value> &values) const {
    std::string text;
    for (const Value &value : values)
      text += (text.empty() ? "" : ", ") + text_of(value);
    return "{" + text + "}";
  }
  std::string operator()(const Function &function) const { return function.name; }
  std::string operator()(const EnumValue &value) const { return value.name; }
  std::string operator()(const Keyword &keyword) const { return keyword.name; }
};

std::string text_of(const Value &value) { return std::visit(ValueText(), value.data); }

std::string text_of(const Annotation &annotation) {
  std::string text;
  for (const Value &value : annotation.arguments)
    text += (text.empty() ? "" : ", ") + text_of(value);
  return annotation.name + (text.empty() ? "" : "(" + text + ")");
}

std::string text_of(const Annotations &annotations) {
  std::string text;
  for (const Annotation &annotation : annotations)
    text += (text.empty() ? "" : ", ") + text_of(annotation);
  return text.empty() ? "not annotated" : "annotated [[" + text + "]]";
}

std::string difference(const Member &a, const Member &b, const Two &two) {
  const std::string member = "member '" + a.name + "'";
  if (a.type.spelling != b.type.spelling)
    return two.values(member, "'" + a.type.spelling + "'", "'" + b.type.spelling + "'");
  if (std::string in_a = text_of(a.annotations), in_b = text_of(b.annotations); in_a != in_b)
    return two.values(member, in_a, in_b);
  if (a.type.size != b.type.size)
    return two.values(member, std::to_string(a.type.size) + " bytes", std::to_string(b.type.size));
  if (a.offset != b.offset)
    return two.values(member, "at offset " + std::to_string(a.offset), std::to_string(b.offset));
  return {};
}

template <class T> const T *find_named(const std::vector<T> &list, const std::string &name) {
  auto found =
      std::find_if(list.begin(), list.end(), [&](const T &item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

/// What only one of two lists has, in words, or "".
template <class T>
std::string missing(const char *what, const std::vector<T> &a, const std::vector<T> &b,
                    const Two &two) {
  for (const T &item : a)
    if (!find_named(b, item.name))
      return what + (" '" + item.name + "' is only") + two.in_first;
  for (const T &item : b)
    if (!find_named(a, item.name))
      return what + (" '" + item.name + "' is only") + two.in_second;
  return {};
}

/// The first difference in words.
std::string difference(const Two &two) {
  const Class &a = two.first.class_, &b = two.second.class_;
  if (std::string in_a = text_of(a.annotations), in_b = text_of(b.annotations); in_a != in_b)
    return two.values("it", in_a, in_b);
  if (std::string text = missing("base class", a.bases, b.bases, two); !text.empty())
    return text;
  if (std::string text = missing("member", a.members, b.members, two); !text.empty())
    return text;
  for (const Member &member : a.members)
    if (std::string text = difference(member, *find_named(b.members, member.name), two);
        !text.empty())
      return text;
  if (a.size != b.size)
    return two.values("its size", std::to_string(a.size) + " bytes", std::to_string(b.size));
  return "its members differ" + two.in_first + " and" + two.in_second;
}

Note way_out(const Two &two) {
  const Location &a = two.first.class_.location, &b = two.second.class_.location;
  if (a.file == b.file && a.line == b.line)
    return {"one header, read in two ways; compile all translation units with the same macros and "
            "options",
            a};
  return {"the other definition is here; define the class once, in a header that all its users "
          "include",
          a};
}

} // namespace

void rule::definition_mismatch(const Program &program, const Mapping &, Diagnostics &diagnostics) {
  for (const ProgramClass &program_class : program.classes) {
    const std::vector<Definition> &definitions = program_class.definitions;
    for (std::size_t i = 1; i < definitions.size(); ++i) {
      const Two two(definitions.front(), definitions[i]);
      diagnostics.push_back(
          {"definition-mismatch",
           Severity::error,
           "class '" + two.first.class_.name + "' is defined in two ways: " + difference(two),
           two.second.class_.location,
           {way_out(two)}});
    }
  }
}

} // namespace declorm::model
