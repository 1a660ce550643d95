// relationships.h: The annotations of relationship members.
//
// In: mapped classes whose columns and expressions are known. Out: MappedClass::relationships, and
// what is wrong with the annotations alone.
#ifndef DECLORM_MODEL_RELATIONSHIPS_H
#define DECLORM_MODEL_RELATIONSHIPS_H

#include "runtime/model/expression/names.h"
#include "runtime/model/expression/source_text.h"
#include "runtime/model/lineage.h"
#include "runtime/model/placeholders.h"

#include <functional>

namespace declorm::model {

/// Reads the relationships of one class: its own and those of its mixins; of a concrete class those
/// of its bases too. Keeps its memory between classes.
class RelationshipReader {
public:
  RelationshipReader(Names &names, Diagnostics &diagnostics)
      : names_(names), diagnostics_(diagnostics) {}

  /// Appends to `mapped.relationships`. The class's expressions must not change any more.
  void read(MappedClass &mapped, Placeholders &placeholders);

private:
  void read_member(const Member &member, const Annotation &annotation, unsigned ancestor);
  void read_options(RelationshipDecl &decl, bool inherited);
  void read_strings(RelationshipDecl &decl) const;
  void read_secondary(RelationshipDecl &decl, const Annotation &annotation, bool inherited);
  void find_target(RelationshipDecl &decl, bool inherited);
  void find_named_target(RelationshipDecl &decl, bool inherited);
  void find_typed_target(RelationshipDecl &decl);
  void report_other_name(RelationshipDecl &decl, const SourceText &source,
                         const std::vector<NamePart> &chain);
  void report_target(RelationshipDecl &decl, Diagnostic finding, bool is_certain);

  Names &names_;
  Diagnostics &diagnostics_;
  MappedClass *mapped_ = nullptr;
  Placeholders *placeholders_ = nullptr;
  Lineage lineage_;
  std::vector<unsigned> layout_;
};

/// Adds the members that a `backref` names to their classes, links both sides with each other, and
/// finds the joins. Run it when the relationships of all classes are read and joined classes
/// linked.
void link_relationships(Names &names, Mapping &mapping);

/// The relationship of that name that the class has or inherits, or null.
const RelationshipDecl *find_relationship(const MappedClass &mapped, std::string_view name);

/// Whether every object of `mapped` is one of `base`; concrete classes count.
bool is_kind_of(const MappedClass &mapped, const MappedClass &base);

template <class Function> void for_each_relationship(const Mapping &mapping, Function function) {
  for (const MappedClass &mapped : mapping.classes)
    for (const RelationshipDecl &decl : mapped.relationships)
      function(decl);
}

/// "relationship 'addresses' of class 'User'"
std::string spell(const RelationshipDecl &decl);

/// The column that a name of an expression stands for, or null.
using ColumnOfName = std::function<const void *(const NameTarget &)>;

/// The comparisons of two columns that the condition makes with AND.
std::vector<JoinTerm> join_terms(const ExpressionDecl &condition, const ColumnOfName &column_of);

/// The columns that `foreign_keys` or `remote_side` names.
std::vector<const void *> named_columns(const std::vector<const ExpressionDecl *> &names,
                                        const ColumnOfName &column_of);

} // namespace declorm::model

#endif // DECLORM_MODEL_RELATIONSHIPS_H
