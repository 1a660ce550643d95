// write.h: INSERT, UPDATE and DELETE.
//
// They change rows without touching objects in sessions. SQLAlchemy's insert(), update(), delete().
#ifndef DECLORM_WRITE_H
#define DECLORM_WRITE_H

#include "declorm/select.h"

namespace declorm {

namespace detail {

enum class WriteKind : unsigned char { insert, update, remove };
struct WriteData;

/// The untyped half of a writing statement. Copies share their parts until one of them is changed.
class WriteCore {
public:
  WriteCore(WriteKind kind, const TypeId &entity);

  void add_row(std::vector<Assignment> row);
  void add_set(const std::vector<Assignment> &assignments);
  void set_source(SelectPtr select, std::vector<NodePtr> columns);
  void add_from(FromRef source);
  void add_where(const NodePtr &condition);
  void set_conflict(std::vector<NodePtr> columns, std::vector<Assignment> assignments,
                    bool updates);
  void add_conflict_where(const NodePtr &condition);
  /// The conditions of a query for the same class. Throws InvalidRequestError if it has more.
  void take_conditions(const SelectCore &query);
  void add_returning(NodePtr node);
  void add_returning(FromRef entity);

  std::string sql(const Dialect &dialect) const;
  Result execute_on(Connection &connection) const;
  const WriteData &data() const { return *data_; }

private:
  WriteData &own();
  std::shared_ptr<const WriteData> data_;
};

/// A column or composite in a braced list.
struct AnyColumn {
  NodePtr node;
  template <columns C> AnyColumn(const C &column) : node(node_of(column)) {}
};

template <class... Cs, class... Ts> constexpr void check_source(Rows<Ts...> *) {
  static_assert(sizeof...(Cs) == sizeof...(Ts),
                "declorm: from_select() needs as many columns as the select() has");
  if constexpr (sizeof...(Cs) == sizeof...(Ts))
    (check_comparable<Cs, Ts>(), ...);
}

} // namespace detail

/// The value that an insert which met a conflict wanted to write, for on_conflict_do_update().
template <detail::operand O> auto excluded(const O &column) {
  return Expression<detail::result_t<O>>(detail::excluded_node(detail::node_of(column)));
}
template <detail::composite C> auto excluded(const C &composite) {
  return Composite<typename C::composite_type>(detail::excluded_node(composite.node()));
}

/// INSERT, UPDATE or DELETE of the rows of one class. Ts: what returning() asks for. A value: each
/// builder returns a changed copy. What contradicts itself is an ArgumentError, at once or when the
/// statement is made into text or executed.
template <class T, detail::WriteKind K, class... Ts> class Write {
  using Core = detail::WriteCore;
  static constexpr bool is_insert = K == detail::WriteKind::insert;

public:
  /// Makes a statement that says nothing yet; insert(), update() and delete_() call it.
  Write() : core_(K, detail::type_id<T>) {}
  /// For returning(): makes a statement of its untyped half.
  explicit Write(Core core) : core_(std::move(core)) {}

  /// Adds a row to insert, by its columns' values: `values(col<&User::name> = "ed")`. Call it once
  /// more for a further row, with the same columns in the same order.
  template <std::same_as<Assignment>... As>
    requires is_insert
  Write values(const As &...assignments) const {
    return with([&](Core &core) { core.add_row({assignments...}); });
  }
  /// Adds a row to insert, composed at run time.
  Write values(std::vector<Assignment> row) const
    requires is_insert
  {
    return with([&](Core &core) { core.add_row(std::move(row)); });
  }
  /// Inserts the rows of a SELECT into these columns.
  template <detail::selects S, detail::operand... Cs>
    requires is_insert
  Write from_select(const S &select, const Cs &...columns) const {
    detail::check_source<Cs...>(static_cast<typename S::rows *>(nullptr));
    return with([&](Core &core) {
      core.set_source(select.core().shared(), {detail::node_of(columns)...});
    });
  }
  /// Rows that would break a uniqueness (of these columns; none: of any) are left out.
  template <detail::columns... Cs>
    requires is_insert
  Write on_conflict_do_nothing(const Cs &...columns) const {
    return with([&](Core &core) { core.set_conflict({detail::node_of(columns)...}, {}, false); });
  }
  /// Where a row with the same values in `columns` (a unique constraint) is there already, changes
  /// that one: `on_conflict_do_update({col<&User::name>}, col<&User::age> =
  /// excluded(col<&User::age>))`. Its version is counted as by update(), and nothing else is
  /// changed: no onupdate, as in SQLAlchemy.
  template <std::same_as<Assignment>... As>
    requires is_insert
  Write on_conflict_do_update(std::initializer_list<detail::AnyColumn> columns,
                              const As &...assignments) const {
    std::vector<detail::NodePtr> nodes;
    for (const detail::AnyColumn &column : columns)
      nodes.push_back(column.node);
    return with([&](Core &core) { core.set_conflict(std::move(nodes), {assignments...}, true); });
  }
  /// Only rows that meet the condition are changed by on_conflict_do_update().
  Write on_conflict_where(const Expression<bool> &condition) const
    requires is_insert
  {
    return with([&](Core &core) { core.add_conflict_where(condition.node()); });
  }

  /// Adds columns to change, and what they get: `set(col<&User::age> = col<&User::age> + 1)`.
  template <std::same_as<Assignment>... As>
    requires(K == detail::WriteKind::update)
  Write set(const As &...assignments) const {
    return with([&](Core &core) { core.add_set({assignments...}); });
  }
  /// Adds columns to change, composed at run time.
  Write set(const std::vector<Assignment> &assignments) const
    requires(K == detail::WriteKind::update)
  {
    return with([&](Core &core) { core.add_set(assignments); });
  }
  /// Adds a condition for the rows to change or delete; several are joined by AND. Without one, all
  /// rows are.
  Write where(const Expression<bool> &condition) const
    requires(!is_insert)
  {
    return with([&](Core &core) { core.add_where(condition.node()); });
  }
  /// Names a further table that where() and set() read: a class, or an alias, subquery or CTE.
  template <class U>
    requires(!is_insert)
  Write from() const {
    return with([](Core &core) { core.add_from({.type = &detail::type_id<U>}); });
  }
  /// Names a further table that where() and set() read: an alias, a subquery or a CTE.
  template <detail::from_clause F>
    requires(!is_insert)
  Write from(const F &source) const {
    return with([&](Core &core) { core.add_from(source.from_ref()); });
  }
  /// Names a further table that where() and set() read, and the condition that joins it: from() and
  /// where() in one.
  template <class U>
    requires(!is_insert)
  Write join(const Expression<bool> &on) const {
    return from<U>().where(on);
  }
  /// Names a further table that where() and set() read, an alias, a subquery or a CTE, and the
  /// condition that joins it.
  template <detail::from_clause F>
    requires(!is_insert)
  Write join(const F &source, const Expression<bool> &on) const {
    return from(source).where(on);
  }

  /// Makes executing it give these of each row that was written: a range of tuples. SQLAlchemy's
  /// returning().
  template <detail::operand... Os>
    requires(sizeof...(Os) > 0)
  auto returning(const Os &...operands) const {
    Core copy(core_);
    (copy.add_returning(detail::node_of(operands)), ...);
    return Write<T, K, Ts..., detail::result_t<Os>...>(std::move(copy));
  }
  /// Makes executing it give the whole rows, as objects. They belong to no session.
  template <class Entity> auto returning() const {
    Core copy(core_);
    copy.add_returning(detail::FromRef{.type = &detail::type_id<Entity>});
    return Write<T, K, Ts..., Entity>(std::move(copy));
  }

  /// Returns the text in the dialect's words. Throws ArgumentError for a statement that cannot be
  /// written.
  std::string sql(const Dialect &dialect) const { return core_.sql(dialect); }
  /// Executes it; Connection::execute() and Session::execute() call this. Gives Rows if there is a
  /// returning(), else a Result, whose rowcount() tells how many rows were written.
  auto execute_on(Connection &connection) const {
    if constexpr (sizeof...(Ts) == 0)
      return core_.execute_on(connection);
    else
      return Rows<Ts...>(detail::Cursor(connection, core_));
  }
  /// For Session and Query: the untyped half.
  const Core &core() const { return core_; }

private:
  template <class F> Write with(F change) const {
    Write copy(*this);
    change(copy.core_);
    return copy;
  }
  Core core_;
};

/// Begins an INSERT of rows of T: `insert<User>().values(col<&User::name> = "ed")`. Columns that it
/// does not name get what new objects get that do not set them: default_value, default_sql, the
/// first version, the discriminator. A function makes a value for each row that is given, when the
/// statement is executed or made into text, and one for the rows of from_select(). Throws
/// ArgumentError when it is executed, if T's rows stand in several tables. SQLAlchemy's insert().
template <class T> Write<T, detail::WriteKind::insert> insert() { return {}; }
/// Begins an UPDATE of rows of T: `update<User>().set(…).where(…)`; without where(), of all rows.
/// Columns of T's own table that it does not set get their onupdate and onupdate_sql, a function
/// called once for all rows, and a version is counted. Throws ArgumentError, when it is executed,
/// if the version is made by a function or stands in another table, and set() does not set it.
/// Objects in sessions are not touched, but by Session::execute() become stale. SQLAlchemy's
/// update().
template <class T> Write<T, detail::WriteKind::update> update() { return {}; }
/// Begins a DELETE of rows of T: `delete_<User>().where(…)`; without where(), of all rows. Cascades
/// of relationships are not followed, only those of foreign keys in the database. Throws
/// ArgumentError when it is executed, if T's rows stand in several tables. SQLAlchemy's delete().
template <class T> Write<T, detail::WriteKind::remove> delete_() { return {}; }

} // namespace declorm

#endif // DECLORM_WRITE_H
