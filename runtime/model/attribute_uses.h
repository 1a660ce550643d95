// attribute_uses.h: What the functions of a program name of its mapped classes.
#ifndef DECLORM_MODEL_ATTRIBUTE_USES_H
#define DECLORM_MODEL_ATTRIBUTE_USES_H

#include "runtime/model/mapping.h"

namespace declorm::model {

/// `attr<T>("name")`, or `col<&T::name>` of a member function.
struct AttributeUse {
  std::string class_key, name;
  bool is_function = false;
  bool is_data_member = false; ///< a data member of that name exists, mapped or not
  Location location;           ///< of the name in the literal, or of the expression
};

/// Reports the names that their classes do not have: the rule unresolved-attribute. A class that is
/// not known in full, takes columns from a database or is read from a union may have any.
void check_uses(const Program &program, const Mapping &mapping,
                const std::vector<AttributeUse> &uses, Diagnostics &diagnostics);

} // namespace declorm::model

#endif // DECLORM_MODEL_ATTRIBUTE_USES_H
