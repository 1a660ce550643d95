// expressions.cpp: from parsed strings to SQL nodes.
#include "runtime/orm/mapping/expressions.h"

#include "runtime/orm/mapping/mapper_state.h"

#include <utility>

namespace declorm::detail {

namespace {

template <class Data> NodePtr make(Data data) {
  return std::make_shared<const Node>(Node{std::move(data)});
}

/// Returns the operator of SQL nodes for those that have one of their own.
Operator operator_of(model::ExprOperator op) {
  switch (op) {
  case model::ExprOperator::or_:
    return Operator::or_;
  case model::ExprOperator::and_:
    return Operator::and_;
  case model::ExprOperator::not_:
    return Operator::not_;
  case model::ExprOperator::not_equal:
    return Operator::not_equal;
  case model::ExprOperator::less:
    return Operator::less;
  case model::ExprOperator::less_equal:
    return Operator::less_equal;
  case model::ExprOperator::greater:
    return Operator::greater;
  case model::ExprOperator::greater_equal:
    return Operator::greater_equal;
  case model::ExprOperator::in:
    return Operator::in;
  case model::ExprOperator::not_in:
    return Operator::not_in;
  case model::ExprOperator::is_null:
    return Operator::is_null;
  case model::ExprOperator::is_not_null:
    return Operator::is_not_null;
  case model::ExprOperator::concat:
    return Operator::concat;
  case model::ExprOperator::add:
    return Operator::add;
  case model::ExprOperator::subtract:
    return Operator::subtract;
  case model::ExprOperator::multiply:
    return Operator::multiply;
  case model::ExprOperator::divide:
    return Operator::divide;
  case model::ExprOperator::modulo:
    return Operator::modulo;
  case model::ExprOperator::negate:
    return Operator::negate;
  default:
    return Operator::equal;
  }
}

/// Returns the LikeFlag of one of the four LIKE functions; nullopt for any other.
std::optional<unsigned> like_flags(model::ExprOperator op) {
  switch (op) {
  case model::ExprOperator::like:
    return 0;
  case model::ExprOperator::not_like:
    return unsigned(like_negated);
  case model::ExprOperator::ilike:
    return unsigned(like_folded);
  case model::ExprOperator::not_ilike:
    return unsigned(like_folded | like_negated);
  default:
    return std::nullopt;
  }
}

bool is_null(const model::ExprTree &tree, unsigned index) {
  return tree.nodes[index].kind == model::ExprKind::null;
}

} // namespace

ExpressionSource make_source(const model::MappedClass &mapped, const model::ExpressionDecl &decl) {
  ExpressionSource source;
  source.tree = decl.tree;
  source.metadata = mapped.table.metadata;
  source.owner = "class '" + mapped.class_->name + "'";
  for (const model::NameTarget &target : decl.targets) {
    ExpressionName &name = source.names.emplace_back();
    if (target.class_)
      name.class_key = target.class_->class_->key;
    if (target.column)
      name.column = target.column->name;
    if (target.member)
      name.member = target.member->name;
    name.table = target.table;
    name.table_column = target.table_column;
  }
  if (!decl.unresolved.empty())
    source.unresolved = model::to_string(decl.unresolved.front());
  return source;
}

NodePtr ExpressionBuilder::build(const ExpressionSource &source) {
  return node(source, source.tree.roots.front());
}

NodePtr ExpressionBuilder::build_comparison(const ExpressionSource &source, Operator op,
                                            NodePtr left, NodePtr right) {
  given_ = op;
  left_ = std::move(left);
  right_ = std::move(right);
  return build(source);
}

std::vector<NodePtr> ExpressionBuilder::children(const ExpressionSource &source,
                                                 const model::Expr &expr, std::size_t first) {
  std::vector<NodePtr> nodes;
  for (std::size_t i = first; i != expr.children.size(); ++i)
    nodes.push_back(node(source, expr.children[i]));
  return nodes;
}

NodePtr ExpressionBuilder::name(const ExpressionSource &source, unsigned index) {
  const FoundName &found = source.found[index];
  if (found.expression)
    return build(*found.expression);
  if (column_of_)
    return column_of_(*found.column, remote_);
  const bool is_own = own_.owns(found.column->table()) && place_ != Place::inside;
  return make(ColumnNode{found.column, is_own ? alias_ : std::string(),
                         is_own && place_ == Place::correlated});
}

NodePtr ExpressionBuilder::operation(const ExpressionSource &source, const model::Expr &expr) {
  const NodePtr left = node(source, expr.children.front());
  if (expr.op == model::ExprOperator::in || expr.op == model::ExprOperator::not_in) {
    const bool is_query = expr.children.size() == 2 &&
                          source.tree.nodes[expr.children[1]].kind == model::ExprKind::select;
    NodePtr right =
        is_query ? node(source, expr.children[1]) : list_node(children(source, expr, 1));
    return make(OperatorNode{operator_of(expr.op), left, std::move(right)});
  }
  if (expr.children.size() == 1)
    return unary_node(operator_of(expr.op), left);
  const bool tests_null = is_null(source.tree, expr.children[1]);
  if (tests_null && expr.op == model::ExprOperator::equal)
    return unary_node(Operator::is_null, left);
  if (tests_null && expr.op == model::ExprOperator::not_equal)
    return unary_node(Operator::is_not_null, left);
  NodePtr right = node(source, expr.children[1]);
  if (const std::optional<unsigned> flags = like_flags(expr.op))
    return like_node(*flags, left, std::move(right), {});
  const Operator op = expr.op == model::ExprOperator::given ? given_ : operator_of(expr.op);
  return make(OperatorNode{op, left, std::move(right), left_ != nullptr});
}

NodePtr ExpressionBuilder::case_of(const ExpressionSource &source, const model::Expr &expr) {
  std::vector<NodePtr> parts = children(source, expr);
  NodePtr subject, otherwise;
  if (expr.has_else) {
    otherwise = parts.back();
    parts.pop_back();
  }
  if (expr.has_operand) {
    subject = parts.front();
    parts.erase(parts.begin());
  }
  std::vector<std::pair<NodePtr, NodePtr>> whens;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
    whens.emplace_back(parts[i], parts[i + 1]);
  return make(CaseNode{std::move(subject), std::move(whens), std::move(otherwise)});
}

NodePtr ExpressionBuilder::function(const ExpressionSource &source, const model::Expr &expr) {
  std::vector<NodePtr> arguments = children(source, expr);
  if (arguments.empty() && expr.text == "count")
    arguments.push_back(text_node("*"));
  if (expr.distinct && !arguments.empty())
    arguments.front() = unary_node(Operator::distinct, arguments.front());
  return function_node(expr.text, std::move(arguments));
}

bool ExpressionBuilder::reads_another_table(const ExpressionSource &source, unsigned index) {
  const model::Expr &expr = source.tree.nodes[index];
  if (expr.kind == model::ExprKind::name) {
    const FoundName &found = source.found[index];
    return found.column && !own_.owns(found.column->table());
  }
  for (const unsigned child : expr.children)
    if (reads_another_table(source, child))
      return true;
  return false;
}

/// Makes a SELECT. Where it reads from another table, names of the class's own table are columns of
/// the enclosing statement.
NodePtr ExpressionBuilder::select(const ExpressionSource &source, const model::Expr &expr) {
  bool reads_another = false;
  for (const unsigned child : expr.children)
    reads_another |= reads_another_table(source, child);
  const Place outer = std::exchange(place_, reads_another ? Place::correlated : Place::inside);
  auto select = std::make_shared<SelectData>();
  select->items.push_back({node(source, expr.children[0]), {}});
  if (expr.children.size() > 1)
    select->where = node(source, expr.children[1]);
  place_ = outer;
  return subquery_node(std::move(select));
}

NodePtr ExpressionBuilder::node(const ExpressionSource &source, unsigned index) {
  const model::Expr &expr = source.tree.nodes[index];
  switch (expr.kind) {
  case model::ExprKind::name:
    return name(source, index);
  case model::ExprKind::left:
    return left_;
  case model::ExprKind::right:
    return right_;
  case model::ExprKind::null:
    return make(ConstantNode{Value()});
  case model::ExprKind::boolean:
  case model::ExprKind::integer:
    return make(ConstantNode{Value(expr.integer)});
  case model::ExprKind::real:
    return make(ConstantNode{Value(expr.real)});
  case model::ExprKind::text:
    return make(ConstantNode{Value(expr.text)});
  case model::ExprKind::operation:
    return operation(source, expr);
  case model::ExprKind::between:
  case model::ExprKind::not_between: {
    const std::vector<NodePtr> parts = children(source, expr);
    NodePtr between = between_node(parts[0], parts[1], parts[2]);
    return expr.kind == model::ExprKind::between ? between
                                                 : unary_node(Operator::not_, std::move(between));
  }
  case model::ExprKind::function:
    return function(source, expr);
  case model::ExprKind::star:
    return text_node("*");
  case model::ExprKind::case_:
    return case_of(source, expr);
  case model::ExprKind::cast: {
    declorm::Type type;
    type.kind = TypeKind::raw;
    type.name = expr.text;
    return cast_node(node(source, expr.children[0]), std::move(type));
  }
  case model::ExprKind::remote: {
    const bool outer = std::exchange(remote_, true);
    NodePtr operand = node(source, expr.children[0]);
    remote_ = outer;
    return operand;
  }
  case model::ExprKind::foreign:
  case model::ExprKind::ascending:
  case model::ExprKind::descending:
    return node(source, expr.children[0]);
  case model::ExprKind::select:
    return select(source, expr);
  case model::ExprKind::raw:
    return text_node(expr.text);
  }
  return nullptr;
}

} // namespace declorm::detail
