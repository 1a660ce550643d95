// unlinked_class.cpp: A mapped class of a static library that the linker left out of the program.

#include "runtime/model/rule.h"

namespace declorm::model::rule {

void unlinked_class(const Program &program, const Mapping &mapping, Diagnostics &diagnostics) {
  if (program.images.empty())
    return;
  for (const ProgramClass &candidate : program.classes) {
    if (candidate.linked || candidate.library.empty())
      continue;
    const MappedClass *mapped = mapping.find(candidate.key);
    if (!mapped)
      continue;
    std::string images;
    for (const std::string &image : program.images)
      images += (images.empty() ? "'" : ", '") + image + "'";
    Diagnostic &found = diagnostics.emplace_back();
    found.rule = "unlinked-class";
    found.severity = Severity::warning;
    found.message = "class '" + mapped->class_->name + "' maps table '" +
                    mapped->table.full_name() + "', but is not linked into " + images +
                    ": nothing there refers to '" + candidate.object + "' of the static library '" +
                    candidate.library + "'";
    found.location = mapped->class_->location;
    found.notes.push_back({"link the library as a whole, -Wl,--whole-archive " + candidate.library +
                               " -Wl,--no-whole-archive, or use something that file defines",
                           {}});
  }
}

} // namespace declorm::model::rule
