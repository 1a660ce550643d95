// imperative.h: mapping by calls, for classes that cannot be annotated: Registry, registry().
//
// What is said here reaches the runtime as what the plugin says of an annotated class, and is
// checked by the same rules. <declorm/declorm.h> does not bring it.
#ifndef DECLORM_IMPERATIVE_H
#define DECLORM_IMPERATIVE_H

#include "declorm/mapper.h"
#include "declorm/mapping_options.h"

#include <functional>
#include <source_location>

namespace declorm {

class Session;

namespace detail {

/// What a call says of a member.
struct CalledMember {
  const char *name = nullptr; ///< of name_of()
  MemberKind kind = MemberKind::field;
  unsigned char flags = 0; ///< MemberFlag
  MappedType type = {};
  const TypeId *spelling = nullptr; ///< of its type
  const TypeId *owner = nullptr;    ///< the class it stands in
  std::size_t offset = no_offset;   ///< in `owner`
  std::size_t holder = 0;           ///< of `owner` in the mapped class
  Accessor accessor = {};
  std::vector<MappingOption> options = {};
  // Of a composite.
  std::vector<CalledMember> parts = {};
  unsigned part_size = 0, part_alignment = 0;
};

/// A member of class Owner, or a function that is called for its objects.
template <class Owner> struct Part {
  CalledMember member;
};

/// A class that the mapped one inherits from.
struct CalledBase {
  const TypeId *type;
  std::size_t offset;
};

/// What a call says of a class.
struct CalledClass {
  const TypeId *type;
  unsigned size, alignment, flags;
  void *(*construct)(void *);
  void (*destroy)(void *);
  Table *table;
  const char *file;
  unsigned line, column;
  std::vector<MappingOption> options = {};
  std::vector<CalledBase> bases = {};
  std::vector<CalledMember> members = {};
};

/// A Table and the place of the call that it is given to.
struct TableAt {
  TableAt(Table &given, std::source_location here = std::source_location::current())
      : table(&given), place(here) {}

  Table *table;
  std::source_location place;
};

/// A column's name and the place of the call that gives it.
struct NameAt {
  template <class Text>
    requires std::is_convertible_v<Text, std::string>
  NameAt(Text &&given, std::source_location here = std::source_location::current())
      : name(std::forward<Text>(given)), place(here) {}

  std::string name;
  std::source_location place;
};

/// The first option of a relationship and the place of the call that gives it.
struct OptionAt {
  OptionAt(RelationshipOption given, std::source_location here = std::source_location::current())
      : option(std::move(given)), place(here) {}
  template <class Text>
    requires std::is_convertible_v<Text, std::string>
  OptionAt(Text &&target, std::source_location here = std::source_location::current())
      : option{{"", {std::string(std::forward<Text>(target))}}}, place(here) {}

  RelationshipOption option; ///< without a name: the target
  std::source_location place;
};

template <class M> struct pointee;
template <class M, class C> struct pointee<M C::*> {
  using member = M;
  using owner = C;
};
template <class F> struct signature;
template <class R, class... As, bool No> struct signature<R (*)(As...) noexcept(No)> {
  using result = R;
  using first = std::tuple_element_t<0, std::tuple<As..., void>>;
};
/// What a getter returns, without const and reference.
template <auto Getter>
using got = std::remove_cvref_t<decltype((
    std::declval<typename pointee<decltype(Getter)>::owner &>().*Getter)())>;

/// Where a Base begins in a T.
template <class T, class Base> std::size_t base_offset() {
  alignas(T) static char space[sizeof(T)];
  T *whole = reinterpret_cast<T *>(space);
  return std::size_t(reinterpret_cast<char *>(static_cast<Base *>(whole)) - space);
}
template <class T, class Base>
concept has_plain_base = std::is_base_of_v<Base, T> && requires(Base *base) {
  static_cast<T *>(base); // not of a virtual base
};

// What the arguments of Column say, as options.
MappingOption option_of(ColumnFlag flag);
MappingOption option_of(const ColumnDefault &value);
MappingOption option_of(const ServerDefault &value);
MappingOption option_of(const ColumnComment &value);
MappingOption option_of(const Autoincrement &value);
std::vector<MappingOption> options_of(const ForeignKey &key);
std::vector<MappingOption> options_of(const Computed &value);
std::vector<MappingOption> options_of(const declorm::Type &type);
inline MappingOption option_of(const FieldOption &option) { return option; }

/// The member's value in an object, by itself or by its getter.
template <auto Member, class Owner> decltype(auto) value_in(Owner &object) {
  if constexpr (std::is_member_object_pointer_v<decltype(Member)>)
    return std::as_const(object.*Member);
  else
    return (object.*Member)();
}

/// What version_id_generator<&f>() calls: with the version of the object, if it wants that.
template <auto Function, auto Member, class Owner, class Value>
void make_version(void *result, const void *object) {
  if constexpr (std::is_invocable_v<decltype(Function), const Value &>)
    store_value<Value>(Function(object ? Value(value_in<Member>(*const_cast<Owner *>(
                                             static_cast<const Owner *>(object))))
                                       : Value()),
                       result);
  else
    store_value<Value>(Function(), result);
}
template <auto Function, class Value>
concept makes_version = std::is_invocable_r_v<Value, decltype(Function), const Value &> ||
                        std::is_invocable_r_v<Value, decltype(Function)>;

/// Calls a validator with what it wants of the object, the member's name and its value.
template <auto Function, class Owner, class Value>
decltype(auto) call_validator(Owner &object, std::string_view name, const Value &value) {
  using F = decltype(Function);
  if constexpr (std::is_invocable_v<F, Owner &, const Value &>)
    return std::invoke(Function, object, value);
  else if constexpr (std::is_invocable_v<F, Owner &, std::string_view, const Value &>)
    return std::invoke(Function, object, name, value);
  else if constexpr (std::is_invocable_v<F, const Value &>)
    return Function(value);
  else if constexpr (std::is_invocable_v<F, std::string_view, const Value &>)
    return Function(name, value);
}
template <auto Function, class Owner, class Value>
concept validates_value =
    std::is_convertible_v<decltype(call_validator<Function>(std::declval<Owner &>(),
                                                            std::string_view(),
                                                            std::declval<const Value &>())),
                          Value>;

/// What validates<&f>() calls: the member gets what the function makes of its value.
template <auto Function, auto Member, auto Setter, class Owner, class Value>
void call_to_validate(void *object, const void *) {
  Owner &owner = *static_cast<Owner *>(object);
  const std::string_view name = member_name(name_of<Member>());
  if constexpr (std::is_member_object_pointer_v<decltype(Member)>)
    owner.*Member = call_validator<Function, Owner, Value>(owner, name, owner.*Member);
  else
    static_cast<void>(
        (owner.*Setter)(call_validator<Function, Owner, Value>(owner, name, (owner.*Member)())));
}
template <auto Member, auto Setter> constexpr bool can_be_set() {
  if constexpr (std::is_member_object_pointer_v<decltype(Member)>)
    return !std::is_const_v<typename pointee<decltype(Member)>::member>;
  else
    return !std::is_same_v<decltype(Setter), std::nullptr_t>;
}
/// Checks a validator of the member, and adds it to the member's options.
template <auto Function, auto Member, auto Setter, class Owner, class Value>
void read_validator(std::vector<MappingOption> &options) {
  static_assert(can_be_set<Member, Setter>(),
                "declorm: validates<&f>() stands at a member that can be set: one that is const, "
                "or a getter without a setter, cannot");
  constexpr bool fits = validates_value<Function, Owner, Value>;
  static_assert(fits, "declorm: validates<&f>() takes a function of the value and, before it, if "
                      "it wants that, the member's name, a std::string_view; it returns the value "
                      "that the member is to have");
  if constexpr (fits && can_be_set<Member, Setter>())
    options.push_back({"validates",
                       {},
                       &call_to_validate<Function, Member, Setter, Owner, Value>,
                       name_of<Function>()});
}

template <auto Member, auto Setter, class Owner, class Value> struct FieldReader {
  std::vector<MappingOption> &options;

  template <class Argument>
    requires requires(const Argument &argument) { option_of(argument); }
  void read(const Argument &argument) {
    options.push_back(option_of(argument));
  }
  template <class Argument>
    requires requires(const Argument &argument) { options_of(argument); }
  void read(const Argument &argument) {
    for (MappingOption &option : options_of(argument))
      options.push_back(std::move(option));
  }
  template <auto Function> void read(const FunctionOption<Function> &option) {
    options.push_back({option.name, {}, &call_for<Function, Value>, name_of<Function>()});
  }
  template <auto Function> void read(const VersionOption<Function> &) {
    constexpr bool fits = makes_version<Function, Value>;
    static_assert(fits, "declorm: version_id_generator<&f>() takes a function of the version "
                        "before, or of nothing, which returns the next one");
    if constexpr (fits)
      options.push_back({"version_id_generator",
                         {},
                         &make_version<Function, Member, Owner, Value>,
                         name_of<Function>()});
  }
  template <auto Function> void read(const ValidatorOption<Function> &) {
    read_validator<Function, Member, Setter, Owner, Value>(options);
  }
};
template <class Argument, class Reader>
concept field_argument =
    requires(Reader &reader, const Argument &argument) { reader.read(argument); };

template <auto Member> CalledMember called_member() {
  using Pointer = pointee<decltype(Member)>;
  CalledMember made{.name = name_of<Member>(), .owner = &type_id<typename Pointer::owner>};
  if constexpr (std::is_member_object_pointer_v<decltype(Member)>) {
    made.type = mapped_type<std::remove_cv_t<typename Pointer::member>>();
    made.spelling = &type_id<std::remove_cv_t<typename Pointer::member>>;
    made.offset = offset_of(Member);
    if constexpr (std::is_const_v<typename Pointer::member>)
      made.flags |= member_const;
  } else {
    made.kind = MemberKind::method;
    made.type = mapped_type<got<Member>>();
    made.spelling = &type_id<got<Member>>;
  }
  return made;
}

template <class Reader, class... Arguments>
void read_field(CalledMember &member, std::string column, Arguments &&...arguments) {
  constexpr bool fits = (field_argument<std::remove_cvref_t<Arguments>, Reader> && ...);
  static_assert(fits, "declorm: behind its name a column takes the arguments of Column (a type, "
                      "primary_key, unique, index, ForeignKey(…), …) and options of a field "
                      "(null_value(v), onupdate(v), …); those of a class or a relationship have "
                      "no effect here");
  member.options.push_back({"column", {std::move(column)}});
  if constexpr (fits)
    (Reader{member.options}.read(arguments), ...);
}

/// Several lambdas as one.
template <class... Functions> struct Overloads : Functions... {
  using Functions::operator()...;
};
template <class... Functions> Overloads(Functions...) -> Overloads<Functions...>;

/// What stands in the call of a composite whose values are of class Value.
template <class P, class Value> inline constexpr bool is_part_of = false;
template <class Value> inline constexpr bool is_part_of<Part<Value>, Value> = true;
template <auto Function, class Value>
inline constexpr bool is_part_of<ValidatorOption<Function>, Value> = true;

template <auto Member, class Value, class Owner> void set_access(CalledMember &member) {
  constexpr MappedType type = mapped_type<Value>();
  if constexpr (type.flags & type_converted)
    member.accessor = {&ConvertedAccess<Member, Owner, Value>::get,
                       &ConvertedAccess<Member, Owner, Value>::set};
}

} // namespace detail

/// A column for a data member, `field<&User::name>("name", …)`: by its name in the Table, with
/// options of a field. A private member is named by a pointer that its class publishes (`static
/// constexpr auto owner = &Account::owner_;`). SQLAlchemy's properties={"name": table.c.name}.
template <auto Member, class... Arguments>
  requires std::is_member_object_pointer_v<decltype(Member)>
auto field(std::string column, Arguments &&...arguments) {
  using Owner = typename detail::pointee<decltype(Member)>::owner;
  using Value = std::remove_cv_t<typename detail::pointee<decltype(Member)>::member>;
  static_assert(detail::mapped_type<Value>().is_column(),
                "declorm: field<&T::m>(…) takes a member that a column can hold; a class held by "
                "value is composite<&T::m>(…), one that refers to objects is "
                "relationship<&T::m>(…), and any other type needs a declorm::type_traits");
  detail::Part<Owner> part{detail::called_member<Member>()};
  detail::set_access<Member, Value, Owner>(part.member);
  using Reader = detail::FieldReader<Member, nullptr, Owner, Value>;
  detail::read_field<Reader>(part.member, std::move(column), std::forward<Arguments>(arguments)...);
  return part;
}
/// A column for what a getter returns and a setter takes, `field<&User::name, &User::set_name>(…)`;
/// without a setter it is read-only, for columns that the database computes.
template <auto Getter, auto Setter = nullptr, class... Arguments>
  requires std::is_member_function_pointer_v<decltype(Getter)>
auto field(std::string column, Arguments &&...arguments) {
  using Owner = typename detail::pointee<decltype(Getter)>::owner;
  using Value = detail::got<Getter>;
  static_assert(detail::mapped_type<Value>().is_column(),
                "declorm: field<&T::get>(…) takes a function that returns what a column can hold; "
                "any other type needs a declorm::type_traits");
  detail::Part<Owner> part{detail::called_member<Getter>()};
  using Access = detail::GetterAccess<Getter, Setter, Owner, Value>;
  part.member.accessor.get = &Access::get;
  if constexpr (!std::is_same_v<decltype(Setter), std::nullptr_t>)
    part.member.accessor.set = &Access::set;
  using Reader = detail::FieldReader<Getter, Setter, Owner, Value>;
  detail::read_field<Reader>(part.member, std::move(column), std::forward<Arguments>(arguments)...);
  return part;
}

/// A value object in several columns, `composite<&Line::start>(field<&Point::x>("x1"),
/// field<&Point::y>("y1"))`, perhaps with validates<&f>(). SQLAlchemy's composite().
template <auto Member, class... Parts> auto composite(Parts &&...parts) {
  using Owner = typename detail::pointee<decltype(Member)>::owner;
  using Held = std::remove_cv_t<typename detail::pointee<decltype(Member)>::member>;
  static_assert(detail::mapped_type<Held>().is_composite(),
                "declorm: composite<&T::m>(…) takes a class that is held by value, or a "
                "std::optional of one");
  detail::Part<Owner> part{detail::called_member<Member>()};
  const auto set_value = [&]<class Value>() {
    constexpr bool fits = (detail::is_part_of<std::remove_cvref_t<Parts>, Value> && ...);
    static_assert(fits, "declorm: composite<&T::m>(…) takes field<&Value::x>(\"column\"), …");
    part.member.part_size = sizeof(Value);
    part.member.part_alignment = alignof(Value);
  };
  if constexpr (detail::is_optional<Held>::value) {
    part.member.accessor = {&detail::OptionalAccess<Member, Owner>::get,
                            &detail::OptionalAccess<Member, Owner>::set};
    set_value.template operator()<typename Held::value_type>();
  } else {
    set_value.template operator()<Held>();
  }
  part.member.options.push_back({"composite"});
  const auto read = detail::Overloads{
      [&]<class Value>(detail::Part<Value> one) {
        part.member.parts.push_back(std::move(one.member));
      },
      [&]<auto Function>(detail::ValidatorOption<Function>) {
        detail::read_validator<Function, Member, nullptr, Owner, Held>(part.member.options);
      },
      [](const auto &) {}};
  (read(std::forward<Parts>(parts)), ...);
  return part;
}

/// A member that is read from an SQL expression: `column_property<&User::full>("first || last")`,
/// perhaps with deferred().
template <auto Member> auto column_property(std::string expression) {
  using Owner = typename detail::pointee<decltype(Member)>::owner;
  using Value = std::remove_cv_t<typename detail::pointee<decltype(Member)>::member>;
  static_assert(detail::mapped_type<Value>().is_column(),
                "declorm: column_property<&T::m>(…) takes a member that a column can hold");
  detail::Part<Owner> part{detail::called_member<Member>()};
  detail::set_access<Member, Value, Owner>(part.member);
  part.member.options.push_back({"column_property", {std::move(expression)}});
  return part;
}
template <auto Member>
auto column_property(std::string expression, detail::DeferredOption deferred) {
  auto part = column_property<Member>(std::move(expression));
  part.member.options.push_back(std::move(deferred));
  return part;
}
/// A getter that is another name of an attribute: `synonym<&User::name>("name_")`.
template <auto Getter> auto synonym(std::string attribute) {
  detail::Part<typename detail::pointee<decltype(Getter)>::owner> part{
      detail::called_member<Getter>()};
  part.member.options.push_back({"synonym", {std::move(attribute)}});
  return part;
}
/// A member function as an SQL expression: `hybrid<&Order::total>("price * amount")`; a static one
/// with its class: `hybrid<&Order::is_big, Order>("amount > 9")`.
template <auto Function, class Owner = void> auto hybrid(std::string expression) {
  const auto with = [&](auto part) {
    part.member.options.push_back({"hybrid", {std::move(expression)}});
    return part;
  };
  if constexpr (std::is_member_function_pointer_v<decltype(Function)>) {
    static_assert(std::is_void_v<Owner>, "declorm: hybrid<&T::f>(…) of a function that is not "
                                         "static says its class already; leave it out");
    return with(detail::Part<typename detail::pointee<decltype(Function)>::owner>{
        detail::called_member<Function>()});
  } else {
    static_assert(std::is_class_v<Owner>, "declorm: a static function does not say its class: "
                                          "hybrid<&T::f, T>(…) does");
    using Value = std::remove_cvref_t<typename detail::signature<decltype(Function)>::result>;
    return with(detail::Part<Owner>{{.name = detail::name_of<Function>(),
                                     .kind = detail::MemberKind::static_method,
                                     .type = detail::mapped_type<Value>(),
                                     .spelling = &detail::type_id<Value>,
                                     .owner = &detail::type_id<Owner>}});
  }
}

namespace detail {

/// The class whose objects a hook is called for: that of a member function, or the first parameter
/// of another one.
template <auto Function> constexpr auto hooked() {
  using F = decltype(Function);
  if constexpr (std::is_member_function_pointer_v<F>)
    return Part<typename pointee<F>::owner>{};
  else if constexpr (requires { typename signature<F>::first; })
    return Part<std::remove_cvref_t<typename signature<F>::first>>{};
  else
    return Part<void>{};
}
template <auto Function, class Owner> void call_hook(void *object, const void *session) {
  Owner &owner = *static_cast<Owner *>(object);
  if constexpr (std::is_invocable_v<decltype(Function), Owner &>)
    std::invoke(Function, owner);
  else
    std::invoke(Function, owner, *static_cast<Session *>(const_cast<void *>(session)));
}
template <auto Function> auto make_hook(const char *kind) {
  auto part = hooked<Function>();
  const auto add = [&]<class Owner>(Part<Owner> &to) {
    constexpr bool fits = [] {
      if constexpr (std::is_void_v<Owner>)
        return false;
      else
        return std::is_class_v<Owner> &&
               (std::is_invocable_v<decltype(Function), Owner &> ||
                std::is_invocable_v<decltype(Function), Owner &, Session &>);
    }();
    static_assert(fits, "declorm: before_insert<&f>(), after_load<&f>() and the like take a member "
                        "function, or another one that takes the object, 'T &'; behind that it may "
                        "take a 'declorm::Session &', and no more");
    if constexpr (fits)
      to.member = {.name = name_of<Function>(),
                   .kind = MemberKind::static_method,
                   .owner = &type_id<Owner>,
                   .options = {{kind, {}, &call_hook<Function, Owner>, name_of<Function>()}}};
  };
  add(part);
  return part;
}

} // namespace detail

/// Has a function called for objects of the class, `before_insert<&Order::stamp>()`, as the
/// annotation of the name does: before_insert, after_insert, before_update, after_update,
/// before_delete, after_delete. It is a member function, or another one that takes the object,
/// `void stamp(Order &)`; behind that it may take the Session. SQLAlchemy's MapperEvents.
template <auto Function> auto before_insert() {
  return detail::make_hook<Function>("before_insert");
}
template <auto Function> auto after_insert() { return detail::make_hook<Function>("after_insert"); }
template <auto Function> auto before_update() {
  return detail::make_hook<Function>("before_update");
}
template <auto Function> auto after_update() { return detail::make_hook<Function>("after_update"); }
template <auto Function> auto before_delete() {
  return detail::make_hook<Function>("before_delete");
}
template <auto Function> auto after_delete() { return detail::make_hook<Function>("after_delete"); }
/// Has a function called when an object was loaded, `after_load<&Order::loaded>()`, as the
/// annotation does. SQLAlchemy's load event.
template <auto Function> auto after_load() { return detail::make_hook<Function>("after_load"); }

/// The other side, a member that no annotation or call maps: `backref<&Address::user>()`. It
/// becomes a relationship, with what this side says of the table in between. SQLAlchemy's backref.
template <auto Member> detail::RelationshipOption backref() {
  using Held = std::remove_cv_t<typename detail::pointee<decltype(Member)>::member>;
  static_assert(detail::mapped_type<Held>().is_link(),
                "declorm: backref<&Target::m>() takes a member that refers to objects: a pointer, "
                "a std::shared_ptr or std::weak_ptr to a class, or a container of these");
  auto other = std::make_shared<detail::CalledMember>(detail::called_member<Member>());
  if constexpr (detail::mapped_type<Held>().is_link())
    other->accessor.links = detail::links_of<Held>();
  detail::RelationshipOption option{{"backref"}};
  option.arguments.emplace_back(detail::member_name(detail::name_of<Member>()));
  option.other_side = std::move(other);
  return option;
}

/// A link to other objects, `relationship<&User::addresses>(back_populates("user"), …)`: a pointer,
/// a smart pointer, or a container of such. A first string names the target where two classes have
/// one name. SQLAlchemy's relationship().
template <auto Member, class... Options> auto relationship(Options &&...options) {
  using Owner = typename detail::pointee<decltype(Member)>::owner;
  using Held = std::remove_cv_t<typename detail::pointee<decltype(Member)>::member>;
  constexpr detail::MappedType type = detail::mapped_type<Held>();
  constexpr bool fits =
      ((std::is_base_of_v<detail::RelationshipOption, std::remove_cvref_t<Options>> ||
        std::is_convertible_v<Options, std::string> ||
        detail::is_part_of<std::remove_cvref_t<Options>, void>) &&
       ...);
  static_assert(type.is_link(),
                "declorm: relationship<&T::m>(…) takes a member that refers to objects: a pointer, "
                "a std::shared_ptr or std::weak_ptr to a class, or a container of these");
  static_assert(fits, "declorm: relationship<&T::m>(…) takes options of a relationship "
                      "(back_populates(…), order_by(…), validates<&f>(), …); those of a class or a "
                      "field have no effect here");
  detail::Part<Owner> part{detail::called_member<Member>()};
  if constexpr (type.is_link())
    part.member.accessor.links = detail::links_of<Held>();
  std::vector<detail::MappingOption> &to = part.member.options;
  to.push_back({"relationship"});
  const auto read = [&]<class Option>(Option &&option) {
    if constexpr (std::is_convertible_v<Option, std::string>)
      to.front().arguments.emplace_back(std::string(option));
    else if constexpr (detail::is_part_of<std::remove_cvref_t<Option>, void>)
      [&]<auto Function>(detail::ValidatorOption<Function>) {
        detail::read_validator<Function, Member, nullptr, Owner, Held>(to);
      }(option);
    else if constexpr (fits)
      to.push_back(option);
  };
  (read(std::forward<Options>(options)), ...);
  return part;
}

namespace detail {
/// Adds a member to a class that is mapped; `place`: of the call, or null for the class's own.
/// Throws InvalidRequestError and ArgumentError.
void add_member(Mapper &mapper, const CalledMember &member, const std::source_location *place);
} // namespace detail

template <auto Member, class... Arguments>
void Mapper::add_column(detail::NameAt name, Arguments &&...arguments) {
  detail::add_member(
      *this, field<Member>(std::move(name.name), std::forward<Arguments>(arguments)...).member,
      &name.place);
}
template <auto Member> void Mapper::add_relationship() {
  detail::add_member(*this, relationship<Member>().member, nullptr);
}
template <auto Member, class... Options>
void Mapper::add_relationship(detail::OptionAt first, Options &&...options) {
  auto part = relationship<Member>(std::forward<Options>(options)...);
  if (*first.option.name)
    part.member.options.push_back(std::move(first.option));
  else
    part.member.options.front().arguments = std::move(first.option.arguments);
  detail::add_member(*this, part.member, &first.place);
}

/// A set of mapped classes, whose names the strings of its relationships mean. SQLAlchemy's
/// registry.
///
/// Those of `registry("name")` live as long as the program. One that is made of a MetaData unmaps
/// its classes when it ends, and so does the end of the MetaData that holds their tables: using
/// them, or a class with a relationship to them, is an UnmappedClassError then. Sessions with
/// objects of these classes must have ended. All functions may be called from any thread.
class Registry {
public:
  /// Makes a registry whose classes have their tables in `metadata`, which must live as long.
  explicit Registry(MetaData &metadata);
  ~Registry();
  Registry(const Registry &) = delete;
  Registry &operator=(const Registry &) = delete;

  /// Returns the MetaData that map_declaratively puts tables into.
  MetaData &metadata() const;

  /// Maps T, which bears no annotation, to a Table, which must live as long as the mapping.
  ///
  /// `parts`: field<&T::m>("column"), composite, column_property, synonym, hybrid and
  /// relationship<&T::m>(…), functions that are called for its objects, before_insert<&f>(), …,
  /// and options of the class: inherits<Base>(), polymorphic_on(…), constructor<&f>(), …. The
  /// Table says what its columns are; a column without a field must be one that an INSERT can leave
  /// out. Given the Table of its base, T shares that (single-table inheritance).
  ///
  /// The call is the place of T in messages. Throws ArgumentError if T is mapped already, bears
  /// annotations, or inherits from a class that is not mapped, and for a member that is mapped
  /// twice. What does not fit the Table or other classes is an error of the first use of mapped
  /// classes, as for annotated ones: these may come later. SQLAlchemy's map_imperatively.
  template <class T, class... Parts>
  void map_imperatively(detail::TableAt table, Parts &&...parts) {
    constexpr bool fits = (is_part<T, std::remove_cvref_t<Parts>> && ...) &&
                          (constructs<std::remove_cvref_t<Parts>> + ... + 0) <= 1;
    static_assert(fits, "declorm: map_imperatively<T>(table, …) takes field<&T::m>(…), "
                        "composite, column_property, synonym, hybrid and relationship<&T::m>(…) "
                        "of members of T or its (not virtual) bases, and options of a class "
                        "(inherits<Base>(), polymorphic_on(…), …); an option of a member stands "
                        "within the call of its field or relationship, the class of a function's "
                        "objects (before_insert<&f>(), …) is T or a base of it, and one function "
                        "constructor<&f>() returns a T");
    if constexpr (fits) {
      detail::CalledClass called = describe<T>(table);
      called.members.reserve(sizeof...(parts));
      (add<T>(called, std::forward<Parts>(parts)), ...);
      map(called);
    }
  }

  /// Maps T, which is annotated with [[declorm::manual]]: its table is in this registry's MetaData
  /// then, and its name in this registry. Throws UnmappedClassError if T bears no annotation, and
  /// ArgumentError if T is not manual or is mapped already. SQLAlchemy's mapped.
  template <class T>
  void map_declaratively(std::source_location place = std::source_location::current()) {
    map(detail::type_id<T>, place);
  }

private:
  template <class T, class P> struct part : std::is_base_of<detail::ClassOption, P> {};
  template <class T, class Owner>
  struct part<T, detail::Part<Owner>> : std::bool_constant<detail::has_plain_base<T, Owner>> {};
  template <class T, class Base>
  struct part<T, detail::Inherits<Base>>
      : std::bool_constant<detail::has_plain_base<T, Base> && !std::is_same_v<T, Base>> {};
  template <class T, auto Function>
      struct part<T, detail::Constructs<Function>> : std::bool_constant < requires {
    {
      Function()
    } -> std::same_as<T>;
  }>{};
  template <class T, class P> static constexpr bool is_part = part<T, P>::value;
  template <class P> static constexpr int constructs = 0;
  template <auto Function> static constexpr int constructs<detail::Constructs<Function>> = 1;

  template <class T> static detail::CalledClass describe(const detail::TableAt &table) {
    detail::CalledClass called{&detail::type_id<T>,
                               sizeof(T),
                               alignof(T),
                               (std::is_polymorphic_v<T> ? detail::class_polymorphic : 0u) |
                                   (std::is_abstract_v<T> ? detail::class_abstract : 0u) |
                                   (std::is_aggregate_v<T> ? detail::class_aggregate : 0u),
                               nullptr,
                               nullptr,
                               table.table,
                               table.place.file_name(),
                               unsigned(table.place.line()),
                               unsigned(table.place.column())};
    if constexpr (std::is_default_constructible_v<T>)
      called.construct = [](void *storage) -> void * {
        return ::new (storage, detail::PlacementTag{}) T();
      };
    else
      called.flags |= detail::class_unmakeable;
    if constexpr (std::is_destructible_v<T>)
      called.destroy = [](void *object) { static_cast<T *>(object)->~T(); };
    return called;
  }
  template <class T, class Owner>
  static void add(detail::CalledClass &called, detail::Part<Owner> part) {
    part.member.holder = detail::base_offset<T, Owner>();
    called.members.push_back(std::move(part.member));
  }
  template <class T, class Base>
  static void add(detail::CalledClass &called, detail::Inherits<Base>) {
    called.bases.push_back({&detail::type_id<Base>, detail::base_offset<T, Base>()});
  }
  template <class T, auto Function>
  static void add(detail::CalledClass &called, detail::Constructs<Function>) {
    called.flags &= ~unsigned(detail::class_unmakeable);
    called.construct = [](void *storage) -> void * {
      return ::new (storage, detail::PlacementTag{}) T(Function());
    };
  }
  template <class T> static void add(detail::CalledClass &called, detail::ClassOption option) {
    called.options.push_back(std::move(option));
  }
  void map(const detail::CalledClass &called);
  void map(const detail::TypeId &type, const std::source_location &place);

  friend Registry &registry(std::string_view name);
  explicit Registry(std::string name);

  std::string name_;             ///< as classes know it
  MetaData *metadata_ = nullptr; ///< null: the default one
};

/// The registry of that name, for classes of the program: `registry("name")` is that of
/// `[[declorm::registry("name")]]`, without a name that of all other annotated classes.
Registry &registry(std::string_view name = "");

} // namespace declorm

#endif // DECLORM_IMPERATIVE_H
