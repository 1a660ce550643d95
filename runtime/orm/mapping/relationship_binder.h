// relationship_binder.h: how the tables of relationships join, and which keys and rows they keep.
#ifndef DECLORM_ORM_MAPPING_RELATIONSHIP_BINDER_H
#define DECLORM_ORM_MAPPING_RELATIONSHIP_BINDER_H

#include "runtime/orm/mapping/expression_binder.h"
#include "runtime/orm/mapping/relationship.h"

namespace declorm::detail {

/// Makes relationships ready for use, and owns the links that they show: foreign keys and rows of
/// tables in between. Not locked: its owner is.
class RelationshipBinder {
public:
  RelationshipBinder(ClassTables &tables, ExpressionBinder &expressions)
      : tables_(tables), expressions_(expressions) {}

  /// Takes a relationship that is to be bound; it lives as long as its mapper.
  void add(RelationshipState &relationship) { unbound_.push_back(&relationship); }
  /// Leaves out those that are to be bound and whose owners are forgotten.
  template <class IsForgotten> void forget_of(IsForgotten is_forgotten) {
    std::erase_if(unbound_, [&](const RelationshipState *relationship) {
      return is_forgotten(*relationship->owner);
    });
  }
  /// Forgets the links that relationships show whose classes are unmapped.
  template <class IsUnmapped> void unlink(IsUnmapped is_unmapped) {
    std::erase_if(key_links_, [&](const auto &link) {
      return is_unmapped(*link->child) || is_unmapped(*link->parent);
    });
  }
  /// Binds those that were added and are not bound yet. Throws NoForeignKeysError and
  /// AmbiguousForeignKeysError, and ArgumentError for what only tables that were made by hand show;
  /// what failed is tried again at the next call.
  void bind_all();

  /// Returns the foreign keys that relationships keep.
  std::vector<const KeyLink *> key_links() const;

private:
  void bind(RelationshipState &relationship);
  /// Returns the table in between, or null. Throws InvalidRequestError if it is not there.
  const Table *secondary_of(const RelationshipState &relationship);
  /// Makes or finds the link that a relationship, perhaps with its partner, shows.
  void link(RelationshipState &relationship);
  void link_rows(RelationshipState &relationship, RelationshipState *partner);
  void link_keys(RelationshipState &relationship, RelationshipState *partner);

  ClassTables &tables_;
  ExpressionBinder &expressions_;
  std::vector<RelationshipState *> unbound_;
  std::vector<std::unique_ptr<KeyLink>> key_links_;
  std::vector<std::unique_ptr<RowLink>> row_links_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_RELATIONSHIP_BINDER_H
