// multiple_mapped_bases.cpp: A class derives from two mapped classes.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

namespace declorm::model {

namespace {

/// Where the class names the base that is, or leads to, `above`.
const Location &place_of(const Lineage &lineage, const Class &above) {
  const Ancestor *at = lineage.find(above);
  while (at && at->parent != 0)
    at = &lineage.ancestors[at->parent];
  const Class &class_ = *lineage.ancestors.front().class_;
  return at ? class_.bases[at->base_index].location : class_.location;
}

void report(const Program &program, const MappedClass &mapped, const MappedClass &other,
            Diagnostics &diagnostics) {
  const Lineage lineage(program, *mapped.class_);
  const std::string &first = mapped.parent->class_->name;
  diagnostics.push_back({"multiple-mapped-bases",
                         Severity::error,
                         "class '" + mapped.class_->name + "' derives from two mapped classes, '" +
                             first + "' and '" + other.class_->name +
                             "'; its rows can continue those of one",
                         place_of(lineage, *other.class_),
                         {{"the other one is here; keep one as the base and refer to the other "
                           "with a relationship, or "
                           "make that one a mixin, without a table",
                           place_of(lineage, *mapped.parent->class_)}}});
}

} // namespace

void rule::multiple_mapped_bases(const Program &program, const Mapping &mapping,
                                 Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes)
    for (const MappedClass *other : mapped.other_parents)
      report(program, mapped, *other, diagnostics);
}

} // namespace declorm::model
