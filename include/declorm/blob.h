// blob.h: Blob, one large value that is read and written in pieces.
#ifndef DECLORM_BLOB_H
#define DECLORM_BLOB_H

#include "declorm/column.h"
#include "declorm/engine.h"
#include "declorm/owned.h"

#include <span>

namespace declorm {

namespace detail {
struct BlobState;
} // namespace detail

/// The bytes of one value, a BLOB or a text, in the database: read and written in pieces, so that
/// it never stands in memory as a whole.
///
///     declorm::Blob blob = connection.open_blob(col<&Film::data>, id);
///     blob.allocate(size);                    // as many zero bytes, to be written
///     for (…)
///       blob.write(offset, piece);
///     connection.commit();
///
/// Works in the connection's transaction; commit and rollback do not end it. NULL counts as empty.
/// A mapped object that is loaded keeps the value it has: refresh() it. Belongs to its connection's
/// thread and keeps the connection in use. Where the database opens values itself, as SQLite does,
/// the table may need a rowid, the column no index (to be written), and a value has at most 2 GiB.
class Blob {
public:
  explicit Blob(std::unique_ptr<detail::BlobState> state);
  Blob(Blob &&) noexcept;
  Blob &operator=(Blob &&) noexcept;
  ~Blob();

  /// Returns the size of the value in bytes, or of a text in UTF-8. Throws DataError if the value
  /// is a number.
  std::size_t size() const;
  /// Fills `to` with the bytes from `offset` on. Throws ArgumentError if there are not so many.
  void read(std::size_t offset, std::span<std::byte> to) const;
  /// Replaces the bytes from `offset` on. Throws ArgumentError if that goes beyond the end: only
  /// allocate() changes the size.
  void write(std::size_t offset, std::span<const std::byte> from);
  /// Makes the value `size` zero bytes. SQLite needs no memory for them if the column is the last
  /// one of its table: [[declorm::sort_order(1)]].
  void allocate(std::size_t size);

private:
  detail::Owned<detail::BlobState> state_;
};

namespace detail {
/// Throws NoResultFound if there is no such row, ArgumentError if `column` is no column of a table
/// or the key has another number of values.
Blob open_blob(Connection &connection, const NodePtr &column, std::vector<Value> key);
} // namespace detail

template <class Operand, class... Key>
Blob Connection::open_blob(const Operand &column, const Key &...key_parts) {
  return detail::open_blob(*this, detail::node_of(column), {Value(key_parts)...});
}

} // namespace declorm

#endif // DECLORM_BLOB_H
