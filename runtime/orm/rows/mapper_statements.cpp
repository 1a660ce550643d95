// mapper_statements.cpp: SELECT, INSERT, UPDATE and DELETE of a mapped class.
#include "runtime/orm/rows/mapper_statements.h"

#include "declorm/dialect.h"
#include "runtime/engine/connection_state.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/sql/compiler.h"
#include "runtime/sql/select_data.h"

#include <algorithm>

namespace declorm::detail {

bool mask_of_part(const MapperState &mapper, unsigned part, const ColumnMask &all,
                  ColumnMask &part_mask) {
  if (mapper.parts.size() == 1) {
    part_mask = all;
    return std::find(all.begin(), all.end(), true) != all.end();
  }
  bool any = false;
  part_mask.assign(all.size(), false);
  for (const PartColumn &column : mapper.parts[part].columns)
    any |= part_mask[column.position] = all[column.position];
  return any;
}

bool mask_without_key(const TablePart &part, ColumnMask &part_mask) {
  for (const PartColumn &column : part.columns)
    for (const auto &[key_column, index] : part.key)
      if (column.column == key_column)
        part_mask[column.position] = false;
  return std::find(part_mask.begin(), part_mask.end(), true) != part_mask.end();
}

MapperStatements::MapperStatements(const MapperState &mapper, const Dialect &dialect)
    : mapper_(mapper), dialect_(dialect), parts_(mapper.parts.size()) {
  for (const TablePart &part : mapper.parts)
    remove_.push_back({next_statement_id(), "DELETE FROM " + table(part) + where_key(part, 1)});
}

std::string MapperStatements::table(const TablePart &part) const {
  return dialect_.quote_qualified(part.table->schema(), part.table->name());
}

std::string MapperStatements::where_key(const TablePart &part, int first) const {
  std::string sql;
  for (const auto &[column, index] : part.key) {
    sql += sql.empty() ? "\nWHERE " : " AND ";
    sql += table(part) + "." + dialect_.quote(column->name()) + " = " +
           dialect_.placeholder(first + int(index));
  }
  return sql;
}

const KeySelect &MapperStatements::select_key() {
  const LoadPlan *plan = mapper_.load_plan();
  if (const KeySelect *made = key_select_.load(std::memory_order_acquire);
      made && made->plan == plan)
    return *made;
  const std::lock_guard lock(mutex_);
  SelectData select;
  select.items.push_back({nullptr, {.type = &mapper_.type, .only_own = true}});
  for (const unsigned position : mapper_.key_positions)
    select.where =
        both(select.where, binary_node(Operator::equal, column_node(*mapper_.columns[position]),
                                       literal_node(Value(0))));
  Compiled compiled =
      compile(select, dialect_, plan ? std::span(plan->extra) : std::span<const ExtraColumn>());
  auto made = std::make_unique<KeySelect>();
  made->id = next_statement_id();
  made->sql = std::move(compiled.sql);
  made->further.assign(compiled.params.begin() + std::ptrdiff_t(mapper_.key_positions.size()),
                       compiled.params.end());
  made->plan = plan;
  key_selects_.push_back(std::move(made));
  key_select_.store(key_selects_.back().get(), std::memory_order_release);
  return *key_selects_.back();
}

std::span<const Value> KeySelect::parameters(std::span<const Value> key,
                                             std::span<const Field> fields,
                                             std::vector<Value> &room) const {
  const bool has_forms = std::ranges::any_of(fields, has_stored_form);
  if (further.empty() && !has_forms)
    return key;
  room.assign(key.begin(), key.end());
  for (std::size_t i = 0; has_forms && i != std::min(key.size(), fields.size()); ++i)
    room[i] = stored_value(fields[i], std::move(room[i]));
  room.insert(room.end(), further.begin(), further.end());
  return room;
}

KeyQuery::KeyQuery(ConnectionState &connection, const MapperState &mapper,
                   std::span<const Value> key)
    : select(mapper.statements(connection.dialect()).select_key()),
      run(connection,
          connection.prepare(select.id, [this] { return std::string_view(select.sql); }),
          select.sql, select.parameters(key, mapper.key_fields, room)) {}

const InsertPlan &MapperStatements::insert(unsigned part_index, const ColumnMask &left_out) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<InsertPlan> &plan = parts_[part_index].inserts[left_out];
  if (plan)
    return *plan;
  const TablePart &part = mapper_.parts[part_index];
  plan = std::make_unique<InsertPlan>();
  plan->statement_id = next_statement_id();
  std::string names, values, returning;
  for (const PartColumn &column : part.columns) {
    const unsigned i = column.position;
    const ColumnInfo &info = mapper_.infos[i];
    const std::string name = dialect_.quote(column.column->name());
    const bool is_left_out = column.is_first && left_out[i];
    if (is_left_out) {
      plan->left_out.push_back(i);
      if (part.generated_key == i) {
        plan->key_from_last_id = true;
      } else {
        returning += (returning.empty() ? "\nRETURNING " : ", ") + name;
        plan->returned.push_back(mapper_.all_fields[i]);
      }
      if (info.made().default_sql.empty())
        continue;
    }
    names += (names.empty() ? "" : ", ") + name;
    values += values.empty() ? "" : ", ";
    if (is_left_out) {
      values += "(" + dialect_.made_value_sql(*column.column, info.made().default_sql) + ")";
    } else {
      plan->bound.push_back(mapper_.all_fields[i]);
      values += dialect_.placeholder(int(plan->bound.size()));
    }
  }
  plan->sql = "INSERT INTO " + table(part) +
              (names.empty() ? " DEFAULT VALUES" : " (" + names + ")\nVALUES (" + values + ")") +
              returning;
  return *plan;
}

const UpdatePlan &MapperStatements::update(unsigned part_index, const ColumnMask &changed) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<UpdatePlan> &plan = parts_[part_index].updates[changed];
  if (plan)
    return *plan;
  const TablePart &part = mapper_.parts[part_index];
  plan = std::make_unique<UpdatePlan>();
  plan->statement_id = next_statement_id();
  std::string set, returning;
  for (const PartColumn &column : part.columns) {
    const unsigned i = column.position;
    const std::string name = dialect_.quote(column.column->name());
    const std::string &from_sql = mapper_.infos[i].made().onupdate_sql;
    if (mapper_.infos[i].read_only) { // computed anew from the others
      plan->returned.push_back(mapper_.all_fields[i]);
      returning += (returning.empty() ? "\nRETURNING " : ", ") + name;
      continue;
    }
    if (!changed[i] && from_sql.empty())
      continue;
    set += (set.empty() ? "" : ", ") + name + " = ";
    if (changed[i]) {
      plan->bound.push_back(mapper_.all_fields[i]);
      set += dialect_.placeholder(int(plan->bound.size()));
    } else {
      set += "(" + dialect_.made_value_sql(*column.column, from_sql) + ")";
      plan->returned.push_back(mapper_.all_fields[i]);
      returning += (returning.empty() ? "\nRETURNING " : ", ") + name;
    }
  }
  if (set.empty())
    throw ArgumentError("update of " + describe(mapper_) +
                        ": there is no column to write: those that it has, or that are named, are "
                        "of the key or made by the database");
  plan->sql = "UPDATE " + table(part) + " SET " + set +
              where_key(part, int(plan->bound.size()) + 1) + returning;
  return *plan;
}

void MapperStatements::clear_plans() {
  const std::lock_guard lock(mutex_);
  for (PartStatements &part : parts_) {
    part.inserts.clear();
    part.updates.clear();
  }
}

MapperStatements &MapperState::statements(const Dialect &dialect) const {
  const std::lock_guard lock(statements_mutex_);
  for (const auto &statements : statements_)
    if (&statements->dialect() == &dialect)
      return *statements;
  return *statements_.emplace_back(std::make_unique<MapperStatements>(*this, dialect));
}

} // namespace declorm::detail
