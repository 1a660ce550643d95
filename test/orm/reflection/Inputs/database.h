// database.h: a traced memory database that is filled by given statements.
#pragma once

#include "../../Inputs/traced.h"

namespace test {

inline declorm::Engine database(std::initializer_list<const char *> statements) {
  const bool traced = std::exchange(tracing, false);
  declorm::Engine engine = traced_engine();
  engine.begin([&](declorm::Connection &connection) {
    for (const char *statement : statements)
      connection.execute(statement);
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
