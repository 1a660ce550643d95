// registered_classes.cpp: modules that come and go, and the model of what they bring.
#include "runtime/orm/mapping/registered_classes.h"

#include "declorm/error.h"
#include "runtime/model/diagnostic.h"
#include "runtime/orm/mapping/registered_model.h"

#include <algorithm>

namespace declorm::detail {

RegisteredClasses::Change RegisteredClasses::add(const Module &module) {
  Change change;
  for (unsigned i = 0; i != module.count; ++i) {
    const Class &class_ = *module.classes[i];
    Registered &registered = classes_[class_.key];
    auto shape = std::find_if(registered.shapes.begin(), registered.shapes.end(),
                              [&](const Shape &known) { return known.digest == class_.digest; });
    if (shape == registered.shapes.end()) {
      change.has_new_shape = true;
      shape = registered.shapes.insert(shape, Shape{class_.digest, {}, {}});
    }
    if (shape->copies.empty() && registered.mapped_digest == class_.digest)
      change.takeovers.push_back({&class_, shape->gone}); // it was unloaded and is back
    shape->copies.push_back({&class_, module.source});
    by_type_name_.emplace(class_.type->name, &class_);
  }
  return change;
}

RegisteredClasses::Change RegisteredClasses::remove(const Module &module) {
  Change change;
  for (unsigned i = 0; i != module.count; ++i) {
    const Class *class_ = module.classes[i];
    const auto registered = classes_.find(std::string_view(class_->key));
    if (registered == classes_.end())
      continue;
    for (Shape &shape : registered->second.shapes) {
      const auto is_it = [&](const Copy &copy) { return copy.class_ == class_; };
      const auto copy = std::find_if(shape.copies.begin(), shape.copies.end(), is_it);
      if (copy == shape.copies.end())
        continue;
      shape.copies.erase(copy);
      if (std::any_of(shape.copies.begin(), shape.copies.end(), is_it))
        break; // the module registered it twice
      const auto range = by_type_name_.equal_range(class_->type->name);
      for (auto it = range.first; it != range.second; ++it)
        if (it->second == class_) {
          by_type_name_.erase(it);
          break;
        }
      if (!shape.copies.empty()) {
        change.takeovers.push_back({shape.copies.front().class_, thunks_of(*class_)});
        break;
      }
      shape.gone = thunks_of(*class_);
      change.has_lost_shape = true;
      if (registered->second.mapped_digest == shape.digest)
        change.unloaded.push_back(registered->first);
      break;
    }
  }
  return change;
}

const Class *RegisteredClasses::find(const std::string &key) const {
  const auto registered = classes_.find(key);
  if (registered == classes_.end())
    return nullptr;
  for (const Shape &shape : registered->second.shapes)
    if (!shape.copies.empty())
      return shape.copies.front().class_;
  return nullptr;
}

std::vector<const Class *> RegisteredClasses::copies_of(const TypeId &type) const {
  std::vector<const Class *> copies;
  const auto range = by_type_name_.equal_range(type.name);
  for (auto it = range.first; it != range.second; ++it) {
    const bool is_internal = it->second->flags & class_internal;
    if (!is_internal || it->second->type->tag == type.tag)
      copies.push_back(it->second);
  }
  return copies;
}

model::Program RegisteredClasses::program() const {
  // One translation unit stands for all classes of which there is one shape. Of others it matters
  // who has which shape.
  std::vector<model::TranslationUnit> units(1);
  units.front().classes.reserve(classes_.size());
  const auto is_loaded = [](const Shape &shape) { return !shape.copies.empty(); };
  for (const auto &[key, registered] : classes_) {
    const std::vector<Shape> &shapes = registered.shapes;
    const bool is_one = std::count_if(shapes.begin(), shapes.end(), is_loaded) == 1;
    for (const Shape &shape : shapes)
      for (const Copy &copy : shape.copies) {
        if (!is_one)
          units.emplace_back().file = copy.source;
        (is_one ? units.front() : units.back()).classes.push_back(to_model(*copy.class_));
        if (is_one)
          break;
      }
  }
  return model::merge(std::move(units));
}

void RegisteredClasses::check_reloaded() const {
  for (const auto &[key, registered] : classes_)
    check_reloaded(registered);
}

/// Tables and mappers are made of the first shape of a class, and stay when its module goes.
void RegisteredClasses::check_reloaded(const Registered &registered) const {
  if (registered.mapped_digest.empty())
    return;
  const Class *other = nullptr;
  for (const Shape &shape : registered.shapes) {
    if (shape.copies.empty())
      continue;
    if (shape.digest == registered.mapped_digest)
      return;
    other = shape.copies.front().class_;
  }
  if (!other)
    return;
  const model::Class loaded = to_model(*other);
  throw ArgumentError(model::to_string(
      {"definition-mismatch",
       model::Severity::error,
       "class '" + loaded.name + "' is defined in two ways: it was mapped as " + registered.place +
           " defines it, in a module that is unloaded by now; load that definition again, or start "
           "the program anew",
       loaded.location,
       {}}));
}

void RegisteredClasses::note_mapped(const model::Program &merged) {
  for (const model::ProgramClass &mapped : merged.classes) {
    Registered &registered = classes_.find(mapped.key)->second;
    if (!registered.mapped_digest.empty())
      continue;
    for (const Shape &shape : registered.shapes)
      if (!shape.copies.empty())
        registered.mapped_digest = shape.digest;
    const model::Location &location = mapped.class_().location;
    registered.place = location.file + ":" + std::to_string(location.line);
  }
}

} // namespace declorm::detail
