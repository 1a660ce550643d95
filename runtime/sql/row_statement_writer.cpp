// row_statement_writer.cpp: INSERT, UPDATE and DELETE.
#include "runtime/engine/generation.h"
#include "runtime/sql/made_columns.h"
#include "runtime/sql/sql_writer_parts.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// The table that the statement writes. Throws ArgumentError if it is that of a class and one
/// statement cannot write the class's rows.
Source target_of(const WriteData &write) {
  if (write.table)
    return {nullptr, write.table, {}, nullptr};
  const Entity &entity = entity_of(*write.entity).written();
  if (entity.mapped_table().union_definition())
    throw ArgumentError("class '" + entity.class_name() +
                        "' has no table of its own, it is read from the union '" +
                        entity.mapped_table().full_name() +
                        "'; insert, update and delete_ take the classes below it");
  if (entity.tables().size() > 1 && write.kind != WriteKind::update)
    throw ArgumentError(
        std::string(write.kind == WriteKind::insert ? "insert" : "delete_") + "<" +
        entity.class_name() + ">(): its rows stand in " + std::to_string(entity.tables().size()) +
        " tables, and a statement writes one; " +
        (write.kind == WriteKind::insert ? "add() objects to a session, or insert() them"
                                         : "delete_() the objects of a session"));
  return {&entity, &entity.mapped_table(), {}, nullptr};
}

} // namespace

void SqlWriter::write_statement(const WriteData &given) {
  const Source target = target_of(given);
  Scope scope;
  scope.add(target);
  if (given.kind == WriteKind::update)
    for (const FromRef &ref : given.from)
      scope.add_new(source_of(ref));
  std::optional<WriteData> in_columns, whole;
  if (target.entity)
    in_columns = with_composite_columns(given, scope);
  const WriteData &named = in_columns ? *in_columns : given;
  if (target.entity)
    whole = with_made_columns(named, *target.entity, scope, dialect_);
  const WriteData &write = whole ? *whole : named;
  const InScope inside(*this, scope);
  items_wanted_ = false;
  compiled_.tables.push_back(target.table);
  switch (write.kind) {
  case WriteKind::insert:
    write_insert(write, target);
    break;
  case WriteKind::update:
    write_update(write, target);
    break;
  case WriteKind::remove:
    write_delete(write, target);
    break;
  }
  write_returning(write);
}

void SqlWriter::write_target(const Source &target) {
  sql_ += dialect_.quote_qualified(target.table->schema(), target.table->name());
}

const Column &SqlWriter::write_bare_column(const NodePtr &node) {
  const Scope *scope = scope_;
  const auto resolved = scope->resolve_assigned(node);
  const Column *column = resolved ? resolved->column : nullptr;
  if (!column || resolved->source != &scope->sources().front())
    throw ArgumentError("only a column of class '" + scope->sources().front().describe() +
                        "' itself can be assigned to");
  sql_ += dialect_.quote(column->name());
  return *column;
}

void SqlWriter::write_set(const std::vector<Assignment> &assignments) {
  const char *before = "";
  for (const Assignment &assignment : assignments) {
    sql_ += std::exchange(before, ", ");
    write_bare_column(assignment.column);
    sql_ += " = ";
    write_assigned(assignment);
  }
}

void SqlWriter::write_insert(const WriteData &write, const Source &target) {
  const std::string into = "insert into '" + target.table->full_name() + "'";
  if (!write.rows.empty() && write.source)
    throw ArgumentError(into + ": values() and from_select() exclude each other");
  sql_ += "INSERT INTO ";
  write_target(target);
  if (write.source)
    write_insert_select(write);
  else
    write_insert_rows(write, target);
  check_conflict(write);
  if (write.conflict != Conflict::none)
    write_conflict(write);
}

void SqlWriter::write_insert_rows(const WriteData &write, const Source &target) {
  const std::string into = "insert into '" + target.table->full_name() + "'";
  if (write.table && write.rows.size() == 1 && write.rows.front().empty())
    return write_default_values();
  if (write.rows.empty() || write.rows.front().empty())
    throw ArgumentError(into + " without values()");
  std::vector<const Column *> columns;
  for (const Assignment &assignment : write.rows.front()) {
    sql_ += columns.empty() ? " (" : ", ";
    columns.push_back(&write_bare_column(assignment.column));
  }
  sql_ += ")\nVALUES ";
  for (std::size_t row = 0; row != write.rows.size(); ++row) {
    if (write.rows[row].size() != columns.size())
      throw ArgumentError(into + ": all rows need values for the same columns");
    for (std::size_t i = 0; i != columns.size(); ++i) {
      const Assignment &assignment = write.rows[row][i];
      sql_ += i ? ", " : row ? ", (" : "(";
      if (scope_->column_of(assignment.column) != columns[i])
        throw ArgumentError(into +
                            ": all rows need values for the same columns, in the same order");
      write_assigned(assignment);
    }
    sql_ += ')';
  }
}

void SqlWriter::write_insert_select(const WriteData &write) {
  const char *before = " (";
  for (const NodePtr &column : write.columns) {
    sql_ += std::exchange(before, ", ");
    write_bare_column(column);
  }
  sql_ += ")\n";
  write_insert_source(write);
}

void SqlWriter::write_insert_source(const WriteData &write) {
  write_select(*write.source, nullptr, nullptr);
}

void SqlWriter::write_default_values() { sql_ += " DEFAULT VALUES"; }

void SqlWriter::check_conflict(const WriteData &write) const {
  const bool updates = write.conflict == Conflict::do_update;
  if (write.conflict_where && !updates)
    throw ArgumentError(write.conflict == Conflict::none
                            ? "on_conflict_where() needs on_conflict_do_update() before it"
                            : "on_conflict_where() is for on_conflict_do_update()");
  if (updates && write.conflict_set.empty())
    throw ArgumentError("on_conflict_do_update() without a column to change");
}

void SqlWriter::write_excluded(const NodePtr &column) {
  sql_ += "excluded.";
  write_bare_column(column);
}

void SqlWriter::write_conflict(const WriteData &write) {
  sql_ += "\nON CONFLICT";
  const char *before = " (";
  for (const NodePtr &column : write.conflict_columns) {
    sql_ += std::exchange(before, ", ");
    write_bare_column(column);
  }
  sql_ += write.conflict_columns.empty() ? "" : ")";
  if (write.conflict == Conflict::do_nothing) {
    sql_ += " DO NOTHING";
    return;
  }
  sql_ += " DO UPDATE SET ";
  write_set(write.conflict_set);
  if (write.conflict_where) {
    sql_ += " WHERE ";
    this->write(write.conflict_where);
  }
}

void SqlWriter::write_update(const WriteData &write, const Source &target) {
  if (write.rows.empty() || write.rows.front().empty())
    throw ArgumentError("update of '" + target.table->full_name() + "' without set()");
  sql_ += "UPDATE ";
  write_target(target);
  sql_ += " SET ";
  write_set(write.rows.front());
  const auto &sources = scope_->sources();
  for (std::size_t i = 1; i != sources.size(); ++i) {
    sql_ += i == 1 ? "\nFROM " : ", ";
    write_source(sources[i]);
  }
  if (const NodePtr where = both(write.where, restriction_of(target))) {
    sql_ += "\nWHERE ";
    this->write(where);
  }
}

void SqlWriter::write_delete(const WriteData &write, const Source &target) {
  sql_ += "DELETE FROM ";
  write_target(target);
  if (!write.from.empty())
    return write_delete_using(write, target);
  if (const NodePtr where = both(write.where, restriction_of(target))) {
    sql_ += "\nWHERE ";
    this->write(where);
  }
}

void SqlWriter::write_delete_using(const WriteData &write, const Source &target) {
  Scope scope;
  scope.add(target);
  for (const FromRef &ref : write.from)
    scope.add_new(source_of(ref));
  const InScope inside(*this, scope);
  for (std::size_t i = 1; i != scope.sources().size(); ++i) {
    sql_ += i == 1 ? "\nUSING " : ", ";
    write_source(scope.sources()[i]);
  }
  if (const NodePtr where = both(write.where, restriction_of(target))) {
    sql_ += "\nWHERE ";
    this->write(where);
  }
}

void SqlWriter::write_returning(const WriteData &write) {
  if (write.returning.empty())
    return;
  if (write.kind == WriteKind::update && !dialect_.generation().update_returns)
    throw ArgumentError("returning(): an UPDATE of " + std::string(dialect_.name()) +
                        " returns no rows; select() them when it is done");
  // RETURNING knows the written table only, and by its columns' bare names.
  Scope scope;
  scope.add(scope_->sources().front());
  const InScope inside(*this, scope, true);
  sql_ += "\nRETURNING ";
  items_wanted_ = true;
  write_items(write.returning, nullptr);
}

} // namespace declorm::detail
