// row_writer.cpp: objects' rows into the database.
#include "runtime/orm/rows/row_writer.h"

#include "runtime/engine/field_io.h"
#include "runtime/orm/mapping/load_plan.h"

#include <algorithm>

namespace declorm::detail {

namespace {

void set_generated_key(const Field &field, void *object, std::int64_t id) {
  if (field.code == TypeCode::int64 && !field.optional && !is_indirect(field))
    at<std::int64_t>(static_cast<char *>(object) + field.offset) = id;
  else
    assign(field, object, Value(id));
}

} // namespace

std::string text_of_matched(std::int64_t rows, const Table &table,
                            std::span<const Column *const> columns, std::span<const Value> values) {
  std::string compared;
  for (std::size_t i = 0; i != columns.size(); ++i)
    compared += (i ? " and " : "") + columns[i]->name() + " = " + values[i].to_string();
  const std::string where = "table '" + table.full_name() + "' has ";
  if (rows != 0)
    return " matched " + std::to_string(rows) + " rows: " + where + "several where " + compared +
           ", which is to be the key of one. Name a key that tells its rows apart";
  return " matched no row: " + where + "none where " + compared +
         ". The row was deleted or has another key by now, or the database holds the key in "
         "another form than it is written in";
}

RowWriter::RowWriter(ConnectionState &connection, const MapperState &mapper, unsigned part)
    : connection_(connection), mapper_(mapper), part_index_(part), part_(mapper.parts[part]),
      statements_(mapper.statements(connection.dialect())), watched_(connection.watched()) {
  require_table(mapper);
  for (const ColumnInfo &info : mapper.infos)
    read_only_.push_back(info.read_only);
}

RowWriter::~RowWriter() {
  try {
    finish();
  } catch (...) {
    // An observer that throws while another error is on its way is not heard.
  }
}

void RowWriter::finish() {
  statement_ = {};
  statement_id_ = ~std::size_t(0);
  if (watched_ && sql_ && rows_ != 0)
    connection_.report(*sql_, batch_, rows_, std::chrono::steady_clock::now() - begin_);
  batch_.clear();
  rows_ = 0;
  sql_ = nullptr;
}

void RowWriter::use(std::size_t id, const std::string &sql) {
  if (statement_id_ == id)
    return;
  finish();
  connection_.autobegin();
  statement_ = connection_.prepare(id, [&] { return std::string_view(sql); });
  statement_id_ = id;
  sql_ = &sql;
  noted_ = false;
  if (watched_)
    begin_ = std::chrono::steady_clock::now();
}

void RowWriter::note_write() {
  if (!std::exchange(noted_, true))
    connection_.note_write(*sql_);
}

std::vector<std::string> RowWriter::params(std::span<const Field> fields, const void *object,
                                           const Key *key) const {
  std::vector<std::string> texts;
  for (const Field &field : fields) {
    try {
      texts.push_back(value_of(field, object).to_string());
    } catch (const std::exception &) {
      texts.push_back("no value"); // what cannot be stored; the error says why
    }
  }
  if (key)
    for (const Value &value : *key)
      texts.push_back(value.to_string());
  return texts;
}

void RowWriter::note_params(std::span<const Field> fields, const void *object, const Key *key) {
  ++rows_;
  if (watched_)
    batch_.push_back(params(fields, object, key));
}

namespace {

Value value_of(const ColumnDefault &made) { return made.function ? made.function() : made.value; }

} // namespace

void RowWriter::restore(const MadeValues &made, void *object) const {
  for (const auto &[position, value] : made)
    assign(mapper_.all_fields[position], object, value);
}

RowWriter::MadeValues RowWriter::apply_defaults(void *object) {
  MadeValues applied;
  leaves_out_ = false;
  if (part_index_ == 0 && mapper_.discriminator) {
    const unsigned position = *mapper_.discriminator;
    Value given = value_of(mapper_.all_fields[position], object);
    identify(mapper_, object);
    applied.emplace_back(position, std::move(given));
  }
  for (const unsigned position : part_.maybe_unset) {
    const ColumnInfo &info = mapper_.infos[position];
    const Field &field = mapper_.all_fields[position];
    if (!is_unset(field, info, object))
      continue;
    if (info.has_default()) {
      applied.emplace_back(position, value_of(field, object));
      if (info.made().default_thunk)
        assign_made(field, object, info.made().default_thunk);
      else if (info.made().default_value)
        assign(field, object, *info.made().default_value);
      else
        assign(field, object, value_of(*info.made().column_default));
    } else if (info.server_made || part_.generated_key == position) {
      if (!std::exchange(leaves_out_, true))
        mask_ = read_only_;
      mask_[position] = true;
    } else if (info.is_key) {
      restore(applied, object);
      throw_no_key(position);
    }
  }
  return applied;
}

bool RowWriter::writes_back(const MapperState &mapper, const void *object) {
  if (mapper.has_computed || mapper.needs_fetched || mapper.discriminator)
    return true;
  for (const TablePart &part : mapper.parts)
    for (const unsigned position : part.maybe_unset) {
      const ColumnInfo &info = mapper.infos[position];
      if ((info.has_default() || info.server_made || part.generated_key == position) &&
          is_unset(mapper.all_fields[position], info, object))
        return true;
    }
  return false;
}

const InsertPlan &RowWriter::insert_plan() {
  if (!leaves_out_) {
    if (!full_plan_)
      full_plan_ = &statements_.insert(part_index_, read_only_);
    return *full_plan_;
  }
  if (!insert_plan_ || mask_ != insert_mask_) {
    insert_mask_ = mask_;
    insert_plan_ = &statements_.insert(part_index_, mask_);
  }
  return *insert_plan_;
}

/// Where this writer's table has the attribute.
const Column &RowWriter::column_of(unsigned position) const {
  return *std::find_if(part_.columns.begin(), part_.columns.end(), [&](const PartColumn &each) {
            return each.position == position;
          })->column;
}

std::string RowWriter::column_title(unsigned position) const {
  return part_.table->full_name() + "." + column_of(position).name();
}

/// A row whose key is NULL could never be found again: databases that let one in are not believed.
void RowWriter::throw_no_key(unsigned position) const {
  throw InvalidRequestError(describe(mapper_) + ", member '" + mapper_.infos[position].member +
                            "': the object has no value for the key '" + column_title(position) +
                            "', and nothing makes one; give it one before it is written");
}

/// Once for each statement, and again when the database's tables have changed: that the key which
/// the INSERT leaves out is the one that the connection tells.
void RowWriter::expect_generated_key() {
  const int now = statement_->recompilations();
  if (statement_->key_known_for == now) [[likely]]
    return;
  const unsigned position = *part_.generated_key;
  const Table &table = *part_.table;
  const std::string why =
      connection_.driver->why_no_key(table.schema(), table.name(), column_of(position).name());
  if (!why.empty())
    throw InvalidRequestError(
        describe(mapper_) + ", member '" + mapper_.infos[position].member +
        "': the database does not make the key '" + column_title(position) + "' (" + why +
        "), so that the row would have none; give each object its key and say "
        "autoincrement(false), or make the table as it is declared");
  statement_->key_known_for = now;
}

/// That the INSERT has written a row: a key that the connection tells would be another one's.
void RowWriter::expect_row(const Outcome &outcome) {
  if (outcome.affected_rows == 1) [[likely]]
    return;
  const std::string why =
      connection_.driver->why_no_row(part_.table->schema(), part_.table->name());
  if (!why.empty())
    throw IntegrityError("INSERT of " + describe(mapper_) + ": the table '" +
                             part_.table->full_name() + "' did not take the row: " + why +
                             ", left it out\n[SQL: " + *sql_ + "]",
                         *sql_);
}

const InsertPlan &RowWriter::insert(void *object) {
  const MadeValues applied = apply_defaults(object);
  const InsertPlan &plan = insert_plan();
  try {
    use(plan.statement_id, plan.sql);
    if (plan.key_from_last_id && statement_->key_known_for < 0)
      expect_generated_key();
    note_params(plan.bound, object, nullptr);
    statement_->bind(plan.bound, object, 1);
    if (statement_->step()) {
      statement_->fetch(plan.returned, object, 0);
      while (statement_->step())
        ;
      for (const unsigned position : plan.left_out) // such as a default that is not there
        if (mapper_.infos[position].is_key && position != part_.generated_key &&
            value_of(mapper_.all_fields[position], object).is_null())
          throw_no_key(position);
    }
    const Outcome outcome = statement_->outcome();
    expect_row(outcome);
    if (plan.key_from_last_id) {
      expect_generated_key(); // the statement may have been compiled anew just now
      set_generated_key(mapper_.all_fields[*part_.generated_key], object, outcome.generated_id);
    }
    if (mapper_.needs_fetched)
      mapper_.make_copies(object);
    statement_->reset();
    note_write();
  } catch (...) {
    const std::vector<std::string> texts = params(plan.bound, object, nullptr);
    restore(applied, object);
    finish();
    rethrow_with_params(texts);
  }
  return plan;
}

void RowWriter::unset(const MapperState &mapper, const InsertPlan &plan, void *object) {
  for (const unsigned position : plan.left_out) {
    const ColumnInfo &info = mapper.infos[position];
    const Field &field = mapper.all_fields[position];
    if (info.unset == Unset::null)
      assign(field, object, Value());
    else if (info.unset == Unset::value)
      assign(field, object, info.made().unset);
    else if (info.unset == Unset::zero)
      assign(field, object, zero_of(field));
  }
  mapper.make_copies(object);
}

void RowWriter::bind_key(int first, const void *object, const Key *old_key) {
  if (!old_key)
    return statement_->bind(mapper_.key_fields, object, first);
  for (const Value &value : *old_key)
    statement_->bind(first++, value);
}

void RowWriter::expect_one_row(bool is_update, const void *object, const Key *old_key,
                               std::int64_t rows) {
  if (rows == 1)
    return;
  const Key now = key_of(mapper_, object), key = old_key ? *old_key : now;
  std::vector<const Column *> columns;
  std::vector<Value> values;
  for (const auto &[column, index] : part_.key) {
    columns.push_back(column);
    values.push_back(key[index]);
  }
  finish();
  throw StaleDataError((is_update ? "UPDATE of class '" : "DELETE of class '") +
                       mapper_.qualified_name + "'" +
                       (is_update && key != now ? " to the key " + key_text(now) : "") +
                       text_of_matched(rows, *part_.table, columns, values) +
                       (rows == 0 ? ". Load the object again, in a session after rollback()" : ""));
}

void RowWriter::update(void *object, ColumnMask &changed, const Key *old_key) {
  require_key(mapper_);
  for (const unsigned position : part_.onupdates) {
    const ColumnInfo &info = mapper_.infos[position];
    if (changed[position] || !info.made().onupdate_sql.empty())
      continue;
    const Field &field = mapper_.all_fields[position];
    if (!is_open(field, object))
      continue;
    if (info.made().onupdate_thunk)
      assign_made(field, object, info.made().onupdate_thunk);
    else
      assign(field, object, *info.made().onupdate_value);
    changed[position] = true;
  }
  if (!update_plan_ || changed != update_mask_) {
    update_mask_ = changed;
    update_plan_ = &statements_.update(part_index_, changed);
  }
  const UpdatePlan &plan = *update_plan_;
  Outcome outcome;
  const Key key = watched_ ? (old_key ? *old_key : key_of(mapper_, object)) : Key();
  try {
    use(plan.statement_id, plan.sql);
    note_params(plan.bound, object, &key);
    statement_->bind(plan.bound, object, 1);
    bind_key(int(plan.bound.size()) + 1, object, old_key);
    if (statement_->step()) {
      statement_->fetch(plan.returned, object, 0);
      while (statement_->step())
        ;
    }
    outcome = statement_->outcome();
    if (mapper_.needs_fetched)
      mapper_.make_copies(object); // of what the UPDATE made
    statement_->reset();
    note_write();
  } catch (const DatabaseError &) {
    const Key full = old_key ? *old_key : key_of(mapper_, object);
    finish();
    rethrow_with_params(params(plan.bound, object, &full));
  }
  expect_one_row(true, object, old_key, outcome.affected_rows);
}

void RowWriter::remove(const void *object, const Key *old_key) {
  require_key(mapper_);
  const NumberedSql &sql = statements_.remove(part_index_);
  const Key key = watched_ ? (old_key ? *old_key : key_of(mapper_, object)) : Key();
  Outcome outcome;
  try {
    use(sql.id, sql.sql);
    note_params({}, object, &key);
    bind_key(1, object, old_key);
    statement_->step();
    outcome = statement_->outcome();
    statement_->reset();
    note_write();
  } catch (const DatabaseError &) {
    const Key full = old_key ? *old_key : key_of(mapper_, object);
    finish();
    rethrow_with_params(params({}, object, &full));
  }
  expect_one_row(false, object, old_key, outcome.affected_rows);
}

} // namespace declorm::detail
