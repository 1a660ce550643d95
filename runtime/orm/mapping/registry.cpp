// registry.cpp: registration, declare and configure.
#include "runtime/orm/mapping/registry.h"

#include "runtime/engine/suggest.h"
#include "runtime/orm/mapping/declarative_tables.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/registered_model.h"

#include <algorithm>

namespace declorm {

namespace detail {

RegistryState &RegistryState::instance() {
  static RegistryState *state = new RegistryState; // outlives every module's destructors
  return *state;
}

Registration::Registration(const Module &module) noexcept : module_(module) {
  RegistryState::instance().add(module_);
}
Registration::~Registration() { RegistryState::instance().remove(module_); }

void RegistryState::add(const Module &module) {
  const std::lock_guard lock(mutex_);
  if (module.version != registration_version) {
    version_mismatch_ = true;
    registered_.fetch_add(1, std::memory_order_release);
    return;
  }
  bool is_new = false;
  for (unsigned i = 0; i != module.count; ++i) {
    const Class &class_ = *module.classes[i];
    Registered &registered = classes_[class_.key];
    auto shape = std::find_if(registered.shapes.begin(), registered.shapes.end(),
                              [&](const Shape &known) { return known.digest == class_.digest; });
    if (shape == registered.shapes.end()) {
      is_new = true;
      shape = registered.shapes.insert(shape, Shape{class_.digest, {}, {}});
    }
    if (shape->copies.empty() && registered.digest == class_.digest) {
      rebind_mappers(class_, shape->gone); // it was unloaded and is back
      if (registered.mapper)
        mappers_[&class_] = registered.mapper;
    }
    shape->copies.push_back({&class_, module.source});
    by_type_name_.emplace(class_.type->name, &class_);
  }
  if (is_new)
    registered_.fetch_add(1, std::memory_order_release);
}

void RegistryState::remove(const Module &module) {
  const std::lock_guard lock(mutex_);
  if (module.version != registration_version)
    return;
  for (unsigned i = 0; i != module.count; ++i) {
    const Class *class_ = module.classes[i];
    const auto registered = classes_.find(std::string_view(class_->key));
    if (registered == classes_.end())
      continue;
    for (Shape &shape : registered->second.shapes) {
      const auto is_it = [&](const Copy &copy) { return copy.class_ == class_; };
      const auto copy = std::find_if(shape.copies.begin(), shape.copies.end(), is_it);
      if (copy == shape.copies.end())
        continue;
      shape.copies.erase(copy);
      const bool other_address = std::none_of(shape.copies.begin(), shape.copies.end(), is_it);
      if (!other_address)
        break;
      const auto range = by_type_name_.equal_range(class_->type->name);
      for (auto it = range.first; it != range.second; ++it)
        if (it->second == class_) {
          by_type_name_.erase(it);
          break;
        }
      mappers_.erase(class_);
      if (!shape.copies.empty()) {
        rebind_mappers(*shape.copies.front().class_, thunks_of(*class_));
        break;
      }
      shape.gone = thunks_of(*class_);
      if (registered->second.mapper && registered->second.digest == shape.digest)
        registered->second.mapper->state().loaded.store(false, std::memory_order_release);
      if (failure_) // perhaps it was this one's
        registered_.fetch_add(1, std::memory_order_release);
      break;
    }
  }
}

void RegistryState::rebind_mappers(const Class &class_, const std::vector<Thunk> &gone) {
  // A base's functions are used by the mappers of the classes below it.
  for (const auto &mapper : owned_mappers_)
    mapper->state().rebind(class_, gone);
}

/// Tables and mappers are made of a class's first shape, and stay when its module goes.
void RegistryState::check_reloaded(const Registered &registered) const {
  if (registered.digest.empty())
    return;
  const Class *other = nullptr;
  for (const Shape &shape : registered.shapes) {
    if (shape.copies.empty())
      continue;
    if (shape.digest == registered.digest)
      return;
    other = shape.copies.front().class_;
  }
  if (!other)
    return;
  const model::Class loaded = to_model(*other);
  throw ArgumentError(model::to_string(
      {"definition-mismatch",
       model::Severity::error,
       "class '" + loaded.name + "' is defined in two ways: it was mapped as " + registered.place +
           " defines it, in a module that is unloaded by now; load that definition again, or start "
           "the program anew",
       loaded.location,
       {}}));
}

void RegistryState::note_declared(const model::Program &merged) {
  for (const model::ProgramClass &declared : merged.classes) {
    Registered &registered = classes_.find(declared.key)->second;
    if (!registered.digest.empty())
      continue;
    for (const Shape &shape : registered.shapes)
      if (!shape.copies.empty())
        registered.digest = shape.digest;
    const model::Location &location = declared.class_().location;
    registered.place = location.file + ":" + std::to_string(location.line);
  }
}

const Class *RegistryState::find_copy(const std::string &key) const {
  const auto registered = classes_.find(key);
  if (registered == classes_.end())
    return nullptr;
  for (const Shape &shape : registered->second.shapes)
    if (!shape.copies.empty())
      return shape.copies.front().class_;
  return nullptr;
}

model::Program RegistryState::program() const {
  // One translation unit for all classes of which there is one shape; of others, who has which
  // matters.
  std::vector<model::TranslationUnit> units(1);
  units.front().classes.reserve(classes_.size());
  const auto is_loaded = [](const Shape &shape) { return !shape.copies.empty(); };
  for (const auto &[key, registered] : classes_) {
    const std::vector<Shape> &shapes = registered.shapes;
    const bool is_one = std::count_if(shapes.begin(), shapes.end(), is_loaded) == 1;
    for (const Shape &shape : shapes)
      for (const Copy &copy : shape.copies) {
        if (!is_one)
          units.emplace_back().file = copy.source;
        (is_one ? units.front() : units.back()).classes.push_back(to_model(*copy.class_));
        if (is_one)
          break;
      }
  }
  return model::merge(std::move(units));
}

void RegistryState::declare() {
  const std::lock_guard lock(mutex_);
  const std::uint64_t registered = registered_.load(std::memory_order_acquire);
  if (declared_ == registered) {
    if (failure_)
      std::rethrow_exception(failure_);
    return;
  }
  declared_ = registered;
  failure_ = nullptr;
  try {
    if (version_mismatch_)
      throw InvalidRequestError(
          "a translation unit was compiled with another version of the declorm plugin than this "
          "runtime's; compile all of them with the plugin that came with the runtime");
    for (const auto &[key, known] : classes_)
      check_reloaded(known);
    const model::Program merged = program();
    model::Diagnostics reported;
    const model::Mapping mapping = model::map(merged, reported, reflected_tables());
    for (const model::Diagnostic &diagnostic : model::check(merged, mapping, std::move(reported)))
      if (diagnostic.severity == model::Severity::error)
        throw ArgumentError(model::to_string(diagnostic));
    make_mappers(mapping);
    note_declared(merged);
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

model::ReflectedTables RegistryState::reflected_tables() const {
  model::ReflectedTables reflected;
  for (const auto &[key, registered] : classes_) {
    if (!registered.is_reflected)
      continue;
    model::ReflectedTable &table = reflected[key];
    for (const Column *column : registered.table->columns())
      table.columns.push_back(column->name());
    for (const Column *column : registered.table->primary_key())
      table.key.push_back(column->name());
    for (const Constraint &constraint : registered.table->constraints())
      if (constraint.kind == ConstraintKind::foreign_key)
        table.foreign_keys.push_back({constraint.columns, constraint.referred});
  }
  return reflected;
}

MetaData &RegistryState::metadata_for(const std::string &name) {
  std::unique_ptr<MetaData> &metadata = metadata_[name];
  if (!metadata)
    metadata = std::make_unique<MetaData>();
  return *metadata;
}

/// Parents first.
void RegistryState::declare_own_table(const model::MappedClass &mapped) {
  if (mapped.up())
    declare_own_table(*mapped.up());
  if (!mapped.has_table() || mapped.deferred)
    return;
  Registered &registered = classes_.find(mapped.class_->key)->second;
  if (!registered.table)
    registered.table = &declare_table(metadata_for(mapped.table.metadata), mapped.table);
}

bool RegistryState::waits(const model::MappedClass &mapped) {
  for (const model::MappedClass *at = &mapped; at; at = at->up()) {
    if (classes_.find(at->class_->key)->second.table)
      continue;
    if (at->has_table() && at->deferred) {
      const std::string group =
          at->deferred->empty() ? std::string() : "\"" + *at->deferred + "\", ";
      waiting_[mapped.class_->key] = {
          "is mapped to table '" + at->table.full_name() +
              "' by deferred reflection, which was not done yet; call declorm::prepare(" + group +
              "engine) before its first use",
          {},
          {}};
      return true;
    }
    if (!at->concrete_union || at->concrete_union->table_name.empty())
      continue;
    const std::string &name = at->concrete_union->table_name;
    if (metadata_for(at->table.metadata).find_table(name))
      continue;
    waiting_[mapped.class_->key] = {"is mapped to the table '" + name +
                                        "' of the MetaData, which has none of that name",
                                    at->table.metadata, name};
    return true;
  }
  return false;
}

bool RegistryState::has_awaited_table() {
  return std::any_of(waiting_.begin(), waiting_.end(), [&](const auto &entry) {
    const Waiting &waiting = entry.second;
    return !waiting.table.empty() && metadata_for(waiting.metadata).find_table(waiting.table);
  });
}

std::string RegistryState::tell(const Waiting &waiting) {
  if (waiting.table.empty())
    return waiting.why;
  std::vector<std::string> known;
  for (const Table *table : metadata_for(waiting.metadata).tables())
    known.push_back(table->full_name());
  return waiting.why + suggestion(waiting.table, known) +
         "; add or reflect it before the class's first use";
}

void RegistryState::make_mappers(const model::Mapping &mapping) {
  owned_mappers_.reserve(mapping.classes.size());
  waiting_.clear();
  // All tables first: a function that makes one may ask for any other.
  for (const model::MappedClass &mapped : mapping.classes)
    declare_own_table(mapped);
  const auto is_new = [this](const model::MappedClass &mapped) {
    const auto registered = classes_.find(mapped.class_->key);
    return registered != classes_.end() && !registered->second.mapper;
  };
  std::vector<MapperState *> roots;
  for (const model::MappedClass &mapped : mapping.classes) {
    if (!is_new(mapped) || (!mapped.has_table() && !mapped.up()) || waits(mapped))
      continue;
    MapperState *root = make_mapper(mapped).state().root;
    const bool is_hierarchy = mapped.up() || !mapped.children.empty();
    if (is_hierarchy && std::find(roots.begin(), roots.end(), root) == roots.end())
      roots.push_back(root);
  }
  make_unions(mapping);
  make_relationships(mapping);
  for (MapperState *root : roots)
    if (root->discriminator)
      for_each_below(*root, [](MapperState &mapper) {
        mapper.set_load_plan(std::make_unique<LoadPlan>(make_load_plan(mapper, {})));
      });
  for (const model::MappedClass &mapped : mapping.rows)
    if (is_new(mapped)) {
      MetaData &metadata = *row_metadata_.emplace_back(std::make_unique<MetaData>());
      add_mapper(mapped, declare_table(metadata, mapped.table), nullptr).state().is_row = true;
    }
}

/// Parents first.
Mapper &RegistryState::make_mapper(const model::MappedClass &mapped) {
  if (Mapper *known = classes_.find(mapped.class_->key)->second.mapper)
    return *known;
  MapperState *parent = mapped.up() ? &make_mapper(*mapped.up()).state() : nullptr;
  if (mapped.has_table())
    return add_mapper(mapped, *classes_.find(mapped.class_->key)->second.table, parent);
  if (!parent) {
    make_union(mapped);
    return *classes_.find(mapped.class_->key)->second.mapper;
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
    given_tables_.lay_over(mapped, *parent->table);
  return add_mapper(mapped, *parent->table, parent);
}

Mapper &RegistryState::add_mapper(const model::MappedClass &mapped, Table &table,
                                  MapperState *parent) {
  auto state = make_mapper_state(mapped, table, parent,
                                 [this](const std::string &key) { return find_copy(key); });
  owned_mappers_.push_back(std::make_unique<Mapper>(std::move(state)));
  MapperState &made = owned_mappers_.back()->state();
  if (parent)
    parent->children.push_back(&made);
  Registered &registered = classes_.find(mapped.class_->key)->second;
  registered.mapper = owned_mappers_.back().get();
  for (const Shape &shape : registered.shapes)
    for (const Copy &copy : shape.copies)
      mappers_[copy.class_] = registered.mapper;
  return *registered.mapper;
}

void RegistryState::configure() {
  if (is_configured())
    return;
  const std::lock_guard lock(mutex_);
  const std::uint64_t registered = registered_.load(std::memory_order_acquire);
  declare();
  if (!waiting_relationship_.empty())
    throw InvalidRequestError(waiting_relationship_);
  bind_expressions();
  bind_relationships();
  configured_.store(registered, std::memory_order_release);
}

FoundName RegistryState::find_name(const ExpressionSource &source, const ExpressionName &name) {
  if (name.class_key.empty()) {
    const auto metadata = metadata_.find(source.metadata);
    Table *table = metadata == metadata_.end() ? nullptr : metadata->second->find_table(name.table);
    if (const Column *column = table ? table->find_column(name.table_column) : nullptr)
      return {column, nullptr};
    if (!source.unresolved.empty())
      throw ArgumentError(source.unresolved);
    const std::string in_table = "'" + name.table_column + "' of " + source.owner;
    if (!table)
      throw InvalidRequestError("an expression names " + in_table + ": the table '" + name.table +
                                "' was not reflected yet");
    table->column(name.table_column); // throws, with the nearest name
  }
  const auto registered = classes_.find(name.class_key);
  if (registered == classes_.end() || !registered->second.mapper) {
    const auto waiting = waiting_.find(name.class_key);
    throw InvalidRequestError(
        "an expression of " + source.owner + " names a class that " +
        (waiting == waiting_.end() ? "is not mapped" : tell(waiting->second)));
  }
  const MapperState &state = registered->second.mapper->state();
  if (name.member.empty())
    return {state.table->find_column(name.column), nullptr};
  for (const ExpressionInfo &info : state.expressions)
    if (info.member == name.member)
      return {nullptr, &info.source};
  throw ArgumentError(describe(state) + ": '" + name.member + "' is no expression");
}

void RegistryState::bind(ExpressionSource &source) {
  source.found.resize(source.names.size());
  for (std::size_t i = 0; i != source.names.size(); ++i)
    if (source.tree.nodes[i].kind == model::ExprKind::name)
      source.found[i] = find_name(source, source.names[i]);
}

void RegistryState::bind_expressions() {
  for (const auto &mapper : owned_mappers_) {
    MapperState &state = mapper->state();
    bind_expressions(state);
    if (MapperState &reader = state.reader(); &reader != &state)
      bind_expressions(reader);
  }
}

void RegistryState::bind_expressions(MapperState &state) {
  if (state.expressions_bound)
    return;
  for (ExpressionInfo &info : state.expressions)
    bind(info.source);
  for (auto &[column, source] : state.comparisons)
    bind(source); // throws, and is tried again, if there is no such table yet
  state.expressions_bound = true;
  if (!state.writer)
    return;
  for (ExpressionInfo &info : state.expressions)
    read_from_union(info.source, state);
  for (auto &[column, source] : state.comparisons)
    read_from_union(source, state);
}

MetaData &RegistryState::metadata(std::string_view name) {
  const std::lock_guard lock(mutex_);
  declare();
  if (has_awaited_table()) { // so that what create_all() makes is what the class says too
    registered_.fetch_add(1, std::memory_order_release);
    declare();
  }
  const auto found = metadata_.find(name);
  if (found != metadata_.end())
    return *found->second;
  return *metadata_.emplace(std::string(name), std::make_unique<MetaData>()).first->second;
}

namespace {

bool has_internal_linkage(const Class &class_) { return class_.flags & class_internal; }

} // namespace

Mapper *RegistryState::find(const TypeId &type) {
  Mapper *mapper = find_with_rows(type);
  return mapper && mapper->state().is_row ? nullptr : mapper;
}

Mapper *RegistryState::find_with_rows(const TypeId &type) {
  const std::lock_guard lock(mutex_);
  declare();
  bool registered = false;
  const auto range = by_type_name_.equal_range(type.name);
  for (auto it = range.first; it != range.second; ++it) {
    // Classes of one name in several translation units' anonymous namespaces are told apart by tag.
    if (has_internal_linkage(*it->second) && it->second->type->tag != type.tag)
      continue;
    registered = true;
    const auto &same_key = classes_.find(std::string_view(it->second->key))->second;
    if (same_key.mapper)
      return same_key.mapper;
  }
  if (registered && has_awaited_table()) {
    registered_.fetch_add(1, std::memory_order_release);
    return find_with_rows(type);
  }
  if (registered)
    return nullptr;
  throw UnmappedClassError(
      "class '" + spelled(type) +
      "' was never registered: it bears no declorm annotation, or the source that defines it was "
      "not compiled with the declorm plugin (-fplugin=declorm), or that object file is not linked "
      "into this program");
}

namespace {

Mapper &mapper_or_throw(const TypeId &type) {
  if (Mapper *mapper = RegistryState::instance().find(type))
    return *mapper;
  if (const std::string why = RegistryState::instance().why_unmapped(type); !why.empty())
    throw UnmappedClassError("class '" + spelled(type) + "' " + why);
  throw UnmappedClassError("class '" + spelled(type) +
                           "' is registered, but mapped to no table; annotate it with "
                           "[[declorm::table(\"name\")]], or with [[declorm::mapped]] if its rows "
                           "stand in the table of a base");
}

} // namespace

Mapper &find_mapper(const TypeId &type) { return mapper_or_throw(type); }

Mapper &find_configured_mapper(const TypeId &type) {
  RegistryState::instance().configure();
  Mapper &mapper = mapper_or_throw(type); // which may find what it waited for
  RegistryState::instance().configure();
  return mapper;
}

Mapper &find_row_mapper(const TypeId &type) {
  RegistryState::instance().configure();
  if (Mapper *mapper = RegistryState::instance().find_with_rows(type))
    return *mapper;
  throw UnmappedClassError("class '" + spelled(type) +
                           "' is registered, but has no columns to read rows into; annotate it "
                           "with [[declorm::row]] or [[declorm::table(\"name\")]]");
}

const Entity *find_entity(const TypeId &type) {
  RegistryState::instance().configure();
  Mapper *mapper = RegistryState::instance().find(type);
  return mapper ? &mapper->state().reader() : nullptr;
}

const Entity &entity_of(const TypeId &type) {
  return find_configured_mapper(type).state().reader();
}

} // namespace detail

MetaData &metadata(std::string_view name) {
  return detail::RegistryState::instance().metadata(name);
}

void configure() { detail::RegistryState::instance().configure(); }

void prepare(const Engine &engine) { detail::RegistryState::instance().prepare(engine, {}); }

void prepare(std::string_view group, const Engine &engine) {
  detail::RegistryState::instance().prepare(engine, {std::string(group), nullptr});
}

void detail::prepare_below(const TypeId &base, const Engine &engine) {
  RegistryState::instance().prepare(engine, {std::nullopt, &base});
}

} // namespace declorm
