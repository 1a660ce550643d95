// limited_select.h: a query with a LIMIT as a subquery, so that lists can be joined to its objects.
#ifndef DECLORM_ORM_LOADING_LIMITED_SELECT_H
#define DECLORM_ORM_LOADING_LIMITED_SELECT_H

#include "runtime/orm/mapping/load_plan.h"
#include "runtime/sql/select_data.h"

namespace declorm::detail {

/// A SELECT for objects of a class whose LIMIT counts objects, and not the rows that further joins
/// make of them: it reads from the query's own SELECT, in parentheses.
class LimitedSelect {
public:
  /// Whether the query can stand in parentheses and give the same objects.
  static bool can_be(const MapperState &mapper, const SelectData &query);
  /// `plan`: how the rows of the query become objects.
  LimitedSelect(const MapperState &mapper, const SelectData &query, LoadPlan plan);

  /// The SELECT around the query. Its items are the columns of the plan, one by one.
  const SelectData &select() const { return outer_; }
  const LoadPlan &plan() const { return plan_; }
  /// Returns the condition with the columns that the SELECT has in place of the class's own.
  NodePtr seen(const NodePtr &condition) const;

private:
  NodePtr column(std::size_t item) const;

  LoadPlan plan_;
  std::vector<const Column *> columns_; ///< of the query's items; null: of no column
  DerivedPtr derived_;
  SelectData outer_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_LOADING_LIMITED_SELECT_H
