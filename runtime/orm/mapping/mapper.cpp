// mapper.cpp: a mapped class and its attributes.
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/orm/mapping/relationship.h"
#include "runtime/orm/rows/mapper_statements.h"

#include <cstdlib>
#include <cxxabi.h>

namespace declorm {

Attribute::Attribute(std::string name, std::vector<const Column *> columns)
    : name_(std::move(name)), columns_(std::move(columns)) {}

Mapper::Mapper(std::unique_ptr<detail::MapperState> state) : state_(state.release()) {
  state_->mapper = this;
}
Mapper::~Mapper() = default;

void Mapper::reset(std::unique_ptr<detail::MapperState> state) {
  state_ = detail::Owned<detail::MapperState>(state.release());
  state_->mapper = this;
}

const std::string &Mapper::name() const { return state_->name; }
const Table &Mapper::table() const { return *state_->table; }

std::vector<Attribute> Mapper::attributes() const {
  std::vector<Attribute> attributes;
  for (const detail::ColumnInfo &info : state_->infos) {
    std::vector<const Column *> columns{info.column};
    columns.insert(columns.end(), info.also_in_tables.begin(), info.also_in_tables.end());
    attributes.emplace_back(info.member, std::move(columns));
  }
  return attributes;
}

std::vector<RelationshipProperty> Mapper::relationships() const {
  std::vector<RelationshipProperty> relationships;
  for (const detail::MappedRelationship &mapped : state_->relationships)
    relationships.emplace_back(mapped.state->name(), *mapped.state->target->mapper);
  return relationships;
}

const Mapper *Mapper::inherits() const { return state_->parent ? state_->parent->mapper : nullptr; }

std::optional<Value> Mapper::polymorphic_identity() const { return state_->identity; }

std::vector<const Column *> Mapper::primary_key() const {
  if (state_->table->union_definition())
    return state_->table->primary_key(); // the class may have no members for them
  std::vector<const Column *> key;
  for (const unsigned position : state_->key_positions)
    key.push_back(state_->columns[position]);
  return key;
}

namespace detail {

Mapper &find_mapper_below(Mapper &base, const std::type_info &real) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void *)> name(
      abi::__cxa_demangle(real.name(), nullptr, nullptr, &status), std::free);
  const std::string real_name = name ? name.get() : real.name();
  MapperState *found = nullptr;
  const auto search = [&](auto &again, MapperState &mapper) -> void {
    if (spelled(mapper.type) == real_name)
      found = &mapper;
    for (MapperState *child : mapper.children)
      again(again, *child);
    for (MapperState *child : mapper.concrete_children)
      again(again, *child);
  };
  search(search, base.state());
  if (found)
    return *found->mapper;
  throw UnmappedClassError("the object is of class '" + real_name +
                           "', which is not mapped below " + describe(base.state()) +
                           "; map that class, or add an object of a mapped one");
}

bool is_loaded(const Mapper &mapper) noexcept {
  return mapper.state().loaded.load(std::memory_order_acquire);
}

} // namespace detail

} // namespace declorm
