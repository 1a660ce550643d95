// mapper.cpp: a mapped class and its attributes.
#include "runtime/orm/mapper_state.h"
#include "runtime/orm/mapper_statements.h"

#include <algorithm>

namespace declorm {

Mapper::Mapper(std::unique_ptr<detail::MapperState> state) : state_(std::move(state)) {}
Mapper::~Mapper() = default;

const std::string &Mapper::name() const { return state_->name; }
const Table &Mapper::table() const { return *state_->table; }

std::vector<Attribute> Mapper::attributes() const {
  std::vector<Attribute> attributes;
  for (const detail::ColumnInfo &info : state_->infos)
    attributes.emplace_back(info.member, std::vector<const Column *>{info.column});
  return attributes;
}

std::vector<const Column *> Mapper::primary_key() const {
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

void require_key(const MapperState &mapper) {
  if (mapper.key_fields.empty())
    throw InvalidRequestError(describe(mapper) +
                              " has no primary key: a Connection inserts and selects its objects, "
                              "but nothing can update, delete or identify one");
}

const Column *MapperState::column_of(const TypeId &declaring, std::size_t offset) const {
  for (const ColumnInfo &info : infos)
    if (info.declared_offset == offset && info.declaring == declaring)
      return info.column;
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
      return ExpressionBuilder(*table, alias).build(info.source);
  return nullptr;
}

NodePtr MapperState::expression_of(const TypeId &declaring, std::size_t offset,
                                   const std::string &alias) const {
  for (const ExpressionInfo &info : expressions)
    if (info.is_loaded && info.declared_offset == offset && info.declaring == declaring)
      return ExpressionBuilder(*table, alias).build(info.source);
  return nullptr;
}

NodePtr MapperState::comparison_of(const Column &column, Operator op, const NodePtr &left,
                                   const NodePtr &right) const {
  for (const auto &[compared, source] : comparisons)
    if (compared == &column)
      return ExpressionBuilder(*table, {}).build_comparison(source, op, left, right);
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
                     [&](const auto &base) { return base.second == other; });
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
  for (auto &[base_key, base] : bases) {
    if (base_key != class_.key)
      continue;
    base = *class_.type;
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
  const std::lock_guard lock(statements_mutex_);
  for (const auto &statements : statements_)
    statements->clear_plans();
}

} // namespace detail

} // namespace declorm
