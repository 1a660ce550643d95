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
  std::string name;     ///< as the database spells it
  Type type;            ///< see `MetaData::reflect`
  bool nullable = true; ///< false in a primary key, even where SQLite lets NULL into one
  std::optional<std::string> default_value;       ///< raw SQL
  std::optional<std::string> computed;            ///< raw SQL of a generated column
  bool stored = false;                            ///< a generated column that is stored
  std::string collation;                          ///< "" : the database's default
  std::vector<detail::ColumnOption> options = {}; ///< of the dialect: see `column_option`

  friend bool operator==(const ReflectedColumn &, const ReflectedColumn &) = default;
};

/// A primary key or a unique constraint; a table without a key has one without columns.
struct ReflectedKey {
  std::optional<std::string> name;               ///< nullopt: the constraint has none
  std::vector<std::string> columns;              ///< in key order
  std::vector<KeyOrder> order = {};              ///< one for each column, or empty
  std::vector<detail::TableOption> options = {}; ///< of the dialect: see Constraint::options

  friend bool operator==(const ReflectedKey &, const ReflectedKey &) = default;
};

/// A foreign key of a table, as the database has it. SQLAlchemy's ReflectedForeignKeyConstraint.
struct ReflectedForeignKey {
  std::optional<std::string> name;           ///< nullopt: the constraint has none
  std::vector<std::string> columns;          ///< of this table, in the order of `referred_columns`
  std::string referred_table;                ///< as it is spelled where it is defined
  std::vector<std::string> referred_columns; ///< empty: none are named, and there is no such key
  std::string on_delete, on_update;          ///< "" : nothing, the default
  bool deferrable = false;                   ///< DEFERRABLE INITIALLY DEFERRED
  std::string referred_schema;               ///< "" : the default one

  friend bool operator==(const ReflectedForeignKey &, const ReflectedForeignKey &) = default;
};

/// A CHECK of a table, as the database has it. SQLAlchemy's ReflectedCheckConstraint.
struct ReflectedCheck {
  std::optional<std::string> name; ///< nullopt: the constraint has none
  std::string sql;                 ///< comments left out, blanks as one space

  friend bool operator==(const ReflectedCheck &, const ReflectedCheck &) = default;
};

/// An index of a table, always with a name. Those that the database makes for constraints are not
/// among them.
using ReflectedIndex = Index;

/// Looks at a database, not at a MetaData. Each call reads it anew, in a transaction of its own,
/// over a connection of the engine; for many tables at once there is MetaData::reflect. Cheap to
/// copy; safe to use from several threads. SQLAlchemy's Inspector.
///
/// `schema`: "" is the default one, in which temporary tables are found too, and hide others of
/// their names. Names of tables are compared as the database does.
///
/// All throw ArgumentError for a schema, and NoSuchTableError for a table that is not there, with
/// the nearest names; and DatabaseError for a database that cannot be read. What a view has not is
/// empty.
class Inspector {
public:
  /// Makes an inspector of the engine's database; opens no connection yet.
  explicit Inspector(Engine engine) : engine_(std::move(engine)) {}

  /// Returns the names of the tables, without views, temporary and virtual tables, and those that
  /// the database or a virtual table keeps for itself. Temporary ones are in the schema "temp".
  std::vector<std::string> table_names(std::string_view schema = {}) const;
  /// Returns the names of the views, temporary ones only in the schema "temp".
  std::vector<std::string> view_names(std::string_view schema = {}) const;
  /// Whether there is a table, a view or a virtual table of that name; throws no NoSuchTableError.
  bool has_table(std::string_view name, std::string_view schema = {}) const;
  /// Returns the columns of a table or view, in its order.
  std::vector<ReflectedColumn> columns(std::string_view table, std::string_view schema = {}) const;
  /// Returns the table's primary key; one without columns if there is none.
  ReflectedKey primary_key(std::string_view table, std::string_view schema = {}) const;
  /// Returns the table's foreign keys.
  std::vector<ReflectedForeignKey> foreign_keys(std::string_view table,
                                                std::string_view schema = {}) const;
  /// Returns the table's indexes but for those of constraints.
  std::vector<ReflectedIndex> indexes(std::string_view table, std::string_view schema = {}) const;
  /// Returns the table's unique constraints.
  std::vector<ReflectedKey> unique_constraints(std::string_view table,
                                               std::string_view schema = {}) const;
  /// Returns the table's CHECKs.
  std::vector<ReflectedCheck> check_constraints(std::string_view table,
                                                std::string_view schema = {}) const;

private:
  Engine engine_;
};

/// Makes an Inspector of the engine's database. SQLAlchemy's inspect().
inline Inspector inspect(const Engine &engine) { return Inspector(engine); }

} // namespace declorm

#endif // DECLORM_REFLECTION_H
