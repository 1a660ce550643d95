// version.h: Which column counts the versions of a class's rows.
#ifndef DECLORM_MODEL_VERSION_H
#define DECLORM_MODEL_VERSION_H

#include "runtime/model/lineage.h"
#include "runtime/model/mapping.h"

namespace declorm::model {

/// `version_id` on a member, or on the class with the name of an attribute or column.
struct VersionMark {
  const Annotation *annotation = nullptr;
  ColumnRef column;
  const ColumnDecl *place = nullptr; ///< the member as the class has it
};

/// All marks of the class itself and of its mixins that mean a column which the class declares
/// itself.
std::vector<VersionMark> version_marks(const MappedClass &mapped, const Lineage &lineage);

/// `version_id_generator` on a class or on a static member function.
struct VersionGenerator {
  const Annotation *annotation = nullptr;
  const Class *class_ = nullptr; ///< whose head or function it stands on
};

/// The generators of the class itself and of its mixins, the one that counts first.
std::vector<VersionGenerator> version_generators(const Lineage &lineage);

/// The class's own version column, the first that is marked; nullopt: it declares none. The columns
/// of the class are there.
std::optional<VersionDecl> read_version(const MappedClass &mapped, const Lineage &lineage);

/// The class that declares the version which counts for `mapped`, itself or one above it; null:
/// its rows have none.
inline const MappedClass *versioned_class(const MappedClass &mapped) {
  for (const MappedClass *at = &mapped; at; at = at->up())
    if (at->version)
      return at;
  return nullptr;
}

} // namespace declorm::model

#endif // DECLORM_MODEL_VERSION_H
