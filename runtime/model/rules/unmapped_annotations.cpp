// unmapped_annotations.cpp: A class has annotated members, but nothing maps it.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <algorithm>
#include <unordered_set>

namespace declorm::model {

namespace {

/// Class annotations that say what the class is for.
bool has_role(const Class &class_) {
  static constexpr std::string_view roles[] = {
      "table",  "mapped",   "abstract",      "table_from",
      "row",    "concrete", "concrete_base", "abstract_concrete_base",
      "manual", "no_table",
  };
  return std::any_of(std::begin(roles), std::end(roles),
                     [&](std::string_view role) { return find(class_.annotations, role); });
}

/// Adds the class and its bases.
void add_lineage(const Program &program, const Class &class_,
                 std::unordered_set<const Class *> &used) {
  const Lineage lineage(program, class_);
  for (const Ancestor &ancestor : lineage.ancestors)
    used.insert(ancestor.class_);
}

/// Classes that others are made of: bases of classes with a role, and the values that members hold.
std::unordered_set<const Class *> used_classes(const Program &program) {
  std::unordered_set<const Class *> used;
  for (const ProgramClass &program_class : program.classes)
    for (const Definition &definition : program_class.definitions) {
      const Class &class_ = definition.class_;
      if (has_role(class_))
        add_lineage(program, class_, used);
      for (const Member &member : class_.members) {
        if (member.annotations.empty() || member.type.code != TypeCode::object)
          continue;
        if (const Class *value = program.find(member.type.target))
          add_lineage(program, *value, used);
      }
    }
  return used;
}

/// What a class says that means nothing while nobody maps it: of a member, or of its head.
struct Useless {
  std::string what; ///< "has annotated members"
  Note note;
};
std::optional<Useless> useless(const Class &class_) {
  // Of these another rule says that the class must be mapped.
  static constexpr std::string_view others[] = {"allow", "polymorphic_abstract"};
  for (const Member &member : class_.members)
    if (!member.annotations.empty())
      return Useless{"has annotated members",
                     {"member '" + member.name + "' is annotated here", member.location}};
  for (const Annotation &annotation : class_.annotations)
    if (std::find(std::begin(others), std::end(others), annotation.name) == std::end(others))
      return Useless{"has '" + annotation.name + "'",
                     {"'" + annotation.name + "' is here", annotation.location}};
  return std::nullopt;
}

/// The mapped class that it derives from, or null.
const MappedClass *mapped_base(const Program &program, const Mapping &mapping,
                               const Class &class_) {
  const Lineage lineage(program, class_);
  for (const Ancestor &ancestor : lineage.ancestors)
    if (const MappedClass *mapped = mapping.find(ancestor.class_->key))
      return mapped;
  return nullptr;
}

std::string way_out(const MappedClass *base) {
  if (!base)
    return "add [[declorm::table]], or [[declorm::abstract]] if it is a base for other classes";
  return "add [[declorm::mapped]] if its rows stand in table '" +
         base->table_class->table.full_name() + "' of class '" + base->class_->name +
         "', [[declorm::table]] for one of its own, or [[declorm::abstract]] if it is a base for "
         "other classes";
}

} // namespace

void rule::unmapped_annotations(const Program &program, const Mapping &mapping,
                                Diagnostics &diagnostics) {
  std::unordered_set<const Class *> used;
  bool used_is_known = false;
  for (const ProgramClass &program_class : program.classes) {
    const Definition &definition = program_class.definitions.front();
    const Class &class_ = definition.class_;
    if (has_role(class_) || definition.incomplete || !is_closed(program, definition))
      continue;
    const MappedClass *base =
        class_.bases.empty() ? nullptr : mapped_base(program, mapping, class_);
    const std::optional<Useless> found = useless(class_);
    if (!found)
      continue;
    if (!used_is_known)
      used = used_classes(program);
    used_is_known = true;
    if (used.count(&class_))
      continue;
    diagnostics.push_back(
        {"unmapped-annotations",
         Severity::warning,
         "class '" + class_.name + "' " + found->what + ", but nothing maps it; " + way_out(base),
         class_.location,
         {found->note}});
  }
}

} // namespace declorm::model
