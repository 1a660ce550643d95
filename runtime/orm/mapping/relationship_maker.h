// relationship_maker.h: relationships as their classes declare them.
#ifndef DECLORM_ORM_MAPPING_RELATIONSHIP_MAKER_H
#define DECLORM_ORM_MAPPING_RELATIONSHIP_MAKER_H

#include "runtime/orm/mapping/registered_classes.h"
#include "runtime/orm/mapping/relationship_binder.h"

namespace declorm::detail {

/// Makes the relationships of new mappers. How their tables join is found later, by the binder.
class RelationshipMaker {
public:
  RelationshipMaker(const RegisteredClasses &classes, WaitingClasses &waiting, MapperSet &mappers,
                    RelationshipBinder &binder)
      : classes_(classes), waiting_(waiting), mappers_(mappers), binder_(binder) {}

  /// A class with a relationship to one that waits for its table gets its relationships when that
  /// has one. Throws ArgumentError and InvalidRequestError for a target that is no mapped class.
  void make(const model::Mapping &mapping);

private:
  void make(const model::RelationshipDecl &decl, MapperState &owner);
  void set_place(const model::RelationshipDecl &decl, RelationshipState &made) const;

  const RegisteredClasses &classes_;
  WaitingClasses &waiting_;
  MapperSet &mappers_;
  RelationshipBinder &binder_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_RELATIONSHIP_MAKER_H
