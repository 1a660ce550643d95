// expressions.h: attributes that are SQL expressions: column_property, hybrid, synonym; comparison.
#ifndef DECLORM_ORM_MAPPING_EXPRESSIONS_H
#define DECLORM_ORM_MAPPING_EXPRESSIONS_H

#include "runtime/engine/field.h"
#include "runtime/model/mapping.h"
#include "runtime/sql/select_data.h"

#include <functional>
#include <optional>

namespace declorm::detail {

/// What a name in an expression stands for, in words that outlive the model.
struct ExpressionName {
  std::string class_key;           ///< whose attribute it is; "" : a table's
  std::string column;              ///< of that class's table
  std::string member;              ///< or another expression of that class
  std::string table, table_column; ///< or of a table made by hand
};

struct ExpressionSource;
struct MapperState;

/// A column that a name stands for, or the expression that is put in its place.
struct FoundName {
  const Column *column = nullptr;
  const ExpressionSource *expression = nullptr;
};

/// A string in the expression language, parsed, and what its names stand for.
struct ExpressionSource {
  model::ExprTree tree;
  std::vector<ExpressionName> names; ///< parallel to tree.nodes
  std::vector<FoundName> found;      ///< parallel to tree.nodes too; ExpressionBinder sets them
  std::string unresolved;            ///< what to say if a hand-made table is not there either
  std::string metadata;              ///< whose tables are meant
  std::string owner;                 ///< "class 'shop::User'", for messages
};

ExpressionSource make_source(const model::MappedClass &mapped, const model::ExpressionDecl &decl);

/// Where a member is declared, to find it by member pointer and to bind it to another module.
struct MemberPlace {
  std::string member; ///< name
  std::string class_key;
  TypeId declaring{};
  std::size_t declared_offset = 0;
  unsigned member_index = 0;
};

/// An attribute that is an SQL expression.
struct ExpressionInfo : MemberPlace {
  ExpressionSource source;
  bool is_loaded = false; ///< into a data member
};

/// Makes the nodes of SQL from parsed strings whose names were found.
class ExpressionBuilder {
public:
  /// Takes columns of the tables of `own` from `alias`.
  ExpressionBuilder(const MapperState &own, const std::string &alias) : own_(own), alias_(alias) {}
  /// Makes of each column what `column_of` says; `remote` tells that it stands in remote(…).
  using ColumnOf = std::function<NodePtr(const Column &, bool remote)>;
  ExpressionBuilder(const MapperState &own, ColumnOf column_of)
      : own_(own), alias_(no_alias), column_of_(std::move(column_of)) {}

  NodePtr build(const ExpressionSource &source);
  /// Builds one of several expressions that commas separate: the one at that node.
  NodePtr build(const ExpressionSource &source, unsigned root) { return node(source, root); }
  /// Builds `comparison("lower({left}) {op} lower({right})")` for two operands.
  NodePtr build_comparison(const ExpressionSource &source, Operator op, NodePtr left,
                           NodePtr right);

private:
  NodePtr node(const ExpressionSource &source, unsigned index);
  NodePtr name(const ExpressionSource &source, unsigned index);
  NodePtr operation(const ExpressionSource &source, const model::Expr &expr);
  NodePtr case_of(const ExpressionSource &source, const model::Expr &expr);
  NodePtr function(const ExpressionSource &source, const model::Expr &expr);
  NodePtr select(const ExpressionSource &source, const model::Expr &expr);
  std::vector<NodePtr> children(const ExpressionSource &source, const model::Expr &expr,
                                std::size_t first = 0);
  bool reads_another_table(const ExpressionSource &source, unsigned index);

  inline static const std::string no_alias;

  const MapperState &own_;
  const std::string &alias_;
  ColumnOf column_of_;
  bool remote_ = false;
  Operator given_ = Operator::equal;
  NodePtr left_, right_;
  enum class Place { outside, correlated, inside } place_ = Place::outside;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_EXPRESSIONS_H
