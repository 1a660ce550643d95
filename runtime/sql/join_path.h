// join_path.h: a relationship as statements see it: how rows of one class lead to those of another.
#ifndef DECLORM_SQL_JOIN_PATH_H
#define DECLORM_SQL_JOIN_PATH_H

#include "declorm/operand.h"
#include "declorm/registration.h"
#include "declorm/schema.h"

#include <span>
#include <string>

namespace declorm::detail {

/// The aliases under which the tables of a relationship stand in a statement; "" : their own names.
/// `near` is the class that has the member, `far` the target, `between` the secondary table.
struct JoinNames {
  std::string near, far, between;
};

/// Columns that are equal in rows that belong together.
struct JoinedColumns {
  const Column *near = nullptr; ///< in secondary_pairs() of the target
  const Column *far = nullptr;  ///< with a secondary table: of that
};

/// Lives as long as its class's Entity.
class JoinPath {
public:
  virtual ~JoinPath() = default;
  virtual const std::string &name() const = 0; ///< of the member
  virtual const TypeId &target() const = 0;
  virtual const Table *secondary() const = 0; ///< null: none
  /// Whether the near columns are the foreign key: NULL in them is "no object".
  virtual bool is_many_to_one() const = 0;
  /// Whether the pairs say all: each condition is that they are equal.
  virtual bool is_plain() const = 0;
  virtual std::span<const JoinedColumns> pairs() const = 0;
  virtual std::span<const JoinedColumns> secondary_pairs() const = 0;
  /// What is true for rows that belong together: between near and far, or near and the secondary
  /// table.
  virtual NodePtr condition(const JoinNames &names) const = 0;
  /// The same between far and the secondary table; null without one.
  virtual NodePtr secondary_condition(const JoinNames &names) const = 0;
};

} // namespace declorm::detail

#endif // DECLORM_SQL_JOIN_PATH_H
