// mapper_statements.cpp: SELECT, INSERT, UPDATE and DELETE of a mapped class.
#include "runtime/orm/rows/mapper_statements.h"

#include "declorm/dialect.h"
#include "runtime/engine/connection_state.h"
#include "runtime/engine/generation.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/sql/select_data.h"
#include "runtime/sql/sql_writer.h"
#include "runtime/sql/table_statements.h"

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

namespace {

/// The columns that find a row of the part, in the order of the mapper's key.
std::vector<const Column *> key_columns(const TablePart &part) {
  std::vector<std::pair<const Column *, unsigned>> key = part.key;
  std::ranges::sort(key, {}, &std::pair<const Column *, unsigned>::second);
  std::vector<const Column *> columns;
  for (const auto &[column, index] : key)
    columns.push_back(column);
  return columns;
}

/// The column of the part that has the version; null: another part has it, or none.
const Column *version_column(const MapperState &mapper, const TablePart &part) {
  return part.has_version ? mapper.infos[mapper.version->position].column_in(*part.table) : nullptr;
}

/// The columns that find the row which an object was read from.
std::vector<const Column *> found_by(const MapperState &mapper, const TablePart &part) {
  std::vector<const Column *> columns = key_columns(part);
  if (const Column *version = version_column(mapper, part))
    columns.push_back(version);
  return columns;
}

} // namespace

MapperStatements::MapperStatements(const MapperState &mapper, const Dialect &dialect)
    : mapper_(mapper), dialect_(dialect), parts_(mapper.parts.size()) {
  for (const TablePart &part : mapper.parts) {
    remove_.push_back(
        {next_statement_id(), delete_sql(*part.table, found_by(mapper, part), dialect)});
    if (const Column *version = version_column(mapper, part))
      select_version_ = {next_statement_id(),
                         select_sql(*part.table, {&version, 1}, key_columns(part), dialect)};
  }
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
                                       parameter_node()));
  Compiled compiled =
      plan ? compile(select, dialect_, plan->extra, plan->left_out) : compile(select, dialect_);
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
  auto made = std::make_unique<InsertPlan>();
  std::vector<ColumnSql> written;
  std::vector<const Column *> returned;
  for (const PartColumn &column : part.columns) {
    const unsigned i = column.position;
    if (!column.is_first || !left_out[i]) {
      made->bound.push_back(mapper_.all_fields[i]);
      written.push_back({column.column});
      continue;
    }
    made->left_out.push_back(i);
    if (part.generated_key == i && dialect_.generation().key == Generation::Key::last_id) {
      made->key_from_last_id = true;
    } else {
      made->returned.push_back(mapper_.all_fields[i]);
      returned.push_back(column.column);
    }
    if (const std::string &sql = mapper_.infos[i].made().default_sql; !sql.empty())
      written.push_back({column.column, sql});
  }
  made->sql = insert_sql(*part.table, written, returned, dialect_);
  made->statement_id = next_statement_id();
  plan = std::move(made);
  return *plan;
}

const UpdatePlan &MapperStatements::update(unsigned part_index, const ColumnMask &changed) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<UpdatePlan> &plan = parts_[part_index].updates[changed];
  if (plan)
    return *plan;
  const TablePart &part = mapper_.parts[part_index];
  auto planned = std::make_unique<UpdatePlan>();
  std::vector<ColumnSql> written;
  std::vector<const Column *> made;
  std::vector<Field> made_fields;
  bool by_trigger = false; // RETURNING may not see what a trigger writes
  for (const PartColumn &column : part.columns) {
    const unsigned i = column.position;
    const std::string &from_sql = mapper_.infos[i].made().onupdate_sql;
    if (part.has_version && mapper_.version->by_server && mapper_.version->position == i &&
        from_sql.empty()) {
      by_trigger = true;
      made.push_back(column.column);
      made_fields.push_back(mapper_.all_fields[i]);
    }
    const bool is_computed = mapper_.infos[i].read_only; // anew, from the others
    if (!is_computed && changed[i]) {
      planned->bound.push_back(mapper_.all_fields[i]);
      written.push_back({column.column});
      continue;
    }
    if (!is_computed && from_sql.empty()) // whoever makes it, this statement does not
      continue;
    if (!is_computed)
      written.push_back({column.column, from_sql});
    made.push_back(column.column);
    made_fields.push_back(mapper_.all_fields[i]);
  }
  if (written.empty())
    throw ArgumentError("update of " + describe(mapper_) +
                        ": there is no column to write: those that it has, or that are named, are "
                        "of the key or made by the database");
  const std::vector<const Column *> key = key_columns(part);
  const bool returns = dialect_.generation().update_returns && !by_trigger;
  planned->sql = update_sql(
      *part.table, written, found_by(mapper_, part),
      returns ? std::span<const Column *const>(made) : std::span<const Column *const>(), dialect_);
  planned->statement_id = next_statement_id();
  if (returns) {
    planned->returned = std::move(made_fields);
  } else if (!made.empty()) {
    planned->read_again = {next_statement_id(), select_sql(*part.table, made, key, dialect_)};
    planned->made = std::move(made_fields);
  }
  plan = std::move(planned);
  return *plan;
}

void MapperStatements::clear_plans() {
  const std::lock_guard lock(mutex_);
  generation_.fetch_add(1, std::memory_order_release);
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
