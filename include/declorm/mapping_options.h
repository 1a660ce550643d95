// mapping_options.h: what the calls of <declorm/imperative.h> say of a class and its members.
//
// The options have the names, the arguments and the meaning of the annotations; `declorm-check
// --explain NAME` shows the page of one. What has the name of an argument of Column is that.
#ifndef DECLORM_MAPPING_OPTIONS_H
#define DECLORM_MAPPING_OPTIONS_H

#include "declorm/mapped_type.h"

namespace declorm {

namespace detail {

/// One argument of an option.
struct OptionArgument {
  OptionArgument(const char *value) : data(std::string(value)) {}
  OptionArgument(std::string value) : data(std::move(value)) {}
  OptionArgument(std::string_view value) : data(std::string(value)) {}
  OptionArgument(bool value) : data(value) {}
  template <std::integral T> OptionArgument(T value) : data(std::int64_t(value)) {}
  template <std::floating_point T> OptionArgument(T value) : data(double(value)) {}
  template <class T>
    requires std::is_enum_v<T>
  OptionArgument(T value) : data(std::int64_t(value)) {}

  std::variant<bool, std::int64_t, double, std::string> data;
};

struct CalledMember;

/// An annotation, said by a call.
struct MappingOption {
  const char *name;
  std::vector<OptionArgument> arguments = {};
  Thunk thunk = nullptr;          ///< of an option that takes a function
  const char *function = nullptr; ///< its name
  std::vector<std::pair<std::string, std::int64_t>> enumerators = {}; ///< of enum_names
  std::shared_ptr<const CalledMember> other_side = nullptr;           ///< of backref
};

/// Options by what they are said of.
struct ClassOption : MappingOption {};
struct FieldOption : MappingOption {};
struct DeferredOption : FieldOption {};
struct RelationshipOption : MappingOption {};

/// The mapped class that another one inherits from.
template <class Base> struct Inherits {};

/// Calls a function for `default_value` and `onupdate` of a member of type Value.
template <auto Function, class Value> void call_for(void *result, const void *) {
  store_value<Value>(Function(), result);
}
/// An option with a function, before the member's type is known.
template <auto Function> struct FunctionOption {
  const char *name;
};
/// version_id_generator and validates, whose functions are given what the member holds.
template <auto Function> struct VersionOption {};
template <auto Function> struct ValidatorOption {};
/// What makes the objects that are loaded.
template <auto Function> struct Constructs {};

/// Gives what a function without arguments returns to what asks for it.
template <class Result, auto Function> void call_to_make(void *result, const void *) {
  *static_cast<Result *>(result) = Function();
}
template <class Option, class Result, auto Function> Option made_by(const char *option) {
  static_assert(
      std::is_invocable_r_v<Result, decltype(Function)>,
      "declorm: primaryjoin<&f>(), secondaryjoin<&f>() and inherit_condition<&f>() take a "
      "function Expression<bool> f(), order_by<&f>() one that returns a std::vector<Ordering>");
  Option made{{option}};
  if constexpr (std::is_invocable_r_v<Result, decltype(Function)>) {
    made.thunk = &call_to_make<Result, Function>;
    made.function = name_of<Function>();
  }
  return made;
}

template <class... Names> std::vector<OptionArgument> arguments_of(Names &&...names) {
  std::vector<OptionArgument> arguments;
  arguments.reserve(sizeof...(names));
  (arguments.emplace_back(std::forward<Names>(names)), ...);
  return arguments;
}

} // namespace detail

// Of the class.

/// Says that the class continues a mapped one, `Base`, which it derives from: in a table of its own
/// (joined), in that of the base if it is given the same Table (single table), or with `concrete`.
template <class Base> constexpr detail::Inherits<Base> inherits() { return {}; }
/// Names the attribute or column that tells the classes of a hierarchy apart.
inline detail::ClassOption polymorphic_on(std::string name) { return {{"polymorphic_on", {name}}}; }
/// Gives the discriminator's value for this class: text, a whole number or an enumerator.
inline detail::ClassOption polymorphic_identity(detail::OptionArgument value) {
  return {{"polymorphic_identity", {std::move(value)}}};
}
/// Says that the class takes part in a hierarchy without rows of its own.
inline const detail::ClassOption polymorphic_abstract{{"polymorphic_abstract"}};
/// Says that the class's table shares nothing with that of the class it inherits from.
inline const detail::ClassOption concrete{{"concrete"}};
/// Says that queries for the class read its table and those of the classes below it, which are
/// `concrete`. (A base without a table is read from a polymorphic_union(), as its Table.)
inline const detail::ClassOption concrete_base{{"concrete_base"}};
/// Names the discriminator of a concrete_base in that union; without it, "type".
inline detail::ClassOption concrete_discriminator(std::string name) {
  return {{"concrete_discriminator", {std::move(name)}}};
}
/// Makes the objects that are loaded, before their members get what the row has:
/// `constructor<&make>()`, a function that returns one.
template <auto Function> constexpr detail::Constructs<Function> constructor() { return {}; }
/// Says how the class's table joins that of the class it inherits from.
inline detail::ClassOption inherit_condition(std::string condition) {
  return {{"inherit_condition", {std::move(condition)}}};
}
/// Makes the condition by a function: `inherit_condition<&join>()`. It is called when the class is
/// mapped, before the first use of a table or a mapper, and returns equalities, joined by &&,
/// between a column of the class and one of a class above it.
template <auto Function> detail::ClassOption inherit_condition() {
  return detail::made_by<detail::ClassOption, Expression<bool>, Function>("inherit_condition");
}
/// Says that each row that is read overwrites what is in memory.
inline const detail::ClassOption always_refresh{{"always_refresh"}};
/// Names the columns that identify an object, where the table has no such key.
template <class... Names> detail::ClassOption mapper_primary_key(Names &&...columns) {
  return {{"mapper_primary_key", detail::arguments_of(std::forward<Names>(columns)...)}};
}
/// Names columns of the table that no object of the class gives a value.
template <class... Names> detail::ClassOption exclude_properties(Names &&...columns) {
  return {{"exclude_properties", detail::arguments_of(std::forward<Names>(columns)...)}};
}
/// Names the members of bases that a concrete class takes, by their columns; it takes no others.
template <class... Names> detail::ClassOption include_properties(Names &&...columns) {
  return {{"include_properties", detail::arguments_of(std::forward<Names>(columns)...)}};
}
/// Silences checks at the class: "no-primary-key".
template <class... Rules> detail::ClassOption allow(Rules &&...rules) {
  return {{"allow", detail::arguments_of(std::forward<Rules>(rules)...)}};
}

// Of a field.

/// Gives the value that means: not given.
inline detail::FieldOption unset(detail::OptionArgument value) {
  return {{"unset", {std::move(value)}}};
}
/// Gives the value of a plain member that stands for NULL.
inline detail::FieldOption null_value(detail::OptionArgument value) {
  return {{"null_value", {std::move(value)}}};
}
/// Gives the value at INSERT of an unset member as SQL.
inline detail::FieldOption default_sql(std::string sql) { return {{"default_sql", {sql}}}; }
/// Makes the value at INSERT of an unset member: `default_value<&now>()`, a function without
/// arguments. It is called in the thread that inserts.
template <auto Function> constexpr detail::FunctionOption<Function> default_value() {
  return {"default_value"};
}
/// Gives the value that each UPDATE writes.
inline detail::FieldOption onupdate(detail::OptionArgument value) {
  return {{"onupdate", {std::move(value)}}};
}
/// Makes the value at each UPDATE: `onupdate<&now>()`.
template <auto Function> constexpr detail::FunctionOption<Function> onupdate() {
  return {"onupdate"};
}
/// Gives the value that each UPDATE writes as SQL.
inline detail::FieldOption onupdate_sql(std::string sql) { return {{"onupdate_sql", {sql}}}; }
/// Says how filters compare: "lower({left}) {op} lower({right})".
inline detail::FieldOption comparison(std::string pattern) { return {{"comparison", {pattern}}}; }
/// Leaves the column out until it is asked for; `group`: it is loaded with others of that name.
inline detail::DeferredOption deferred(std::string group = {}) {
  return {{{"deferred", {std::move(group)}}}};
}
/// Says that the column counts the versions of the class's rows.
inline const detail::FieldOption version_id{{"version_id"}};
/// Says with false, beside version_id, that the database makes the versions.
inline detail::FieldOption version_id_generator(bool by_program) {
  return {{"version_id_generator", {by_program}}};
}
/// Makes the next version, beside version_id: `version_id_generator<&next>()`, a function of the
/// version before, that of a new row value-initialised, or of nothing.
template <auto Function> constexpr detail::VersionOption<Function> version_id_generator() {
  return {};
}
/// Calls a function with each new value of the member: `validates<&check>()`. It checks the value
/// and returns what the member is to have. It is a member function of the member's class, or any
/// other; before the value it may take the member's name, a std::string_view. What it throws is
/// thrown by what set the value. Stands behind a field or a relationship.
template <auto Function> constexpr detail::ValidatorOption<Function> validates() { return {}; }
/// Says that siblings share the column.
inline const detail::FieldOption use_existing_column{{"use_existing_column"}};
/// Stores an enum by names: `enum_names<Color>({{"red", Color::red}, {"green", Color::green}})`.
template <class Enum>
detail::FieldOption enum_names(std::initializer_list<std::pair<const char *, Enum>> names) {
  detail::FieldOption option{{"enum_names"}};
  for (const auto &[name, value] : names)
    option.enumerators.emplace_back(name, std::int64_t(value));
  return option;
}

// Of a relationship.

/// Names the member of the target that is the other side.
inline detail::RelationshipOption back_populates(std::string member) {
  return {{"back_populates", {std::move(member)}}};
}
/// Names the table in between (many-to-many).
inline detail::RelationshipOption secondary(std::string table) {
  return {{"secondary", {std::move(table)}}};
}
inline detail::RelationshipOption secondary(const Table &table) {
  return secondary(table.full_name());
}
/// Says how the tables join.
inline detail::RelationshipOption primaryjoin(std::string condition) {
  return {{"primaryjoin", {std::move(condition)}}};
}
/// Makes the condition by a function: `primaryjoin<&join>()`. It is called once, by configure().
template <auto Function> detail::RelationshipOption primaryjoin() {
  return detail::made_by<detail::RelationshipOption, Expression<bool>, Function>("primaryjoin");
}
/// Says how the table in between joins the target.
inline detail::RelationshipOption secondaryjoin(std::string condition) {
  return {{"secondaryjoin", {std::move(condition)}}};
}
template <auto Function> detail::RelationshipOption secondaryjoin() {
  return detail::made_by<detail::RelationshipOption, Expression<bool>, Function>("secondaryjoin");
}
/// Gives the order of the list: "desc(Address.email)".
template <class... Names> detail::RelationshipOption order_by(Names &&...expressions) {
  return {{"order_by", detail::arguments_of(std::forward<Names>(expressions)...)}};
}
/// Makes the order by a function: `order_by<&order>()`.
template <auto Function> detail::RelationshipOption order_by() {
  return detail::made_by<detail::RelationshipOption, std::vector<Ordering>, Function>("order_by");
}
/// Names the columns that refer, where that is ambiguous.
template <class... Names> detail::RelationshipOption foreign_keys(Names &&...columns) {
  return {{"foreign_keys", detail::arguments_of(std::forward<Names>(columns)...)}};
}
/// Names the columns on the far side, where that is ambiguous.
template <class... Names> detail::RelationshipOption remote_side(Names &&...columns) {
  return {{"remote_side", detail::arguments_of(std::forward<Names>(columns)...)}};
}
/// Says what happens to the target: "all, delete-orphan".
inline detail::RelationshipOption cascade(std::string words) {
  return {{"cascade", {std::move(words)}}};
}
/// Says that the relationship is loaded with its object: "selectin", "joined". `lazy` is a class
/// template.
inline detail::RelationshipOption lazy_(std::string how) { return {{"lazy", {std::move(how)}}}; }
/// Names the attribute of the target that is the map's key.
inline detail::RelationshipOption map_key(std::string attribute) {
  return {{"map_key", {std::move(attribute)}}};
}
/// Says that the relationship is never written.
inline const detail::RelationshipOption viewonly{{"viewonly"}};
/// Writes the foreign key in a second statement.
inline const detail::RelationshipOption post_update{{"post_update"}};
/// Leaves the deletion of unloaded targets to the database: true, or "all".
inline detail::RelationshipOption passive_deletes(detail::OptionArgument value = true) {
  return {{"passive_deletes", {std::move(value)}}};
}
/// Leaves the update of foreign keys to the database.
inline detail::RelationshipOption passive_updates(bool value = true) {
  return {{"passive_updates", {value}}};
}

} // namespace declorm

#endif // DECLORM_MAPPING_OPTIONS_H
