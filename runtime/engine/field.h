// field.h: a column's place inside an object.
//
// Fields are how objects and statements exchange values without Value in between: a driver binds a
// span of them from an object and fetches a row into one. store() and load() hold the meaning of
// each TypeCode once; a driver gives them its primitive operations as Sink and Source.
#ifndef DECLORM_ENGINE_FIELD_H
#define DECLORM_ENGINE_FIELD_H

#include "declorm/registration.h"
#include "declorm/value.h"

#include <span>

namespace declorm::detail {

/// Names for messages about a field. Views: whoever makes the field keeps the texts.
struct FieldNames {
  std::string_view class_name, member, table, column;

  /// "User.name"
  std::string full_member() const { return std::string(class_name).append(".").append(member); }
  /// "users.name"
  std::string full_column() const { return std::string(table).append(".").append(column); }
};

struct Field;

/// A std::optional around a composite, which may be empty: then all of its columns are NULL.
struct Gate {
  std::uint32_t holder = 0;           ///< offset of the subobject that `accessor` takes
  const Accessor *accessor = nullptr; ///< of the composite's member
  const Gate *outer = nullptr;        ///< a std::optional around this one
  std::vector<const Field *> fields;  ///< of all its columns
};

/// Where a column's value lies in an object, and as what.
struct Field {
  TypeCode code = TypeCode::none;
  bool optional = false;
  bool text_date = false;           ///< chrono points of whole days are stored as dates
  bool null_reads = false;          ///< NULL reads as `null_value`, which writes NULL
  bool bit_field = false;           ///< its accessor cuts what does not fit
  std::uint32_t offset = no_offset; ///< no_offset: only `accessor` reaches it
  std::uint32_t size = 0;           ///< bytes of the value that the column or the accessor takes
  std::uint32_t holder = 0;         ///< offset of the subobject that `accessor` takes
  TypeCode rep = TypeCode::none;
  std::int64_t num = 0, den = 0;
  const Accessor *accessor = nullptr;
  /// Enums stored by name; null: by number.
  const std::vector<std::pair<std::string, std::int64_t>> *enum_names = nullptr;
  const Value *null_value = nullptr;
  const Gate *gate = nullptr; ///< of the innermost std::optional around it
  const FieldNames *names = nullptr;
};

/// Whether value_of() and assign() must do it, because more than memory is involved.
inline bool is_indirect(const Field &field) {
  return field.accessor || field.enum_names || field.null_reads || field.gate;
}

/// The value as the database would get it. For logs, errors and everything that is not hot.
Value value_of(const Field &field, const void *object);
/// Assigns `value` to the member. Throws DataError as a fetch would. A composite in a std::optional
/// is made for a value; NULL in all its columns, or in one that takes none, empties it.
void assign(const Field &field, void *object, const Value &value);
/// Assigns a row that was read: a value for each field.
void assign_row(std::span<const Field> fields, void *object, std::span<const Value> values);
/// Whether the std::optional around the field, if there is one, holds anything.
bool is_open(const Field &field, const void *object);

/// Whether the column holds dates, or times of whole days.
inline bool holds_dates(const Field &field) {
  return field.code == TypeCode::date || field.text_date;
}
/// Whether the column holds dates or times, which are text.
inline bool holds_times(const Field &field) {
  return field.code == TypeCode::sys_time || field.code == TypeCode::local_time ||
         field.code == TypeCode::date;
}
/// Whether stored_value() may change a value.
inline bool has_stored_form(const Field &field) { return field.enum_names || holds_times(field); }
/// A value that is not the member's own, but of its kind, as the column holds such: an enum by its
/// name, a date in a column of times as a time, a time in the one form that compares by text.
/// What is of no such kind is left as it is.
Value stored_value(const Field &field, Value value);

/// What value_of() gives for a member that has read `value`: keys and discriminators are compared
/// in that form, whatever form the database has them in. What no member can hold stays as it is.
Value as_read(const Field &field, Value value);
/// Whether as_read() gives a value of the column, which is not NULL, as it is.
inline bool is_as_read(const Field &field, const Value &value) {
  switch (field.code) {
  case TypeCode::int8:
  case TypeCode::int16:
  case TypeCode::int32:
  case TypeCode::int64:
  case TypeCode::uint8:
  case TypeCode::uint16:
  case TypeCode::uint32:
  case TypeCode::uint64:
    return std::holds_alternative<std::int64_t>(value.data());
  case TypeCode::text:
    return std::holds_alternative<std::string>(value.data());
  default:
    return false;
  }
}

/// Lets `make`, a function given to an annotation, make the member's value. `argument`: what the
/// function is called with.
void assign_made(const Field &field, void *object, Thunk make, const void *argument = nullptr);
/// Returns what such a function makes for the member of an object that is not there.
Value made_value(const Field &field, Thunk make);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_FIELD_H
