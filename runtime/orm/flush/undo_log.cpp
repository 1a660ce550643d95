// undo_log.cpp: objects get back what they were before a flush.
#include "runtime/orm/flush/undo_log.h"

#include "runtime/orm/session/link_state.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

void UndoLog::note_inserted(ObjectState &state, const InsertPlan &plan) {
  const std::size_t count = state.mapper->relationships.size();
  const auto has_none = [](const LinkSnapshot &links) { return links.targets().empty(); };
  state.inserted_now =
      count != 0 && (!state.links || std::ranges::all_of(std::span(state.links, count), has_none));
  add_insert(state.inserted_now ? Kind::inserted_unlinked : Kind::inserted, state, plan);
}

void UndoLog::add_insert(Kind kind, ObjectState &state, const InsertPlan &plan) {
  if (entries_.size() > marked_) {
    Entry &last = entries_.back();
    if (last.kind == kind && last.plan == &plan && last.state + last.count == &state) {
      ++last.count;
      return;
    }
  }
  add(kind, state).plan = &plan;
}

void UndoLog::note_updated(ObjectState &state) {
  Entry &entry = add(Kind::updated, state);
  entry.snapshot = state.snapshot;
  entry.left_out = state.left_out;
  state.pinned = true;
}

void UndoLog::note_deleted(ObjectState &state) { add(Kind::deleted, state); }

void UndoLog::note_linked(ObjectState &state, unsigned index, LinkSnapshot before,
                          bool was_assigned) {
  add(Kind::linked, state);
  links_.push_back({index, std::move(before), was_assigned});
}

void UndoLog::note_followed(ObjectState &state, const Field &field, Value before) {
  add(Kind::followed, state);
  values_.push_back({&field, std::move(before)});
}

std::size_t UndoLog::mark() { return marked_ = entries_.size(); }

void UndoLog::clear() {
  entries_.clear();
  marked_ = 0;
  links_.clear();
  values_.clear();
}

std::vector<ObjectState *> UndoLog::undo_to(std::size_t mark, SessionState &session,
                                            bool keep_work) {
  std::vector<ObjectState *> gone;
  while (entries_.size() > mark) {
    undo(entries_.back(), session, keep_work, gone);
    entries_.pop_back();
  }
  marked_ = std::min(marked_, entries_.size());
  return gone;
}

void UndoLog::undo(const Entry &entry, SessionState &session, bool keep_work,
                   std::vector<ObjectState *> &gone) {
  ObjectState &state = *entry.state;
  switch (entry.kind) {
  case Kind::inserted:
  case Kind::inserted_unlinked:
  case Kind::continued:
    for (std::uint32_t i = entry.count; i-- != 0;)
      undo_insert(entry, entry.state[i], session, gone);
    break;
  case Kind::updated:
    undo_update(entry, session, keep_work);
    break;
  case Kind::deleted:
    state.status = keep_work ? ObjectStatus::deleted : ObjectStatus::persistent;
    session.deleted_count += keep_work;
    session.identities(*state.mapper).insert(state);
    break;
  case Kind::linked:
    undo_link(state, links_.back(), session, keep_work);
    links_.pop_back();
    break;
  case Kind::followed:
    assign(*values_.back().field, state.object, values_.back().value);
    values_.pop_back();
    break;
  }
}

void UndoLog::undo_link(ObjectState &state, LinkBefore &before, SessionState &session,
                        bool keep_work) {
  LinkSnapshot &links = state.links[before.index];
  links.swap(before.targets);
  restore_link_state(state, before.index, links.loaded, before.was_assigned && keep_work,
                     *session.store);
}

void UndoLog::undo_insert(const Entry &entry, ObjectState &state, SessionState &session,
                          std::vector<ObjectState *> &gone) {
  if (entry.kind != Kind::continued && state.status != ObjectStatus::detached)
    session.detach(state);
  RowWriter::unset(*state.mapper, *entry.plan, state.object);
  if (entry.kind == Kind::continued)
    return;
  if (entry.kind == Kind::inserted_unlinked && state.links)
    for (LinkSnapshot &links : std::span(state.links, state.mapper->relationships.size()))
      links.set({});
  state.root_written = state.inserted_now = false;
  gone.push_back(&state);
}

void UndoLog::undo_update(const Entry &entry, SessionState &session, bool keep_work) {
  ObjectState &state = *entry.state;
  IdentityMap &map = session.identities(*state.mapper);
  if (state.status != ObjectStatus::detached)
    map.erase(state);
  state.snapshot = entry.snapshot;
  state.left_out = entry.left_out;
  state.snapshot_size =
      std::uint32_t(packed_size(state.snapshot, state.mapper->packed_fields.size()));
  state.pinned = false;
  if (state.status != ObjectStatus::detached)
    map.insert(state);
  if (!keep_work)
    session.restore_values(state);
}

} // namespace declorm::detail
