// blob_state.h: one large value that is open, and the connection's way to close it.
#ifndef DECLORM_ENGINE_BLOB_STATE_H
#define DECLORM_ENGINE_BLOB_STATE_H

#include "runtime/engine/connection_state.h"

namespace declorm::detail {

/// The driver's handle is opened at the first use, anew when it must write, and after each end of a
/// transaction: databases refuse to commit while one is open.
struct BlobState {
  BlobState(std::shared_ptr<ConnectionState> on, BlobPlace at);
  BlobState(const BlobState &) = delete;
  BlobState &operator=(const BlobState &) = delete;
  ~BlobState();

  DriverBlob &handle(bool write);
  void close() noexcept { handle_.reset(); }
  void allocate(std::size_t size);

private:
  std::shared_ptr<ConnectionState> connection_; ///< must outlive the handle
  BlobPlace place_;
  std::unique_ptr<DriverBlob> handle_;
  bool writable_ = false;
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_BLOB_STATE_H
