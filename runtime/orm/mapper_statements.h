// mapper_statements.h: the SQL that reads and writes the rows of a mapped class, in one dialect.
#ifndef DECLORM_ORM_MAPPER_STATEMENTS_H
#define DECLORM_ORM_MAPPER_STATEMENTS_H

#include "runtime/orm/mapper_state.h"

#include <unordered_map>

namespace declorm::detail {

/// A set of columns by position.
using ColumnMask = std::vector<bool>;

/// An INSERT for one set of columns.
struct InsertPlan {
  std::size_t statement_id = 0;
  std::string sql;
  std::vector<Field> bound;       ///< in parameter order
  std::vector<unsigned> left_out; ///< positions the database fills
  std::vector<Field> returned;    ///< of left_out, in RETURNING order; empty if none is asked for
  bool key_from_last_id = false;  ///< the generated key is last_insert_id()
};

/// An UPDATE of one set of columns.
struct UpdatePlan {
  std::size_t statement_id = 0;
  std::string sql;
  std::vector<Field> bound;    ///< SET in parameter order; the key follows
  std::vector<Field> returned; ///< columns with an onupdate_sql, in RETURNING order
};

/// A statement with its number in the connections' caches.
struct NumberedSql {
  std::size_t id;
  std::string sql;
};

/// Safe to use from several threads; plans live as long as the object.
class MapperStatements {
public:
  MapperStatements(const MapperState &mapper, const Dialect &dialect);

  const Dialect &dialect() const { return dialect_; }
  const NumberedSql &select() const { return select_; }         ///< without WHERE
  const NumberedSql &select_key() const { return select_key_; } ///< WHERE key
  const NumberedSql &remove() const { return remove_; }         ///< DELETE, WHERE key
  /// `left_out`: the columns that the database fills.
  const InsertPlan &insert(const ColumnMask &left_out);
  const UpdatePlan &update(const ColumnMask &changed);
  /// Fields of plans are copies: forget them after the mapper's were bound anew.
  void clear_plans();

private:
  std::string table() const;
  std::string name(unsigned position) const;
  /// WHERE on the key; parameters are numbered from `first`.
  std::string where_key(int first) const;

  const MapperState &mapper_;
  const Dialect &dialect_;
  NumberedSql select_, select_key_, remove_;
  std::mutex mutex_;
  std::unordered_map<ColumnMask, std::unique_ptr<InsertPlan>> inserts_;
  std::unordered_map<ColumnMask, std::unique_ptr<UpdatePlan>> updates_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPER_STATEMENTS_H
