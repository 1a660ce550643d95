// versions.cpp: how versions are made, and what is said of rows that somebody else has written.
#include "runtime/orm/rows/versions.h"

#include "runtime/sql/select_data.h"
#include "runtime/sql/table_statements.h"

#include <algorithm>

namespace declorm::detail {

void make_first_version(const MapperState &mapper, void *object) {
  const VersionCounter &version = *mapper.version;
  const Field &field = mapper.all_fields[version.position];
  if (version.generator)
    assign_made(field, object, version.generator);
  else
    assign(field, object, Value(1));
}

void make_next_version(const MapperState &mapper, void *object) {
  const VersionCounter &version = *mapper.version;
  const Field &field = mapper.all_fields[version.position];
  if (version.generator)
    assign_made(field, object, version.generator,
                static_cast<const std::byte *>(object) + version.offset);
  else
    assign(field, object, Value(value_of(field, object).as<std::int64_t>() + 1));
}

void throw_stale(ConnectionState &connection, const MapperState &mapper, unsigned part,
                 bool is_update, const Key &found_by) {
  const Field &field = mapper.all_fields[mapper.version->position];
  const Key key(found_by.begin(), found_by.end() - 1);
  const Value &expected = found_by.back();
  const NumberedSql &select = mapper.statements(connection.dialect()).select_version();
  std::optional<Value> now;
  {
    QueryRun run(connection,
                 connection.prepare(select.id, [&] { return std::string_view(select.sql); }),
                 select.sql, key);
    if (run.step())
      now = run.column(0, field);
  }
  const std::string what = std::string(is_update ? "UPDATE" : "DELETE") + " of class '" +
                           mapper.qualified_name + "': the row with key " + key_text(key) +
                           " of table '" + mapper.parts[part].table->full_name() + "' ";
  const std::string has = "version " + expected.to_string();
  if (!now)
    throw StaleDataError(what + "is gone: it was read with " + has +
                         ", and was deleted or got another key since. Nothing was written; after "
                         "rollback() the object can be added anew, or be left");
  if (*now == expected)
    throw StaleDataError(what + "was not found with " + has +
                         ", which it has: the database holds the key or the version in another "
                         "form than it is written in");
  throw StaleDataError(what + "was written by somebody else: it was read with " + has +
                       ", and has version " + now->to_string() +
                       " now. Nothing was written; after rollback() and refresh() the change can "
                       "be made to the row as it is");
}

void check_merged_version(const MapperState &mapper, const void *given, const Key &key,
                          const Value &held) {
  const Field &field = mapper.all_fields[mapper.version->position];
  if (is_empty(field, given))
    return;
  if (const Value version = value_of(field, given); version != held)
    throw StaleDataError("merge(): the object of class '" + mapper.qualified_name + "' with key " +
                         key_text(key) + " has version " + version.to_string() +
                         ", and its row has version " + held.to_string() +
                         ": it was written since the object was read. Merge the change into what "
                         "get() gives; an object without a version, " +
                         zero_of(field).to_string() + ", is merged into any");
}

} // namespace declorm::detail
