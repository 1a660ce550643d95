// postgresql_sql_writer.cpp: parameters with their types.
#include "runtime/dialect/postgresql/postgresql_sql_writer.h"

#include "runtime/engine/field.h"

#include <algorithm>

namespace declorm::detail {
namespace {

/// The type of a value that stands beside no column; "": it is a NULL, or bytes.
const char *cast_of(const Value &value) {
  switch (value.data().index()) {
  case 1: {
    const std::int64_t number = std::get<std::int64_t>(value.data());
    // Functions that take a number, as substr() does, take an INTEGER.
    return std::in_range<std::int32_t>(number) ? "::INTEGER" : "::BIGINT";
  }
  case 2:
    return "::DOUBLE PRECISION";
  case 3:
    return "::TEXT";
  default:
    return "";
  }
}

/// The type of a time or UUID, whose parameter is written as a text; "": it is another one.
const char *cast_of(const Field &field) {
  if (field.code == TypeCode::uuid)
    return "::UUID";
  if (!holds_times(field))
    return "";
  return holds_dates(field)                 ? "::DATE"
         : field.code == TypeCode::sys_time ? "::TIMESTAMPTZ"
                                            : "::TIMESTAMP";
}

} // namespace

/// The server infers a parameter's type from what stands beside it. Beside nothing that has a type
/// it takes a text, or none at all; and beside an integer column it would cut a fraction.
void PostgresqlSqlWriter::write_literal(const LiteralNode &literal, const Field *field) {
  SqlWriter::write_literal(literal, field);
  if (std::ranges::find(of_columns_, &literal) != of_columns_.end())
    return;
  const Value &value = last_parameter();
  const bool is_part = std::ranges::find(parts_, &literal) != parts_.end();
  if (literal.is_boolean && (!field || is_part))
    sql_ += "::BOOLEAN";
  else if (!field || value.data().index() == 2 || (value.data().index() == 1 && is_part))
    sql_ += cast_of(value);
  else if (is_part && value.data().index() == 3)
    sql_ += cast_of(*field);
}

/// A coalesce() of nothing but parameters is a text, whatever stands beside it.
void PostgresqlSqlWriter::write_function(const FunctionNode &node, const NodePtr &self,
                                         const Field *field) {
  const std::size_t others = parts_.size();
  if (node.name == "coalesce") // others have parameters of types of their own
    for (const NodePtr &argument : node.arguments)
      parts_.push_back(as<LiteralNode>(argument));
  SqlWriter::write_function(node, self, field);
  parts_.resize(others);
}

/// And so is a CASE whose results are all parameters.
void PostgresqlSqlWriter::write_case(const CaseNode &node, const NodePtr &self,
                                     const Field *field) {
  const std::size_t others = parts_.size();
  for (const auto &[when, then] : node.whens)
    parts_.push_back(as<LiteralNode>(then));
  if (node.otherwise)
    parts_.push_back(as<LiteralNode>(node.otherwise));
  SqlWriter::write_case(node, self, field);
  parts_.resize(others);
}

/// What is written as a text may be meant as anything; a number is a number.
void PostgresqlSqlWriter::write_text_parameter(const Value &value) {
  SqlWriter::write_text_parameter(value);
  if (value.data().index() != 3)
    sql_ += cast_of(value);
}

/// ILIKE folds by the database's rules, and an index of pg_trgm's serves it.
void PostgresqlSqlWriter::write_like(const LikeNode &node) {
  if ((node.flags & like_folded) == 0)
    return SqlWriter::write_like(node);
  write(node.operand, tight_comparison + 1);
  sql_ += node.flags & like_negated ? " NOT ILIKE " : " ILIKE ";
  write(node.pattern, tight_comparison + 1);
  if (node.escape)
    sql_ += " ESCAPE " + dialect_.quote_literal(std::string_view(&node.escape, 1));
}

/// A part of a time is a number with a fraction, and declorm's is a whole one.
void PostgresqlSqlWriter::write_extract(const ExtractNode &node) {
  sql_ += "CAST(FLOOR(";
  SqlWriter::write_extract(node);
  sql_ += ") AS INTEGER)";
}

/// What is written as a text becomes what the operator wants beside the other operand.
void PostgresqlSqlWriter::write_custom(const CustomNode &custom) {
  const auto *literal = as<LiteralNode>(custom.right);
  const bool is_text = literal && literal->value.data().index() == 3;
  if (is_text)
    of_columns_.push_back(literal);
  SqlWriter::write_custom(custom);
  if (is_text)
    of_columns_.pop_back();
}

/// The columns give their types to what the SELECT has for them.
void PostgresqlSqlWriter::write_insert_source(const WriteData &write) {
  of_columns_.clear();
  for (const SelectItem &item : write.source->items) {
    const auto *label = as<LabelNode>(item.node);
    if (const auto *literal = as<LiteralNode>(label ? label->operand : item.node))
      of_columns_.push_back(literal);
  }
  SqlWriter::write_insert_source(write);
  of_columns_.clear();
}

} // namespace declorm::detail
