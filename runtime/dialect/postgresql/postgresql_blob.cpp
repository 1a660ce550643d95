// postgresql_blob.cpp: large values in pieces, by substring() and overlay().
#include "declorm/dialect.h"
#include "declorm/error.h"
#include "runtime/dialect/postgresql/postgresql.h"
#include "runtime/dialect/postgresql/postgresql_connection.h"
#include "runtime/engine/suggest.h"

namespace declorm::detail {
namespace {

std::string table_of(const BlobPlace &place) {
  return postgresql_dialect().quote_qualified(place.schema, place.table);
}

[[noreturn]] void throw_no_row(const BlobPlace &place) {
  std::vector<std::string> values;
  for (const Value &value : place.key)
    values.push_back(value.to_string());
  throw NoResultFound("open_blob(): the table " + place.table + " has no row with the key (" +
                      join(values) + ")");
}

/// Prepares `sql` with the condition that names the row behind it; the key's values follow the
/// parameters up to `last`.
std::unique_ptr<PreparedStatement> prepare_by_key(PostgresqlConnection &connection, std::string sql,
                                                  const BlobPlace &place, int last) {
  for (std::size_t i = 0; i != place.key_columns.size(); ++i)
    sql += (i ? " AND " : " WHERE ") + postgresql_dialect().quote(place.key_columns[i]) + " = $" +
           std::to_string(last + 1 + int(i));
  auto statement = connection.prepare(sql);
  for (std::size_t i = 0; i != place.key.size(); ++i)
    statement->bind(last + 1 + int(i), place.key[i]);
  return statement;
}

class PostgresqlBlob final : public DriverBlob {
public:
  PostgresqlBlob(PostgresqlConnection &connection, const BlobPlace &place)
      : connection_(connection), place_(place), column_(postgresql_dialect().quote(place.column)) {
    const auto statement = prepare_by_key(
        connection, "SELECT coalesce(octet_length(" + column_ + "), 0) FROM " + table_of(place),
        place, 0);
    if (!statement->step())
      throw_no_row(place);
    size_ = static_cast<std::size_t>(statement->column(0).as<std::int64_t>());
  }

  std::size_t size() const override { return size_; }

  void read(std::size_t offset, std::span<std::byte> to) override {
    if (!reader_)
      reader_ = prepare_by_key(connection_,
                               "SELECT substring(" + column_ +
                                   " FROM $1::INTEGER FOR $2::INTEGER) "
                                   "FROM " +
                                   table_of(place_),
                               place_, 2);
    reader_->bind(1, Value(offset + 1));
    reader_->bind(2, Value(to.size()));
    if (!reader_->step())
      throw_replaced();
    const Value value = reader_->column(0);
    reader_->reset();
    const auto *bytes = std::get_if<Bytes>(&value.data());
    if (!bytes || bytes->size() != to.size())
      throw_replaced();
    std::ranges::copy(*bytes, to.begin());
  }

  void write(std::size_t offset, std::span<const std::byte> from) override {
    if (!writer_)
      writer_ = prepare_by_key(connection_,
                               "UPDATE " + table_of(place_) + " SET " + column_ + " = overlay(" +
                                   column_ + " PLACING $1::BYTEA FROM $2::INTEGER)",
                               place_, 2);
    writer_->bind(1, Value(Bytes(from.begin(), from.end())));
    writer_->bind(2, Value(offset + 1));
    writer_->step();
    const bool is_there = writer_->outcome().affected_rows != 0;
    writer_->reset();
    if (!is_there)
      throw_replaced();
  }

private:
  [[noreturn]] void throw_replaced() const {
    throw OperationalError("the value of " + place_.table + "." + place_.column +
                           " was replaced by one of another size while it was open; open it again");
  }

  PostgresqlConnection &connection_;
  const BlobPlace place_;
  const std::string column_;
  std::size_t size_ = 0;
  std::unique_ptr<PreparedStatement> reader_, writer_;
};

} // namespace

std::unique_ptr<DriverBlob> PostgresqlConnection::open_blob(const BlobPlace &place, bool) {
  return std::make_unique<PostgresqlBlob>(*this, place);
}

void PostgresqlConnection::allocate_blob(const BlobPlace &place, std::size_t size) {
  const auto statement = prepare_by_key(*this,
                                        "UPDATE " + table_of(place) + " SET " +
                                            postgresql_dialect().quote(place.column) +
                                            " = decode(repeat('00', $1::INTEGER), 'hex')",
                                        place, 1);
  statement->bind(1, Value(size));
  statement->step();
  if (statement->outcome().affected_rows == 0)
    throw_no_row(place);
}

} // namespace declorm::detail
