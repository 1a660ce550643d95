// use_existing_mismatch.cpp: Members that share a column declare it in two ways.

#include "runtime/model/hierarchy.h"
#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"

#include <unordered_set>

namespace declorm::model {

namespace {

/// A shared table's columns accept NULL: what the first class said itself stands in its attribute.
const ColumnDecl &as_declared(const ColumnRef &ref) {
  const MappedClass &declarer = ref.class_->declarer(ref.index);
  for (const AttributeDecl &attribute : declarer.attributes)
    if (attribute.columns.front() == ref)
      return attribute.place;
  return ref.column();
}

void own_table(const MappedClass &mapped, const ColumnDecl &column, Diagnostics &diagnostics) {
  diagnostics.push_back(
      {"use-existing-mismatch",
       Severity::error,
       "use_existing_column on member '" + member_path(column) + "' of class '" +
           mapped.class_->name + "', which has table '" + mapped.table.full_name() +
           "' of its own: only classes of one table can share a column; leave it out",
       find(column.member->annotations, "use_existing_column")->location,
       {}});
}

void shared(const MappedClass &mapped, const ColumnDecl &column, const ColumnRef &ref,
            Diagnostics &diagnostics) {
  const ColumnDecl &existing = as_declared(ref);
  // A key in such a class is another rule's to report.
  if (existing.member == column.member || column.primary_key)
    return;
  const auto [there, here] = difference(existing, column);
  if (there.empty())
    return;
  const std::string name = "'" + ref.class_->table.full_name() + "." + existing.name + "'";
  const std::string &first = ref.class_->declarer(ref.index).class_->name;
  diagnostics.push_back(
      {"use-existing-mismatch",
       Severity::error,
       "member '" + member_path(column) + "' of class '" + mapped.class_->name +
           "' cannot use existing column " + name + ": it is " + there + " in class '" + first +
           "' and " + here + " in class '" + mapped.class_->name + "'",
       column.location(),
       {{"column " + name + " is member '" + member_path(existing) + "' of class '" + first +
             "'; declare both alike, or name one of the two otherwise, with "
             "column(\"...\")",
         existing.location()}}});
}

/// A root's columns are there first: nothing else declares them. A mixin may say it for other
/// classes; `sharing` are the members of those that share.
void of_root(const Program &program, const MappedClass &mapped,
             const std::unordered_set<const Member *> &sharing, Diagnostics &diagnostics) {
  const bool sees_all = program.whole && !program.incomplete;
  for (std::size_t i = 0; i != mapped.own_columns; ++i) {
    const ColumnDecl &column = mapped.table.columns[i];
    if (uses_existing(column) &&
        (column.base == mapped.class_ || (sees_all && !sharing.count(column.member))))
      own_table(mapped, column, diagnostics);
  }
}

std::unordered_set<const Member *> members_that_share(const Mapping &mapping) {
  std::unordered_set<const Member *> members;
  for (const MappedClass &mapped : mapping.classes)
    if (mapped.inheritance == Inheritance::single)
      for_each_own_attribute(mapped, [&](const ColumnDecl &column, const ColumnRef &) {
        if (uses_existing(column))
          members.insert(column.member);
      });
  return members;
}

} // namespace

void rule::use_existing_mismatch(const Program &program, const Mapping &mapping,
                                 Diagnostics &diagnostics) {
  const std::unordered_set<const Member *> sharing = members_that_share(mapping);
  for (const MappedClass &mapped : mapping.classes) {
    if (!mapped.up()) {
      of_root(program, mapped, sharing, diagnostics);
      continue;
    }
    for_each_own_attribute(mapped, [&](const ColumnDecl &column, const ColumnRef &ref) {
      if (!uses_existing(column))
        return;
      if (mapped.has_table())
        own_table(mapped, column, diagnostics);
      else
        shared(mapped, column, ref, diagnostics);
    });
  }
}

} // namespace declorm::model
