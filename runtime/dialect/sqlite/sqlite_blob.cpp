// sqlite_blob.cpp: SQLite's incremental BLOB I/O.
#include "runtime/dialect/sqlite/sqlite_blob.h"

#include "runtime/dialect/sqlite/sqlite.h"
#include "runtime/engine/suggest.h"

namespace declorm::detail {
namespace {

std::string key_text(const BlobPlace &place) {
  std::vector<std::string> values;
  for (const Value &value : place.key)
    values.push_back(value.to_string());
  return "(" + join(values) + ")";
}

/// The rest of `statement` is `WHERE key = …`; executes it and returns its first row.
std::unique_ptr<PreparedStatement> run_by_key(SqliteConnection &connection, std::string statement,
                                              const BlobPlace &place, int first) {
  const Dialect &dialect = sqlite_dialect();
  for (std::size_t i = 0; i != place.key_columns.size(); ++i)
    statement += (i ? " AND " : " WHERE ") + dialect.quote(place.key_columns[i]) + " = ?";
  auto prepared = connection.prepare(statement);
  for (std::size_t i = 0; i != place.key.size(); ++i)
    prepared->bind(int(i) + first, place.key[i]);
  return prepared;
}

[[noreturn]] void throw_no_row(const BlobPlace &place) {
  throw NoResultFound("open_blob(): the table " + place.table + " has no row with the key " +
                      key_text(place));
}

std::int64_t row_of(SqliteConnection &connection, const BlobPlace &place) {
  const std::string table = sqlite_dialect().quote_qualified(place.schema, place.table);
  try {
    const auto statement = run_by_key(connection, "SELECT _rowid_ FROM " + table, place, 1);
    if (!statement->step())
      throw_no_row(place);
    return statement->column(0).as<std::int64_t>();
  } catch (const ProgrammingError &error) {
    if (std::string_view(error.what()).find("no such column: _rowid_") == std::string_view::npos)
      throw;
    throw InvalidRequestError("open_blob(): the table " + place.table +
                              " is WITHOUT ROWID; SQLite cannot read its values in pieces");
  }
}

} // namespace

SqliteBlob::SqliteBlob(SqliteConnection &connection, const BlobPlace &place, bool writable)
    : connection_(connection), schema_(place.schema.empty() ? "main" : place.schema),
      table_(place.table), column_(place.column), row_(row_of(connection, place)),
      writable_(writable) {
  open();
}

void SqliteBlob::open() {
  blob_.reset();
  size_ = 0;
  sqlite3_blob *blob = nullptr;
  std::uint64_t execution = 0;
  if (connection_.watch.enter(execution))
    connection_.watch.start_clock({});
  const int code = sqlite3_blob_open(connection_.handle(), schema_.c_str(), table_.c_str(),
                                     column_.c_str(), row_, writable_ ? 1 : 0, &blob);
  connection_.watch.leave();
  if (code == SQLITE_OK) {
    if (writable_)
      connection_.note_write(this, "writing a blob of " + table_ + "." + column_);
    blob_.reset(blob);
    size_ = std::size_t(sqlite3_blob_bytes(blob));
    return;
  }
  const std::string_view message = sqlite3_errmsg(connection_.handle());
  if (message.ends_with("value of type null"))
    return;
  const bool number = message.find("cannot open value of type") != std::string_view::npos;
  if (number)
    throw DataError("open_blob(): the value of " + table_ + "." + column_ +
                    " is a number, neither bytes nor text");
  connection_.fail(code, "", nullptr);
}

template <class Access> void SqliteBlob::access(Access access) {
  int code = access(blob_.get());
  if (code == SQLITE_ABORT) {
    const std::size_t before = size_;
    open();
    code = size_ == before && blob_ ? access(blob_.get()) : SQLITE_ABORT;
    if (code == SQLITE_ABORT)
      throw OperationalError("the value of " + table_ + "." + column_ +
                             " was replaced by one of another size while it was open; open it "
                             "again");
  }
  if (code != SQLITE_OK)
    connection_.fail(code, "", nullptr);
}

void SqliteBlob::read(std::size_t offset, std::span<std::byte> to) {
  access([&](sqlite3_blob *blob) {
    return sqlite3_blob_read(blob, to.data(), int(to.size()), int(offset));
  });
}

void SqliteBlob::write(std::size_t offset, std::span<const std::byte> from) {
  access([&](sqlite3_blob *blob) {
    return sqlite3_blob_write(blob, from.data(), int(from.size()), int(offset));
  });
}

void allocate_sqlite_blob(SqliteConnection &connection, const BlobPlace &place, std::size_t size) {
  const Dialect &dialect = sqlite_dialect();
  const auto statement = run_by_key(connection,
                                    "UPDATE " + dialect.quote_qualified(place.schema, place.table) +
                                        " SET " + dialect.quote(place.column) + " = zeroblob(?)",
                                    place, 2);
  statement->bind(1, Value(size));
  statement->step();
  if (statement->outcome().affected_rows == 0)
    throw_no_row(place);
}

} // namespace declorm::detail
