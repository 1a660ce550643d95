// object_store.h: where a session's objects live, with their states and snapshots.
//
// Objects are made in slabs of one class and never move. A state is found from its object's address
// by the slab's range, so objects need no header. The store is shared by the session and by the
// pointers that Session::shared() gave out; the last of them destroys the objects.
#ifndef DECLORM_ORM_SESSION_OBJECT_STORE_H
#define DECLORM_ORM_SESSION_OBJECT_STORE_H

#include "runtime/orm/mapping/mapper_state.h"
#include "runtime/orm/session/link_snapshot.h"

#include <cstring>
#include <span>
#include <unordered_map>
#include <utility>

namespace declorm::detail {

enum class ObjectStatus : unsigned char {
  pending,    ///< added, not in the database
  persistent, ///< in the database
  deleted,    ///< to be deleted by the next flush
  detached,   ///< out of the work: expunged, deleted, or new and rolled back
};

/// What a session knows of an object.
struct ObjectState {
  void *object = nullptr;
  std::byte *snapshot = nullptr; ///< what the database holds; the key only, if read-only
  std::uint32_t snapshot_size = 0;
  std::uint32_t epoch = 0; ///< of the last load; another than the session's: stale
  MapperState *mapper = nullptr;
  ObjectStatus status = ObjectStatus::detached;
  bool read_only = false; ///< loaded by query<const T>()
  bool pinned = false;    ///< the snapshot is an undo log's too: not overwritten
  /// Relationships that have no LinkSnapshot count as loaded: the object was made here.
  bool made_here = false;
  bool has_owner = false;        ///< it is a SharedState
  bool root_written = false;     ///< pending: the root's row is there, those of tables below follow
  std::uint32_t work = 0;        ///< of a flush: where its work with the object stands
  LinkSnapshot *links = nullptr; ///< one a relationship of the mapper; null: none yet
};

/// An object that is on its own in memory and may be owned by others too.
struct SharedState : ObjectState {
  std::shared_ptr<void> owner;
};

class ObjectStore {
public:
  ObjectStore() = default;
  ~ObjectStore();
  ObjectStore(const ObjectStore &) = delete;
  ObjectStore &operator=(const ObjectStore &) = delete;

  /// Storage for an object of that class, not constructed; the same until keep() is called.
  void *next_place(MapperState &mapper) {
    if (mapper.is_shared)
      return place_alone(mapper);
    const Slab &slab = slab_with_room(mapper);
    return slab.objects + slab.used * mapper.size;
  }
  /// The object constructed at next_place() stays; it is destroyed with the store.
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
  /// An object of someone else's, kept alive by `owner`.
  ObjectState &keep(MapperState &mapper, std::shared_ptr<void> owner);
  /// The links of an object, made at the first call.
  LinkSnapshot *links(ObjectState &state);
  /// Shares the ownership of the object: with its own control block if it has one, else it keeps
  /// all objects of the store, which must be that of `store`.
  static std::shared_ptr<void> owner_of(ObjectState &state,
                                        const std::shared_ptr<ObjectStore> &store) {
    if (state.has_owner)
      return static_cast<SharedState &>(state).owner;
    return std::shared_ptr<void>(store, state.object);
  }
  /// The state of the object at that address, or of which a base stands there; or null.
  ObjectState *find(const void *object);

  /// Memory for a snapshot; lives as long as the store.
  std::byte *allocate(std::size_t size) {
    if (size > chunk_left_)
      return allocate_in_new_chunk(size);
    chunk_left_ -= size;
    return std::exchange(chunk_, chunk_ + size);
  }
  /// Puts `bytes` into the state's snapshot, in place if they fit and nobody else needs the old
  /// one.
  void set_snapshot(ObjectState &state, std::span<const std::byte> bytes) {
    if (!state.snapshot || state.pinned || bytes.size() > state.snapshot_size) {
      state.snapshot = allocate(bytes.size());
      state.pinned = false;
    }
    std::memcpy(state.snapshot, bytes.data(), bytes.size());
    state.snapshot_size = static_cast<std::uint32_t>(bytes.size());
  }

  /// Calls `function(ObjectState &)` for every object of that class, in the order they came.
  template <class Function> void for_each(const MapperState &mapper, Function function) {
    for (const auto &slab : slabs_)
      if (slab->mapper == &mapper)
        for (std::uint32_t i = 0; i != slab->used; ++i)
          function(slab->states[i]);
    if (const auto shared = shared_.find(&mapper); shared != shared_.end())
      for (std::size_t i = 0; i != shared->second.size(); ++i)
        function(*shared->second[i]);
  }
  /// The classes with objects here, in the order they came.
  const std::vector<MapperState *> &mappers() const { return mappers_; }

private:
  struct StatesDeleter {
    void operator()(ObjectState *states) const { ::operator delete(states); }
  };
  struct Slab {
    MapperState *mapper;
    std::byte *objects;
    std::unique_ptr<ObjectState[], StatesDeleter> states; ///< those in use are constructed
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
  std::byte *allocate_in_new_chunk(std::size_t size);
  void note(MapperState &mapper);

  std::vector<std::unique_ptr<Slab>> slabs_;
  std::vector<Slab *> by_address_;
  std::unordered_map<MapperState *, Slab *> open_; ///< the slab with room, per class
  MapperState *last_mapper_ = nullptr;
  Slab *last_slab_ = nullptr;
  std::unordered_map<const MapperState *, std::vector<std::unique_ptr<SharedState>>> shared_;
  std::unordered_map<const void *, ObjectState *> shared_by_address_;
  MapperState *alone_mapper_ = nullptr; ///< of the place that waits for its object
  void *alone_ = nullptr;
  std::vector<std::span<LinkSnapshot>> links_;
  std::vector<MapperState *> mappers_;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte *chunk_ = nullptr;
  std::size_t chunk_left_ = 0;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_SESSION_OBJECT_STORE_H
