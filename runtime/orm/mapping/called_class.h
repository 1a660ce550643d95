// called_class.h: what a call maps, in the form in which the plugin registers an annotated class.
#ifndef DECLORM_ORM_MAPPING_CALLED_CLASS_H
#define DECLORM_ORM_MAPPING_CALLED_CLASS_H

#include "declorm/imperative.h"
#include "runtime/model/model.h"

#include <deque>
#include <string>
#include <vector>

namespace declorm::detail {

/// The classes that one call registers: the mapped one, and one for each base or value object of
/// which the call names members. Their tables and texts are made here; from then on they go the way
/// of those that the plugin wrote.
class CalledModule {
public:
  /// Makes the classes of a call. `key`: of the mapped class; `head`: its annotations beside those
  /// of the call; `base_keys`: parallel to the call's bases.
  CalledModule(const CalledClass &called, std::string key, model::Annotations head,
               const std::vector<std::string> &base_keys);
  /// Makes a part of a class that is mapped already, with one more member.
  CalledModule(const TypeId &type, std::string key, const CalledMember &member,
               model::Location place);
  CalledModule(const CalledModule &) = delete;
  CalledModule &operator=(const CalledModule &) = delete;

  const Module &module() const { return module_; }
  /// Returns the members that a backref of the call names: the class of each, and the key of a part
  /// with that member.
  const std::vector<std::pair<TypeId, std::string>> &other_sides() const { return other_sides_; }
  /// Returns the key of the mapped class.
  const std::string &key() const { return built_.front().key; }

private:
  /// A class and all that detail::Class points to.
  struct Built {
    model::Class class_;
    std::string key, digest, text;
    std::vector<Base> bases;
    std::vector<unsigned> offsets;
    std::vector<Accessor> accessors;
    std::vector<Thunk> thunks;
    Class registered{};
  };

  Built &start(const TypeId &type, std::string key);
  void add_member(Built &to, const CalledMember &called);
  void add_part(Built &to, model::Member &member, const CalledMember &called);
  void add_validator(Built &to, const CalledMember &called, const MappingOption &option);
  void finish();
  void finish(Built &built, const TypeId &type);

  model::Location place_;
  std::deque<Built> built_; ///< the mapped class first
  std::deque<std::pair<Built *, const TypeId *>> unfinished_;
  std::vector<const Class *> classes_;
  std::vector<std::pair<TypeId, std::string>> other_sides_;
  Module module_{};
};

/// With what the keys of classes begin that calls map.
inline constexpr std::string_view called_prefix = "call:";
inline bool is_called_key(std::string_view key) { return key.starts_with(called_prefix); }

/// The option of a column type that has neither length nor precision. No annotation says it: the
/// type of the member does.
inline constexpr const char *plain_type_option = "type";

/// Returns how the type of a member names a class that is found by its type, for
/// RegisteredClasses: only at the end of all calls is it known which one that is.
std::string target_of(const TypeId &type);
/// Returns the type that target_of() was asked for; its name is null if `target` is a key.
TypeId type_of_target(const std::string &target);

/// Returns the qualified name of the class that a key of the plugin's stands for, "shop::Order"; ""
/// if it has internal linkage or comes from a template. Classes of one such name are one class.
std::string name_of_key(std::string_view key);

/// Returns an option as an annotation at that place.
model::Annotation to_annotation(const MappingOption &option, const model::Location &place);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_CALLED_CLASS_H
