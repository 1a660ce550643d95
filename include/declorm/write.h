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

/// A column in a braced list.
struct AnyColumn {
  NodePtr node;
  template <operand O> AnyColumn(const O &column) : node(node_of(column)) {}
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

/// INSERT, UPDATE or DELETE of the rows of one class. Ts: what returning() asks for.
template <class T, detail::WriteKind K, class... Ts> class Write {
  using Core = detail::WriteCore;
  static constexpr bool is_insert = K == detail::WriteKind::insert;

public:
  Write() : core_(K, detail::type_id<T>) {}
  explicit Write(Core core) : core_(std::move(core)) {}

  /// A row to insert; once more for a further row with the same columns.
  template <std::same_as<Assignment>... As>
    requires is_insert
  Write values(const As &...assignments) const {
    return with([&](Core &core) { core.add_row({assignments...}); });
  }
  /// The same, composed at run time.
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
  template <detail::operand... Cs>
    requires is_insert
  Write on_conflict_do_nothing(const Cs &...columns) const {
    return with([&](Core &core) { core.set_conflict({detail::node_of(columns)...}, {}, false); });
  }
  /// Where a row with the same values in `columns` (a unique constraint) is there already, changes
  /// that one: `on_conflict_do_update({col<&User::name>}, col<&User::age> =
  /// excluded(col<&User::age>))`.
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

  /// The columns to change.
  template <std::same_as<Assignment>... As>
    requires(K == detail::WriteKind::update)
  Write set(const As &...assignments) const {
    return with([&](Core &core) { core.add_set({assignments...}); });
  }
  /// The same, composed at run time.
  Write set(const std::vector<Assignment> &assignments) const
    requires(K == detail::WriteKind::update)
  {
    return with([&](Core &core) { core.add_set(assignments); });
  }
  Write where(const Expression<bool> &condition) const
    requires(!is_insert)
  {
    return with([&](Core &core) { core.add_where(condition.node()); });
  }
  /// Further tables that where() and set() read.
  template <class U>
    requires(!is_insert)
  Write from() const {
    return with([](Core &core) { core.add_from({.type = &detail::type_id<U>}); });
  }
  template <detail::from_clause F>
    requires(!is_insert)
  Write from(const F &source) const {
    return with([&](Core &core) { core.add_from(source.from_ref()); });
  }
  template <class U>
    requires(!is_insert)
  Write join(const Expression<bool> &on) const {
    return from<U>().where(on);
  }
  template <detail::from_clause F>
    requires(!is_insert)
  Write join(const F &source, const Expression<bool> &on) const {
    return from(source).where(on);
  }

  /// Executing gives these of each row that was written: a range of tuples.
  template <detail::operand... Os>
    requires(sizeof...(Os) > 0)
  auto returning(const Os &...operands) const {
    Core copy(core_);
    (copy.add_returning(detail::node_of(operands)), ...);
    return Write<T, K, Ts..., detail::result_t<Os>...>(std::move(copy));
  }
  /// The whole rows, as objects.
  template <class Entity> auto returning() const {
    Core copy(core_);
    copy.add_returning(detail::FromRef{.type = &detail::type_id<Entity>});
    return Write<T, K, Ts..., Entity>(std::move(copy));
  }

  std::string sql(const Dialect &dialect) const { return core_.sql(dialect); }
  auto execute_on(Connection &connection) const {
    if constexpr (sizeof...(Ts) == 0)
      return core_.execute_on(connection);
    else
      return Rows<Ts...>(detail::Cursor(connection, core_));
  }
  const Core &core() const { return core_; }

private:
  template <class F> Write with(F change) const {
    Write copy(*this);
    change(copy.core_);
    return copy;
  }
  Core core_;
};

template <class T> Write<T, detail::WriteKind::insert> insert() { return {}; }
template <class T> Write<T, detail::WriteKind::update> update() { return {}; }
template <class T> Write<T, detail::WriteKind::remove> delete_() { return {}; }

} // namespace declorm

#endif // DECLORM_WRITE_H
