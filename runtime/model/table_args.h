// table_args.h: Constraints, indexes and options of the class head.
#ifndef DECLORM_MODEL_TABLE_ARGS_H
#define DECLORM_MODEL_TABLE_ARGS_H

#include "runtime/model/lineage.h"
#include "runtime/model/mapping.h"
#include "runtime/model/placeholders.h"

namespace declorm::model {

/// Adds to `table`, whose columns are known, what the class and its mixins say on their heads.
/// Those of several mixins combine; the class's own come on top: one of the same name replaces the
/// mixin's. Mapped bases keep theirs to themselves; of what is above them only options count.
/// Columns are resolved; a primary key marks its columns.
void read_table_args(const Lineage &lineage, Placeholders &placeholders, TableDecl &table,
                     Diagnostics &diagnostics);

} // namespace declorm::model

#endif // DECLORM_MODEL_TABLE_ARGS_H
