// object_store.h: where a session's objects live, with their states and snapshots.
//
// Objects are made in slabs of one class and never move. A state is found from its object's address
// by the slab's range, so objects need no header. The store is shared by the session and by the
// pointers that Session::shared() gave out; the last of them destroys the objects.
#ifndef DECLORM_ORM_SESSION_OBJECT_STORE_H
#define DECLORM_ORM_SESSION_OBJECT_STORE_H

#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/orm/session/arena.h"
#include "runtime/orm/session/lazy_members.h"
#include "runtime/orm/session/link_snapshot.h"

#include <cstring>
#include <span>
#include <unordered_map>
#include <utility>

namespace declorm::detail {

struct SessionState;

enum class ObjectStatus : unsigned char {
  pending,    ///< the object was added and has no row yet
  persistent, ///< the object has a row
  deleted,    ///< the next flush deletes the row
  detached,   ///< the session leaves the object alone: it was expunged, deleted or rolled back
};

/// What a session knows of an object. A session has as many as objects: each byte counts.
struct ObjectState {
  void *object = nullptr;
  MapperState *mapper = nullptr;
  std::byte *snapshot = nullptr; ///< what the row holds; of a read-only object, its key
  LinkSnapshot *links = nullptr; ///< one for each relationship of the mapper; null: none yet
  std::uint32_t snapshot_size = 0;
  std::uint32_t epoch = 0; ///< when the row was read; another than the session's: stale
  std::uint32_t work = 0;  ///< where a flush has its work with the object
  ObjectStatus status = ObjectStatus::detached;
  bool read_only : 1 = false; ///< the object was loaded by query<const T>()
  bool pinned : 1 = false;    ///< an undo log needs the snapshot: it is not overwritten
  /// Relationships that have no LinkSnapshot count as loaded: the object was made here.
  bool made_here : 1 = false;
  bool has_owner : 1 = false;    ///< the state is a SharedState
  bool root_written : 1 = false; ///< pending: the root's row is there, those of tables below follow
  bool inserted_now : 1 =
      false;              ///< by the flush that goes on, with no links in its snapshot before
  std::uint32_t fill = 0; ///< LinkWork's: the first key that waits for a parent; 0: none does
  /// Bits of deferred attributes that were not loaded: their members, and their entries in the
  /// snapshot, have what the object had when they were left out, and nobody knows what the row has.
  std::uint32_t left_out = 0;
};
static_assert(sizeof(void *) != 8 || sizeof(ObjectState) == 56);

/// An object that is on its own in memory and may be owned by others too.
struct SharedState : ObjectState {
  std::shared_ptr<void> owner;
};

class ObjectStore {
public:
  SessionState *session = nullptr; ///< that works with the objects; null: it is gone
  LazyQueries lazy_queries;        ///< that gave the objects

  /// `pool`: where a large store takes its memory; null: from the heap, like a small one.
  explicit ObjectStore(std::shared_ptr<BlockPool> pool = nullptr) : arena_(std::move(pool)) {}
  ~ObjectStore();
  ObjectStore(const ObjectStore &) = delete;
  ObjectStore &operator=(const ObjectStore &) = delete;

  /// Gives storage for an object of that class, which the caller constructs: the same storage until
  /// keep() is called.
  void *next_place(MapperState &mapper) {
    if (mapper.is_shared)
      return place_alone(mapper);
    const Slab &slab = slab_with_room(mapper);
    return slab.objects + slab.used * mapper.size;
  }
  /// Keeps the object that was constructed at next_place(), and destroys it with the store.
  ObjectState &keep(MapperState &mapper) {
    if (mapper.is_shared)
      return keep_alone(mapper);
    Slab &slab = slab_with_room(mapper);
    ObjectState &state = *::new (&slab.states[slab.used]) ObjectState;
    state.object = slab.objects + slab.used * mapper.size;
    state.mapper = &mapper;
    ++slab.used;
    return state;
  }
  /// Takes in an object of someone else's, which `owner` keeps alive.
  ObjectState &keep(MapperState &mapper, std::shared_ptr<void> owner);
  /// Gives the links of an object, which the first call makes.
  LinkSnapshot *links(ObjectState &state);
  /// Shares the ownership of the object: with its own control block if it has one, else it keeps
  /// all objects of the store, which must be that of `store`.
  static std::shared_ptr<void> owner_of(ObjectState &state,
                                        const std::shared_ptr<ObjectStore> &store) {
    if (state.has_owner)
      return static_cast<SharedState &>(state).owner;
    return std::shared_ptr<void>(store, state.object);
  }
  /// Finds the state of the object that stands at that address, or whose base does; or null.
  ObjectState *find(const void *object);

  /// Memory for a snapshot that set_snapshot() does not make.
  std::byte *allocate(std::size_t size) { return arena_.allocate(size); }
  /// Puts `bytes` into the state's snapshot, in place if they fit and nobody else needs the old
  /// one.
  void set_snapshot(ObjectState &state, std::span<const std::byte> bytes) {
    if (!state.snapshot || state.pinned || bytes.size() > state.snapshot_size) {
      state.snapshot = arena_.allocate(bytes.size());
      state.pinned = false;
    }
    std::memcpy(state.snapshot, bytes.data(), bytes.size());
    state.snapshot_size = static_cast<std::uint32_t>(bytes.size());
  }

  /// Calls `function(ObjectState &)` for every object of that class, in the order in which they
  /// came.
  template <class Function> void for_each(const MapperState &mapper, Function function) {
    for (const auto &slab : slabs_)
      if (slab->mapper == &mapper)
        for (std::uint32_t i = 0; i != slab->used; ++i)
          function(slab->states[i]);
    if (const auto shared = shared_.find(&mapper); shared != shared_.end())
      for (std::size_t i = 0; i != shared->second.size(); ++i)
        function(*shared->second[i]);
  }
  /// The classes that have objects here, in the order in which they came.
  const std::vector<MapperState *> &mappers() const { return mappers_; }

private:
  /// Objects of one class and their states, in arrays of the arena's memory.
  struct Slab {
    MapperState *mapper;
    std::byte *objects;
    ObjectState *states; ///< the first `used` are constructed
    std::uint32_t used, capacity;
  };
  Slab &slab_with_room(MapperState &mapper) {
    if (last_mapper_ == &mapper && last_slab_->used != last_slab_->capacity) [[likely]]
      return *last_slab_;
    return other_slab_with_room(mapper);
  }
  Slab &other_slab_with_room(MapperState &mapper);
  void *place_alone(MapperState &mapper);
  ObjectState &keep_alone(MapperState &mapper);
  void free_place_alone();
  void note(MapperState &mapper);
  static void destroy_links(ObjectState &state);

  Arena arena_;
  std::vector<std::unique_ptr<Slab>> slabs_;
  std::vector<Slab *> by_address_;
  std::unordered_map<MapperState *, Slab *> open_; ///< the slab with room, per class
  MapperState *last_mapper_ = nullptr;
  Slab *last_slab_ = nullptr;
  std::unordered_map<const MapperState *, std::vector<std::unique_ptr<SharedState>>> shared_;
  std::unordered_map<const void *, ObjectState *> shared_by_address_;
  MapperState *alone_mapper_ = nullptr; ///< whose place waits for its object
  void *alone_ = nullptr;
  std::vector<MapperState *> mappers_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_OBJECT_STORE_H
