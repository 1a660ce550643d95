// postgresql_parameters.h: values to the parameters of a statement, in the types that the server
// inferred for them.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_PARAMETERS_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_PARAMETERS_H

#include "runtime/dialect/postgresql/postgresql_oids.h"
#include "runtime/engine/field_io.h"

#include <vector>

namespace declorm::detail {

/// The parameters of one execution. A value whose type has a binary form is sent in that; any other
/// as a text, which the server reads as it reads a literal. Throws DataError for what the type
/// cannot hold, before anything is sent. Indexes count from 1.
class PostgresqlParameters {
public:
  explicit PostgresqlParameters(std::vector<PgType> types);

  std::size_t size() const { return types_.size(); }
  const std::vector<PgType> &types() const { return types_; }

  // What libpq takes.
  const char *const *values() const { return values_.data(); }
  const int *lengths() const { return lengths_.data(); }
  const int *formats() const { return formats_.data(); }

  /// Lets go of all values; the parameters are NULL then.
  void clear();

  // As a Sink: field_io.h. text() and blob() take what outlives the execution.
  void null(int index);
  void integer(int index, std::int64_t value);
  void real(int index, double value);
  void boolean(int index, bool value) { integer(index, value ? 1 : 0); }
  void text(int index, std::string_view value) { text(index, value, false); }
  void copied_text(int index, std::string_view value) { text(index, value, true); }
  void blob(int index, std::span<const std::byte> value) { blob(index, value, false); }
  void time(int index, const Field &field, const void *place);
  void date(int index, const Field &field, const void *place);
  void uuid(int index, const UUID &value);
  void json(int index, std::string_view value) { text(index, value, false); }
  void decimal(int index, Int128 unscaled, DecimalShape shape);
  void value(int index, const Value &value);

private:
  /// What a parameter keeps of its own.
  struct Slot {
    char small[16];
    std::string large;
  };

  static std::size_t at(int index) { return static_cast<std::size_t>(index) - 1; }
  PgType type(int index) const { return types_[at(index)]; }
  void set(std::size_t i, const char *data, std::size_t size, bool is_binary);
  template <std::unsigned_integral T> void binary(int index, T value);
  /// Sends a copy of `value`, which the server reads as a literal.
  void literal(int index, std::string_view value);
  void text(int index, std::string_view value, bool is_copied);
  void blob(int index, std::span<const std::byte> value, bool is_copied);
  /// The time in the parameter's type. false: it has none for times.
  bool instant(int index, Time time);
  [[noreturn]] void refuse(int index, const std::string &value, const char *why = "") const;

  std::vector<PgType> types_;
  std::vector<const char *> values_;
  std::vector<int> lengths_, formats_;
  std::vector<Slot> slots_;
};

/// The Sink that store() copies.
struct PostgresqlSink {
  static constexpr bool stores_nan = true;
  PostgresqlParameters *to;

  void null(int i) const { to->null(i); }
  void integer(int i, std::int64_t value) const { to->integer(i, value); }
  void real(int i, double value) const { to->real(i, value); }
  void boolean(int i, bool value) const { to->boolean(i, value); }
  void text(int i, std::string_view value) const { to->text(i, value); }
  void copied_text(int i, std::string_view value) const { to->copied_text(i, value); }
  void blob(int i, std::span<const std::byte> value) const { to->blob(i, value); }
  void time(int i, const Field &field, const void *place) const { to->time(i, field, place); }
  void date(int i, const Field &field, const void *place) const { to->date(i, field, place); }
  void uuid(int i, const UUID &value) const { to->uuid(i, value); }
  void json(int i, std::string_view value) const { to->json(i, value); }
  void decimal(int i, Int128 unscaled, DecimalShape shape) const {
    to->decimal(i, unscaled, shape);
  }
  void value(int i, const Value &value) const { to->value(i, value); }
};

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_PARAMETERS_H
