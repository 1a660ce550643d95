// attribute_uses.cpp: Names of attributes in the program's functions.

#include "runtime/model/attribute_uses.h"

#include "runtime/model/allow.h"
#include "runtime/model/expression/names.h"
#include "runtime/model/lineage.h"

#include <algorithm>

namespace declorm::model {

namespace {

constexpr const char *rule_id = "unresolved-attribute";

/// The names that queries may give: paths of columns, expressions and relationships.
std::vector<std::string> attribute_names(const Program &program, const MappedClass &mapped) {
  std::vector<std::string> names;
  for_each_attribute(mapped, [&](const ColumnDecl &place, const ColumnRef &) {
    std::string path;
    for (const Member *outer : place.outer)
      path += outer->name + ".";
    names.push_back(path + place.member->name);
  });
  const Lineage lineage(program, *mapped.class_);
  for (const Ancestor &ancestor : lineage.ancestors)
    for (const Member &member : ancestor.class_->members)
      for (const char *construct : {"column", "column_property", "hybrid", "synonym",
                                    "relationship", "composite", "elements"})
        if (find(member.annotations, construct))
          names.push_back(member.name);
  for (const MappedClass *at = &mapped; at; at = at->parent)
    for (const RelationshipDecl &relationship : at->relationships)
      names.push_back(relationship.name());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string message_of(const AttributeUse &use, const MappedClass &mapped,
                       const std::vector<std::string> &names) {
  const std::string class_ = "class '" + mapped.class_->name + "'";
  const std::string near = did_you_mean(nearest(use.name, names));
  if (!use.is_function)
    return class_ + " has no mapped member '" + use.name + "'" + near;
  return "function '" + use.name + "' of " + class_ +
         " stands for nothing in SQL; annotate it with [[declorm::synonym(\"…\")]], "
         "[[declorm::hybrid(\"…\")]] or [[declorm::column]]" +
         near;
}

} // namespace

void check_uses(const Program &program, const Mapping &mapping,
                const std::vector<AttributeUse> &uses, Diagnostics &diagnostics) {
  for (const AttributeUse &use : uses) {
    const MappedClass *mapped = mapping.find(use.class_key);
    // A data member without an annotation may be mapped by a call: add_column, add_relationship.
    if (!mapped || use.is_data_member || may_have_more_columns(*mapped) || mapped->concrete_union ||
        mapped->may_have(use.name) || is_mapped_by_call(*mapped->class_) ||
        allows(mapped->class_->annotations, rule_id))
      continue;
    const std::vector<std::string> names = attribute_names(program, *mapped);
    if (std::binary_search(names.begin(), names.end(), use.name))
      continue;
    diagnostics.push_back({rule_id,
                           Severity::error,
                           message_of(use, *mapped, names),
                           use.location,
                           {{"the class is here", mapped->class_->location}}});
  }
}

} // namespace declorm::model
