// concrete.h: Concrete classes: which columns they take, and the unions that bases are read from.
#ifndef DECLORM_MODEL_CONCRETE_H
#define DECLORM_MODEL_CONCRETE_H

#include "runtime/model/lineage.h"
#include "runtime/model/mapping.h"
#include "runtime/model/placeholders.h"

namespace declorm::model {

/// Whether the class has a table of its own that shares nothing with its mapped base's: it says so,
/// or the base has no table to share. `lineage` is the class's, its parent is known.
bool is_concrete(const MappedClass &mapped, const Lineage &lineage);

/// Notes that the class is read from a union, if it is.
void read_union(MappedClass &mapped, const Lineage &lineage);

/// Leaves out the columns of bases that include_properties and exclude_properties leave out.
void keep_properties(const MappedClass &mapped, const Lineage &lineage, Placeholders &placeholders,
                     std::vector<ColumnDecl> &columns, Diagnostics &diagnostics);

/// Whether the class says, with one of these two, that it does without a column of the database.
bool leaves_out(const MappedClass &mapped, std::string_view column);

/// Finds the classes of each union; all classes are read.
void collect_parts(Mapping &mapping);

} // namespace declorm::model

#endif // DECLORM_MODEL_CONCRETE_H
