// paths.cpp: Paths as a person in the current folder would write them.

#include "utils/declorm-check/paths.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace declorm::check {

std::string Paths::shorten(llvm::StringRef file, llvm::StringRef folder) const {
  llvm::SmallString<128> path(file);
  llvm::sys::fs::make_absolute(folder, path);
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  llvm::StringRef shown = path;
  if (shown.consume_front(current_) && shown.consume_front("/"))
    return shown.str();
  return std::string(path);
}

void shorten_paths(model::TranslationUnit &unit,
                   const std::function<void(std::string &)> &shorten) {
  const std::function<void(model::Value &)> shorten_value = [&](model::Value &value) {
    shorten(value.location.file);
    if (auto *list = std::get_if<std::vector<model::Value>>(&value.data))
      for (model::Value &element : *list)
        shorten_value(element);
  };
  auto in_annotations = [&](model::Annotations &annotations) {
    for (model::Annotation &annotation : annotations) {
      shorten(annotation.location.file);
      for (model::Value &value : annotation.arguments)
        shorten_value(value);
    }
  };
  shorten(unit.file);
  for (model::Class &class_ : unit.classes) {
    shorten(class_.location.file);
    in_annotations(class_.annotations);
    for (model::Base &base : class_.bases)
      shorten(base.location.file);
    for (model::Member &member : class_.members) {
      shorten(member.location.file);
      in_annotations(member.annotations);
    }
  }
}

} // namespace declorm::check
