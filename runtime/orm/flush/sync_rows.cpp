// sync_rows.cpp: lists of both sides that keep rows of a table in between.
#include "runtime/orm/flush/link_sync.h"

#include "runtime/orm/session/session_state.h"

#include <set>

namespace declorm::detail {

/// Returns whether the list shows all that this transaction has for the object, and the target too.
bool LinkSync::is_read(const RelationshipState &list, ObjectState &of, const ObjectState &target) {
  const unsigned index = relationship_index(*of.mapper, &list);
  return index != of.mapper->relationships.size() && of.epoch == session_.epoch &&
         is_link_loaded(of, index) && !(of.links && of.links[index].stale) &&
         content_of(of, index).contains(as_target(target, list));
}

/// Returns whether the object has a row, and no loaded list that shows its links.
static bool is_without_list(const RelationshipState *list, const ObjectState &of) {
  if (of.status != ObjectStatus::persistent)
    return false;
  const unsigned count = unsigned(of.mapper->relationships.size());
  const unsigned index = list ? relationship_index(*of.mapper, list) : count;
  return index == count || !is_link_loaded(of, index);
}

void LinkSync::sync_row_link(const RowLink &link, const Sides &sides) {
  std::vector<RowOfLink> added, removed;
  ListChange change;
  const auto find = [&](const std::vector<Side> &some, bool is_first) {
    for (const Side &side : some)
      session_.store->for_each(*side.mapper, [&](ObjectState &state) {
        if (!is_in_work(state) || state.read_only || !compare(state, side.index, change))
          return;
        touch(state, side.index);
        for (void *pointer : change.added) {
          ObjectState &other = target_of(state, side.index, pointer);
          added.push_back({&link, is_first ? &state : &other, is_first ? &other : &state});
        }
        for (void *pointer : change.removed)
          if (ObjectState *other = session_.store->find(pointer))
            removed.push_back({&link, is_first ? &state : other, is_first ? other : &state});
      });
  };
  find(sides.up, true);
  const auto middle = std::ptrdiff_t(added.size());
  find(sides.down, false);
  std::set<RowOfLink> by_first, by_second;
  if (link.second) {
    by_first.insert(added.begin(), added.begin() + middle);
    by_second.insert(added.begin() + middle, added.end());
  }
  // What was put into one list, and stands in the other without having been put there, has its row.
  const auto has_row = [&](const RowOfLink &row) {
    if (by_first.contains(row) == by_second.contains(row))
      return false;
    return by_first.contains(row) ? is_read(*link.second, *row.second, *row.first)
                                  : is_read(*link.first, *row.first, *row.second);
  };
  // Both ends have rows, and no list shows all that the database has of one of them.
  const auto may_exist = [&](const RowOfLink &row) {
    return is_without_list(link.first, *row.first) && is_without_list(link.second, *row.second);
  };
  std::set<RowOfLink> done;
  const std::set<RowOfLink> taken(removed.begin(), removed.end());
  for (const RowOfLink &row : added) {
    if (taken.contains(row))
      throw FlushError(name_of(*row.second) + " was put into " + short_name(*link.first) + " of " +
                       name_of(*row.first) + ", and on the other side, " +
                       short_name(link.second ? *link.second : *link.first) +
                       ", it was taken out; make both say the same, or change one");
    if (!done.insert(row).second || has_row(row))
      continue;
    const bool is_uncertain = may_exist(row);
    join_list(*link.first, *row.first, *row.second);
    if (link.second)
      join_list(*link.second, *row.second, *row.first);
    session_.link_work.add_row(row, true, is_uncertain);
  }
  done.clear();
  for (const RowOfLink &row : removed) {
    if (!done.insert(row).second)
      continue;
    leave_list(*link.first, *row.first, *row.second);
    if (link.second)
      leave_list(*link.second, *row.second, *row.first);
    session_.link_work.add_row(row, false);
  }
}

} // namespace declorm::detail
