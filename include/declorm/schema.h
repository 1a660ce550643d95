// schema.h: MetaData, Table, Column, constraints and indexes.
//
// Tables as data, for hand-made and mapped ones alike. SQLAlchemy's sqlalchemy.schema.
#ifndef DECLORM_SCHEMA_H
#define DECLORM_SCHEMA_H

#include "declorm/owned.h"
#include "declorm/type.h"
#include "declorm/value.h"

#include <functional>
#include <memory>

namespace declorm {

class Engine;
class MetaData;
struct Difference;
class Table;

/// What a constraint demands: `primary_key`, `unique`, `foreign_key` or `check`.
enum class ConstraintKind : unsigned char { primary_key, unique, foreign_key, check };

/// What a foreign key does when the row it points to goes or changes, and when it is checked.
struct ForeignKeyOptions {
  std::string on_delete;   ///< "CASCADE", "SET NULL", …; "" : the database's default
  std::string on_update;   ///< the same for a key that changes
  bool deferrable = false; ///< DEFERRABLE INITIALLY DEFERRED
  std::string name;        ///< of the constraint; "" : unnamed
};

/// A reference from one column to another, by name; resolved when it is needed.
class ForeignKey {
public:
  /// Makes a reference to `target`, "table.column" or "schema.table.column". Throws ArgumentError
  /// if it has no dot, or if `options` names an action that is none of SQL's.
  explicit ForeignKey(std::string target, ForeignKeyOptions options = {});

  /// Returns "users.id", as given.
  const std::string &target() const { return target_; }
  /// Returns the table's name, "users", or "schema.users".
  std::string target_table() const;
  /// Returns the column's name, "id".
  std::string target_column() const;
  /// Returns what the key does, and its name.
  const ForeignKeyOptions &options() const { return options_; }

private:
  std::string target_;
  ForeignKeyOptions options_;
};

namespace detail {
/// An option of one dialect, for a table or a constraint.
struct TableOption {
  std::string name, value;

  friend bool operator==(const TableOption &, const TableOption &) = default;
};
/// An option of one dialect, for a column.
struct ColumnOption {
  std::string name, value;

  friend bool operator==(const ColumnOption &, const ColumnOption &) = default;
};
enum class ColumnFlag : unsigned char { primary_key, not_null, nullable, unique, index };
struct ColumnDefault {
  Value value;
  std::function<Value()> function;
};
struct ServerDefault {
  std::string sql;
};
struct Computed {
  std::string sql;
  bool stored;
};
struct Collation {
  std::string name;
};
struct ColumnComment {
  std::string text;
};
struct Autoincrement {
  bool enabled;
};
/// What few columns have; apart, so that the others stay small.
struct RareColumnParts;
} // namespace detail

/// Arguments of Column without a value: it is (part of) the primary_key, takes no NULL (not_null),
/// takes each value once (unique), or has an index of its own (index).
inline constexpr detail::ColumnFlag primary_key = detail::ColumnFlag::primary_key;
inline constexpr detail::ColumnFlag not_null = detail::ColumnFlag::not_null;
inline constexpr detail::ColumnFlag unique = detail::ColumnFlag::unique;
inline constexpr detail::ColumnFlag index = detail::ColumnFlag::index;

/// Gives the column the value that a row gets which is inserted without one: a value, or a function
/// that is called for each row, in the thread that inserts. SQLAlchemy's default=.
template <class V> detail::ColumnDefault default_value(V &&value) {
  if constexpr (std::is_invocable_v<V>)
    return {{}, [function = std::forward<V>(value)] { return Value(function()); }};
  else
    return {Value(value), {}};
}
/// Gives the column a DEFAULT in the DDL, raw SQL.
inline detail::ServerDefault server_default(std::string sql) { return {std::move(sql)}; }
/// Makes the column GENERATED ALWAYS AS (sql), raw SQL. `stored`: computed when the row is written,
/// not when it is read. SQLAlchemy's Computed.
inline detail::Computed computed(std::string sql, bool stored = false) {
  return {std::move(sql), stored};
}
/// Says how the database compares the column's text: `collation("NOCASE")`.
inline detail::Collation collation(std::string name) { return {std::move(name)}; }
/// Gives a column or a table a comment, for people: Column::comment() and Table::comment() return
/// it. It is not written to the database.
inline detail::ColumnComment comment(std::string text) { return {std::move(text)}; }
/// Says whether the database makes the column's values, a key: without it, see
/// Column::autoincrement().
inline detail::Autoincrement autoincrement(bool enabled) { return {enabled}; }
/// Gives the column an option for one dialect, by its prefix, as `table_option` gives one to a
/// table. A name with the prefix that the dialect does not know is an ArgumentError of its DDL.
inline detail::ColumnOption column_option(std::string name, std::string value) {
  return {std::move(name), std::move(value)};
}

/// A column. A value until a Table takes it; then it lives as long as the Table and has its
/// address.
class Column {
public:
  /// Makes a column of a name and a type; further arguments are primary_key, not_null, unique,
  /// index, default_value(v), server_default("sql"), computed("sql"), collation("…"),
  /// autoincrement(bool), comment("…"), column_option(…), ForeignKey(…), in any order.
  template <class... Arguments>
  Column(std::string name, Type type, Arguments &&...arguments)
      : Column(PlainColumn(), std::move(name), std::move(type)) {
    (apply(std::forward<Arguments>(arguments)), ...);
  }

  Column(const Column &);
  Column(Column &&) noexcept;
  Column &operator=(const Column &);
  Column &operator=(Column &&) noexcept;
  ~Column();

  /// Returns the column's name.
  const std::string &name() const { return name_; }
  /// Returns the column's type.
  const Type &type() const { return type_; }
  /// Whether the column takes NULL; a primary key never does.
  bool nullable() const { return nullable_ && !primary_key_; }
  /// Whether the column is (part of) the primary key.
  bool primary_key() const { return primary_key_; }
  /// Whether the column alone takes each value once.
  bool unique() const { return unique_; }
  /// Whether the column has an index of its own.
  bool index() const { return index_; }
  /// Whether the database makes the key: the table's only key column, an integer without a foreign
  /// key or default, unless `autoincrement(false)`.
  bool autoincrement() const;
  /// Returns what a row gets that is inserted without a value by declorm; nullopt: nothing.
  const std::optional<detail::ColumnDefault> &default_value() const;
  /// Returns the DEFAULT in the DDL, raw SQL; nullopt: there is none.
  const std::optional<std::string> &server_default() const;
  /// Returns what the database computes the column from, raw SQL; nullopt: it is not computed.
  const std::optional<std::string> &computed() const;
  /// Whether a computed column is computed when the row is written, not when it is read.
  bool computed_stored() const;
  /// Returns the collation of the column's text; "" : the database's default.
  const std::string &collation() const;
  /// Returns the comment, or "".
  const std::string &comment() const;
  /// Returns the options for dialects: see `column_option`.
  const std::vector<detail::ColumnOption> &options() const;
  /// Returns the value of the option of that name; nullopt if it is not given.
  std::optional<std::string> option(std::string_view name) const;
  /// Returns the column's foreign keys: its own and those of the table's constraints for this
  /// column alone.
  const std::vector<ForeignKey> &foreign_keys() const { return foreign_keys_; }
  /// Returns the table that holds the column. Throws InvalidRequestError if none does.
  const Table &table() const;

  // What the constructor's arguments do, one by one; before a table takes the column.
  /// For the constructor: apply() does what one argument says.
  void apply(detail::ColumnFlag flag);
  void apply(detail::ColumnDefault value);
  void apply(detail::ServerDefault value);
  void apply(detail::Computed value);
  void apply(detail::Collation value);
  void apply(detail::ColumnComment value);
  void apply(detail::Autoincrement value);
  void apply(detail::ColumnOption value);
  void apply(ForeignKey key);
  /// Returns the same column of another type, for Table::replace: the foreign keys are left out,
  /// because the table keeps those that it has.
  Column with_type(Type type) const;

private:
  friend class Table;
  friend class MetaData;

  struct PlainColumn {};
  Column(PlainColumn, std::string name, Type type);
  const detail::RareColumnParts &rare() const;
  detail::RareColumnParts &add_rare();

  std::string name_;
  Type type_;
  bool nullable_ = true, primary_key_ = false, unique_ = false, index_ = false;
  bool has_autoincrement_ = false, autoincrement_ = false; ///< whether it was said, and what
  std::vector<detail::RareColumnParts> rare_; ///< one, or none if the column has nothing rare
  std::vector<ForeignKey> foreign_keys_;
  const Table *table_ = nullptr;
};

/// How a key has one of its columns, where that is not as the column itself is.
struct KeyOrder {
  std::string collation;   ///< "" : the column's
  bool descending = false; ///< from large to small

  friend bool operator==(const KeyOrder &, const KeyOrder &) = default;
};

/// A constraint of a table. SQLAlchemy's Constraint and its subclasses, told apart by kind.
struct Constraint {
  ConstraintKind kind = ConstraintKind::unique; ///< what it demands
  std::string name;                             ///< "" : unnamed
  std::vector<std::string> columns;             ///< by name; empty for a check
  std::vector<std::string> referred;            ///< foreign key: "table.column" each
  std::string on_delete, on_update;             ///< foreign key
  bool deferrable = false;                      ///< foreign key
  std::string sql;                              ///< check
  /// Primary key and unique: how it has each of `columns`; empty: as they are by themselves.
  std::vector<KeyOrder> order = {};
  /// For dialects, by their prefixes, as `table_option` makes them; names that a dialect does not
  /// know are ArgumentErrors of its DDL.
  std::vector<detail::TableOption> options = {};

  /// The value of the option; nothing if it is not given.
  std::optional<std::string> option(std::string_view name) const;
};

/// Makes a primary key for `add_table` of columns by name, and optionally of a name.
Constraint PrimaryKeyConstraint(std::vector<std::string> columns, std::string name = {});
/// Makes a constraint for `add_table` that each combination of these columns' values stands in one
/// row.
Constraint UniqueConstraint(std::vector<std::string> columns, std::string name = {});
/// Makes a foreign key for `add_table`: `columns` hold the values of `referred`, each
/// "table.column", of another row. Throws ArgumentError if their numbers differ, or if an action is
/// none of SQL's.
Constraint ForeignKeyConstraint(std::vector<std::string> columns, std::vector<std::string> referred,
                                ForeignKeyOptions options = {});
/// Makes a CHECK for `add_table`: a condition, raw SQL, that no row may break; a row for which it
/// is NULL does not.
Constraint CheckConstraint(std::string sql, std::string name = {});

/// An index. An empty name becomes `ix_TABLE_COLUMN…`.
struct Index {
  std::string name = {};                 ///< "" : of the table and the columns
  std::vector<std::string> columns = {}; ///< by name, in order
  bool unique = false;                   ///< no two rows have the same values
  /// Condition of a partial index, raw SQL; "" : it has all rows.
  std::string where = {};
  /// If not empty: all parts of the key in order, as raw SQL ("lower(name)", "name DESC"), or as
  /// they stand in `columns`, which are those among them that are a column and nothing more.
  std::vector<std::string> expressions = {};

  friend bool operator==(const Index &, const Index &) = default;
};

/// One of the tables of a `polymorphic_union`, and what the type column says of its rows.
struct UnionPart {
  /// Makes a part of a table and the identity of its rows.
  UnionPart(Value wanted, const Table &source) : identity(std::move(wanted)), table(&source) {}

  Value identity;     ///< text or an integer, or NULL for one of them; for the type column
  const Table *table; ///< must live as long as the union
};

/// How a `polymorphic_union` is written.
struct UnionOptions {
  /// A column that a part lacks is `CAST(NULL AS type)`, else plain NULL.
  bool cast_nulls = true;
};

namespace detail {
struct TableSchema {
  std::string name;
};
struct ViewMark {};
struct AutoloadWith {
  const Engine *engine;
};
struct ExtendExisting {};
struct AutoloadReplace {
  bool enabled;
};
struct IncludeColumns {
  std::vector<std::string> names;
};

/// What `add_table` is asked for, apart from the table's parts.
struct TableRequest {
  std::string schema;
  const Engine *engine = nullptr; ///< to read from
  bool extends = false, replaces = true, has_parts = false;
  const std::vector<std::string> *include_columns = nullptr; ///< null: all
  Owned<Table> table;                                        ///< that becomes the one asked for
  std::vector<std::unique_ptr<Table>> others;                ///< that were read too

  TableRequest();
  ~TableRequest();
  void read(const TableSchema &wanted) { schema = wanted.name; }
  void read(const AutoloadWith &wanted) { engine = wanted.engine; }
  void read(ExtendExisting) { extends = true; }
  void read(AutoloadReplace wanted) { replaces = wanted.enabled; }
  void read(const IncludeColumns &wanted) { include_columns = &wanted.names; }
  template <class Part> void read(const Part &) { has_parts = true; }
};
/// The tables of a MetaData.
struct TableList;
/// What makes a Table the union of others.
struct UnionDefinition {
  std::vector<UnionPart> parts;
  std::string type_column; ///< "" : none
  UnionOptions options;
};
} // namespace detail

/// An option for one dialect, by its prefix: `table_option("mysql_engine", "InnoDB")`.
inline detail::TableOption table_option(std::string name, std::string value) {
  return {std::move(name), std::move(value)};
}
/// Puts the table of `add_table` into a schema: an attached database, "temp".
inline detail::TableSchema schema(std::string name) { return {std::move(name)}; }
/// Says that the table is a view: for reading, not for create_all().
inline constexpr detail::ViewMark view{};

// For `add_table`: tables from the database, and tables that are there already.

/// Reads the table from the database, and those that its foreign keys refer to. The engine must
/// live until add_table() returns.
inline detail::AutoloadWith autoload_with(const Engine &engine) { return {&engine}; }
/// If the table is there, it gets what is given, and what is read, in place of what it has.
inline constexpr detail::ExtendExisting extend_existing{};
/// With extend_existing: `false` keeps the columns that the table has, and reads only others.
inline detail::AutoloadReplace autoload_replace(bool enabled) { return {enabled}; }
/// Reads these columns only; a key, constraint or index with another one is left out, and checks
/// are if any column is.
inline detail::IncludeColumns include_columns(std::vector<std::string> names) {
  return {std::move(names)};
}

/// Patterns for the names of constraints and indexes that have none; "" leaves them without one,
/// and an index with ix_TABLE_COLUMN…. In braces stand {table}, {columns}, joined by "_", and
/// {column}, the first of them; of a foreign key also {referred_table} and {referred_columns};
/// {number} is the first, from 1 on, that makes a name which the table does not have. SQLAlchemy's
/// naming_convention.
struct NamingConvention {
  std::string primary_key = {}; ///< "pk_{table}"
  std::string unique = {};      ///< "uq_{table}_{columns}"
  std::string foreign_key = {}; ///< "fk_{table}_{columns}_{referred_table}"
  std::string check = {};       ///< "ck_{table}_{number}": a check has no columns
  std::string index = {};       ///< "ix_{table}_{columns}"
};

/// A table: columns, constraints, indexes. Lives in its MetaData. Reading a table that nobody
/// changes is safe from any thread; changing one, by append(), replace() or extend_existing, is not
/// while others read it. SQLAlchemy's Table.
class Table {
public:
  Table(const Table &) = delete;
  Table &operator=(const Table &) = delete;
  ~Table();

  /// Returns the name without the schema.
  const std::string &name() const { return name_; }
  /// Returns the schema's name; "" : the default one.
  const std::string &schema() const { return schema_; }
  /// Returns "schema.name", or "name".
  const std::string &full_name() const { return full_name_; }
  /// Returns the columns in the order of the DDL. The pointers stay valid as long as the table.
  const std::vector<std::unique_ptr<Column>> &owned_columns() const { return columns_; }
  /// Returns the columns in the order of the DDL; the pointers are valid as long as the table.
  std::vector<const Column *> columns() const;
  /// Returns the column of that name. Throws ArgumentError, with the nearest name, if there is
  /// none.
  const Column &column(std::string_view name) const;
  /// Returns the column of that name; null if there is none.
  const Column *find_column(std::string_view name) const;
  /// Returns the key's columns, in key order; none if the table has no key.
  std::vector<const Column *> primary_key() const;
  /// Returns the foreign keys of all columns, as long as the columns stay as they are.
  std::vector<const ForeignKey *> foreign_keys() const;
  /// Returns the constraints of the table and those of columns (UNIQUE, FOREIGN KEY), in the order
  /// of the DDL.
  const std::vector<Constraint> &constraints() const { return constraints_; }
  /// Returns the indexes, those of single columns among them.
  const std::vector<Index> &indexes() const { return indexes_; }
  /// Returns the comment, or "".
  const std::string &comment() const { return comment_; }
  /// Returns the value of the option of that name; nullopt if it is not given.
  std::optional<std::string> option(std::string_view name) const;
  const std::vector<detail::TableOption> &options() const { return options_; }
  /// Returns free notes, which declorm does not read: `info("key", "value")`.
  const std::vector<std::pair<std::string, std::string>> &info() const { return info_; }
  /// Returns the MetaData that holds it.
  MetaData &metadata() const { return *metadata_; }
  /// Whether it stands for a view, or another thing that CREATE TABLE does not make: it was
  /// reflected, or added with `view`. create_all() and drop_all() leave it alone.
  bool is_view() const { return is_view_; }
  /// Returns what the database that the table was reflected from says of it and a Table cannot
  /// hold, such as a column without a name: a sentence each, without a full stop, for people.
  const std::vector<std::string> &left_out() const { return left_out_; }
  /// Returns the parts of a `polymorphic_union`; null for a table of the database.
  const detail::UnionDefinition *union_definition() const { return union_.get(); }

  /// Adds to the table. Throws ArgumentError for a second column of a name, or a constraint or
  /// index on a column that does not exist (it names constraint, table and the nearest column), or
  /// a column for a union. No other thread may read the table meanwhile.
  void append(Column column);
  void append(Constraint constraint);
  void append(Index index);
  void append(detail::TableOption option);
  void append(detail::ColumnComment comment);
  /// Puts the column where one of its name is, which it replaces, or at the end. It stays part of
  /// the key, and keeps the foreign keys of the one before if it has none.
  void replace(Column column);
  void append(detail::ViewMark) { is_view_ = true; }
  /// Replaces the notes that info() returns.
  void set_info(std::vector<std::pair<std::string, std::string>> info);
  /// Replaces the sentences that left_out() returns.
  void set_left_out(std::vector<std::string> sentences);

private:
  friend class MetaData;
  friend Table &polymorphic_union(std::vector<UnionPart> parts, std::string type_column,
                                  std::string name, UnionOptions options);
  /// Takes over all that `other` has, columns by their names, which keep their addresses.
  void become(Table &&other);
  void drop_foreign_keys_of(const std::string &column);
  Table(MetaData &metadata, std::string name, std::string schema);

  MetaData *metadata_;
  std::string name_, schema_, full_name_;
  std::vector<std::unique_ptr<Column>> columns_;
  void add_column_constraints(const Column &column);
  void name_constraints();
  void check_columns(const std::string &what, const std::vector<std::string> &columns) const;
  std::vector<std::string> column_names() const;

  std::vector<Constraint> constraints_; ///< the key, then explicit ones, then those of columns
  std::size_t explicit_constraints_ = 0;
  std::vector<Index> indexes_;
  std::vector<detail::TableOption> options_;
  std::vector<std::pair<std::string, std::string>> info_;
  std::vector<std::string> left_out_;
  std::string comment_;
  bool is_view_ = false;
  detail::Owned<const detail::UnionDefinition> union_;
};

/// What `MetaData::reflect` reads.
struct ReflectOptions {
  /// Which tables (and views) are read; empty: all tables.
  std::vector<std::string> only = {};
  /// The schema that they are read from (an attached database, "temp"); "" : the default one.
  std::string schema = {};
  /// Whether views are read too.
  bool views = false;
  /// Whether, with `only`, the tables that foreign keys of these refer to are read too, and so on.
  bool resolve_foreign_keys = true;
};

/// A set of tables. SQLAlchemy's MetaData.
///
/// Threads: its functions may be called from any thread; each holds a lock until it returns, also
/// create_all(), drop_all(), reflect() and compare(), while they wait for the database. A loop over
/// tables() or sorted_tables() runs over a copy of the list, without the lock: adding tables does
/// not disturb it, remove() and clear() destroy tables that it may be about to visit.
class MetaData {
public:
  /// Makes a MetaData without tables.
  MetaData();
  ~MetaData();
  MetaData(const MetaData &) = delete;
  MetaData &operator=(const MetaData &) = delete;

  /// Names the constraints and indexes that have no name, of the tables that are here and of all
  /// that come. Named are then also those of annotated classes, and a database may drop them one by
  /// one. Call it before the tables are created, and before other threads use the MetaData. Throws
  /// ArgumentError for a pattern with an unknown placeholder, or one that cannot tell two names of
  /// a table apart; InvalidRequestError if the MetaData has a convention already. SQLAlchemy's
  /// MetaData(naming_convention=…).
  void naming_convention(NamingConvention patterns);

  /// Adds a table. Arguments: Column, Constraint, Index, table_option(…), comment(…), schema(…),
  /// view, autoload_with(engine), extend_existing, autoload_replace(false), include_columns({…}),
  /// in any order. A table that is there, and for which no parts are given, is returned as it is,
  /// and nothing is read. Columns that are given beside autoload_with() win over those of the
  /// database. Adds nothing if it throws: InvalidRequestError if the table exists, and with
  /// autoload_with() what reflect() throws.
  template <class... Arguments> Table &add_table(std::string name, Arguments &&...arguments) {
    detail::TableRequest request;
    (request.read(arguments), ...);
    Table &table = start_table(std::move(name), request);
    // Columns first: constraints may stand anywhere.
    (append_if<true>(table, arguments, request), ...);
    (append_if<false>(table, arguments, request), ...);
    return finish_table(request);
  }
  /// Returns an empty table that is not in the MetaData yet; insert() puts it there.
  std::unique_ptr<Table> new_table(std::string name, std::string schema_name = {});
  /// Puts a table of new_table() into the MetaData and returns it. Throws InvalidRequestError if
  /// one of its name is there.
  Table &insert(std::unique_ptr<Table> table);
  /// Returns the table of that name, which may be "schema.name". Throws NoSuchTableError, with the
  /// nearest name.
  Table &table(std::string_view name);
  /// Returns the table of that name, which may be "schema.name"; null if there is none.
  Table *find_table(std::string_view name);
  /// Returns the tables in the order they were added.
  std::vector<Table *> tables();
  /// Returns the tables by dependency: a table after those it refers to, else in the order they
  /// were added. Throws CircularDependencyError naming the circle, NoReferencedTableError,
  /// NoReferencedColumnError.
  std::vector<Table *> sorted_tables();

  /// Creates the tables that are missing, with their indexes, in one transaction, by dependency.
  /// Views are left out, as in drop_all().
  void create_all(const Engine &engine);
  /// Drops the tables that exist, in reverse, in one transaction. Rows of tables that refer to each
  /// other in a circle are deleted first. Throws DatabaseError, and drops none.
  void drop_all(const Engine &engine);
  /// Adds the tables that the database has, except those that are here already: these are not read
  /// again. Takes a number of statements that does not grow with the tables, on one connection in
  /// one transaction, so that they see one state. Adds all or, if it throws, nothing.
  /// SQLAlchemy's MetaData.reflect.
  ///
  /// Tables and columns without a name, which no statement could mention, are left out, with what
  /// needs them: Table::left_out() says so. A table of nothing else has no columns, as a view.
  ///
  /// Names are spelled as the database has them, whatever `only` says. A foreign key may refer to a
  /// table that is not there: using it throws NoReferencedTableError. The key columns of a foreign
  /// key that names none are filled in.
  ///
  /// Throws NoSuchTableError for names in `only` that the database does not have, with the nearest
  /// ones, and DatabaseError for a database that cannot be read.
  void reflect(const Engine &engine, const ReflectOptions &options = {});
  /// Forgets a table, whose address is invalid then. Nothing of the database changes. SQLAlchemy's
  /// MetaData.remove.
  void remove(const Table &table);
  /// How the database differs from the tables here, in their order; none: programs that use these
  /// tables work with it. Views and tables that are only there are left out. See difference.h.
  /// Throws DatabaseError for a database that cannot be read.
  std::vector<Difference> compare(const Engine &engine);
  /// Forgets all tables, and unions of them; pointers to them are invalid.
  void clear();
  /// Has a function called when the MetaData ends, before its tables do, in that thread.
  void at_end(void (*function)(const MetaData &ended));

private:
  friend class Table;
  friend Table &polymorphic_union(std::vector<UnionPart> parts, std::string type_column,
                                  std::string name, UnionOptions options);
  const NamingConvention *naming() const; ///< null: none
  /// What the request alone makes of the table, outside the MetaData, and what puts it there.
  Table &start_table(std::string name, detail::TableRequest &request);
  Table &finish_table(detail::TableRequest &request);
  template <bool Columns, class A>
  static void append_if(Table &table, A &argument, const detail::TableRequest &request) {
    constexpr bool is_column = std::is_same_v<std::remove_const_t<A>, Column>;
    if constexpr (is_column && Columns)
      request.engine || request.extends ? table.replace(argument) : table.append(argument);
    else if constexpr (!is_column && !Columns && requires { table.append(argument); })
      table.append(argument);
  }

  detail::Owned<detail::TableList> list_;
};

/// A Table to read from that holds the rows of several: `(SELECT … UNION ALL SELECT …) AS name`.
/// SQLAlchemy's polymorphic_union.
///
/// It has the columns of all parts, in the order they first appear, each with the type it has in
/// the first part that has it; where a part lacks one there is NULL. Last comes `type_column` with
/// the part's identity; "" : no such column. Its key are the columns that are key in all parts.
/// What is added to a part later is not in it.
///
/// Lives as long as the MetaData of its parts, which owns it and lists it nowhere: find_table(),
/// tables() and create_all() do not know it.
///
/// Throws ArgumentError: no parts, a part given twice, parts of several MetaData, two parts of one
/// identity, an identity that is neither text nor an integer nor NULL, a column of a part called
/// `type_column`, columns of one name whose types do not go together.
Table &polymorphic_union(std::vector<UnionPart> parts, std::string type_column,
                         std::string name = "p_union", UnionOptions options = {});

/// The CREATE TABLE statement, without a semicolon. Throws ArgumentError for a view or a union.
std::string create_sql(const Table &table, const Dialect &dialect);
/// The CREATE INDEX statement.
std::string create_sql(const Table &table, const Index &index, const Dialect &dialect);
/// Returns all CREATE statements of all tables, by dependency, each ending in ";\n".
std::string create_all_sql(MetaData &metadata, const Dialect &dialect);

} // namespace declorm

#endif // DECLORM_SCHEMA_H
