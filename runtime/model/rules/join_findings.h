// join_findings.h: What is wrong with the joins of relationships: for no-join and ambiguous-join.
#ifndef DECLORM_MODEL_RULES_JOIN_FINDINGS_H
#define DECLORM_MODEL_RULES_JOIN_FINDINGS_H

#include "runtime/model/relationships.h"

namespace declorm::model {

/// A relationship whose join is wrong, in the words of find_join.
inline void add_join_findings(const char *rule, const RelationshipDecl &decl,
                              Diagnostics &diagnostics) {
  const Join &join = *decl.join;
  for (const auto &[problem, message] :
       {std::pair(join.problem, &join.message), std::pair(join.other_problem, &join.other_message)})
    if (problem != JoinProblem::none)
      diagnostics.push_back(
          {rule,
           Severity::error,
           spell(decl) + ": " + *message,
           decl.location,
           {{"class '" + decl.target_name + "' is here", decl.target->class_->location}}});
}

/// Calls `function` for the relationships whose joins the declared tables tell, each pair of sides
/// that join alike once.
template <class Function> void for_each_joined(const Mapping &mapping, Function function) {
  for_each_relationship(mapping, [&](const RelationshipDecl &decl) {
    if (decl.join && !decl.joins_as_partner)
      function(decl);
  });
}

} // namespace declorm::model

#endif // DECLORM_MODEL_RULES_JOIN_FINDINGS_H
