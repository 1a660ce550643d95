// select_data.h: the parts of statements, as their builders collect them.
#ifndef DECLORM_SQL_SELECT_DATA_H
#define DECLORM_SQL_SELECT_DATA_H

#include "declorm/statement.h"
#include "runtime/ascii.h"
#include "runtime/engine/field.h"
#include "runtime/sql/node.h"

#include <mutex>

namespace declorm::detail {

/// An item of a SELECT or RETURNING list: an expression, or all columns of a class.
struct SelectItem {
  NodePtr node; ///< null: `entity`
  FromRef entity;
};

struct Join {
  FromRef target;
  NodePtr on;
  JoinKind kind;
  /// Where it leads along one: it says what the other two do not.
  std::optional<RelationshipUse> relationship = {};
};

/// A SELECT, a compound of several (`parts`), or a whole statement as text. The latter two have
/// nothing else but what stands at the end: order, limit, offset.
struct SelectData {
  std::vector<SelectItem> items;
  std::vector<FromRef> from;
  std::vector<Join> joins;
  std::vector<const TypeId *> correlated; ///< belong to the enclosing statement
  NodePtr where, having;
  std::vector<NodePtr> group;
  std::vector<Ordering> order;
  std::optional<std::int64_t> limit, offset;
  bool distinct = false, for_update = false;
  RowLocks locks;                                       ///< of for_update
  std::vector<std::pair<SetOperator, SelectPtr>> parts; ///< the first one's operator means nothing
  NodePtr text;
  std::vector<std::string> text_columns;

  bool is_compound() const { return !parts.empty(); }
  bool has_tail() const { return !order.empty() || limit || offset; }
};

/// What a column of a SELECT is called in the statement around it, and how its values are stored.
struct OutputColumn {
  std::string name;
  const Field *field = nullptr;
};

/// A SELECT with a name, to read from.
struct Derived {
  SelectPtr select;
  std::string name; ///< "" : made up when the statement is written
  bool is_cte = false;
  /// A recursive CTE: the one its second part reads from. Both have one name and mean one thing.
  DerivedPtr base;

  /// The columns, in order; names are unique. Found once; safe from any thread.
  const std::vector<OutputColumn> &columns() const;

private:
  mutable std::once_flag once_;
  mutable std::vector<OutputColumn> columns_;
};

/// What two CTEs that restate each other have in common.
inline const Derived *root_of(const DerivedPtr &derived) {
  const Derived *root = derived.get();
  while (root && root->base)
    root = root->base.get();
  return root;
}

/// A column of what the statement reads from already: naming it adds no table to its FROM.
inline NodePtr column_of_sources(const Column *column, std::string alias = {}) {
  return std::make_shared<const Node>(Node{ColumnNode{column, std::move(alias), true}});
}

/// The SELECT whose items name the columns of a compound.
inline const SelectData &first_part(const SelectData &select) {
  return select.is_compound() ? first_part(*select.parts.front().second) : select;
}

enum class Conflict : unsigned char { none, do_nothing, do_update };

struct WriteData {
  WriteKind kind = WriteKind::insert;
  const TypeId *entity = nullptr;
  /// Instead of a class: the statement writes rows of the table, whatever class they are of. An
  /// INSERT may then have one row without values, which gets the defaults.
  const Table *table = nullptr;
  bool version_elsewhere = false; ///< update: another statement counts the rows' versions
  std::vector<std::vector<Assignment>> rows; ///< update: one
  std::vector<NodePtr> columns;              ///< INSERT … SELECT: into these
  SelectPtr source;                          ///< INSERT … SELECT
  std::vector<FromRef> from;                 ///< further tables of UPDATE and DELETE
  NodePtr where;
  Conflict conflict = Conflict::none;
  std::vector<NodePtr> conflict_columns;
  std::vector<Assignment> conflict_set;
  NodePtr conflict_where;
  std::vector<SelectItem> returning;
};

} // namespace declorm::detail

#endif // DECLORM_SQL_SELECT_DATA_H
