// annotation_pages.cpp: the reference of the annotations, made from the vocabulary and its pages.
#include "annotation_pages.h"

#include "plugin/vocabulary/Vocabulary.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace declorm::check {

namespace {

struct Page {
  std::string_view name, text;
};
constexpr Page pages[] = {
#include "annotation_pages.inc"
};

/// "On a class: one string. May be repeated."
std::string place_of(const plugin::AnnotationSpec &spec) {
  std::string line =
      "- On " + plugin::describeSubjects(spec) + ": " + plugin::describeShape(spec.Arguments) + ".";
  if (spec.Repeat == plugin::Count::Many)
    line += " May be repeated.";
  if (!spec.Needs.empty()) {
    std::vector<std::string> needed;
    for (const std::string_view name : plugin::alternatives(spec.Needs))
      needed.push_back("`" + std::string(name) + "`");
    line += " Needs " + llvm::join(needed, " or ") + " beside it.";
  }
  if (spec.Status == plugin::Status::NotYet)
    line += " Not implemented yet: it is an error wherever it stands.";
  return line + "\n";
}

} // namespace

std::string annotation_page(std::string_view name) {
  std::string page = "# declorm::" + std::string(name) + "\n\n", places;
  for (const plugin::AnnotationSpec &spec : plugin::annotationSpecs()) {
    if (spec.Name != name)
      continue;
    page += std::string(spec.Doc) + "\n";
    places += place_of(spec);
  }
  page += "\n" + places;
  const auto *found = llvm::find_if(pages, [&](const Page &each) { return each.name == name; });
  return found == std::end(pages) ? page : page + "\n" + std::string(found->text);
}

std::string annotation_list() {
  std::string list;
  for (const plugin::AnnotationSpec &spec : plugin::annotationSpecs())
    list +=
        llvm::formatv("{0,-24} on {1}: {2}\n", spec.Name, plugin::describeSubjects(spec), spec.Doc);
  return list;
}

} // namespace declorm::check
