// kindred_values.cpp: values and columns beside a column of the same kind, in that column's terms:
// enums by name, times in one form, durations in its ticks.
#include "runtime/sql/sql_writer_parts.h"

#include "runtime/engine/field_io.h"

#include <cmath>
#include <numeric>

namespace declorm::detail {
namespace {

__extension__ using Wide = __int128;

bool counts_ticks(const Field &field) { return field.code == TypeCode::duration; }

/// How many of the field's ticks `literal`, a duration, is.
Value ticks_in(const Field &field, const LiteralNode &literal) {
  const Wide times = Wide(literal.ticks.num) * field.den, by = Wide(literal.ticks.den) * field.num;
  const auto *count = std::get_if<std::int64_t>(&literal.value.data());
  const Wide scaled = count ? *count * times : 0;
  if (count && scaled % by == 0) {
    const Wide ticks = scaled / by;
    if (ticks == static_cast<std::int64_t>(ticks))
      return Value(static_cast<std::int64_t>(ticks));
  }
  return Value(literal.value.as<double>() * static_cast<double>(times) / static_cast<double>(by));
}

Value value_beside(const LiteralNode &literal, const Field *field) {
  if (!field || literal.value.is_null())
    return literal.value;
  if (counts_ticks(*field) && literal.ticks.num != 0)
    return ticks_in(*field, literal);
  return has_stored_form(*field) ? stored_value(*field, literal.value) : literal.value;
}

/// What a column of `field` must be multiplied with to count the ticks it has in common with
/// `other`.
std::int64_t factor_to_common(const Field &field, const Field &other) {
  const std::int64_t own = field.num * other.den, others = other.num * field.den;
  return own / std::gcd(own, others);
}

} // namespace

void SqlWriter::write_literal(const LiteralNode &literal, const Field *field) {
  bind(value_beside(literal, field));
}

void SqlWriter::write_assigned(const Assignment &assignment) {
  const Field *field = scope_->field_of(assignment.column);
  const auto *literal = as<LiteralNode>(assignment.value);
  if (!literal || !field)
    return write(assignment.value, tight_comparison, field);
  Value value = value_beside(*literal, field);
  const auto *text = std::get_if<std::string>(&value.data());
  const auto *real = std::get_if<double>(&value.data());
  const bool has_clock = text && holds_times(*field) && holds_dates(*field) && text->size() > 10;
  const bool cuts = real && counts_ticks(*field) && literal->ticks.num != 0 &&
                    field->rep != TypeCode::float32 && field->rep != TypeCode::float64;
  if (has_clock || cuts)
    throw_unstorable(*field, cuts ? value.to_string() + " ticks" : value.to_string());
  bind(std::move(value));
}

void SqlWriter::write_cast(const NodePtr &operand, const Type &type) {
  sql_ += "CAST(";
  write(operand);
  write_cast_end(type);
}

void SqlWriter::write_cast_end(const Type &type) { sql_ += " AS " + dialect_.type_sql(type) + ")"; }

void SqlWriter::write_beside(const NodePtr &node, int tightness, const Field *other) {
  const Field *own = scope_->field_of(node);
  if (own && other && holds_times(*own) && holds_times(*other) && holds_dates(*own) &&
      !holds_dates(*other))
    return write_cast(node, DateTime);
  if (own && other && counts_ticks(*own) && counts_ticks(*other)) {
    const std::int64_t factor = factor_to_common(*own, *other);
    const Parentheses parentheses(*this, factor != 1 && tight_product < tightness);
    write(node, factor != 1 ? int(tight_product) : tightness, own);
    if (factor != 1)
      sql_ += " * " + std::to_string(factor);
    return;
  }
  write(node, tightness, other ? other : own);
}

void SqlWriter::write_row(const NodePtr &row, const ListNode &other) {
  const auto *list = as<ListNode>(row);
  if (!list || list->items.size() != other.items.size())
    return write(row);
  sql_ += '(';
  for (std::size_t i = 0; i != list->items.size(); ++i) {
    sql_ += i ? ", " : "";
    write_beside(list->items[i], loose, scope_->field_of(other.items[i]));
  }
  sql_ += ')';
}

} // namespace declorm::detail
