// registry.cpp: registration, declare and configure.
#include "runtime/orm/mapping/registry.h"

#include "runtime/model/mapping.h"

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
  const RegisteredClasses::Change change = classes_.add(module);
  for (const RegisteredClasses::Takeover &takeover : change.takeovers)
    mappers_.rebind(*takeover.class_, takeover.gone);
  if (change.has_new_shape)
    registered_.fetch_add(1, std::memory_order_release);
}

void RegistryState::remove(const Module &module) {
  const std::lock_guard lock(mutex_);
  if (module.version != registration_version)
    return;
  const RegisteredClasses::Change change = classes_.remove(module);
  for (const RegisteredClasses::Takeover &takeover : change.takeovers)
    mappers_.rebind(*takeover.class_, takeover.gone);
  for (const std::string &key : change.unloaded)
    if (Mapper *mapper = mappers_.find(key))
      mapper->state().loaded.store(false, std::memory_order_release);
  if (change.has_lost_shape && (failure_ || configure_failure_)) // perhaps it was this one's
    registered_.fetch_add(1, std::memory_order_release);
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
    classes_.check_reloaded();
    const model::Program merged = classes_.program();
    model::Diagnostics reported;
    const model::Mapping mapping = model::map(merged, reported, tables_.reflected_shapes());
    for (const model::Diagnostic &diagnostic : model::check(merged, mapping, std::move(reported)))
      if (diagnostic.severity == model::Severity::error)
        throw ArgumentError(model::to_string(diagnostic));
    factory_.make(mapping);
    classes_.note_mapped(merged);
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
}

void RegistryState::forget_mappers(std::size_t count) {
  relationships_.forget_of([&](const MapperState &owner) {
    return mappers_.is_behind(count, &owner) || mappers_.leads_behind(count, owner);
  });
  mappers_.forget_behind(count);
  waiting_.clear(); // and is filled again by the next declare()
  registered_.fetch_add(1, std::memory_order_release);
}

std::string RegistryState::why_unmapped(const TypeId &type) {
  const std::lock_guard lock(mutex_);
  for (const Class *copy : classes_.copies_of(type))
    if (std::string why = waiting_.why(copy->key); !why.empty())
      return why;
  return {};
}

std::vector<const KeyLink *> RegistryState::key_links() {
  const std::lock_guard lock(mutex_);
  return relationships_.key_links();
}

void RegistryState::configure() {
  if (is_configured())
    return;
  const std::lock_guard lock(mutex_);
  if (calling_ == model::HookKind::declare_last)
    return; // all is made, and this thread may use it
  if (calling_)
    throw InvalidRequestError("a session or a query was used in a declare_first function, before "
                              "the mappers that it needs are configured; do that in declare_last");
  const std::uint64_t registered = registered_.load(std::memory_order_acquire);
  if (configure_failure_ && failed_ == registered)
    std::rethrow_exception(configure_failure_);
  declare();
  if (!waiting_.unresolved().empty())
    throw ArgumentError(waiting_.unresolved());
  call_for_classes(model::HookKind::declare_first);
  if (!waiting_.relationship().empty())
    throw InvalidRequestError(waiting_.relationship());
  expressions_.bind_all();
  relationships_.bind_all();
  call_for_classes(model::HookKind::declare_last);
  configured_.store(registered, std::memory_order_release);
}

void RegistryState::call_for_classes(model::HookKind kind) {
  std::vector<Thunk> called;
  for (const auto &mapper : mappers_.all()) {
    const MapperState &state = mapper->state();
    if (!state.has_hook(kind) || !state.loaded.load(std::memory_order_acquire))
      continue;
    for (const Hook &hook : state.hooks->at(kind))
      if (std::find(called.begin(), called.end(), hook.thunk) == called.end())
        called.push_back(hook.thunk); // a mixin's function stands in several classes
  }
  if (called.empty())
    return;
  calling_ = kind;
  try {
    for (const Thunk thunk : called)
      thunk(nullptr, nullptr);
  } catch (...) {
    calling_.reset();
    configure_failure_ = std::current_exception();
    failed_ = registered_.load(std::memory_order_acquire);
    throw;
  }
  calling_.reset();
}

MetaData &RegistryState::metadata(std::string_view name) {
  const std::lock_guard lock(mutex_);
  declare();
  if (waiting_.has_awaited_table()) { // so that what create_all() makes is what the class says too
    registered_.fetch_add(1, std::memory_order_release);
    declare();
  }
  return tables_.metadata(name);
}

Mapper *RegistryState::find(const TypeId &type) {
  Mapper *mapper = find_with_rows(type);
  return mapper && mapper->state().is_row ? nullptr : mapper;
}

Mapper *RegistryState::find_with_rows(const TypeId &type) {
  const std::lock_guard lock(mutex_);
  declare();
  const std::vector<const Class *> copies = classes_.copies_of(type);
  for (const Class *copy : copies)
    if (Mapper *mapper = mappers_.find(copy->key))
      return mapper;
  if (!copies.empty() && waiting_.has_awaited_table()) {
    registered_.fetch_add(1, std::memory_order_release);
    return find_with_rows(type);
  }
  if (!copies.empty())
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
