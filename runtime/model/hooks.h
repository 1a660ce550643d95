// hooks.h: Functions of a class that are called for its objects, or for the class.
#ifndef DECLORM_MODEL_HOOKS_H
#define DECLORM_MODEL_HOOKS_H

#include "runtime/model/model.h"

#include <array>

namespace declorm::model {

/// When a function is called. In the order of hook_names.
enum class HookKind : unsigned char {
  before_insert,
  after_insert,
  before_update,
  after_update,
  before_delete,
  after_delete,
  after_load,
  declare_first, ///< for the class, before configure
  declare_last,  ///< for the class, after configure
};

/// The annotations, by kind.
inline constexpr std::array<std::string_view, 9> hook_names = {
    "before_insert", "after_insert", "before_update", "after_update", "before_delete",
    "after_delete",  "after_load",   "declare_first", "declare_last",
};

/// The kind that the annotation of that name says, or nullopt.
std::optional<HookKind> hook_kind(std::string_view annotation);

/// Whether it is called for a class, not for an object.
constexpr bool is_for_class(HookKind kind) { return kind >= HookKind::declare_first; }

/// A function with one of these annotations, as one mapped class has it.
struct HookDecl {
  HookKind kind = HookKind::before_insert;
  Function function;
  const Class *declared_in = nullptr; ///< the class, a base or a mixin
  std::uint64_t holder = 0;           ///< offset of the object of that class in the mapped class
};

/// A function that checks the values of one attribute, or makes others of them: `validates`.
struct ValidatorDecl {
  std::string attribute; ///< the name of a member
  Function function;     ///< gives the member of an object what it returns for its value
  const Class *declared_in = nullptr;
  std::uint64_t holder = 0; ///< offset of the object of that class in the mapped class
  Location location;        ///< of the attribute's name
};

struct Lineage;

/// The hooks of a class and of its bases: those of a base come before those of the classes that
/// have it, each in the order of declaration. What is called for a class is not inherited from
/// mapped bases, which call it themselves.
std::vector<HookDecl> read_hooks(const Lineage &lineage);

/// The validators of a class and of its bases, in the same order.
std::vector<ValidatorDecl> read_validators(const Lineage &lineage);

} // namespace declorm::model

#endif // DECLORM_MODEL_HOOKS_H
