// concrete_unions.cpp: the unions of tables that bases of concrete classes are read from.
#include "runtime/model/allow.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/mapper_builder.h"
#include "runtime/orm/mapping/mapper_factory.h"
#include "runtime/schema/union_table.h"

#include <algorithm>

namespace declorm::detail {

void MapperFactory::make_unions(const model::Mapping &mapping) {
  for (const model::MappedClass &mapped : mapping.classes)
    if (mapped.concrete_union && !waiting_.waits(mapped))
      make_union(mapped);
  for (const model::MappedClass &mapped : mapping.classes) {
    if (mapped.inheritance != model::Inheritance::concrete)
      continue;
    MapperState *state = mappers_.state_of(mapped), *parent = mappers_.state_of(*mapped.parent);
    if (!state || !parent || state->concrete_parent)
      continue;
    state->concrete_parent = parent;
    parent->concrete_children.push_back(state);
  }
}

namespace {

const UnionPart *part_of(const Table &table, const MapperState &mapper) {
  for (const UnionPart &part : table.union_definition()->parts)
    if (part.table == mapper.table)
      return &part;
  return nullptr;
}

/// Asks of a table that is given what the rule no-primary-key asks of those that classes declare.
void check_key(const model::MappedClass &mapped, const Table &table) {
  if (table.primary_key().empty() && mapped.mapper_key.empty() &&
      !model::allows(mapped.class_->annotations, "no-primary-key"))
    throw ArgumentError("class '" + mapped.class_->name + "' maps to table '" + table.full_name() +
                        "', which has no primary key; name the columns that tell its rows apart "
                        "with [[declorm::mapper_primary_key(\"column\")]]");
}

/// Leaves out the classes whose tables are not in the union that the program made.
void keep_parts(const model::MappedClass &mapped, const Table &table,
                std::vector<MapperState *> &parts) {
  if (!table.union_definition())
    return parts.clear();
  std::erase_if(parts, [&](const MapperState *part) { return !part_of(table, *part); });
  for (const MapperState *part : parts) {
    const Value &identity = part_of(table, *part)->identity;
    if (identity != part->identity.value_or(Value()))
      throw ArgumentError(
          "the union '" + table.full_name() + "' that class '" + mapped.class_->name +
          "' is read from has the identity " + identity.to_string() + " for table '" +
          part->table->full_name() + "', and " + describe(*part) + " has " +
          part->identity.value_or(Value()).to_string() + "; write the same in both places");
  }
}

} // namespace

Table &MapperFactory::union_table(const model::MappedClass &mapped,
                                  std::vector<MapperState *> &parts) {
  const model::UnionDecl &decl = *mapped.concrete_union;
  if (decl.kind == model::UnionKind::made) {
    Table &table = tables_.given(mapped);
    keep_parts(mapped, table, parts);
    return table;
  }
  std::vector<UnionPart> tables;
  for (const MapperState *part : parts)
    tables.emplace_back(part->identity.value_or(Value()), *part->table);
  MetaData &metadata = parts.front()->table->metadata();
  try {
    return polymorphic_union(std::move(tables), decl.type_column,
                             tables_.free_union_name(metadata));
  } catch (const ArgumentError &error) {
    throw ArgumentError("class '" + mapped.class_->name +
                        "' is read from the tables of the classes below it: " + error.what());
  }
}

void MapperFactory::make_union(const model::MappedClass &mapped) {
  const model::UnionDecl &decl = *mapped.concrete_union;
  std::vector<MapperState *> parts;
  for (const model::MappedClass *part : decl.parts) {
    if (!mappers_.state_of(*part) && waiting_.waits(*part))
      continue;
    if (!mappers_.state_of(*part))
      make_union(*part);
    // The rows of a part that is read from a union are those of other parts.
    if (MapperState *state = mappers_.state_of(*part); !state->table->union_definition())
      parts.push_back(state);
  }
  MapperState *known = mappers_.state_of(mapped);
  const bool is_made = decl.kind == model::UnionKind::made;
  if (!is_made && parts.empty()) {
    waiting_.add(mapped, "is an abstract_concrete_base, and no class with a table that derives "
                         "from it is in this program; there is nothing to read");
    return; // its mapper is made when classes below it come
  }
  Table *table = nullptr;
  if (!known) {
    table = &union_table(mapped, parts);
    if (is_made)
      tables_.lay_over(mapped, *table);
    if (is_made && !table->union_definition())
      check_key(mapped, *table);
    known = &add_mapper(mapped, *table, nullptr).state();
  } else if (is_made) {
    table = known->table;
    keep_parts(mapped, *table, parts);
  }
  if (known->reader().union_parts == parts)
    return;
  const auto read = [&](MapperState &reader) {
    reader.union_parts = parts;
    if (!parts.empty())
      reader.set_load_plan(
          std::make_unique<LoadPlan>(make_union_plan(reader, decl.type_column, parts)));
  };
  if (table)
    return read(*known);
  auto reader = MapperBuilder(mapped, union_table(mapped, parts), nullptr, classes_).build();
  read(*reader);
  known->set_reader(std::move(reader));
}

} // namespace declorm::detail
