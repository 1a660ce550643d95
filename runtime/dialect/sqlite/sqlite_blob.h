// sqlite_blob.h: SQLite's incremental BLOB I/O.
#ifndef DECLORM_DIALECT_SQLITE_SQLITE_BLOB_H
#define DECLORM_DIALECT_SQLITE_SQLITE_BLOB_H

#include "runtime/dialect/sqlite/sqlite_connection.h"

namespace declorm::detail {

class SqliteBlob final : public DriverBlob {
public:
  /// Throws NoResultFound if there is no such row.
  SqliteBlob(SqliteConnection &connection, const BlobPlace &place, bool writable);
  ~SqliteBlob() override { connection_.forget_writer(this); }

  std::size_t size() const override { return size_; }
  void read(std::size_t offset, std::span<std::byte> to) override;
  void write(std::size_t offset, std::span<const std::byte> from) override;

private:
  struct Close {
    void operator()(sqlite3_blob *blob) const { sqlite3_blob_close(blob); }
  };

  void open();
  /// `access` at the handle; once more if the row was written to in between, which ends it.
  template <class Access> void access(Access access);

  SqliteConnection &connection_;
  std::string schema_, table_, column_;
  std::int64_t row_;
  bool writable_;
  std::size_t size_ = 0;
  std::unique_ptr<sqlite3_blob, Close> blob_; ///< null: the value is NULL
};

/// Makes the value `size` zero bytes. Throws NoResultFound if there is no such row.
void allocate_sqlite_blob(SqliteConnection &connection, const BlobPlace &place, std::size_t size);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_SQLITE_BLOB_H
