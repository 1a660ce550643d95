// cpp_type.h: the C++ type for a column, and what has to be said beside it so that the column keeps
// its type in SQL.
#ifndef DECLORM_AUTOMAP_CPP_TYPE_H
#define DECLORM_AUTOMAP_CPP_TYPE_H

#include "declorm/schema.h"

namespace declorm::automap {

enum class CppKind : unsigned char {
  int16,
  int32,
  int64,
  boolean,
  float64,
  text,
  bytes,
  date,
  date_time, ///< an instant
  local_time,
  decimal,
  uuid,
};

struct CppType {
  CppKind kind = CppKind::text;
  std::string name;                  ///< "std::int64_t"
  std::vector<std::string> includes; ///< "<cstdint>"
  std::vector<std::string> options;  ///< annotations: `length(40)`, `sql_type("TEXT")`
  Type shape;                        ///< precision and scale of a decimal
  bool by_value = false;             ///< cheap to copy
  bool is_known = true;              ///< false: nobody knows the SQL type, text was chosen
};

struct TypeOptions {
  bool decimals = true; ///< NUMERIC(p, s) is a declorm::Decimal, not a double
};

/// The type of `column`, which a table holds, without the std::optional.
CppType cpp_type(const Column &column, const Dialect &dialect, const TypeOptions &options);

/// What a member of that type begins with, for a DEFAULT in SQL: " = 5", "{\"9.90\"}"; "" : the
/// default is nothing that C++ could say. `type`: precision and scale of a decimal.
std::string initialiser(const std::string &sql, CppKind kind, const Type &type);

/// A C++ string literal. `annotation`: placeholders of annotations ("{class}") are protected.
std::string quoted(std::string_view text, bool annotation = true);

} // namespace declorm::automap

#endif // DECLORM_AUTOMAP_CPP_TYPE_H
