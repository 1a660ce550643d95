// link_sync.h: brings both sides of each link in step, and carries links into keys.
//
// The rules of disagreement: a changed side beats an unchanged one, a relationship beats a member
// with the foreign key, a new parent beats an old list; two different changes are a FlushError.
#ifndef DECLORM_ORM_FLUSH_LINK_SYNC_H
#define DECLORM_ORM_FLUSH_LINK_SYNC_H

#include "runtime/orm/mapping/relationship.h"
#include "runtime/orm/session/object_store.h"

#include <map>
#include <unordered_map>
#include <unordered_set>

namespace declorm::detail {

struct DeletedPair;
struct SessionState;

/// A foreign key that waits for its parent's row.
struct KeyFill {
  const KeyLink *link = nullptr;
  ObjectState *parent = nullptr;
  std::size_t number = 0; ///< in the order they were found
};

/// A row of a table in between: of which link, from and to which object.
struct RowOfLink {
  const RowLink *link = nullptr;
  ObjectState *first = nullptr, *second = nullptr;
  friend auto operator<=>(const RowOfLink &, const RowOfLink &) = default;
};

/// What sides in step have left to be written.
class LinkWork {
public:
  std::unordered_map<ObjectState *, std::vector<KeyFill>> fills; ///< by child

  void add_fill(ObjectState &child, const KeyLink &link, ObjectState &parent) {
    fills[&child].push_back({&link, &parent, ++fill_count_});
  }
  /// Nothing happens if there is none.
  void remove_fill(ObjectState &child, const KeyLink &link);
  /// The parent whose key the child waits for, or null.
  ObjectState *awaited(ObjectState &child, const KeyLink &link) const;

  /// A row to be inserted or deleted; one that is taken back before it was written is neither.
  void add_row(const RowOfLink &row, bool is_added);
  bool has_rows() const { return !rows_.empty(); }
  /// In the order they came.
  std::vector<RowOfLink> rows(bool added) const;

  void clear() { *this = LinkWork(); }
  void clear_rows() { rows_.clear(); }

private:
  struct Row {
    bool is_added;
    std::size_t number;
  };
  std::size_t fill_count_ = 0, row_count_ = 0;
  std::map<RowOfLink, Row> rows_;
};

/// One attempt to bring the session's links in step. What it changes can be undone until it is
/// done with.
class LinkSync {
public:
  explicit LinkSync(SessionState &session);

  /// Whether any object of the session has relationships.
  bool has_links() const;
  /// Takes in objects that only smart pointers own, and brings both sides in step. Throws
  /// FlushError.
  void sync();
  /// Lets go of objects of which this session deletes the parent, or deletes them too.
  void cascade_deletes();
  /// Gives a child the keys of its parents that have rows; `last`: those of post_update too.
  void fill_key(ObjectState &child, bool last);
  /// The same for all children that have rows; returns them.
  std::vector<ObjectState *> fill_keys(bool last);
  /// The row of a parent has another key than `before`, its values in all positions: the database
  /// has changed the keys of its children with it, if it was told to.
  void follow_cascade(const ObjectState &parent, const std::vector<Value> &before);
  /// Deleted objects whose rows refer to those of others.
  std::vector<DeletedPair> deleted_pairs();
  /// NULL instead of a key that waits for no parent. Whether that is a change.
  bool clear_key(const KeyLink &link, ObjectState &child);
  /// Both sides are in step from now on.
  void finish();
  /// Members, keys and states are as before.
  void undo();

private:
  /// The members of one class that show a link.
  struct Side {
    MapperState *mapper;
    unsigned index; ///< in the mapper's relationships
  };
  struct Sides {
    std::vector<Side> up, down; ///< of a RowLink: first, second
  };
  /// What changed for one child.
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
  void set_parent(const KeyLink &link, ObjectState &child, ObjectState *parent, bool known = true);
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

  /// What changed in a list: pointers as the member has them.
  struct ListChange {
    std::vector<void *> added, removed;
  };
  bool compare(ObjectState &state, unsigned index, ListChange &change);
  ObjectState &target_of(ObjectState &from, unsigned index, void *pointer);
  void touch(ObjectState &state, unsigned index);
  void save(ObjectState &state, unsigned index);
  std::unordered_set<const void *> &content_of(ObjectState &state, unsigned index);
  bool is_read(const RelationshipState &list, ObjectState &of, const ObjectState &target);

  SessionState &session_;
  std::unordered_map<const KeyLink *, Sides> key_sides_;
  std::unordered_map<const RowLink *, Sides> row_sides_;
  std::vector<const KeyLink *> key_links_; ///< in the order they are met
  std::vector<const RowLink *> row_links_;
  std::vector<Decision> decisions_;
  std::vector<ObjectState *> deleted_; ///< whose links were not let go of
  std::vector<std::pair<ObjectState *, unsigned>> touched_;
  std::vector<SavedMember> members_;
  std::vector<SavedKey> keys_;
  std::vector<SavedStatus> statuses_;
  LinkWork work_before_;
  std::unordered_map<const LinkSnapshot *, std::unordered_set<const void *>> contents_;
  std::vector<void *> now_; ///< scratch
};

/// "the Address with key (3)", "a new Address": how messages name an object.
std::string name_of(const ObjectState &state);

/// Whether the member shows all that the database has.
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

/// The key of a link in a child, and in the child's row.
std::vector<Value> key_in(const KeyLink &link, const ObjectState &child);
std::vector<Value> key_in_row(const KeyLink &link, const ObjectState &child);
/// Where a parent of that class has it.
std::vector<unsigned> parent_positions(const KeyLink &link, const MapperState &mapper);
bool has_null(std::span<const Value> key);

/// The part of an object that has the member.
inline void *link_part(const ObjectState &state, unsigned index) {
  return static_cast<std::byte *>(state.object) + state.mapper->relationships[index].upcast;
}
/// The mapper's relationship at which `state` stands, or one past the last.
unsigned relationship_index(const MapperState &mapper, const RelationshipState *relationship);
/// The object as a member of the relationship has it.
void *as_target(const ObjectState &state, const RelationshipState &relationship);

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_LINK_SYNC_H
