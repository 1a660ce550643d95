// scope.cpp: columns looked up in what a statement reads from.
#include "runtime/sql/scope.h"

#include "runtime/engine/suggest.h"

#include <algorithm>
#include <array>

namespace declorm::detail {

namespace {

std::string where_from(const Scope &scope) {
  return " is used, but the statement reads from " + scope.source_names();
}

/// How messages call what a node names.
std::string describe_attribute(const NodePtr &node) {
  if (const auto *attribute = as<AttributeNode>(node))
    return "attribute '" + attribute->name + "'";
  const auto *member = as<MemberNode>(node);
  return member && member->member.function
             ? "function '" + std::string(member_name(member->member.function)) + "'"
             : "a member";
}

[[noreturn]] void throw_unmapped_function(const Entity &entity, const MemberRef &member) {
  const std::string name(member_name(member.function));
  throw ArgumentError("function '" + name + "' of class '" + entity.class_name() +
                      "' stands for nothing in SQL; annotate it with [[declorm::synonym(\"…\")]], "
                      "[[declorm::hybrid(\"…\")]] or [[declorm::column]]" +
                      suggestion(name, entity.member_names()));
}

} // namespace

void Scope::add(Source source) {
  for (Source &known : sources_)
    if (known.is_same(source)) {
      if (source.derived && source.derived->base)
        known.derived = std::move(source.derived); // the recursive CTE includes its base
      // Of a class and its base in one statement the class's rows are meant.
      const bool is_closer =
          source.entity && (!known.entity || source.entity->is_below(*known.entity));
      if (!is_closer && source.entity && !known.entity->is_below(*source.entity))
        break;
      if (is_closer)
        known.entity = source.entity;
      if (known.below.empty())
        known.below = std::move(source.below);
      return;
    }
  add_new(std::move(source));
}

void Scope::add_new(Source source) {
  const std::string name = source.written_name();
  for (const Source &known : sources_)
    if (!name.empty() && known.written_name() == name)
      throw ArgumentError("the statement reads from " + known.describe() + " and " +
                          source.describe() +
                          " under one name; give one of them a name of its own with "
                          "alias<T>(\"name\")");
  sources_.push_back(std::move(source));
}

void Scope::add_sources_of(const NodePtr &node) {
  if (const auto *member = as<MemberNode>(node)) {
    const TypeId &type = member->member.entity ? *member->member.entity : *member->member.declaring;
    // A mixin has no table: another item, or from<T>(), must name the class.
    if (const Entity *entity = find_entity(type))
      add({entity, entity->tables().front().table, member->alias, nullptr});
  } else if (const auto *attribute = as<AttributeNode>(node)) {
    const Entity &entity = entity_of(attribute->entity);
    add({&entity, entity.tables().front().table, attribute->alias, nullptr});
  } else if (const auto *column = as<ColumnNode>(node)) {
    if (!column->correlated)
      add({nullptr, &column->column->table(), column->alias, nullptr});
  } else if (const auto *derived = as<DerivedColumnNode>(node)) {
    add({nullptr, nullptr, derived->alias, derived->source});
  } else {
    for_each_operand(node, [&](const NodePtr &operand) {
      if (operand)
        add_sources_of(operand);
    });
  }
}

std::string Scope::source_names() const {
  std::string names;
  for (const Scope *scope = this; scope; scope = scope->outer_)
    for (const Source &source : scope->sources_)
      names += (names.empty() ? "" : ", ") + source.describe();
  return names.empty() ? "nothing" : names;
}

std::optional<Scope::Resolved> Scope::find_member(const MemberNode &node) const {
  // The class the member stands in beats classes that derive from it, so that a base and its
  // subclass in one statement keep their own columns.
  const MemberRef &member = node.member;
  const TypeId &wanted = member.entity ? *member.entity : *member.declaring;
  std::vector<Resolved> hits;
  for (const Source &source : sources_) {
    if (!source.entity || !source.is_called(node.alias) || !source.entity->is_a(wanted))
      continue;
    const Column *column = source.entity->column_of(member);
    if (column && source.has_table(column->table()))
      hits.push_back({&source, column, detail::field_of(*source.entity, column), this});
  }
  // A column of a class below one that is read from.
  const Entity *lower = hits.empty() ? find_entity(wanted) : nullptr;
  for (const Source &source : sources_) {
    if (!lower || !source.entity || !source.is_called(node.alias) ||
        !lower->is_below(*source.entity))
      continue;
    const Column *column = lower->column_of(member);
    if (const Column *seen = column ? source.seen(*column) : nullptr)
      hits.push_back({&source, seen, detail::field_of(*lower, column), this});
  }
  if (hits.empty())
    return std::nullopt;
  if (hits.size() == 1)
    return hits.front();
  for (const Resolved &hit : hits)
    if (const Entity *entity = find_entity(wanted);
        entity && &entity->written() == &hit.source->entity->written())
      return hit;
  std::string candidates;
  for (const Resolved &hit : hits)
    candidates += (candidates.empty() ? "" : ", ") + hit.source->entity->class_name();
  throw ArgumentError(
      "a column of a base could belong to several classes of the statement: " + candidates +
      "; say which, as in col<&Base::member, " + hits.front().source->entity->class_name() + ">");
}

std::optional<Scope::Resolved> Scope::find_attribute(const AttributeNode &attribute) const {
  const Entity &entity = entity_of(attribute.entity);
  const Column *column = entity.column_of(attribute.name);
  if (!column && entity.expression_of(attribute.name, attribute.alias))
    return std::nullopt;
  if (!column && entity.join_path(attribute.name))
    throw ArgumentError("member '" + attribute.name + "' of class '" + entity.class_name() +
                        "' is a relationship, no column; ask it with any(), has(), contains() or "
                        "==, or join along it");
  if (const CompositeColumns *composite = column ? nullptr : entity.composite_of(attribute.name))
    throw ArgumentError("member '" + attribute.name + "' of class '" + entity.class_name() +
                        "' is a composite, no column; compare it by == or !=, or name one of its "
                        "columns, '" +
                        composite->parts.front().attribute + "'");
  if (!column)
    throw ArgumentError("class '" + entity.class_name() + "' has no mapped member '" +
                        attribute.name + "'" + suggestion(attribute.name, entity.member_names()));
  for (const Source &source : sources_) {
    if (!source.entity || !source.is_called(attribute.alias))
      continue;
    if (source.entity->is_below(entity))
      if (const Column *own = source.entity->column_of(attribute.name);
          own && source.has_table(own->table()))
        return Resolved{&source, own, detail::field_of(*source.entity, own), this};
    if (const Column *seen = entity.is_below(*source.entity) ? source.seen(*column) : nullptr)
      return Resolved{&source, seen, detail::field_of(entity, column), this};
  }
  return std::nullopt;
}

std::optional<Scope::Resolved> Scope::find_column(const ColumnNode &node) const {
  const Column &column = *node.column;
  for (const Source &source : sources_)
    if (source.has_table(column.table()) && source.alias == node.alias)
      return Resolved{&source, &column,
                      source.entity ? detail::field_of(*source.entity, &column) : nullptr, this};
  for (const Source &source : sources_)
    if (const Column *seen = source.alias == node.alias ? source.seen(column) : nullptr)
      return Resolved{&source, seen, detail::field_of(*source.entity, seen), this};
  return std::nullopt;
}

std::optional<Scope::Resolved> Scope::find_derived(const DerivedColumnNode &column) const {
  for (const Source &source : sources_) {
    if (!source.derived || source.alias != column.alias ||
        root_of(source.derived) != root_of(column.source))
      continue;
    const std::vector<OutputColumn> &columns = source.derived->columns();
    for (const OutputColumn &output : columns)
      if (output.name == column.name)
        return Resolved{&source, nullptr, output.field, this};
    std::vector<std::string> names;
    for (const OutputColumn &output : columns)
      names.push_back(output.name);
    throw ArgumentError("the subquery " + source.describe() + " has no column '" + column.name +
                        "'" + suggestion(column.name, names));
  }
  return std::nullopt;
}

std::optional<Scope::Resolved> Scope::find(const NodePtr &node) const {
  for (const Scope *scope = this; scope; scope = scope->outer_) {
    std::optional<Resolved> found;
    if (const auto *member = as<MemberNode>(node))
      found = scope->find_member(*member);
    else if (const auto *attribute = as<AttributeNode>(node))
      found = scope->find_attribute(*attribute);
    else if (const auto *column = as<ColumnNode>(node))
      found = scope->find_column(*column);
    else if (const auto *derived = as<DerivedColumnNode>(node))
      found = scope->find_derived(*derived);
    if (found)
      return found;
  }
  return std::nullopt;
}

std::optional<Scope::Resolved> Scope::resolve(const NodePtr &node) const {
  if (!as<MemberNode>(node) && !as<AttributeNode>(node) && !as<ColumnNode>(node) &&
      !as<DerivedColumnNode>(node))
    return std::nullopt;
  if (const auto found = find(node))
    return found;
  fail(node);
}

std::optional<Scope::Resolved> Scope::resolve_assigned(const NodePtr &node) const {
  const NodePtr expression = expand(node);
  if (expression && !as<ColumnNode>(expression))
    throw ArgumentError(describe_attribute(node) + " of class '" + sources_.front().describe() +
                        "' is an SQL expression, and nothing can be assigned to it; assign to the "
                        "columns that it is made of");
  return resolve(expression ? expression : node);
}

void Scope::fail(const NodePtr &node) const {
  if (const auto *column = as<ColumnNode>(node))
    throw ArgumentError("column '" + column->column->table().full_name() + "." +
                        column->column->name() + "'" + where_from(*this) +
                        "; add join(table, condition) or from(table)");
  if (const auto *derived = as<DerivedColumnNode>(node))
    throw ArgumentError("column '" + derived->name + "' of " +
                        Source{nullptr, nullptr, derived->alias, derived->source}.describe() +
                        where_from(*this) + "; add join(subquery, condition) or from(subquery)");
  const auto *member = as<MemberNode>(node);
  const auto *attribute = as<AttributeNode>(node);
  const std::string &alias = member ? member->alias : attribute->alias;
  const TypeId &wanted = !member                 ? attribute->entity
                         : member->member.entity ? *member->member.entity
                                                 : *member->member.declaring;
  for (const Scope *scope = this; scope; scope = scope->outer_)
    for (const Source &source : scope->sources_)
      if (source.entity && source.alias == alias && source.entity->is_a(wanted)) {
        const Column *column = member ? source.entity->column_of(member->member)
                                      : source.entity->column_of(attribute->name);
        if (column) // an UPDATE of a class whose rows stand in several tables
          throw ArgumentError(
              "column '" + column->table().full_name() + "." + column->name() +
              "' is used in a statement that writes table '" + source.table->full_name() +
              "' of class '" + source.entity->class_name() +
              "', and a statement writes one table; update the class of that table, "
              "or the objects of a session");
        if (member && member->member.function)
          throw_unmapped_function(*source.entity, member->member);
        throw ArgumentError("a member of class '" + source.entity->class_name() +
                            "' that is used in the statement has no column; annotate it with "
                            "[[declorm::column]]");
      }
  if (const Entity *entity = find_entity(wanted))
    for (const Source &source : sources_)
      if (source.entity && source.alias == alias && entity->is_below(*source.entity))
        throw ArgumentError("a column of class '" + entity->class_name() + "' is in table '" +
                            entity->mapped_table().full_name() +
                            "', and the statement reads only the tables of its base '" +
                            source.entity->class_name() + "'; query<" + spelled(wanted) +
                            ">() reads both, and so does a query with options(with_polymorphic<" +
                            spelled(wanted) + ">())");
  if (!alias.empty())
    throw ArgumentError("a column of '" + alias + "', an alias of class '" + spelled(wanted) +
                        "'," + where_from(*this) + "; add join(" + alias + ", condition) or from(" +
                        alias + ")");
  const std::string name = find_entity(wanted) ? spelled(wanted) : "T";
  throw ArgumentError("a column of class '" + spelled(wanted) + "'" + where_from(*this) +
                      "; add join<" + name + ">(condition) or from<" + name + ">()" +
                      (name == "T" ? ", of a class that derives from it" : ""));
}

NodePtr Scope::expand(const NodePtr &node) const {
  if (const auto *relationship = as<RelationshipNode>(node))
    return expand_relationship(*relationship);
  if (const auto *composite = as<CompositeTestNode>(node))
    return expand_composite(*composite);
  return find_in_owners(node, [&](const Entity &entity, const Source &source) {
    const auto *member = as<MemberNode>(node);
    return member ? entity.expression_of(member->member, source.alias)
                  : entity.expression_of(as<AttributeNode>(node)->name, source.alias);
  });
}

const Column *Scope::column_of(const NodePtr &node) const {
  if (const NodePtr expression = expand(node))
    return as<ColumnNode>(expression) ? column_of(expression) : nullptr;
  const auto resolved = resolve(node);
  return resolved ? resolved->column : nullptr;
}

namespace {
/// Functions that give one of their arguments as it is.
bool passes_through(const std::string &function) {
  static constexpr std::array<std::string_view, 10> names{
      "coalesce", "min",  "max",         "ifnull",     "nullif",
      "lag",      "lead", "first_value", "last_value", "nth_value"};
  return std::find(names.begin(), names.end(), function) != names.end();
}
} // namespace

const Field *Scope::field_of(const NodePtr &node) const {
  if (!node)
    return nullptr;
  if (const NodePtr expression = expand(node))
    return field_of(expression);
  if (const auto resolved = resolve(node))
    return resolved->field;
  const auto first_of = [&](const std::vector<NodePtr> &nodes) -> const Field * {
    for (const NodePtr &candidate : nodes)
      if (const Field *field = field_of(candidate))
        return field;
    return nullptr;
  };
  if (const auto *label = as<LabelNode>(node))
    return field_of(label->operand);
  if (const auto *collate = as<CollateNode>(node))
    return field_of(collate->operand);
  if (const auto *excluded = as<ExcludedNode>(node))
    return field_of(excluded->column);
  if (const auto *call = as<FunctionNode>(node))
    return passes_through(call->name) ? first_of(call->arguments) : nullptr;
  if (const auto *filter = as<FilterNode>(node))
    return field_of(filter->aggregate);
  if (const auto *over = as<OverNode>(node))
    return field_of(over->function);
  if (const auto *op = as<OperatorNode>(node)) {
    if (op->op == Operator::distinct)
      return field_of(op->left);
    if (op->op != Operator::add && op->op != Operator::subtract)
      return nullptr;
    const Field *field = first_of({op->left, op->right}); // two durations make another
    return field && field->code == TypeCode::duration ? field : nullptr;
  }
  if (const auto *choice = as<CaseNode>(node)) {
    for (const auto &[when, then] : choice->whens)
      if (const Field *field = field_of(then))
        return field;
    return field_of(choice->otherwise);
  }
  if (const auto *subquery = as<SubqueryNode>(node)) {
    const SelectData &select = first_part(*subquery->select);
    if (select.items.size() == 1 && select.items.front().node)
      return scope_of(select, this).scope.field_of(select.items.front().node);
  }
  return nullptr;
}

const Field *Scope::field_if_found(const NodePtr &node) const {
  try {
    return field_of(node);
  } catch (const ArgumentError &) {
    return nullptr; // a column of the statement around it
  }
}

} // namespace declorm::detail
