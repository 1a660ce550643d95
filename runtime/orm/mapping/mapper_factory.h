// mapper_factory.h: how the mappers of all classes are made.
#ifndef DECLORM_ORM_MAPPING_MAPPER_FACTORY_H
#define DECLORM_ORM_MAPPING_MAPPER_FACTORY_H

#include "runtime/orm/mapping/mapper_set.h"
#include "runtime/orm/mapping/registered_classes.h"
#include "runtime/orm/mapping/relationship_maker.h"
#include "runtime/orm/mapping/waiting_classes.h"

namespace declorm::detail {

/// Makes tables and mappers of the mapping of all classes, parents first; those that are there stay
/// as they are. Works on what the registry owns.
class MapperFactory {
public:
  MapperFactory(const RegisteredClasses &classes, ClassTables &tables, WaitingClasses &waiting,
                MapperSet &mappers, RelationshipBinder &relationships)
      : classes_(classes), tables_(tables), waiting_(waiting), mappers_(mappers),
        relationships_(classes, waiting, mappers, relationships) {}

  /// Throws ArgumentError and InvalidRequestError for classes that cannot be mapped.
  void make(const model::Mapping &mapping);

private:
  Mapper &make_mapper(const model::MappedClass &mapped);
  Mapper &add_mapper(const model::MappedClass &mapped, Table &table, MapperState *parent);

  // concrete_unions.cpp
  /// Makes the unions that classes are read from, anew if classes came since. The tables of all
  /// classes are there.
  void make_unions(const model::Mapping &mapping);
  void make_union(const model::MappedClass &mapped);
  Table &union_table(const model::MappedClass &mapped, std::vector<MapperState *> &parts);

  const RegisteredClasses &classes_;
  ClassTables &tables_;
  WaitingClasses &waiting_;
  MapperSet &mappers_;
  RelationshipMaker relationships_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_MAPPER_FACTORY_H
