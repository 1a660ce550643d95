// operand.h: what stands in an SQL expression: nodes, and the checks of their types.
//
// The templates only check types and call the compiled functions of runtime/sql, which make an
// immutable tree.
#ifndef DECLORM_OPERAND_H
#define DECLORM_OPERAND_H

#include "declorm/registration.h"
#include "declorm/schema.h"

#include <cstring>
// libstdc++ has the range concepts in what is included above; its <ranges> would cost a tenth of
// all.
#ifndef __GLIBCXX__
#include <ranges>
#endif

namespace declorm {

template <class... Ts> class Rows;

/// The character that makes the next one in a LIKE pattern mean itself.
struct LikeEscape {
  char character = 0;     ///< 0: none
  bool automatic = false; ///< `%` and `_` in the text are escaped

  constexpr LikeEscape() = default;
  /// Makes an escape of a character; `LikeEscape('\\')`. Converts, so that like() takes the
  /// character alone.
  constexpr LikeEscape(char escape, bool is_automatic = false)
      : character(escape), automatic(is_automatic) {}
};
/// For startswith(), endswith() and contains(): `%` and `_` in the text mean themselves.
/// SQLAlchemy's autoescape=True.
inline constexpr LikeEscape autoescape{'/', true};

namespace detail {

struct Node;
using NodePtr = std::shared_ptr<const Node>;
struct SelectData;
using SelectPtr = std::shared_ptr<const SelectData>;
struct Derived;
/// A subquery or common table expression; the pointer is its identity.
using DerivedPtr = std::shared_ptr<const Derived>;

enum class Operator : unsigned char {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  and_,
  or_,
  not_,
  negate,
  concat,
  in,
  not_in,
  is_null,
  is_not_null,
  is_distinct,
  is_not_distinct,
  exists,
  distinct,
};

/// The comparisons, for the operators of expressions and of row values.
#define DECLORM_EACH_COMPARISON(define)                                                            \
  define(==, equal) define(!=, not_equal) define(<, less) define(<=, less_equal)                   \
      define(>, greater) define(>=, greater_equal)

/// A member named by a member pointer: the class it stands in, and its offset there or, of a
/// function, its name.
struct MemberRef {
  const TypeId *declaring;
  const TypeId *entity; ///< null: the statement decides
  std::size_t offset;
  const char *function = nullptr; ///< of name_of()
};

enum LikeFlag : unsigned { like_negated = 1, like_folded = 2, like_before = 4, like_after = 8 };

NodePtr member_node(const MemberRef &member, std::string alias = {});
NodePtr attribute_node(const TypeId &entity, std::string name, std::string alias = {});
NodePtr column_node(const Column &column);
NodePtr derived_column_node(DerivedPtr source, std::string name, std::string alias);
NodePtr excluded_node(NodePtr column);
/// `ticks`: of the duration that the value counts.
/// `is_boolean`: the value, a number, is a bool.
NodePtr literal_node(Value value, Period ticks = {}, bool is_boolean = false);
NodePtr text_node(std::string sql, const Params &params = {});
/// `= NULL` and `<> NULL` become IS NULL and IS NOT NULL.
NodePtr binary_node(Operator op, NodePtr left, NodePtr right);
NodePtr unary_node(Operator op, NodePtr operand);
/// Throws ArgumentError if the text is no operator.
NodePtr custom_node(std::string text, NodePtr left, NodePtr right);
/// `flags`: LikeFlag; like_before and like_after add the % of contains().
NodePtr like_node(unsigned flags, NodePtr operand, NodePtr pattern, LikeEscape escape);
NodePtr between_node(NodePtr operand, NodePtr low, NodePtr high);
/// NULLs among the items are IS NULL; nothing is in an empty list.
NodePtr in_list_node(Operator op, NodePtr operand, std::vector<NodePtr> items);
NodePtr list_node(std::vector<NodePtr> items);
NodePtr function_node(std::string name, std::vector<NodePtr> arguments);
NodePtr filter_node(NodePtr aggregate, NodePtr condition);
/// `parts`: condition and value of each branch in turn.
NodePtr case_node(NodePtr subject, std::vector<NodePtr> parts);
NodePtr else_node(const NodePtr &case_without_else, NodePtr value);
NodePtr cast_node(NodePtr operand, declorm::Type type);
NodePtr extract_node(std::string part, NodePtr operand);
NodePtr label_node(NodePtr operand, std::string name);
NodePtr collate_node(NodePtr operand, std::string name);
NodePtr subquery_node(SelectPtr select);

/// A pointer to a data member is its offset (Itanium C++ ABI).
template <class M, class C> std::size_t offset_of(M C::*member) {
  static_assert(sizeof member == sizeof(std::ptrdiff_t));
  std::ptrdiff_t offset;
  std::memcpy(&offset, &member, sizeof offset);
  return static_cast<std::size_t>(offset);
}

/// The name of a function or member that is a template argument, as the compiler spells it;
/// member_name() takes the last part of it.
template <auto Named> constexpr const char *name_of() noexcept { return __PRETTY_FUNCTION__; }
/// The member's name in what name_of() gave: "… [Named = &Account::owner_]" to "owner_".
constexpr std::string_view member_name(std::string_view pretty) {
  if (const std::size_t begin = pretty.find("[Named = "); begin != std::string_view::npos)
    pretty.remove_prefix(begin + 9);
  pretty = pretty.substr(0, pretty.rfind(']'));
  if (const std::size_t colons = pretty.rfind("::"); colons != std::string_view::npos)
    pretty.remove_prefix(colons + 2);
  return pretty.substr(pretty.starts_with('&'));
}

template <class M> struct member_value {
  using type = M;
};
template <std::size_t N> struct member_value<char[N]> {
  using type = std::string;
};
template <class B, std::size_t N> struct member_value<B[N]> {
  using type = std::array<B, N>;
};
template <class T> struct member_pointer;
template <class M, class C> struct member_pointer<M C::*> {
  using member = typename member_value<std::remove_cv_t<M>>::type;
  using owner = C;
};

template <class T> struct strip_optional {
  using type = T;
};
template <class T> struct strip_optional<std::optional<T>> {
  using type = T;
};
template <class T> using strip_t = typename strip_optional<std::remove_cvref_t<T>>::type;

template <class T>
concept operand = requires { typename std::remove_cvref_t<T>::operand_type; } ||
                  std::same_as<std::remove_cvref_t<T>, Column>;

/// A SELECT of any kind; Rows<…> says what its rows are.
template <class T>
concept selects = requires(const T &select) {
  typename T::rows;
  select.core();
};

template <class T> struct operand_value {
  using type = T;
};
template <class T>
  requires requires { typename T::operand_type; }
struct operand_value<T> {
  using type = typename T::operand_type;
};
template <> struct operand_value<Column> {
  using type = Value;
};
/// The C++ type that an operand, or a value beside one, stands for; without std::optional.
template <class T> using value_t = strip_t<typename operand_value<std::remove_cvref_t<T>>::type>;

template <class T>
inline constexpr bool is_null_literal = std::is_same_v<std::remove_cvref_t<T>, std::nullopt_t> ||
                                        std::is_same_v<std::remove_cvref_t<T>, std::nullptr_t>;
template <class T>
inline constexpr bool is_text = std::is_convertible_v<const T &, std::string_view>;
/// Whether a T in a row is one value; any other class is a whole object.
template <class T>
inline constexpr bool is_value =
    !std::is_class_v<T> || has_type_traits<T> || is_text<T> || is_duration<T>::value ||
    is_time_point<T>::value || is_byte_vector<T>::value || is_byte_array<T>::value ||
    std::is_same_v<T, Value> || calendar_date<T>;

template <class T> inline constexpr bool is_value<std::optional<T>> = is_value<T>;

/// Whether it reads as std::optional.
template <class T>
inline constexpr bool is_nullable =
    is_null_literal<T> ||
    is_optional<std::remove_cv_t<typename operand_value<std::remove_cvref_t<T>>::type>>::value;

/// Whether SQL values of L and R can be compared without a surprise: number with number, text with
/// text, otherwise only equal types. Untyped columns and `text()` compare with anything.
template <class L, class R>
inline constexpr bool comparable =
    std::is_same_v<L, R> || std::is_same_v<L, Value> || std::is_same_v<R, Value> ||
    (is_number<L> && is_number<R>) || (is_text<L> && is_text<R>) ||
    (is_time_point<L>::value && is_time_point<R>::value) ||
    (is_duration<L>::value && is_duration<R>::value);

template <class L, class R>
inline constexpr bool can_compare =
    is_null_literal<L> || is_null_literal<R> || comparable<value_t<L>, value_t<R>>;

/// The type that values of A and B have together: in CASE, coalesce(), UNION.
template <class A, class B> struct unify {
  using type = std::conditional_t<std::is_same_v<B, Value>, Value, A>;
};
template <class A, class B>
  requires std::is_arithmetic_v<A> && std::is_arithmetic_v<B>
struct unify<A, B> {
  using type = std::common_type_t<A, B>;
};
template <class A, class B>
  requires(is_text<A> && is_text<B> && !std::same_as<A, B>)
struct unify<A, B> {
  using type = std::string;
};
template <class B> struct unify<std::nullopt_t, B> {
  using type = B;
};
template <class A> struct unify<A, std::nullopt_t> {
  using type = A;
};
template <> struct unify<std::nullopt_t, std::nullopt_t> {
  using type = Value;
};
template <class T, bool Nullable>
using nullable_t = std::conditional_t<Nullable && !std::is_same_v<T, Value>, std::optional<T>, T>;
/// What an operand or plain value reads as when it is selected, without std::optional.
template <class T>
using plain_t =
    std::conditional_t<is_null_literal<T>, std::nullopt_t,
                       std::conditional_t<is_text<value_t<T>> && !has_type_traits<value_t<T>>,
                                          std::string, std::remove_cv_t<value_t<T>>>>;
/// What two alternatives read as: nullable if either is.
template <class A, class B>
using either_t =
    nullable_t<typename unify<plain_t<A>, plain_t<B>>::type, is_nullable<A> || is_nullable<B>>;

// What a function that can stand for SQL returns; void for any other.
template <class R, class C> R returned(R (C::*)());
template <class R, class C> R returned(R (C::*)() const);
template <class R, class C> R returned(R (C::*)() &);
template <class R, class C> R returned(R (C::*)() const &);
template <class R, class... Arguments> R returned(R (*)(Arguments...));
void returned(...);

/// What the result of a function reads as in SQL.
template <class Function> struct function_value {
  using result = std::remove_cvref_t<decltype(returned(Function{}))>;
  using type = nullable_t<plain_t<result>, is_nullable<result>>;
};
template <class Function>
  requires std::is_void_v<decltype(returned(Function{}))>
struct function_value<Function> {
  static_assert(!sizeof(Function),
                "declorm: col<&T::function> takes a function that returns the value and has no "
                "parameters; of overloads, static_cast names one");
  using type = Value;
};
template <class F, class C>
  requires std::is_function_v<F>
struct member_pointer<F C::*> {
  using member = typename function_value<F C::*>::type;
  using owner = C;
};
/// A static member function does not say its class.
template <class F>
  requires std::is_function_v<F>
struct member_pointer<F *> {
  using member = typename function_value<F *>::type;
  using owner = void;
};

/// The member of `col<&T::m, Entity>`.
template <auto Member, class Entity> MemberRef member_ref() {
  using Pointer = decltype(Member);
  using Owner = typename member_pointer<Pointer>::owner;
  constexpr bool has_class = !std::is_void_v<Owner> || !std::is_void_v<Entity>;
  static_assert(has_class, "declorm: a static member function does not say its class; "
                           "col<&T::function, T> does");
  MemberRef member{};
  if constexpr (!std::is_void_v<Entity>)
    member.entity = &type_id<Entity>;
  if constexpr (!std::is_void_v<Owner>)
    member.declaring = &type_id<Owner>;
  else
    member.declaring = member.entity;
  if constexpr (std::is_member_object_pointer_v<Pointer>)
    member.offset = offset_of(Member);
  else
    member.function = name_of<Member>();
  return member;
}

/// The node of a plain value.
template <class T> NodePtr value_node(const T &value) {
  using Plain = strip_t<T>;
  if constexpr (is_duration<Plain>::value)
    return literal_node(Value(value), {Plain::period::num, Plain::period::den});
  else
    return literal_node(Value(value), {}, std::is_same_v<Plain, bool>);
}

template <class T> NodePtr node_of(const T &value) {
  if constexpr (std::is_same_v<T, Column>)
    return column_node(value);
  else if constexpr (requires { value.node(); })
    return value.node();
  else
    return value_node(value);
}

template <class L, class R> constexpr void check_comparable() {
  static_assert(
      can_compare<L, R>,
      "declorm: these two cannot be compared: the column's C++ type and the value's are "
      "different kinds (a number and a text, two enums, …); convert one, or use cast_<T>()");
}

/// The node of an operator; null for operands that check_comparable() has refused, so that its
/// message stays the only one.
template <class L, class R> NodePtr checked_node(Operator op, const L &left, const R &right) {
  check_comparable<L, R>();
  if constexpr (can_compare<L, R>)
    return binary_node(op, node_of(left), node_of(right));
  else
    return nullptr;
}
/// The node of a value that is to be put into a column, or compared with one; null as that of
/// checked_node().
template <class Column, class V> NodePtr checked_value(const V &value) {
  check_comparable<Column, V>();
  if constexpr (can_compare<Column, V>)
    return node_of(value);
  else
    return nullptr;
}

} // namespace detail

} // namespace declorm

#endif // DECLORM_OPERAND_H
