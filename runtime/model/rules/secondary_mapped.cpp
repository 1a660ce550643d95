// secondary_mapped.cpp: The table in between of a relationship is a class's table too.

#include "runtime/model/relationships.h"
#include "runtime/model/rule.h"

namespace declorm::model {

void rule::secondary_mapped(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  for_each_relationship(mapping, [&](const RelationshipDecl &decl) {
    // Of two sides of which one is read only the backref says nothing of its own.
    if (!decl.secondary_class || decl.viewonly || !decl.annotation)
      return;
    diagnostics.push_back(
        {"secondary-mapped",
         Severity::warning,
         spell(decl) + " writes rows of table '" + decl.secondary + "', which class '" +
             decl.secondary_class->class_->name +
             "' is mapped to; add viewonly, and write links as objects of that class",
         decl.secondary_location,
         {{"class '" + decl.secondary_class->class_->name + "' is here",
           decl.secondary_class->class_->location}}});
  });
}

} // namespace declorm::model
