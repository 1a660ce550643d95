// row_batches.cpp: how a RowWriter hands its rows to the database.
#include "runtime/orm/rows/row_writer.h"

#include <algorithm>

namespace declorm::detail {

void RowWriter::use(Verb verb, std::size_t id, const std::string &sql, const BatchLayout &layout,
                    const Row &row, const InsertPlan *insert, const UpdatePlan *update) {
  if (statement_id_ == id) [[likely]]
    return;
  try {
    finish();
  } catch (...) {
    restore_made(0);
    throw;
  }
  verb_ = verb;
  insert_ = insert;
  update_ = update;
  layout_ = layout;
  sql_ = &sql;
  try {
    connection_.autobegin();
    statement_ = connection_.prepare(id, [&] { return std::string_view(sql); });
    if (insert && insert->key_from_last_id && statement_->key_known_for < 0)
      expect_generated_key();
  } catch (...) {
    const std::vector<std::string> texts = texts_of(layout_, row);
    restore_made(0);
    report();
    rethrow_with_params(texts);
  }
  statement_id_ = id;
  capacity_ = 2;
  if (watched_)
    begin_ = std::chrono::steady_clock::now();
}

void RowWriter::add(Row row) {
  for (MadeValue &made : made_next_) {
    made.row = rows_.size();
    made_.push_back(std::move(made));
  }
  made_next_.clear();
  rows_.push_back(std::move(row));
  if (rows_.size() != capacity_)
    return;
  if (batch_)
    return send();
  batch_ = statement_->batch(layout_);
  capacity_ = std::max<std::size_t>(batch_->capacity(), 2);
  rows_.reserve(capacity_);
  if (rows_.size() == capacity_)
    send();
}

void RowWriter::send() {
  if (rows_.empty())
    return;
  std::size_t told = 0; // rows that the listener knows of
  try {
    expect(0);
    if (rows_.size() != 1) {
      for (const Row &row : rows_)
        batch_->add({row.object, row.old_key});
      batch_->send();
    }
    const bool reads_again = update_ && !update_->read_again.sql.empty();
    for (std::size_t next = 0; next != rows_.size(); ++next) {
      if (next != 0)
        expect(next);
      take_result(rows_[next]);
      if (!reads_again)
        tell(told++);
    }
    if (reads_again)
      read_again(*update_);
    while (told != rows_.size())
      tell(told++);
  } catch (...) {
    restore_made(told);
    end_batch();
    report();
    throw;
  }
  end_batch();
}

void RowWriter::expect(std::size_t row) {
  if (listener_)
    listener_->row_expected(row);
}

void RowWriter::tell(std::size_t row) {
  if (verb_ != Verb::remove && mapper_.needs_fetched && !discards_results_)
    mapper_.make_copies(rows_[row].object); // of what the database made
  if (listener_)
    listener_->row_written(row, rows_[row].object, insert_);
}

void RowWriter::take_result(const Row &row) {
  try {
    ++executions_;
    if (watched_)
      executed_.push_back(texts_of(layout_, row));
    const Outcome outcome = rows_.size() == 1
                                ? execute_row(*statement_, layout_, {row.object, row.old_key})
                                : batch_->next_result();
    if (verb_ == Verb::insert)
      take_insert(row, outcome);
    else
      expect_one_row(row, outcome.affected_rows);
  } catch (const DatabaseError &) {
    rethrow_with_params(texts_of(layout_, row));
  }
}

void RowWriter::end_batch() noexcept {
  const std::size_t count = rows_.size();
  rows_.clear();
  made_.clear();
  if (listener_)
    listener_->batch_ended(count);
}

void RowWriter::finish() {
  send();
  report();
}

void RowWriter::report() {
  if (!sql_)
    return; // no statement is in use
  batch_.reset();
  statement_ = {};
  statement_id_ = ~std::size_t(0);
  const std::string *const sql = std::exchange(sql_, nullptr);
  const std::int64_t executions = std::exchange(executions_, 0);
  if (!watched_)
    return;
  const auto executed = std::exchange(executed_, {});
  if (executions != 0)
    connection_.report(*sql, executed, executions, std::chrono::steady_clock::now() - begin_);
}

std::vector<std::string> RowWriter::texts_of(const BatchLayout &layout, const Row &row) {
  std::vector<std::string> texts;
  const auto add_fields = [&](std::span<const Field> fields) {
    for (const Field &field : fields) {
      try {
        texts.push_back(value_of(field, row.object).to_string());
      } catch (const std::exception &) {
        texts.push_back("no value"); // what cannot be stored; the error says why
      }
    }
  };
  add_fields(layout.fields);
  if (row.old_key.empty())
    add_fields(layout.key_fields);
  for (const Value &value : row.old_key)
    texts.push_back(value.to_string());
  return texts;
}

} // namespace declorm::detail
