// deferred.h: columns and expressions that SELECTs for objects leave out until they are asked for.
#ifndef DECLORM_ORM_MAPPING_DEFERRED_H
#define DECLORM_ORM_MAPPING_DEFERRED_H

#include "declorm/loading.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace declorm::detail {

struct MapperState;

/// A deferred attribute of a class. Objects keep bits of those that they lack: the 32nd and all
/// behind it share one, so that they are loaded together.
struct DeferredAttribute {
  unsigned load_field = 0; ///< index in the mapper's load_fields
  std::uint32_t bit = 0;
  std::string group; ///< "": it is in none
};

/// Which deferred attributes a SELECT reads: those that options name.
class ChosenDeferred {
public:
  /// None of them, or all.
  explicit ChosenDeferred(bool all = false) : bits_(all ? ~std::uint32_t(0) : 0) {}
  /// Those that the options name for objects of `mapper`, and of classes below it, to which the
  /// first `depth` relationships of their paths lead. Throws InvalidRequestError if none of these
  /// classes has an attribute or a group that is named.
  ChosenDeferred(MapperState &mapper, std::span<const LoadOption *const> options,
                 std::size_t depth);
  /// Those of the bits, of objects of one class.
  explicit ChosenDeferred(std::uint32_t bits) : bits_(bits) {}
  ChosenDeferred(const ChosenDeferred &) = delete;
  ChosenDeferred &operator=(const ChosenDeferred &) = delete;

  bool empty() const { return bits_ == 0 && named_.empty(); }
  /// Returns the bits of the class's attributes that are read.
  std::uint32_t bits_of(const MapperState &mapper) const;

private:
  std::uint32_t bits_ = 0; ///< of attributes that are read, whichever options name them
  std::vector<const Undeferred *> named_;
};

/// Returns the bit of the deferred attribute that the member is; 0: it is none.
std::uint32_t deferred_bit_of(const MapperState &mapper, const RelationshipRef &member);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_DEFERRED_H
