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
#include "runtime/model/program.h"

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

/// What few columns say of themselves.
struct RareOptions {
  std::string sql_type;                                                     ///< "" : from the type
  std::string server_default, default_sql, onupdate_sql, computed, comment; ///< raw SQL or ""
  DefaultDecl default_value, onupdate;
  std::optional<Value> unset, null_value;
};

/// One column as declared, with the member it belongs to. A program has many: what is rare stands
/// apart, so that the others stay small.
struct ColumnDecl {
  std::string name;
  const Member *member = nullptr;     ///< of `declared_in`
  const Class *declared_in = nullptr; ///< the class or mixin whose body holds the member
  /// From the mapped class to `declared_in` (to the class of `outer.front()` if there is one):
  /// index into Class::bases at each step.
  std::vector<unsigned> base_path;
  /// Offset in the mapped class; no_offset when a virtual base or an accessor is on the way.
  std::uint64_t offset = detail::no_offset;
  /// Further members on the way, outermost first: a composite's member holds the column's member.
  std::vector<const Member *> outer;

  bool nullable = false;
  bool primary_key = false;
  bool unique = false;
  bool index = false;
  bool deferred = false;
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
  std::string sql;                   ///< check
  std::vector<ForeignKeyLink> links; ///< foreign key: parallel to `referred`
  Location location;
};

/// An index of the class head.
struct IndexDecl {
  std::string name; ///< "" : ix_<table>_<columns>
  std::vector<std::string> columns;
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
  /// The member it stands on: member, declared_in, base_path, offset. No member: the class head.
  ColumnDecl attribute;
  ExprTree tree;
  std::vector<NameTarget> targets; ///< parallel to tree.nodes; of the names
  Location location;               ///< of the string
  /// Names that another translation unit, or a table made by hand, may yet give a meaning.
  Diagnostics unresolved;
};

/// A class with a table. Points into the Program it was made from.
struct MappedClass {
  const Class *class_ = nullptr;
  TableDecl table;
  std::string registry; ///< "" : the default Registry
  bool manual = false;  ///< registered by a call only
  std::vector<ExpressionDecl> expressions;
  /// Nothing of the class can be unseen: it compiled, and all its bases are known.
  bool complete = true;
};

struct Mapping {
  std::vector<MappedClass> classes; ///< in the Program's order
  std::vector<MappedClass> rows;    ///< `row` structs: columns of no table

  /// The mapped class of that key, or null. Logarithmic.
  const MappedClass *find(std::string_view key) const;

  std::vector<std::size_t> by_key; ///< indexes into `classes`, sorted by key; made by map
};

/// Reads the annotations of `program`, which must outlive the result. What cannot be understood is
/// reported to `diagnostics` (no such column in a constraint, a bad placeholder) and left out.
Mapping map(const Program &program, Diagnostics &diagnostics);

/// All findings, each once, sorted by place: what `map` reports and what the rules find. `only`
/// holds rule ids; empty: every rule.
Diagnostics check(const Program &program, const std::vector<std::string> &only = {});

/// The same for a Mapping that was made before; `reported` is what `map` reported.
Diagnostics check(const Program &program, const Mapping &mapping, Diagnostics reported,
                  const std::vector<std::string> &only = {});

} // namespace declorm::model

#endif // DECLORM_MODEL_MAPPING_H
