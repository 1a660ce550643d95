// field.cpp: values of members one at a time, and everything about them that is not hot.
#include "runtime/engine/text_storage.h"

#include <algorithm>

namespace declorm::detail {
std::string member_of(const Field &field) {
  if (!field.names)
    return "the member";
  return field.names->full_member();
}

std::string column_of(const Field &field) {
  if (!field.names)
    return "the column";
  return "column " + field.names->full_column();
}

void rethrow_with_place(const Field &field, const DataError &error) {
  throw DataError(member_of(field) + ", " + column_of(field) + ": " + error.what());
}

namespace {

template <class T> std::string range_text() {
  return "an integer from " + std::to_string(std::numeric_limits<T>::min()) + " to " +
         std::to_string(std::numeric_limits<T>::max());
}

/// What a member takes, in words.
std::string wanted(const Field &field) {
  if (field.enum_names) {
    std::string text = "one of";
    for (const auto &[name, number] : *field.enum_names)
      text += (text.size() == 6 ? " " : ", ") + name;
    return text;
  }
  switch (stored_code(field)) {
  case TypeCode::boolean:
    return "a bool: 0 or 1";
  case TypeCode::int8:
    return range_text<std::int8_t>();
  case TypeCode::int16:
    return range_text<std::int16_t>();
  case TypeCode::int32:
    return range_text<std::int32_t>();
  case TypeCode::int64:
    return range_text<std::int64_t>();
  case TypeCode::uint8:
    return range_text<std::uint8_t>();
  case TypeCode::uint16:
    return range_text<std::uint16_t>();
  case TypeCode::uint32:
    return range_text<std::uint32_t>();
  case TypeCode::uint64:
    return range_text<std::uint64_t>();
  case TypeCode::float32:
    return "a float";
  case TypeCode::float64:
    return "a double";
  case TypeCode::text:
    return "text";
  case TypeCode::text_array:
    return "text of at most " + std::to_string(array_size(field)) + " bytes without a NUL";
  case TypeCode::bytes:
    return "bytes";
  case TypeCode::byte_array:
    return "exactly " + std::to_string(array_size(field)) + " bytes";
  case TypeCode::sys_time:
  case TypeCode::local_time:
    if (field.text_date)
      return "a date, YYYY-MM-DD";
    return "a time, YYYY-MM-DD HH:MM:SS.ffffff, of ticks of " + std::to_string(field.num) + "/" +
           std::to_string(field.den) + " s";
  case TypeCode::date:
    return "a date, YYYY-MM-DD";
  case TypeCode::uuid:
    return "a UUID: 32 hexadecimal digits, as 8-4-4-4-12 or plain, or 16 bytes";
  case TypeCode::decimal:
    return "a decimal number of " + std::to_string(field.num) + " digits, " +
           std::to_string(field.den) + " behind the point";
  case TypeCode::json:
    return "JSON";
  default:
    return "nothing that a database has";
  }
}

/// Value as a Sink of one parameter.
struct ValueSink : TextStorageSink<ValueSink> {
  static constexpr bool stores_nan = true;
  explicit ValueSink(Value &value) : result(value) {}
  Value &result;
  void null(int) const { result = Value(); }
  void integer(int, std::int64_t value) const { result = Value(value); }
  void real(int, double value) const { result = Value(value); }
  void text(int, std::string_view value) const { result = Value(value); }
  void copied_text(int, std::string_view value) const { result = Value(value); }
  void blob(int, std::span<const std::byte> value) const {
    result = Value(Bytes(value.begin(), value.end()));
  }
  void value(int, Value value) const { result = std::move(value); }
};

/// Value as a Cell.
struct ValueCell : TextStorageCell<ValueCell> {
  explicit ValueCell(const Value &value) : source(value) {}
  const Value &source;
  CellKind kind() const {
    return source.is_null() ? CellKind::null : static_cast<CellKind>(source.data().index());
  }
  std::int64_t integer() const { return std::get<std::int64_t>(source.data()); }
  double real() const { return std::get<double>(source.data()); }
  std::string_view text() const { return std::get<std::string>(source.data()); }
  std::span<const std::byte> blob() const {
    if (const auto *bytes = std::get_if<Bytes>(&source.data()))
      return *bytes;
    return std::as_bytes(std::span(std::get<std::string>(source.data())));
  }
  const Value &value() const { return source; }
};

Value value_at(const Field &field, const void *place) {
  Value value;
  ValueSink sink{value};
  if (field.optional)
    store_optional(field, place, 0, sink);
  else
    store_value(field, place, 0, sink);
  return value;
}

void assign_at(const Field &field, void *place, const Value &value) {
  if (field.optional)
    load_optional(field, place, ValueCell{value});
  else
    load_value(field, place, ValueCell{value});
}

/// Calls `function(void *)` with a fresh object of the member's stored type.
template <class Function> void with_temporary(const Field &field, Function function) {
  if (is_array(field)) {
    std::vector<std::byte> buffer(field.size);
    return function(static_cast<void *>(buffer.data()));
  }
  visit_storage(field, field.code, [&]<class T>() {
    if (field.optional) {
      std::optional<T> value;
      function(static_cast<void *>(&value));
    } else {
      T value{};
      function(static_cast<void *>(&value));
    }
  });
}

/// What the accessor takes.
void *holder_of(const Field &field, void *object) {
  return static_cast<char *>(object) + field.holder;
}
const void *holder_of(const Field &field, const void *object) {
  return static_cast<const char *>(object) + field.holder;
}

void *place_of(const Field &field, void *object) {
  return static_cast<char *>(object) + field.offset;
}

void get_through(const Field &field, const void *object, void *place) {
  try {
    field.accessor->get(holder_of(field, object), place);
  } catch (const DataError &error) {
    if (field.code == TypeCode::json)
      rethrow_with_place(field, error);
    throw; // a type_traits of the program's own
  }
}

/// Lets the accessor take what is at `place`; a read-only member stays as it is.
void set_through(const Field &field, void *object, const void *place) {
  if (!field.accessor->set)
    return;
  try {
    field.accessor->set(holder_of(field, object), place);
  } catch (const DataError &error) {
    if (field.code == TypeCode::json)
      throw DataError(column_of(field) + " holds " + value_at(field, place).to_string() +
                      ", which does not fit " + member_of(field) + " (" + wanted(field) +
                      "): " + error.what());
    throw;
  }
}

/// The same for a bit-field, which cuts what does not fit.
void set_bits(const Field &field, void *object, const void *place) {
  with_temporary(field, [&](void *other) {
    get_through(field, object, other);
    const Value before = value_at(field, other);
    set_through(field, object, place);
    get_through(field, object, other);
    const Value value = value_at(field, place);
    if (value_at(field, other) == value)
      return;
    assign_at(field, other, before);
    set_through(field, object, other);
    throw DataError(column_of(field) + " holds " + value.to_string() +
                    ", which does not fit the bits of " + member_of(field));
  });
}

void set_member(const Field &field, void *object, const void *place) {
  if (field.bit_field)
    set_bits(field, object, place);
  else
    set_through(field, object, place);
}

/// Value as a Source.
struct ValueSource {
  std::span<const Value> values;
  ValueCell cell(int index) const { return ValueCell(values[static_cast<std::size_t>(index)]); }
};

} // namespace

void throw_null(const Field &field) {
  throw DataError(column_of(field) + " is NULL, and " + member_of(field) +
                  " takes no NULL; make the member a std::optional, or name the value that stands "
                  "for NULL with null_value(…)");
}

void throw_unfit(const Field &field, const Value &value) {
  if (value.is_null())
    throw_null(field);
  const bool is_number = value.data().index() == 1 || value.data().index() == 2;
  throw DataError(column_of(field) + " holds " + value.to_string() + ", which does not fit " +
                  member_of(field) + " (" + wanted(field) + ")" +
                  (is_number && holds_times(field) ? "; " + number_for_time_advice() : ""));
}

void throw_unstorable(const Field &field, const std::string &value) {
  throw DataError(member_of(field) + " is " + value + ", which " + column_of(field) +
                  " cannot hold");
}

void throw_no_storage(const Field &field) {
  throw DataError(member_of(field) + " has a type (code " +
                  std::to_string(static_cast<int>(field.code)) +
                  ") that this version of declorm cannot store in " + column_of(field));
}

std::int64_t whole_number(const Field &field, const Value &value) {
  try {
    return integer_of(value, "");
  } catch (const DataError &) {
    throw_unfit(field, value);
  }
}

double floating_number(const Field &field, const Value &value) {
  try {
    return real_of(value);
  } catch (const DataError &) {
    throw_unfit(field, value);
  }
}

/// The member's value, whatever it stands for in the database.
static Value held_value(const Field &field, const void *object) {
  if (!field.accessor || !field.accessor->get)
    return value_at(field, place_of(field, const_cast<void *>(object)));
  Value value;
  with_temporary(field, [&](void *place) {
    get_through(field, object, place);
    value = value_at(field, place);
  });
  return value;
}

Value value_of(const Field &field, const void *object) {
  if (!is_open(field, object))
    return Value();
  Value value = held_value(field, object);
  if (field.null_reads && field.null_value && value == *field.null_value)
    return Value();
  if (!field.enum_names || value.is_null())
    return value;
  const std::int64_t number = value.as<std::int64_t>();
  const auto found =
      std::ranges::find(*field.enum_names, number, &std::pair<std::string, std::int64_t>::second);
  if (found == field.enum_names->end())
    throw DataError(member_of(field) + " is " + std::to_string(number) +
                    ", which is no enumerator; " + column_of(field) + " holds " + wanted(field));
  if (field.null_reads && field.null_value && *field.null_value == Value(found->first))
    return Value();
  return Value(found->first);
}

void assign_member(const Field &field, void *object, const Value &given) {
  const bool stands_for_null = given.is_null() && field.null_reads && field.null_value;
  Value value = stands_for_null ? *field.null_value : given;
  const bool is_number = std::holds_alternative<std::int64_t>(value.data());
  if (field.enum_names && !value.is_null() && !(stands_for_null && is_number)) {
    const auto *text = std::get_if<std::string>(&value.data());
    const auto found = text ? std::ranges::find(*field.enum_names, *text,
                                                &std::pair<std::string, std::int64_t>::first)
                            : field.enum_names->end();
    if (found == field.enum_names->end())
      throw_unfit(field, value);
    value = Value(found->second);
  }
  if (!field.accessor || !field.accessor->get)
    return assign_at(field, place_of(field, object), value);
  if (!field.accessor->set)
    return;
  with_temporary(field, [&](void *place) {
    assign_at(field, place, value);
    set_member(field, object, place);
  });
}

Value stored_value(const Field &field, Value value) {
  const auto *number = std::get_if<std::int64_t>(&value.data());
  if (field.enum_names && number)
    for (const auto &[name, listed] : *field.enum_names)
      if (listed == *number)
        return Value(name);
  const auto *text = std::get_if<std::string>(&value.data());
  if (!text || field.enum_names || !holds_times(field))
    return value;
  const std::optional<TimeRead> read = read_time(*text);
  if (!read || (read->has_offset && field.code != TypeCode::sys_time))
    return value;
  TimeText time = format_time(read->time);
  if (holds_dates(field) && time.view().ends_with(" 00:00:00"))
    time.size = 10;
  return Value(time.view());
}

Value as_read(const Field &field, Value value) {
  if (value.is_null() || is_indirect(field))
    return value;
  try {
    with_temporary(field, [&](void *place) {
      assign_at(field, place, value);
      value = value_at(field, place);
    });
  } catch (const DataError &) {
    // It is equal to nothing that a member can hold; who fetches it says what is wrong with it.
  }
  return value;
}

void assign_row(std::span<const Field> fields, void *object, std::span<const Value> values) {
  load(fields, object, 0, ValueSource{values});
}

void assign_made(const Field &field, void *object, Thunk make, const void *argument) {
  if (field.gate)
    open_gate(*field.gate, object);
  if (!field.accessor || !field.accessor->get)
    return make(place_of(field, object), argument);
  with_temporary(field, [&](void *place) {
    make(place, argument);
    set_member(field, object, place);
  });
}

Value made_value(const Field &field, Thunk make) {
  Value value;
  with_temporary(field, [&](void *place) {
    make(place, nullptr);
    value = stored_value(field, value_at(field, place));
  });
  return value;
}

} // namespace declorm::detail
