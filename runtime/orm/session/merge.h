// merge.h: objects of elsewhere copied into those of a session.
#ifndef DECLORM_ORM_SESSION_MERGE_H
#define DECLORM_ORM_SESSION_MERGE_H

#include "runtime/orm/session/autoflush_block.h"

#include <optional>

namespace declorm::detail {

/// One call of Session::merge: the objects that its relationships reach come in once each.
///
/// It finds new objects by their keys and does not flush them first, as SQLAlchemy does: a flush
/// looks at every object of the session, so that a loop over input would do so once a row, and it
/// would write objects that the program has not made whole yet.
class Merge {
public:
  /// Throws PendingRollbackError after a failed flush.
  explicit Merge(SessionState &session) : session_(session), half_copied_(session) {
    session_.check_usable();
  }
  Merge(const Merge &) = delete;
  Merge &operator=(const Merge &) = delete;

  /// Finds the session's object with the key of `object` and copies the columns into it; null if
  /// there is neither a row nor a new object of that key. `list` and `owner`: the member that leads
  /// to `object`, and the object of the session that has it; null: there is none. Throws
  /// InvalidRequestError if what has the key is of another class.
  ObjectState *find(MapperState &mapper, const void *object,
                    const RelationshipState *list = nullptr, const ObjectState *owner = nullptr);
  /// Says that `object` was merged into `to`, a new object, whose members are copies.
  void note_new(const void *object, ObjectState &to, const RelationshipState *list = nullptr,
                const ObjectState *owner = nullptr);
  /// Lets the relationships of `to` refer to what those of `object`, of class `mapper`, refer to,
  /// merged; members that refer to nothing change nothing.
  void copy_links(const MapperState &mapper, const void *object, ObjectState &to);

private:
  ObjectState &merge(const RelationshipState &relationship, void *object, const ObjectState &owner);
  void copy_columns(const MapperState &mapper, const void *from, void *to) const;
  void drop_orphans(const RelationshipState &relationship, ObjectState &owner, unsigned index,
                    const std::unordered_set<const ObjectState *> &kept);
  void copy_member(const MapperState &mapper, const void *object, ObjectState &to, unsigned index);

  struct Waiting {
    const MapperState *mapper;
    const void *object;
    ObjectState *to;
  };
  SessionState &session_;
  AutoflushBlock half_copied_; ///< what is half copied is not written
  std::unordered_map<const void *, ObjectState *> merged_;
  std::vector<Waiting> waiting_; ///< what still waits for its relationships to be copied
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_MERGE_H
