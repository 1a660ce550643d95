// scope.h: what a statement reads from, and what the columns in it mean.
//
// Needs no dialect. A subquery has a scope of its own inside that of the statement around it.
#ifndef DECLORM_SQL_SCOPE_H
#define DECLORM_SQL_SCOPE_H

#include "runtime/sql/entity.h"
#include "runtime/sql/select_data.h"

#include <deque>

namespace declorm::detail {

/// A class, table or subquery that a statement reads from, under the name its columns are written
/// with.
struct Source {
  const Entity *entity = nullptr; ///< null: a table without a class, or a subquery
  const Table *table = nullptr;   ///< null: a subquery
  std::string alias;              ///< "" : its own name
  DerivedPtr derived;
  std::vector<const Entity *> below = {}; ///< classes below `entity` whose tables are joined too
  bool stands_in = false;                 ///< members of the class itself mean those of `alias`

  /// Whether a member of `name`, "" : of the class itself, may be one of its.
  bool is_called(const std::string &name) const {
    return alias == name || (stands_in && name.empty());
  }

  /// The tables it reads from, in the order they are joined; of a subquery none. The first
  /// `inner` are inner joins.
  std::vector<EntityTable> tables(std::size_t *inner = nullptr) const;
  bool has_table(const Table &wanted) const;
  /// The column as the source has it: itself, or that of a union which holds it; or null.
  const Column *seen(const Column &column) const;
  /// The name in the SQL, as the database compares it; "" : one that is made up.
  std::string written_name() const;
  /// How messages call it.
  std::string describe() const;
  bool is_same(const Source &other) const;
};

Source source_of(const FromRef &ref);

/// Two conditions joined by AND; either may be null.
NodePtr both(const NodePtr &left, const NodePtr &right);
/// What tells the source's rows from those of other classes in its tables; or null.
NodePtr restriction_of(const Source &source);

/// The field of that column of a class; null if it maps no such column.
const Field *field_of(const Entity &entity, const Column *column);

class Scope {
public:
  explicit Scope(const Scope *outer = nullptr) : outer_(outer) {}

  /// Adds a source, unless it is there already.
  void add(Source source);
  /// Adds one that must not be there yet. Throws ArgumentError.
  void add_new(Source source);
  /// Adds the sources that `node` must come from, if it names some that are not there yet.
  void add_sources_of(const NodePtr &node);
  const std::deque<Source> &sources() const { return sources_; }
  const Scope *outer() const { return outer_; }

  /// What a node that names a column means.
  struct Resolved {
    const Source *source = nullptr;
    const Column *column = nullptr; ///< null: a column of a subquery
    const Field *field = nullptr;   ///< null: of no mapped class
    const Scope *scope = nullptr;   ///< that has the source
  };
  /// nullopt: the node is no column. Throws ArgumentError if the column's class is in no scope, or
  /// several could be meant.
  std::optional<Resolved> resolve(const NodePtr &node) const;
  /// The same of what a value is assigned to: a column, or a synonym of one. Throws ArgumentError
  /// for an SQL expression too.
  std::optional<Resolved> resolve_assigned(const NodePtr &node) const;
  /// What stands for an attribute that is an SQL expression, or for what is asked of a
  /// relationship or a composite; null for any other node.
  NodePtr expand(const NodePtr &node) const;
  /// The composite that a MemberNode or AttributeNode names; or null.
  const CompositeColumns *find_composite(const NodePtr &node) const;
  /// The same; throws ArgumentError if it names none.
  const CompositeColumns &composite_of(const NodePtr &node) const;
  const Column *column_of(const NodePtr &node) const;
  /// How values of the expression are stored, if that is how some mapped column's are: so that
  /// enums beside it are bound by name.
  const Field *field_of(const NodePtr &node) const;
  /// The same two for a SELECT apart from the statement around it: null where that is needed.
  std::optional<Resolved> find(const NodePtr &node) const;
  const Field *field_if_found(const NodePtr &node) const;
  /// A relationship and the source whose member it is.
  struct FoundPath {
    const Source *near = nullptr;
    const JoinPath *path = nullptr;
  };
  /// nullopt: no source of this scope has it. Throws ArgumentError if several have.
  std::optional<FoundPath> find_path(const RelationshipUse &relationship) const;
  /// Why no source has the relationship.
  [[noreturn]] void fail(const RelationshipUse &relationship) const;
  /// Whether a source here or around is called so, as the database compares names.
  bool has_name(const std::string &written) const;
  /// "table_1" or the like, which no source has, if it must differ from "table"; else "".
  std::string free_alias(const std::string &table, bool must_differ) const;
  /// "User, addresses": for messages.
  std::string source_names() const;

private:
  std::optional<Resolved> find_member(const MemberNode &member) const;
  std::optional<Resolved> find_attribute(const AttributeNode &attribute) const;
  std::optional<Resolved> find_column(const ColumnNode &node) const;
  std::optional<Resolved> find_derived(const DerivedColumnNode &column) const;
  NodePtr expand_relationship(const RelationshipNode &node) const;
  NodePtr expand_composite(const CompositeTestNode &node) const;
  [[noreturn]] void fail(const NodePtr &node) const;
  /// Calls `find(entity, source)` for the classes here and around which have the member that the
  /// MemberNode or AttributeNode names, if they map it, until it returns something.
  template <class Find> auto find_in_owners(const NodePtr &node, const Find &find) const;

  const Scope *outer_;
  std::deque<Source> sources_; ///< does not move what `Resolved` points to
};

/// The statement with each composite that it sets, or that a conflict is about, as its columns;
/// nullopt if there is none. `scope`: its own.
std::optional<WriteData> with_composite_columns(const WriteData &write, const Scope &scope);
std::vector<Assignment> with_composite_columns(std::span<const Assignment> assignments,
                                               const Scope &scope);
std::vector<NodePtr> with_composite_columns(std::span<const NodePtr> columns, const Scope &scope);

template <class Find> auto Scope::find_in_owners(const NodePtr &node, const Find &find) const {
  using Found = decltype(find(std::declval<const Entity &>(), std::declval<const Source &>()));
  const auto *member = as<MemberNode>(node);
  const auto *attribute = as<AttributeNode>(node);
  if (!member && !attribute)
    return Found();
  const std::string &alias = member ? member->alias : attribute->alias;
  const TypeId &wanted = !member                 ? attribute->entity
                         : member->member.entity ? *member->member.entity
                                                 : *member->member.declaring;
  for (const Scope *scope = this; scope; scope = scope->outer_)
    for (const Source &source : scope->sources_) {
      if (!source.entity || !source.is_called(alias))
        continue;
      const Entity *entity = source.entity;
      if (!entity->is_a(wanted)) {
        entity = find_entity(wanted);
        if (!entity || !entity->is_below(*source.entity))
          continue;
      }
      if (Found found = find(*entity, source))
        return found;
    }
  return Found();
}

/// A join as it is written. With a table in between, `between_on` joins the target to that and `on`
/// that to the rest: its source comes first.
struct PlannedJoin {
  JoinKind kind = JoinKind::inner;
  NodePtr on;
  NodePtr between_on = nullptr;
};

/// The scope of a SELECT's parts: what stands in its FROM. `joined`: how many of the last sources
/// are joined.
struct SelectScope {
  Scope scope;
  std::size_t joined = 0;
  std::vector<PlannedJoin> joins;
};
SelectScope scope_of(const SelectData &select, const Scope *outer);

/// What the joins of a SELECT add to what it reads from otherwise.
class JoinPlanner {
public:
  JoinPlanner(const Scope &from, const Scope &items);
  void add(const Join &join);
  /// The class whose relationship is joined first needs no from<T>() if FROM is empty otherwise.
  void place_implied(Scope &from) const;

  Scope sources; ///< in the order they are written
  std::vector<PlannedJoin> joins;

private:
  void add_along(const RelationshipUse &relationship, JoinKind kind);
  Scope::FoundPath find_near(const RelationshipUse &relationship);

  const Scope &from_;
  Scope known_;                   ///< all that may have the members: FROM, items, joins
  std::optional<Source> implied_; ///< nothing else names it
};

} // namespace declorm::detail

#endif // DECLORM_SQL_SCOPE_H
