// hooks.cpp: the hooks of objects around the statements of their rows.
#include "runtime/orm/flush/hooks.h"

#include "runtime/orm/rows/mirrors.h"
#include "runtime/orm/rows/validators.h"
#include "runtime/orm/session/hook_calls.h"
#include "runtime/orm/session/link_state.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace declorm::detail {

using model::HookKind;

static bool has_either(const MapperState &mapper, HookKind before, HookKind after) {
  return mapper.has_hook(before) || mapper.has_hook(after);
}

static bool has_insert_hooks(const MapperState &mapper) {
  return has_either(mapper, HookKind::before_insert, HookKind::after_insert);
}

static bool has_update_hooks(const MapperState &mapper) {
  return has_either(mapper, HookKind::before_update, HookKind::after_update);
}

static bool has_delete_hooks(const MapperState &mapper) {
  return has_either(mapper, HookKind::before_delete, HookKind::after_delete);
}

void FlushHooks::links_synced(std::span<MapperState *const> mappers) {
  any_ = std::ranges::any_of(mappers,
                             [](const MapperState *mapper) { return mapper->hooks != nullptr; });
  if (!any_)
    return;
  validate(mappers);
  for (const MapperState *mapper : mappers)
    if (has_update_hooks(*mapper))
      session_.store->for_each(*mapper, [&](ObjectState &state) {
        if (state.status == ObjectStatus::persistent && !state.read_only &&
            (session_.is_dirty(state) || session_.has_link_changes(state)))
          touched_.insert(&state);
      });
}

void FlushHooks::validate(std::span<MapperState *const> mappers) {
  for (const MapperState *mapper : mappers)
    if (mapper->hooks && !mapper->hooks->validators.empty())
      session_.store->for_each(*mapper, [&](ObjectState &state) {
        if (is_in_work(state) && !state.read_only && validated_.insert(&state).second)
          validate(state);
      });
}

void FlushHooks::validate(ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  ColumnMask changed(mapper.columns.size());
  if (state.status == ObjectStatus::pending) {
    changed.flip();
  } else {
    PackBuffer packed;
    if (const auto now = SessionState::changed_row(state, packed); !now.empty())
      changed = changed_columns(mapper, state.snapshot, now.data());
  }
  call_validators(state, changed, true);
}

void FlushHooks::call_validators(ObjectState &state, const ColumnMask &changed, bool links) {
  const MapperState &mapper = *state.mapper;
  const auto is_called_for = [&](const Validator &validator) {
    if (!validator.positions.empty())
      return std::ranges::any_of(validator.positions,
                                 [&](unsigned position) { return changed[position]; });
    for (unsigned i = 0; links && i != mapper.relationships.size(); ++i)
      if (mapper.relationships[i].state->name() == validator.attribute &&
          (state.status == ObjectStatus::pending || SessionState::is_link_changed(state, i))) {
        members_.emplace_back(state, i);
        return true;
      }
    return false;
  };
  std::vector<const Validator *> called;
  for (const Validator &validator : mapper.hooks->validators)
    if (is_called_for(validator))
      called.push_back(&validator);
  if (called.empty())
    return;
  note_member_changes(session_, state, [&] {
    for (const Validator *validator : called)
      call_validator(*validator, state.object);
  });
  follow(state);
}

FlushHooks::SavedMember::SavedMember(ObjectState &of, unsigned at)
    : state(&of), index(at), was_loaded(is_link_loaded(of, at)), was_assigned(is_assigned(of, at)) {
  relationship_at(of, at).for_each_owned(link_part(of, at),
                                         [&](void *object, const std::shared_ptr<void> *owner) {
                                           content.emplace_back(object, owner ? *owner : nullptr);
                                         });
}

bool FlushHooks::SavedMember::is_changed() const {
  const SavedMember now(*state, index);
  if (now.was_assigned != was_assigned)
    return true;
  if (was_loaded || !now.was_loaded)
    return now.content != content;
  const std::span<void *const> loaded = link_targets(*state, index);
  std::set<const void *> wanted(loaded.begin(), loaded.end()), shown;
  for (const auto &[object, owner] : content)
    wanted.insert(object);
  for (const auto &[object, owner] : now.content)
    shown.insert(object);
  return shown != wanted;
}

void FlushHooks::restore(std::span<const SavedMember> members) {
  for (const SavedMember &saved : std::views::reverse(members))
    session_.set_member(*saved.state, saved.index, saved.content);
  for (const SavedMember &saved : std::views::reverse(members))
    if (saved.was_loaded != is_link_loaded(*saved.state, saved.index) ||
        saved.was_assigned != is_assigned(*saved.state, saved.index))
      restore_link_state(*saved.state, saved.index, saved.was_loaded, saved.was_assigned,
                         *session_.store);
}

void FlushHooks::undo() { restore(members_); }

std::vector<unsigned> FlushHooks::call_keeping_links(HookKind kind, ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  std::vector<SavedMember> before;
  for (unsigned i = 0; i != mapper.relationships.size(); ++i)
    if (!mapper.relationships[i].state->viewonly)
      before.emplace_back(state, i);
  try {
    std::vector<unsigned> positions = call_hooks(session_, kind, state, true);
    for (const SavedMember &saved : before)
      if (saved.is_changed())
        throw InvalidRequestError(
            std::string(model::hook_names[std::size_t(kind)]) + " of " + describe(mapper) +
            " changed relationship '" + relationship_at(state, saved.index).name() +
            "'; a flush brings relationships in step before it calls hooks: change it before the "
            "flush, or set the member of the foreign key");
    return positions;
  } catch (...) {
    restore(before);
    throw;
  }
}

/// Members that stand for one value follow the one that was changed.
void FlushHooks::follow(ObjectState &state) {
  if (state.status == ObjectStatus::pending)
    session_.pending_keys.forget();
  if (!state.mapper->mirrors.empty() && is_in_work(state))
    follow_changed(state, [&](const Field &field, Value before) {
      session_.undo_log.note_followed(state, field, std::move(before));
    });
}

/// What a hook changes is part of the statement that follows.
void FlushHooks::call(HookKind kind, ObjectState &state) {
  MapperState &mapper = *state.mapper;
  if (!mapper.has_hook(kind))
    return;
  row_ = {};
  const std::vector<unsigned> positions = call_keeping_links(kind, state);
  if (positions.empty())
    return;
  follow(state);
  if (kind != HookKind::before_insert && kind != HookKind::before_update)
    return; // it is not written now
  ColumnMask changed(mapper.columns.size());
  for (const unsigned position : positions)
    changed[position] = true;
  call_validators(state, changed, false);
}

void FlushHooks::call_before_updates(std::span<ObjectState *const> states) {
  for (ObjectState *state : states) {
    if (state->status != ObjectStatus::persistent || !has_update_hooks(*state->mapper) ||
        (!touched_.contains(state) && !session_.is_dirty(*state)) || !met_.insert(state).second)
      continue;
    updating_.push_back(state);
    call(HookKind::before_update, *state);
  }
}

/// Objects are collected before the first call, because hooks may load others.
void FlushHooks::call_before_writes(std::span<TableFlush> tables) {
  std::vector<ObjectState *> changed, added;
  for (TableFlush &table : tables)
    table.for_each([&](const TableUser &user) {
      if (user.part == 0 && has_update_hooks(*user.mapper))
        session_.store->for_each(*user.mapper,
                                 [&](ObjectState &state) { changed.push_back(&state); });
    });
  const auto begins_here = [&](const MapperState &mapper) {
    return std::ranges::any_of(tables, [&](TableFlush &table) {
      const TableUser *user = table.find(&mapper);
      return user && user->part == 0;
    });
  };
  for (ObjectState *state : session_.pending)
    if (state->status == ObjectStatus::pending && state->mapper->hooks &&
        begins_here(*state->mapper))
      added.push_back(state);
  call_before_updates(changed);
  for (ObjectState *state : added) {
    met_.insert(state); // an UPDATE of its row is part of the INSERT
    if (!has_insert_hooks(*state->mapper))
      continue;
    if (state->fill != 0)
      sync_.fill_key(*state, false); // the hook finds the keys of rows that are there
    inserting_.push_back(state);
    call(HookKind::before_insert, *state);
  }
}

void FlushHooks::call_after_writes(std::span<TableFlush> tables) {
  const auto take = [](std::vector<ObjectState *> &from, auto is_done) {
    std::vector<ObjectState *> done;
    std::erase_if(from, [&](ObjectState *state) {
      if (!is_done(*state))
        return false;
      done.push_back(state);
      return true;
    });
    return done;
  };
  const auto ends_here = [&](const ObjectState &state) {
    return std::ranges::any_of(tables, [&](TableFlush &table) {
      const TableUser *user = table.find(state.mapper);
      return user && user->is_last;
    });
  };
  for (ObjectState *state : take(updating_, ends_here))
    call(HookKind::after_update, *state);
  for (ObjectState *state : take(inserting_, [](const ObjectState &state) {
         return state.status == ObjectStatus::persistent;
       }))
    call(HookKind::after_insert, *state);
}

void FlushHooks::after_updates() {
  for (ObjectState *state : std::exchange(updating_, {}))
    call(HookKind::after_update, *state);
}

void FlushHooks::before_deletes(std::span<TableFlush> tables) {
  if (!any_)
    return;
  std::vector<ObjectState *> deleted;
  for (TableFlush &table : tables)
    table.for_each([&](const TableUser &user) {
      if (user.is_last && has_delete_hooks(*user.mapper))
        session_.store->for_each(*user.mapper,
                                 [&](ObjectState &state) { deleted.push_back(&state); });
    });
  before_deletes(deleted);
}

void FlushHooks::before_deletes(std::span<ObjectState *const> states) {
  if (!any_)
    return;
  for (ObjectState *state : states)
    if (state->status == ObjectStatus::deleted && has_delete_hooks(*state->mapper) &&
        met_.insert(state).second) {
      deleting_.push_back(state);
      call(HookKind::before_delete, *state);
    }
}

void FlushHooks::after_deletes() {
  std::vector<ObjectState *> gone;
  std::erase_if(deleting_, [&](ObjectState *state) {
    if (state->status != ObjectStatus::detached)
      return false;
    gone.push_back(state);
    return true;
  });
  for (ObjectState *state : gone)
    call(HookKind::after_delete, *state);
}

} // namespace declorm::detail
