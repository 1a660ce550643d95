// catalog_text.h: expressions as PostgreSQL's catalog prints them, nearer to how they were written.
#ifndef DECLORM_DIALECT_POSTGRESQL_CATALOG_TEXT_H
#define DECLORM_DIALECT_POSTGRESQL_CATALOG_TEXT_H

#include <functional>
#include <string>
#include <string_view>

namespace declorm::detail {

/// An expression without the parentheses around the whole of it.
std::string without_parentheses(std::string_view sql);
/// A literal without the cast to its column's type that stands behind it; anything else as it is.
std::string without_cast(std::string_view sql);
/// An expression without the casts that PostgreSQL added: of literals, and of columns of texts to
/// `text`. `is_text`: whether a column holds texts.
std::string without_added_casts(std::string_view sql,
                                const std::function<bool(std::string_view column)> &is_text);
/// The condition in "CHECK ((age > 0)) NOT VALID".
std::string check_condition(std::string_view definition);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_CATALOG_TEXT_H
