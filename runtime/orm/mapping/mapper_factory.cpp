// mapper_factory.cpp: how the mappers of all classes are made.
#include "runtime/orm/mapping/mapper_factory.h"

#include "runtime/model/lineage.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/mapper_builder.h"

#include <algorithm>

namespace declorm::detail {

void MapperFactory::make(const model::Mapping &mapping) {
  mappers_.reserve(mapping.classes.size());
  waiting_.clear();
  // All tables are made first, because a function that makes one may ask for any other.
  for (const model::MappedClass &mapped : mapping.classes)
    tables_.declare(mapped);
  const auto is_new = [this](const model::MappedClass &mapped) {
    return !mappers_.find(mapped.class_->key);
  };
  for (const model::MappedClass &mapped : mapping.classes)
    if (is_new(mapped) && model::is_called(*mapped.table_class->class_))
      tables_.lay_over_called(mapped);
  std::vector<MapperState *> roots;
  for (const model::MappedClass &mapped : mapping.classes) {
    if (!is_new(mapped) || (!mapped.has_table() && !mapped.up()) || waiting_.waits(mapped))
      continue;
    MapperState *root = make_mapper(mapped).state().root;
    const bool is_hierarchy = mapped.up() || !mapped.children.empty();
    if (is_hierarchy && std::find(roots.begin(), roots.end(), root) == roots.end())
      roots.push_back(root);
  }
  make_unions(mapping);
  relationships_.make(mapping);
  for (MapperState *root : roots)
    if (root->discriminator)
      for_each_below(*root, [](MapperState &mapper) {
        mapper.set_load_plan(std::make_unique<LoadPlan>(make_load_plan(mapper, {})));
      });
  for (const model::MappedClass &mapped : mapping.classes)
    if (MapperState *state = mappers_.state_of(mapped);
        state && !state->deferred.empty() && !state->load_plan())
      state->set_load_plan(std::make_unique<LoadPlan>(make_load_plan(*state, {})));
  for (const model::MappedClass &mapped : mapping.rows)
    if (is_new(mapped))
      add_mapper(mapped, tables_.declare_row(mapped), nullptr).state().is_row = true;
}

/// Makes the mappers of the classes above it first.
Mapper &MapperFactory::make_mapper(const model::MappedClass &mapped) {
  if (Mapper *known = mappers_.find(mapped.class_->key))
    return *known;
  MapperState *parent = mapped.up() ? &make_mapper(*mapped.up()).state() : nullptr;
  if (mapped.has_table())
    return add_mapper(mapped, *tables_.table_of(mapped.class_->key), parent);
  if (!parent) {
    make_union(mapped);
    return *mappers_.find(mapped.class_->key);
  }
  if (parent->table->union_definition())
    throw ArgumentError("class '" + mapped.class_->name + "' shares the rows of class '" +
                        parent->qualified_name + "', which is read from the union '" +
                        parent->table->full_name() +
                        "'; give it a table of its own and write [[declorm::concrete]]");
  const bool is_made = mapped.table_class->has_table() && !mapped.table_class->deferred;
  for (const model::AttributeDecl &attribute : mapped.attributes)
    if (is_made && !parent->table->find_column(attribute.columns.front().column().name) &&
        attribute.columns.front().class_ == mapped.table_class)
      throw InvalidRequestError("class '" + mapped.class_->name + "' adds column '" +
                                attribute.columns.front().column().name + "' to table '" +
                                parent->table->full_name() +
                                "', which was made before the module with that class was loaded; "
                                "load it before the first use of the program's tables");
  const std::optional<model::UnionDecl> &read = mapped.table_class->concrete_union;
  if (read && read->kind == model::UnionKind::made)
    tables_.lay_over(mapped, *parent->table);
  return add_mapper(mapped, *parent->table, parent);
}

Mapper &MapperFactory::add_mapper(const model::MappedClass &mapped, Table &table,
                                  MapperState *parent) {
  return mappers_.add(MapperBuilder(mapped, table, parent, classes_).build(), parent);
}

} // namespace declorm::detail
