// field_io.h: the loops between objects and statements: what each TypeCode means, once.
//
// A driver instantiates store() with a Sink and load() with a Source, so that its own calls are
// inlined into the loop. Needs, per column:
//   Sink:   integer(i, int64) real(i, double) text(i, view) blob(i, span) null(i): not copied;
//           copied_text(i, view), value(i, Value): copied; stores_nan: whether NaN survives;
//           boolean(i, bool) time(i, field, place) date(i, field, place) uuid(i, UUID)
//           json(i, view) decimal(i, unscaled, shape)
//   Source: cell(i) -> Cell: kind() integer() real() text() blob() value(); boolean(field)
//           time(field, place) date(field, place) uuid(field, to) json(field, to) decimal(field)
// text_storage.h has the second halves for who has only numbers and texts.
#ifndef DECLORM_ENGINE_FIELD_IO_H
#define DECLORM_ENGINE_FIELD_IO_H

#include "declorm/uuid.h"
#include "runtime/engine/decimal_io.h"
#include "runtime/engine/field.h"

#include <chrono>
#include <cmath>
#include <cstring>
#include <span>

namespace declorm::detail {

/// What a cell holds, in the numbering that Value's alternatives have.
enum class CellKind : unsigned char { integer = 1, real = 2, text = 3, blob = 4, null = 5 };

/// The cold half: messages, times, and members that are not plain memory.
/// The member and the column in words: "User.name", "column users.name".
std::string member_of(const Field &field);
std::string column_of(const Field &field);
/// Throws the error of a value that cannot be stored, with the place it comes from.
[[noreturn]] void rethrow_with_place(const Field &field, const DataError &error);
[[noreturn]] void throw_null(const Field &field);
[[noreturn]] void throw_unfit(const Field &field, const Value &value);
[[noreturn]] void throw_unstorable(const Field &field, const std::string &value);
[[noreturn]] void throw_no_storage(const Field &field);
std::int64_t whole_number(const Field &field, const Value &value);
double floating_number(const Field &field, const Value &value);
inline Period tick_of(const Field &field) { return {field.num, field.den}; }
/// A local time meets one with an offset from UTC.
[[noreturn]] void throw_offset(const Field &field, std::string_view text);
Time point_time(const Field &field, const void *point);
/// false: the time is no whole number of the member's ticks, or too many of them.
bool set_point_time(const Field &field, void *point, Time time);
TimeText time_text(const Field &field, const void *point);
void set_time_text(const Field &field, void *point, std::string_view text);
TimeText date_text(const Field &field, const void *date);
void set_date_text(const Field &field, void *date, std::string_view text);
void set_uuid(const Field &field, UUID &uuid, const Value &value);
Int128 decimal_of(const Field &field, const Value &value);
/// assign(), but for the gates, which are open.
void assign_member(const Field &field, void *object, const Value &value);
/// Makes a composite where there is none, with NULL in the members that take it.
void open_gate(const Gate &gate, void *object);
void close_gate(const Gate &gate, void *object);
bool is_within(const Field &field, const Gate &gate);

inline DecimalShape decimal_shape(const Field &field) {
  return {static_cast<unsigned>(field.num), static_cast<unsigned>(field.den)};
}
/// Whether a decimal's unscaled number has 16 bytes.
inline bool is_wide(const Field &field) { return field.num > 18; }

template <class T> const T &at(const void *place) { return *static_cast<const T *>(place); }
template <class T> T &at(void *place) { return *static_cast<T *>(place); }

/// Calls `function.template operator()<T>()` with the type that holds a value of that code.
template <class Function> auto visit_storage(const Field &field, TypeCode code, Function function) {
  switch (code) {
  case TypeCode::boolean:
    return function.template operator()<bool>();
  case TypeCode::int8:
    return function.template operator()<std::int8_t>();
  case TypeCode::int16:
    return function.template operator()<std::int16_t>();
  case TypeCode::int32:
    return function.template operator()<std::int32_t>();
  case TypeCode::int64:
    return function.template operator()<std::int64_t>();
  case TypeCode::uint8:
    return function.template operator()<std::uint8_t>();
  case TypeCode::uint16:
    return function.template operator()<std::uint16_t>();
  case TypeCode::uint32:
    return function.template operator()<std::uint32_t>();
  case TypeCode::uint64:
    return function.template operator()<std::uint64_t>();
  case TypeCode::float32:
    return function.template operator()<float>();
  case TypeCode::float64:
    return function.template operator()<double>();
  case TypeCode::text:
    return function.template operator()<std::string>();
  case TypeCode::bytes:
    return function.template operator()<Bytes>();
  case TypeCode::date:
    return function.template operator()<std::chrono::year_month_day>();
  case TypeCode::uuid:
    return function.template operator()<UUID>();
  case TypeCode::decimal: // a Decimal holds nothing but its unscaled number
    if (is_wide(field))
      return function.template operator()<Int128>();
    return function.template operator()<std::int64_t>();
  case TypeCode::json: // an accessor's text: only the program knows its own nlohmann::json
    return function.template operator()<std::string>();
  case TypeCode::sys_time:
  case TypeCode::local_time:
  case TypeCode::duration:
    // A chrono type holds nothing but its representation.
    if (field.rep != code)
      return visit_storage(field, field.rep, function);
    [[fallthrough]];
  default:
    throw_no_storage(field);
  }
}

/// A chrono duration's ticks, as the representation they are stored in.
inline TypeCode stored_code(const Field &field) {
  return field.code == TypeCode::duration ? field.rep : field.code;
}

inline std::string_view text_array_view(const void *place, std::size_t size) {
  const auto *begin = static_cast<const char *>(place);
  const void *end = std::memchr(begin, 0, size);
  return {begin, end ? static_cast<std::size_t>(static_cast<const char *>(end) - begin) : size};
}

inline bool is_array(const Field &field) {
  return field.code == TypeCode::text_array || field.code == TypeCode::byte_array;
}
/// The size of the array itself: behind an optional's one stands its flag.
inline std::size_t array_size(const Field &field) { return field.size - (field.optional ? 1 : 0); }

template <class Sink>
void store_value(const Field &field, const void *place, int index, Sink &sink) {
  const auto real = [&](double value) {
    if constexpr (!Sink::stores_nan)
      if (std::isnan(value)) [[unlikely]]
        throw_unstorable(field, "NaN");
    sink.real(index, value);
  };
  switch (stored_code(field)) {
  case TypeCode::boolean:
    return sink.boolean(index, at<bool>(place));
  case TypeCode::int8:
    return sink.integer(index, at<std::int8_t>(place));
  case TypeCode::int16:
    return sink.integer(index, at<std::int16_t>(place));
  case TypeCode::int32:
    return sink.integer(index, at<std::int32_t>(place));
  case TypeCode::int64:
    return sink.integer(index, at<std::int64_t>(place));
  case TypeCode::uint8:
    return sink.integer(index, at<std::uint8_t>(place));
  case TypeCode::uint16:
    return sink.integer(index, at<std::uint16_t>(place));
  case TypeCode::uint32:
    return sink.integer(index, at<std::uint32_t>(place));
  case TypeCode::uint64: {
    const auto value = at<std::uint64_t>(place);
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) [[unlikely]]
      throw_unstorable(field, std::to_string(value));
    return sink.integer(index, static_cast<std::int64_t>(value));
  }
  case TypeCode::float32:
    return real(static_cast<double>(at<float>(place)));
  case TypeCode::float64:
    return real(at<double>(place));
  case TypeCode::text:
    return sink.text(index, at<std::string>(place));
  case TypeCode::json:
    return sink.json(index, at<std::string>(place));
  case TypeCode::text_array:
    return sink.text(index, text_array_view(place, array_size(field)));
  case TypeCode::bytes:
    return sink.blob(index, at<Bytes>(place));
  case TypeCode::byte_array:
    return sink.blob(index, {static_cast<const std::byte *>(place), array_size(field)});
  case TypeCode::sys_time:
  case TypeCode::local_time:
    return sink.time(index, field, place);
  case TypeCode::date:
    return sink.date(index, field, place);
  case TypeCode::uuid:
    return sink.uuid(index, at<UUID>(place));
  case TypeCode::decimal:
    return sink.decimal(index, is_wide(field) ? at<Int128>(place) : at<std::int64_t>(place),
                        decimal_shape(field));
  default:
    throw_no_storage(field);
  }
}

template <class Sink>
void store_optional(const Field &field, const void *place, int index, Sink &sink) {
  if (is_array(field)) {
    if (static_cast<const char *>(place)[array_size(field)] == 0)
      return sink.null(index);
    return store_value(field, place, index, sink);
  }
  visit_storage(field, field.code, [&]<class T>() {
    const auto &optional = at<std::optional<T>>(place);
    if (optional)
      store_value(field, &*optional, index, sink);
    else
      sink.null(index);
  });
}

/// Binds the fields of `object` to the parameters `index`, `index + 1`, ….
template <class Sink>
void store(std::span<const Field> fields, const void *object, int index, Sink sink) {
  const auto *base = static_cast<const char *>(object);
  for (const Field &field : fields) {
    if (is_indirect(field)) [[unlikely]]
      sink.value(index, value_of(field, object));
    else if (field.optional)
      store_optional(field, base + field.offset, index, sink);
    else
      store_value(field, base + field.offset, index, sink);
    ++index;
  }
}

/// What a cell holds, by its kind: its own value().
template <class Cell> Value value_of_cell(const Cell &cell) {
  switch (cell.kind()) {
  case CellKind::integer:
    return Value(cell.integer());
  case CellKind::real:
    return Value(cell.real());
  case CellKind::text:
    return Value(cell.text());
  case CellKind::blob: {
    const auto bytes = cell.blob();
    return Value(Bytes(bytes.begin(), bytes.end()));
  }
  default:
    return Value();
  }
}

template <class Cell> std::int64_t load_integer(const Field &field, const Cell &cell) {
  if (cell.kind() == CellKind::integer) [[likely]]
    return cell.integer();
  return whole_number(field, cell.value());
}

template <class T, class Cell> void load_ranged(const Field &field, void *place, const Cell &cell) {
  const std::int64_t value = load_integer(field, cell);
  if (!std::in_range<T>(value)) [[unlikely]]
    throw_unfit(field, Value(value));
  at<T>(place) = static_cast<T>(value);
}

template <class Cell> double load_real(const Field &field, const Cell &cell) {
  if (cell.kind() == CellKind::real) [[likely]]
    return cell.real();
  return floating_number(field, cell.value());
}

template <class Cell> std::string_view load_text(const Field &field, const Cell &cell) {
  const CellKind kind = cell.kind();
  if (kind == CellKind::text) [[likely]]
    return cell.text();
  if (kind == CellKind::null)
    throw_null(field);
  throw_unfit(field, cell.value());
}

template <class Cell> std::span<const std::byte> load_bytes(const Field &field, const Cell &cell) {
  const CellKind kind = cell.kind();
  if (kind == CellKind::blob || kind == CellKind::text) [[likely]]
    return cell.blob();
  if (kind == CellKind::null)
    throw_null(field);
  throw_unfit(field, cell.value());
}

template <class Cell> void load_array(const Field &field, void *place, const Cell &cell) {
  const std::size_t size = array_size(field);
  auto *begin = static_cast<char *>(place);
  if (field.code == TypeCode::byte_array) {
    const auto bytes = load_bytes(field, cell);
    if (bytes.size() != size)
      throw_unfit(field, cell.value());
    if (size != 0)
      std::memcpy(begin, bytes.data(), size);
    return;
  }
  const std::string_view text = load_text(field, cell);
  // A NUL would end the text early.
  if (text.size() > size || text.find('\0') != std::string_view::npos)
    throw_unfit(field, cell.value());
  std::memcpy(begin, text.data(), text.size());
  std::memset(begin + text.size(), 0, size - text.size());
}

template <class Cell> void load_value(const Field &field, void *place, const Cell &cell) {
  switch (stored_code(field)) {
  case TypeCode::boolean:
    at<bool>(place) = cell.boolean(field);
    return;
  case TypeCode::int8:
    return load_ranged<std::int8_t>(field, place, cell);
  case TypeCode::int16:
    return load_ranged<std::int16_t>(field, place, cell);
  case TypeCode::int32:
    return load_ranged<std::int32_t>(field, place, cell);
  case TypeCode::int64:
    at<std::int64_t>(place) = load_integer(field, cell);
    return;
  case TypeCode::uint8:
    return load_ranged<std::uint8_t>(field, place, cell);
  case TypeCode::uint16:
    return load_ranged<std::uint16_t>(field, place, cell);
  case TypeCode::uint32:
    return load_ranged<std::uint32_t>(field, place, cell);
  case TypeCode::uint64:
    return load_ranged<std::uint64_t>(field, place, cell);
  case TypeCode::float32: {
    const double value = load_real(field, cell);
    const auto narrow = static_cast<float>(value);
    if (std::isinf(narrow) && !std::isinf(value)) [[unlikely]]
      throw_unfit(field, Value(value));
    at<float>(place) = narrow;
    return;
  }
  case TypeCode::float64:
    at<double>(place) = load_real(field, cell);
    return;
  case TypeCode::json:
    return cell.json(field, at<std::string>(place));
  case TypeCode::text: {
    const std::string_view text = load_text(field, cell);
    std::string &member = at<std::string>(place);
    if (text.size() > member.capacity())
      member = std::string(text); // takes what it needs, assign() up to twice as much
    else
      member.assign(text.data(), text.size());
    return;
  }
  case TypeCode::bytes: {
    const auto bytes = load_bytes(field, cell);
    at<Bytes>(place).assign(bytes.begin(), bytes.end());
    return;
  }
  case TypeCode::text_array:
  case TypeCode::byte_array:
    return load_array(field, place, cell);
  case TypeCode::sys_time:
  case TypeCode::local_time:
    return cell.time(field, place);
  case TypeCode::date:
    return cell.date(field, place);
  case TypeCode::uuid:
    return cell.uuid(field, at<UUID>(place));
  case TypeCode::decimal:
    if (is_wide(field))
      at<Int128>(place) = cell.decimal(field);
    else
      at<std::int64_t>(place) = static_cast<std::int64_t>(cell.decimal(field));
    return;
  default:
    throw_no_storage(field);
  }
}

template <class Cell> void load_optional(const Field &field, void *place, const Cell &cell) {
  const bool null = cell.kind() == CellKind::null;
  if (is_array(field)) {
    if (!null)
      load_array(field, place, cell);
    static_cast<char *>(place)[array_size(field)] = null ? 0 : 1;
    return;
  }
  visit_storage(field, field.code, [&]<class T>() {
    auto &optional = at<std::optional<T>>(place);
    if (null)
      optional.reset();
    else // an engaged one is reused: a string keeps its memory
      load_value(field, optional ? &*optional : &optional.emplace(), cell);
  });
}

/// Reads the column at `position` of those that begin at `index`, of a composite in a
/// std::optional, which is empty where all of its columns are NULL.
template <class Source>
void load_gated(std::span<const Field> fields, std::size_t position, void *object, int index,
                Source source) {
  const Field &field = fields[position];
  bool any = false; // some column of the innermost one is not NULL
  for (const Gate *gate = field.gate; gate; gate = gate->outer) {
    std::size_t known = 0, given = 0;
    for (std::size_t i = 0; i != fields.size(); ++i)
      if (is_within(fields[i], *gate)) {
        ++known;
        given += source.cell(index + static_cast<int>(i)).kind() != CellKind::null;
      }
    if (known != gate->fields.size()) // The others keep what they have.
      return assign(field, object, source.cell(index + static_cast<int>(position)).value());
    any |= gate == field.gate && given != 0;
    if (given == 0)
      close_gate(*gate, object);
  }
  if (!any)
    return;
  open_gate(*field.gate, object);
  assign_member(field, object, source.cell(index + static_cast<int>(position)).value());
}

/// Reads the columns `index`, `index + 1`, … into the fields of `object`.
template <class Source>
void load(std::span<const Field> fields, void *object, int index, Source source) {
  auto *base = static_cast<char *>(object);
  const int first = index;
  for (const Field &field : fields) {
    const auto cell = source.cell(index++);
    if (is_indirect(field)) [[unlikely]] {
      if (field.gate)
        load_gated(fields, static_cast<std::size_t>(&field - fields.data()), object, first, source);
      else
        assign_member(field, object, cell.value());
    } else if (field.optional)
      load_optional(field, base + field.offset, cell);
    else
      load_value(field, base + field.offset, cell);
  }
}

} // namespace declorm::detail

#endif // DECLORM_ENGINE_FIELD_IO_H
