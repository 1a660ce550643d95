// generation.h: how values that the database makes come back to the program.
#ifndef DECLORM_ENGINE_GENERATION_H
#define DECLORM_ENGINE_GENERATION_H

namespace declorm::detail {

/// How one kind of database tells what it made of a row that a statement wrote. An INSERT can
/// return columns (RETURNING) in every database that declorm knows; what else there is differs.
struct Generation {
  /// How the key comes back that the database gives to a new row.
  enum class Key : unsigned char {
    last_id,   ///< as Outcome::generated_id, which costs less than a row that is returned
    returning, ///< in the RETURNING list of the INSERT, with the other columns
  };

  Key key = Key::returning;
  /// Whether an UPDATE can return columns. Where it cannot, they are read by a SELECT behind it.
  bool update_returns = true;
};

} // namespace declorm::detail

#endif // DECLORM_ENGINE_GENERATION_H
