// mapper.cpp: a mapped class and its attributes.
#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/orm/rows/mapper_statements.h"

#include "runtime/engine/field_io.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/relationship.h"
#include "runtime/orm/session/snapshot.h"

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>

namespace declorm {

Mapper::Mapper(std::unique_ptr<detail::MapperState> state) : state_(std::move(state)) {
  state_->mapper = this;
}
Mapper::~Mapper() = default;

const std::string &Mapper::name() const { return state_->name; }
const Table &Mapper::table() const { return *state_->table; }

std::vector<Attribute> Mapper::attributes() const {
  std::vector<Attribute> attributes;
  for (const detail::ColumnInfo &info : state_->infos) {
    std::vector<const Column *> columns{info.column};
    columns.insert(columns.end(), info.further.begin(), info.further.end());
    attributes.emplace_back(info.member, std::move(columns));
  }
  return attributes;
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

MapperState::MapperState() = default;
MapperState::~MapperState() = default;

std::string describe(const MapperState &mapper) {
  return "class '" + mapper.qualified_name + "' (" + mapper.place + ")";
}

void require_table(const MapperState &mapper) {
  if (mapper.table->union_definition())
    throw InvalidRequestError(describe(mapper) +
                              " has no table of its own: it is read from the "
                              "union '" +
                              mapper.table->full_name() +
                              "'; its rows are added, changed and deleted as objects of the "
                              "classes below it");
}

void require_key(const MapperState &mapper) {
  const bool has_key = !mapper.key_fields.empty() ||
                       (mapper.table->union_definition() && !mapper.table->primary_key().empty());
  if (!has_key)
    throw InvalidRequestError(describe(mapper) +
                              " has no primary key: a Connection inserts and selects its objects, "
                              "but nothing can update, delete or identify one");
}

const Column *MapperState::column_of(const TypeId &declaring, std::size_t offset) const {
  for (const ColumnInfo &info : infos)
    if (info.declared_offset == offset && info.declaring == declaring)
      return info.column;
  for (const Copy &copy : copies)
    if (copy.redeclared && copy.declared_offset == offset && copy.declaring == declaring)
      return infos[copy.from].column;
  return nullptr;
}

const Column *MapperState::column_of(std::string_view member) const {
  for (const ColumnInfo &info : infos)
    if (info.member == member)
      return info.column;
  return nullptr;
}

NodePtr MapperState::expression_of(std::string_view member, const std::string &alias) const {
  for (const ExpressionInfo &info : expressions)
    if (info.member == member)
      return ExpressionBuilder(*this, alias).build(info.source);
  return nullptr;
}

NodePtr MapperState::expression_of(const TypeId &declaring, std::size_t offset,
                                   const std::string &alias) const {
  for (const ExpressionInfo &info : expressions)
    if (info.is_loaded && info.declared_offset == offset && info.declaring == declaring)
      return ExpressionBuilder(*this, alias).build(info.source);
  return nullptr;
}

NodePtr MapperState::comparison_of(const Column &column, Operator op, const NodePtr &left,
                                   const NodePtr &right) const {
  for (const auto &[compared, source] : comparisons)
    if (compared == &column)
      return ExpressionBuilder(*this, std::string()).build_comparison(source, op, left, right);
  return nullptr;
}

std::vector<std::string> MapperState::member_names() const {
  std::vector<std::string> members;
  for (const ColumnInfo &info : infos)
    members.push_back(info.member);
  for (const ExpressionInfo &info : expressions)
    members.push_back(info.member);
  return members;
}

bool MapperState::is_a(const TypeId &other) const {
  return std::any_of(bases.begin(), bases.end(),
                     [&](const BaseInfo &base) { return base.type == other; });
}

NodePtr MapperState::restriction(const std::string &alias) const {
  const LoadPlan *plan = shares_table ? load_plan() : nullptr;
  if (!plan)
    return nullptr;
  std::vector<NodePtr> identities;
  for (const LoadTarget &target : plan->targets)
    identities.push_back(literal_node(*target.mapper->identity));
  const Column *column = root->columns[*discriminator];
  return in_list_node(Operator::in,
                      std::make_shared<const Node>(Node{ColumnNode{column, alias, false}}),
                      std::move(identities));
}

bool MapperState::is_below(const Entity &other) const {
  const Entity *wanted = &other.written();
  for (const MapperState *at = static_cast<const MapperState *>(&written()); at;
       at = at->parent ? at->parent : at->concrete_parent)
    if (at == wanted)
      return true;
  return false;
}

void MapperState::make_copies(void *object) const {
  for (const Copy &copy : copies) {
    const Field &to = copy.redeclared ? *copy.redeclared : all_fields[copy.to];
    const Value value = value_of(all_fields[copy.from], object);
    if (value_of(to, object) != value)
      assign(to, object, value);
  }
}

std::uint64_t MapperState::offset_of(const MapperState &base) const {
  if (&base == this)
    return 0;
  for (const BaseInfo &info : bases)
    if (info.key == base.key)
      return info.offset;
  throw InvalidRequestError("an object of " + describe(*this) + " is no " + describe(base));
}

bool MapperState::owns(const Table &some_table) const {
  return std::any_of(parts.begin(), parts.end(),
                     [&](const TablePart &part) { return part.table == &some_table; });
}

template <class Function> void MapperState::with_new_object(Function function) const {
  if (!construct)
    return;
  const auto free = [this](void *memory) {
    ::operator delete(memory, std::align_val_t(alignment));
  };
  const std::unique_ptr<void, decltype(free)> memory(
      ::operator new(size, std::align_val_t(alignment)), free);
  construct(memory.get());
  function(memory.get());
  if (destroy)
    destroy(memory.get());
}

const Value &MapperState::default_discriminator() const {
  std::call_once(default_discriminator_once_, [this] {
    with_new_object([this](const void *object) {
      default_discriminator_ = value_of(all_fields[*discriminator], object);
    });
  });
  return default_discriminator_;
}

const std::vector<std::vector<std::string>> &MapperState::mirror_defaults() const {
  std::call_once(mirror_defaults_once_, [this] {
    // Two objects: a key that the constructor makes anew each time is no sign of anything.
    for (const auto &group : mirrors)
      mirror_defaults_.emplace_back(group.size());
    bool is_first = true;
    for (int i = 0; i != 2; ++i)
      with_new_object([&](const void *object) {
        for (std::size_t group = 0; group != mirrors.size(); ++group)
          for (std::size_t at = 0; at != mirrors[group].size(); ++at) {
            std::string packed = packed_value(field_of(mirrors[group][at]), object);
            std::string &known = mirror_defaults_[group][at];
            known = is_first || known == packed ? std::move(packed) : std::string();
          }
        is_first = false;
      });
  });
  return mirror_defaults_;
}

void MapperState::set_load_plan(std::unique_ptr<const LoadPlan> plan) {
  load_plans_.push_back(std::move(plan));
  load_plan_.store(load_plans_.back().get(), std::memory_order_release);
}

void MapperState::set_reader(std::unique_ptr<MapperState> reader) {
  reader->writer = this;
  reader->mapper = mapper;
  readers_.push_back(std::move(reader));
  reader_.store(readers_.back().get(), std::memory_order_release);
}

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

void MapperState::rebind_expressions(const Class &class_) {
  std::size_t position = all_fields.size(); // in load_fields
  for (ExpressionInfo &info : expressions) {
    if (!info.is_loaded)
      continue;
    Field &field = load_fields[position++];
    if (info.class_key != class_.key)
      continue;
    field.accessor = accessor_of(class_, info.member_index);
    if (info.declaring.name)
      info.declaring = *class_.type;
  }
}

void MapperState::rebind(const Class &class_, const std::vector<Thunk> &gone) {
  bool is_ours = false;
  for (BaseInfo &base : bases) {
    if (base.key != class_.key)
      continue;
    base.type = *class_.type;
    is_ours = true;
  }
  if (!is_ours)
    return;
  if (class_.key == key) {
    type = *class_.type;
    construct = class_.construct;
    destroy = class_.destroy;
    loaded.store(true, std::memory_order_release);
  }
  for (ColumnInfo &info : infos) {
    if (info.class_key == class_.key && info.declaring.name)
      info.declaring = *class_.type;
    for (MadeValues &made : info.made_values)
      for (std::size_t i = 0; i != gone.size(); ++i) {
        if (made.default_thunk == gone[i])
          made.default_thunk = class_.thunks[i];
        if (made.onupdate_thunk == gone[i])
          made.onupdate_thunk = class_.thunks[i];
      }
  }
  const auto bind = [&](Field &field, unsigned position) {
    const ColumnInfo &info = infos[position];
    if (info.class_key == class_.key)
      field.accessor = accessor_of(class_, info.member_index);
  };
  for (unsigned i = 0; i != all_fields.size(); ++i)
    bind(all_fields[i], i);
  std::copy(all_fields.begin(), all_fields.end(), load_fields.begin());
  rebind_expressions(class_);
  for (unsigned i = 0; i != packed_fields.size(); ++i)
    bind(packed_fields[i], packed_positions[i]);
  for (unsigned i = 0; i != key_fields.size(); ++i)
    bind(key_fields[i], key_positions[i]);
  for (CompositeGate &gate : gates)
    if (gate.class_key == class_.key)
      gate.accessor = accessor_of(class_, gate.member_index);
  for (Copy &copy : copies)
    if (copy.redeclared && copy.class_key == class_.key) {
      copy.redeclared->accessor = accessor_of(class_, copy.member_index);
      copy.declaring = *class_.type;
    }
  for (const auto &relationship : own_relationships)
    if (relationship->class_key == class_.key) {
      relationship->access = link_access_of(class_, relationship->member_index);
      relationship->declaring = *class_.type;
    }
  for (const auto &reader : readers_)
    reader->rebind(class_, gone);
  const std::lock_guard lock(statements_mutex_);
  for (const auto &statements : statements_)
    statements->clear_plans();
}

} // namespace detail

} // namespace declorm
