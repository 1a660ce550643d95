// type_names.h: How messages spell a column's type.
#ifndef DECLORM_MODEL_TYPE_NAMES_H
#define DECLORM_MODEL_TYPE_NAMES_H

#include "runtime/model/mapping.h"

namespace declorm::model {

/// Standard SQL, of no dialect: "VARCHAR(50)". What has no column type is spelled as in the source.
std::string sql_type_name(const ColumnDecl &column);

} // namespace declorm::model

#endif // DECLORM_MODEL_TYPE_NAMES_H
