// database.h: a traced database that is filled by given statements.
#pragma once

#include "../../Inputs/traced.h"

namespace test {

/// "integer primary key" as the database counts it.
inline std::string with_counted_keys(std::string statement) {
  constexpr std::string_view key = "integer primary key";
  const std::size_t at = statement.find(key);
  return at == std::string::npos ? statement : statement.replace(at, key.size(), counted_key());
}

inline declorm::Engine database(std::initializer_list<std::string> statements) {
  const bool traced = std::exchange(tracing, false);
  declorm::Engine engine = traced_engine();
  engine.begin([&](declorm::Connection &connection) {
    for (const std::string &statement : statements)
      connection.execute(with_counted_keys(statement));
  });
  tracing = traced;
  return engine;
}

/// "foo: id INTEGER NOT NULL, data VARCHAR(20); key id"
inline void show(const declorm::Table &table) {
  std::cout << table.full_name() << ':';
  for (const declorm::Column *column : table.columns())
    std::cout << (column == table.columns().front() ? " " : ", ") << column->name() << ' '
              << column->type().sql(declorm::dialect("sqlite"))
              << (column->nullable() ? "" : " NOT NULL");
  for (const declorm::Column *column : table.primary_key())
    std::cout << "; key " << column->name();
  for (const declorm::Constraint &constraint : table.constraints())
    if (constraint.kind == declorm::ConstraintKind::foreign_key)
      std::cout << "; " << constraint.columns.front() << " -> " << constraint.referred.front();
  std::cout << std::endl;
}

} // namespace test
