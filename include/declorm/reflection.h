// reflection.h: Inspector: what a database says about its tables.
//
// SQLAlchemy's sqlalchemy.inspect(engine) and sqlalchemy.engine.reflection.
#ifndef DECLORM_REFLECTION_H
#define DECLORM_REFLECTION_H

#include "declorm/engine.h"
#include "declorm/schema.h"

namespace declorm {

/// A column of a table or view.
struct ReflectedColumn {
  std::string name;
  Type type;            ///< see `MetaData::reflect`
  bool nullable = true; ///< false in a primary key, even where SQLite lets NULL into one
  std::optional<std::string> default_value; ///< raw SQL
  std::optional<std::string> computed;      ///< raw SQL of a generated column
  bool stored = false;                      ///< a generated column that is stored
  std::string collation;                    ///< "" : the database's default

  friend bool operator==(const ReflectedColumn &, const ReflectedColumn &) = default;
};

/// A primary key or a unique constraint; a table without a key has one without columns.
struct ReflectedKey {
  std::optional<std::string> name;
  std::vector<std::string> columns; ///< in key order

  friend bool operator==(const ReflectedKey &, const ReflectedKey &) = default;
};

struct ReflectedForeignKey {
  std::optional<std::string> name;
  std::vector<std::string> columns;
  std::string referred_table;                ///< as it is spelled where it is defined
  std::vector<std::string> referred_columns; ///< empty: none are named, and there is no such key
  std::string on_delete, on_update;          ///< "" : nothing, the default
  bool deferrable = false;                   ///< DEFERRABLE INITIALLY DEFERRED
  std::string referred_schema;               ///< "" : the default one

  friend bool operator==(const ReflectedForeignKey &, const ReflectedForeignKey &) = default;
};

struct ReflectedCheck {
  std::optional<std::string> name;
  std::string sql; ///< comments left out, blanks as one space

  friend bool operator==(const ReflectedCheck &, const ReflectedCheck &) = default;
};

/// Always with a name. Those that the database makes for constraints are not among them.
using ReflectedIndex = Index;

} // namespace declorm

#endif // DECLORM_REFLECTION_H
