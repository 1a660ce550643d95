// hooks.cpp: Which functions of a class and its bases are hooks.

#include "runtime/model/hooks.h"

#include "runtime/model/lineage.h"

#include <algorithm>

namespace declorm::model {

std::optional<HookKind> hook_kind(std::string_view annotation) {
  const auto found = std::find(hook_names.begin(), hook_names.end(), annotation);
  if (found == hook_names.end())
    return std::nullopt;
  return HookKind(found - hook_names.begin());
}

namespace {

void add_hooks(const Ancestor &ancestor, const Annotation &annotation,
               std::vector<HookDecl> &hooks) {
  const std::optional<HookKind> kind = hook_kind(annotation.name);
  if (!kind || annotation.arguments.empty() || (is_for_class(*kind) && ancestor.inherited))
    return;
  if (const auto *function = std::get_if<Function>(&annotation.arguments.front().data))
    hooks.push_back({*kind, *function, ancestor.class_, ancestor.offset});
}

/// Behind the names stand as many functions, one for each.
void add_validators(const Ancestor &ancestor, const Annotation &annotation,
                    std::vector<ValidatorDecl> &validators) {
  if (annotation.name != "validates")
    return;
  const std::size_t count = annotation.arguments.size() / 2;
  for (std::size_t i = 0; i != count; ++i) {
    const Value &name = annotation.arguments[i];
    const auto *function = std::get_if<Function>(&annotation.arguments[count + i].data);
    if (name.string() && function)
      validators.push_back({*name.string(), *function, ancestor.class_, ancestor.offset,
                            locate(name, 0, annotation.location)});
  }
}

bool has_functions(const Ancestor &ancestor) {
  const std::vector<Member> &members = ancestor.class_->members;
  return std::any_of(members.begin(), members.end(),
                     [](const Member &member) { return member.kind != MemberKind::field; });
}

/// Calls `read(ancestor, annotation)` for the annotations of functions, bases first.
template <class Read> void for_each_annotated(const Lineage &lineage, Read read) {
  std::vector<const Ancestor *> ordered;
  for (const Ancestor &ancestor : lineage.ancestors)
    if (has_functions(ancestor))
      ordered.push_back(&ancestor);
  std::sort(ordered.begin(), ordered.end(),
            [](const Ancestor *a, const Ancestor *b) { return a->layout_order < b->layout_order; });
  for (const Ancestor *ancestor : ordered)
    for (const Member &member : ancestor->class_->members)
      if (member.kind != MemberKind::field)
        for (const Annotation &annotation : member.annotations)
          read(*ancestor, annotation);
}

} // namespace

std::vector<HookDecl> read_hooks(const Lineage &lineage) {
  std::vector<HookDecl> hooks;
  for_each_annotated(lineage, [&](const Ancestor &ancestor, const Annotation &annotation) {
    add_hooks(ancestor, annotation, hooks);
  });
  return hooks;
}

std::vector<ValidatorDecl> read_validators(const Lineage &lineage) {
  std::vector<ValidatorDecl> validators;
  for_each_annotated(lineage, [&](const Ancestor &ancestor, const Annotation &annotation) {
    add_validators(ancestor, annotation, validators);
  });
  return validators;
}

} // namespace declorm::model
