// useless_members.h: Annotations of members that can have no effect where their class is used.
#ifndef DECLORM_MODEL_RULES_USELESS_MEMBERS_H
#define DECLORM_MODEL_RULES_USELESS_MEMBERS_H

#include "runtime/model/mapping.h"

namespace declorm::model {

/// Of value classes, whose members become columns of others, and of rows, which are only read: what
/// their members, and the heads of value classes, say in vain. Part of useless-argument.
void check_useless_members(const Program &program, const Mapping &mapping,
                           Diagnostics &diagnostics);

} // namespace declorm::model

#endif // DECLORM_MODEL_RULES_USELESS_MEMBERS_H
