// draft.h: a plan in the making: what its steps share.
#ifndef DECLORM_AUTOMAP_DRAFT_H
#define DECLORM_AUTOMAP_DRAFT_H

#include "utils/declorm-automap/plan.h"

namespace declorm::automap {

/// A foreign key between two classes of the plan. The classes are indexes into Plan::classes.
struct Reference {
  std::size_t from = 0, to = 0;
  const Constraint *key = nullptr;   ///< of the table of `from`
  std::vector<std::string> referred; ///< columns of `to`
  bool shares_columns = false;       ///< another foreign key of the table has one of its columns

  bool is_self() const { return from == to; }
};

struct Draft {
  const PlanOptions &options;
  const Dialect &dialect;
  Plan plan = {};
  Scope class_names = {};
  std::vector<Scope> scopes = {}; ///< of each class's members
  std::vector<Reference> references = {};

  Scope &scope_of(const ClassPlan &class_) {
    return scopes[std::size_t(&class_ - plan.classes.data())];
  }
  ClassPlan &from(const Reference &reference) { return plan.classes[reference.from]; }
  ClassPlan &to(const Reference &reference) { return plan.classes[reference.to]; }

  /// Names a member of the class, and takes its accessors' names too. `own`: its column's name.
  void take_name(const ClassPlan &class_, MemberPlan &member,
                 const std::vector<std::string> &candidates, const std::string &own = {});
  /// A note at the class or member, and the same for the person who runs the tool.
  void tell(const ClassPlan &class_, std::vector<std::string> &notes, const std::string &text);
  /// Whether both ends hold the same in C++, so that a relationship can follow the key.
  bool have_same_types(const Reference &reference);
};

/// The columns that identify a row: the primary key, or else unique ones that are never NULL, or
/// none.
std::vector<std::string> identifying_columns(const Table &table);

/// Keys, constraints, indexes and options of all classes.
void add_table_arguments(Draft &draft);
/// Relationships on both sides of all references.
void add_relationships(Draft &draft);

/// Adds `allow("rule")`, once.
void allow(std::vector<std::string> &annotations, const std::string &rule);
/// "a, b"
std::string comma_list(const std::vector<std::string> &names);
inline bool contains(const std::vector<std::string> &list, std::string_view text) {
  for (const std::string &element : list)
    if (element == text)
      return true;
  return false;
}

/// Which classes lead to which others.
using Edges = std::vector<std::vector<std::size_t>>;
bool is_reached(const Edges &edges, std::size_t from, std::size_t to);

} // namespace declorm::automap

#endif // DECLORM_AUTOMAP_DRAFT_H
