// deferred_reflection.cpp: prepare: classes whose tables the database describes.
#include "runtime/orm/mapping/overlay.h"
#include "runtime/orm/mapping/registry.h"

#include "declorm/engine.h"
#include "runtime/engine/suggest.h"
#include "runtime/model/lineage.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// A table that prepare() reads, and who needs it.
struct Wanted {
  std::string name, schema;
  std::string metadata; ///< that it goes to
  std::string for_whom; ///< "class 'User' (model.h:12)"

  std::string full_name() const { return schema.empty() ? name : schema + "." + name; }
};

/// Returns the deferred classes with tables that the choice takes, and those above them, whose rows
/// theirs continue. `base` is the choice's, or null. Throws ArgumentError if a group or base has
/// none.
std::vector<const model::MappedClass *> chosen_classes(const model::Program &program,
                                                       const model::Mapping &mapping,
                                                       const DeferredChoice &choice,
                                                       const model::Class *base) {
  const auto is_chosen = [&](const model::MappedClass &mapped) {
    if (choice.group)
      return *mapped.deferred == *choice.group;
    return !choice.base || (base && model::Lineage(program, *mapped.class_).find(*base));
  };
  std::vector<const model::MappedClass *> chosen;
  std::vector<std::string> groups;
  for (const model::MappedClass &mapped : mapping.classes) {
    if (!mapped.deferred || !mapped.has_table() || mapped.manual)
      continue;
    if (!mapped.deferred->empty())
      groups.push_back(*mapped.deferred);
    if (!is_chosen(mapped))
      continue;
    for (const model::MappedClass *at = &mapped; at; at = at->up())
      if (at->has_table() && at->deferred &&
          std::find(chosen.begin(), chosen.end(), at) == chosen.end())
        chosen.push_back(at);
  }
  if (!chosen.empty() || (!choice.group && !choice.base))
    return chosen;
  if (choice.base)
    throw ArgumentError("prepare<" + (base ? base->name : spelled(*choice.base)) +
                        ">: no class with deferred_reflection is or derives from it");
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  throw ArgumentError("prepare(\"" + *choice.group +
                      "\", engine): no class is in that group of deferred_reflection" +
                      suggestion(*choice.group, groups));
}

/// Returns the tables that the classes need: their own, and those in between that no class
/// declares.
std::vector<Wanted> wanted_tables(const model::Mapping &mapping,
                                  const std::vector<const model::MappedClass *> &chosen) {
  std::vector<Wanted> wanted;
  for (const model::MappedClass *mapped : chosen)
    wanted.push_back(
        {mapped->table.name, mapped->table.schema, mapped->table.metadata, describe(*mapped)});
  for (const model::MappedClass &mapped : mapping.classes)
    for (const model::RelationshipDecl &decl : mapped.relationships) {
      const auto is_chosen = [&](const model::MappedClass *one) {
        return one && std::find(chosen.begin(), chosen.end(), one->table_class) != chosen.end();
      };
      // Both sides of a relationship may name the table.
      const bool is_known = std::any_of(wanted.begin(), wanted.end(), [&](const Wanted &table) {
        return table.full_name() == decl.secondary && table.metadata == mapped.table.metadata;
      });
      if (decl.secondary.empty() || decl.secondary_class || is_known ||
          (!is_chosen(&mapped) && !is_chosen(decl.target)))
        continue;
      const std::size_t dot = decl.secondary.rfind('.');
      const bool has_schema = dot != std::string::npos;
      wanted.push_back({has_schema ? decl.secondary.substr(dot + 1) : decl.secondary,
                        has_schema ? decl.secondary.substr(0, dot) : std::string(),
                        mapped.table.metadata,
                        "the relationship '" + decl.name() + "' of " + describe(mapped)});
    }
  return wanted;
}

/// Reads tables into their MetaData; forgets them again unless it is told to keep them.
class Reflection {
public:
  explicit Reflection(const Engine &engine) : engine_(engine) {}
  Reflection(const Reflection &) = delete;
  Reflection &operator=(const Reflection &) = delete;
  ~Reflection() {
    for (const auto &[metadata, table] : added_)
      metadata->remove(*table);
  }

  /// Reads the tables of one schema, and those that they refer to. `wanted` is not empty.
  void read(MetaData &metadata, const std::string &schema, const std::vector<Wanted> &wanted) {
    ReflectOptions options;
    options.schema = schema;
    for (const Wanted &table : wanted)
      options.only.push_back(table.name);
    const std::vector<Table *> before = metadata.tables();
    try {
      metadata.reflect(engine_, options);
    } catch (const NoSuchTableError &error) {
      throw NoSuchTableError(error.what() + for_whom(wanted, error.what()));
    }
    for (Table *table : metadata.tables())
      if (std::find(before.begin(), before.end(), table) == before.end())
        added_.emplace_back(&metadata, table);
  }

  void keep() { added_.clear(); }

private:
  /// Returns who needs the tables that the message says are missing.
  static std::string for_whom(const std::vector<Wanted> &wanted, const std::string &message) {
    std::string text;
    for (const Wanted &table : wanted)
      if (message.find("no table '" + table.name + "'") != std::string::npos)
        text += "\n'" + table.name + "' is the table of " + table.for_whom;
    return text;
  }

  const Engine &engine_;
  std::vector<std::pair<MetaData *, Table *>> added_;
};

} // namespace

void RegistryState::prepare(const Engine &engine, const DeferredChoice &choice) {
  const std::lock_guard lock(mutex_);
  declare();
  const model::Program merged = classes_.program();
  model::Diagnostics reported; // declare() has told what is in it
  const model::Mapping unread = model::map(merged, reported, tables_.reflected_shapes());
  const std::vector<const Class *> base =
      choice.base ? classes_.copies_of(*choice.base) : std::vector<const Class *>();
  auto chosen = chosen_classes(merged, unread, choice,
                               base.empty() ? nullptr : merged.find(base.front()->key));
  std::erase_if(chosen, [this](const model::MappedClass *mapped) {
    return tables_.table_of(mapped->class_->key) != nullptr;
  });
  if (chosen.empty())
    return;

  std::map<std::pair<std::string, std::string>, std::vector<Wanted>> missing; // by MetaData, schema
  for (Wanted &table : wanted_tables(unread, chosen))
    if (!tables_.find_table(table.metadata, table.full_name()))
      missing[{table.metadata, table.schema}].push_back(std::move(table));
  Reflection reflection(engine);
  for (const auto &[place, tables] : missing)
    reflection.read(tables_.metadata(place.first), place.second, tables);

  const std::size_t known_mappers = mappers_.all().size();
  for (const model::MappedClass *mapped : chosen)
    tables_.set_reflected(
        mapped->class_->key,
        tables_.metadata(mapped->table.metadata).table(mapped->table.full_name()));
  try {
    const model::Mapping mapping = model::map(merged, reported, tables_.reflected_shapes());
    for (const model::MappedClass *mapped : chosen)
      lay_over_table(*mapping.find(mapped->class_->key), *tables_.table_of(mapped->class_->key),
                     &engine.dialect());
    factory_.make(mapping);
  } catch (...) {
    forget_mappers(known_mappers);
    for (const model::MappedClass *mapped : chosen)
      tables_.forget(mapped->class_->key);
    throw;
  }
  reflection.keep();
  declared_ = registered_.fetch_add(1, std::memory_order_acq_rel) + 1;
}

} // namespace declorm::detail
