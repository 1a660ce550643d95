// joins.h: how two tables join: from their foreign keys, or from a given condition.
//
// Plain data in, plain data out: the rules ask about tables that classes declare, configure about
// Tables, which may have been made by hand or reflected.
#ifndef DECLORM_MODEL_JOINS_H
#define DECLORM_MODEL_JOINS_H

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace declorm::model {

/// A column of a join; the pointer means something to the caller only.
struct JoinColumn {
  const void *id = nullptr;
  std::string name;         ///< "table.column", for messages
  bool primary_key = false; ///< for messages
  /// Of a joined class: of a table above its own. What leads to the own table counts before what
  /// leads to those.
  bool inherited = false;
};

/// A foreign key: own columns and those they refer to, side by side.
struct JoinKey {
  std::vector<std::pair<const void *, const void *>> columns;
};

/// A table, or all tables of a joined class.
struct JoinTable {
  std::string name; ///< for messages
  std::vector<JoinColumn> columns;
  /// Those whose referred columns are known, but not those by which a joined class's rows continue
  /// its parent's.
  std::vector<JoinKey> foreign_keys;

  /// The column, or null.
  const JoinColumn *find(const void *id) const {
    for (const JoinColumn &column : columns)
      if (column.id == id)
        return &column;
    return nullptr;
  }
  bool has(const void *id) const { return find(id) != nullptr; }
};

/// `a == b` in a given condition; both are columns.
struct JoinTerm {
  const void *left = nullptr, *right = nullptr;
  bool left_foreign = false, right_foreign = false; ///< in foreign(…)
  bool left_remote = false, right_remote = false;   ///< in remote(…)
};

enum class Direction : unsigned char { many_to_one, one_to_many, many_to_many };

/// What is known of a relationship's join.
struct JoinRequest {
  const JoinTable *near = nullptr;                     ///< of the class that has the member
  const JoinTable *far = nullptr;                      ///< of the target; may be `near`
  const JoinTable *secondary = nullptr;                ///< the table in between, or null
  bool is_list = false;                                ///< the member holds several objects
  bool viewonly = false;                               ///< nothing is written: no pairs are needed
  std::vector<const void *> foreign_keys, remote_side; ///< columns given
  /// The comparisons that `primaryjoin` and `secondaryjoin` make with AND; none: not given. Other
  /// conditions in them do not matter here.
  std::optional<std::vector<JoinTerm>> primary, secondary_terms;
};

/// Columns that hold the same value while the objects are linked.
struct JoinPair {
  const void *near = nullptr; ///< of the near table; of the far table in Join::secondary
  const void *far = nullptr;  ///< of the far table, or of the one in between
};

enum class JoinProblem : unsigned char {
  none,
  no_foreign_key,      ///< no foreign key leads from one table to the other
  ambiguous,           ///< several do
  no_secondary_key,    ///< the table in between has no foreign key to one of the two
  ambiguous_secondary, ///< it has several
  no_foreign_column,   ///< the given condition compares no column that is a foreign key
  ambiguous_direction, ///< the condition has foreign keys on both sides, or remote_side none of it
};

struct Join {
  JoinProblem problem = JoinProblem::none;
  /// What is wrong and the ways out, in words: "no foreign key leads from 'a' to 'b' or back; …".
  std::string message;
  /// Of a table in between, what is wrong with its other half too, if that is another matter.
  JoinProblem other_problem = JoinProblem::none;
  std::string other_message;
  Direction direction = Direction::many_to_one;
  /// many_to_one: near is the foreign key; one_to_many: far is; many_to_many: far is a column of
  /// the table in between.
  std::vector<JoinPair> pairs;
  std::vector<JoinPair> secondary; ///< many_to_many: a column of the target, one in between
};

/// How the tables join: by the given condition, else by the one foreign key between them.
/// A member that holds one object of the same table is the many-to-one side, a list the other,
/// unless `remote_side` or remote(…) says otherwise.
Join find_join(const JoinRequest &request);

/// The same seen from the other side.
Join turned_round(Join join);

} // namespace declorm::model

#endif // DECLORM_MODEL_JOINS_H
