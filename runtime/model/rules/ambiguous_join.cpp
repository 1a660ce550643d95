// ambiguous_join.cpp: The tables of a relationship join in several ways.

#include "runtime/model/rule.h"
#include "runtime/model/rules/join_findings.h"

namespace declorm::model {

void rule::ambiguous_join(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  report_joins(
      "ambiguous-join",
      {JoinProblem::ambiguous, JoinProblem::ambiguous_secondary, JoinProblem::ambiguous_direction},
      mapping, diagnostics);
}

} // namespace declorm::model
