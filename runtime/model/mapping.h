// mapping.h: What the annotations mean: tables, columns, attributes.
//
// map: a Program in, its Mapping out. Here, once for the plugin, declorm-check and configure,
// mixins are copied into classes, names are made, placeholders filled, and options read. The result
// is still plain data with places; configure makes Tables and Mappers of it, the rules look for
// conflicts in it.
#ifndef DECLORM_MODEL_MAPPING_H
#define DECLORM_MODEL_MAPPING_H

#include "runtime/model/diagnostic.h"
#include "runtime/model/program.h"

namespace declorm::model {

/// `foreign_key("users.id")` on a column.
struct ForeignKeyDecl {
  std::string target; ///< "table.column" or "schema.table.column", placeholders filled
  std::string on_delete, on_update;
  bool deferrable = false;
  Location location;
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

/// A class with a table. Points into the Program it was made from.
struct MappedClass {
  const Class *class_ = nullptr;
  TableDecl table;
  std::string registry; ///< "" : the default Registry
  bool manual = false;  ///< registered by a call only
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
