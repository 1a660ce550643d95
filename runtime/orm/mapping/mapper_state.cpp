// mapper_state.cpp: what orm asks of a mapped class, and how another module takes over.
#include "runtime/orm/mapping/mapper_state.h"

#include "runtime/engine/field_io.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/relationship.h"
#include "runtime/orm/rows/mapper_statements.h"
#include "runtime/orm/session/snapshot.h"

#include <algorithm>

namespace declorm::detail {

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

const Column *MapperState::column_of(const MemberRef &member) const {
  if (member.function)
    return column_of(member_name(member.function));
  for (const ColumnInfo &info : infos)
    if (info.declared_offset == member.offset && info.declaring == *member.declaring)
      return info.column;
  for (const MirroredMember &copy : copies)
    if (copy.redeclared && copy.declared_offset == member.offset &&
        copy.declaring == *member.declaring)
      return infos[copy.from].column;
  return nullptr;
}

const Column *MapperState::column_of(std::string_view member) const {
  for (const ColumnInfo &info : infos)
    if (info.member == member)
      return info.column;
  return nullptr;
}

const CompositeColumns *MapperState::composite_of(const MemberRef &member) const {
  if (member.function)
    return nullptr;
  for (const MappedComposite &composite : composites)
    if (composite.declared_offset == member.offset && composite.declaring == *member.declaring)
      return &composite;
  return nullptr;
}

const CompositeColumns *MapperState::composite_of(std::string_view member) const {
  for (const MappedComposite &composite : composites)
    if (composite.member == member)
      return &composite;
  return nullptr;
}

NodePtr MapperState::expression_of(std::string_view member, const std::string &alias) const {
  for (const ExpressionInfo &info : expressions)
    if (info.member == member)
      return ExpressionBuilder(*this, alias).build(info.source);
  return nullptr;
}

NodePtr MapperState::expression_of(const MemberRef &member, const std::string &alias) const {
  if (member.function)
    return expression_of(member_name(member.function), alias);
  for (const ExpressionInfo &info : expressions)
    if (info.is_loaded && info.declared_offset == member.offset &&
        info.declaring == *member.declaring)
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
  if (!plan || !discriminator)
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
  for (const MirroredMember &copy : copies) {
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

void MapperHooks::rebind(const std::vector<Thunk> &gone, const Thunk *thunks) {
  const auto replace = [&](Hook &hook) {
    if (const auto at = std::find(gone.begin(), gone.end(), hook.thunk); at != gone.end())
      hook.thunk = thunks[at - gone.begin()];
  };
  for (std::vector<Hook> &hooks : of)
    std::for_each(hooks.begin(), hooks.end(), replace);
  std::for_each(validators.begin(), validators.end(), replace);
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
    // Two objects are made, because a key that the constructor makes anew each time says nothing.
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

const std::vector<std::string> &MapperState::deferred_defaults() const {
  std::call_once(deferred_defaults_once_, [this] {
    deferred_defaults_.resize(deferred.size());
    with_new_object([&](const void *object) {
      for (std::size_t i = 0; i != deferred.size(); ++i)
        if (deferred[i].load_field < all_fields.size())
          deferred_defaults_[i] = packed_value(all_fields[deferred[i].load_field], object);
    });
  });
  return deferred_defaults_;
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

void MapperState::set_fields(std::vector<Field> fields) {
  const std::size_t column_count = columns.size(), load_count = fields.size();
  bool is_in_order = true;
  for (unsigned i = 0; i != packed_positions.size(); ++i)
    is_in_order &= packed_positions[i] == i;
  if (!is_in_order) // the key does not come first: one more run of the array has it there
    for (const unsigned position : packed_positions)
      fields.push_back(fields[position]);
  field_array_ = std::move(fields);
  const std::span<const Field> all(field_array_);
  all_fields = all.first(column_count);
  load_fields = all.first(load_count);
  packed_fields = is_in_order ? all_fields : all.subspan(load_count);
  key_fields = packed_fields.first(key_positions.size());
}

void MapperState::rebind_fields(const Class &class_) {
  std::size_t at = 0;
  const auto bind = [&](const MemberPlace &member) {
    if (member.class_key == class_.key)
      field_array_[at].accessor = accessor_of(class_, member.member_index);
    ++at;
  };
  for (const ColumnInfo &info : infos)
    bind(info);
  for (const ExpressionInfo &info : expressions)
    if (info.is_loaded)
      bind(info);
  if (at != field_array_.size())
    for (const unsigned position : packed_positions)
      bind(infos[position]);
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
  if (version && version->class_key == class_.key)
    for (std::size_t i = 0; i != gone.size(); ++i)
      if (version->generator == gone[i])
        version->generator = class_.thunks[i];
  for (ExpressionInfo &info : expressions)
    if (info.is_loaded && info.class_key == class_.key && info.declaring.name)
      info.declaring = *class_.type;
  if (hooks)
    hooks->rebind(gone, class_.thunks);
  rebind_fields(class_);
  for (CompositeGate &gate : gates)
    if (gate.class_key == class_.key)
      gate.accessor = accessor_of(class_, gate.member_index);
  for (MappedComposite &composite : composites) {
    if (composite.class_key == class_.key)
      composite.declaring = *class_.type;
    for (std::size_t i = 0; i != composite.parts.size(); ++i)
      composite.parts[i].field.accessor = all_fields[composite.positions[i]].accessor;
  }
  for (MirroredMember &copy : copies)
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

} // namespace declorm::detail
