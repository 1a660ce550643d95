// Vocabulary.h: What is known about the annotations.
//
// The table of Annotations.def and questions to it. Knows nothing of Clang, so that the reference
// page is made from it too.
#ifndef DECLORM_PLUGIN_VOCABULARY_H
#define DECLORM_PLUGIN_VOCABULARY_H

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace declorm::plugin {

/// Where an annotation may stand; bits.
enum Subject : unsigned { Class = 1, Field = 2, Method = 4, StaticMethod = 8 };

enum class Count { Once, Many };

/// Whether anything heeds the annotation once it is checked.
enum class Status { Works, NotYet };

/// One row of the table.
struct AnnotationSpec {
  std::string_view Name;
  unsigned Subjects;
  std::string_view Arguments;
  Count Repeat;
  std::string_view Needs;
  plugin::Status Status;
  std::string_view Doc;
};

std::span<const AnnotationSpec> annotationSpecs();

/// The row for `Name` at that place, or null.
const AnnotationSpec *findSpec(std::string_view Name, Subject Place);

/// Whether any row has the name.
bool isAnnotation(std::string_view Name);

/// Whether any row of that name takes arguments.
bool takesArguments(std::string_view Name);

/// All names, each once, in the table's order.
const std::vector<std::string> &annotationNames();

/// "a class", "a data member or a member function": where the name may stand.
std::string describeSubjects(std::string_view Name);
/// The same of one row.
std::string describeSubjects(const AnnotationSpec &Spec);

/// Whether arguments of these kinds fit: one letter each (s i b f l, r real, e enumerator, n null,
/// k unknown name, ? not known yet).
bool argumentsFit(std::string_view Shape, std::string_view Kinds);

/// Whether the annotation, with arguments of these kinds, is known but heeded by nothing.
bool isNotYet(const AnnotationSpec &Spec, std::string_view Kinds);

/// "no arguments", "one string", "a list of strings, or a string and a list of strings".
std::string describeShape(std::string_view Shape);

/// "nothing", "a string and an integer": what was given instead.
std::string describeKinds(std::string_view Kinds);

/// The alternatives of `Needs`.
std::vector<std::string_view> alternatives(std::string_view Text);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_VOCABULARY_H
