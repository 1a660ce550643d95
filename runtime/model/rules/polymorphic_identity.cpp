// polymorphic_identity.cpp: Identities that are missing, given twice, or of another type than the
// discriminator.

#include "runtime/model/hierarchy.h"
#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"

#include <algorithm>
#include <map>

namespace declorm::model {

namespace {

/// As in the source: "manager" with its quotes, 3, 'Kind::manager'.
std::string spelled(const Value &value) {
  if (const auto *text = value.string())
    return "\"" + *text + "\"";
  if (const auto *integer = value.integer())
    return std::to_string(*integer);
  if (const auto *boolean = value.boolean())
    return *boolean ? "true" : "false";
  if (const auto *enumerator = std::get_if<EnumValue>(&value.data))
    return "'" + enumerator->name + "'";
  if (const auto *function = std::get_if<Function>(&value.data))
    return "'" + function->name + "'";
  return value.list() ? "a list" : "a real number";
}

const char *kind_of(const Value &value) {
  if (value.string())
    return "a string";
  if (value.integer())
    return "an integer";
  if (value.boolean())
    return "a bool";
  if (std::holds_alternative<EnumValue>(value.data))
    return "an enumerator";
  if (std::holds_alternative<Function>(value.data))
    return "a function";
  if (value.list())
    return "a list";
  return "a real number";
}

/// The number that an integer column would hold, if the value has one.
std::optional<std::int64_t> number_of(const Value &value) {
  if (const auto *integer = value.integer())
    return *integer;
  if (const auto *enumerator = std::get_if<EnumValue>(&value.data))
    return enumerator->value;
  return std::nullopt;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; // the others continue one
  }));
}

bool is_integer(TypeCode code) { return code >= TypeCode::int8 && code <= TypeCode::uint64; }

bool fits(std::int64_t value, TypeCode code) {
  if (code >= TypeCode::uint8) {
    const unsigned bits = 8U << (unsigned(code) - unsigned(TypeCode::uint8));
    return value >= 0 && (bits == 64 || value < std::int64_t(1) << bits);
  }
  const unsigned bits = 8U << (unsigned(code) - unsigned(TypeCode::int8));
  return bits == 64 ||
         (value >= -(std::int64_t(1) << (bits - 1)) && value < std::int64_t(1) << (bits - 1));
}

/// The name after the last "::".
std::string_view last_name(std::string_view name) {
  const std::size_t colons = name.rfind("::");
  return colons == std::string_view::npos ? name : name.substr(colons + 2);
}

/// Checks the classes that share the rows of one root.
class Check {
public:
  Check(const MappedClass &root, Diagnostics &diagnostics)
      : root_(root), column_(root.table.columns[root.discriminator->attribute]),
        diagnostics_(diagnostics) {}

  void run() {
    for (const MappedClass *mapped : family(root_)) {
      if (mapped->identity)
        identity(*mapped, *mapped->identity);
      else if (mapped != &root_ && !mapped->polymorphic_abstract && mapped->is_head_known)
        missing(*mapped);
    }
  }

private:
  void report(const Location &location, std::string message, std::string note) {
    diagnostics_.push_back({"polymorphic-identity",
                            Severity::error,
                            std::move(message),
                            location,
                            {{std::move(note), column_.location()}}});
  }

  /// "member 'kind' of class 'Person'"
  std::string discriminator() const {
    return "member '" + member_path(column_) + "' of class '" + root_.class_->name + "'";
  }

  void missing(const MappedClass &mapped) {
    report(mapped.class_->location,
           "class '" + mapped.class_->name +
               "' has no polymorphic_identity, by which its rows in table '" +
               root_.table.full_name() + "' are known; give it one with " +
               "[[declorm::polymorphic_identity(value)]], or mark it polymorphic_abstract if no "
               "row is only a '" +
               std::string(mapped.class_->unqualified_name()) + "'",
           "the identities are the values of " + discriminator());
  }

  void identity(const MappedClass &mapped, const IdentityDecl &identity) {
    const Annotation *own = find(mapped.class_->annotations, "polymorphic_identity");
    const Annotation *abstract = find(mapped.class_->annotations, "polymorphic_abstract");
    if (own && abstract) {
      diagnostics_.push_back({"polymorphic-identity",
                              Severity::error,
                              "class '" + mapped.class_->name +
                                  "' is polymorphic_abstract, which has no rows, and has a "
                                  "polymorphic_identity, which its rows would bear; leave one of "
                                  "the two out",
                              own->location,
                              {{"polymorphic_abstract is here", abstract->location}}});
      return;
    }
    if (mismatch(mapped, identity))
      return;
    const auto [known, is_new] = known_.emplace(stored(identity.value), &mapped);
    if (is_new)
      return;
    const MappedClass &first = *known->second;
    diagnostics_.push_back(
        {"polymorphic-identity",
         Severity::error,
         subject(mapped, identity) + " is that of class '" + first.class_->name + "' already",
         identity.location,
         {{"class '" + first.class_->name +
               "' has it here; rows of the two could not be told apart: give one of them another",
           first.identity->location}}});
  }

  std::string subject(const MappedClass &mapped, const IdentityDecl &identity) const {
    return "polymorphic_identity " + spelled(identity.value) + " of class '" + mapped.class_->name +
           "'";
  }

  /// Whether the column cannot hold the identity; reports it.
  bool mismatch(const MappedClass &mapped, const IdentityDecl &identity) {
    const std::string why = problem(identity.value);
    if (!why.empty())
      report(identity.location, subject(mapped, identity) + " " + why,
             discriminator() + ", of type '" + column_.member->type.spelling +
                 "', tells the classes apart");
    return !why.empty();
  }

  std::string problem(const Value &value) const {
    const Type &type = column_.member->type;
    if (type.enumeration())
      return enumerator_problem(value);
    if (type.code == TypeCode::text || type.code == TypeCode::text_array)
      return value.string() ? text_problem(*value.string()) : type_problem(value);
    if (type.code == TypeCode::boolean)
      return value.boolean() ? std::string() : type_problem(value);
    const std::optional<std::int64_t> number = number_of(value);
    if (is_integer(type.code))
      return !number                    ? type_problem(value)
             : fits(*number, type.code) ? std::string()
                                        : "does not fit into " + discriminator();
    if (type.code == TypeCode::float32 || type.code == TypeCode::float64)
      return number || std::holds_alternative<double>(value.data) ? std::string()
                                                                  : type_problem(value);
    return type_problem(value);
  }

  std::string type_problem(const Value &value) const {
    return std::string("is ") + kind_of(value) + "; " + discriminator() + " is of type '" +
           column_.member->type.spelling + "'";
  }

  std::string text_problem(const std::string &text) const {
    const bool is_array = column_.member->type.code == TypeCode::text_array;
    const std::size_t most =
        is_array && !column_.length ? column_.member->type.array_size() : column_.length;
    const std::size_t given = is_array ? text.size() : characters(text);
    if (most == 0 || given <= most)
      return {};
    return "has " + std::to_string(given) + " characters; column '" + root_.table.full_name() +
           "." + column_.name + "' takes " + std::to_string(most);
  }

  std::string enumerator_problem(const Value &value) const {
    const std::vector<Enumerator> &all = column_.member->type.enumerators;
    const auto is_one = [&](auto same) {
      return std::any_of(all.begin(), all.end(), same)
                 ? std::string()
                 : "is no enumerator of '" + column_.member->type.spelling + "', the type of " +
                       discriminator();
    };
    if (const auto *given = std::get_if<EnumValue>(&value.data))
      return is_one([&](const Enumerator &one) {
        return one.value == given->value && one.name == last_name(given->name);
      });
    if (const auto *number = value.integer(); number && !column_.enum_names)
      return is_one([&](const Enumerator &one) { return one.value == *number; });
    if (const auto *name = value.string(); name && column_.enum_names)
      return is_one([&](const Enumerator &one) { return one.name == *name; });
    return type_problem(value);
  }

  /// Equal for values that the column holds alike.
  std::string stored(const Value &value) const {
    if (const auto number = number_of(value))
      return std::to_string(*number);
    if (const auto *text = value.string(); text && column_.enum_names)
      for (const Enumerator &one : column_.member->type.enumerators)
        if (one.name == *text)
          return std::to_string(one.value);
    if (const auto *real = std::get_if<double>(&value.data))
      return std::to_string(*real);
    return spelled(value);
  }

  const MappedClass &root_;
  const ColumnDecl &column_;
  Diagnostics &diagnostics_;
  std::map<std::string, const MappedClass *> known_; ///< by what is stored
};

} // namespace

void rule::polymorphic_identity(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes)
    if (!mapped.up() && mapped.discriminator)
      Check(mapped, diagnostics).run();
}

} // namespace declorm::model
