// wire.h: what is on the way between a driver and its server.
#ifndef DECLORM_ENGINE_WIRE_H
#define DECLORM_ENGINE_WIRE_H

#include <utility>

namespace declorm::detail {

/// What has a part of its answer on the wire still: an open result, or a batch.
class WireUser {
public:
  /// Somebody else needs the wire: takes the rest of the answer into memory. An error in it comes
  /// out where the answer is read.
  virtual void leave_wire() noexcept = 0;

protected:
  ~WireUser() = default;
};

/// The wire of a connection that has room for one answer at a time. For one thread at a time.
class Wire {
public:
  /// Makes `user` the one whose answer is on the wire, which must be free.
  void take(WireUser &user) { user_ = &user; }
  /// Says that the user's answer was read to its end. Does nothing if it has left the wire.
  void leave(const WireUser &user) noexcept {
    if (user_ == &user)
      user_ = nullptr;
  }
  /// Makes room for another question.
  void clear() {
    if (WireUser *const user = std::exchange(user_, nullptr))
      user->leave_wire();
  }

private:
  WireUser *user_ = nullptr;
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_WIRE_H
