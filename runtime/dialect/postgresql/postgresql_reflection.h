// postgresql_reflection.h: the tables of a PostgreSQL database.
#ifndef DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_REFLECTION_H
#define DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_REFLECTION_H

#include "runtime/engine/schema_reader.h"

#include <memory>

namespace declorm {
class Connection;
}

namespace declorm::detail {

/// Throws ArgumentError if there is no such schema.
std::unique_ptr<SchemaReader> make_postgresql_reader(Connection &connection,
                                                     std::string_view schema);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_POSTGRESQL_POSTGRESQL_REFLECTION_H
