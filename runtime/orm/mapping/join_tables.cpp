// join_tables.cpp: what model::find_join() looks at, made of Tables, mappers and conditions.
#include "runtime/orm/mapping/join_tables.h"

#include "runtime/schema/union_table.h"

#include <algorithm>

namespace declorm::detail {

namespace {

void add_columns(const Table &table, bool inherited, model::JoinTable &to) {
  for (const Column *column : table.columns())
    to.columns.push_back(
        {column, table.full_name() + "." + column->name(), column->primary_key(), inherited});
}

/// Adds the foreign keys of the table. `as` returns what stands for a column of it.
template <class As> void add_keys(const Table &table, model::JoinTable &to, As as) {
  for (const Constraint &constraint : table.constraints()) {
    if (constraint.kind != ConstraintKind::foreign_key)
      continue;
    model::JoinKey key;
    for (std::size_t i = 0; i != constraint.columns.size(); ++i) {
      const ForeignKey referred(constraint.referred[i]);
      const Table *target = table.metadata().find_table(referred.target_table());
      const Column *column = target ? target->find_column(referred.target_column()) : nullptr;
      if (column)
        key.columns.emplace_back(as(table.column(constraint.columns[i])), column);
    }
    if (key.columns.size() == constraint.columns.size())
      to.foreign_keys.push_back(std::move(key));
  }
}

/// Whether it is by the key that a row of one of the class's tables continues that of another.
bool joins_parts(const MapperState &mapper, const model::JoinKey &key) {
  return std::any_of(mapper.parts.begin(), mapper.parts.end(), [&](const TablePart &part) {
    return key.columns.size() == part.key.size() &&
           std::all_of(key.columns.begin(), key.columns.end(), [&](const auto &pair) {
             const auto *referred = static_cast<const Column *>(pair.second);
             return &referred->table() != part.table && mapper.owns(referred->table()) &&
                    std::any_of(part.key.begin(), part.key.end(),
                                [&](const auto &own) { return own.first == pair.first; });
           });
  });
}

/// Adds each `a == b` of a parsed condition in which AND joins them. Returns whether there is
/// nothing else in it.
bool add_terms(const ExpressionSource &source, unsigned index,
               std::vector<model::JoinTerm> &terms) {
  const model::Expr &expr = source.tree.nodes[index];
  if (expr.kind != model::ExprKind::operation || expr.children.size() != 2)
    return false;
  if (expr.op == model::ExprOperator::and_) {
    const bool left = add_terms(source, expr.children[0], terms);
    return add_terms(source, expr.children[1], terms) && left;
  }
  if (expr.op != model::ExprOperator::equal)
    return false;
  const auto read = [&](unsigned at, const void *&column, bool &foreign, bool &remote) {
    while (source.tree.nodes[at].kind == model::ExprKind::foreign ||
           source.tree.nodes[at].kind == model::ExprKind::remote) {
      foreign |= source.tree.nodes[at].kind == model::ExprKind::foreign;
      remote |= source.tree.nodes[at].kind == model::ExprKind::remote;
      at = source.tree.nodes[at].children[0];
    }
    if (source.tree.nodes[at].kind == model::ExprKind::name)
      column = source.found[at].column;
  };
  model::JoinTerm term;
  read(expr.children[0], term.left, term.left_foreign, term.left_remote);
  read(expr.children[1], term.right, term.right_foreign, term.right_remote);
  if (!term.left || !term.right)
    return false;
  terms.push_back(term);
  return true;
}

} // namespace

NodePtr call_join(Thunk thunk) {
  if (!thunk)
    return nullptr;
  Expression<bool> made{NodePtr()};
  thunk(&made, nullptr);
  return made.node();
}

bool add_terms(const NodePtr &node, StateOf state_of, std::vector<model::JoinTerm> &terms) {
  const auto *op = as<OperatorNode>(node);
  if (!op)
    return false;
  if (op->op == Operator::and_) {
    const bool left = add_terms(op->left, state_of, terms);
    return add_terms(op->right, state_of, terms) && left;
  }
  if (op->op != Operator::equal)
    return false;
  const auto read = [&](const NodePtr &operand) -> const Column * {
    if (const auto *column = as<ColumnNode>(operand))
      return column->column;
    if (const auto *member = as<MemberNode>(operand)) {
      const MapperState *state =
          state_of(*(member->member.entity ? member->member.entity : member->member.declaring));
      return state ? state->column_of(member->member) : nullptr;
    }
    if (const auto *attribute = as<AttributeNode>(operand)) {
      const MapperState *state = state_of(attribute->entity);
      return state ? state->column_of(attribute->name) : nullptr;
    }
    return nullptr;
  };
  const Column *left = read(op->left), *right = read(op->right);
  if (!left || !right)
    return false;
  terms.push_back({left, right});
  return true;
}

model::JoinTable join_table(const Table &table) {
  model::JoinTable result;
  result.name = table.full_name();
  add_columns(table, false, result);
  add_keys(table, result, [](const Column &column) { return &column; });
  return result;
}

model::JoinTable join_table(const MapperState &mapper) {
  const MapperState &reader = mapper.reader();
  const Table &table = *reader.table;
  if (table.union_definition()) {
    model::JoinTable result;
    result.name = mapper.name;
    add_columns(table, false, result);
    for (const MapperState *part : reader.union_parts)
      add_keys(*part->table, result, [&](const Column &column) -> const Column * {
        const Column *in_union = column_in_union(table, column);
        return in_union ? in_union : &column;
      });
    // Each part has the same foreign keys; one of each is enough.
    auto &keys = result.foreign_keys;
    for (std::size_t i = 0; i < keys.size(); ++i)
      for (std::size_t j = keys.size(); --j > i;)
        if (keys[j].columns == keys[i].columns)
          keys.erase(keys.begin() + std::ptrdiff_t(j));
    return result;
  }
  model::JoinTable result;
  result.name = mapper.table->full_name();
  for (const TablePart &part : mapper.parts) {
    add_columns(*part.table, part.table != mapper.table, result);
    add_keys(*part.table, result, [](const Column &column) { return &column; });
  }
  std::erase_if(result.foreign_keys,
                [&](const model::JoinKey &key) { return joins_parts(mapper, key); });
  return result;
}

std::optional<std::vector<model::JoinTerm>> terms_of(const std::optional<ExpressionSource> &source,
                                                     const NodePtr &made, bool &only_terms) {
  if (!source && !made)
    return std::nullopt;
  std::vector<model::JoinTerm> terms;
  const auto reader_of = [](const TypeId &type) -> const MapperState * {
    return &find_mapper(type).state().reader();
  };
  only_terms &= source ? add_terms(*source, source->tree.roots.front(), terms)
                       : add_terms(made, reader_of, terms);
  return terms;
}

bool is_pair(const model::JoinTerm &term, const model::Join &join) {
  return std::any_of(join.pairs.begin(), join.pairs.end(), [&](const model::JoinPair &pair) {
    return (term.left == pair.near && term.right == pair.far) ||
           (term.left == pair.far && term.right == pair.near);
  });
}

std::vector<const void *> columns_of(const std::vector<ExpressionSource> &sources) {
  std::vector<const void *> columns;
  for (const ExpressionSource &source : sources)
    for (const FoundName &found : source.found)
      if (found.column)
        columns.push_back(found.column);
  return columns;
}

} // namespace declorm::detail
