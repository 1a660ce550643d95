// unique_values.h: values that must be unique in a table, and the rows of a flush that give them
// up.
#ifndef DECLORM_ORM_FLUSH_UNIQUE_VALUES_H
#define DECLORM_ORM_FLUSH_UNIQUE_VALUES_H

#include "runtime/orm/flush/row_values.h"
#include "runtime/orm/rows/mapper_statements.h"

#include <unordered_map>

namespace declorm::detail {

/// A row that holds NULL in an attribute until the flush writes it again, or deletes it.
struct EmptiedRow {
  ObjectState *state;
  unsigned position;
  friend bool operator==(const EmptiedRow &, const EmptiedRow &) = default;
};
/// Returns whether the row of an object of that class can hold NULL there, as long as the flush has
/// not written it.
bool can_be_empty(const MapperState &mapper, unsigned position);

/// The key and the other unique columns of a table, and the objects of a flush whose rows have
/// values in them that they will not keep. Partial indexes, and those of expressions, have values
/// that only the database knows: they are left out.
class UniqueValues {
public:
  explicit UniqueValues(const Table &table);

  /// Returns whether an UPDATE of these attributes writes a value that must be unique, or that an
  /// index which is left out may be about.
  bool is_written(const MapperState &mapper, const ColumnMask &changed);
  /// Lets the values be found that the object's row has, and will not have when the object is
  /// written or deleted.
  void add_holder(ObjectState &state);
  bool has_holders() const { return has_holders_; }

  /// A row that has unique values, those of the set with that number, which another row is to have.
  struct Holder {
    ObjectState *state;
    std::size_t set;
    /// The attribute in which the row can hold NULL until it is written or deleted, and no unique
    /// values then.
    std::optional<unsigned> emptied;
  };
  /// Calls `visit(const Holder &)` for each other object whose row has values that the object's row
  /// is to have.
  template <class Visit> void for_each_holder(const ObjectState &taker, Visit visit) {
    for (std::size_t i = 0; i != sets_.size(); ++i)
      if (ObjectState *holder = holder_of(taker, i); holder && holder != &taker)
        visit(Holder{holder, i, emptied(*holder, i)});
  }

private:
  struct Set {
    std::vector<std::string> columns;
    std::unordered_map<std::string, ObjectState *> holders; ///< by packed values
  };

  const std::vector<unsigned> &positions(const MapperState &mapper, std::size_t set);
  ObjectState *holder_of(const ObjectState &taker, std::size_t set);
  std::optional<unsigned> emptied(const ObjectState &holder, std::size_t set);
  void add_set(std::vector<std::string> columns);

  const Table &table_;
  std::vector<Set> sets_;
  bool has_others_ = false; ///< unique indexes that are left out
  bool has_holders_ = false;
  std::unordered_map<const MapperState *, std::vector<std::vector<unsigned>>> positions_;
  ValuePacker packer_;
  std::string packed_, packed_before_; ///< scratch
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_UNIQUE_VALUES_H
