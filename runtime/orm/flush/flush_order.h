// flush_order.h: in which order a flush writes tables, and rows of tables that refer to each other.
#ifndef DECLORM_ORM_FLUSH_FLUSH_ORDER_H
#define DECLORM_ORM_FLUSH_FLUSH_ORDER_H

#include "runtime/orm/flush/link_sync.h"
#include "runtime/orm/flush/row_references.h"

namespace declorm::detail {

/// Tables that are written together. The tables that they refer to are in groups before theirs.
struct TableGroup {
  std::vector<const Table *> tables; ///< in a hierarchy the root's goes first
  /// Whether rows of the group may refer to each other.
  bool is_circular = false;
};

/// Returns the groups of all tables of the mappers. Foreign keys count, and relationships that have
/// none; what is written by post_update does not.
std::vector<TableGroup> order_tables(const std::vector<MapperState *> &mappers);

/// A deleted object, and another deleted one that its row refers to.
struct DeletedPair {
  ObjectState *child, *parent;
  const KeyLink *link;
};

/// Tells which rows of a flush must be there for which others, in tables that refer to each other.
class RowGraph {
public:
  /// Makes the graph of new and changed rows. A row refers to another one because it waits for that
  /// one's key (`work`), or because its members hold it.
  RowGraph(RowReferences &references, const LinkWork &work)
      : references_(references), work_(&work) {}
  /// Makes the graph of rows that are deleted.
  RowGraph(RowReferences &references, const std::vector<DeletedPair> &pairs);

  /// Puts the objects into levels: the row of each refers to rows of lower levels only. Within a
  /// level they keep their order. There is at least one level. Key members that lead round in a
  /// circle are not followed, because the database may not mind. Throws CircularDependencyError,
  /// which names the circle, if relationships make it.
  std::vector<std::vector<ObjectState *>> levels(const std::vector<ObjectState *> &states);
  /// Returns what to say if the database refuses the row of an object: the circle that levels()
  /// broke there, and the way out. Returns "" if there was none.
  std::string explain_circle(ObjectState &state);

private:
  struct Edge {
    ObjectState *from = nullptr;            ///< whose row refers
    ObjectState *to = nullptr;              ///< to the row of this one
    const KeyLink *link = nullptr;          ///< because a relationship says so
    const Constraint *constraint = nullptr; ///< or because its key members do
  };
  /// An object on the way of a depth-first walk. The walk has its own stack, because chains may be
  /// long.
  struct Step {
    ObjectState *state;
    std::vector<Edge> edges;
    std::size_t next = 0;
    std::uint32_t level = 0; ///< one above those that its row was found to refer to
  };

  std::vector<Edge> edges_of(ObjectState &state);
  void walk(std::vector<Step> &path);
  Step begin(ObjectState &state);
  void break_circle(std::vector<Step> &path, const Edge &closing);
  void note_broken(const Edge &edge) { broken_[edge.from].push_back(edge); }
  [[noreturn]] static void throw_circle(std::span<const Step> circle);
  static std::string describe(const Edge &edge);

  RowReferences &references_;
  const LinkWork *work_ = nullptr;                                    ///< of new and changed rows
  std::unordered_map<const ObjectState *, std::vector<Edge>> pairs_;  ///< of deleted rows
  std::unordered_map<const ObjectState *, std::vector<Edge>> broken_; ///< by the row that refers
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_FLUSH_ORDER_H
