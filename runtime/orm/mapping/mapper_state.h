// mapper_state.h: MapperState, all that orm knows of a mapped class: its fields, key and
// statements.
#ifndef DECLORM_ORM_MAPPING_MAPPER_STATE_H
#define DECLORM_ORM_MAPPING_MAPPER_STATE_H

#include "declorm/mapper.h"
#include "runtime/model/mapping.h"
#include "runtime/orm/mapping/deferred.h"
#include "runtime/orm/mapping/expressions.h"
#include "runtime/sql/entity.h"

#include <atomic>
#include <list>
#include <memory>
#include <mutex>

namespace declorm::detail {

class MapperStatements;
struct LazyBinding;
struct LoadPlan;
struct RelationshipState;

/// When a member counts as not given at INSERT.
enum class Unset : unsigned char {
  never,
  null, ///< nullopt
  zero, ///< 0, "" or nil: in a key that somebody makes
  value ///< the one of `unset(v)`
};

/// The values that a column gets by itself. Few columns have any.
struct MadeValues {
  Value unset; ///< Unset::value: what means "not given"
  void (*default_thunk)(void *, const void *) = nullptr;
  void (*onupdate_thunk)(void *, const void *) = nullptr;
  std::optional<Value> default_value, onupdate_value;
  /// The default of a Table that the program or a database made; null if there is none.
  const ColumnDefault *column_default = nullptr;
  std::string default_sql, onupdate_sql; ///< "" : none

  bool has_default() const { return default_thunk || default_value || column_default; }
  bool has_onupdate() const { return onupdate_thunk || onupdate_value || !onupdate_sql.empty(); }
};

/// What is known of a mapped column beyond its Field, which stands at the same position. A program
/// has many of these, so that what is rare stands apart.
struct ColumnInfo : MemberPlace {
  const Column *column = nullptr; ///< that is read: the class's own table's if it has one
  std::vector<const Column *> also_in_tables; ///< of the base's tables, which hold the same value
  Unset unset = Unset::never;
  std::vector<MadeValues> made_values; ///< one, or none if the column has no such value
  bool is_key = false;
  bool read_only = false;   ///< computed by the database
  bool server_made = false; ///< has a server default, default_sql, or is computed

  const MadeValues &made() const {
    static const MadeValues none;
    return made_values.empty() ? none : made_values.front();
  }
  MadeValues &add_made() {
    return made_values.empty() ? made_values.emplace_back() : made_values.front();
  }
  bool has_default() const { return made().has_default(); }
  bool has_onupdate() const { return made().has_onupdate(); }
  /// Returns the column that the table has the value in; null: the table has none.
  const Column *column_in(const Table &table) const {
    if (&column->table() == &table)
      return column;
    for (const Column *other : also_in_tables)
      if (&other->table() == &table)
        return other;
    return nullptr;
  }
};

/// The attribute that counts the versions of a class's rows.
struct VersionCounter {
  unsigned position = 0;
  bool by_server = false;    ///< the database makes the versions
  Thunk generator = nullptr; ///< makes the next version; null: it is counted
  std::string class_key;     ///< of the class whose object the generator is given
  std::uint64_t offset = 0;  ///< of that class in an object of the mapped one
};

/// A column of a table and the attribute that is written to it.
struct PartColumn {
  const Column *column = nullptr;
  unsigned position = 0; ///< of the attribute
  bool is_first = true;  ///< no table before this one has the attribute: here values are made
};

/// One of the tables that the rows of a class stand in: how its row is written.
struct TablePart {
  Table *table = nullptr;
  std::vector<PartColumn> columns;
  /// What finds the row: a column and the part of the mapper's key that it is.
  std::vector<std::pair<const Column *, unsigned>> key;
  std::vector<unsigned> maybe_unset;     ///< attributes made here whose Unset is not never
  std::vector<unsigned> onupdates;       ///< attributes made here with an onupdate
  std::optional<unsigned> generated_key; ///< the attribute that the database makes
  bool key_follows = false; ///< the key changes with that of the table above: ON UPDATE CASCADE
  bool has_version = false; ///< the version of the row stands here
};

/// Two members that hold one value: of a class and of a base whose member it redeclares, or of the
/// two ends of a join.
struct MirroredMember : MemberPlace {
  std::optional<Field> redeclared; ///< the base's member; if there is none, the attribute at `to`
  unsigned to = 0, from = 0;       ///< positions
};

/// One of several members that hold one value.
struct Mirror {
  unsigned position = 0;        ///< of the attribute whose column the value stands in
  std::optional<unsigned> copy; ///< the member of a base that the attribute's redeclares
};

/// The std::optional around a composite that the class holds.
struct CompositeGate : Gate {
  const model::Member *member = nullptr; ///< while the mapper is made
  std::string class_key;                 ///< of the class that declares the member
  unsigned member_index = 0;
};

/// A member that is a value class in several columns.
struct MappedComposite : MemberPlace, CompositeColumns {
  std::vector<unsigned> positions; ///< of the columns, parallel to `parts`
};

/// A function that is called for the objects of a class, or for the class.
struct Hook {
  Thunk thunk = nullptr;    ///< gets the object of the class that declares it, and the Session
  std::uint64_t holder = 0; ///< offset of that object in one of the mapped class
};

/// A function that checks the values of one member, or makes others of them.
struct Validator : Hook {
  std::string attribute;           ///< the member's name
  std::vector<unsigned> positions; ///< of its columns; none: it is a relationship
  /// Whether the member has one of these columns.
  bool has(unsigned position) const {
    return std::find(positions.begin(), positions.end(), position) != positions.end();
  }
};

/// The functions of a class that has any, those of its bases first.
struct MapperHooks {
  std::vector<Validator> validators;
  std::array<std::vector<Hook>, model::hook_names.size()> of; ///< by HookKind

  const std::vector<Hook> &at(model::HookKind kind) const { return of[std::size_t(kind)]; }
  std::vector<Hook> &at(model::HookKind kind) { return of[std::size_t(kind)]; }
  /// Calls those of `thunks` instead of those that are `gone`.
  void rebind(const std::vector<Thunk> &gone, const Thunk *thunks);
};

/// A relationship as the objects of one class have it. The class may have inherited it.
struct MappedRelationship {
  RelationshipState *state = nullptr;
  std::uint64_t upcast = 0; ///< from the object to the part of the class that declares it
  /// Of a lazy member: what one knows that waits and has no session.
  std::shared_ptr<const LazyBinding> without_session = nullptr;
};

/// The mapping of one class, which MapperBuilder makes. It does not change after configure but for
/// the statements, which are locked, the load plan, which is replaced when classes come later, and
/// what rebind() changes.
struct MapperState : Entity {
  // Which class it is.
  std::string key, qualified_name, name;
  TypeId type{};
  std::size_t size = 0, alignment = 1;
  unsigned flags = 0;             ///< ClassFlag
  std::string place;              ///< "model.h:12"
  bool always_refresh = false;    ///< rows overwrite what is in memory, whatever a query says
  std::atomic<bool> loaded{true}; ///< some loaded module has the class
  bool is_row = false;            ///< a `row` struct: its table is in no database
  void *(*construct)(void *) = nullptr;
  void (*destroy)(void *) = nullptr;
  struct BaseInfo {
    std::string key;
    TypeId type;
    std::uint64_t offset; ///< in an object of this class
  };
  /// The class itself and all registered bases.
  std::vector<BaseInfo> bases;

  // The hierarchy.
  Mapper *mapper = nullptr;      ///< that owns this
  MapperState *parent = nullptr; ///< whose attributes come first in this class; at their positions
  MapperState *root = nullptr;   ///< the top: objects below it share an identity map
  std::vector<MapperState *> children;
  std::optional<Value> identity;         ///< as it stands in the discriminator
  std::optional<unsigned> discriminator; ///< position
  /// Returns what the discriminator of an object holds if nobody gave it another value.
  const Value &default_discriminator() const;
  bool shares_table = false; ///< the own table is the parent's

  std::optional<VersionCounter> version;

  // Concrete classes.
  MapperState *concrete_parent = nullptr; ///< of the class it derives from
  std::vector<MapperState *> concrete_children;
  /// Returns what SELECTs for the class read: this, or another state of the class, whose table is
  /// the union of its table with those of the classes below it.
  MapperState &reader() const {
    MapperState *other = reader_.load(std::memory_order_acquire);
    return other ? *other : const_cast<MapperState &>(*this);
  }
  const MapperState *writer = nullptr;    ///< of a reader: the state that it reads for
  std::vector<MapperState *> union_parts; ///< of a reader: the classes whose rows it reads
  /// Replaces the reader. The old one stays alive, because statements may be using it.
  void set_reader(std::unique_ptr<MapperState> reader);

  // The tables of the class's rows, the root's first.
  std::vector<TablePart> parts;
  std::vector<EntityTable> entity_tables; ///< the same tables as SELECT joins them
  std::vector<MirroredMember> copies;     ///< in the order they are made
  /// The copies as groups of members that hold one value. The others follow the first one of a
  /// group if nobody set any.
  std::vector<std::vector<Mirror>> mirrors;
  const Field &field_of(const Mirror &mirror) const {
    return mirror.copy ? *copies[*mirror.copy].redeclared : all_fields[mirror.position];
  }
  /// Returns, parallel to `mirrors`, the packed values that their members hold in an object that
  /// was just constructed; "" : it is another value each time, or nobody knows.
  const std::vector<std::vector<std::string>> &mirror_defaults() const;

  // The attributes with columns, in the order in which they are selected.
  Table *table = nullptr; ///< the last of the parts'
  std::vector<const Column *> columns;
  std::vector<ColumnInfo> infos;
  std::vector<unsigned> key_positions; ///< primary key, in key order
  /// Positions in the order of packed snapshots: the key first.
  std::vector<unsigned> packed_positions;
  std::span<const Field> all_fields;    ///< of the attributes with columns, by position
  std::span<const Field> key_fields;    ///< of the key, in key order
  std::span<const Field> packed_fields; ///< in the order of packed_positions
  /// Takes the one array that those look into: the fields of all columns by position, and behind
  /// them those of the expressions that are loaded.
  void set_fields(std::vector<Field> fields);
  bool writes_back = false;  ///< an INSERT may change the object
  bool has_onupdate = false; ///< an UPDATE may
  bool has_computed = false; ///< some column is read-only

  /// Returns the statements in the words of a dialect. They are made at the first use and live as
  /// long as the mapper.
  MapperStatements &statements(const Dialect &dialect) const;

  // The attributes that are SQL expressions.
  std::vector<ExpressionInfo> expressions;
  std::vector<std::string> loaded_expressions; ///< names of those loaded into members
  std::span<const Field> load_fields;          ///< all_fields, then theirs
  std::vector<std::pair<const Column *, ExpressionSource>> comparisons;
  bool expressions_bound = false; ///< their names were found

  // What SELECTs for objects leave out until it is asked for.
  std::vector<DeferredAttribute> deferred;
  std::uint32_t deferred_bits = 0; ///< of all of them
  /// Returns the bit of the deferred attribute at `load_field` of load_fields; 0: it is not
  /// deferred.
  std::uint32_t deferred_bit(std::size_t load_field) const {
    for (const DeferredAttribute &attribute : deferred)
      if (attribute.load_field == load_field)
        return attribute.bit;
    return 0;
  }
  /// Returns, parallel to `deferred`, the packed values of the columns in an object that was just
  /// constructed; "": it is an expression, or nobody can construct one.
  const std::vector<std::string> &deferred_defaults() const;

  // The relationships. Those of the parent come first, at the same places.
  std::vector<MappedRelationship> relationships;
  std::vector<std::unique_ptr<RelationshipState>> own_relationships;
  bool loads_further = false; ///< some relationship, here or below, is loaded with each object
  bool is_linked = false;     ///< the target of some relationship
  /// Smart pointers refer to objects of the class: each is on its own in memory, with a control
  /// block.
  bool is_shared = false;

  // The functions that are called for its objects.
  std::unique_ptr<MapperHooks> hooks; ///< null: there is none
  bool has_hook(model::HookKind kind) const { return hooks && !hooks->at(kind).empty(); }

  // What fields point into.
  std::vector<FieldNames> names;  ///< one a column; views of what is above
  std::list<CompositeGate> gates; ///< outer ones before those within
  std::vector<MappedComposite> composites;
  std::list<Value> null_values;
  std::list<std::vector<std::pair<std::string, std::int64_t>>> enum_names;

  MapperState();
  ~MapperState() override;

  /// Lets `class_` (the mapped class or a base of it) take over from an equal copy whose module is
  /// unloaded, and whose functions for annotations were `gone`.
  void rebind(const Class &class_, const std::vector<Thunk> &gone);

  // Entity
  const std::string &class_name() const override { return qualified_name; }
  const Entity &written() const override { return writer ? *writer : *this; }
  const Table &mapped_table() const override { return *table; }
  std::vector<MadeColumn> made_by_insert() const override;
  std::vector<MadeColumn> made_by_update() const override;
  std::optional<MadeColumn> next_version(std::span<const Column *const> named) const override;
  std::span<const EntityTable> tables() const override { return entity_tables; }
  NodePtr restriction(const std::string &alias) const override;
  bool is_below(const Entity &other) const override;
  void fetched(void *object) const override { make_copies(object); }
  void fetched_alone(void *object) const override;
  std::span<const Column *const> selected_columns() const override { return columns; }
  std::span<const Field> fields() const override { return load_fields; }
  std::span<const std::string> selected_expressions() const override { return loaded_expressions; }
  NodePtr expression_of(std::string_view member, const std::string &alias) const override;
  NodePtr expression_of(const MemberRef &member, const std::string &alias) const override;
  NodePtr comparison_of(const Column &column, Operator op, const NodePtr &left,
                        const NodePtr &right) const override;
  const Column *column_of(const MemberRef &member) const override;
  const Column *column_of(std::string_view member) const override;
  const CompositeColumns *composite_of(const MemberRef &member) const override;
  const CompositeColumns *composite_of(std::string_view member) const override;
  const JoinPath *join_path(const MemberRef &member) const override;
  const JoinPath *join_path(std::string_view member) const override;
  std::vector<std::string> relationship_names() const override;
  ObjectValues values_of(const void *object) const override;
  std::vector<std::string> member_names() const override;
  bool is_a(const TypeId &other) const override;

  /// Brings members that stand for one value in step when some of them were read from a row, or
  /// made: what changed in an object is followed by follow_changed() instead.
  void make_copies(void *object) const;
  /// Returns where the part of an object that is a `base` begins.
  void *upcast(void *object, const MapperState &base) const {
    return static_cast<std::byte *>(object) + offset_of(base);
  }
  std::uint64_t offset_of(const MapperState &base) const;
  bool owns(const Table &some_table) const;
  /// Whether the class itself or a base begins at that offset of an object.
  bool has_base_at(std::size_t offset) const {
    if (offset == 0)
      return true;
    for (const BaseInfo &base : bases)
      if (base.offset == offset)
        return true;
    return false;
  }
  /// Returns how rows of a SELECT for this class become objects of their real classes; null if all
  /// of them are of this one.
  const LoadPlan *load_plan() const { return load_plan_.load(std::memory_order_acquire); }
  void set_load_plan(std::unique_ptr<const LoadPlan> plan);

private:
  void rebind_fields(const Class &class_);
  /// Calls `function(const void *)` with a new object of the class, if it can be constructed.
  template <class Function> void with_new_object(Function function) const;

  std::vector<Field> field_array_;
  std::atomic<MapperState *> reader_{nullptr};
  std::vector<std::unique_ptr<MapperState>> readers_;
  mutable std::once_flag default_discriminator_once_;
  mutable Value default_discriminator_;
  mutable std::once_flag mirror_defaults_once_;
  mutable std::vector<std::vector<std::string>> mirror_defaults_;
  mutable std::once_flag deferred_defaults_once_;
  mutable std::vector<std::string> deferred_defaults_;
  std::atomic<const LoadPlan *> load_plan_{nullptr};
  std::vector<std::unique_ptr<const LoadPlan>> load_plans_; ///< old ones too: they may be in use
  mutable std::mutex statements_mutex_;
  mutable std::vector<std::unique_ptr<MapperStatements>> statements_; ///< one a dialect
};

/// Returns how messages name a mapped class: "class 'User' (model.h:12)".
std::string describe(const MapperState &mapper);

/// Throws InvalidRequestError for a class without a primary key, which `allow("no-primary-key")`
/// permits: its rows cannot be told apart.
void require_key(const MapperState &mapper);

/// Throws InvalidRequestError for a class that is read from a union of tables and has none of its
/// own.
void require_table(const MapperState &mapper);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_MAPPER_STATE_H
