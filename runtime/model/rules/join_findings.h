// join_findings.h: What is wrong with the joins of relationships: for no-join and ambiguous-join.
#ifndef DECLORM_MODEL_RULES_JOIN_FINDINGS_H
#define DECLORM_MODEL_RULES_JOIN_FINDINGS_H

#include "runtime/model/relationships.h"

#include <algorithm>

namespace declorm::model {

/// A relationship whose join is wrong in the words of find_join.
inline Diagnostic join_finding(const char *rule, const RelationshipDecl &decl) {
  return {rule,
          Severity::error,
          spell(decl) + ": " + decl.join->message,
          decl.location,
          {{"class '" + decl.target_name + "' is here", decl.target->class_->location}}};
}

/// Reports the relationships whose joins have one of these problems.
inline void report_joins(const char *rule, std::initializer_list<JoinProblem> problems,
                         const Mapping &mapping, Diagnostics &diagnostics) {
  for_each_relationship(mapping, [&](const RelationshipDecl &decl) {
    // What a side says nothing of is wrong on the other.
    if (decl.join && !decl.joins_as_partner &&
        std::find(problems.begin(), problems.end(), decl.join->problem) != problems.end())
      diagnostics.push_back(join_finding(rule, decl));
  });
}

} // namespace declorm::model

#endif // DECLORM_MODEL_RULES_JOIN_FINDINGS_H
