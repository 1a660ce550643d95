// unmapped_type.cpp: A member's type cannot be what its annotation says.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

bool begins(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

/// The type without const: "const char" to "char".
std::string_view plain(std::string_view type) {
  constexpr std::string_view qualifier = "const ";
  return type.starts_with(qualifier) ? type.substr(qualifier.size()) : type;
}

/// Of a pointer or reference to something that is no class.
std::string way_to_a_value(const Type &type, bool is_reference) {
  const std::string value(plain(type.target_name));
  if (value.find('(') != std::string::npos)
    return "a function has no place in a database: store what tells which one it is, an enum or a "
           "name";
  if (value == "void")
    return "an address means nothing outside the running program: a column holds a value";
  if (is_reference)
    return "a reference stands for a value elsewhere, and cannot be made anew when the object is "
           "loaded: make the member '" +
           value + "'";
  if (value == "char" || value.starts_with("std::basic_string<char,") ||
      value == "std::basic_string<char>")
    return "a column holds the characters themselves: make it a std::string, or a "
           "std::optional<std::string> if it may be NULL";
  return "a column holds the value itself: make it '" + value + "', or 'std::optional<" + value +
         ">' if it may be NULL";
}

/// Of a pointer or reference to an object.
std::string way_to_an_object(const Type &type, bool is_reference) {
  if (type.code == TypeCode::unique_pointer)
    return "the session owns mapped objects: use a plain pointer with [[declorm::relationship]]";
  if (is_reference)
    return "a reference cannot be made anew when the object is loaded: a link to another object is "
           "a '" +
           type.target_name +
           " *' with [[declorm::relationship]]; its foreign key is a column of its own";
  return "a link to another object is a [[declorm::relationship]]; its foreign key is a column of "
         "its "
         "own";
}

bool is_pointer(const Type &type) {
  return type.code >= TypeCode::pointer && type.code <= TypeCode::lazy_list;
}

std::string way_out(const Type &type, bool is_reference) {
  const std::string_view spelling = type.spelling;
  if (type.container != Container::none)
    return "values go into a table of their own: make a class of them, and the member a container "
           "of pointers to it that is a [[declorm::relationship]]";
  if (is_pointer(type) && !type.target.empty())
    return way_to_an_object(type, is_reference);
  if (!type.target_name.empty() && type.target.empty())
    return way_to_a_value(type, is_reference);
  if (begins(spelling, {"std::string_view", "std::basic_string_view<"}))
    return "a view owns no characters: make it a std::string, or a std::optional<std::string> if "
           "it may be NULL";
  if (spelling.ends_with("]") || spelling.starts_with("std::array<"))
    return "declare a member for each value, or keep the values in a table of their own; the "
           "arrays that a column can hold are char[N], and arrays of std::byte or unsigned char";
  if (begins(spelling, {"std::multiset<", "std::multimap<", "std::forward_list<", "std::span<"}))
    return "a container of values goes into a table of its own";
  if (spelling.starts_with("nlohmann::"))
    return "include <declorm/json.h> where the class is seen";
  return "specialise declorm::type_traits for it where the class is seen, or spread the members of "
         "a "
         "value class over several columns with [[declorm::composite]]";
}

void report(const Class &class_, const Member &member, const std::string &what,
            const std::string &note, Diagnostics &diagnostics) {
  diagnostics.push_back({"unmapped-type",
                         Severity::error,
                         member.kind == MemberKind::field
                             ? "member '" + member.name + "' of class '" + class_.name +
                                   "' has type '" + member.type.spelling + "', " + what
                             : "getter '" + member.name + "' of class '" + class_.name +
                                   "' returns '" + member.type.spelling + "', " + what,
                         member.location,
                         {{note, member.location}}});
}

constexpr const char *relationship_types =
    "a relationship is a T *, std::shared_ptr<T> or std::weak_ptr<T>, or a std::vector, std::list, "
    "std::deque, std::set or std::unordered_set of these, or a std::map or std::unordered_map "
    "to them with map_key, or a declorm::lazy<T> or declorm::lazy_list<T>";

/// Links to objects of a mapped class.
void check_relationship(const Class &class_, const Member &member, Diagnostics &diagnostics) {
  const Type &type = member.type;
  if (type.code == TypeCode::unique_pointer)
    report(class_, member, "which no relationship can be",
           "the session owns mapped objects, and several may refer to one: use a plain pointer or "
           "a std::shared_ptr",
           diagnostics);
  else if (!type.is_link())
    report(class_, member, "which no relationship can be", relationship_types, diagnostics);
  else if (type.is_map() && type.rep == TypeCode::none)
    report(class_, member, "whose key no column can hold",
           "the key of a map is the value of an attribute of its objects, which map_key names",
           diagnostics);
  else if (member.flags & (detail::member_const | detail::member_reference))
    report(class_, member,
           member.flags & detail::member_const ? "but is const" : "but is a reference",
           "a relationship is filled when it is loaded: make it a plain member", diagnostics);
}

bool has_columns(const Program &program, const Class &class_) {
  const Lineage lineage(program, class_);
  for (const Ancestor &ancestor : lineage.ancestors)
    for (const Member &member : ancestor.class_->members)
      if (find(member.annotations, "column") || find(member.annotations, "composite"))
        return true;
  return !lineage.complete;
}

/// A value object, or a std::optional of one.
void check_composite(const Program &program, const ProgramClass &program_class,
                     const Member &member, Diagnostics &diagnostics) {
  const Class &class_ = program_class.class_();
  const Type &type = member.type;
  if (type.container != Container::none || type.spelling.ends_with("]")) {
    report(class_, member, "which no composite can be",
           "a composite is one value in several columns; several values go into a table of their "
           "own",
           diagnostics);
    return;
  }
  if (!type.is_composite() && type.code >= TypeCode::pointer) {
    const std::string name = type.target_name;
    if (type.target.empty())
      report(class_, member, "which no composite can be",
             "a composite is a class of several values; a single one is a [[declorm::column]]",
             diagnostics);
    else
      report(class_, member, "which no composite can be",
             "a composite holds its value itself: make it '" + name + "', or 'std::optional<" +
                 name + ">', which is empty where all its columns are NULL",
             diagnostics);
    return;
  }
  if (program_class.definitions.front().incomplete)
    return;
  const Class *value = program.find(type.target);
  if (!value || !has_columns(program, *value))
    report(class_, member, "which has no columns to make a composite of",
           "annotate the members of the value class with [[declorm::column]]", diagnostics);
  else if (type.optional() && value->flags & (detail::class_unmakeable | detail::class_abstract))
    report(class_, member, "of which none can be made when it is loaded",
           "class '" + value->name + "' " +
               (value->flags & detail::class_abstract
                    ? "is abstract"
                    : "has no default constructor; give it one, which may be private"),
           diagnostics);
}

} // namespace

void rule::unmapped_type(const Program &program, const Mapping &, Diagnostics &diagnostics) {
  for (const ProgramClass &program_class : program.classes) {
    const Class &class_ = program_class.class_();
    for (const Member &member : class_.members) {
      const bool is_column = find(member.annotations, "column");
      if ((is_column || find(member.annotations, "column_property")) && !member.type.is_column())
        report(class_, member, "which no column can hold",
               way_out(member.type, member.flags & detail::member_reference), diagnostics);
      if (find(member.annotations, "relationship"))
        check_relationship(class_, member, diagnostics);
      if (find(member.annotations, "composite"))
        check_composite(program, program_class, member, diagnostics);
    }
  }
}

} // namespace declorm::model
