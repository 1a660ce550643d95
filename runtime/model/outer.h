// outer.h: For whom a class nested in a mixin is made: {outer.class} and {outer.table}.
#ifndef DECLORM_MODEL_OUTER_H
#define DECLORM_MODEL_OUTER_H

#include "runtime/model/program.h"

#include <unordered_map>

namespace declorm::model {

/// Finds the mapped class that a nested class belongs to: the one it is nested in, or the one
/// mapped class that derives from the mixin it is nested in.
class OuterFinder {
public:
  explicit OuterFinder(const Program &program) : program_(program) {}

  /// Null if there is none or more than one.
  const Class *find(const Class &nested);

private:
  void index_users();

  const Program &program_;
  bool is_indexed_ = false;
  std::unordered_map<const Class *, std::vector<const Class *>> users_; ///< by mixin
};

} // namespace declorm::model

#endif // DECLORM_MODEL_OUTER_H
