// no_join.cpp: Nothing says how the tables of a relationship join.

#include "runtime/model/rule.h"
#include "runtime/model/rules/join_findings.h"

namespace declorm::model {

namespace {

/// Whether a class that is not here may add columns to the table.
bool may_grow(const MappedClass &mapped) {
  return mapped.root->discriminator.has_value() || mapped.concrete_union;
}

} // namespace

void rule::no_join(const Program &program, const Mapping &mapping, Diagnostics &diagnostics) {
  for_each_joined(mapping, [&](const RelationshipDecl &decl) {
    const JoinProblem problem = decl.join->problem;
    const bool is_none = problem == JoinProblem::no_foreign_key ||
                         problem == JoinProblem::no_secondary_key ||
                         problem == JoinProblem::no_foreign_column;
    if (is_none && (program.whole || (!may_grow(*decl.owner) && !may_grow(*decl.target))))
      add_join_findings("no-join", decl, diagnostics);
  });
}

} // namespace declorm::model
