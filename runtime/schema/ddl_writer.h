// ddl_writer.h: the statements behind create_all and drop_all.
#ifndef DECLORM_SCHEMA_DDL_WRITER_H
#define DECLORM_SCHEMA_DDL_WRITER_H

#include "declorm/dialect.h"
#include "declorm/schema.h"

namespace declorm::detail {

/// Tables by dependency: one after those it refers to, else in the given order.
struct TableOrder {
  std::vector<Table *> sorted;
  std::vector<Table *> circular; ///< those in `sorted` that refer to each other in a circle
  std::vector<Table *> circle;   ///< one circle among them, in order
};
/// Throws NoReferencedTableError and NoReferencedColumnError.
TableOrder order_by_dependency(const std::vector<Table *> &tables);

/// Writes CREATE, ALTER and DROP for one dialect: standard SQL, and PostgreSQL's where the standard
/// has nothing. A dialect whose database wants something else derives from it and overrides the
/// functions that are virtual. Immutable; safe to use from several threads.
///
/// All functions throw ArgumentError for what cannot be written, such as a column without a type.
class DdlWriter {
public:
  /// `dialect` must outlive the writer.
  explicit DdlWriter(const Dialect &dialect) : dialect_(dialect) {}
  virtual ~DdlWriter() = default;
  DdlWriter(const DdlWriter &) = delete;
  DdlWriter &operator=(const DdlWriter &) = delete;

  // Whole statements, without a semicolon.

  /// Returns what creates the tables, in this order, with their types, indexes, comments, and the
  /// foreign keys that refer to a table behind their own.
  std::vector<std::string> create_all(const std::vector<Table *> &tables) const;
  /// Returns what drops the tables, in this order. `circular`: those of them that refer to each
  /// other in a circle.
  std::vector<std::string> drop_all(const std::vector<Table *> &tables,
                                    const std::vector<Table *> &circular) const;
  /// Returns CREATE TABLE, with all constraints but those of `left_out`.
  std::string create_table(const Table &table,
                           const std::vector<const Constraint *> &left_out = {}) const;
  virtual std::string create_index(const Table &table, const Index &wanted) const;
  virtual std::string add_constraint(const Table &table, const Constraint &constraint) const;
  virtual std::string drop_constraint(const Table &table, const Constraint &constraint) const;
  std::string drop_table(const Table &table) const;
  /// Returns a query for the names, folded, of the tables and views of a schema ("" : the default).
  virtual std::string table_names(std::string_view schema) const = 0;

  // Parts of them, which are compared with what a database has, too.

  /// Returns the type of `column`: differs from Dialect::type_sql where a key needs another
  /// spelling.
  virtual std::string column_type(const Column &column) const;
  /// Returns what says that `column`, which is not nullable, takes no NULL.
  virtual std::string not_null(const Column &) const { return "NOT NULL"; }
  /// Returns "PRIMARY KEY (a COLLATE x, b DESC)" or "UNIQUE (…)", and what the dialect has behind
  /// it.
  std::string key(const Constraint &key) const;
  /// Returns what stands behind a constraint, with its leading space, or "": what becomes of a row
  /// that breaks it, where that is not an error.
  virtual std::string constraint_suffix(const Constraint &) const { return ""; }
  /// Returns what stands behind the closing parenthesis of CREATE TABLE, with its leading space, or
  /// "".
  virtual std::string table_suffix(const Table &) const { return ""; }
  /// Whether the database makes the values of `column`, a key that is declared so: some options of
  /// a table keep it from that.
  virtual bool makes_key(const Column &column) const { return column.autoincrement(); }

protected:
  /// Returns what makes `column` the key by itself, instead of a PRIMARY KEY constraint, or "".
  virtual std::string inline_key(const Column &) const { return ""; }
  /// Returns what makes the database count the values of `column`, a key, or "": its type does.
  virtual std::string identity(const Column &) const;
  /// Returns what makes `column` a generated one.
  virtual std::string computed(const Column &column) const;
  /// Returns what creates the types that the table's columns need and that no table of `before`
  /// has.
  virtual std::vector<std::string> create_types(const Table &, const std::vector<Table *> &) const {
    return {};
  }
  /// Returns what gives the table and its columns their comments.
  virtual std::vector<std::string> comments(const Table &table) const;
  /// Whether constraints can be added and dropped by themselves: then foreign keys that close a
  /// circle are added when all tables are there, and dropped before the first goes.
  virtual bool alters_constraints() const { return true; }
  /// Whether REFERENCES and CREATE INDEX … ON name a table with its schema.
  virtual bool qualifies_references() const { return true; }
  /// Returns what empties tables that refer to each other in a circle, where their foreign keys
  /// cannot be dropped.
  virtual std::vector<std::string> empty_all(const std::vector<Table *> &) const { return {}; }

  /// Throws ArgumentError for an option that has the dialect's prefix and is none of the `known`.
  template <class Option>
  void check_options(const std::vector<Option> &options, const std::vector<std::string> &known,
                     const std::string &subject) const {
    for (const Option &option : options)
      check_option(option.name, known, subject);
  }
  void check_option(const std::string &name, const std::vector<std::string> &known,
                    const std::string &subject) const;

  std::string name_of(const Table &table) const {
    return dialect_.quote_qualified(table.schema(), table.name());
  }
  /// Returns the name, quoted; one that is longer than the database takes ends in a number that is
  /// made of the whole.
  std::string limited_name(std::string_view name) const;
  std::string quoted_list(const std::vector<std::string> &names) const;
  const Dialect &dialect_;

private:
  void check_length(const char *kind, const std::string &name) const;
  std::string column_sql(const Column &column) const;
  std::string constraint_sql(const Table &table, const Constraint &constraint) const;
  std::string references(const Table &table, const Constraint &constraint) const;
  std::string constraint_name(const Constraint &constraint) const;
};

} // namespace declorm::detail

#endif // DECLORM_SCHEMA_DDL_WRITER_H
