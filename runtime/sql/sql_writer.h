// sql_writer.h: statements to SQL text with parameters.
//
// SqlWriter spells standard SQL, and PostgreSQL's where the standard has nothing. A dialect whose
// database wants something else derives from it and overrides the functions that are virtual.
#ifndef DECLORM_SQL_SQL_WRITER_H
#define DECLORM_SQL_SQL_WRITER_H

#include "runtime/sql/scope.h"

#include <unordered_map>

namespace declorm::detail {

/// SQL with its parameters, and what its rows mean.
struct Compiled {
  std::string sql;
  std::vector<Value> params;
  // Of each item of the SELECT or RETURNING list:
  std::vector<int> item_columns;             ///< where it begins in the columns
  std::vector<const Field *> item_fields;    ///< of items that hold a mapped column's values
  std::vector<const Entity *> item_entities; ///< of items that are whole objects
  std::vector<const Table *> tables;         ///< all that are named
  bool reads_unknown = false;                ///< raw SQL may read other tables
};

/// A column, or an expression, of a class below the one that is selected; or anything else.
struct ExtraColumn {
  const Entity *entity = nullptr;
  const Column *column = nullptr;
  std::string expression; ///< if there is no column
  NodePtr node = {};      ///< instead of all these
};

/// Throw ArgumentError for a statement that cannot be written. `extra` is selected behind the
/// items, from the tables of the first of them, a class. `left_out`: which of that class's columns
/// and, behind them, expressions are not selected; empty: none of them.
Compiled compile(const SelectData &select, const Dialect &dialect,
                 std::span<const ExtraColumn> extra = {}, const std::vector<bool> &left_out = {});
Compiled compile(const WriteData &write, const Dialect &dialect);

/// Writes one statement. Columns are resolved against the scopes they stand in.
///
/// While it is written, a parameter is a NUL byte in the text, so that common table expressions can
/// be put in front; take() numbers them.
class SqlWriter {
public:
  explicit SqlWriter(const Dialect &dialect) : dialect_(dialect) {}
  virtual ~SqlWriter() = default;
  SqlWriter(const SqlWriter &) = delete;
  SqlWriter &operator=(const SqlWriter &) = delete;

  /// Selects these behind the items of the next statement. They must outlive the writer.
  void select_also(std::span<const ExtraColumn> extra) { extra_ = extra; }
  /// Leaves these columns and expressions of the first item out. They must outlive the writer.
  void leave_out(const std::vector<bool> &left_out) { left_out_ = &left_out; }
  void write_statement(const SelectData &select);
  void write_statement(const WriteData &write);
  Compiled take();

protected:
  /// How tight an operator binds; operands of lower ones get parentheses.
  enum Tightness : int {
    loose,
    tight_or,
    tight_and,
    tight_not,
    tight_comparison,
    tight_other, ///< operators of the database's own, such as || in PostgreSQL
    tight_sum,
    tight_product,
    tight_concat, ///< || where it is tighter than arithmetic
    tight_collate,
    tight_sign,
    tight_all
  };
  struct Spelling {
    const char *text;
    int tightness;
  };
  /// How an operator is written: with the blanks around it, or in front of it or behind it.
  virtual Spelling spelling(Operator op) const;
  class InScope;
  class Parentheses;

  /// Writes an expression. `tightness` is that of the operator around it; `field` says how the
  /// values are stored that a literal is compared with. Throws ArgumentError for a null node.
  void write(const NodePtr &node, int tightness = loose, const Field *field = nullptr);
  void write_column(const Scope::Resolved &resolved, const NodePtr &node);
  virtual void write_literal(const LiteralNode &literal, const Field *field);
  /// The value of an assignment. Throws DataError if the column would cut it.
  void write_assigned(const Assignment &assignment);
  /// One side of a comparison or sum, beside a column that is stored as `other` says.
  void write_beside(const NodePtr &node, int tightness, const Field *other);
  /// A row value beside another, each part beside its own.
  void write_row(const NodePtr &row, const ListNode &other);
  virtual void write_cast(const NodePtr &operand, const Type &type);
  virtual void write_extract(const ExtractNode &node);
  /// " AS type)"
  void write_cast_end(const Type &type);
  void write_constant(const Value &value);
  /// What takes the place of a comparison of a column that has a way of its own; or null.
  NodePtr comparison_of(const OperatorNode &node) const;
  bool has_own_comparison(const NodePtr &node) const;
  /// What takes the place of IN, NOT IN or BETWEEN of such a column: a comparison with each value;
  /// or null. Throws ArgumentError for the rows of a SELECT.
  NodePtr comparisons_of(const OperatorNode &node) const;
  NodePtr comparisons_of(const BetweenNode &node) const;
  void write_text(const TextNode &text, int tightness);
  /// A value for a `:name` of the program's own SQL.
  virtual void write_text_parameter(const Value &value) { bind(value); }
  void write_operator(const OperatorNode &node, int tightness);
  /// The values of IN and NOT IN, in parentheses. `row`: the columns on the left, if it is a row
  /// value.
  virtual void write_in_list(const ListNode &list, const ListNode *row, const Field *field);
  void write_in(const OperatorNode &node);
  /// The two sides with the operator, as it is spelled, between them.
  void write_binary(const OperatorNode &node, const char *text);
  /// An operator of the program's. The parentheses around it are written already.
  virtual void write_custom(const CustomNode &custom);
  /// One text behind another. The parentheses that spelling() asks for are written already.
  virtual void write_concat(const OperatorNode &node);
  /// Whether two values differ, or do not, where NULL is a value like any other. The parentheses of
  /// a comparison are written already.
  virtual void write_distinct_from(const OperatorNode &node);
  /// The parentheses of a comparison are written already.
  virtual void write_like(const LikeNode &node);
  void write_between(const BetweenNode &node);
  virtual void write_function(const FunctionNode &node, const NodePtr &self, const Field *field);
  /// An aggregate of the rows for which a condition holds.
  virtual void write_filter(const FilterNode &node, const Field *field);
  void write_over(const OverNode &node, const Field *field);
  virtual void write_frame(const WindowData &window);
  virtual void write_case(const CaseNode &node, const NodePtr &self, const Field *field);
  void write_list(const std::vector<NodePtr> &nodes, const Field *field = nullptr);
  void write_exists(const OperatorNode &node);
  void write_ordering(const Ordering &order, const NodePtr &node);
  /// An expression of ORDER BY with its direction, and with where NULLs stand, which is said.
  virtual void write_with_nulls(const std::function<void()> &write_expression,
                                const Ordering &order);
  void write_orders(const std::vector<Ordering> &orders);
  void bind(Value value);
  /// The parameter that was bound last.
  const Value &last_parameter() const { return compiled_.params.back(); }

  // SELECT.
  using Names = std::vector<OutputColumn>;
  /// `names`: what the columns must be called, or null.
  void write_select(const SelectData &select, const Scope *outer, const Names *names);
  void write_simple(const SelectData &select, const Scope *outer, const Names *names,
                    bool only_exists);
  void write_compound(const SelectData &select, const Scope *outer, const Names *names);
  void write_compound_orders(const SelectData &select, const Scope *outer);
  /// A part of a compound that has an ORDER BY or LIMIT of its own, is a compound itself, or is raw
  /// SQL.
  virtual void write_whole_part(const SelectData &part, const Scope *outer, const Names *names);
  void write_items(const std::vector<SelectItem> &items, const Names *names);
  void write_extra(const SelectItem &first);
  void write_where(const NodePtr &where, std::size_t joined);
  void write_from(const SelectScope &parts);
  virtual void write_limit(const SelectData &select);
  /// What locks the rows that a SELECT reads. Throws ArgumentError if the database cannot.
  virtual void write_for_update(const RowLocks &locks);
  void write_subquery(const SelectData &select, const Scope *outer, const Names *names = nullptr);
  /// `is_joined`: behind JOIN.
  void write_source(const Source &source, bool is_joined = false);
  void write_tables(const Source &source, bool is_joined);
  void write_name(const Source &source, const Table *table);
  /// The name that one of the tables of an alias has.
  std::string table_alias(const Source &source, const Table *table) const;
  const std::string &name_of(const DerivedPtr &derived);
  void use_cte(const DerivedPtr &derived);
  void write_cte(const DerivedPtr &derived);

  // INSERT, UPDATE, DELETE.
  void write_insert(const WriteData &write, const Source &target);
  void write_insert_rows(const WriteData &write, const Source &target);
  void write_insert_select(const WriteData &write);
  /// The SELECT of an INSERT … SELECT.
  virtual void write_insert_source(const WriteData &write);
  /// What an INSERT has in place of columns and values where all columns get their defaults.
  virtual void write_default_values();
  void check_conflict(const WriteData &write) const;
  /// What becomes of a row that would break a constraint: the whole ON CONFLICT.
  virtual void write_conflict(const WriteData &write);
  /// The value that the INSERT wanted to write into the column.
  virtual void write_excluded(const NodePtr &column);
  /// The scope has the table and those that the UPDATE reads besides.
  virtual void write_update(const WriteData &write, const Source &target);
  void write_delete(const WriteData &write, const Source &target);
  /// What follows the table's name in a DELETE that reads other tables besides.
  virtual void write_delete_using(const WriteData &write, const Source &target);
  void write_set(const std::vector<Assignment> &assignments);
  void write_returning(const WriteData &write);
  /// A column without its table, for SET and INSERT lists.
  const Column &write_bare_column(const NodePtr &node);
  void write_target(const Source &target);

  /// The placeholder of parameter `number`, from 1, which has the value.
  virtual std::string placeholder(int number, const Value &value) const;

  const char *line() const { return depth_ == 0 ? "\n" : " "; }

  const Dialect &dialect_;
  std::span<const ExtraColumn> extra_;
  const std::vector<bool> *left_out_ = nullptr; ///< of the statement's first item; null: none
  const Scope *scope_ = nullptr;                ///< the innermost
  bool bare_columns_ = false; ///< columns of the innermost scope are written without a table
  int depth_ = 0;             ///< of subqueries
  std::string sql_;

private:
  bool items_wanted_ = true; ///< the next list of items is the statement's
  bool part_wanted_ = false; ///< it is that of a further part of the statement's compound
  std::vector<std::string> labels_;

  struct WrittenCte {
    const Derived *root;
    std::string name, sql;
    std::vector<Value> params;
    bool recursive;
  };
  std::vector<WrittenCte> ctes_; ///< in the order they need each other
  std::vector<std::pair<const Derived *, std::string>> open_ctes_; ///< being written
  std::unordered_map<const Derived *, std::string> made_up_names_;
  Compiled compiled_;
};

} // namespace declorm::detail

#endif // DECLORM_SQL_SQL_WRITER_H
