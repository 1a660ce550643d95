// single_table_arguments.cpp: A class without a table declares what only a table can have.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

bool needs_table(std::string_view annotation) {
  static constexpr std::string_view names[] = {
      "check_constraint", "comment",           "foreign_key_constraint", "index", "info",
      "table_option",     "unique_constraint", "unique_index",
  };
  return std::find(std::begin(names), std::end(names), annotation) != std::end(names);
}

void report(const MappedClass &mapped, const Annotation &annotation, Diagnostics &diagnostics) {
  const MappedClass &owner = *mapped.table_class;
  diagnostics.push_back({"single-table-arguments",
                         Severity::error,
                         annotation.name + " on class '" + mapped.class_->name +
                             "', which has no table of its own: its columns are in table '" +
                             owner.table.full_name() + "'",
                         annotation.location,
                         {{"put it on class '" + owner.class_->name +
                               "', which has that table, or "
                               "give class '" +
                               mapped.class_->name + "' one with [[declorm::table(\"name\")]]",
                           owner.table.location}}});
}

} // namespace

void rule::single_table_arguments(const Program &program, const Mapping &mapping,
                                  Diagnostics &diagnostics) {
  Lineage lineage;
  for (const MappedClass &mapped : mapping.classes) {
    if (mapped.inheritance != Inheritance::single)
      continue;
    lineage.assign(program, *mapped.class_);
    lineage.mark_inherited(program, *mapped.parent->class_);
    for (const Ancestor &ancestor : lineage.ancestors)
      if (!ancestor.inherited)
        for (const Annotation &annotation : ancestor.class_->annotations)
          if (needs_table(annotation.name))
            report(mapped, annotation, diagnostics);
  }
}

} // namespace declorm::model
