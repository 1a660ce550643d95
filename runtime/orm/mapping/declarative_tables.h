// declarative_tables.h: Tables from the mapping of annotated classes.
#ifndef DECLORM_ORM_MAPPING_DECLARATIVE_TABLES_H
#define DECLORM_ORM_MAPPING_DECLARATIVE_TABLES_H

#include "declorm/schema.h"
#include "runtime/model/mapping.h"

#include <functional>

namespace declorm::detail {

/// Returns the column type of a member, as its annotations and its C++ type say.
declorm::Type column_type(const model::ColumnDecl &column);

/// Whether a chrono point has a period of whole days: it is stored as a date.
bool holds_dates(const model::Type &type);

/// Applies what the annotations of a member say of its column, beyond type and nullability, to a
/// column that may say something already. `wants_key`: which of its foreign keys.
void apply_options(const model::ColumnDecl &declared, Column &column,
                   const std::function<bool(const model::ForeignKeyDecl &)> &wants_key);

/// Makes a constraint of one that the class head declares.
Index to_index(const model::IndexDecl &declared);
Constraint to_constraint(const model::ConstraintDecl &declared);

/// Returns a constant argument of an annotation as it is bound.
Value to_value(const model::Value &value);

/// Adds the table to `metadata`. Throws what MetaData::add_table and Table::append throw.
Table &declare_table(MetaData &metadata, const model::TableDecl &declared);

/// Appends the columns that calls have added to a class since its table was made. Throws what
/// Table::append throws.
void append_called(Table &table, const model::TableDecl &declared);

/// Returns the DDL of all mapped classes of `program`, or the error's text. Never throws.
std::string ddl_of(const model::Program &program, std::string_view dialect);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_DECLARATIVE_TABLES_H
