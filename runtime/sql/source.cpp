// source.cpp: the classes, tables and subqueries that statements read from.
#include "runtime/schema/union_table.h"
#include "runtime/sql/scope.h"

#include <algorithm>

namespace declorm::detail {

std::string Source::written_name() const {
  if (!alias.empty())
    return ascii_lower(alias);
  return ascii_lower(derived ? derived->name : table->full_name());
}

std::string Source::describe() const {
  const std::string name = derived  ? derived->name
                           : entity ? entity->class_name()
                                    : table->full_name();
  if (alias.empty())
    return name.empty() ? "a subquery" : name;
  return alias + " (" + name + ")";
}

std::vector<EntityTable> Source::tables(std::size_t *inner) const {
  std::vector<EntityTable> all;
  if (entity && table == entity->tables().front().table)
    all.assign(entity->tables().begin(), entity->tables().end());
  else if (table)
    all.push_back({table, {}});
  if (inner)
    *inner = all.size();
  for (const Entity *lower : below)
    for (const EntityTable &part : lower->tables())
      if (std::none_of(all.begin(), all.end(),
                       [&](const EntityTable &known) { return known.table == part.table; }))
        all.push_back(part);
  return all;
}

bool Source::has_table(const Table &wanted) const {
  if (table == &wanted)
    return true;
  const auto has = [&](const Entity &of) {
    return std::any_of(of.tables().begin(), of.tables().end(),
                       [&](const EntityTable &part) { return part.table == &wanted; });
  };
  return (entity && table == entity->tables().front().table && has(*entity)) ||
         std::any_of(below.begin(), below.end(), [&](const Entity *lower) { return has(*lower); });
}

const Column *Source::seen(const Column &column) const {
  if (has_table(column.table()))
    return &column;
  return entity ? column_in_union(*table, column) : nullptr;
}

bool Source::is_same(const Source &other) const {
  return table == other.table && alias == other.alias && root_of(derived) == root_of(other.derived);
}

Source source_of(const FromRef &ref) {
  if (ref.derived)
    return {nullptr, nullptr, ref.alias, ref.derived};
  if (ref.table)
    return {nullptr, ref.table, ref.alias, nullptr};
  const Entity &read = entity_of(*ref.type);
  const Entity &entity = ref.only_own ? read.written() : read;
  Source source{&entity, entity.tables().front().table, ref.alias, nullptr};
  source.stands_in = ref.stands_in;
  // A union has all the tables of the classes below it.
  if (!entity.mapped_table().union_definition())
    for (const TypeId *type : ref.below)
      source.below.push_back(&entity_of(*type));
  return source;
}

NodePtr both(const NodePtr &left, const NodePtr &right) {
  if (!left || !right)
    return left ? left : right;
  return binary_node(Operator::and_, left, right);
}

NodePtr restriction_of(const Source &source) {
  return source.entity ? source.entity->restriction(source.alias) : nullptr;
}

const Field *field_of(const Entity &entity, const Column *column) {
  const auto columns = entity.selected_columns();
  const auto found = std::find(columns.begin(), columns.end(), column);
  return found == columns.end() ? nullptr : &entity.fields()[std::size_t(found - columns.begin())];
}

} // namespace declorm::detail
