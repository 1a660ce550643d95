// text_storage.h: the form in which values are kept where there are only numbers, texts and bytes.
//
// A Value has no other alternatives, so that this is the form of values in the program too: in
// logs, keys, snapshots and parameters that come one at a time. A driver whose database has a type
// of its own for dates, UUIDs, decimals or JSON defines the functions itself.
#ifndef DECLORM_ENGINE_TEXT_STORAGE_H
#define DECLORM_ENGINE_TEXT_STORAGE_H

#include "runtime/engine/field_io.h"

namespace declorm::detail {

/// The functions of a Sink for what is kept as a number or a text. `Sink` derives from this, and
/// has integer(), real(), text() and copied_text().
template <class Sink> struct TextStorageSink {
  void boolean(int index, bool value) { self().integer(index, value); }
  void time(int index, const Field &field, const void *place) {
    self().copied_text(index, time_text(field, place).view());
  }
  void date(int index, const Field &field, const void *place) {
    self().copied_text(index, date_text(field, place).view());
  }
  void uuid(int index, const UUID &value) { self().copied_text(index, value.hex()); }
  void json(int index, std::string_view value) { self().text(index, value); }
  void decimal(int index, Int128 unscaled, DecimalShape shape) {
    switch (decimal_form(shape)) {
    case DecimalForm::integer:
      return self().integer(index, static_cast<std::int64_t>(unscaled));
    case DecimalForm::real:
      return self().real(index, decimal_to_double(unscaled, shape.scale));
    case DecimalForm::text:
      return self().copied_text(index, decimal_text(unscaled, shape.scale));
    }
  }

private:
  Sink &self() { return static_cast<Sink &>(*this); }
};

/// The functions of a Cell for what is kept as a number or a text. `Cell` derives from this, and
/// has kind(), integer(), text() and value(). They throw DataError for what does not fit the field.
template <class Cell> struct TextStorageCell {
  bool boolean(const Field &field) const {
    const std::int64_t value = load_integer(field, self());
    if (value != 0 && value != 1) [[unlikely]]
      throw_unfit(field, Value(value));
    return value != 0;
  }
  void time(const Field &field, void *place) const {
    set_time_text(field, place, load_text(field, self()));
  }
  void date(const Field &field, void *place) const {
    set_date_text(field, place, load_text(field, self()));
  }
  void uuid(const Field &field, UUID &to) const { set_uuid(field, to, self().value()); }
  /// A database that guesses types makes numbers of texts that are one.
  void json(const Field &field, std::string &to) const {
    const CellKind kind = self().kind();
    if (kind == CellKind::integer || kind == CellKind::real)
      to = self().value().to_string();
    else
      to = load_text(field, self());
  }
  Int128 decimal(const Field &field) const { return decimal_of(field, self().value()); }

private:
  const Cell &self() const { return static_cast<const Cell &>(*this); }
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_TEXT_STORAGE_H
