// compiler.h: statements to SQL text with parameters.
#ifndef DECLORM_SQL_COMPILER_H
#define DECLORM_SQL_COMPILER_H

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
/// items, from the tables of the first of them.
Compiled compile(const SelectData &select, const Dialect &dialect,
                 std::span<const ExtraColumn> extra = {});
Compiled compile(const WriteData &write, const Dialect &dialect);

/// Writes one statement. Columns are resolved against the scopes they stand in.
///
/// While it is written, a parameter is a NUL byte in the text, so that common table expressions can
/// be put in front; take() numbers them.
class Compiler {
public:
  explicit Compiler(const Dialect &dialect, std::span<const ExtraColumn> extra = {})
      : dialect_(dialect), extra_(extra) {}

  void write_statement(const SelectData &select);
  void write_statement(const WriteData &write);
  Compiled take();
  /// `, expression AS name` for each of the class's selected expressions.
  std::string expressions_sql(const Entity &entity);

private:
  /// How tight an operator binds; operands of lower ones get parentheses.
  enum Tightness : int {
    loose,
    tight_or,
    tight_and,
    tight_not,
    tight_comparison,
    tight_sum,
    tight_product,
    tight_concat,
    tight_collate,
    tight_sign,
    tight_all
  };
  struct Spelling {
    const char *text;
    int tightness;
  };
  static Spelling spelling(Operator op);
  class InScope;
  class Parentheses;

  // Expressions. `tightness` is the operator's around it; `field` says how the values are stored
  // that a literal is compared with.
  void write(const NodePtr &node, int tightness = loose, const Field *field = nullptr);
  void write_column(const Scope::Resolved &resolved, const NodePtr &node);
  void write_literal(const LiteralNode &literal, const Field *field);
  /// The value of an assignment. Throws DataError if the column would cut it.
  void write_assigned(const Assignment &assignment);
  /// One side of a comparison or sum, beside a column that is stored as `other` says.
  void write_beside(const NodePtr &node, int tightness, const Field *other);
  /// A row value beside another, each part beside its own.
  void write_row(const NodePtr &row, const ListNode &other);
  void write_cast(const NodePtr &operand, const Type &type);
  void write_constant(const Value &value);
  /// What takes the place of a comparison of a column that has a way of its own; or null.
  NodePtr comparison_of(const OperatorNode &node) const;
  void write_text(const TextNode &text, int tightness);
  void write_operator(const OperatorNode &node, int tightness);
  void write_in(const OperatorNode &node);
  void write_like(const LikeNode &node, int tightness);
  void write_between(const BetweenNode &node, int tightness);
  void write_function(const FunctionNode &node, const NodePtr &self, const Field *field);
  void write_over(const OverNode &node, const Field *field);
  void write_frame(const WindowData &window);
  void write_case(const CaseNode &node, const NodePtr &self, const Field *field);
  void write_list(const std::vector<NodePtr> &nodes, const Field *field = nullptr);
  void write_exists(const OperatorNode &node);
  void write_ordering(const Ordering &order, const NodePtr &node);
  void write_orders(const std::vector<Ordering> &orders);
  void bind(Value value);

  // SELECT.
  using Names = std::vector<OutputColumn>;
  /// `names`: what the columns must be called, or null.
  void write_select(const SelectData &select, const Scope *outer, const Names *names);
  void write_simple(const SelectData &select, const Scope *outer, const Names *names,
                    bool only_exists);
  void write_compound(const SelectData &select, const Scope *outer, const Names *names);
  void write_compound_orders(const SelectData &select, const Scope *outer);
  void write_part(const SelectData &part, const Scope *outer, const Names *names);
  void write_items(const std::vector<SelectItem> &items, const Names *names);
  void write_extra(const SelectItem &first);
  void write_where(const NodePtr &where, std::size_t joined);
  void write_from(const SelectScope &parts);
  void write_limit(const SelectData &select);
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
  void write_conflict(const WriteData &write);
  void write_update(const WriteData &write, const Source &target);
  void write_delete(const WriteData &write, const Source &target);
  void write_set(const std::vector<Assignment> &assignments);
  void write_returning(const WriteData &write);
  /// A column without its table, for SET and INSERT lists.
  const Column &write_bare_column(const NodePtr &node);
  void write_target(const Source &target);

  const char *line() const { return depth_ == 0 ? "\n" : " "; }

  const Dialect &dialect_;
  std::span<const ExtraColumn> extra_;
  const Scope *scope_ = nullptr; ///< the innermost
  bool bare_columns_ = false;    ///< columns of the innermost scope are written without a table
  int depth_ = 0;                ///< of subqueries
  bool items_wanted_ = true;     ///< the next list of items is the statement's
  bool part_wanted_ = false;     ///< it is that of a further part of the statement's compound
  std::vector<std::string> labels_;
  std::string sql_;

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

#endif // DECLORM_SQL_COMPILER_H
