// program.cpp: Merging translation units.

#include "runtime/model/program.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace declorm::model {

namespace {

auto place_of(const Class &class_) {
  return std::tie(class_.location.file, class_.location.line, class_.location.column);
}

/// A class while the units are gone through: its definitions, those of incomplete units apart.
struct Sightings {
  std::vector<Definition> complete, incomplete;
};

void add(std::vector<Definition> &definitions, Class &&class_, std::string &&digest,
         const std::string &file) {
  auto same = std::find_if(definitions.begin(), definitions.end(),
                           [&](const Definition &known) { return known.digest == digest; });
  if (same == definitions.end()) {
    definitions.push_back({std::move(class_), std::move(digest), {file}, false});
    return;
  }
  same->files.push_back(file);
  if (place_of(class_) < place_of(same->class_))
    same->class_ = std::move(class_);
}

void sort(std::vector<Definition> &definitions) {
  for (Definition &definition : definitions) {
    std::sort(definition.files.begin(), definition.files.end());
    definition.files.erase(std::unique(definition.files.begin(), definition.files.end()),
                           definition.files.end());
  }
  std::sort(definitions.begin(), definitions.end(), [](const Definition &a, const Definition &b) {
    return std::tuple_cat(place_of(a.class_), std::tie(a.digest)) <
           std::tuple_cat(place_of(b.class_), std::tie(b.digest));
  });
}

} // namespace

const Class *Program::find(std::string_view key) const {
  auto found =
      std::lower_bound(by_key.begin(), by_key.end(), key,
                       [&](std::size_t i, std::string_view k) { return classes[i].key < k; });
  if (found == by_key.end() || classes[*found].key != key)
    return nullptr;
  return &classes[*found].class_();
}

Program merge(std::vector<TranslationUnit> units) {
  Program program;
  std::vector<std::pair<std::string, Sightings>> seen;
  std::unordered_map<std::string, std::size_t> index;
  for (TranslationUnit &unit : units) {
    program.incomplete |= unit.incomplete;
    for (Class &class_ : unit.classes) {
      auto [entry, fresh] = index.try_emplace(class_.key, seen.size());
      if (fresh)
        seen.emplace_back(class_.key, Sightings());
      Sightings &sightings = seen[entry->second].second;
      std::string text = digest(class_);
      add(unit.incomplete ? sightings.incomplete : sightings.complete, std::move(class_),
          std::move(text), unit.file);
    }
  }

  program.classes.reserve(seen.size());
  for (auto &[key, sightings] : seen) {
    sort(sightings.complete);
    sort(sightings.incomplete);
    // What an incomplete unit saw may lack members: it stands for the class only if nothing better
    // does, and is never held against another definition.
    if (sightings.complete.empty()) {
      sightings.complete.push_back(std::move(sightings.incomplete.front()));
      sightings.complete.front().incomplete = true;
    }
    program.classes.push_back({std::move(key), std::move(sightings.complete)});
  }
  std::sort(program.classes.begin(), program.classes.end(),
            [](const ProgramClass &a, const ProgramClass &b) {
              return std::tie(a.class_().name, a.key) < std::tie(b.class_().name, b.key);
            });
  program.by_key.resize(program.classes.size());
  std::iota(program.by_key.begin(), program.by_key.end(), std::size_t(0));
  std::sort(program.by_key.begin(), program.by_key.end(), [&](std::size_t a, std::size_t b) {
    return program.classes[a].key < program.classes[b].key;
  });
  return program;
}

} // namespace declorm::model
