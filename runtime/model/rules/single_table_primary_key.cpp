// single_table_primary_key.cpp: A class without a table declares a primary key.

#include "runtime/model/hierarchy.h"
#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"

namespace declorm::model {

namespace {

void report(const MappedClass &mapped, const std::string &what, const Location &location,
            Diagnostics &diagnostics) {
  const MappedClass &owner = *mapped.table_class;
  diagnostics.push_back(
      {"single-table-primary-key",
       Severity::error,
       what + ", which has no table of its own: its rows in table '" + owner.table.full_name() +
           "' have the key of class '" + owner.class_->name + "'",
       location,
       {{"class '" + mapped.class_->name + "' derives from '" + owner.class_->name +
             "'; leave the key out, or give it a table with "
             "[[declorm::table(\"name\")]]",
         mapped.class_->location}}});
}

} // namespace

void rule::single_table_primary_key(const Program &, const Mapping &mapping,
                                    Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes) {
    if (mapped.inheritance != Inheritance::single)
      continue;
    const std::string of_class = " of class '" + mapped.class_->name + "'";
    for_each_own_attribute(mapped, [&](const ColumnDecl &column, const ColumnRef &) {
      if (const Annotation *key = find(column.member->annotations, "primary_key"))
        report(mapped, "primary_key on member '" + member_path(column) + "'" + of_class,
               key->location, diagnostics);
    });
    if (const Annotation *key = find(mapped.class_->annotations, "primary_key_constraint"))
      report(mapped, "primary_key_constraint" + of_class, key->location, diagnostics);
  }
}

} // namespace declorm::model
