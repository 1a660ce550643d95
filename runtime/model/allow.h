// allow.h: Findings that `[[declorm::allow("rule-id")]]` silences.
#ifndef DECLORM_MODEL_ALLOW_H
#define DECLORM_MODEL_ALLOW_H

#include "runtime/model/diagnostic.h"
#include "runtime/model/program.h"

namespace declorm::model {

/// Whether one of the annotations is `allow` of the rule, with or without its prefix.
bool allows(const Annotations &annotations, std::string_view rule);

/// Takes out the findings whose place is in a class, or at a member, that allows their rule. The
/// places of notes do not count: the annotation stands where the finding is reported.
void drop_allowed(const Program &program, Diagnostics &findings);

} // namespace declorm::model

#endif // DECLORM_MODEL_ALLOW_H
