// statement.cpp: builds statements part by part.
#include "runtime/engine/result_state.h"
#include "runtime/sql/sql_writer.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>

namespace declorm {

namespace detail {

namespace {

void add_condition(NodePtr &all, const NodePtr &condition) {
  all = all ? binary_node(Operator::and_, all, condition) : condition;
}

/// The data for writing: a copy, unless nobody else has it.
template <class Data> Data &own_of(std::shared_ptr<const Data> &data) {
  if (data.use_count() != 1)
    data = std::make_shared<Data>(*data);
  return const_cast<Data &>(*data); // all of them are made non-const
}

} // namespace

SelectCore::SelectCore() : data_(std::make_shared<SelectData>()) {}
SelectData &SelectCore::own() { return own_of(data_); }

void SelectCore::add_item(NodePtr node) { own().items.push_back({std::move(node), {}}); }
void SelectCore::add_entity(FromRef entity) { own().items.push_back({nullptr, std::move(entity)}); }
void SelectCore::add_from(FromRef source) { own().from.push_back(std::move(source)); }
void SelectCore::add_join(FromRef target, NodePtr on, JoinKind kind) {
  own().joins.push_back({std::move(target), std::move(on), kind});
}
void SelectCore::add_join(RelationshipUse relationship, JoinKind kind) {
  own().joins.push_back({{}, nullptr, kind, std::move(relationship)});
}
void SelectCore::add_correlated(const TypeId &type) { own().correlated.push_back(&type); }
void SelectCore::add_where(const NodePtr &condition) { add_condition(own().where, condition); }
void SelectCore::add_having(const NodePtr &condition) { add_condition(own().having, condition); }
void SelectCore::add_group(NodePtr node) { own().group.push_back(std::move(node)); }
void SelectCore::add_order(Ordering order) { own().order.push_back(std::move(order)); }
void SelectCore::set_limit(std::int64_t rows) { own().limit = rows; }
void SelectCore::lower_limit(std::int64_t rows) {
  std::optional<std::int64_t> &limit = own().limit;
  limit = std::min(limit.value_or(rows), rows);
}
void SelectCore::set_offset(std::int64_t rows) { own().offset = rows; }
void SelectCore::set_distinct() { own().distinct = true; }
void SelectCore::set_for_update(RowLocks locks) {
  if (locks.skip_locked && locks.nowait)
    throw ArgumentError("with_for_update(): skip_locked leaves rows out that are locked, nowait "
                        "throws for them; leave one of the two out");
  own().for_update = true;
  own().locks = std::move(locks);
}
void SelectCore::add_below(const std::vector<const TypeId *> &types) {
  SelectItem &first = own().items.front();
  const Entity &base = entity_of(*first.entity.type);
  std::vector<const TypeId *> &below = first.entity.below;
  for (const TypeId *type : types) {
    if (const Entity &lower = entity_of(*type); !lower.is_below(base))
      throw ArgumentError("with_polymorphic(): class '" + lower.class_name() + "' is not below '" +
                          base.class_name() + "', or shares no rows with it");
    if (std::find(below.begin(), below.end(), type) == below.end())
      below.push_back(type);
  }
}

SelectCore SelectCore::combined(SetOperator op, const SelectCore &other) const {
  SelectCore result;
  SelectData &data = result.own();
  // A chain of one operator is one compound.
  const auto is_other = [&](const auto &part) { return part.first != op; };
  if (data_->is_compound() && !data_->has_tail() && data_->parts.size() > 1 &&
      std::none_of(data_->parts.begin() + 1, data_->parts.end(), is_other))
    data.parts = data_->parts;
  else
    data.parts.emplace_back(op, data_);
  data.parts.emplace_back(op, other.data_);
  return result;
}

SelectCore SelectCore::of_text(NodePtr text, std::vector<std::string> columns) {
  SelectCore inner, result;
  inner.own().text = std::move(text);
  inner.own().text_columns = std::move(columns);
  result.own().parts.emplace_back(SetOperator::union_all, inner.data_);
  return result;
}

std::string SelectCore::sql(const Dialect &dialect) const { return compile(*data_, dialect).sql; }

std::string SelectCore::explain(const Engine &engine) const {
  const Compiled compiled = compile(*data_, engine.dialect());
  Connection connection = engine.connect();
  return engine.dialect().plan(connection, compiled.sql, compiled.params);
}

DerivedPtr derive(SelectPtr select, std::string name, bool is_cte) {
  if (is_cte && name.empty())
    throw ArgumentError("cte(): a common table expression needs a name");
  auto derived = std::make_shared<Derived>();
  derived->select = std::move(select);
  derived->name = std::move(name);
  derived->is_cte = is_cte;
  return derived;
}

DerivedPtr derive_recursive(const DerivedPtr &base, SetOperator op, SelectPtr recursive) {
  auto select = std::make_shared<SelectData>();
  if (base->base) // one more part
    select->parts = base->select->parts;
  else
    select->parts.emplace_back(op, base->select);
  select->parts.emplace_back(op, std::move(recursive));
  auto derived = std::make_shared<Derived>();
  derived->select = std::move(select);
  derived->name = base->name;
  derived->is_cte = true;
  derived->base = base;
  return derived;
}

void set_alias(AliasSlot &slot, std::string name, const TypeId &type) {
  if (name.empty())
    throw ArgumentError("alias<" + spelled(type) + ">(): the name is empty");
  static std::mutex mutex;
  static std::set<std::string> *names = new std::set<std::string>; // outlives every module
  const std::lock_guard lock(mutex);
  const std::string *&known = slot.name;
  if (known && *known != name)
    throw ArgumentError("this alias<" + spelled(type) + ">(…) has made the alias '" + *known +
                        "' before, and now makes '" + name +
                        "'; its columns col<…> belong to one name for good. For names made at run "
                        "time write alias<" +
                        spelled(type) + ", void>(name), and its columns as m.column(col<…>)");
  std::atomic_ref(known).store(&*names->insert(std::move(name)).first, std::memory_order_release);
}

const std::string &alias_name(const AliasSlot &slot) {
  const std::string *name =
      std::atomic_ref(const_cast<const std::string *&>(slot.name)).load(std::memory_order_acquire);
  if (!name)
    throw ArgumentError("a column of an alias is used before alias<T>(\"name\") was called");
  return *name;
}

WriteCore::WriteCore(WriteKind kind, const TypeId &entity) {
  auto data = std::make_shared<WriteData>();
  data->kind = kind;
  data->entity = &entity;
  data_ = std::move(data);
}
WriteData &WriteCore::own() { return own_of(data_); }

void WriteCore::add_row(std::vector<Assignment> row) { own().rows.push_back(std::move(row)); }
void WriteCore::add_set(const std::vector<Assignment> &assignments) {
  auto &rows = own().rows;
  if (rows.empty())
    rows.emplace_back();
  rows.front().insert(rows.front().end(), assignments.begin(), assignments.end());
}
void WriteCore::set_source(SelectPtr select, std::vector<NodePtr> columns) {
  if (data_->source)
    throw ArgumentError("from_select(): the insert has a SELECT already; union_all() makes one of "
                        "two");
  own().source = std::move(select);
  own().columns = std::move(columns);
}
void WriteCore::add_from(FromRef source) { own().from.push_back(std::move(source)); }
void WriteCore::add_where(const NodePtr &condition) { add_condition(own().where, condition); }
void WriteCore::set_conflict(std::vector<NodePtr> columns, std::vector<Assignment> assignments,
                             bool updates) {
  WriteData &data = own();
  if (data.conflict != Conflict::none)
    throw ArgumentError("on_conflict_do_" + std::string(updates ? "update" : "nothing") +
                        "(): the insert says already what is done with a row that is there; it can "
                        "say so once");
  data.conflict = updates ? Conflict::do_update : Conflict::do_nothing;
  data.conflict_columns = std::move(columns);
  data.conflict_set = std::move(assignments);
}
void WriteCore::take_conditions(const SelectCore &query) {
  const SelectData &select = query.data();
  if (!select.joins.empty() || select.is_compound() || select.has_tail() || select.distinct)
    throw InvalidRequestError("update() and delete_() of a query take filters only, no joins, "
                              "orders or limits, and no distinct()");
  if (const Entity &entity = entity_of(*data_->entity); &entity.written() != &entity)
    throw InvalidRequestError(
        "update() and delete_() of a query for class '" + entity.class_name() +
        "': it reads the rows of several tables, and a statement writes one; query the classes "
        "below it, change or delete_() their objects, or write update<T>() and delete_<T>() for "
        "table '" +
        entity.written().mapped_table().full_name() + "' alone");
  own().where = select.where;
}
void WriteCore::add_conflict_where(const NodePtr &condition) {
  add_condition(own().conflict_where, condition);
}
void WriteCore::add_returning(NodePtr node) { own().returning.push_back({std::move(node), {}}); }
void WriteCore::add_returning(FromRef entity) {
  own().returning.push_back({nullptr, std::move(entity)});
}

std::string WriteCore::sql(const Dialect &dialect) const { return compile(*data_, dialect).sql; }
Result WriteCore::execute_on(Connection &connection) const {
  const Compiled compiled = compile(*data_, connection.dialect());
  return detail::execute_written(connection, compiled.sql, compiled.params);
}

} // namespace detail

namespace {
detail::Compiled compile(const TextClause &text, const Dialect &dialect) {
  detail::SelectData data;
  data.text = text.node();
  return detail::compile(data, dialect);
}
} // namespace

TextClause::TextClause(std::string sql, const Params &params)
    : Expression<Value>(detail::text_node(sql, params)), sql_(std::move(sql)) {}

TextClause TextClause::bindparams(std::initializer_list<Params::Named> values) const {
  std::vector<Params::Named> all = detail::as<detail::TextNode>(node())->params;
  for (const Params::Named &value : values) {
    const auto known = std::find_if(all.begin(), all.end(), [&](const Params::Named &other) {
      return other.first == value.first;
    });
    if (known == all.end())
      all.push_back(value);
    else
      known->second = value.second;
  }
  return TextClause(sql_, Params(std::move(all)));
}

std::string TextClause::sql(const Dialect &dialect) const { return compile(*this, dialect).sql; }

Result TextClause::execute_on(Connection &connection) const {
  const detail::Compiled compiled = compile(*this, connection.dialect());
  return detail::execute_written(connection, compiled.sql, compiled.params);
}

} // namespace declorm
