// select.h: SELECT: what it reads from, subqueries, common table expressions, unions.
//
// Statements are values: each builder returns a changed copy. SQLAlchemy's select(), aliased(),
// subquery(), cte(), union_(), exists().
#ifndef DECLORM_SELECT_H
#define DECLORM_SELECT_H

#include "declorm/functions.h"
#include "declorm/rows.h"

namespace declorm {

template <class... Ts> class Cte;
class Subquery;

/// What with_for_update() does with rows that another transaction has locked; neither: it waits.
struct LockOptions {
  bool skip_locked = false; ///< leaves them out
  bool nowait = false;      ///< throws OperationalError at once
};

namespace detail {

/// What a statement reads from: a class, perhaps under another name, a table, or a subquery.
struct FromRef {
  const TypeId *type = nullptr;
  std::string alias = {};
  const Table *table = nullptr;
  DerivedPtr derived = {};
  bool only_own = false; ///< the class's own table, not the union that it is read from
  std::vector<const TypeId *> below =
      {};                 ///< classes below whose tables are joined: with_polymorphic
  bool stands_in = false; ///< columns of the class itself mean those of `alias`
};

/// How a SELECT locks its rows, and those of which classes; of none: of all that it reads.
struct RowLocks : LockOptions {
  std::vector<const TypeId *> of = {};
};

enum class JoinKind : unsigned char { inner, left, full };
enum class SetOperator : unsigned char { union_, union_all, intersect, except };

/// The untyped half of a SELECT. Copies share their parts until one of them is changed.
class SelectCore {
public:
  SelectCore();

  void add_item(NodePtr node);
  void add_entity(FromRef entity);
  void add_from(FromRef source);
  void add_join(FromRef target, NodePtr on, JoinKind kind);
  void add_join(RelationshipUse relationship, JoinKind kind);
  void add_correlated(const TypeId &type);
  void add_where(const NodePtr &condition);
  void add_having(const NodePtr &condition);
  void add_group(NodePtr node);
  void add_order(Ordering order);
  void set_limit(std::int64_t rows);
  void lower_limit(std::int64_t rows); ///< a limit below it stays
  void set_offset(std::int64_t rows);
  void set_distinct();
  /// Throws ArgumentError if the locks contradict themselves.
  void set_for_update(RowLocks locks = {});
  /// with_polymorphic, of the first item; beside those that it has.
  void add_below(const std::vector<const TypeId *> &types);

  /// This and `other` as the parts of a compound.
  SelectCore combined(SetOperator op, const SelectCore &other) const;
  static SelectCore of_text(NodePtr text, std::vector<std::string> columns);
  std::string sql(const Dialect &dialect) const;
  std::string explain(const Engine &engine) const;
  const SelectData &data() const { return *data_; }
  const SelectPtr &shared() const { return data_; }

private:
  SelectData &own();
  SelectPtr data_;
};

/// How many rows a SELECT has, its limit and offset included.
std::int64_t count_rows(Connection &connection, const SelectCore &select);

/// The name of one alias<T>() in the source; set by its first call.
struct AliasSlot {
  const std::string *name = nullptr;
};
/// Throws ArgumentError if the slot has another name already.
void set_alias(AliasSlot &slot, std::string name, const TypeId &type);
const std::string &alias_name(const AliasSlot &slot);

DerivedPtr derive(SelectPtr select, std::string name, bool is_cte);
/// A recursive CTE: `base` and, combined with it, what reads from it.
DerivedPtr derive_recursive(const DerivedPtr &base, SetOperator op, SelectPtr recursive);

template <class T> struct result_type {
  using type = Value;
};
template <class T>
  requires requires { typename T::operand_type; }
struct result_type<T> {
  using type = std::remove_cv_t<typename T::operand_type>;
};
template <class T>
  requires requires { typename T::entity_type; }
struct result_type<T> {
  using type = typename T::entity_type;
};
template <class T> using result_t = typename result_type<T>::type;

/// A class under another name, and such things: `from(…)` and `join(…, on)` take them.
template <class T>
concept from_clause = requires(const T &source) { source.from_ref(); };
template <class T>
concept item = operand<T> || requires { typename T::entity_type; };

template <class T> void add_item(SelectCore &core, const T &value) {
  if constexpr (operand<T>)
    core.add_item(node_of(value));
  else
    core.add_entity(value.from_ref());
}

/// The types of a compound's rows. Stops the compilation, in words, if the parts do not fit.
template <class A, class B>
inline constexpr bool combinable = std::is_same_v<A, B> || comparable<plain_t<A>, plain_t<B>>;
template <class A, class B> struct unified {
  using type = either_t<A, B>;
};
template <class A> struct unified<A, A> {
  using type = A;
};
template <class A, class B> struct combined_rows;
template <class... As, class... Bs> struct combined_rows<Rows<As...>, Rows<Bs...>> {
  static_assert(sizeof...(As) == sizeof...(Bs),
                "declorm: the parts of a union have different numbers of columns");
  using type = Compound<As...>;
};
template <class... As, class... Bs>
  requires(sizeof...(As) == sizeof...(Bs))
struct combined_rows<Rows<As...>, Rows<Bs...>> {
  static_assert((combinable<As, Bs> && ...),
                "declorm: a column of the union has different kinds of C++ types in its parts (a "
                "number and a text, two classes, …); convert one, or use cast_<T>()");
  using type = Compound<typename unified<As, Bs>::type...>;
};

} // namespace detail

/// A column of an alias: `m.col<&User::name>`.
template <auto Member, class Entity, class Tag>
struct AliasColumn : detail::Operations<AliasColumn<Member, Entity, Tag>,
                                        typename detail::member_pointer<decltype(Member)>::member> {
  /// What the column's value reads as (operand_type), and the class that the member stands in
  /// (owner).
  using operand_type = typename detail::member_pointer<decltype(Member)>::member;
  using owner = typename detail::member_pointer<decltype(Member)>::owner;

  detail::NodePtr node() const {
    return detail::member_node(detail::member_ref<Member, Entity>(), detail::alias_name(Tag::slot));
  }
};

/// A composite of an alias: `m.col<&Vertex::start>`.
template <auto Member, class Entity, class Tag>
struct AliasComposite
    : detail::CompositeOperations<
          AliasComposite<Member, Entity, Tag>,
          detail::strip_t<typename detail::member_pointer<decltype(Member)>::member>> {
  detail::NodePtr node() const { return AliasColumn<Member, Entity, Tag>().node(); }
};

/// A relationship of an alias: `m.col<&User::addresses>`.
template <auto Member, class Entity, class Tag>
struct AliasRelationship
    : detail::RelationshipOperations<
          AliasRelationship<Member, Entity, Tag>,
          typename detail::link_type<
              typename detail::member_pointer<decltype(Member)>::member>::target,
          detail::link_type<typename detail::member_pointer<decltype(Member)>::member>::kind> {
  detail::RelationshipUse relationship() const {
    detail::RelationshipUse ref = MemberRelationship<Member, Entity>{}.relationship();
    ref.alias = detail::alias_name(Tag::slot);
    return ref;
  }
};

namespace detail {
template <auto Member, class Entity, class Tag> struct alias_operand {
  using type = AliasColumn<Member, Entity, Tag>;
};
template <auto Member, class Entity, class Tag>
  requires is_link<typename member_pointer<decltype(Member)>::member>
struct alias_operand<Member, Entity, Tag> {
  using type = AliasRelationship<Member, Entity, Tag>;
};
template <auto Member, class Entity, class Tag>
  requires(std::is_member_object_pointer_v<decltype(Member)> &&
           is_composite<typename member_pointer<decltype(Member)>::member>)
struct alias_operand<Member, Entity, Tag> {
  using type = AliasComposite<Member, Entity, Tag>;
};
} // namespace detail

/// A mapped class under another name, to have it twice in a statement. Select it, `select(m)`, or
/// join it, `join(m, on)`. SQLAlchemy's aliased().
template <class T> class NamedAlias {
public:
  /// The class that is named.
  using entity_type = T;
  /// Makes an alias of a name, for alias<T, void>(name).
  explicit NamedAlias(std::string name) : name_(std::move(name)) {}

  /// Returns a column by its member: `m.column(col<&User::name>)`.
  template <auto Member, class Entity> auto column(const MemberColumn<Member, Entity> &) const {
    using Column = MemberColumn<Member, Entity>;
    return Expression<typename Column::operand_type>(
        detail::member_node(detail::member_ref<Member, T>(), name_));
  }
  /// Returns a composite by its member: `m.column(col<&Vertex::start>)`.
  template <auto Member, class Entity> auto column(const MemberComposite<Member, Entity> &) const {
    using Named = MemberComposite<Member, Entity>;
    return Composite<typename Named::composite_type>(
        detail::member_node(detail::member_ref<Member, T>(), name_));
  }
  /// Returns a relationship by its member: `m.column(col<&User::addresses>)`.
  template <auto Member, class Entity>
  auto column(const MemberRelationship<Member, Entity> &) const {
    using Link = detail::link_type<typename detail::member_pointer<decltype(Member)>::member>;
    detail::RelationshipUse ref = MemberRelationship<Member, T>{}.relationship();
    ref.alias = name_;
    return Related<typename Link::target, Link::kind>(std::move(ref));
  }
  /// Returns a column by its member's name, untyped. An unknown name is an ArgumentError, with the
  /// nearest one, when the statement is made.
  Expression<Value> attr(std::string member) const {
    return Expression<Value>(detail::attribute_node(detail::type_id<T>, std::move(member), name_));
  }
  const std::string &name() const { return name_; }
  detail::FromRef from_ref() const { return {.type = &detail::type_id<T>, .alias = name_}; }

private:
  std::string name_;
};

/// The type of alias<T>("name"): one for each place in the source, so that `m.col<&T::x>` knows its
/// alias.
template <class T, class Tag> class Alias : public NamedAlias<T> {
public:
  /// For declorm itself: what tells aliases of one class apart.
  struct Place {
    static inline detail::AliasSlot slot; ///< the alias's name
  };
  /// Makes the alias, for alias<T>("name"). Throws ArgumentError if this place in the source made
  /// one of another name, or the name is empty.
  explicit Alias(std::string name) : NamedAlias<T>(std::move(name)) {
    detail::set_alias(Place::slot, this->name(), detail::type_id<T>);
  }
  /// A column or relationship of the alias: `m.col<&User::name>`.
  template <auto Member>
  static constexpr typename detail::alias_operand<Member, T, Place>::type col{};
};

namespace detail {
template <class T, class Tag> struct alias_of {
  using type = Alias<T, Tag>;
};
template <class T> struct alias_of<T, void> {
  using type = NamedAlias<T>;
};
} // namespace detail

/// Makes an alias: `auto m = alias<User>("m");  m.col<&User::name> == col<&User::name>`. Each
/// alias<T>(…) in the source has one name for good; for names made at run time there is alias<T,
/// void>(name), with `m.column(col<&T::x>)`. Throws ArgumentError if this one has had another name
/// before, and for an empty one. Safe from any thread. SQLAlchemy's aliased().
template <class T, class Tag = decltype([] {})>
typename detail::alias_of<T, Tag>::type alias(std::string name) {
  return typename detail::alias_of<T, Tag>::type(std::move(name));
}

namespace detail {
template <class A> struct OptionalEntity {
  using entity_type = std::optional<typename A::entity_type>;
  A alias;
  FromRef from_ref() const { return alias.from_ref(); }
};
} // namespace detail
/// Makes of an alias that is joined by outer_join() something to select: std::nullopt where it has
/// no row.
template <class A>
  requires requires { typename A::entity_type; }
auto nullable(const A &alias) {
  return detail::OptionalEntity<A>{alias};
}

/// A SELECT in FROM. SQLAlchemy's Subquery.
class Subquery {
public:
  explicit Subquery(detail::DerivedPtr derived, std::string alias = {})
      : derived_(std::move(derived)), alias_(std::move(alias)) {}
  /// Returns a column by its name or label, read as V. An unknown name is an ArgumentError, with
  /// the nearest one, when the statement is made.
  template <class V = Value> Expression<V> column(std::string name) const {
    return Expression<V>(detail::derived_column_node(derived_, std::move(name), alias_));
  }
  /// Returns the same subquery under another name, to have it twice in a statement.
  Subquery alias(std::string name) const { return Subquery(derived_, std::move(name)); }
  detail::FromRef from_ref() const { return {.alias = alias_, .derived = derived_}; }

protected:
  detail::DerivedPtr derived_;
  std::string alias_;
};

/// A common table expression: WITH name AS (…). SQLAlchemy's CTE.
template <class... Ts> class Cte : public Subquery {
public:
  using Subquery::Subquery;
  /// Makes it recursive: `recursive` reads from this one, and its rows are added until there are no
  /// new ones. Use what it returns in the statement, not this one. SQLAlchemy's CTE.union_all.
  template <detail::selects S> Cte union_all(const S &recursive) const {
    return with(detail::SetOperator::union_all, recursive);
  }
  /// Makes it recursive as union_all() does, and leaves out rows that are there already, so that
  /// circles end.
  template <detail::selects S> Cte union_(const S &recursive) const {
    return with(detail::SetOperator::union_, recursive);
  }

private:
  template <class S> Cte with(detail::SetOperator op, const S &recursive) const {
    static_assert(sizeof(detail::combined_rows<Rows<Ts...>, typename S::rows>) != 0);
    return Cte(detail::derive_recursive(derived_, op, recursive.core().shared()));
  }
};

namespace detail {

/// What a select() and a union have in common.
template <class Self, class... Ts> class SelectOperations {
public:
  using rows = Rows<Ts...>;

  explicit SelectOperations(SelectCore core) : core_(std::move(core)) {}

  /// Adds an order; several are added one behind another.
  template <std::convertible_to<Ordering>... Os> Self order_by(const Os &...orders) const {
    return with([&](SelectCore &core) { (core.add_order(orders), ...); });
  }
  /// Gives at most so many rows.
  Self limit(std::int64_t rows_at_most) const {
    return with([&](SelectCore &core) { core.set_limit(rows_at_most); });
  }
  /// Leaves out the first rows.
  Self offset(std::int64_t rows_to_skip) const {
    return with([&](SelectCore &core) { core.set_offset(rows_to_skip); });
  }

  /// Makes a compound of two SELECTs with the same number of columns, whose types go together: the
  /// rows of both (union_all), those of both once (union_), those in both (intersect), or those in
  /// the first only (except_). Its order_by() takes items of the first part.
  template <selects S> auto union_(const S &other) const {
    return combined(SetOperator::union_, other);
  }
  template <selects S> auto union_all(const S &other) const {
    return combined(SetOperator::union_all, other);
  }
  template <selects S> auto intersect(const S &other) const {
    return combined(SetOperator::intersect, other);
  }
  template <selects S> auto except_(const S &other) const {
    return combined(SetOperator::except, other);
  }

  /// Makes the SELECT a value: of the only column of the only row, NULL if there is none.
  /// SQLAlchemy's scalar_subquery().
  auto scalar_subquery() const {
    static_assert(sizeof...(Ts) == 1 && (is_value<Ts> && ...),
                  "declorm: scalar_subquery() is for a select() of one expression");
    using T = std::tuple_element_t<0, std::tuple<Ts...>>;
    return Expression<nullable_t<strip_t<T>, true>>(subquery_node(core_.shared()));
  }
  /// Makes the SELECT something to read from: `from(q)`, `join(q, on)`, `q.column<V>("name")`.
  /// Without a name it gets one. SQLAlchemy's subquery().
  Subquery subquery(std::string name = {}) const {
    return Subquery(derive(core_.shared(), std::move(name), false));
  }
  /// Makes the SELECT a common table expression: WITH name AS (…). Throws ArgumentError for an
  /// empty name. SQLAlchemy's cte().
  Cte<Ts...> cte(std::string name) const {
    return Cte<Ts...>(derive(core_.shared(), std::move(name), true));
  }

  /// Returns the text in the dialect's words, to look at. Throws ArgumentError for a statement that
  /// cannot be written.
  std::string sql(const Dialect &dialect) const { return core_.sql(dialect); }
  /// Returns how the database would execute it, in its own words: EXPLAIN, over a connection of the
  /// engine. Nothing is executed. Throws as sql() does, and what the database says.
  std::string explain(const Engine &engine) const { return core_.explain(engine); }
  /// Executes it; Connection::execute() and Session::execute() call this. Throws ArgumentError for
  /// a statement that cannot be written, and what the database says.
  Rows<Ts...> execute_on(Connection &connection) const {
    return Rows<Ts...>(Cursor(connection, core_));
  }
  const SelectCore &core() const { return core_; }

protected:
  template <class F> Self with(F change) const {
    SelectCore copy(core_);
    change(copy);
    return Self(std::move(copy));
  }
  template <class S> auto combined(SetOperator op, const S &other) const {
    return typename combined_rows<Rows<Ts...>, typename S::rows>::type(
        core_.combined(op, other.core()));
  }
  SelectCore core_;
};

} // namespace detail

/// The rows of several SELECTs: UNION, INTERSECT, EXCEPT. SQLAlchemy's CompoundSelect.
template <class... Ts> class Compound : public detail::SelectOperations<Compound<Ts...>, Ts...> {
public:
  using detail::SelectOperations<Compound<Ts...>, Ts...>::SelectOperations;
};

/// A SELECT whose rows are (Ts…): values of expressions and whole mapped objects.
template <class... Ts> class Select : public detail::SelectOperations<Select<Ts...>, Ts...> {
  using Core = detail::SelectCore;
  using Base = detail::SelectOperations<Select<Ts...>, Ts...>;

public:
  using Base::Base;

  /// Adds a condition; several are joined by AND.
  Select where(const Expression<bool> &condition) const {
    return this->with([&](Core &core) { core.add_where(condition.node()); });
  }
  /// Adds something to FROM that no selected item names: a class, an alias, a subquery, a CTE or a
  /// table.
  template <class T> Select from() const { return with_from({.type = &detail::type_id<T>}); }
  template <detail::from_clause F> Select from(const F &source) const {
    return with_from(source.from_ref());
  }
  Select from(const Table &table) const { return with_from({.table = &table}); }

  /// Joins the target of a relationship: `join<&User::addresses>()`. Its owner must be part of the
  /// statement; a table between the two is joined too. A class that is part of it already needs
  /// another name: `join(col<&Node::children>.of_type(alias<Node>("child")))`. SQLAlchemy's join().
  template <auto Member, class Entity = void> Select join() const {
    return with_join(detail::relationship_of<Member, Entity>(), detail::JoinKind::inner);
  }
  template <detail::relationship R> Select join(const R &relationship) const {
    return with_join(relationship.relationship(), detail::JoinKind::inner);
  }
  /// Joins the target of a relationship by a LEFT OUTER JOIN, which keeps rows without one: select
  /// the target as std::optional. SQLAlchemy's outerjoin().
  template <auto Member, class Entity = void> Select outer_join() const {
    return with_join(detail::relationship_of<Member, Entity>(), detail::JoinKind::left);
  }
  template <detail::relationship R> Select outer_join(const R &relationship) const {
    return with_join(relationship.relationship(), detail::JoinKind::left);
  }
  /// Joins a class, or an alias, subquery, CTE or table, on a condition.
  template <class T> Select join(const Expression<bool> &on) const {
    return with_join({.type = &detail::type_id<T>}, on, detail::JoinKind::inner);
  }
  template <detail::from_clause F> Select join(const F &target, const Expression<bool> &on) const {
    return with_join(target.from_ref(), on, detail::JoinKind::inner);
  }
  Select join(const Table &table, const Expression<bool> &on) const {
    return with_join({.table = &table}, on, detail::JoinKind::inner);
  }
  /// Joins a class, or an alias, subquery, CTE or table, on a condition by a LEFT OUTER JOIN, which
  /// keeps rows without one.
  template <class T> Select outer_join(const Expression<bool> &on) const {
    return with_join({.type = &detail::type_id<T>}, on, detail::JoinKind::left);
  }
  template <detail::from_clause F>
  Select outer_join(const F &target, const Expression<bool> &on) const {
    return with_join(target.from_ref(), on, detail::JoinKind::left);
  }
  Select outer_join(const Table &table, const Expression<bool> &on) const {
    return with_join({.table = &table}, on, detail::JoinKind::left);
  }
  /// Joins a class, or an alias, subquery or CTE, on a condition by a FULL OUTER JOIN, which keeps
  /// the rows of both sides.
  template <class T> Select full_outer_join(const Expression<bool> &on) const {
    return with_join({.type = &detail::type_id<T>}, on, detail::JoinKind::full);
  }
  template <detail::from_clause F>
  Select full_outer_join(const F &target, const Expression<bool> &on) const {
    return with_join(target.from_ref(), on, detail::JoinKind::full);
  }

  /// Says, in a subquery, that the class is the enclosing statement's, though an item here names
  /// it. SQLAlchemy's correlate().
  template <class T> Select correlate() const {
    return this->with([](Core &core) { core.add_correlated(detail::type_id<T>); });
  }
  /// Makes one row of all rows with the same values of these operands: GROUP BY.
  template <detail::operand... Os> Select group_by(const Os &...operands) const {
    return this->with([&](Core &core) { (core.add_group(detail::node_of(operands)), ...); });
  }
  /// Keeps only groups that meet the condition; several are joined by AND.
  Select having(const Expression<bool> &condition) const {
    return this->with([&](Core &core) { core.add_having(condition.node()); });
  }
  /// Leaves out rows that are there twice.
  Select distinct() const {
    return this->with([](Core &core) { core.set_distinct(); });
  }
  /// Locks the rows until the transaction ends, where the database can; SQLite locks by itself, all
  /// rows at once. `Of`: the classes whose rows are locked; none: all that the statement reads
  /// from. Throws ArgumentError for skip_locked and nowait at once, and when it is written for a
  /// database that cannot do what they say, which SQLite cannot.
  template <class... Of> Select with_for_update(LockOptions options = {}) const {
    return this->with(
        [&](Core &core) { core.set_for_update({options, {&detail::type_id<Of>...}}); });
  }
  /// Adds further items: `select<User>().add_columns(count())`.
  template <detail::item... Is> auto add_columns(const Is &...items) const {
    Core copy(this->core_);
    (detail::add_item(copy, items), ...);
    return Select<Ts..., detail::result_t<Is>...>(std::move(copy));
  }

private:
  Select with_from(detail::FromRef source) const {
    return this->with([&](Core &core) { core.add_from(std::move(source)); });
  }
  Select with_join(detail::FromRef target, const Expression<bool> &on,
                   detail::JoinKind kind) const {
    return this->with([&](Core &core) { core.add_join(std::move(target), on.node(), kind); });
  }
  Select with_join(detail::RelationshipUse relationship, detail::JoinKind kind) const {
    return this->with([&](Core &core) { core.add_join(std::move(relationship), kind); });
  }
};

/// SELECT of whole mapped objects; `std::optional<T>` for a class that is joined by outer_join.
template <class... Entities>
  requires(sizeof...(Entities) > 0)
Select<Entities...> select() {
  detail::SelectCore core;
  (core.add_entity({.type = &detail::type_id<detail::strip_t<Entities>>}), ...);
  return Select<Entities...>(std::move(core));
}

/// SELECT of expressions and aliases: `select(col<&User::name>, count())`.
template <detail::item... Is>
  requires(sizeof...(Is) > 0)
auto select(const Is &...items) {
  detail::SelectCore core;
  (detail::add_item(core, items), ...);
  return Select<detail::result_t<Is>...>(std::move(core));
}

template <class... Is>
  requires(detail::composite<Is> || ...)
void select(const Is &...) {
  static_assert(sizeof...(Is) == 0,
                "declorm: select() takes one column each; of a composite select the columns, "
                "attr<T>(\"member.column\"), or select the class with select<T>()");
}

/// Whether the SELECT has any row: `exists(select<Address>().where(…))`.
template <detail::selects S> Expression<bool> exists(const S &select) {
  return Expression<bool>(
      detail::unary_node(detail::Operator::exists, detail::subquery_node(select.core().shared())));
}

template <class... Ts>
Compound<Ts...> TextClause::columns(std::initializer_list<std::string> names) const {
  static_assert(sizeof...(Ts) > 0 && (detail::is_value<Ts> && ...),
                "declorm: text().columns<…>() takes the types of values; objects are read by name, "
                "with connection.execute(text(…)).into<T>()");
  return Compound<Ts...>(detail::SelectCore::of_text(node(), names));
}

} // namespace declorm

#endif // DECLORM_SELECT_H
