// schema.h: MetaData, Table, Column, constraints and indexes.
//
// Tables as data, for hand-made and mapped ones alike. SQLAlchemy's sqlalchemy.schema.
#ifndef DECLORM_SCHEMA_H
#define DECLORM_SCHEMA_H

#include "declorm/type.h"
#include "declorm/value.h"

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace declorm {

class Engine;
class MetaData;
struct Difference;
class Table;

enum class ConstraintKind : unsigned char { primary_key, unique, foreign_key, check };

/// What a foreign key does when the row it points to goes or changes, and when it is checked.
struct ForeignKeyOptions {
  std::string on_delete; ///< "CASCADE", "SET NULL", …; "" : the database's default
  std::string on_update;
  bool deferrable = false; ///< DEFERRABLE INITIALLY DEFERRED
  std::string name;        ///< of the constraint; "" : unnamed
};

/// A reference from one column to another, by name; resolved when it is needed.
class ForeignKey {
public:
  /// `target`: "table.column" or "schema.table.column". Throws ArgumentError if it has no dot.
  explicit ForeignKey(std::string target, ForeignKeyOptions options = {});

  /// "users.id", as given.
  const std::string &target() const { return target_; }
  /// "users", or "schema.users".
  std::string target_table() const;
  std::string target_column() const;
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
/// The same for a column.
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
struct RareColumnParts {
  std::optional<ColumnDefault> default_value;
  std::optional<std::string> server_default, computed;
  std::string comment, collation;
  std::vector<ColumnOption> options;
  bool computed_stored = false;
};
} // namespace detail

inline constexpr detail::ColumnFlag primary_key = detail::ColumnFlag::primary_key;
inline constexpr detail::ColumnFlag not_null = detail::ColumnFlag::not_null;
inline constexpr detail::ColumnFlag unique = detail::ColumnFlag::unique;
inline constexpr detail::ColumnFlag index = detail::ColumnFlag::index;

/// The value a row gets that is inserted without one: a value, or a function called for each row.
template <class V> detail::ColumnDefault default_value(V &&value) {
  if constexpr (std::is_invocable_v<V>)
    return {{}, [function = std::forward<V>(value)] { return Value(function()); }};
  else
    return {Value(value), {}};
}
/// DEFAULT in the DDL, raw SQL.
inline detail::ServerDefault server_default(std::string sql) { return {std::move(sql)}; }
/// GENERATED ALWAYS AS (sql), raw SQL. `stored`: computed when the row is written, not when it is
/// read.
inline detail::Computed computed(std::string sql, bool stored = false) {
  return {std::move(sql), stored};
}
/// How the database compares the column's text: `collation("NOCASE")`.
inline detail::Collation collation(std::string name) { return {std::move(name)}; }
inline detail::ColumnComment comment(std::string text) { return {std::move(text)}; }
inline detail::Autoincrement autoincrement(bool enabled) { return {enabled}; }
/// An option of the column for one dialect, by its prefix, as `table_option` is one of a table. A
/// name with the prefix that the dialect does not know is an ArgumentError of its DDL.
inline detail::ColumnOption column_option(std::string name, std::string value) {
  return {std::move(name), std::move(value)};
}

/// A column. A value until a Table takes it; then it lives as long as the Table and has its
/// address.
class Column {
public:
  /// Arguments: primary_key, not_null, unique, index, default_value(v), server_default("sql"),
  /// computed("sql"), collation("…"), autoincrement(bool), comment("…"), column_option(…),
  /// ForeignKey(…), in any order.
  template <class... Arguments>
  Column(std::string name, Type type, Arguments &&...arguments)
      : name_(std::move(name)), type_(std::move(type)) {
    (apply(std::forward<Arguments>(arguments)), ...);
  }

  Column(const Column &);
  Column(Column &&) noexcept;
  Column &operator=(const Column &);
  Column &operator=(Column &&) noexcept;
  ~Column();

  const std::string &name() const { return name_; }
  const Type &type() const { return type_; }
  bool nullable() const { return nullable_ && !primary_key_; }
  bool primary_key() const { return primary_key_; }
  bool unique() const { return unique_; }
  bool index() const { return index_; }
  /// Whether the database makes the key: the table's only key column, an integer without a foreign
  /// key or default, unless `autoincrement(false)`.
  bool autoincrement() const;
  const std::optional<detail::ColumnDefault> &default_value() const { return rare().default_value; }
  const std::optional<std::string> &server_default() const { return rare().server_default; }
  const std::optional<std::string> &computed() const { return rare().computed; }
  bool computed_stored() const { return rare().computed_stored; }
  /// "" : the database's default.
  const std::string &collation() const { return rare().collation; }
  const std::string &comment() const { return rare().comment; }
  /// For dialects: see `column_option`.
  const std::vector<detail::ColumnOption> &options() const { return rare().options; }
  /// The value of the option; nothing if it is not given.
  std::optional<std::string> option(std::string_view name) const;
  /// Its own and those of the table's constraints for this column alone.
  const std::vector<ForeignKey> &foreign_keys() const { return foreign_keys_; }
  /// The table that holds it. Throws InvalidRequestError if none does.
  const Table &table() const;

  // What the constructor's arguments do, one by one; before a table takes the column.
  void apply(detail::ColumnFlag flag);
  void apply(detail::ColumnDefault value);
  void apply(detail::ServerDefault value);
  void apply(detail::Computed value);
  void apply(detail::Collation value);
  void apply(detail::ColumnComment value);
  void apply(detail::Autoincrement value);
  void apply(detail::ColumnOption value);
  void apply(ForeignKey key);
  /// The same column of another type, for Table::replace: the foreign keys are left out, because
  /// the table keeps those that it has.
  Column with_type(Type type) const;

private:
  friend class Table;
  friend class MetaData;

  const detail::RareColumnParts &rare() const;
  detail::RareColumnParts &add_rare();

  std::string name_;
  Type type_;
  bool nullable_ = true, primary_key_ = false, unique_ = false, index_ = false;
  std::optional<bool> autoincrement_;
  std::vector<detail::RareColumnParts> rare_; ///< one, or none if the column has nothing rare
  std::vector<ForeignKey> foreign_keys_;
  const Table *table_ = nullptr;
};

/// How a key has one of its columns, where that is not as the column itself is.
struct KeyOrder {
  std::string collation; ///< "" : the column's
  bool descending = false;

  friend bool operator==(const KeyOrder &, const KeyOrder &) = default;
};

/// A constraint of a table. SQLAlchemy's Constraint and its subclasses, told apart by kind.
struct Constraint {
  ConstraintKind kind = ConstraintKind::unique;
  std::string name;                  ///< "" : unnamed
  std::vector<std::string> columns;  ///< by name; empty for a check
  std::vector<std::string> referred; ///< foreign key: "table.column" each
  std::string on_delete, on_update;  ///< foreign key
  bool deferrable = false;           ///< foreign key
  std::string sql;                   ///< check
  /// Primary key and unique: how it has each of `columns`; empty: as they are by themselves.
  std::vector<KeyOrder> order = {};
  /// For dialects, by their prefixes, as `table_option` makes them; names that a dialect does not
  /// know are ArgumentErrors of its DDL.
  std::vector<detail::TableOption> options = {};

  /// The value of the option; nothing if it is not given.
  std::optional<std::string> option(std::string_view name) const;
};

/// Constraints for `add_table`, each with columns and an optional name.
Constraint PrimaryKeyConstraint(std::vector<std::string> columns, std::string name = {});
Constraint UniqueConstraint(std::vector<std::string> columns, std::string name = {});
Constraint ForeignKeyConstraint(std::vector<std::string> columns, std::vector<std::string> referred,
                                ForeignKeyOptions options = {});
Constraint CheckConstraint(std::string sql, std::string name = {});

/// An index. An empty name becomes ix_<table>_<column>….
struct Index {
  std::string name = {};
  std::vector<std::string> columns = {};
  bool unique = false;
  /// Condition of a partial index, raw SQL; "" : it has all rows.
  std::string where = {};
  /// If not empty: all parts of the key in order, as raw SQL ("lower(name)", "name DESC"), and
  /// `columns` are those among them that are a column and nothing more.
  std::vector<std::string> expressions = {};

  friend bool operator==(const Index &, const Index &) = default;
};

/// One of the tables of a `polymorphic_union`, and what the type column says of its rows.
struct UnionPart {
  UnionPart(Value wanted, const Table &source) : identity(std::move(wanted)), table(&source) {}

  Value identity; ///< text or an integer, or NULL for one of them; for the type column
  const Table *table;
};

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
  std::optional<std::vector<std::string>> include_columns;
  std::vector<std::unique_ptr<Table>> others; ///< that were read too

  void read(const TableSchema &wanted) { schema = wanted.name; }
  void read(const AutoloadWith &wanted) { engine = wanted.engine; }
  void read(ExtendExisting) { extends = true; }
  void read(AutoloadReplace wanted) { replaces = wanted.enabled; }
  void read(const IncludeColumns &wanted) { include_columns = wanted.names; }
  template <class Part> void read(const Part &) { has_parts = true; }
};
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

/// A table: columns, constraints, indexes. Lives in its MetaData, whose lock guards changes;
/// reading a table that nobody changes is safe from any thread.
class Table {
public:
  Table(const Table &) = delete;
  Table &operator=(const Table &) = delete;
  ~Table();

  const std::string &name() const { return name_; }
  const std::string &schema() const { return schema_; }
  /// "schema.name", or "name".
  const std::string &full_name() const { return full_name_; }
  /// In the order of the DDL. Pointers stay valid as long as the table.
  const std::vector<std::unique_ptr<Column>> &owned_columns() const { return columns_; }
  std::vector<const Column *> columns() const;
  /// Throws ArgumentError, with the nearest name, if there is none.
  const Column &column(std::string_view name) const;
  const Column *find_column(std::string_view name) const;
  /// The key's columns, in key order.
  std::vector<const Column *> primary_key() const;
  std::vector<const ForeignKey *> foreign_keys() const;
  /// Table constraints and those of columns (UNIQUE, FOREIGN KEY), in the order of the DDL.
  const std::vector<Constraint> &constraints() const { return constraints_; }
  const std::vector<Index> &indexes() const { return indexes_; }
  const std::string &comment() const { return comment_; }
  std::optional<std::string> option(std::string_view name) const;
  const std::vector<detail::TableOption> &options() const { return options_; }
  /// Free notes: `info("key", "value")`.
  const std::vector<std::pair<std::string, std::string>> &info() const { return info_; }
  MetaData &metadata() const { return *metadata_; }
  /// Whether it stands for a view, or another thing that CREATE TABLE does not make: it was
  /// reflected, or added with `view`. create_all() and drop_all() leave it alone.
  bool is_view() const { return is_view_; }
  /// What the database that the table was reflected from says of it and a Table cannot hold, such
  /// as a column without a name: a sentence each, without a full stop, for people.
  const std::vector<std::string> &left_out() const { return left_out_; }
  /// Of a `polymorphic_union`: its parts; null for a table of the database.
  const detail::UnionDefinition *union_definition() const { return union_.get(); }

  /// Adds to the table. Throws ArgumentError for a second column of a name, or a constraint or
  /// index on a column that does not exist (it names constraint, table and the nearest column), or
  /// a column for a union.
  void append(Column column);
  void append(Constraint constraint);
  void append(Index index);
  void append(detail::TableOption option) { options_.push_back(std::move(option)); }
  void append(detail::ColumnComment comment) { comment_ = std::move(comment.text); }
  /// Puts the column where one of its name is, which it replaces, or at the end. It stays part of
  /// the key, and keeps the foreign keys of the one before if it has none.
  void replace(Column column);
  void append(detail::ViewMark) { is_view_ = true; }
  void set_info(std::vector<std::pair<std::string, std::string>> info) { info_ = std::move(info); }
  void set_left_out(std::vector<std::string> sentences) { left_out_ = std::move(sentences); }

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
  std::unique_ptr<const detail::UnionDefinition> union_;
};

/// What `MetaData::reflect` reads.
struct ReflectOptions {
  /// These tables (and views); empty: all tables.
  std::vector<std::string> only = {};
  /// Of this schema (an attached database, "temp"); "" : the default one.
  std::string schema = {};
  /// Views too.
  bool views = false;
  /// With `only`: also the tables that foreign keys of these refer to, and so on.
  bool resolve_foreign_keys = true;
};

/// A set of tables. SQLAlchemy's MetaData. Safe to read from several threads; adding tables is
/// serialised inside.
class MetaData {
public:
  MetaData();
  ~MetaData();
  MetaData(const MetaData &) = delete;
  MetaData &operator=(const MetaData &) = delete;

  /// Arguments: Column, Constraint, Index, table_option(…), comment(…), schema(…), view,
  /// autoload_with(engine), extend_existing, autoload_replace(false), include_columns({…}), in any
  /// order. A table that is there, and for which no parts are given, is returned as it is, and
  /// nothing is read. Columns that are given beside autoload_with() win over those of the database.
  /// Adds nothing if it throws: InvalidRequestError if the table exists, and with autoload_with()
  /// what reflect() throws.
  template <class... Arguments> Table &add_table(std::string name, Arguments &&...arguments) {
    detail::TableRequest request;
    (request.read(arguments), ...);
    std::unique_ptr<Table> table = start_table(std::move(name), request);
    // Columns first: constraints may stand anywhere.
    (append_if<true>(*table, arguments, request), ...);
    (append_if<false>(*table, arguments, request), ...);
    return finish_table(std::move(table), std::move(request));
  }
  /// An empty table that is not in the MetaData yet, and the step that puts it there.
  std::unique_ptr<Table> new_table(std::string name, std::string schema_name = {}) {
    return std::unique_ptr<Table>(new Table(*this, std::move(name), std::move(schema_name)));
  }
  Table &insert(std::unique_ptr<Table> table);
  /// Throws NoSuchTableError, with the nearest name. `name` may be "schema.name".
  Table &table(std::string_view name);
  Table *find_table(std::string_view name);
  /// In the order they were added.
  std::vector<Table *> tables();
  /// By dependency: a table after those it refers to; else in the order they were added. Throws
  /// CircularDependencyError naming the circle, NoReferencedTableError, NoReferencedColumnError.
  std::vector<Table *> sorted_tables();

  /// Creates the tables that are missing, with their indexes, in one transaction, by dependency.
  /// Views are left out, as in drop_all().
  void create_all(const Engine &engine);
  /// Drops the tables that exist, in reverse.
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

private:
  friend Table &polymorphic_union(std::vector<UnionPart> parts, std::string type_column,
                                  std::string name, UnionOptions options);
  /// What the request alone makes of the table, outside the MetaData, and what puts it there.
  std::unique_ptr<Table> start_table(std::string name, detail::TableRequest &request);
  Table &finish_table(std::unique_ptr<Table> table, detail::TableRequest request);
  template <bool Columns, class A>
  static void append_if(Table &table, A &argument, const detail::TableRequest &request) {
    constexpr bool is_column = std::is_same_v<std::remove_const_t<A>, Column>;
    if constexpr (is_column && Columns)
      request.engine || request.extends ? table.replace(argument) : table.append(argument);
    else if constexpr (!is_column && !Columns && requires { table.append(argument); })
      table.append(argument);
  }

  std::recursive_mutex mutex_;
  std::vector<std::unique_ptr<Table>> tables_;
  std::vector<std::unique_ptr<Table>> unions_;            ///< in no list: they are only read from
  std::unordered_map<std::string_view, Table *> by_name_; ///< by full_name()
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
/// All CREATE statements of all tables, by dependency, each ending in ";\n".
std::string create_all_sql(MetaData &metadata, const Dialect &dialect);

} // namespace declorm

#endif // DECLORM_SCHEMA_H
