// row_writer.cpp: objects' rows into the database.
#include "runtime/orm/rows/row_writer.h"

#include "runtime/engine/field_io.h"
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/rows/versions.h"

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

RowWriter::RowWriter(ConnectionState &connection, const MapperState &mapper, unsigned part,
                     RowListener *listener)
    : connection_(connection), mapper_(mapper), part_index_(part), part_(mapper.parts[part]),
      statements_(mapper.statements(connection.dialect())), listener_(listener),
      generation_(statements_.generation()), watched_(connection.watched()) {
  require_table(mapper);
  for (const ColumnInfo &info : mapper.infos)
    read_only_.push_back(info.read_only);
}

RowWriter::~RowWriter() {
  try {
    restore_made(0);
    report();
  } catch (...) {
    // An observer that throws while another error is on its way is not heard.
  }
}

void RowWriter::begin_again() {
  discards_results_ = false;
  if (const unsigned now = statements_.generation(); now != generation_) {
    generation_ = now;
    full_plan_ = insert_plan_ = nullptr;
    update_plan_ = nullptr;
  }
}

// Values that are made before a row is written.

template <class Prepare> void RowWriter::prepare_row(Prepare prepare) {
  try {
    prepare();
  } catch (...) {
    restore_made(rows_.size());
    finish();
    throw;
  }
}

void RowWriter::note_made(unsigned position, void *object) {
  made_next_.push_back({0, object, position, value_of(mapper_.all_fields[position], object)});
}

void RowWriter::restore_made(std::size_t first) {
  const auto restore = [&](std::vector<MadeValue> &made) {
    assign(mapper_.all_fields[made.back().position], made.back().object, made.back().before);
    made.pop_back();
  };
  while (!made_next_.empty())
    restore(made_next_);
  while (!made_.empty() && made_.back().row >= first)
    restore(made_);
}

namespace {

Value value_of(const ColumnDefault &made) { return made.function ? made.function() : made.value; }

} // namespace

void RowWriter::apply_defaults(void *object) {
  leaves_out_ = false;
  if (part_index_ == 0 && mapper_.discriminator) {
    const unsigned position = *mapper_.discriminator;
    note_made(position, object);
    identify(mapper_, object);
  }
  if (part_.has_version && !mapper_.version->by_server) {
    note_made(mapper_.version->position, object);
    make_first_version(mapper_, object);
  }
  for (const unsigned position : part_.maybe_unset) {
    const ColumnInfo &info = mapper_.infos[position];
    const Field &field = mapper_.all_fields[position];
    if (!is_unset(field, info, object))
      continue;
    if (info.has_default()) {
      note_made(position, object);
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
      throw_no_key(position);
    }
  }
}

void RowWriter::apply_onupdates(void *object, ColumnMask &changed) {
  for (const unsigned position : part_.onupdates) {
    const ColumnInfo &info = mapper_.infos[position];
    const Field &field = mapper_.all_fields[position];
    if (changed[position] || !info.made().onupdate_sql.empty() || !is_open(field, object))
      continue;
    note_made(position, object);
    if (info.made().onupdate_thunk)
      assign_made(field, object, info.made().onupdate_thunk);
    else
      assign(field, object, *info.made().onupdate_value);
    changed[position] = true;
  }
}

/// Where the version was changed by hand, the row gets that. One that the database makes is written
/// as it is where nothing else is, so that there is an UPDATE.
void RowWriter::apply_next_version(void *object, ColumnMask &changed) {
  const VersionCounter &version = *mapper_.version;
  if (changed[version.position])
    return;
  if (version.by_server) {
    changed[version.position] =
        std::find(changed.begin(), changed.end(), true) == changed.end() && part_.onupdates.empty();
    return;
  }
  note_made(version.position, object);
  make_next_version(mapper_, object);
  changed[version.position] = true;
}

RowWriter::Change RowWriter::change_by_insert(const MapperState &mapper, const void *object) {
  if (!mapper.writes_back)
    return Change::none;
  if (mapper.discriminator || (mapper.version && !mapper.version->by_server))
    return Change::by_default;
  Change change = mapper.has_computed || mapper.needs_fetched ? Change::by_database : Change::none;
  for (const TablePart &part : mapper.parts)
    for (const unsigned position : part.maybe_unset) {
      const ColumnInfo &info = mapper.infos[position];
      const bool is_made = info.has_default() || info.server_made || part.generated_key == position;
      if (!is_made || !is_unset(mapper.all_fields[position], info, object))
        continue;
      if (info.has_default())
        return Change::by_default;
      change = Change::by_database;
    }
  return change;
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

/// Throws if the INSERT has written no row: the key that is told then is another one's.
void RowWriter::expect_inserted(const Outcome &outcome) {
  if (outcome.affected_rows == 1) [[likely]]
    return;
  const std::string why =
      connection_.driver->why_no_row(part_.table->schema(), part_.table->name());
  if (!why.empty())
    throw IntegrityError("INSERT of " + describe(mapper_) + ": the table '" +
                             part_.table->full_name() + "' did not take the row: " + why +
                             " left it out\n[SQL: " + *sql_ + "]",
                         *sql_);
}

// Rows.

void RowWriter::insert(void *object) {
  const InsertPlan *plan = nullptr;
  prepare_row([&] {
    apply_defaults(object);
    plan = &insert_plan();
  });
  Row row{object, {}};
  const std::span<const Field> returned =
      discards_results_ ? std::span<const Field>() : std::span(plan->returned);
  use(Verb::insert, plan->statement_id, plan->sql, {plan->bound, {}, returned}, row, plan);
  add(std::move(row));
}

void RowWriter::take_insert(const Row &row, const Outcome &outcome) {
  const InsertPlan &plan = *insert_;
  if (outcome.returned_row && !discards_results_)
    for (const unsigned position : plan.left_out) // such as a default that is not there
      if (mapper_.infos[position].is_key &&
          (position != part_.generated_key || !plan.key_from_last_id) &&
          value_of(mapper_.all_fields[position], row.object).is_null())
        throw_no_key(position);
  expect_inserted(outcome);
  if (plan.key_from_last_id) {
    expect_generated_key(); // the statement may have been compiled anew just now
    if (!discards_results_)
      set_generated_key(mapper_.all_fields[*part_.generated_key], row.object, outcome.generated_id);
  }
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

void RowWriter::update(void *object, ColumnMask &changed, Key old_key) {
  require_key(mapper_);
  prepare_row([&] {
    if (part_.has_version && old_key.empty())
      old_key = key_with_version(mapper_, object);
    apply_onupdates(object, changed);
    if (part_.has_version)
      apply_next_version(object, changed);
    if (!update_plan_ || changed != update_mask_) {
      update_plan_ = &statements_.update(part_index_, changed);
      update_mask_ = changed;
    }
  });
  const UpdatePlan &plan = *update_plan_;
  Row row{object, std::move(old_key)};
  use(Verb::update, plan.statement_id, plan.sql, {plan.bound, mapper_.key_fields, plan.returned},
      row, nullptr, &plan);
  add(std::move(row));
}

/// Reads what UPDATEs made the database compute, where an UPDATE itself returns nothing.
void RowWriter::read_again(const UpdatePlan &plan) {
  const NumberedSql &select = plan.read_again;
  const auto begin = std::chrono::steady_clock::now();
  const StatementLease statement =
      connection_.prepare(select.id, [&] { return std::string_view(select.sql); });
  const BatchLayout layout{{}, mapper_.key_fields, plan.made};
  const std::unique_ptr<Batch> batch = statement->batch(layout);
  std::vector<std::vector<std::string>> executed;
  for (std::size_t first = 0; first < rows_.size(); first += batch->capacity()) {
    const std::size_t end = std::min(first + batch->capacity(), rows_.size());
    for (std::size_t i = first; i != end; ++i)
      batch->add({rows_[i].object, {}});
    batch->send();
    for (std::size_t i = first; i != end; ++i) {
      expect(i);
      try {
        if (!batch->next_result().returned_row)
          expect_one_row(rows_[i], 0); // it was deleted by a trigger
      } catch (const DatabaseError &) {
        rethrow_with_params(texts_of(layout, {rows_[i].object, {}}));
      }
      if (watched_)
        executed.push_back(texts_of(layout, {rows_[i].object, {}}));
    }
  }
  if (watched_)
    connection_.report(select.sql, executed, std::int64_t(executed.size()),
                       std::chrono::steady_clock::now() - begin);
}

void RowWriter::remove(const void *object, Key old_key) {
  require_key(mapper_);
  const NumberedSql &sql = statements_.remove(part_index_);
  if (part_.has_version && old_key.empty())
    old_key = key_with_version(mapper_, object);
  Row row{const_cast<void *>(object), std::move(old_key)};
  use(Verb::remove, sql.id, sql.sql, {{}, mapper_.key_fields, {}}, row);
  add(std::move(row));
}

void RowWriter::expect_one_row(const Row &row, std::int64_t rows) {
  if (rows == 1) [[likely]]
    return;
  const bool is_update = verb_ == Verb::update;
  if (part_.has_version && rows == 0) {
    report(); // the statement is over, the next one asks for the version
    throw_stale(connection_, mapper_, part_index_, is_update, row.old_key);
  }
  const Key now = key_of(mapper_, row.object);
  Key key = row.old_key.empty() ? now : row.old_key;
  key.resize(now.size()); // without the version
  std::vector<const Column *> columns;
  std::vector<Value> values;
  for (const auto &[column, index] : part_.key) {
    columns.push_back(column);
    values.push_back(key[index]);
  }
  throw StaleDataError((is_update ? "UPDATE of class '" : "DELETE of class '") +
                       mapper_.qualified_name + "'" +
                       (is_update && key != now ? " to the key " + key_text(now) : "") +
                       text_of_matched(rows, *part_.table, columns, values) +
                       (rows == 0 ? ". Load the object again, in a session after rollback()" : ""));
}

} // namespace declorm::detail
