// registered_classes.cpp: modules that come and go, and the model of what they bring.
#include "runtime/orm/mapping/registered_classes.h"

#include "declorm/error.h"
#include "runtime/model/diagnostic.h"
#include "runtime/orm/mapping/called_class.h"
#include "runtime/orm/mapping/registered_model.h"
#include "runtime/sql/entity.h"

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
    if (!(class_.flags & class_part))
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

/// The class that a call maps and that the plugin would have given the key; or null.
const Class *RegisteredClasses::find_called(const std::string &key) const {
  static constexpr std::string_view of_int = type_name<int>();
  const std::string name = name_of_key(key);
  if (name.empty())
    return nullptr;
  const std::string type = std::string(of_int.substr(0, of_int.rfind("int]"))) + name + "]";
  const auto range = by_type_name_.equal_range(type);
  for (auto it = range.first; it != range.second; ++it)
    if (is_called_key(it->second->key) && !(it->second->flags & class_internal))
      return it->second;
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

void RegisteredClasses::extend(const std::string &key, const std::string &part,
                               std::uint64_t offset) {
  extended_[key].push_back({part, {}, offset, false, {}});
}

void RegisteredClasses::add_other_side(const TypeId &class_, std::string part) {
  other_sides_.emplace_back(class_, std::move(part));
}

/// Returns what the plugin wrote, with what calls have added.
model::Class RegisteredClasses::model_of(const Class &class_) const {
  model::Class result = to_model(class_);
  if (const auto place = manual_.find(result.key); place != manual_.end()) {
    model::Annotations &head = result.annotations;
    const model::Location at = head.front().location;
    std::erase_if(head, [](const model::Annotation &annotation) {
      return annotation.name == "manual" || annotation.name == "metadata" ||
             annotation.name == "registry";
    });
    head.push_back({"mapped_by_call", {}, at});
    head.push_back({"metadata", {{place->second.metadata, at}}, at});
    head.push_back({"registry", {{place->second.registry, at}}, at});
  }
  if (const auto extended = extended_.find(result.key); extended != extended_.end())
    for (const model::Base &part : extended->second) {
      result.bases.push_back(part);
      result.bases.back().location = result.location;
    }
  for (const auto &[type, part] : other_sides_)
    if (!(class_.flags & class_part) && *class_.type == type && find(part))
      result.bases.push_back({part, {}, 0, false, result.location});
  return result;
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
        (is_one ? units.front() : units.back()).classes.push_back(model_of(*copy.class_));
        if (is_one)
          break;
      }
  }
  find_called_targets(units);
  return model::merge(std::move(units));
}

[[noreturn]] static void throw_below_called(const model::Class &class_, const Class &called) {
  const auto place_of = [](const model::Class &known) {
    return known.location.file + ":" + std::to_string(known.location.line);
  };
  const model::Class base = to_model(called);
  throw ArgumentError("class '" + class_.name + "' (" + place_of(class_) +
                      ") bears annotations, and derives from class '" + base.name +
                      "', which a call maps, at " + place_of(base) +
                      "; map it by a call too, with inherits<" + base.name + ">()");
}

/// Members of classes that calls map name the classes that they lead to by their types, and those
/// of annotated classes name one that a call maps by the key that the plugin would have given it.
void RegisteredClasses::find_called_targets(std::vector<model::TranslationUnit> &units) const {
  const auto first = classes_.lower_bound(called_prefix);
  if (first == classes_.end() || !is_called_key(first->first))
    return;
  const auto find_called = [&](std::string &key) {
    if (key.empty() || classes_.contains(key))
      return;
    if (const Class *called = this->find_called(key))
      key = called->key;
  };
  for (model::TranslationUnit &unit : units)
    for (model::Class &class_ : unit.classes) {
      for (const model::Base &base : class_.bases)
        if (!classes_.contains(base.key))
          if (const Class *called = this->find_called(base.key))
            throw_below_called(class_, *called);
      for (model::Member &member : class_.members)
        if (const TypeId type = type_of_target(member.type.target); !type.name)
          find_called(member.type.target);
        else if (const auto copies = copies_of(type); !copies.empty())
          member.type.target = copies.front()->key;
    }
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
