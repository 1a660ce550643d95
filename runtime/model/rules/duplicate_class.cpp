// duplicate_class.cpp: Two mapped classes have the same qualified name.

#include "runtime/model/rule.h"

namespace declorm::model {

void rule::duplicate_class(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  // The Mapping is sorted by name.
  for (std::size_t i = 1; i < mapping.classes.size(); ++i) {
    const MappedClass &first = mapping.classes[i - 1], &second = mapping.classes[i];
    if (first.class_->name != second.class_->name || first.registry != second.registry)
      continue;
    diagnostics.push_back(
        {"duplicate-class",
         Severity::warning,
         "two mapped classes are named '" + first.class_->name +
             "'; strings that name the class cannot tell them apart",
         second.class_->location,
         {{"the other class '" + first.class_->name +
               "' is here; rename one of them or put it into a namespace of its own",
           first.class_->location}}});
  }
}

} // namespace declorm::model
