// no_join.cpp: Nothing says how the tables of a relationship join.

#include "runtime/model/rule.h"
#include "runtime/model/rules/join_findings.h"

namespace declorm::model {

void rule::no_join(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  report_joins(
      "no-join",
      {JoinProblem::no_foreign_key, JoinProblem::no_secondary_key, JoinProblem::no_foreign_column},
      mapping, diagnostics);
}

} // namespace declorm::model
