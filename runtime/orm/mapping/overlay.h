// overlay.h: what a class says of a table that it does not declare.
//
// The database (deferred_reflection) or the program (table_from) makes the Table, and the members
// of the class name some of its columns. What else they say is laid over the Table, so that DDL,
// comparison and joins know it, or is an error: nothing that stands at a member is without effect.
#ifndef DECLORM_ORM_MAPPING_OVERLAY_H
#define DECLORM_ORM_MAPPING_OVERLAY_H

#include "declorm/schema.h"
#include "runtime/model/mapping.h"

#include <map>
#include <tuple>

namespace declorm::detail {

/// Returns how messages name a class that has no mapper yet: "class 'User' (model.h:12)".
std::string describe(const model::MappedClass &mapped);

/// Puts what a member of the class says of its column over what the table says. Throws
/// ArgumentError if there is no such column, if the member could not hold what it does, and for
/// what only a table that the class declares can be told. `reflected_by`: the dialect of the
/// database that the table was read from; null: the program made it.
void lay_over_column(const model::MappedClass &mapped, const model::ColumnDecl &declared,
                     Table &table, const Dialect *reflected_by);
/// Puts what a class says of its columns and its table over what the table says, and refuses what
/// does not go together, as lay_over_column does; also a table without a key, and columns that no
/// member stands for and no INSERT could leave out. Throws ArgumentError.
void lay_over_table(const model::MappedClass &mapped, Table &table, const Dialect *reflected_by);
/// Returns how messages spell a type: as the dialect does, or any if it is null.
std::string spelled_type(const declorm::Type &type, const Dialect *dialect);
/// Adds what the class head says of constraints, indexes and options to a table that has none.
void lay_over_arguments(const model::MappedClass &mapped, Table &table);

/// Remembers what classes said of the Tables that the program made (table_from). Several classes
/// may be mapped to one Table, and must not contradict each other.
class GivenTables {
public:
  /// Lays what the class says over its Table. Throws ArgumentError as the functions above do, if
  /// another class says something else of a column, and for what the union of other tables would
  /// have to be told.
  void lay_over(const model::MappedClass &mapped, Table &table);
  /// Lays a class that a call maps over the Table that the call was given; of one that shares the
  /// table of its base, its own columns.
  void lay_over_called(const model::MappedClass &mapped, Table &table);

private:
  struct Said {
    std::string text; ///< "length(50)"
    std::string who;  ///< "class 'User' (model.h:12), member 'name'"
  };
  void note(const model::MappedClass &mapped, const model::ColumnDecl &declared,
            const Table &table);

  std::map<std::tuple<const Table *, std::string, std::string>, Said> said_; ///< column, option
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_OVERLAY_H
