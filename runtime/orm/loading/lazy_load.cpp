// lazy_load.cpp: the first touch of a lazy member.
#include "runtime/engine/field_io.h"
#include "runtime/orm/rows/keys.h"
#include "runtime/orm/session/autoflush_block.h"
#include "runtime/orm/session/session_state.h"

namespace declorm::detail {

namespace {

const char *const load_before = "; touch the member before that, or load it with the object: "
                                "selectinload<…>() in the query's options, or session.load()";

[[noreturn]] void throw_without_session(const LazyBinding &binding, const void *object) {
  if (!binding.mapper)
    throw DetachedInstanceError(
        binding.name +
        ": the member was not loaded, and no session holds this object: it is a copy, or was read "
        "without a session; touch the member of the session's object before it is copied, or read "
        "the object by a session");
  const MapperState &mapper = *binding.mapper;
  throw DetachedInstanceError(short_name(*mapper.relationships[binding.index].state) + " of the " +
                              mapper.name + " with key " + key_text(key_of(mapper, object)) +
                              " was not loaded while a session held the object, and none does" +
                              load_before);
}

/// The member and its object, while the session is entered for them.
class Touch {
public:
  Touch(const LazyBinding &binding, const LazyMember &member)
      : binding_(binding),
        object_(reinterpret_cast<std::byte *>(const_cast<LazyMember *>(&member)) - binding.offset),
        session_(session_of(binding, object_)), guard_(session_) {
    state_ = session_.store->find(object_);
    if (!state_)
      throw_without_session(binding, object_);
  }

  const RelationshipState &relationship() const { return relationship_at(*state_, binding_.index); }
  bool is_in_database() const {
    return state_->status == ObjectStatus::persistent || state_->status == ObjectStatus::deleted;
  }
  /// Throws for an object that the session does not work with, and for a touch that an option
  /// forbids.
  void check() const {
    session_.check_usable();
    if (state_->status == ObjectStatus::detached)
      throw DetachedInstanceError(
          short_name(relationship()) + " of " + name_of(*state_) +
          " was not loaded before the object was taken out of its session's work: expunged, "
          "deleted, or rolled back" +
          load_before);
    if (binding_.at_touch == model::Loading::raise)
      throw InvalidRequestError(
          describe(relationship()) + ": " + name_of(*state_) +
          (binding_.query->place.line() != 0
               ? " was given by the query at " + text_of(binding_.query->place) + ", and a"
               : ": a") +
          " touch of the member is an error by raiseload or [[declorm::lazy(\"raise\")]]; load "
          "it in the query's options (selectinload<…>(), joinedload<…>()) or by session.load()");
  }
  /// A touch flushes no more than get() does: loops touch one member after the other, and a flush
  /// looks at every object of the session. What is not written yet shows in lists of the other side
  /// with the next flush, whether they are loaded before it or not.
  void load() {
    std::optional<AutoflushBlock> unflushed;
    if (!leads_to_new_object())
      unflushed.emplace(session_);
    session_.load_alone(relationship(), *state_);
  }

private:
  /// Whether the foreign key is that of an object whose row is still to be written.
  bool leads_to_new_object() const {
    if (session_.pending.empty() || relationship().near_key.empty())
      return false;
    Key key;
    for (const unsigned position : relationship().near_key)
      key.push_back(value_of(
          state_->mapper->all_fields[position_in(*state_->mapper, *relationship().owner, position)],
          state_->object));
    return !has_null(key) && session_.find_pending(*relationship().target, key);
  }
  static SessionState &session_of(const LazyBinding &binding, const void *object) {
    if (!binding.mapper || !binding.store || !binding.store->session)
      throw_without_session(binding, object);
    return *binding.store->session;
  }

  const LazyBinding &binding_;
  void *const object_;
  SessionState &session_;
  const SessionGuard guard_;
  ObjectState *state_;
};

} // namespace

void LazyMember::load() const {
  const LazyBinding &binding = *LazyAccess::binding(*this);
  if (binding.at_touch == model::Loading::never)
    return;
  Touch touch(binding, *this);
  touch.check();
  if (touch.is_in_database())
    touch.load();
}

void LazyMember::load_replaced() {
  const LazyBinding &binding = *LazyAccess::binding(*this);
  if (binding.store && binding.store->session) {
    Touch touch(binding, *this);
    // A foreign key of the object's own says all that a new value must know.
    if (touch.relationship().near_key.empty() && touch.is_in_database()) {
      touch.check();
      touch.load();
    }
  }
  state_ &= ~waiting;
}

} // namespace declorm::detail
