// dialect.h: how one kind of database spells SQL.
#ifndef DECLORM_DIALECT_H
#define DECLORM_DIALECT_H

#include "declorm/type.h"

#include <memory>
#include <string>
#include <string_view>

namespace declorm {

class Column;
class Connection;
struct Constraint;
class Table;
namespace detail {
class SchemaReader;
}

/// How one kind of database spells types, names and statements. Immutable; safe to share.
/// SQLAlchemy's Dialect with its compilers.
class Dialect {
public:
  virtual ~Dialect() = default;

  /// Returns the name, "sqlite"; also the prefix of its table options ("sqlite_…").
  virtual std::string_view name() const = 0;
  /// Returns the type as written in DDL: "VARCHAR(50)".
  virtual std::string type_sql(const Type &type) const = 0;
  /// Returns the type of `column` in DDL: differs from type_sql where a key needs another spelling.
  virtual std::string column_type_sql(const Column &column) const = 0;
  /// Returns `operand`, an expression, as a value of that type: "CAST(x AS VARCHAR)". Dates and
  /// times are what the database computes of it, in the form in which it keeps them.
  virtual std::string cast_sql(std::string_view operand, const Type &type) const;
  /// Returns `sql`, an expression for the values of `column` that the database computes (its
  /// DEFAULT, a `default_sql`), so that these have the form of all others of its type.
  virtual std::string made_value_sql(const Column &, std::string_view sql) const {
    return std::string(sql);
  }
  /// Returns what stands behind the closing parenthesis of CREATE TABLE, with its leading space, or
  /// "".
  virtual std::string table_suffix_sql(const Table &table) const = 0;
  /// Whether a word must be quoted to be a name.
  virtual bool is_reserved(std::string_view word) const = 0;
  /// Returns the placeholder of parameter `number` (from 1): "?" or "$1".
  virtual std::string placeholder(int number) const = 0;

  /// Returns what makes `column` the key by itself, instead of a PRIMARY KEY constraint; "" :
  /// nothing.
  virtual std::string inline_key_sql(const Column &) const { return ""; }
  /// Whether the database makes the values of `column`, a key that is declared so: some options of
  /// a table keep it from that.
  virtual bool makes_key(const Column &column) const = 0;
  /// Returns what says in DDL that `column`, which is not nullable, takes no NULL: "NOT NULL", and
  /// what the dialect has behind it.
  virtual std::string not_null_sql(const Column &) const { return "NOT NULL"; }
  /// Returns what stands behind a constraint in CREATE TABLE, with its leading space, or "": what
  /// becomes of a row that breaks it, where that is not an error.
  virtual std::string constraint_suffix_sql(const Constraint &) const { return ""; }
  /// Returns the size in bytes of the largest integers that a column of `type`, which is one of
  /// integers, can hold: what its name promises, unless the database takes more.
  virtual unsigned integer_size(const Type &type) const {
    return type.kind == TypeKind::small_integer ? 2 : type.kind == TypeKind::integer ? 4 : 8;
  }
  /// Whether REFERENCES and CREATE INDEX … ON name a table with its schema.
  virtual bool qualifies_references() const { return true; }
  /// Returns a query for the names, folded, of the tables and views of a schema ("" : the default).
  virtual std::string table_names_sql(std::string_view schema) const = 0;
  /// Returns what reads the tables of a schema ("" : the default) over a connection, which must
  /// outlive it. Throws ArgumentError if there is no such schema.
  virtual std::unique_ptr<detail::SchemaReader> schema_reader(Connection &connection,
                                                              std::string_view schema) const = 0;
  /// Returns a table's name as the database compares it.
  virtual std::string folded(std::string_view table_name) const { return std::string(table_name); }
  /// Returns what locks the rows that a SELECT reads, with its leading line end; "" : the database
  /// locks more than rows.
  virtual std::string for_update_sql() const { return ""; }
  /// Returns a statement that puts off the checks of foreign keys to the transaction's end; "" :
  /// none.
  virtual std::string defer_foreign_keys_sql() const { return ""; }

  /// Returns the name, quoted if it must be: reserved words, upper case, anything but [a-z0-9_], a
  /// leading digit. Throws ArgumentError for a name with a NUL byte or an empty one.
  std::string quote(std::string_view name) const;
  /// Returns `schema.name`, each quoted if it must be. Throws ArgumentError as quote() does.
  std::string quote_qualified(std::string_view schema, std::string_view name) const;
  /// Returns a string literal: 'it''s'.
  std::string quote_literal(std::string_view text) const;
};

/// Returns the dialect of that name ("sqlite"), which lives forever. Throws ArgumentError, with the
/// known names.
const Dialect &dialect(std::string_view name);

} // namespace declorm

#endif // DECLORM_DIALECT_H
