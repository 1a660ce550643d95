// concrete_unions.cpp: the unions of tables that bases of concrete classes are read from.
#include "runtime/model/allow.h"
#include "runtime/orm/mapping/declarative_tables.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/registry.h"
#include "runtime/schema/union_table.h"

#include <algorithm>

namespace declorm::detail {

MapperState *RegistryState::state_of(const model::MappedClass &mapped) {
  Mapper *mapper = classes_.find(mapped.class_->key)->second.mapper;
  return mapper ? &mapper->state() : nullptr;
}

void RegistryState::make_unions(const model::Mapping &mapping) {
  for (const model::MappedClass &mapped : mapping.classes)
    if (mapped.concrete_union && !waits(mapped))
      make_union(mapped);
  for (const model::MappedClass &mapped : mapping.classes) {
    if (mapped.inheritance != model::Inheritance::concrete)
      continue;
    MapperState *state = state_of(mapped), *parent = state_of(*mapped.parent);
    if (!state || !parent || state->concrete_parent)
      continue;
    state->concrete_parent = parent;
    parent->concrete_children.push_back(state);
  }
}

std::string RegistryState::why_unmapped(const TypeId &type) {
  const std::lock_guard lock(mutex_);
  const auto range = by_type_name_.equal_range(type.name);
  for (auto it = range.first; it != range.second; ++it)
    if (const auto why = waiting_.find(it->second->key); why != waiting_.end())
      return tell(why->second);
  return {};
}

Table &RegistryState::given_table(const model::MappedClass &mapped) {
  const model::UnionDecl &decl = *mapped.concrete_union;
  Table *&table = classes_.find(mapped.class_->key)->second.table;
  if (table)
    return *table;
  MetaData &metadata = metadata_for(mapped.table.metadata);
  if (!decl.table_name.empty())
    return *(table = &metadata.table(decl.table_name));
  if (decl.table_from.thunk)
    decl.table_from.thunk(&table, &metadata);
  if (!table)
    throw ArgumentError("class '" + mapped.class_->name +
                        "': table_from takes a function Table &f(MetaData &)");
  return *table;
}

namespace {

/// "pjoin", or "pjoin_2", … : the unions of several hierarchies may stand in one statement.
std::string free_name(MetaData &metadata, std::set<std::string> &taken) {
  std::string name = "pjoin";
  for (int number = 2; metadata.find_table(name) || taken.contains(name); ++number)
    name = "pjoin_" + std::to_string(number);
  taken.insert(name);
  return name;
}

const UnionPart *part_of(const Table &table, const MapperState &mapper) {
  for (const UnionPart &part : table.union_definition()->parts)
    if (part.table == mapper.table)
      return &part;
  return nullptr;
}

/// What the rule no-primary-key asks of tables that classes declare, of one that is given.
void check_key(const model::MappedClass &mapped, const Table &table) {
  if (table.primary_key().empty() && mapped.mapper_key.empty() &&
      !model::allows(mapped.class_->annotations, "no-primary-key"))
    throw ArgumentError("class '" + mapped.class_->name + "' maps to table '" + table.full_name() +
                        "', which has no primary key; name the columns that tell its rows apart "
                        "with [[declorm::mapper_primary_key(\"column\")]]");
}

/// The classes that a union made by the program has no table of are not read from it.
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

Table &RegistryState::union_table(const model::MappedClass &mapped,
                                  std::vector<MapperState *> &parts) {
  const model::UnionDecl &decl = *mapped.concrete_union;
  if (decl.kind == model::UnionKind::made) {
    Table &table = given_table(mapped);
    keep_parts(mapped, table, parts);
    return table;
  }
  std::vector<UnionPart> tables;
  for (const MapperState *part : parts)
    tables.emplace_back(part->identity.value_or(Value()), *part->table);
  MetaData &metadata = parts.front()->table->metadata();
  try {
    return polymorphic_union(std::move(tables), decl.type_column,
                             free_name(metadata, union_names_));
  } catch (const ArgumentError &error) {
    throw ArgumentError("class '" + mapped.class_->name +
                        "' is read from the tables of the classes below it: " + error.what());
  }
}

void RegistryState::make_union(const model::MappedClass &mapped) {
  const model::UnionDecl &decl = *mapped.concrete_union;
  std::vector<MapperState *> parts;
  for (const model::MappedClass *part : decl.parts) {
    if (!state_of(*part) && waits(*part))
      continue;
    if (!state_of(*part))
      make_union(*part);
    // Rows that are read from a union are those of other parts.
    if (MapperState *state = state_of(*part); !state->table->union_definition())
      parts.push_back(state);
  }
  MapperState *known = state_of(mapped);
  const bool is_made = decl.kind == model::UnionKind::made;
  if (!is_made && parts.empty()) {
    waiting_[mapped.class_->key] = {"is an abstract_concrete_base, and no class with a table that "
                                    "derives from it is in this program; there is nothing to read",
                                    {},
                                    {}};
    return; // its mapper is made when classes below it come
  }
  Table *table = nullptr;
  if (!known) {
    table = &union_table(mapped, parts);
    if (is_made)
      given_tables_.lay_over(mapped, *table);
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
  auto reader = make_mapper_state(mapped, union_table(mapped, parts), nullptr,
                                  [this](const std::string &key) { return find_copy(key); });
  read(*reader);
  known->set_reader(std::move(reader));
}

void read_from_union(ExpressionSource &source, const MapperState &reader) {
  for (FoundName &found : source.found) {
    if (found.column) {
      if (const Column *column = column_in_union(*reader.table, *found.column))
        found.column = column;
      continue;
    }
    const auto &own = static_cast<const MapperState &>(reader.written()).expressions;
    for (std::size_t i = 0; i != own.size(); ++i)
      if (&own[i].source == found.expression)
        found.expression = &reader.expressions[i].source;
  }
}

} // namespace declorm::detail
