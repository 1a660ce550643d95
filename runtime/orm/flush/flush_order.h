// flush_order.h: in which order a flush writes tables, and rows of tables that refer to each other.
#ifndef DECLORM_ORM_FLUSH_FLUSH_ORDER_H
#define DECLORM_ORM_FLUSH_FLUSH_ORDER_H

#include "runtime/orm/flush/link_sync.h"
#include "runtime/orm/flush/row_references.h"

namespace declorm::detail {

/// Tables that are written together. Those it refers to are in groups before it.
struct TableGroup {
  std::vector<const Table *> tables; ///< of a hierarchy, the root's before those below it
  /// A row may refer to another one of the group.
  bool is_circular = false;
};

/// The groups of all tables of the mappers. Foreign keys, and relationships without one, count;
/// what is written by post_update does not.
std::vector<TableGroup> order_tables(const std::vector<MapperState *> &mappers);

/// A deleted object and another one, deleted too, that its row refers to.
struct DeletedPair {
  ObjectState *child, *parent;
  const KeyLink *link;
};

/// Which rows of a flush, of tables that refer to each other, must be there for which others.
class RowGraph {
public:
  /// New rows, and changed ones: those that wait for their parents' keys (`work`), and those whose
  /// members name the key of another one.
  RowGraph(RowReferences &references, const LinkWork &work)
      : references_(references), work_(&work) {}
  /// Rows that are deleted.
  RowGraph(RowReferences &references, const std::vector<DeletedPair> &pairs);

  /// The objects, each behind those that its row refers to, else in their order; of deleted rows,
  /// before them. Key members that lead round in a circle are not followed: the database may not
  /// mind. Throws CircularDependencyError, which names the circle, if relationships make it.
  std::vector<ObjectState *> order(std::vector<ObjectState *> states);
  /// Whether order() found any row that refers to another one.
  bool has_edges() const { return has_edges_; }
  /// What to say if the database refuses the row of an object: the circle that order() broke there,
  /// and the way out; else "".
  std::string explain_circle(ObjectState &state);

private:
  struct Edge {
    ObjectState *from = nullptr;            ///< whose row refers
    ObjectState *to = nullptr;              ///< to the row of this one
    const KeyLink *link = nullptr;          ///< because a relationship says so
    const Constraint *constraint = nullptr; ///< or because its key members do
  };
  /// An object on the way of a depth-first walk, which keeps its own stack: chains may be long.
  struct Step {
    ObjectState *state;
    std::vector<Edge> edges;
    std::size_t next = 0;
  };

  std::vector<Edge> edges_of(ObjectState &state);
  void walk(std::vector<Step> &path, std::vector<ObjectState *> &ordered);
  Step begin(ObjectState &state);
  void break_circle(std::vector<Step> &path, const Edge &closing);
  void note_broken(const Edge &edge) { broken_[edge.from].push_back(edge); }
  [[noreturn]] static void throw_circle(std::span<const Step> circle);
  static std::string describe(const Edge &edge);

  RowReferences &references_;
  const LinkWork *work_ = nullptr;                                    ///< of new and changed rows
  std::unordered_map<const ObjectState *, std::vector<Edge>> pairs_;  ///< of deleted rows
  std::unordered_map<const ObjectState *, std::vector<Edge>> broken_; ///< by the row that refers
  bool has_edges_ = false;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_FLUSH_ORDER_H
