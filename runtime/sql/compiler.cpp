// compiler.cpp: expressions to SQL text with parameters.
#include "runtime/sql/compiler.h"
#include "runtime/engine/suggest.h"

#include <algorithm>

namespace declorm::detail {

namespace {

struct Spelling {
  const char *text;
  int tightness; ///< higher binds closer
};

Spelling spelling(Operator op) {
  switch (op) {
  case Operator::or_:
    return {" OR ", 1};
  case Operator::and_:
    return {" AND ", 2};
  case Operator::not_:
    return {"NOT ", 3};
  case Operator::equal:
    return {" = ", 4};
  case Operator::not_equal:
    return {" != ", 4};
  case Operator::less:
    return {" < ", 4};
  case Operator::less_equal:
    return {" <= ", 4};
  case Operator::greater:
    return {" > ", 4};
  case Operator::greater_equal:
    return {" >= ", 4};
  case Operator::like:
  case Operator::ilike:
    return {" LIKE ", 4};
  case Operator::not_like:
    return {" NOT LIKE ", 4};
  case Operator::in:
    return {" IN ", 4};
  case Operator::not_in:
    return {" NOT IN ", 4};
  case Operator::is_null:
    return {" IS NULL", 4};
  case Operator::is_not_null:
    return {" IS NOT NULL", 4};
  case Operator::add:
    return {" + ", 5};
  case Operator::subtract:
    return {" - ", 5};
  case Operator::multiply:
    return {" * ", 6};
  case Operator::divide:
    return {" / ", 6};
  case Operator::modulo:
    return {" % ", 6};
  case Operator::concat:
    return {" || ", 7};
  case Operator::negate:
    return {"-", 8};
  }
  return {"", 0};
}

template <class T> const T *as(const NodePtr &node) {
  return node ? std::get_if<T>(&node->data) : nullptr;
}

} // namespace

void Compiler::add_source(Source source) {
  for (const Source &known : sources_)
    if (known.table == source.table && known.alias == source.alias)
      return;
  sources_.push_back(std::move(source));
}

void Compiler::add_sources_of(const NodePtr &node) {
  if (!node)
    return;
  if (const auto *member = as<MemberNode>(node)) {
    const TypeId &type = member->member.entity ? *member->member.entity : *member->member.declaring;
    // A mixin has no table: another item, or from<T>(), must name the class.
    if (const Entity *entity = find_entity(type))
      add_source({entity, &entity->mapped_table(), std::string(member->member.alias)});
  } else if (const auto *attribute = as<AttributeNode>(node)) {
    const Entity &entity = entity_of(attribute->entity);
    add_source({&entity, &entity.mapped_table(), attribute->alias});
  } else if (const auto *column = as<ColumnNode>(node)) {
    add_source({nullptr, &column->column->table(), {}});
  } else if (const auto *op = as<OperatorNode>(node)) {
    add_sources_of(op->left);
    add_sources_of(op->right);
  } else if (const auto *between = as<BetweenNode>(node)) {
    add_sources_of(between->operand);
    add_sources_of(between->low);
    add_sources_of(between->high);
  } else if (const auto *function = as<FunctionNode>(node)) {
    for (const NodePtr &argument : function->arguments)
      add_sources_of(argument);
  } else if (const auto *cast = as<CastNode>(node)) {
    add_sources_of(cast->operand);
  } else if (const auto *label = as<LabelNode>(node)) {
    add_sources_of(label->operand);
  } else if (const auto *collate = as<CollateNode>(node)) {
    add_sources_of(collate->operand);
  } else if (const auto *list = as<ListNode>(node)) {
    for (const NodePtr &item : list->items)
      add_sources_of(item);
  }
}

std::string Compiler::source_names() const {
  std::string names;
  for (const Source &source : sources_) {
    names += names.empty() ? "" : ", ";
    names += source.entity ? source.entity->class_name() : source.table->full_name();
  }
  return names.empty() ? "nothing" : names;
}

Compiler::Resolved Compiler::resolve_member(const MemberRef &member) const {
  // The class the member stands in beats classes that derive from it, so that a base and its
  // subclass in one statement keep their own columns.
  const TypeId &wanted = member.entity ? *member.entity : *member.declaring;
  std::vector<Resolved> hits;
  for (const Source &source : sources_) {
    if (!source.entity || source.alias != member.alias || !source.entity->is_a(wanted))
      continue;
    if (const Column *column = source.entity->column_of(*member.declaring, member.offset))
      hits.push_back({&source, column});
  }
  if (hits.size() == 1)
    return hits.front();
  for (const Resolved &hit : hits)
    if (find_entity(wanted) == hit.source->entity)
      return hit;
  if (!hits.empty()) {
    std::string candidates;
    for (const Resolved &hit : hits)
      candidates += (candidates.empty() ? "" : ", ") + hit.source->entity->class_name();
    throw ArgumentError(
        "a column of a base could belong to several classes of the statement: " + candidates +
        "; say which, as in col<&Base::member, " + hits.front().source->entity->class_name() + ">");
  }
  for (const Source &source : sources_)
    if (source.entity && source.entity->is_a(wanted))
      throw ArgumentError("a member of class '" + source.entity->class_name() +
                          "' that is used in the statement has no column; annotate it with "
                          "[[declorm::column]]");
  throw ArgumentError("a column of class '" + spelled(wanted) +
                      "' is used, but the statement reads from " + source_names() +
                      "; add join<T>(condition) or from<T>()");
}

Compiler::Resolved Compiler::resolve_attribute(const AttributeNode &attribute) const {
  const Entity &entity = entity_of(attribute.entity);
  const Column *column = entity.column_of(attribute.name);
  if (!column) {
    throw ArgumentError("class '" + entity.class_name() + "' has no mapped member '" +
                        attribute.name + "'" + suggestion(attribute.name, entity.member_names()));
  }
  for (const Source &source : sources_)
    if (source.entity == &entity && source.alias == attribute.alias)
      return {&source, column};
  throw ArgumentError("a column of class '" + entity.class_name() +
                      "' is used, but the statement reads from " + source_names() +
                      "; add join<T>(condition) or from<T>()");
}

Compiler::Resolved Compiler::resolve_column(const Column &column) const {
  for (const Source &source : sources_)
    if (source.table == &column.table())
      return {&source, &column};
  throw ArgumentError("column '" + column.table().full_name() + "." + column.name() +
                      "' is used, but the statement reads from " + source_names());
}

std::optional<Compiler::Resolved> Compiler::resolve(const Node &node) const {
  if (const auto *member = std::get_if<MemberNode>(&node.data))
    return resolve_member(member->member);
  if (const auto *attribute = std::get_if<AttributeNode>(&node.data))
    return resolve_attribute(*attribute);
  if (const auto *column = std::get_if<ColumnNode>(&node.data))
    return resolve_column(*column->column);
  return std::nullopt;
}

const Column *Compiler::column_of(const NodePtr &node) const {
  const auto resolved = node ? resolve(*node) : std::nullopt;
  return resolved ? resolved->column : nullptr;
}

const Field *Compiler::field_of(const Column &column) const {
  for (const Source &source : sources_) {
    if (!source.entity || source.table != &column.table())
      continue;
    const auto columns = source.entity->selected_columns();
    for (std::size_t i = 0; i != columns.size(); ++i)
      if (columns[i] == &column)
        return &source.entity->fields()[i];
  }
  return nullptr;
}

const Field *Compiler::field_of(const NodePtr &node) const {
  if (const auto *label = as<LabelNode>(node))
    return field_of(label->operand);
  const auto resolved = node ? resolve(*node) : std::nullopt;
  if (!resolved || !resolved->source->entity)
    return nullptr;
  const auto columns = resolved->source->entity->selected_columns();
  const auto found = std::find(columns.begin(), columns.end(), resolved->column);
  return found == columns.end()
             ? nullptr
             : &resolved->source->entity->fields()[std::size_t(found - columns.begin())];
}

void Compiler::bind(Value value) {
  compiled_.params.push_back(std::move(value));
  sql_ += dialect_.placeholder(int(compiled_.params.size()));
}

void Compiler::write_value(const NodePtr &node, const Column *column, const Field *field) {
  const auto *literal = as<LiteralNode>(node);
  if (!literal)
    return write(node, 4);
  // An enum that is stored by name is compared by name.
  if (column && field && field->enum_names)
    if (const auto *number = std::get_if<std::int64_t>(&literal->value.data()))
      for (const auto &[name, value] : *field->enum_names)
        if (value == *number)
          return bind(Value(name));
  bind(literal->value);
}

void Compiler::write_column(const Source &source, const Column &column) {
  sql_ += source.alias.empty()
              ? dialect_.quote_qualified(source.table->schema(), source.table->name())
              : dialect_.quote(source.alias);
  sql_ += '.';
  sql_ += dialect_.quote(column.name());
}

void Compiler::write_source(const Source &source) {
  sql_ += dialect_.quote_qualified(source.table->schema(), source.table->name());
  if (!source.alias.empty())
    sql_ += " AS " + dialect_.quote(source.alias);
}

const Column &Compiler::write_bare_column(const NodePtr &node) {
  const Column *column = column_of(node);
  if (!column)
    throw ArgumentError("only a column can be assigned to");
  sql_ += dialect_.quote(column->name());
  return *column;
}

void Compiler::write_operator(const OperatorNode &node, int tightness) {
  const auto [text, own] = spelling(node.op);
  if (const auto *list = as<ListNode>(node.right); list && list->items.empty()) {
    // IN () is no SQL: nothing is in an empty list.
    sql_ += node.op == Operator::in ? "0 = 1" : "1 = 1";
    return;
  }
  const bool parentheses = own < tightness;
  if (parentheses)
    sql_ += '(';
  if (node.op == Operator::not_ || node.op == Operator::negate) {
    sql_ += text;
    write(node.left, own + 1);
  } else if (!node.right) {
    write(node.left, own + 1);
    sql_ += text;
  } else {
    const Column *left = column_of(node.left), *right = column_of(node.right);
    const Column *column = left ? left : right;
    const Field *field = column ? field_of(*column) : nullptr;
    const bool fold = node.op == Operator::ilike;
    const auto operand = [&](const NodePtr &side, int around) {
      sql_ += fold ? "lower(" : "";
      if (as<LiteralNode>(side))
        write_value(side, column, field);
      else if (const auto *list = as<ListNode>(side)) {
        sql_ += '(';
        for (std::size_t i = 0; i != list->items.size(); ++i) {
          sql_ += i ? ", " : "";
          write_value(list->items[i], column, field);
        }
        sql_ += ')';
      } else
        write(side, around);
      sql_ += fold ? ")" : "";
    };
    // AND and OR chains need no parentheses on either side; a - (b - c) does on the right.
    const bool chain = node.op == Operator::and_ || node.op == Operator::or_;
    operand(node.left, own == 4 ? own + 1 : own);
    sql_ += text;
    operand(node.right, chain ? own : own + 1);
  }
  if (parentheses)
    sql_ += ')';
}

void Compiler::write_item(const NodePtr &node) {
  write(node);
  if (const auto *label = as<LabelNode>(node)) {
    sql_ += " AS " + dialect_.quote(label->name);
    labels_.push_back(label->name);
  }
}

void Compiler::write_order(const NodePtr &node) {
  const auto *label = as<LabelNode>(node);
  if (label && std::find(labels_.begin(), labels_.end(), label->name) != labels_.end())
    sql_ += dialect_.quote(label->name);
  else
    write(node);
}

void Compiler::write(const NodePtr &node, int tightness) {
  if (const auto resolved = resolve(*node)) {
    write_column(*resolved->source, *resolved->column);
  } else if (const auto *literal = as<LiteralNode>(node)) {
    bind(literal->value);
  } else if (const auto *text = as<TextNode>(node)) {
    // Raw SQL inside something else keeps its meaning, unless it is a lone word.
    const bool word = text->sql.find_first_of(" \t\n=<>+-*/%|&,") == std::string::npos;
    const bool parentheses = tightness > 0 && !word;
    sql_ += parentheses ? "(" : "";
    sql_ += text->sql;
    sql_ += parentheses ? ")" : "";
  } else if (const auto *op = as<OperatorNode>(node)) {
    write_operator(*op, tightness);
  } else if (const auto *between = as<BetweenNode>(node)) {
    const Column *column = column_of(between->operand);
    const Field *field = column ? field_of(*column) : nullptr;
    sql_ += tightness > 4 ? "(" : "";
    write(between->operand, 5);
    sql_ += " BETWEEN ";
    write_value(between->low, column, field);
    sql_ += " AND ";
    write_value(between->high, column, field);
    sql_ += tightness > 4 ? ")" : "";
  } else if (const auto *function = as<FunctionNode>(node)) {
    sql_ += function->name + "(";
    for (std::size_t i = 0; i != function->arguments.size(); ++i) {
      sql_ += i ? ", " : "";
      write(function->arguments[i]);
    }
    sql_ += ')';
  } else if (const auto *cast = as<CastNode>(node)) {
    sql_ += "CAST(";
    write(cast->operand);
    sql_ += " AS " + dialect_.type_sql(cast->type) + ")";
  } else if (const auto *label = as<LabelNode>(node)) {
    write(label->operand, tightness); // only the SELECT list names it
  } else if (const auto *collate = as<CollateNode>(node)) {
    write(collate->operand, 8);
    sql_ += " COLLATE " + dialect_.quote(collate->name);
  } else if (const auto *list = as<ListNode>(node)) {
    sql_ += '(';
    for (std::size_t i = 0; i != list->items.size(); ++i) {
      sql_ += i ? ", " : "";
      write(list->items[i]);
    }
    sql_ += ')';
  }
}

} // namespace declorm::detail
