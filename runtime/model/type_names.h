// type_names.h: How messages spell columns and what tells two of them apart.
#ifndef DECLORM_MODEL_TYPE_NAMES_H
#define DECLORM_MODEL_TYPE_NAMES_H

#include "runtime/model/mapping.h"

namespace declorm::model {

/// Standard SQL, of no dialect: "VARCHAR(50)". What has no column type is spelled as in the source.
std::string sql_type_name(const ColumnDecl &column);

/// "position.x": the member with those it stands in.
std::string member_path(const ColumnDecl &column);

/// What tells two columns of one name apart, as two texts; both empty: nothing.
std::pair<std::string, std::string> difference(const ColumnDecl &a, const ColumnDecl &b);

} // namespace declorm::model

#endif // DECLORM_MODEL_TYPE_NAMES_H
