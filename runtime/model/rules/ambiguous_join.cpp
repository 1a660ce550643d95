// ambiguous_join.cpp: The tables of a relationship join in several ways.

#include "runtime/model/rule.h"
#include "runtime/model/rules/join_findings.h"

namespace declorm::model {

void rule::ambiguous_join(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  for_each_joined(mapping, [&](const RelationshipDecl &decl) {
    const JoinProblem problem = decl.join->problem;
    if (problem == JoinProblem::ambiguous || problem == JoinProblem::ambiguous_secondary ||
        problem == JoinProblem::ambiguous_direction)
      add_join_findings("ambiguous-join", decl, diagnostics);
  });
}

} // namespace declorm::model
