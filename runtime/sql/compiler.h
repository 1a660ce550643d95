// compiler.h: statements to SQL text with parameters.
#ifndef DECLORM_SQL_COMPILER_H
#define DECLORM_SQL_COMPILER_H

#include "declorm/statement.h"
#include "runtime/sql/entity.h"
#include "runtime/sql/node.h"

namespace declorm::detail {

/// A class or table that a statement reads from, under the name its columns are written with.
struct Source {
  const Entity *entity = nullptr; ///< null: a table without a class
  const Table *table = nullptr;
  std::string alias; ///< "" : the table's own name
};

/// Writes one statement. Columns are resolved against its sources; a column of anything else is an
/// ArgumentError.
class Compiler {
public:
  explicit Compiler(const Dialect &dialect) : dialect_(dialect) {}

  void add_source(Source source);
  /// Adds the source that `node` must come from, if it names one that is not there yet.
  void add_sources_of(const NodePtr &node);
  const std::vector<Source> &sources() const { return sources_; }

  void write(std::string_view sql) { sql_ += sql; }
  /// Writes an expression; `tightness` is the operator's around it, for parentheses.
  void write(const NodePtr &node, int tightness = 0);
  /// An item of the SELECT list, with its label.
  void write_item(const NodePtr &node);
  /// An item of ORDER BY: a label of the SELECT list by its name.
  void write_order(const NodePtr &node);
  /// Writes a column without its table, for SET and INSERT lists. Returns it.
  const Column &write_bare_column(const NodePtr &node);
  /// Binds a value that is compared with, or assigned to, `column` (null: nothing known).
  void write_value(const NodePtr &node, const Column *column, const Field *field);
  void write_source(const Source &source);
  void write_column(const Source &source, const Column &column);
  /// The field of a column, to bind enums by name.
  const Field *field_of(const Column &column) const;
  const Column *column_of(const NodePtr &node) const;
  /// The field of the column that `node` is, labelled or not; or null.
  const Field *field_of(const NodePtr &node) const;

  const Dialect &dialect() const { return dialect_; }
  Compiled take() { return std::move(result()); }

private:
  struct Resolved {
    const Source *source;
    const Column *column;
  };
  Compiled &result() {
    compiled_.sql = std::move(sql_);
    return compiled_;
  }
  void bind(Value value);
  void write_operator(const OperatorNode &node, int tightness);
  std::optional<Resolved> resolve(const Node &node) const;
  Resolved resolve_member(const MemberRef &member) const;
  Resolved resolve_attribute(const AttributeNode &attribute) const;
  Resolved resolve_column(const Column &column) const;
  std::string source_names() const;

  const Dialect &dialect_;
  std::vector<Source> sources_;
  std::vector<std::string> labels_;
  std::string sql_;
  Compiled compiled_;
};

} // namespace declorm::detail

#endif // DECLORM_SQL_COMPILER_H
