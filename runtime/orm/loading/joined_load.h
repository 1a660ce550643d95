// joined_load.h: relationships in the SELECT of the objects that have them.
#ifndef DECLORM_ORM_LOADING_JOINED_LOAD_H
#define DECLORM_ORM_LOADING_JOINED_LOAD_H

#include "runtime/orm/loading/limited_select.h"
#include "runtime/orm/loading/loader.h"

namespace declorm::detail {

/// Adds outer joins to a SELECT for objects of a class, and reads what they find, and what joins of
/// its own find that contains_eager() names. Where the query has a LIMIT, lists are joined to the
/// query in parentheses. What cannot be joined (lists of a query with GROUP BY, targets that are
/// read from a union of tables) is left to be loaded by a further SELECT.
class JoinedLoad {
public:
  JoinedLoad(SessionState &session, const MapperState &mapper, const QueryFlags &flags)
      : session_(session), mapper_(mapper), flags_(flags) {}

  /// Joins what the paths and the relationships themselves say. Throws InvalidRequestError for
  /// contains_eager() without its join.
  /// `plan_of`: makes the plan of the query, where it is put in parentheses.
  using PlanOf = std::function<LoadPlan()>;
  void add(std::span<const LoadOption> paths, SelectData &select, const PlanOf &plan_of);
  bool empty() const { return joins_.empty(); }
  /// What is to be read from each row, besides the object of the query. Refers to this.
  AlsoRead reader();
  /// Fills the members. `states`: those of the rows; each stands there once then.
  void finish(std::vector<ObjectState *> &states);

private:
  struct Join {
    const RelationshipState *relationship;
    std::size_t parent; ///< index of the join that finds the owners, or none
    std::string alias;
    std::size_t first;         ///< of its columns among the nodes
    LoadPlan plan;             ///< of the target
    bool is_contained = false; ///< the query's own join, whose rows may be a part of a list
    bool is_placed = false;    ///< the plan says where its columns stand in a row
    /// Of each row it keeps the owner and, unless there is none, the object that it leads to.
    struct Found {
      ObjectState *owner, *target;
      std::size_t row;
    };
    std::vector<Found> found;
  };
  static constexpr std::size_t none = ~std::size_t(0);

  std::size_t join(const RelationshipState &relationship, std::size_t parent,
                   const ChosenDeferred &undeferred, SelectData &select);
  std::size_t contain(const RelationshipState &relationship, std::size_t parent,
                      const LoadStep &step, const ChosenDeferred &undeferred,
                      const SelectData &select);
  void select_target(Join &join, const ChosenDeferred &undeferred,
                     std::span<MapperState *const> below);
  void add_loaded_always(const MapperState &mapper, std::size_t parent, SelectData &select,
                         std::vector<const RelationshipState *> above);
  void add_joins(std::span<const LoadOption> paths, SelectData &select);
  bool can_join(const RelationshipState &relationship, const SelectData &select);
  void read(const QueryRun &run, int first, ObjectState *root);
  void fill(const Join &join);

  SessionState &session_;
  const MapperState &mapper_;
  const QueryFlags &flags_;
  std::vector<Join> joins_;
  std::vector<NodePtr> nodes_;
  std::vector<ObjectState *> found_;     ///< what each join has found in the current row, or null
  std::size_t row_ = 0;                  ///< number of the row that is read next
  std::optional<LimitedSelect> limited_; ///< where a LIMIT counts objects that lists are joined to
  bool needs_limited_ = false;
  bool has_lists_ = false;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_LOADING_JOINED_LOAD_H
