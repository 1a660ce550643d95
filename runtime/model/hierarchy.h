// hierarchy.h: Which mapped class derives from which, and where its members' columns are.
#ifndef DECLORM_MODEL_HIERARCHY_H
#define DECLORM_MODEL_HIERARCHY_H

#include "runtime/model/columns.h"

#include <algorithm>

namespace declorm::model {

/// Makes an entry for each mapped class, in the Program's order, and links parents and children.
/// A class that only claims to be mapped to its parent's table, and has no mapped base, is left
/// out.
void find_hierarchies(const Program &program, Mapping &mapping);

/// Of a single or joined class: adds the columns `own` that it declares to its table or to that of
/// `table_class`, and makes the list of its attributes. Parents come before their children.
void add_attributes(const Program &program, MappedClass &mapped, MappedClass &table_class,
                    const Lineage &lineage, std::vector<ColumnDecl> own);

/// Of a concrete class: makes the list of its attributes if it declares members of its bases again.
void add_redeclared(const Program &program, MappedClass &mapped, const Lineage &lineage);

/// The columns that a joined class which declares no key takes from its parent.
std::vector<ColumnDecl> inherited_key(const Program &program, const MappedClass &mapped,
                                      const Lineage &lineage);

/// The foreign key of a key taken from the parent that has several columns: the first of the table.
ConstraintDecl inherited_key_constraint(const MappedClass &mapped, std::size_t columns);

/// The foreign keys of a joined class's table that lead to its parent's: each may be the join.
std::vector<std::vector<JoinLink>> foreign_keys_to_parent(const MappedClass &mapped);

/// The class and all that share its rows, parents before children, in the order of their columns.
std::vector<const MappedClass *> family(const MappedClass &root);

/// Whether `use_existing_column` stands on the member.
bool uses_existing(const ColumnDecl &column);

/// Calls `function(const ColumnDecl &place, ColumnRef)` for each attribute of a single or joined
/// class that it declares itself, new or again: the member as declared, and where its column is.
template <class Function>
void for_each_own_attribute(const MappedClass &mapped, Function function) {
  std::vector<const Member *> above;
  for_each_attribute(*mapped.up(), [&](const ColumnDecl &place, const ColumnRef &) {
    above.push_back(place.outer.empty() ? place.member : place.outer.front());
  });
  std::sort(above.begin(), above.end());
  for (const AttributeDecl &attribute : mapped.attributes) {
    const ColumnDecl &place = attribute.place;
    if (!std::binary_search(above.begin(), above.end(),
                            place.outer.empty() ? place.member : place.outer.front()))
      function(place, attribute.columns.front());
  }
}

/// The function that the class's inherit_condition is given; null: it has none, or a string.
const Function *inherit_function(const MappedClass &mapped);

/// Finds how joined rows belong together: from inherit_condition, or else the only foreign key.
/// What a function says is known when the program runs.
void link_joined(Mapping &mapping);

} // namespace declorm::model

#endif // DECLORM_MODEL_HIERARCHY_H
