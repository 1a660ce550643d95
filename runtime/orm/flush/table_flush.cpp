// table_flush.cpp: queues of rows, by class, statement and changed columns.
#include "runtime/orm/flush/table_flush.h"

#include "runtime/orm/flush/flush.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

/// How many UPDATEs of one table are open at once, for rows that change different columns.
static constexpr std::size_t most_open = 32;

RowQueue::RowQueue(Flush &flush, const TableUser &user, WrittenRow::Verb verb, ColumnMask changed)
    : flush_(flush), user_(user), verb_(verb), changed_(std::move(changed)),
      writer_(flush.connection(), *user.mapper, user.part, this) {}

void RowQueue::insert(ObjectState &state) {
  rows_.push_back({&state});
  writer_.insert(state.object);
}

void RowQueue::update(const QueuedRow &row, ColumnMask &changed, Key old_key) {
  rows_.push_back(row);
  writer_.update(row.state->object, changed, std::move(old_key));
}

void RowQueue::remove(ObjectState &state, Key old_key) {
  rows_.push_back({&state});
  writer_.remove(state.object, std::move(old_key));
}

void RowQueue::row_expected(std::size_t number) {
  flush_.expect_row({verb_, user_.part, rows_[number].state, {}});
}

void RowQueue::row_written(std::size_t number, void *, const InsertPlan *plan) {
  const QueuedRow &row = rows_[number];
  switch (verb_) {
  case WrittenRow::inserted:
    return flush_.row_inserted(user_, *row.state, *plan);
  case WrittenRow::updated:
    return flush_.row_updated(user_, row);
  case WrittenRow::deleted:
    return flush_.row_deleted(user_, *row.state);
  }
}

void RowQueue::batch_ended(std::size_t count) noexcept {
  rows_.erase(rows_.begin(), rows_.begin() + std::ptrdiff_t(count));
}

TableFlush::TableFlush(const Table &table, const std::vector<MapperState *> &mappers)
    : table_(table) {
  for (MapperState *mapper : mappers)
    for (unsigned i = 0; i != mapper->parts.size(); ++i)
      if (mapper->parts[i].table == &table)
        users_.push_back({{mapper, i, i + 1 == mapper->parts.size()}, nullptr, nullptr, {}});
}

TableFlush::Queues *TableFlush::queues_of(const MapperState *mapper) {
  if (last_ && last_->user.mapper == mapper)
    return last_;
  for (Queues &queues : users_)
    if (queues.user.mapper == mapper)
      return last_ = &queues;
  return nullptr;
}

RowQueue &TableFlush::inserts(Flush &flush, const TableUser &user) {
  std::unique_ptr<RowQueue> &queue = queues_of(user.mapper)->inserts;
  if (!queue)
    queue = std::make_unique<RowQueue>(flush, user, WrittenRow::inserted);
  return *queue;
}

RowQueue &TableFlush::deletes(Flush &flush, const TableUser &user) {
  std::unique_ptr<RowQueue> &queue = queues_of(user.mapper)->deletes;
  if (!queue)
    queue = std::make_unique<RowQueue>(flush, user, WrittenRow::deleted);
  return *queue;
}

RowQueue &TableFlush::updates(Flush &flush, const TableUser &user, const ColumnMask &changed) {
  std::vector<std::unique_ptr<RowQueue>> &queues = queues_of(user.mapper)->updates;
  const auto known =
      std::ranges::find_if(queues, [&](const auto &queue) { return queue->changed() == changed; });
  if (known != queues.end()) {
    keep_order(**known);
    return **known;
  }
  if (updates_.size() % most_open == most_open - 1)
    for (RowQueue *queue : updates_)
      queue->finish();
  RowQueue &queue =
      *queues.emplace_back(std::make_unique<RowQueue>(flush, user, WrittenRow::updated, changed));
  updates_.push_back(&queue);
  if (updates_.size() == 2 && updates_.front()->writes_unique(unique_values()))
    last_unique_ = updates_.front();
  keep_order(queue);
  return queue;
}

/// A row may take a unique value that one before it gives up.
void TableFlush::keep_order(RowQueue &queue) {
  if (updates_.size() == 1 || last_unique_ == &queue || !queue.writes_unique(unique_values()))
    return;
  if (last_unique_)
    last_unique_->send();
  last_unique_ = &queue;
}

void TableFlush::send_updates() {
  for (RowQueue *queue : updates_)
    queue->send();
}

void TableFlush::finish() {
  for (RowQueue *queue : updates_)
    queue->finish();
  updates_.clear();
  last_unique_ = nullptr;
  for (Queues &queues : users_) {
    queues.updates.clear();
    if (queues.inserts)
      queues.inserts->finish();
    queues.inserts.reset();
    if (queues.deletes)
      queues.deletes->finish();
    queues.deletes.reset();
  }
}

} // namespace declorm::detail
