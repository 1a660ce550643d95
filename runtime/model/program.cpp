// program.cpp: Merging translation units.

#include "runtime/model/program.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

namespace declorm::model {

namespace {

/// A class as one translation unit saw it.
struct Sighting {
  Class *class_;
  const TranslationUnit *unit;
  bool incomplete; ///< something of it may be missing
};

auto place_of(const Class &class_) {
  return std::tie(class_.location.file, class_.location.line, class_.location.column);
}

/// By key; what compiled comes before what did not, then by place.
bool comes_before(const Sighting &a, const Sighting &b) {
  if (int order = a.class_->key.compare(b.class_->key); order != 0)
    return order < 0;
  return std::tuple_cat(std::tie(a.incomplete), place_of(*a.class_), std::tie(a.unit->file)) <
         std::tuple_cat(std::tie(b.incomplete), place_of(*b.class_), std::tie(b.unit->file));
}

using Sightings = std::span<Sighting>; ///< of one class, sorted

/// Cuts sorted sightings into those of one class each, in the order of the classes' names.
std::vector<Sightings> group(std::vector<Sighting> &sightings) {
  std::vector<Sightings> groups;
  for (auto begin = sightings.begin(); begin != sightings.end();) {
    auto end = std::find_if(begin, sightings.end(), [&](const Sighting &sighting) {
      return sighting.class_->key != begin->class_->key;
    });
    groups.emplace_back(begin, end);
    begin = end;
  }
  std::sort(groups.begin(), groups.end(), [](const Sightings &a, const Sightings &b) {
    return std::tie(a.front().class_->name, a.front().class_->key) <
           std::tie(b.front().class_->name, b.front().class_->key);
  });
  return groups;
}

void add(std::vector<Definition> &definitions, const Sighting &sighting, std::string &&digest) {
  auto same = std::find_if(definitions.begin(), definitions.end(),
                           [&](const Definition &known) { return known.digest == digest; });
  if (same == definitions.end())
    definitions.push_back({std::move(*sighting.class_),
                           std::move(digest),
                           {sighting.unit->file},
                           sighting.incomplete});
  else
    same->files.push_back(sighting.unit->file);
}

std::vector<Definition> definitions_of(Sightings sightings) {
  std::vector<Definition> definitions;
  // What was not wholly read may lack members: it stands for the class only if nothing better
  // does, and is never held against another definition.
  if (sightings.size() == 1 || sightings.front().incomplete) {
    add(definitions, sightings.front(), {});
    return definitions;
  }
  for (const Sighting &sighting : sightings)
    if (!sighting.incomplete)
      add(definitions, sighting, digest(*sighting.class_));
  for (Definition &definition : definitions) {
    std::sort(definition.files.begin(), definition.files.end());
    definition.files.erase(std::unique(definition.files.begin(), definition.files.end()),
                           definition.files.end());
  }
  std::sort(definitions.begin(), definitions.end(), [](const Definition &a, const Definition &b) {
    return std::tuple_cat(place_of(a.class_), std::tie(a.files, a.digest)) <
           std::tuple_cat(place_of(b.class_), std::tie(b.files, b.digest));
  });
  return definitions;
}

/// Which files of a linker's or an archiver's have the class.
void note_files(ProgramClass &made, Sightings sightings) {
  for (const Sighting &sighting : sightings) {
    const TranslationUnit &unit = *sighting.unit;
    made.linked |= !unit.image.empty();
    if (!unit.library.empty() &&
        (made.library.empty() ||
         std::tie(unit.library, unit.object) < std::tie(made.library, made.object))) {
      made.library = unit.library;
      made.object = unit.object;
    }
  }
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

bool is_closed(const Program &program, const Definition &definition) {
  if (program.whole && !program.incomplete)
    return true;
  const std::string &file = definition.class_.location.file;
  return std::find(definition.files.begin(), definition.files.end(), file) !=
         definition.files.end();
}

Program merge(std::vector<TranslationUnit> units) {
  Program program;
  std::vector<Sighting> sightings;
  for (TranslationUnit &unit : units) {
    program.incomplete |= unit.incomplete;
    if (!unit.image.empty())
      program.images.push_back(unit.image);
    for (Class &class_ : unit.classes) {
      class_.incomplete |= unit.incomplete;
      sightings.push_back({&class_, &unit, class_.incomplete || !class_.doubtful.empty()});
      program.incomplete |= sightings.back().incomplete;
    }
  }
  std::sort(sightings.begin(), sightings.end(), comes_before);
  std::vector<Sightings> groups = group(sightings);
  program.classes.reserve(groups.size());
  for (Sightings group : groups) {
    ProgramClass &made = program.classes.emplace_back();
    made.key = group.front().class_->key;
    note_files(made, group);
    made.definitions = definitions_of(group);
  }
  std::sort(program.images.begin(), program.images.end());
  program.images.erase(std::unique(program.images.begin(), program.images.end()),
                       program.images.end());
  program.by_key.resize(program.classes.size());
  std::iota(program.by_key.begin(), program.by_key.end(), std::size_t(0));
  std::sort(program.by_key.begin(), program.by_key.end(), [&](std::size_t a, std::size_t b) {
    return program.classes[a].key < program.classes[b].key;
  });
  return program;
}

} // namespace declorm::model
