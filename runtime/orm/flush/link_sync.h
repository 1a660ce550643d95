// link_sync.h: brings both sides of each link in step, and carries links into keys.
//
// The rules of disagreement: a changed side beats an unchanged one, a relationship beats a member
// with the foreign key, a new parent beats an old list; two different changes are a FlushError.
#ifndef DECLORM_ORM_FLUSH_LINK_SYNC_H
#define DECLORM_ORM_FLUSH_LINK_SYNC_H

#include "runtime/orm/mapping/relationship.h"
#include "runtime/orm/session/object_store.h"

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace declorm::detail {

struct DeletedPair;
struct EmptiedRow;
struct SessionState;

/// A foreign key of a child that waits for its parent's row.
struct KeyFill {
  ObjectState *child = nullptr, *parent = nullptr;
  const KeyLink *link = nullptr; ///< null: it waits no more
  std::uint32_t next = 0;        ///< the child's next one; 0: none
};

/// One row of a table in between: it belongs to a link, and leads from one object to another.
struct RowOfLink {
  const RowLink *link = nullptr;
  ObjectState *first = nullptr, *second = nullptr;
  friend auto operator<=>(const RowOfLink &, const RowOfLink &) = default;
};

/// What is left to be written when both sides of links are in step: keys that wait for parents, and
/// rows of tables in between. ObjectState::fill leads from a child to its keys, so that the work
/// must be cleared before the objects go.
class LinkWork {
public:
  LinkWork() = default;
  /// Children know nothing of a copy until it is given to restore().
  LinkWork(const LinkWork &) = default;
  LinkWork &operator=(const LinkWork &) = delete;

  bool has_fills() const { return fill_count_ != 0; }
  void add_fill(ObjectState &child, const KeyLink &link, ObjectState &parent);
  /// The child does not wait for the link's key any more, if it did.
  void remove_fill(ObjectState &child, const KeyLink &link) {
    if (child.fill != 0)
      take_fills(child, [&](const KeyFill &fill) { return fill.link == &link; });
  }
  /// Returns the parent whose key the child waits for, or null.
  ObjectState *awaited(const ObjectState &child, const KeyLink &link) const;
  /// Calls `function(const KeyFill &)` for each key of the child that waits.
  template <class Function> void for_each_fill(const ObjectState &child, Function function) const {
    for (std::uint32_t at = child.fill; at != 0; at = fills_[at - 1].next)
      function(fills_[at - 1]);
  }
  /// Takes out those keys of the child for which `is_taken(const KeyFill &)` is true.
  template <class Predicate> void take_fills(ObjectState &child, Predicate is_taken) {
    for (std::uint32_t *place = &child.fill; *place != 0;) {
      KeyFill &fill = fills_[*place - 1];
      if (!is_taken(std::as_const(fill))) {
        place = &fill.next;
        continue;
      }
      *place = fill.next;
      fill.link = nullptr;
      --fill_count_;
    }
    if (fill_count_ == 0)
      fills_.clear();
  }
  /// Returns the children that have rows while their keys wait, in the order in which these came.
  std::vector<ObjectState *> children_with_rows() const;

  /// Notes a row that is to be inserted or deleted. One that was noted the other way round, and is
  /// not written yet, is neither. `may_exist`: nothing tells whether a row to be inserted is there.
  void add_row(const RowOfLink &row, bool is_added, bool may_exist = false);
  bool may_exist(const RowOfLink &row) const {
    const auto known = rows_.find(row);
    return known != rows_.end() && known->second.may_exist;
  }
  bool has_rows() const { return !rows_.empty(); }
  /// Returns the rows that are to be inserted, or those to be deleted, in the order they came.
  std::vector<RowOfLink> rows(bool added) const;

  void clear() { restore({}); }
  void clear_rows() { rows_.clear(); }
  /// Forgets a row, which is written.
  void remove_row(const RowOfLink &row) { rows_.erase(row); }
  /// Makes everything as it was when the copy was made.
  void restore(const LinkWork &copy);

private:
  struct Row {
    bool is_added, may_exist;
    std::size_t number;
  };
  void lead_to(KeyFill &fill, std::uint32_t place);

  std::deque<KeyFill> fills_; ///< a place is an index plus 1
  std::size_t fill_count_ = 0, row_count_ = 0;
  std::map<RowOfLink, Row> rows_;
};

/// The objects that a list shows. Most lists are short, and are searched from one end to the other.
class ListContent {
public:
  bool empty() const { return few_.empty() && many_.empty(); }
  bool contains(const void *object) const {
    return many_.empty() ? std::ranges::find(few_, object) != few_.end() : many_.contains(object);
  }
  /// Takes the object in, if it is not there.
  void insert(const void *object);
  /// Takes the object out. Returns whether it was there.
  bool erase(const void *object) {
    return many_.empty() ? std::erase(few_, object) != 0 : many_.erase(object) != 0;
  }
  void clear() {
    few_.clear();
    many_.clear();
  }

private:
  std::vector<const void *> few_;         ///< all of them,
  std::unordered_set<const void *> many_; ///< or none, and all are here
};

/// One attempt of a flush to bring both sides of the session's links in step. undo() takes back
/// what it changed, until finish().
class LinkSync {
public:
  explicit LinkSync(SessionState &session);

  /// Returns whether any object of the session has relationships.
  bool has_links() const;
  /// Takes in objects that only smart pointers own, and brings both sides in step. Throws
  /// FlushError.
  void sync();
  /// Lets go of objects of which this session deletes the parent, or deletes them too.
  void cascade_deletes();
  /// Returns whether a row that the child refers to must be written before the child's.
  bool awaits_key(ObjectState &child) const;
  /// Gives a child the keys of those of its parents that have rows. `last`: also the keys that are
  /// written by post_update.
  void fill_key(ObjectState &child, bool last);
  /// Does the same for all children that have rows themselves, and returns them.
  std::vector<ObjectState *> fill_keys(bool last);
  /// Lets children follow a parent whose row has another key than before, where the database was
  /// told to change their keys with it. `before`: the values of the parent's row, by position.
  void follow_cascade(const ObjectState &parent, const std::vector<Value> &before);
  /// Returns the deleted objects whose rows refer to those of other deleted ones.
  std::vector<DeletedPair> deleted_pairs();
  /// Returns the children whose rows still refer to some of these, which go early, and will refer
  /// to others when they are written; those that can hold NULL until then.
  std::vector<EmptiedRow> children_left_by(std::span<ObjectState *const> parents);
  /// Writes NULL into the key of a child that has no parent. Returns whether that is a change.
  bool clear_key(const KeyLink &link, ObjectState &child);
  /// Takes the snapshots of the members anew: both sides are in step from now on.
  void finish();
  /// Gives members, keys and states back what they were before.
  void undo();

private:
  /// A member of a class that shows one side of a link.
  struct Side {
    MapperState *mapper;
    unsigned index; ///< in the mapper's relationships
  };
  struct Sides {
    std::vector<Side> up, down; ///< of a RowLink: first, second
  };
  /// What the members say that changed for one child.
  struct Decision {
    ObjectState *child;
    ObjectState *scalar = nullptr, *added = nullptr, *removed_from = nullptr;
    bool scalar_changed = false, key_changed = false;
  };
  struct SavedMember {
    ObjectState *state;
    unsigned index;
    std::vector<std::pair<void *, std::shared_ptr<void>>> content;
  };
  struct TouchedMember {
    ObjectState *state;
    unsigned index;
    bool was_loaded;   ///< LinkSnapshot::loaded before
    bool was_assigned; ///< is_assigned() before
  };
  struct WaitingForPlace {
    ObjectState *parent;
    unsigned index; ///< of a map
    ObjectState *child;
  };
  struct SavedKey {
    ObjectState *state;
    const Field *field;
    Value value;
  };
  struct SavedStatus {
    ObjectState *state;
    ObjectStatus status;
  };

  void find_sides();
  void adopt();
  void sync_key_link(const KeyLink &link, const Sides &sides);
  void sync_row_link(const RowLink &link, const Sides &sides);
  void write_keys(const KeyLink &link, const std::vector<Side> &parents);
  std::vector<ObjectState *> children_in_row(const KeyLink &link, const std::vector<Value> &key);
  void find_changed_pointers(const Side &side);
  void find_changed_lists(const Side &side);
  void find_changed_keys(const KeyLink &link);
  Decision &decision(ObjectState &child);
  void decide(const KeyLink &link, const Decision &decision);
  void set_parent(const KeyLink &link, ObjectState &child, ObjectState *parent, bool known = true,
                  bool is_in_list = false);
  void set_pointer(const KeyLink &link, ObjectState &child, ObjectState *parent, bool known);
  void leave_list(const RelationshipState &list, ObjectState &parent, ObjectState &child);
  void join_list(const RelationshipState &list, ObjectState &parent, ObjectState &child);
  void set_key(const KeyLink &link, ObjectState &child, ObjectState *parent);
  void copy_key(const KeyLink &link, ObjectState &child, const ObjectState &parent);
  void assign_key(ObjectState &child, unsigned position, Value before, const Value &value);
  ObjectState *old_parent(const KeyLink &link, ObjectState &child);
  ObjectState *parent_by_key(const KeyLink &link, std::span<const Value> key);
  bool is_child_of(const KeyLink &link, ObjectState &child, const ObjectState &parent);
  void mark_deleted(ObjectState &state);
  void let_go(std::span<ObjectState *const> deleted);
  void let_go(ObjectState &deleted, unsigned index);

  /// What changed in a list. The pointers are those that the member has.
  struct ListChange {
    std::vector<void *> added, removed;
  };
  bool compare(ObjectState &state, unsigned index, ListChange &change);
  void find_added(ListChange &change);
  ObjectState &target_of(ObjectState &from, unsigned index, void *pointer);
  void touch(ObjectState &state, unsigned index);
  void save(ObjectState &state, unsigned index);
  ListContent &content_of(ObjectState &state, unsigned index);
  void rekey_maps();
  void rekey(ObjectState &of, unsigned index);
  bool waits_for_place(const RelationshipState &map, ObjectState &parent, unsigned index,
                       ObjectState &child);
  /// Puts children into maps whose places have become free. `is_last`: one that is not is a
  /// FlushError.
  void join_waiting(bool is_last);
  bool is_read(const RelationshipState &list, ObjectState &of, const ObjectState &target);

  SessionState &session_;
  std::unordered_map<const KeyLink *, Sides> key_sides_;
  std::unordered_map<const RowLink *, Sides> row_sides_;
  std::vector<const KeyLink *> key_links_; ///< in the order they are met
  std::vector<const RowLink *> row_links_;
  std::deque<Decision> decisions_;
  std::unordered_set<const ObjectState *> moving_; ///< children that have a decision to come
  std::vector<ObjectState *> deleted_;             ///< whose links were not let go of
  std::vector<TouchedMember> touched_;
  std::vector<SavedMember> members_;
  std::vector<WaitingForPlace> waiting_for_place_;
  std::vector<SavedKey> keys_;
  std::vector<SavedStatus> statuses_;
  LinkWork work_before_;
  std::unordered_map<const LinkSnapshot *, ListContent> contents_;
  std::vector<void *> now_, sorted_before_, sorted_now_; ///< scratch
};

/// Returns how messages name an object: "the Address with key (3)", "a new Address".
std::string name_of(const ObjectState &state);

/// Returns whether the member shows all that the database has.
inline bool is_link_loaded(const ObjectState &state, unsigned index) {
  return state.links ? state.links[index].loaded : state.made_here;
}
inline std::span<void *const> link_targets(const ObjectState &state, unsigned index) {
  return state.links ? state.links[index].targets() : std::span<void *const>();
}
inline const RelationshipState &relationship_at(const ObjectState &state, unsigned index) {
  return *state.mapper->relationships[index].state;
}
inline bool is_in_work(const ObjectState &state) {
  return state.status == ObjectStatus::pending || state.status == ObjectStatus::persistent;
}

/// Return the values of a link's key in a child, and in the child's row.
std::vector<Value> key_in(const KeyLink &link, const ObjectState &child);
std::vector<Value> key_in_row(const KeyLink &link, const ObjectState &child);
/// Returns the positions at which a parent of that class has the key of the link.
std::vector<unsigned> parent_positions(const KeyLink &link, const MapperState &mapper);
bool has_null(std::span<const Value> key);

/// Returns the part of the object that has the relationship's member.
inline void *link_part(const ObjectState &state, unsigned index) {
  return static_cast<std::byte *>(state.object) + state.mapper->relationships[index].upcast;
}
/// Returns the index of the relationship among the mapper's, or one past the last.
unsigned relationship_index(const MapperState &mapper, const RelationshipState *relationship);
/// Returns the pointer to the object that a member of the relationship holds.
void *as_target(const ObjectState &state, const RelationshipState &relationship);

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_LINK_SYNC_H
