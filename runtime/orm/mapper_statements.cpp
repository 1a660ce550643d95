// mapper_statements.cpp: SELECT, INSERT, UPDATE and DELETE of a mapped class.
#include "runtime/orm/mapper_statements.h"

#include "declorm/dialect.h"
#include "runtime/engine/connection_state.h"
#include "runtime/sql/compiler.h"

namespace declorm::detail {

MapperStatements::MapperStatements(const MapperState &mapper, const Dialect &dialect)
    : mapper_(mapper), dialect_(dialect) {
  std::string columns;
  for (unsigned i = 0; i != mapper.columns.size(); ++i)
    columns += (i ? ", " : "") + table() + "." + name(i);
  if (!mapper.loaded_expressions.empty())
    columns += Compiler(dialect).expressions_sql(mapper);
  const std::string select = "SELECT " + columns + "\nFROM " + table();
  select_ = {next_statement_id(), select};
  select_key_ = {next_statement_id(), select + where_key(1)};
  remove_ = {next_statement_id(), "DELETE FROM " + table() + where_key(1)};
}

std::string MapperStatements::table() const {
  return dialect_.quote_qualified(mapper_.table->schema(), mapper_.table->name());
}

std::string MapperStatements::name(unsigned position) const {
  return dialect_.quote(mapper_.columns[position]->name());
}

std::string MapperStatements::where_key(int first) const {
  std::string sql;
  for (const unsigned position : mapper_.key_positions) {
    sql += sql.empty() ? "\nWHERE " : " AND ";
    sql += table() + "." + name(position) + " = " + dialect_.placeholder(first++);
  }
  return sql;
}

const InsertPlan &MapperStatements::insert(const ColumnMask &left_out) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<InsertPlan> &plan = inserts_[left_out];
  if (plan)
    return *plan;
  plan = std::make_unique<InsertPlan>();
  plan->statement_id = next_statement_id();
  std::string names, values, returning;
  for (unsigned i = 0; i != mapper_.columns.size(); ++i) {
    const ColumnInfo &info = mapper_.infos[i];
    if (left_out[i]) {
      plan->left_out.push_back(i);
      if (mapper_.generated_key == i) {
        plan->key_from_last_id = true;
      } else {
        returning += (returning.empty() ? "\nRETURNING " : ", ") + name(i);
        plan->returned.push_back(mapper_.all_fields[i]);
      }
      if (info.made().default_sql.empty())
        continue;
    }
    names += (names.empty() ? "" : ", ") + name(i);
    values += values.empty() ? "" : ", ";
    if (left_out[i]) {
      values += "(" + info.made().default_sql + ")";
    } else {
      plan->bound.push_back(mapper_.all_fields[i]);
      values += dialect_.placeholder(int(plan->bound.size()));
    }
  }
  plan->sql = "INSERT INTO " + table() +
              (names.empty() ? " DEFAULT VALUES" : " (" + names + ")\nVALUES (" + values + ")") +
              returning;
  return *plan;
}

const UpdatePlan &MapperStatements::update(const ColumnMask &changed) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<UpdatePlan> &plan = updates_[changed];
  if (plan)
    return *plan;
  plan = std::make_unique<UpdatePlan>();
  plan->statement_id = next_statement_id();
  std::string set, returning;
  for (unsigned i = 0; i != mapper_.columns.size(); ++i) {
    const std::string &from_sql = mapper_.infos[i].made().onupdate_sql;
    if (mapper_.infos[i].read_only) { // computed anew from the others
      plan->returned.push_back(mapper_.all_fields[i]);
      returning += (returning.empty() ? "\nRETURNING " : ", ") + name(i);
      continue;
    }
    if (!changed[i] && from_sql.empty())
      continue;
    set += (set.empty() ? "" : ", ") + name(i) + " = ";
    if (changed[i]) {
      plan->bound.push_back(mapper_.all_fields[i]);
      set += dialect_.placeholder(int(plan->bound.size()));
    } else {
      set += "(" + from_sql + ")";
      plan->returned.push_back(mapper_.all_fields[i]);
      returning += (returning.empty() ? "\nRETURNING " : ", ") + name(i);
    }
  }
  if (set.empty())
    throw ArgumentError("update of " + describe(mapper_) + ": there is no column to write");
  plan->sql =
      "UPDATE " + table() + " SET " + set + where_key(int(plan->bound.size()) + 1) + returning;
  return *plan;
}

void MapperStatements::clear_plans() {
  const std::lock_guard lock(mutex_);
  inserts_.clear();
  updates_.clear();
}

MapperStatements &MapperState::statements(const Dialect &dialect) const {
  const std::lock_guard lock(statements_mutex_);
  for (const auto &statements : statements_)
    if (&statements->dialect() == &dialect)
      return *statements;
  return *statements_.emplace_back(std::make_unique<MapperStatements>(*this, dialect));
}

} // namespace declorm::detail
