// mapping.h: What the annotations mean: tables, columns, attributes.
//
// map: a Program in, its Mapping out. Here, once for the plugin, declorm-check and configure,
// mixins are copied into classes, names are made, placeholders filled, and options read. The result
// is still plain data with places; configure makes Tables and Mappers of it, the rules look for
// conflicts in it.
#ifndef DECLORM_MODEL_MAPPING_H
#define DECLORM_MODEL_MAPPING_H

#include "runtime/model/diagnostic.h"
#include "runtime/model/expression/ast.h"
#include "runtime/model/hooks.h"
#include "runtime/model/joins.h"
#include "runtime/model/program.h"

#include <map>

namespace declorm::model {

struct ColumnDecl;
struct MappedClass;

/// The column a foreign key refers to, if a class declares its table.
struct ForeignKeyLink {
  const MappedClass *class_ = nullptr;
  const ColumnDecl *column = nullptr;
  Location table_place, column_place; ///< of the two names in the string
};

/// `foreign_key("users.id")` on a column.
struct ForeignKeyDecl {
  std::string target; ///< "table.column" or "schema.table.column", placeholders filled
  std::string on_delete, on_update;
  bool deferrable = false;
  Location location;
  ForeignKeyLink link = {};
};

/// A default: none, a value, or a function.
using DefaultDecl = std::variant<std::monostate, Value, Function>;

/// A composite in a std::optional that a column's member stands in.
struct OptionalDecl {
  const Member *member = nullptr;     ///< of `declared_in`
  const Class *declared_in = nullptr; ///< the class whose body holds it
  std::uint64_t holder = 0;           ///< offset of the object of that class in the mapped class
};

/// What few columns say of themselves.
struct RareOptions {
  std::string sql_type;                                                     ///< "" : from the type
  std::string server_default, default_sql, onupdate_sql, computed, comment; ///< raw SQL or ""
  DefaultDecl default_value, onupdate;
  bool stored = false; ///< computed when the row is written
  std::optional<Value> unset, null_value;
  std::string deferred_group;          ///< of a deferred column; "" : it is in none
  std::vector<OptionalDecl> optionals; ///< outermost first
};

/// One column as declared, with the member it belongs to. A program has many: what is rare stands
/// apart, so that the others stay small.
struct ColumnDecl {
  std::string name;
  const Member *member = nullptr;     ///< of `declared_in`
  const Class *declared_in = nullptr; ///< the class or mixin whose body holds the member
  /// The mapped class, base or mixin whose body holds the member, or the first of `outer`.
  const Class *base = nullptr;
  /// Offset of the object of class `declared_in` in the mapped class.
  std::uint64_t holder = 0;
  /// Offset of the member in the mapped class; no_offset when only an accessor reaches it.
  std::uint64_t offset = detail::no_offset;
  /// Further members on the way, outermost first: a composite's member holds the column's member.
  std::vector<const Member *> outer;

  bool nullable = false;
  bool primary_key = false;
  bool unique = false;
  bool index = false;
  bool deferred = false; ///< left out of SELECTs until it is asked for
  bool enum_names = false;
  std::optional<bool> autoincrement;
  unsigned length = 0;                                  ///< characters; 0: none given
  std::optional<std::pair<unsigned, unsigned>> numeric; ///< precision, scale
  std::vector<ForeignKeyDecl> foreign_keys;
  int sort_order = 0;
  std::vector<RareOptions> rare_options; ///< one, or none if nothing rare was given

  const RareOptions &rare() const {
    static const RareOptions none;
    return rare_options.empty() ? none : rare_options.front();
  }
  RareOptions &add_rare() {
    return rare_options.empty() ? rare_options.emplace_back() : rare_options.front();
  }
  /// Of the member that the class itself declares.
  const Location &location() const { return (outer.empty() ? member : outer.front())->location; }
};

enum class ConstraintKind { primary_key, unique, foreign_key, check };

/// A table constraint of the class head.
struct ConstraintDecl {
  ConstraintKind kind = ConstraintKind::unique;
  std::string name; ///< "" : unnamed
  std::vector<std::string> columns;
  std::vector<std::string> referred; ///< foreign key: "table.column" each
  std::string on_delete, on_update;  ///< foreign key
  bool deferrable = false;           ///< foreign key
  std::string sql;                   ///< check
  std::vector<ForeignKeyLink> links; ///< foreign key: parallel to `referred`
  Location location;
};

/// An index of the class head.
struct IndexDecl {
  std::string name; ///< "" : ix_<table>_<columns>
  std::vector<std::string> columns;
  /// If one of its parts is no column: all of them in order, raw SQL or a name in `columns`.
  std::vector<std::string> expressions;
  std::string where; ///< the condition of a partial index, raw SQL; "" : it has all rows
  bool unique = false;
  Location location;
};

/// A table as one class declares it.
struct TableDecl {
  std::string name, schema;
  std::string metadata;            ///< "" : the default MetaData
  std::vector<ColumnDecl> columns; ///< in DDL order
  std::vector<ConstraintDecl> constraints;
  std::vector<IndexDecl> indexes;
  std::vector<std::pair<std::string, std::string>> options, info;
  std::string comment;
  Location location; ///< of the annotation that named it

  /// "schema.name" or "name".
  std::string full_name() const { return schema.empty() ? name : schema + "." + name; }
};

/// What a name in a string stands for: a column, another attribute, or a column of a table that no
/// class declares; or nothing.
struct NameTarget {
  const MappedClass *class_ = nullptr;  ///< whose attribute it is
  const ColumnDecl *column = nullptr;   ///< of its table
  const Member *member = nullptr;       ///< a column_property, hybrid or synonym instead
  std::string table, table_column = {}; ///< a table that may have been made by hand, its column

  bool found() const { return column || member; }
};

/// `column_property("…")`, `primaryjoin("…")`: a string in the expression language. Points into the
/// Program and the Mapping.
struct ExpressionDecl {
  const Annotation *annotation = nullptr;
  /// The member it stands on: member, declared_in, holder, offset. No member: the class head.
  ColumnDecl attribute;
  ExprTree tree;
  std::vector<NameTarget> targets; ///< parallel to tree.nodes; of the names
  Location location;               ///< of the string
  /// Names that another translation unit, or a table made by hand, may yet give a meaning.
  Diagnostics unresolved;
};

/// How a class has to do with the mapped class it derives from.
enum class Inheritance : unsigned char {
  none,     ///< it derives from none
  single,   ///< its rows stand in the parent's table
  joined,   ///< its rows continue the parent's, in a table of its own
  concrete, ///< it has a table of its own and shares nothing
};

/// A column by the class whose table it stands in.
struct ColumnRef {
  const MappedClass *class_ = nullptr;
  unsigned index = 0; ///< in the table's columns

  const ColumnDecl &column() const;
  friend bool operator==(const ColumnRef &, const ColumnRef &) = default;
};

/// A member of a class that derives from a mapped one, with the columns that hold its value.
struct AttributeDecl {
  ColumnDecl place;               ///< the member as this class has it
  std::vector<ColumnRef> columns; ///< the class's own table first, then towards the root's
  /// Members of bases that the class declares again: kept equal to this one.
  std::vector<ColumnDecl> redeclared;
  bool inherited = false; ///< the parent has it too
};

/// `own` = `parent`: how the row of a joined class is found from its parent's.
struct JoinLink {
  ColumnRef own, parent;
};

/// The attribute whose column tells the classes of a hierarchy apart.
struct DiscriminatorDecl {
  unsigned attribute = 0; ///< of the root: index in its table's columns
  Location location;
};

/// The column that counts the versions of a class's rows, and what makes the next version.
struct VersionDecl {
  ColumnRef column;
  Location location;
  bool by_server = false;                 ///< version_id_generator(false)
  Function generator = {};                ///< an empty name: the version is counted
  const Class *generator_class = nullptr; ///< that says what makes it
};

/// The value in the discriminator that stands for a class.
struct IdentityDecl {
  Value value;
  Location location;
};

/// Why a class is read from a union of tables.
enum class UnionKind : unsigned char {
  base,          ///< concrete_base: its own table is one of them
  abstract_base, ///< abstract_concrete_base: it has no table
  made,          ///< table_from: a function of the program makes the union, or any other Table
};

/// What a class is read from whose subclasses have tables of their own.
struct UnionDecl {
  UnionKind kind = UnionKind::base;
  std::string type_column; ///< that tells whose table a row comes from; made: "" : none
  /// The classes whose tables are read: the class itself if it declares one, then those below it.
  /// Those that a function makes may turn out to be unions themselves, and are none then.
  std::vector<const MappedClass *> parts;
  Function table_from; ///< made
  std::string
      table_name; ///< made: the Table of that name in the MetaData instead; "" : by function
  Location location;
};

/// What is done to the objects that a relationship leads to; bits.
enum Cascade : unsigned char {
  cascade_save_update = 1,
  cascade_merge = 2,
  cascade_expunge = 4,
  cascade_refresh = 8, ///< "refresh-expire"
  cascade_delete = 16,
  cascade_delete_orphan = 32,
  cascade_all = 31, ///< "all": every one but delete-orphan
  cascade_default = cascade_save_update | cascade_merge,
};

/// When a relationship's member is filled.
enum class Loading : unsigned char {
  when_asked, ///< by session.load(), an option of the query or, if it is lazy, the first touch
  selectin,   ///< with the object, by one more SELECT for all objects of a query
  joined,     ///< with the object, by an outer join
  raise,      ///< like when_asked, but a touch of a lazy member is an error
  never,      ///< like when_asked, but a touch of a lazy member shows nothing
};
/// Whether it is filled with the object.
constexpr bool is_eager(Loading loading) {
  return loading == Loading::selectin || loading == Loading::joined;
}

/// What a relationship was told about its objects and rows: the same as declared and at run time.
struct RelationshipOptions {
  unsigned char cascade = cascade_default; ///< bits of Cascade
  Loading loading = Loading::when_asked;
  bool viewonly = false;
  bool passive_deletes = false;
  bool passive_deletes_all = false; ///< passive_deletes("all"): never set to NULL either
  bool passive_updates = true;
  bool post_update = false;
};

/// A relationship as one mapped class has it.
struct RelationshipDecl : RelationshipOptions {
  ColumnDecl place; ///< the member: member, declared_in, holder, offset; no column
  /// `relationship`; null for a member that the other side's `backref` names.
  const Annotation *annotation = nullptr;
  Location location; ///< of that annotation, or of the `backref`

  const MappedClass *owner = nullptr;  ///< the class that has the member
  const MappedClass *target = nullptr; ///< null if no class of the program is meant
  std::string target_name;             ///< qualified, as far as known; for messages
  Diagnostics unresolved;     ///< why there is none, if another translation unit may yet have it
  std::string other_side;     ///< the member that `back_populates` or `backref` names
  bool names_backref = false; ///< `backref` does
  Location other_side_location;
  /// The other side, which `back_populates` and `backref`, on either, name; null: this is the only
  /// side, or the other is not known here.
  const RelationshipDecl *partner = nullptr;

  /// It says nothing of its join, the partner does: its join is the partner's, turned round.
  bool joins_as_partner = false;
  /// How the declared tables join; none, if they do not tell: configure finds it from the Tables.
  std::optional<Join> join; ///< its columns are ColumnDecls

  // Strings, parsed, in the class's `expressions`; null: not given, or a function is.
  const ExpressionDecl *primaryjoin = nullptr, *secondaryjoin = nullptr;
  std::vector<const ExpressionDecl *> order_by, foreign_keys, remote_side;
  // Functions of the program; an empty name: not given.
  Function primaryjoin_function, secondaryjoin_function, order_by_function, secondary_function;

  std::string secondary; ///< "table" or "schema.table", placeholders filled; "" : none by name
  const MappedClass *secondary_class = nullptr; ///< that declares it; null: a Table made by hand
  Location secondary_location;
  std::string map_key; ///< an attribute of the target; "" : none

  const std::string &name() const { return place.member->name; }
  const Type &type() const { return place.member->type; }
  bool is_list() const {
    return type().container != Container::none || type().code == TypeCode::lazy_list;
  }
};

/// A mapped class. Points into the Program it was made from and to other classes of the Mapping.
struct MappedClass {
  const Class *class_ = nullptr;
  /// The class's own table. Of a class in its parent's: only the name, for messages.
  TableDecl table;
  std::string registry;        ///< "" : the default Registry
  bool always_refresh = false; ///< each row that is read overwrites what is in memory
  bool manual = false;         ///< registered by a call only, which is still to come
  std::vector<ExpressionDecl> expressions;
  /// Those that the class or a base of it without a mapping of its own declares; of a concrete
  /// class also those of its bases.
  std::vector<RelationshipDecl> relationships;
  /// Nothing of the class can be unseen: it compiled, all its bases are known, and its columns do
  /// not come from the database.
  bool complete = true;
  /// No annotation of its head, or of one of its bases', can be unseen.
  bool is_head_known = true;
  /// Where it is not complete: the only members that may be more than is known; none: any may.
  std::vector<std::string> doubtful;
  /// deferred_reflection, of the class or of one it derives from: its table is that of the
  /// database, and its members name some of the columns. Its group; "" : the one without a name.
  /// Of a class that a call maps, "": its table is the one that the call was given.
  std::optional<std::string> deferred;

  Inheritance inheritance = Inheritance::none;
  const MappedClass *parent = nullptr;            ///< the nearest mapped base
  std::vector<const MappedClass *> other_parents; ///< mapped bases beside it: an error
  std::vector<MappedClass *> children; ///< in the order their columns come in a shared table
  /// The class with whose objects this one's share their keys: the top of the hierarchy; of a
  /// concrete class itself.
  const MappedClass *root = nullptr;
  const MappedClass *table_class = nullptr; ///< the class whose table its own columns stand in
  bool polymorphic_abstract = false;
  std::optional<IdentityDecl> identity;
  std::optional<DiscriminatorDecl> discriminator; ///< of a root
  /// Of the class that declares it; those below have the same.
  std::optional<VersionDecl> version;
  /// mapper_primary_key of a root: the columns that identify an object, whatever the table's key
  /// is. Empty: the table's key does.
  std::vector<std::string> mapper_key;
  /// How many columns of the table are the class's own; those of subclasses without a table follow.
  std::size_t own_columns = 0;
  /// The subclass that each of those came from: parallel to table.columns, from own_columns on.
  std::vector<const MappedClass *> column_classes;
  /// Of single and joined classes, the root's first; of a concrete class that declares members of
  /// its bases again. The others' are the columns of the table.
  std::vector<AttributeDecl> attributes;
  std::vector<JoinLink> links; ///< joined; empty if they could not be found
  std::optional<UnionDecl> concrete_union;
  std::vector<HookDecl> hooks; ///< in the order of their calls
  std::vector<ValidatorDecl> validators;

  /// Whether a member or column of that name may be unseen.
  bool may_have(std::string_view name) const;

  /// Whether it declares a table.
  bool has_table() const {
    return table_class == this && (!concrete_union || concrete_union->kind == UnionKind::base);
  }
  /// The class that declares the column at `index` of the table.
  const MappedClass &declarer(std::size_t index) const {
    return index < own_columns ? *this : *column_classes[index - own_columns];
  }
  /// Whether it is `other` or derives from it, rows shared.
  bool is_below(const MappedClass &other) const {
    for (const MappedClass *at = this; at; at = at->up())
      if (at == &other)
        return true;
    return false;
  }
  /// The class whose attributes this one inherits; null for a root and a concrete class.
  const MappedClass *up() const { return root == this ? nullptr : parent; }
};

inline const ColumnDecl &ColumnRef::column() const { return class_->table.columns[index]; }

/// Calls `function(const ColumnDecl &place, ColumnRef)` for each attribute of the class: its place
/// in the class, and the column it is read from.
template <class Function> void for_each_attribute(const MappedClass &mapped, Function function) {
  for (const AttributeDecl &attribute : mapped.attributes)
    function(attribute.place, attribute.columns.front());
  if (mapped.attributes.empty())
    for (unsigned i = 0; i != mapped.own_columns; ++i)
      function(mapped.table.columns[i], ColumnRef{&mapped, i});
}

struct Mapping {
  std::vector<MappedClass> classes; ///< in the Program's order
  std::vector<MappedClass> rows;    ///< `row` structs: columns of no table

  /// The mapped class of that key, or null. Logarithmic.
  const MappedClass *find(std::string_view key) const;

  std::vector<std::size_t> by_key; ///< indexes into `classes`, sorted by key; made by map
};

/// What the database says of a table that was reflected for a class, where it matters to the
/// meaning of annotations.
struct ReflectedShape {
  std::vector<std::string> columns; ///< names, in the table's order
  std::vector<std::string> key;     ///< in key order
  struct ForeignKey {
    std::vector<std::string> columns, referred; ///< "table.column" each
  };
  std::vector<ForeignKey> foreign_keys;
};

/// By the classes' keys.
using ReflectedShapes = std::map<std::string, ReflectedShape, std::less<>>;

/// Reads the annotations of `program`, which must outlive the result. What cannot be understood is
/// reported to `diagnostics` (no such column in a constraint, a bad placeholder) and left out.
/// `reflected`: of classes with deferred_reflection; it orders their columns, names the key that a
/// class takes from its parent, and joins the two.
Mapping map(const Program &program, Diagnostics &diagnostics,
            const ReflectedShapes &reflected = {});

/// All findings, each once, sorted by place: what `map` reports and what the rules find. `only`
/// holds rule ids; empty: every rule.
Diagnostics check(const Program &program, const std::vector<std::string> &only = {});

/// The same for a Mapping that was made before; `reported` is what `map` reported.
Diagnostics check(const Program &program, const Mapping &mapping, Diagnostics reported,
                  const std::vector<std::string> &only = {});

} // namespace declorm::model

#endif // DECLORM_MODEL_MAPPING_H
