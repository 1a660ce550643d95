// dialect.h: how one kind of database spells SQL.
#ifndef DECLORM_DIALECT_H
#define DECLORM_DIALECT_H

#include "declorm/type.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace declorm {

class Connection;
class Value;
namespace detail {
struct Generation;
struct TextRules;
class DdlWriter;
class SchemaReader;
class SqlWriter;
class TypeRules;
} // namespace detail

/// How much one kind of database takes.
struct DialectLimits {
  /// The longest name of a table, column, constraint or index, in bytes; 0: any.
  std::size_t name_length = 0;
  /// The most parameters of one statement.
  std::size_t parameters = 32766;
};

/// How one kind of database spells types, names and statements. Immutable; safe to use from several
/// threads; lives forever. SQLAlchemy's Dialect with its compilers.
class Dialect {
public:
  virtual ~Dialect() = default;

  /// Returns the name, "sqlite"; also the prefix of its table options ("sqlite_…").
  virtual std::string_view name() const = 0;
  /// Returns the type as written in DDL: "VARCHAR(50)". Throws ArgumentError for a type that it
  /// does not have.
  virtual std::string type_sql(const Type &type) const = 0;
  /// Whether a word must be quoted to be a name.
  virtual bool is_reserved(std::string_view word) const = 0;
  /// Returns how much the database takes.
  virtual DialectLimits limits() const { return {}; }
  /// Returns a table's name as the database compares it.
  virtual std::string folded_table(std::string_view name) const { return std::string(name); }
  /// Returns a column's name as the database compares it.
  virtual std::string folded_column(std::string_view name) const { return std::string(name); }

  /// Returns the name, quoted if it must be: reserved words, upper case, anything but [a-z0-9_], a
  /// leading digit. Throws ArgumentError for a name with a NUL byte or an empty one.
  virtual std::string quote(std::string_view name) const;
  /// Returns a string literal: 'it''s'. Throws ArgumentError for a text with a NUL byte.
  virtual std::string quote_literal(std::string_view text) const;
  /// Returns `schema.name`, each quoted if it must be. Throws ArgumentError as quote() does.
  std::string quote_qualified(std::string_view schema, std::string_view name) const;

  /// Returns how the values come back that the database makes of a row: keys, defaults, what it
  /// computes. This and what follows is for declorm itself.
  virtual const detail::Generation &generation() const = 0;
  /// Returns in which form values are kept, and which types hold the same values.
  virtual const detail::TypeRules &type_rules() const = 0;
  /// Returns how the text of SQL is read: quotes, comments and parameters.
  virtual const detail::TextRules &text_rules() const = 0;
  /// Returns what writes CREATE, ALTER and DROP.
  virtual const detail::DdlWriter &ddl() const = 0;
  /// Returns what writes one SELECT, INSERT, UPDATE or DELETE: standard SQL, unless the dialect has
  /// a writer of its own.
  virtual std::unique_ptr<detail::SqlWriter> sql_writer() const;
  /// Returns how the database would execute a statement, in its own words, a line for each step.
  /// `params`: of the statement, in order.
  virtual std::string plan(Connection &connection, const std::string &sql,
                           const std::vector<Value> &params) const;
  /// Returns what reads the tables of a schema ("" : the default) over a connection, which must
  /// outlive it. Throws ArgumentError if there is no such schema.
  virtual std::unique_ptr<detail::SchemaReader> schema_reader(Connection &connection,
                                                              std::string_view schema) const = 0;
};

/// Returns the dialect of that name ("sqlite"), which lives forever. Throws ArgumentError, with the
/// known names.
const Dialect &dialect(std::string_view name);

} // namespace declorm

#endif // DECLORM_DIALECT_H
