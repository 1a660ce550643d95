// functions.h: values, functions, aggregates, window functions, CASE and raw SQL in expressions.
//
// SQLAlchemy's func, case, cast, literal, text and over.
#ifndef DECLORM_FUNCTIONS_H
#define DECLORM_FUNCTIONS_H

#include "declorm/column.h"

namespace declorm {

class Connection;
class Dialect;
class Result;
template <class... Ts> class Compound;

// Windows.

namespace detail {
struct WindowData;
}

/// What stands in the parentheses of OVER, or a part of it: partition_by(…), order_by(…), rows(…).
class Window {
public:
  /// What a frame counts: `rows`, values in a `range` around the current one, or `groups` of rows
  /// that are equal in the order; `none`: there is no frame.
  enum class Unit : unsigned char { none, rows, range, groups };
  /// A distance from the current row, negative before it; nullopt: all there are.
  using Bound = std::optional<std::int64_t>;

  /// Makes an empty window: all rows of the result.
  Window();
  /// Makes a window with a frame. Throws ArgumentError if it begins after its end.
  Window(Unit unit, Bound first, Bound last);

  void add_partition(detail::NodePtr node);
  /// Adds a column to ORDER BY of the window.
  void add_order(const Ordering &order);
  /// Adds what `other` says. Throws ArgumentError if both have a frame.
  void add(const Window &other);
  const detail::WindowData &data() const { return *data_; }

private:
  std::shared_ptr<detail::WindowData> data_;
};

/// The function's rows are those with the same values of these operands: PARTITION BY. SQLAlchemy's
/// over(partition_by=…).
template <detail::operand... Os> Window partition_by(const Os &...operands) {
  Window window;
  (window.add_partition(detail::node_of(operands)), ...);
  return window;
}
/// The order of the rows in each partition: ORDER BY in OVER. SQLAlchemy's over(order_by=…).
template <std::convertible_to<Ordering>... Os> Window order_by(const Os &...orders) {
  Window window;
  (window.add_order(orders), ...);
  return window;
}
/// The frame counted in rows, as SQLAlchemy's over(rows=…): `rows(std::nullopt, 0)` is ROWS BETWEEN
/// UNBOUNDED PRECEDING AND CURRENT ROW, `rows(-1, 1)` one row before to one after. Throws
/// ArgumentError if it begins after its end; so do range_() and groups().
inline Window rows(Window::Bound first, Window::Bound last) {
  return {Window::Unit::rows, first, last};
}
/// The frame of rows whose value in the order differs from the current one's by `first` to `last`.
/// SQLAlchemy's over(range_=…).
inline Window range_(Window::Bound first, Window::Bound last) {
  return {Window::Unit::range, first, last};
}
/// The frame counted in groups of rows that are equal in the order. SQLAlchemy's over(groups=…).
inline Window groups(Window::Bound first, Window::Bound last) {
  return {Window::Unit::groups, first, last};
}

namespace detail {
NodePtr over_node(NodePtr function, const Window &window);
}

/// A call of a function of the database.
template <class T> class Function : public Expression<T> {
public:
  using Expression<T>::Expression;
  /// The aggregate of only those rows that meet the condition: FILTER (WHERE …). SQLAlchemy's
  /// filter().
  Function filter(const Expression<bool> &condition) const {
    return Function(detail::filter_node(this->node(), condition.node()));
  }
  /// The function computed over a window: `row_number().over(partition_by(…), order_by(…), rows(-1,
  /// 0))`. Throws ArgumentError for two frames. SQLAlchemy's over().
  template <std::same_as<Window>... Windows> Expression<T> over(const Windows &...parts) const {
    Window window;
    (window.add(parts), ...);
    return Expression<T>(detail::over_node(this->node(), window));
  }
};

// Values.

/// Makes a value an expression; it is bound, never spliced into the text. SQLAlchemy's literal().
template <class V> auto literal(const V &value) {
  using T = std::conditional_t<detail::is_text<V> && !detail::has_type_traits<V>, std::string, V>;
  return Expression<T>(detail::value_node(value));
}
/// The same expression, read as std::optional: for columns of a class that outer_join() may leave
/// without a row.
template <detail::operand T> auto nullable(const T &operand) {
  return Expression<detail::nullable_t<detail::value_t<T>, true>>(detail::node_of(operand));
}

/// Raw SQL: the caller answers for it. A condition, a value, or a whole statement:
/// `connection.execute(text("SELECT … WHERE n > :n").bindparams({{"n", 1}}))`.
class TextClause : public Expression<Value> {
public:
  /// Makes an expression or statement of the text, with the values of its parameters if there are
  /// any.
  explicit TextClause(std::string sql, const Params &params = {});
  /// Values for the `:name`s in the text; those of another call stay, unless the name is given
  /// again. Throws ArgumentError for a name that is not there.
  TextClause bindparams(std::initializer_list<Params::Named> values) const;
  /// Makes it a SELECT whose rows are (Ts…). Names are needed where it becomes a subquery.
  template <class... Ts>
  Compound<Ts...> columns(std::initializer_list<std::string> names = {}) const;

  /// Returns the text as it is executed, with the dialect's placeholders.
  std::string sql(const Dialect &dialect) const;
  /// Executes it; Connection::execute() and Session::execute() call this. Throws what
  /// Connection::execute() does for a text.
  Result execute_on(Connection &connection) const;
  /// For Session: the statement itself.
  const TextClause &core() const { return *this; }

private:
  std::string sql_;
};
/// Makes an expression or statement of raw SQL. SQLAlchemy's text().
inline TextClause text(std::string sql) { return TextClause(std::move(sql)); }

// Functions.

/// A function of the database: `func("lower", col<&User::name>)`; `func<std::int64_t>(…)` says what
/// it gives. Throws ArgumentError if `name` is no name.
template <class R = Value, class... Arguments>
Function<R> func(std::string name, const Arguments &...arguments) {
  return Function<R>(detail::function_node(std::move(name), {detail::node_of(arguments)...}));
}

namespace detail {
template <class T> declorm::Type cast_type() {
  using V = strip_t<T>;
  if constexpr (requires { type_traits<V>::precision; })
    return Numeric(type_traits<V>::precision, type_traits<V>::scale);
  else if constexpr (has_type_traits<V>)
    return cast_type<typename type_traits<V>::column_type>();
  else if constexpr (std::is_same_v<V, bool>)
    return Boolean;
  else if constexpr (std::is_integral_v<V> || std::is_enum_v<V> || is_duration<V>::value)
    return sizeof(V) > 4 ? declorm::Type(BigInteger) : declorm::Type(Integer);
  else if constexpr (std::is_floating_point_v<V>)
    return Double;
  else if constexpr (std::is_same_v<V, std::string>)
    return String;
  else if constexpr (is_byte_vector<V>::value)
    return LargeBinary;
  else if constexpr (calendar_date<V>)
    return Date;
  else if constexpr (is_time_point<V>::value)
    return is_date<V> ? declorm::Type(Date) : declorm::Type(DateTime);
  else
    static_assert(!sizeof(V),
                  "declorm: cast_<T>() takes numbers, bool, std::string, bytes, dates and times");
}
} // namespace detail

/// CAST(x AS …), in the column type of T. To a date or time it makes what a member would read, in
/// the form that compares, of times that others wrote: `cast_<sys_seconds>(col<&T::at>) == t` finds
/// "2026-11-21T10:30+01:00" too; NULL is what is no time.
template <class T, class V> Expression<T> cast_(const V &operand) {
  return Expression<T>(detail::cast_node(detail::node_of(operand), detail::cast_type<T>()));
}

/// A part of a date or time, as a whole number: `extract("month", col<&Order::day>)`. The parts are
/// "year", "month", "day", "hour", "minute", "second" (without its fraction), "dow" (the day of the
/// week, 0: Sunday) and "doy" (the day of the year, from 1). Throws ArgumentError for another one.
/// SQLAlchemy's extract().
template <detail::operand T> auto extract(std::string part, const T &operand) {
  using V = detail::strip_t<detail::value_t<T>>;
  static_assert(detail::calendar_date<V> || detail::is_time_point<V>::value ||
                    std::is_same_v<V, Value>,
                "declorm: extract() takes a date or a time");
  return Expression<detail::nullable_t<std::int64_t, detail::is_nullable<T>>>(
      detail::extract_node(std::move(part), detail::node_of(operand)));
}

/// DISTINCT, in an aggregate: `count(distinct(col<&User::name>))`.
template <detail::operand T> auto distinct(const T &operand) {
  return Expression<detail::nullable_t<detail::value_t<T>, detail::is_nullable<T>>>(
      detail::unary_node(detail::Operator::distinct, detail::node_of(operand)));
}

namespace detail {
template <class T> struct sum_result {
  using type = std::conditional_t<std::is_integral_v<T>, std::int64_t, T>;
};
template <class T>
  requires requires { typename type_traits<T>::sum_type; }
struct sum_result<T> {
  using type = typename type_traits<T>::sum_type;
};
} // namespace detail

/// Counts all rows: COUNT(*).
inline Function<std::int64_t> count() {
  return Function<std::int64_t>(detail::function_node("count", {detail::text_node("*")}));
}
/// Counts the rows in which the operand is not NULL.
template <detail::operand T> Function<std::int64_t> count(const T &operand) {
  return func<std::int64_t>("count", operand);
}
/// Adds the operand's values that are not NULL. Of no rows it is NULL, as min(), max() and avg()
/// are, so that these read as std::optional. Whole numbers add to std::int64_t, a Decimal to one of
/// 38 digits.
template <detail::operand T> auto sum(const T &operand) {
  using Sum = typename detail::sum_result<detail::value_t<T>>::type;
  return func<detail::nullable_t<Sum, true>>("sum", operand);
}
/// The smallest of the operand's values that are not NULL; std::nullopt if there is none.
template <detail::operand T> auto min(const T &operand) {
  return func<detail::nullable_t<detail::value_t<T>, true>>("min", operand);
}
/// The largest of the operand's values that are not NULL; std::nullopt if there is none.
template <detail::operand T> auto max(const T &operand) {
  return func<detail::nullable_t<detail::value_t<T>, true>>("max", operand);
}
/// The mean of the operand's values that are not NULL, a floating point number; std::nullopt if
/// there is none.
template <detail::operand T> auto avg(const T &operand) {
  return func<std::optional<double>>("avg", operand);
}

namespace detail {
template <class... Ts> struct alternatives;
template <class T> struct alternatives<T> {
  static constexpr bool fit = true;
  using type = plain_t<T>;
};
template <class T, class U, class... Rest> struct alternatives<T, U, Rest...> {
  static constexpr bool fit_here =
      comparable<plain_t<T>, plain_t<U>> || is_null_literal<T> || is_null_literal<U>;
  using rest = alternatives<typename unify<plain_t<T>, plain_t<U>>::type, Rest...>;
  static constexpr bool fit = fit_here && rest::fit;
  using type = typename rest::type;
};
/// The common type of alternatives, without std::optional. Stops the compilation, in words, if
/// there is none.
template <class... Ts> constexpr bool check_alternatives() {
  static_assert(alternatives<Ts...>::fit,
                "declorm: these alternatives have no type in common: their C++ types are different "
                "kinds (a number and a text, two enums, …); convert some, or use cast_<T>()");
  return alternatives<Ts...>::fit;
}
template <class... Ts> using alternatives_t = typename alternatives<Ts...>::type;
} // namespace detail

/// The first argument that is not NULL. It reads as std::optional only if all of them may be NULL.
/// Alternatives without a type in common do not compile.
template <detail::operand T, class... Others>
auto coalesce(const T &first, const Others &...others) {
  using R = detail::nullable_t<detail::alternatives_t<T, Others...>,
                               detail::is_nullable<T> && (detail::is_nullable<Others> && ...)>;
  detail::check_alternatives<T, Others...>();
  if constexpr (detail::alternatives<T, Others...>::fit)
    return func<R>("coalesce", first, others...);
  else
    return Function<R>(nullptr);
}

/// The number of the row in its partition, from 1. As the other window functions, it stands with
/// over().
inline Function<std::int64_t> row_number() { return func<std::int64_t>("row_number"); }
/// The rank of the row in its partition, from 1: rows that are equal in the order share one, and
/// the next ranks are left out.
inline Function<std::int64_t> rank() { return func<std::int64_t>("rank"); }
/// The rank of the row in its partition, from 1: rows that are equal in the order share one, and
/// none is left out.
inline Function<std::int64_t> dense_rank() { return func<std::int64_t>("dense_rank"); }
/// The rank of the row as a part of the partition: (rank - 1) / (rows - 1), 0 to 1.
inline Function<double> percent_rank() { return func<double>("percent_rank"); }
/// The part of the partition's rows that come before this one or are equal to it: above 0, up to 1.
inline Function<double> cume_dist() { return func<double>("cume_dist"); }
/// The number of the row's bucket, from 1, if the partition is cut into `buckets` of nearly equal
/// size.
inline Function<std::int64_t> ntile(std::int64_t buckets) {
  return func<std::int64_t>("ntile", buckets);
}
/// The value `distance` rows before the current one in its partition, NULL (or `otherwise`) where
/// there is none.
template <detail::operand T, class... D>
auto lag(const T &operand, std::int64_t distance = 1, const D &...otherwise) {
  return func<detail::nullable_t<detail::value_t<T>, true>>("lag", operand, distance, otherwise...);
}
/// The value `distance` rows behind the current one in its partition, NULL (or `otherwise`) where
/// there is none.
template <detail::operand T, class... D>
auto lead(const T &operand, std::int64_t distance = 1, const D &...otherwise) {
  return func<detail::nullable_t<detail::value_t<T>, true>>("lead", operand, distance,
                                                            otherwise...);
}
/// The value in the first row of the frame; NULL if the frame is empty.
template <detail::operand T> auto first_value(const T &operand) {
  return func<detail::nullable_t<detail::value_t<T>, true>>("first_value", operand);
}
/// The value in the last row of the frame, which without rows() ends at the current row; NULL if
/// the frame is empty.
template <detail::operand T> auto last_value(const T &operand) {
  return func<detail::nullable_t<detail::value_t<T>, true>>("last_value", operand);
}
/// The value in row `n` of the frame, counted from 1; NULL if there are not so many.
template <detail::operand T> auto nth_value(const T &operand, std::int64_t n) {
  return func<detail::nullable_t<detail::value_t<T>, true>>("nth_value", operand, n);
}

// CASE.

namespace detail {
/// WHEN … THEN …
template <class C, class V> struct When {
  using condition_type = C;
  using value_type = V;
  NodePtr condition, value;
};
template <class T>
using alternative_t = std::conditional_t<
    is_null_literal<T>, std::nullopt_t,
    nullable_t<std::conditional_t<is_null_literal<T>, Value, plain_t<T>>, is_nullable<T>>>;
} // namespace detail

/// One branch of case_().
template <class C, class V> auto when(const C &condition, const V &value) {
  return detail::When<C, detail::alternative_t<V>>{detail::node_of(condition),
                                                   detail::node_of(value)};
}

/// A CASE without ELSE, which is NULL where no branch applies.
template <class T, bool Nullable> class Case : public Expression<detail::nullable_t<T, true>> {
public:
  using Expression<detail::nullable_t<T, true>>::Expression;
  /// The CASE with a value where no branch applies. A value that has no type in common with the
  /// branches does not compile.
  template <class V> auto else_(const V &value) const {
    detail::check_alternatives<T, V>();
    using Else = detail::alternatives<T, V>;
    using R =
        Expression<detail::nullable_t<typename Else::type, Nullable || detail::is_nullable<V>>>;
    if constexpr (Else::fit)
      return R(detail::else_node(this->node(), detail::node_of(value)));
    else
      return R(nullptr);
  }
};

namespace detail {
template <class... Ws> auto make_case(NodePtr subject, const Ws &...whens) {
  check_alternatives<typename Ws::value_type...>();
  using T = alternatives_t<typename Ws::value_type...>;
  std::vector<NodePtr> parts;
  ((parts.push_back(whens.condition), parts.push_back(whens.value)), ...);
  return Case<std::conditional_t<std::is_same_v<T, std::nullopt_t>, Value, T>,
              (is_nullable<typename Ws::value_type> || ...)>(
      case_node(std::move(subject), std::move(parts)));
}
} // namespace detail

/// The value of the first branch whose condition holds:
/// `case_(when(age < 18, "child"), when(age < 65, "adult")).else_("senior")`.
template <class C, class V, class... Ws>
auto case_(const detail::When<C, V> &first, const Ws &...rest) {
  static_assert(detail::condition<C> && (detail::condition<typename Ws::condition_type> && ...),
                "declorm: case_(when(…), …) takes conditions; to compare one thing with values, "
                "write case_(thing, when(value, result), …)");
  return detail::make_case(nullptr, first, rest...);
}
/// The value of the first branch that `subject` equals.
template <detail::operand S, class... Ws> auto case_(const S &subject, const Ws &...whens) {
  (detail::check_comparable<S, typename Ws::condition_type>(), ...);
  return detail::make_case(detail::node_of(subject), whens...);
}

// Row values.

template <class... Ts> class Tuple;
namespace detail {
/// Stops the compilation, in words, if two rows cannot be compared part by part.
template <class... Ts, class... Us> constexpr bool check_parts(Rows<Ts...> *, Rows<Us...> *) {
  constexpr bool same_size = sizeof...(Ts) == sizeof...(Us);
  static_assert(same_size, "declorm: the two tuples have different numbers of parts");
  if constexpr (same_size)
    (check_comparable<Ts, Us>(), ...);
  return same_size;
}
} // namespace detail

/// Several values compared as one, the first ones first: `tuple_(col<&User::name>, col<&User::id>)
/// > tuple_("ed", 3)`. SQLAlchemy's tuple_.
template <class... Ts> class Tuple {
public:
  /// For checks at compile time: the rows that can be compared with it.
  using rows_like = Rows<Ts...>;
  explicit Tuple(detail::NodePtr node) : node_(std::move(node)) {}
  const detail::NodePtr &node() const { return node_; }

  /// Whether the row is one of `values` (in_), or none of them (not_in): a range of std::tuple, or
  /// a select() of as many columns.
  template <class Values> Expression<bool> in_(const Values &values) const {
    return in_values(detail::Operator::in, values);
  }
  template <class Values> Expression<bool> not_in(const Values &values) const {
    return in_values(detail::Operator::not_in, values);
  }

private:
  template <class... Us> static detail::NodePtr list_of(const std::tuple<Us...> &values) {
    detail::check_parts(static_cast<rows_like *>(nullptr), static_cast<Rows<Us...> *>(nullptr));
    return std::apply(
        [](const auto &...parts) { return detail::list_node({detail::node_of(parts)...}); },
        values);
  }
  template <class Values>
  Expression<bool> in_values(detail::Operator op, const Values &values) const {
    if constexpr (detail::selects<Values>) {
      detail::check_parts(static_cast<rows_like *>(nullptr),
                          static_cast<typename Values::rows *>(nullptr));
      return Expression<bool>(
          detail::binary_node(op, node_, detail::subquery_node(values.core().shared())));
    } else {
      std::vector<detail::NodePtr> items;
      for (const auto &value : values)
        items.push_back(list_of(value));
      return Expression<bool>(detail::in_list_node(op, node_, std::move(items)));
    }
  }
  detail::NodePtr node_;
};

/// Makes a row value of operands and values. SQLAlchemy's tuple_().
template <class... Vs> auto tuple_(const Vs &...values) {
  return Tuple<detail::alternative_t<Vs>...>(detail::list_node({detail::node_of(values)...}));
}

#define DECLORM_COMPARISON(symbol, name)                                                           \
  template <class... Ts, class... Us>                                                              \
  Expression<bool> operator symbol(const Tuple<Ts...> &left, const Tuple<Us...> &right) {          \
    detail::check_parts(static_cast<Rows<Ts...> *>(nullptr), static_cast<Rows<Us...> *>(nullptr)); \
    return Expression<bool>(                                                                       \
        detail::binary_node(detail::Operator::name, left.node(), right.node()));                   \
  }
/// Compares two row values, part by part from the left, by `==`, `!=`, `<`, `<=`, `>` and `>=`.
/// Rows of different sizes do not compile.
DECLORM_EACH_COMPARISON(DECLORM_COMPARISON)
#undef DECLORM_COMPARISON
#undef DECLORM_EACH_COMPARISON

} // namespace declorm

#endif // DECLORM_FUNCTIONS_H
