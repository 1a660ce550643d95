// join_path.h: a relationship as statements see it: how rows of one class lead to those of another.
#ifndef DECLORM_SQL_JOIN_PATH_H
#define DECLORM_SQL_JOIN_PATH_H

#include "declorm/operand.h"
#include "declorm/registration.h"
#include "declorm/schema.h"

#include <string>
#include <utility>
#include <vector>

namespace declorm::detail {

/// Lives as long as its class's Entity. `near` is the class that has the member, `far` the target,
/// `between` the secondary table.
struct JoinPath {
  using Pairs = std::vector<std::pair<const Column *, const Column *>>;
  /// Columns of near and far, or of near and between.
  Pairs pairs;
  Pairs secondary_pairs;            ///< of far and between
  const Table *secondary = nullptr; ///< null: none
  bool is_plain = true;             ///< no condition but the equality of the pairs

  virtual ~JoinPath() = default;
  virtual const std::string &name() const = 0; ///< of the member
  virtual const TypeId &target_type() const = 0;
  /// Whether the near columns are the foreign key: NULL in them is "no object".
  virtual bool is_many_to_one() const = 0;

  /// Under which names the tables stand in a statement; "" : their own.
  struct Aliases {
    std::string near, far, between;
  };
  /// The condition between the tables; with a table in between, between the near one and that.
  virtual NodePtr condition(const Aliases &aliases) const = 0;
  /// The condition between the table in between and the target's; null: there is none.
  virtual NodePtr secondary_condition(const Aliases &aliases) const = 0;
};

} // namespace declorm::detail

#endif // DECLORM_SQL_JOIN_PATH_H
