// definition_mismatch.cpp: A class differs between translation units.

#include "runtime/model/rule.h"

#include <algorithm>
#include <tuple>

namespace declorm::model {

namespace {

/// Two definitions and how a message tells them apart: by file, or by who saw it if the file is the
/// same.
struct Two {
  const Program &program;
  const Definition &first, &second;
  std::string in_first, in_second;

  Two(const Program &in, const Definition &a, const Definition &b)
      : program(in), first(a), second(b) {
    bool same_file = a.class_.location.file == b.class_.location.file;
    auto where = [&](const Definition &definition) {
      const std::string &file = same_file && !definition.files.empty()
                                    ? definition.files.front()
                                    : definition.class_.location.file;
      return " in '" + file + "'";
    };
    in_first = where(a);
    in_second = where(b);
    if (in_first == in_second)
      in_second.insert(3, " another compilation of");
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
  std::string operator()(const EnumValue &value) const {
    return value.name + " = " + std::to_string(value.value);
  }
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

std::string bytes(std::uint64_t size) { return std::to_string(size) + " bytes"; }

std::string offset_of(std::uint64_t offset) {
  return offset == detail::no_offset ? "at no fixed offset" : "at offset " + std::to_string(offset);
}

std::string text_of(const std::vector<Enumerator> &enumerators) {
  std::string text;
  for (const Enumerator &one : enumerators)
    text += (text.empty() ? "" : ", ") + one.name + " = " + std::to_string(one.value);
  return "{" + text + "}";
}

/// "a private bit-field": what is neither its type nor its annotations.
std::string kind_of(const Member &member) {
  std::string text = member.kind == MemberKind::field    ? "data member"
                     : member.kind == MemberKind::method ? "member function"
                                                         : "static member function";
  static constexpr std::pair<unsigned, const char *> words[] = {
      {detail::member_bit_field, "bit-field "},
      {detail::member_reference, "reference "},
      {detail::member_const, "const "},
      {detail::member_private, "private "},
  };
  for (const auto &[flag, word] : words)
    if (member.flags & flag)
      text.insert(0, word);
  return "a " + text + (member.flags & detail::member_initialised ? " with an initialiser" : "");
}

std::string difference(const Member &a, const Member &b, const Two &two) {
  const std::string member = "member '" + a.name + "'";
  const auto differ = [&](const std::string &in_a, const std::string &in_b) {
    return in_a == in_b ? std::string() : two.values(member, in_a, in_b);
  };
  for (std::string text :
       {differ("'" + a.type.spelling + "'", "'" + b.type.spelling + "'"),
        differ(text_of(a.annotations), text_of(b.annotations)),
        differ(bytes(a.type.size), bytes(b.type.size)),
        differ(offset_of(a.offset), offset_of(b.offset)), differ(kind_of(a), kind_of(b)),
        differ("an enum of " + text_of(a.type.enumerators),
               "an enum of " + text_of(b.type.enumerators))})
    if (!text.empty())
      return text;
  const auto rest = [](const Type &type) {
    return std::tie(type.code, type.container, type.flags, type.rep, type.num, type.den,
                    type.target);
  };
  if (rest(a.type) != rest(b.type))
    return member + " has type '" + a.type.spelling + "', which is not the same" + two.in_first +
           " and" + two.in_second;
  return {};
}

/// What only one of two lists has, in words, or "". `id` tells items of the two lists apart.
template <class T, class Id, class Name>
std::string missing(const char *what, const std::vector<T> &a, const std::vector<T> &b,
                    const Two &two, Id id, Name name) {
  const auto has = [&](const std::vector<T> &list, const T &wanted) {
    return std::any_of(list.begin(), list.end(),
                       [&](const T &item) { return id(item) == id(wanted); });
  };
  for (const T &item : a)
    if (!has(b, item))
      return what + (" '" + name(item) + "' is only") + two.in_first;
  for (const T &item : b)
    if (!has(a, item))
      return what + (" '" + name(item) + "' is only") + two.in_second;
  return {};
}

/// What two lists have at other places, in words, or "".
template <class T, class Id, class Name>
std::string moved(const char *what, const std::vector<T> &a, const std::vector<T> &b,
                  const Two &two, Id id, Name name) {
  for (std::size_t i = 0; i != std::min(a.size(), b.size()); ++i)
    if (id(a[i]) != id(b[i]))
      return what + (" '" + name(a[i]) + "' comes before '" + name(b[i]) + "'") + two.in_first +
             " and behind it" + two.in_second;
  return a.size() == b.size()
             ? std::string()
             : "it has " + std::to_string(a.size()) + " " + what + (a.size() == 1 ? "" : "s") +
                   two.in_first + " and " + std::to_string(b.size()) + two.in_second;
}

std::string bases_difference(const Two &two) {
  const std::vector<Base> &a = two.first.class_.bases, &b = two.second.class_.bases;
  const auto key = [](const Base &base) { return base.key; };
  // The registration keeps no name of a base that is registered itself.
  const auto name = [&](const Base &base) {
    const Class *known = base.name.empty() ? two.program.find(base.key) : nullptr;
    return known ? known->name : base.name.empty() ? base.key : base.name;
  };
  if (std::string text = missing("base class", a, b, two, key, name); !text.empty())
    return text;
  if (std::string text = moved("base class", a, b, two, key, name); !text.empty())
    return text;
  for (std::size_t i = 0; i != a.size(); ++i) {
    const std::string base = "base class '" + name(a[i]) + "'";
    if (a[i].is_virtual != b[i].is_virtual)
      return base + " is virtual" + (a[i].is_virtual ? two.in_first : two.in_second) + " only";
    if (a[i].offset != b[i].offset)
      return two.values(base, offset_of(a[i].offset), offset_of(b[i].offset));
  }
  return {};
}

std::string members_difference(const Two &two) {
  const std::vector<Member> &a = two.first.class_.members, &b = two.second.class_.members;
  const auto name = [](const Member &member) { return member.name; };
  if (std::string text = missing("member", a, b, two, name, name); !text.empty())
    return text;
  // Functions may share a name: they are told apart by their order.
  if (std::string text = moved("member", a, b, two, name, name); !text.empty())
    return text;
  for (std::size_t i = 0; i != a.size(); ++i)
    if (std::string text = difference(a[i], b[i], two); !text.empty())
      return text;
  return {};
}

std::string flags_difference(const Two &two) {
  static constexpr std::pair<unsigned, const char *> words[] = {
      {detail::class_instantiation, "it is an instantiation of a template"},
      {detail::class_polymorphic, "it has virtual functions"},
      {detail::class_abstract, "it has pure virtual functions"},
      {detail::class_aggregate, "it is an aggregate"},
  };
  const unsigned a = two.first.class_.flags, b = two.second.class_.flags;
  for (const auto &[flag, what] : words)
    if ((a & flag) != (b & flag))
      return what + (a & flag ? two.in_first : two.in_second) + " only";
  return {};
}

/// The first difference in words.
std::string difference(const Two &two) {
  const Class &a = two.first.class_, &b = two.second.class_;
  if (std::string in_a = text_of(a.annotations), in_b = text_of(b.annotations); in_a != in_b)
    return two.values("it", in_a, in_b);
  for (const auto part : {bases_difference, members_difference, flags_difference})
    if (std::string text = part(two); !text.empty())
      return text;
  if (a.size != b.size)
    return two.values("its size", bytes(a.size), bytes(b.size));
  if (a.alignment != b.alignment)
    return two.values("its alignment", bytes(a.alignment), bytes(b.alignment));
  return "the layout of its virtual bases is not the same" + two.in_first + " and" + two.in_second;
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
      const Two two(program, definitions.front(), definitions[i]);
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
