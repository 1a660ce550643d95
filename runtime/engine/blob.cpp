// blob.cpp: Blob: bounds, and the driver's handle behind it.
#include "declorm/blob.h"

#include "runtime/engine/blob_state.h"

namespace declorm {
namespace {

void check_bounds(const detail::DriverBlob &blob, std::size_t offset, std::size_t count) {
  const std::size_t size = blob.size();
  if (offset > size || count > size - offset)
    throw ArgumentError("bytes " + std::to_string(offset) + " to " +
                        std::to_string(offset + count) + " of a value of " + std::to_string(size) +
                        " bytes; allocate(size) changes its size");
}

} // namespace

namespace detail {

BlobState::BlobState(std::shared_ptr<ConnectionState> on, BlobPlace at)
    : connection_(std::move(on)), place_(std::move(at)) {
  connection_->blobs.push_back(this);
}

BlobState::~BlobState() { std::erase(connection_->blobs, this); }

DriverBlob &BlobState::handle(bool write) {
  connection_->autobegin();
  if (!handle_ || (write && !writable_)) {
    handle_.reset();
    handle_ = connection_->driver->open_blob(place_, write);
    writable_ = write;
  }
  return *handle_;
}

void BlobState::allocate(std::size_t size) {
  close();
  connection_->autobegin();
  connection_->driver->allocate_blob(place_, size);
}

} // namespace detail

Blob::Blob(std::unique_ptr<detail::BlobState> state) : state_(state.release()) {}
Blob::Blob(Blob &&) noexcept = default;
Blob &Blob::operator=(Blob &&) noexcept = default;
Blob::~Blob() = default;

std::size_t Blob::size() const { return state_->handle(false).size(); }

void Blob::read(std::size_t offset, std::span<std::byte> to) const {
  detail::DriverBlob &blob = state_->handle(false);
  check_bounds(blob, offset, to.size());
  if (!to.empty())
    blob.read(offset, to);
}

void Blob::write(std::size_t offset, std::span<const std::byte> from) {
  detail::DriverBlob &blob = state_->handle(true);
  check_bounds(blob, offset, from.size());
  if (!from.empty())
    blob.write(offset, from);
}

void Blob::allocate(std::size_t size) { state_->allocate(size); }

} // namespace declorm
