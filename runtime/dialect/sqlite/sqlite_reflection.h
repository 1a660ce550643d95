// sqlite_reflection.h: reads the tables of an SQLite database, all of them at once.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_REFLECTION_H
#define DECLORM_DIALECT_SQLITE_SQLITE_REFLECTION_H

#include "runtime/engine/schema_reader.h"

namespace declorm::detail {

std::unique_ptr<SchemaReader> make_sqlite_reader(Connection &connection, std::string_view schema);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_REFLECTION_H
