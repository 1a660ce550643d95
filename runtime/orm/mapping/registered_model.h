// registered_model.h: the Model of a registered class, from its constant tables and text.
#ifndef DECLORM_ORM_MAPPING_REGISTERED_MODEL_H
#define DECLORM_ORM_MAPPING_REGISTERED_MODEL_H

#include "runtime/model/model.h"

namespace declorm::detail {

/// Returns the class that the plugin wrote; members keep their order.
model::Class to_model(const Class &class_);

/// Returns the functions that were given to the annotations of a class.
std::vector<Thunk> thunks_of(const Class &class_);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_REGISTERED_MODEL_H
