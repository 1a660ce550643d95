// plan.h: which classes a schema becomes, with all names and annotations, as plain data.
//
// In: the tables of a MetaData. Out: a Plan, which the writer prints.
#ifndef DECLORM_AUTOMAP_PLAN_H
#define DECLORM_AUTOMAP_PLAN_H

#include "utils/declorm-automap/cpp_type.h"
#include "utils/declorm-automap/naming.h"

namespace declorm::automap {

struct PlanOptions {
  Case member_case = Case::snake;
  bool singular = true;         ///< classes have the singular of their table's name
  bool private_members = false; ///< private members with accessors
  TypeOptions types = {};
  /// Globs: only tables with these names, and those they refer to; empty: all.
  std::vector<std::string> only = {};
};

/// What a member and its annotations are called in C++.
struct MemberPlan {
  std::string name;                     ///< of the accessor, and of a public member
  std::string member;                   ///< of the member itself: `name`, or "name_"
  std::string setter;                   ///< "set_name"
  std::string type;                     ///< "std::optional<std::int64_t>"
  std::string initial;                  ///< what stands behind the name: " = 0", "{}"
  std::vector<std::string> annotations; ///< "column(\"Name\")", without "declorm::"
  std::vector<std::string> notes;       ///< comments: what the annotations cannot say
};

struct ColumnPlan : MemberPlan {
  std::string column; ///< its name in the table
  CppType cpp;
  bool optional = false;
  bool read_only = false; ///< the database computes it
};

struct RelationshipPlan : MemberPlan {
  std::string target; ///< a class
  bool many = false;
};

enum class ClassKind : unsigned char {
  mapped,
  association, ///< a table in between: its rows are written through relationships of others
  keyless,     ///< without a primary key: a Connection inserts and selects, a Session does not
  row,         ///< a view: a struct that rows are read into
};

struct ClassPlan {
  std::string name;
  const Table *table = nullptr;
  ClassKind kind = ClassKind::mapped;
  std::vector<std::string> annotations; ///< of the class head
  std::vector<std::string> notes;       ///< comments above it
  std::vector<ColumnPlan> columns;      ///< in the table's order
  std::vector<RelationshipPlan> relationships;

  ColumnPlan *find(std::string_view column);
  const ColumnPlan *find(std::string_view column) const;
};

struct Plan {
  std::vector<ClassPlan> classes;
  bool private_members = false; ///< as in PlanOptions
  /// For the person who runs the tool: what the classes lack, a line each.
  std::vector<std::string> warnings;
  /// Patterns of PlanOptions::only that match no table.
  std::vector<std::string> unmatched;
};

/// Throws nothing of its own. The tables must outlive the plan.
Plan make_plan(MetaData &metadata, const Dialect &dialect, const PlanOptions &options);

} // namespace declorm::automap

#endif // DECLORM_AUTOMAP_PLAN_H
