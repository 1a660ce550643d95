// class_tables.cpp: the MetaData of the program and the Table of each class.
#include "runtime/orm/mapping/class_tables.h"

#include "runtime/orm/mapping/declarative_tables.h"
#include "runtime/orm/mapping/registry.h"

namespace declorm::detail {

MetaData &ClassTables::metadata(std::string_view name) {
  const auto found = metadata_.find(name);
  if (found != metadata_.end())
    return *found->second.metadata;
  auto made = std::make_unique<MetaData>();
  MetaData &metadata = *made;
  metadata_.emplace(std::string(name), KnownMetaData{std::move(made), &metadata});
  return metadata;
}

std::string ClassTables::name_of(MetaData &metadata) {
  for (const auto &[name, known] : metadata_)
    if (known.metadata == &metadata)
      return name;
  const std::string name = "#" + std::to_string(++named_);
  metadata_.emplace(name, KnownMetaData{nullptr, &metadata});
  metadata.at_end([](const MetaData &ended) { RegistryState::instance().end_metadata(ended); });
  return name;
}

Table *ClassTables::find_table(std::string_view metadata_name, std::string_view table_name) const {
  const auto found = metadata_.find(metadata_name);
  return found == metadata_.end() ? nullptr : found->second.metadata->find_table(table_name);
}

Table *ClassTables::table_of(std::string_view key) const {
  const auto found = tables_.find(std::string(key));
  return found == tables_.end() ? nullptr : found->second.table;
}

void ClassTables::declare(const model::MappedClass &mapped) {
  if (mapped.up())
    declare(*mapped.up());
  if (!mapped.has_table() || mapped.deferred || mapped.manual)
    return;
  if (Table *&table = tables_[mapped.class_->key].table; !table)
    table = &declare_table(metadata(mapped.table.metadata), mapped.table);
  else
    append_called(*table, mapped.table);
}

Table &ClassTables::declare_row(const model::MappedClass &row) {
  return declare_table(*row_metadata_.emplace_back(std::make_unique<MetaData>()), row.table);
}

Table &ClassTables::given(const model::MappedClass &mapped) {
  const model::UnionDecl &decl = *mapped.concrete_union;
  Table *&table = tables_[mapped.class_->key].table;
  if (table)
    return *table;
  MetaData &of_class = metadata(mapped.table.metadata);
  if (!decl.table_name.empty())
    return *(table = &of_class.table(decl.table_name));
  if (decl.table_from.thunk)
    decl.table_from.thunk(&table, &of_class);
  if (!table)
    throw ArgumentError("class '" + mapped.class_->name +
                        "': table_from takes a function Table &f(MetaData &)");
  return *table;
}

std::string ClassTables::free_union_name(MetaData &metadata_of_parts) {
  std::string name = "pjoin";
  for (int number = 2; metadata_of_parts.find_table(name) || union_names_.contains(name); ++number)
    name = "pjoin_" + std::to_string(number);
  union_names_.insert(name);
  return name;
}

model::ReflectedShapes ClassTables::reflected_shapes() const {
  model::ReflectedShapes shapes;
  for (const auto &[key, of_class] : tables_) {
    if (!of_class.is_reflected)
      continue;
    model::ReflectedShape &shape = shapes[key];
    for (const Column *column : of_class.table->columns())
      shape.columns.push_back(column->name());
    for (const Column *column : of_class.table->primary_key())
      shape.key.push_back(column->name());
    for (const Constraint &constraint : of_class.table->constraints())
      if (constraint.kind == ConstraintKind::foreign_key)
        shape.foreign_keys.push_back({constraint.columns, constraint.referred});
  }
  return shapes;
}

} // namespace declorm::detail
