// hooks.h: when a flush calls the hooks of the objects that it writes.
#ifndef DECLORM_ORM_FLUSH_HOOKS_H
#define DECLORM_ORM_FLUSH_HOOKS_H

#include "runtime/orm/flush/link_sync.h"
#include "runtime/orm/flush/table_flush.h"

#include <unordered_set>

namespace declorm::detail {

/// Calls the hooks of objects around the statements of their rows. The tables of a flush are
/// written in groups, a hierarchy's from the root's on. Before a group is written, before_update
/// and before_insert are called for all objects whose first row stands in it; when their last row
/// is written, after_update and after_insert; the hooks of deletes likewise. No statement is under
/// way then. Costs nothing where no class of the flush has hooks.
class FlushHooks {
public:
  /// `row`: the row that an error of the database would be about; none while a hook runs.
  FlushHooks(SessionState &session, LinkSync &sync, WrittenRow &row)
      : session_(session), sync_(sync), row_(row) {}

  /// Before relationships are brought in step: calls the validators of what is new or changed.
  void validate(std::span<MapperState *const> mappers);
  /// After it: does the same for objects that came in, and notes which are in the work.
  void links_synced(std::span<MapperState *const> mappers);
  /// Gives relationships' members back what they held before validators changed them.
  void undo();
  /// Before and after the tables of a group are written.
  void before_writes(std::span<TableFlush> tables) {
    if (any_)
      call_before_writes(tables);
  }
  void after_writes(std::span<TableFlush> tables) {
    if (any_)
      call_after_writes(tables);
  }
  /// Before and after more is written of objects, perhaps of some that had their turn.
  void before_updates(std::span<ObjectState *const> states) {
    if (any_)
      call_before_updates(states);
  }
  void after_updates();
  /// Before and after rows of the tables are deleted, from the last tables of a hierarchy on.
  void before_deletes(std::span<TableFlush> tables);
  void before_deletes(std::span<ObjectState *const> states);
  void after_deletes();

private:
  /// What a relationship's member held.
  struct SavedMember {
    SavedMember(ObjectState &of, unsigned at);

    ObjectState *state;
    unsigned index;
    bool was_loaded, was_assigned; ///< is_link_loaded(), is_assigned()
    std::vector<std::pair<void *, std::shared_ptr<void>>> content;

    /// Whether the member refers to other objects now, or to more than was loaded since.
    bool is_changed() const;
  };

  void call_before_writes(std::span<TableFlush> tables);
  void call_after_writes(std::span<TableFlush> tables);
  void call_before_updates(std::span<ObjectState *const> states);
  void call(model::HookKind kind, ObjectState &state);
  void validate(ObjectState &state);
  /// Calls the validators of the columns that changed and, if `links`, of the relationships.
  void call_validators(ObjectState &state, const ColumnMask &changed, bool links);
  /// Throws InvalidRequestError if the hook changed one of the relationships, which are in step
  /// already; then, and if it throws itself, they are as before.
  std::vector<unsigned> call_keeping_links(model::HookKind kind, ObjectState &state);
  void follow(ObjectState &state);
  void restore(std::span<const SavedMember> members);

  SessionState &session_;
  LinkSync &sync_;
  WrittenRow &row_;
  bool any_ = false;
  std::vector<SavedMember> members_;                           ///< that validators may have changed
  std::unordered_set<const ObjectState *> validated_;          ///< as the program left them
  std::unordered_set<const ObjectState *> touched_;            ///< columns or links changed
  std::unordered_set<const ObjectState *> met_;                ///< a before_… was called for them
  std::vector<ObjectState *> inserting_, updating_, deleting_; ///< whose after_… is to be called
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_HOOKS_H
