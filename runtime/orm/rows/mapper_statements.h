// mapper_statements.h: the SQL that reads and writes the rows of a mapped class, in one dialect.
#ifndef DECLORM_ORM_ROWS_MAPPER_STATEMENTS_H
#define DECLORM_ORM_ROWS_MAPPER_STATEMENTS_H

#include "runtime/engine/query_run.h"
#include "runtime/orm/mapping/mapper_state.h"

#include <atomic>
#include <mutex>
#include <span>
#include <unordered_map>

namespace declorm::detail {

/// A set of attributes by position.
using ColumnMask = std::vector<bool>;

/// An INSERT into one table for one set of attributes.
struct InsertPlan {
  std::size_t statement_id = 0;
  std::string sql;
  std::vector<Field> bound;       ///< in parameter order
  std::vector<unsigned> left_out; ///< positions the database fills
  std::vector<Field> returned;    ///< of left_out, in RETURNING order; empty if none is asked for
  bool key_from_last_id = false;  ///< the generated key is Outcome::generated_id
};

/// A statement with its number in the connections' caches.
struct NumberedSql {
  std::size_t id = 0;
  std::string sql;
};

/// An UPDATE of one set of attributes in one table.
struct UpdatePlan {
  std::size_t statement_id = 0;
  std::string sql;
  std::vector<Field> bound; ///< SET in parameter order; the key follows
  /// The columns that the database makes anew, in the order in which the UPDATE returns them. Where
  /// the dialect's UPDATE returns nothing, this is empty, and `read_again` reads `made`.
  std::vector<Field> returned;
  NumberedSql read_again; ///< a SELECT with the key; its `sql` is "" if there is nothing to read
  std::vector<Field> made;
};

/// The SELECT of one object: parameters are the key's parts, then `further`.
struct KeySelect : NumberedSql {
  std::vector<Value> further;
  const LoadPlan *plan = nullptr; ///< that it was made for

  /// The parameters for a key of these fields; `room` holds them if they are not just that.
  std::span<const Value> parameters(std::span<const Value> key, std::span<const Field> fields,
                                    std::vector<Value> &room) const;
};

/// Puts the attributes of `all` that are written to one of the mapper's tables into `part_mask`.
/// Whether there are any.
bool mask_of_part(const MapperState &mapper, unsigned part, const ColumnMask &all,
                  ColumnMask &part_mask);
/// Takes the part's key out of the mask. Whether the mask has anything else.
bool mask_without_key(const TablePart &part, ColumnMask &part_mask);

/// The SELECT of one object, on its way. Throws what a query throws. `key` must outlive it.
struct KeyQuery {
  KeyQuery(ConnectionState &connection, const MapperState &mapper, std::span<const Value> key);

  const KeySelect &select;
  std::vector<Value> room; ///< the parameters, if they are not just the key
  QueryRun run;
};

/// Safe to use from several threads; plans live as long as the object. `part`: index in the
/// mapper's parts.
class MapperStatements {
public:
  MapperStatements(const MapperState &mapper, const Dialect &dialect);

  const Dialect &dialect() const { return dialect_; }
  /// WHERE key: the columns, loaded expressions, and what the mapper's load plan adds.
  const KeySelect &select_key();
  /// DELETE, WHERE key, and the version behind it where the part has it.
  const NumberedSql &remove(unsigned part) const { return remove_[part]; }
  /// The version, WHERE key, of a mapper that has one.
  const NumberedSql &select_version() const { return select_version_; }
  /// `left_out`: the columns that the database fills.
  const InsertPlan &insert(unsigned part, const ColumnMask &left_out);
  /// WHERE key, and the version behind it where the part has it.
  const UpdatePlan &update(unsigned part, const ColumnMask &changed);
  /// Fields of plans are copies: forget them after the mapper's were bound anew.
  void clear_plans();
  /// Counts how often that was done: who keeps a plan asks before it is used again.
  unsigned generation() const { return generation_.load(std::memory_order_acquire); }

private:
  struct PartStatements {
    std::unordered_map<ColumnMask, std::unique_ptr<InsertPlan>> inserts;
    std::unordered_map<ColumnMask, std::unique_ptr<UpdatePlan>> updates;
  };

  const MapperState &mapper_;
  const Dialect &dialect_;
  std::vector<NumberedSql> remove_;
  NumberedSql select_version_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<const KeySelect>> key_selects_;
  std::atomic<const KeySelect *> key_select_{nullptr}; ///< the last of them
  std::vector<PartStatements> parts_;
  std::atomic<unsigned> generation_{0};
};

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_MAPPER_STATEMENTS_H
