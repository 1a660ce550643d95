// foreign_keys.h: Foreign keys to the columns they refer to.
#ifndef DECLORM_MODEL_FOREIGN_KEYS_H
#define DECLORM_MODEL_FOREIGN_KEYS_H

#include "runtime/model/expression/names.h"

namespace declorm::model {

/// Sets the links of all foreign keys that lead to a table some class declares. A target written
/// as "Class.member" becomes "table.column", unless there is a table of that name. What leads
/// nowhere stays as it is: the rule foreign-key-target reports it.
void link_foreign_keys(Names &names, Mapping &mapping);

} // namespace declorm::model

#endif // DECLORM_MODEL_FOREIGN_KEYS_H
