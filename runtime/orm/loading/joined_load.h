// joined_load.h: relationships in the SELECT of the objects that have them.
#ifndef DECLORM_ORM_LOADING_JOINED_LOAD_H
#define DECLORM_ORM_LOADING_JOINED_LOAD_H

#include "runtime/orm/loading/loader.h"

namespace declorm::detail {

/// Adds outer joins to a SELECT for objects of a class, and reads what they find. What cannot be
/// joined (lists of a query with LIMIT, targets whose rows become objects of several classes) is
/// left to be loaded by a further SELECT.
class JoinedLoad {
public:
  JoinedLoad(SessionState &session, const MapperState &mapper, const QueryFlags &flags)
      : session_(session), mapper_(mapper), flags_(flags) {}

  /// Joins what the paths and the relationships themselves say.
  void add(std::span<const LoadOption> paths, SelectData &select);
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
    std::size_t first; ///< of its columns among the nodes
    LoadTarget target;
    /// Of each row it keeps the owner and, unless there is none, the object that it leads to.
    std::vector<std::pair<ObjectState *, ObjectState *>> found;
  };
  static constexpr std::size_t none = ~std::size_t(0);

  std::size_t join(const RelationshipState &relationship, std::size_t parent, SelectData &select);
  void add_loaded_always(const MapperState &mapper, std::size_t parent, SelectData &select,
                         std::vector<const RelationshipState *> above);
  bool can_join(const RelationshipState &relationship, const SelectData &select) const;
  void read(const QueryRun &run, int first, ObjectState *root);
  void fill(const Join &join);

  SessionState &session_;
  const MapperState &mapper_;
  const QueryFlags &flags_;
  std::vector<Join> joins_;
  std::vector<NodePtr> nodes_;
  std::vector<ObjectState *> found_; ///< what each join has found in the current row, or null
  bool has_lists_ = false;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_LOADING_JOINED_LOAD_H
