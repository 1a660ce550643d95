// allow.cpp: Findings that `[[declorm::allow("rule-id")]]` silences.

#include "runtime/model/allow.h"
#include "runtime/model/rule.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace declorm::model {

bool allows(const Annotations &annotations, std::string_view rule) {
  for (const Annotation &annotation : annotations)
    if (annotation.name == "allow")
      for (const Value &id : annotation.arguments)
        if (const std::string *text = id.string(); text && without_prefix(*text) == rule)
          return true;
  return false;
}

namespace {

/// A class or a member.
struct Extent {
  const Class *class_ = nullptr;
  const Member *member = nullptr; ///< null: the head of the class
};

/// By file, and line and column where its text begins. The model knows no ends: what follows
/// belongs to it until the next one begins.
using Extents = std::map<std::string_view, std::map<std::pair<unsigned, unsigned>, Extent>>;

bool allows_any(const Class &class_) {
  return find(class_.annotations, "allow") ||
         std::any_of(class_.members.begin(), class_.members.end(), [](const Member &member) {
           return find(member.annotations, "allow") != nullptr;
         });
}

/// From the first of its annotations or its name on.
void add(Extents &extents, Location begin, const Annotations &annotations, const Class &class_,
         const Member *member) {
  for (const Annotation &annotation : annotations)
    if (annotation.location.file == begin.file &&
        std::tie(annotation.location.line, annotation.location.column) <
            std::tie(begin.line, begin.column))
      begin = annotation.location;
  if (!begin.valid())
    return;
  // The key lives in the program; `begin` does not.
  const std::string &file = member ? member->location.file : class_.location.file;
  extents[file][{begin.line, begin.column}] = {&class_, member};
}

Extents extents_of(const Program &program) {
  Extents extents;
  for (const ProgramClass &found : program.classes)
    for (const Definition &definition : found.definitions) {
      const Class &class_ = definition.class_;
      add(extents, class_.location, class_.annotations, class_, nullptr);
      for (const Member &member : class_.members)
        add(extents, member.location, member.annotations, class_, &member);
    }
  return extents;
}

bool is_allowed(const Extents &extents, const Diagnostic &finding) {
  const auto file = extents.find(finding.location.file);
  if (file == extents.end())
    return false;
  const auto after = file->second.upper_bound({finding.location.line, finding.location.column});
  if (after == file->second.begin())
    return false;
  const Extent &extent = std::prev(after)->second;
  return allows(extent.class_->annotations, finding.rule) ||
         (extent.member && allows(extent.member->annotations, finding.rule));
}

} // namespace

void drop_allowed(const Program &program, Diagnostics &findings) {
  const auto has_allow = [](const ProgramClass &class_) {
    return std::any_of(class_.definitions.begin(), class_.definitions.end(),
                       [](const Definition &one) { return allows_any(one.class_); });
  };
  if (findings.empty() || std::none_of(program.classes.begin(), program.classes.end(), has_allow))
    return;
  const Extents extents = extents_of(program);
  std::erase_if(findings, [&](const Diagnostic &finding) { return is_allowed(extents, finding); });
}

} // namespace declorm::model
