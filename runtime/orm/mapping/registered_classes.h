// registered_classes.h: the classes that loaded modules have registered, and their copies.
#ifndef DECLORM_ORM_MAPPING_REGISTERED_CLASSES_H
#define DECLORM_ORM_MAPPING_REGISTERED_CLASSES_H

#include "declorm/registration.h"
#include "runtime/model/program.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace declorm::detail {

/// All registered classes of the process. A module brings a copy of each class that its sources
/// use; the first copy that is loaded speaks for all of them. Not locked: its owner is.
class RegisteredClasses {
public:
  /// A copy of a class that takes over from one whose module is gone.
  struct Takeover {
    const Class *class_;
    std::vector<Thunk> gone; ///< the functions that annotations had in the module that is gone
  };
  /// What a module that came or went has changed.
  struct Change {
    bool has_new_shape = false;        ///< a class came that was unknown in this shape
    bool has_lost_shape = false;       ///< the last copy of some shape went
    std::vector<Takeover> takeovers;   ///< mappers use these copies from now on
    std::vector<std::string> unloaded; ///< the keys of mapped classes that no module has any more
  };

  /// Where a call put a class that is marked `manual`.
  struct Place {
    std::string metadata, registry;
    std::string location; ///< of the call
  };

  Change add(const Module &module);
  Change remove(const Module &module);
  /// Gives a class members that stand in the part of that key, which is at `offset` in it.
  void extend(const std::string &key, const std::string &part, std::uint64_t offset);
  /// The same of a class that may be registered later, as long as the part is registered: the
  /// member that a backref names.
  void add_other_side(const TypeId &class_, std::string part);
  /// Says where the manual class of that key is mapped; before, program() has it as one that waits.
  void map_manual(const std::string &key, Place place) { manual_[key] = std::move(place); }
  void unmap_manual(const std::string &key) { manual_.erase(key); }
  /// Returns the manual classes that are mapped, by key.
  const std::map<std::string, Place, std::less<>> &manual() const { return manual_; }

  /// Returns the copy that speaks for the class of that key; null if no loaded module has one.
  const Class *find(const std::string &key) const;
  /// Returns all copies of the class. Classes of one name in the anonymous namespaces of several
  /// translation units are told apart.
  std::vector<const Class *> copies_of(const TypeId &type) const;
  /// Returns the merged model of all loaded classes.
  model::Program program() const;

  /// Throws ArgumentError if a class was mapped in one shape, went, and came back in another.
  void check_reloaded() const;
  /// Remembers in which shapes the classes of `merged`, of program(), were mapped.
  void note_mapped(const model::Program &merged);

private:
  /// A class as one module brings it.
  struct Copy {
    const Class *class_;
    const char *source; ///< the main file of the translation unit
  };
  /// The copies of a class that are alike.
  struct Shape {
    std::string digest;
    std::vector<Copy> copies;
    std::vector<Thunk> gone; ///< the functions of the last copy, when there is none any more
  };
  struct Registered {
    std::vector<Shape> shapes;        ///< more than one is a definition-mismatch
    std::string mapped_digest, place; ///< of the shape that was mapped; "" before
  };
  void check_reloaded(const Registered &registered) const;
  const Class *find_called(const std::string &key) const;
  model::Class model_of(const Class &class_) const;
  void find_called_targets(std::vector<model::TranslationUnit> &units) const;

  std::map<std::string, Registered, std::less<>> classes_;                ///< by key
  std::map<std::string, Place, std::less<>> manual_;                      ///< by key
  std::map<std::string, std::vector<model::Base>, std::less<>> extended_; ///< by key
  std::unordered_multimap<std::string_view, const Class *> by_type_name_;
  std::vector<std::pair<TypeId, std::string>> other_sides_; ///< classes, and keys of their parts
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_REGISTERED_CLASSES_H
