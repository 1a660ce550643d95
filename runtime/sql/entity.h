// entity.h: what the SQL layer needs to know about a mapped class.
//
// orm's Mapper is one; the SQL layer knows no other thing of the layer above.
#ifndef DECLORM_SQL_ENTITY_H
#define DECLORM_SQL_ENTITY_H

#include "declorm/operand.h"
#include "declorm/registration.h"
#include "declorm/schema.h"
#include "runtime/engine/field.h"
#include "runtime/sql/join_path.h"

#include <functional>
#include <span>

namespace declorm::detail {

/// One of the tables that the rows of a class stand in.
struct EntityTable {
  const Table *table = nullptr;
  /// How its row is found: its column = one of a table before it. Empty for the first.
  std::vector<std::pair<const Column *, const Column *>> on;
};

/// What a statement writes into a column that it does not name: SQL, or what a function makes.
struct MadeColumn {
  const Column *column = nullptr;
  std::string sql;                 ///< as `default_sql` says it; "" : `make` makes a value
  std::function<NodePtr()> make{}; ///< called for each row
};

/// What the columns of a class's tables hold for one object.
struct ObjectValues {
  std::vector<std::pair<const Column *, Value>> values; ///< the primary key first
  std::size_t key_size = 0;

  const Value *of(const Column &column) const {
    for (const auto &[known, value] : values)
      if (known == &column)
        return &value;
    return nullptr;
  }
};

/// A member that is a value class in several columns.
struct CompositeColumns {
  struct Part {
    std::string attribute; ///< of the mapped class, "start.x"
    Field field;           ///< in an object of the value class
  };
  TypeId owner{}; ///< the mapped class
  TypeId value_type{};
  std::vector<Part> parts;
};

/// A class with a table: its columns in the order they are selected, and how to reach the members.
class Entity {
public:
  virtual ~Entity() = default;
  /// Whether fetched() has anything to do.
  bool needs_fetched = false;
  /// Called when a row was read into an object.
  virtual void fetched(void *object) const = 0;
  /// Whether fetched_alone() has anything to do.
  bool has_lazies = false;
  /// Called when a row was read into an object that no session holds.
  virtual void fetched_alone(void *object) const = 0;
  virtual const std::string &class_name() const = 0; ///< qualified
  /// The class as it is written, if this is what it is read from: with its own table in place of
  /// the union with those of its subclasses.
  virtual const Entity &written() const { return *this; }
  /// The class's own table: the last of tables().
  virtual const Table &mapped_table() const = 0;
  /// What an INSERT writes into the columns of that table which it does not name.
  virtual std::vector<MadeColumn> made_by_insert() const = 0;
  /// The same of an UPDATE of many rows, but for their version.
  virtual std::vector<MadeColumn> made_by_update() const = 0;
  /// What counts the versions of the rows that a statement changes, unless it names the version
  /// among the columns that it sets. Throws ArgumentError if nothing can, because a function makes
  /// them for each object, or because they stand in another table.
  virtual std::optional<MadeColumn> next_version(std::span<const Column *const> named) const = 0;
  /// Where its rows stand: its base's tables first.
  virtual std::span<const EntityTable> tables() const = 0;
  /// What tells its rows from those of other classes in its tables, on the columns of `alias`; or
  /// null.
  virtual NodePtr restriction(const std::string &alias) const = 0;
  /// Whether objects of this class are objects of `other`, with the same rows.
  virtual bool is_below(const Entity &other) const = 0;
  virtual std::span<const Column *const> selected_columns() const = 0;
  /// Parallel to selected_columns(), then to selected_expressions().
  virtual std::span<const Field> fields() const = 0;
  /// The column of a member of this class or a base of it; or null.
  virtual const Column *column_of(const MemberRef &member) const = 0;
  /// The column of a member by name; or null.
  virtual const Column *column_of(std::string_view member) const = 0;
  /// Of attributes that are SQL expressions and are loaded: their names. They are selected behind
  /// the columns, and so are their fields.
  virtual std::span<const std::string> selected_expressions() const = 0;
  /// That expression, or that of any attribute that is one, on the columns of `alias`; or null.
  virtual NodePtr expression_of(std::string_view member, const std::string &alias) const = 0;
  virtual NodePtr expression_of(const MemberRef &member, const std::string &alias) const = 0;
  /// How the column is compared, if it has a way of its own; or null.
  virtual NodePtr comparison_of(const Column &column, Operator op, const NodePtr &left,
                                const NodePtr &right) const = 0;
  /// The composite that the member is; or null.
  virtual const CompositeColumns *composite_of(const MemberRef &member) const = 0;
  virtual const CompositeColumns *composite_of(std::string_view member) const = 0;
  /// The relationship that the member is; or null.
  virtual const JoinPath *join_path(const MemberRef &member) const = 0;
  virtual const JoinPath *join_path(std::string_view member) const = 0;
  virtual std::vector<std::string> relationship_names() const = 0;
  /// Throws InvalidRequestError if the object has no key yet.
  virtual ObjectValues values_of(const void *object) const = 0;
  virtual std::vector<std::string> member_names() const = 0;
  /// Whether it is `type` or derives from it.
  virtual bool is_a(const TypeId &type) const = 0;
};

/// The mapped class, or null for a class that has no table (a mixin). Configures first.
/// Throws UnmappedClassError for a class that was never registered. Defined by the layer above.
const Entity *find_entity(const TypeId &type);
/// The same, but a class without a table is an UnmappedClassError too.
const Entity &entity_of(const TypeId &type);

/// The class's name as in the source: "… [T = app::User]" to "app::User".
inline std::string spelled(const TypeId &type) {
  std::string_view name = type.name;
  const std::size_t begin = name.find("T = ");
  if (begin != std::string_view::npos)
    name.remove_prefix(begin + 4);
  if (!name.empty() && name.back() == ']')
    name.remove_suffix(1);
  return std::string(name);
}

inline bool operator==(const TypeId &left, const TypeId &right) {
  return left.tag == right.tag || std::string_view(left.name) == right.name;
}

} // namespace declorm::detail

#endif // DECLORM_SQL_ENTITY_H
