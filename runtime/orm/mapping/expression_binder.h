// expression_binder.h: what the names in the strings of annotations stand for.
#ifndef DECLORM_ORM_MAPPING_EXPRESSION_BINDER_H
#define DECLORM_ORM_MAPPING_EXPRESSION_BINDER_H

#include "runtime/orm/mapping/mapper_set.h"
#include "runtime/orm/mapping/waiting_classes.h"

namespace declorm::detail {

/// Finds the columns and expressions that expressions name, once the classes and tables are there.
class ExpressionBinder {
public:
  ExpressionBinder(const ClassTables &tables, const WaitingClasses &waiting,
                   const MapperSet &mappers)
      : tables_(tables), waiting_(waiting), mappers_(mappers) {}

  /// Binds the expressions of all mappers that are not bound yet. Throws ArgumentError for a name
  /// that nothing has, and InvalidRequestError for one whose class or table is not there yet; it is
  /// tried again then.
  void bind_all();
  /// Binds one expression. Throws what bind_all() does.
  void bind(ExpressionSource &source);

private:
  void bind(MapperState &state);
  FoundName find_name(const ExpressionSource &source, const ExpressionName &name) const;

  const ClassTables &tables_;
  const WaitingClasses &waiting_;
  const MapperSet &mappers_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_EXPRESSION_BINDER_H
