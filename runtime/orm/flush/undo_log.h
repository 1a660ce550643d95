// undo_log.h: what flushes did to a session's objects, for a rollback to undo.
#ifndef DECLORM_ORM_FLUSH_UNDO_LOG_H
#define DECLORM_ORM_FLUSH_UNDO_LOG_H

#include "runtime/orm/rows/mapper_statements.h"
#include "runtime/orm/session/object_store.h"

#include <deque>

namespace declorm::detail {

struct SessionState;

/// The log of one transaction, and of the savepoints in it. An entry is written when a row was
/// written, and says what the object must get back: nothing is copied that a snapshot has. Entries
/// never move, and objects that were inserted one behind the other share one, because every object
/// of a large transaction has an entry.
class UndoLog {
public:
  /// The object's first row was inserted; `plan` tells what the database made. Where the session
  /// knew no links of the object yet, it says so by ObjectState::inserted_now: then they need no
  /// entries of their own.
  void note_inserted(ObjectState &state, const InsertPlan &plan);
  /// A further row of the object was inserted.
  void note_continued(ObjectState &state, const InsertPlan &plan) {
    add_insert(Kind::continued, state, plan);
  }
  /// The object's row is another one from now on than its snapshot says. The old snapshot is kept,
  /// so that the object needs a new one.
  void note_updated(ObjectState &state);
  void note_deleted(ObjectState &state);
  /// A relationship's member is in step with other objects than `before`.
  /// `was_assigned`: it was a lazy one that the program had assigned to without loading it.
  void note_linked(ObjectState &state, unsigned index, LinkSnapshot before, bool was_assigned);
  /// A member, which held `before`, got the value of another member that stands for the same value,
  /// or the next version.
  void note_followed(ObjectState &state, const Field &field, Value before);

  /// The place in the log that undo_to() goes back to.
  std::size_t mark();
  /// Undoes what was noted behind the mark, the last first. `keep_work`: changes that a flush wrote
  /// are to be written again, so that members keep them; without it members get back what their
  /// rows have. Returns the objects that are not in the database any more, the last first.
  std::vector<ObjectState *> undo_to(std::size_t mark, SessionState &session, bool keep_work);
  /// What was done stays done.
  void clear();

private:
  enum class Kind : unsigned char {
    inserted,
    inserted_unlinked, ///< the same, and no link was known
    continued,         ///< a further row of an object that was inserted
    updated,
    deleted,
    linked,
    followed,
  };
  struct Entry {
    Kind kind;
    union {
      std::uint32_t count;    ///< of an INSERT: how many states that follow each other in memory
      std::uint32_t left_out; ///< updated: ObjectState::left_out before
    };
    ObjectState *state; ///< the first of them
    union {
      const InsertPlan *plan; ///< of an INSERT
      std::byte *snapshot;    ///< updated: the one before
    };
  };
  struct LinkBefore {
    unsigned index; ///< of the relationship
    LinkSnapshot targets;
    bool was_assigned;
  };
  struct ValueBefore {
    const Field *field;
    Value value;
  };

  Entry &add(Kind kind, ObjectState &state) {
    return entries_.emplace_back(Entry{kind, {1}, &state, {nullptr}});
  }
  void add_insert(Kind kind, ObjectState &state, const InsertPlan &plan);
  void undo(const Entry &entry, SessionState &session, bool keep_work,
            std::vector<ObjectState *> &gone);
  static void undo_link(ObjectState &state, LinkBefore &before, SessionState &session,
                        bool keep_work);
  static void undo_insert(const Entry &entry, ObjectState &state, SessionState &session,
                          std::vector<ObjectState *> &gone);
  static void undo_update(const Entry &entry, SessionState &session, bool keep_work);

  std::deque<Entry> entries_;
  std::size_t marked_ = 0;         ///< entries in front of the last mark get no further object
  std::deque<LinkBefore> links_;   ///< one a `linked` entry
  std::deque<ValueBefore> values_; ///< one a `followed` entry
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_UNDO_LOG_H
