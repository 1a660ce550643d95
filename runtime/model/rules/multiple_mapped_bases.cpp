// multiple_mapped_bases.cpp: A class derives from two mapped classes, or from one twice.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <unordered_set>

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

using Classes = std::unordered_set<const Class *>;

/// How often an object of the class contains one of class `wanted`, beside itself. `shared`: the
/// virtual bases met so far.
unsigned count(const Program &program, const Class &class_, const Class &wanted, Classes &shared,
               unsigned depth = 0);

/// The same through one of its bases.
unsigned count_through(const Program &program, const Base &base, const Class &wanted,
                       Classes &shared, unsigned depth) {
  const Class *found = program.find(base.key);
  if (!found || (base.is_virtual && !shared.insert(found).second))
    return 0;
  return (found == &wanted) + count(program, *found, wanted, shared, depth + 1);
}

unsigned count(const Program &program, const Class &class_, const Class &wanted, Classes &shared,
               unsigned depth) {
  unsigned sum = 0;
  if (depth < 64) // a cycle, which only a damaged model can have
    for (const Base &base : class_.bases)
      sum += count_through(program, base, wanted, shared, depth);
  return sum;
}

void report_twice(const Program &program, const MappedClass &mapped, Diagnostics &diagnostics) {
  const Class &wanted = *mapped.parent->class_;
  std::vector<const Base *> leading;
  unsigned sum = 0;
  Classes shared;
  for (const Base &base : mapped.class_->bases)
    if (const unsigned found = count_through(program, base, wanted, shared, 0)) {
      leading.push_back(&base);
      sum += found;
    }
  if (sum < 2)
    return;
  diagnostics.push_back({"multiple-mapped-bases",
                         Severity::error,
                         "class '" + mapped.class_->name + "' contains its mapped base '" +
                             wanted.name + "' " +
                             (sum == 2 ? "twice" : std::to_string(sum) + " times") +
                             ", and has one row; derive from it once, or virtually",
                         leading.back()->location,
                         {}});
  if (leading.size() > 1)
    diagnostics.back().notes.push_back({"it is also here", leading.front()->location});
}

} // namespace

void rule::multiple_mapped_bases(const Program &program, const Mapping &mapping,
                                 Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes) {
    for (const MappedClass *other : mapped.other_parents)
      report(program, mapped, *other, diagnostics);
    if (mapped.parent && mapped.other_parents.empty() && mapped.class_->bases.size() > 1)
      report_twice(program, mapped, diagnostics);
  }
}

} // namespace declorm::model
