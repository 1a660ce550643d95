// merge.h: objects of elsewhere copied into those of a session.
#ifndef DECLORM_ORM_MERGE_H
#define DECLORM_ORM_MERGE_H

#include "runtime/orm/session_state.h"

namespace declorm::detail {

/// One call of Session::merge: the objects that its relationships reach come in once each.
class Merge {
public:
  explicit Merge(SessionState &session) : session_(session) { ++session_.autoflush_blocked; }
  ~Merge() { --session_.autoflush_blocked; } // what is half copied is not written
  Merge(const Merge &) = delete;
  Merge &operator=(const Merge &) = delete;

  /// The session's object with the key of `object`, its columns copied; null if there is no such
  /// row. Throws InvalidRequestError if the row is of another class.
  ObjectState *find(MapperState &mapper, const void *object);
  /// `object` is merged into `to`.
  void note(const void *object, ObjectState &to) { merged_.emplace(object, &to); }
  /// Lets the relationships of `to` refer to what those of `object`, of class `mapper`, refer to,
  /// merged; members that refer to nothing change nothing.
  void copy_links(const MapperState &mapper, const void *object, ObjectState &to);

private:
  ObjectState &merge(MapperState &mapper, void *object);
  void copy_columns(const MapperState &mapper, const void *from, void *to) const;
  void copy_member(const MapperState &mapper, const void *object, ObjectState &to, unsigned index);

  struct Waiting {
    const MapperState *mapper;
    const void *object;
    ObjectState *to;
  };
  SessionState &session_;
  std::unordered_map<const void *, ObjectState *> merged_;
  std::vector<Waiting> waiting_; ///< whose relationships were not copied
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MERGE_H
