// expressions.h: The annotations whose strings are expressions.
//
// In: a mapped class whose columns are known. Out: its expressions, parsed and with their names
// resolved, and what is wrong with them, with the place inside the string.
#ifndef DECLORM_MODEL_EXPRESSION_EXPRESSIONS_H
#define DECLORM_MODEL_EXPRESSION_EXPRESSIONS_H

#include "runtime/model/expression/resolver.h"
#include "runtime/model/expression/source_text.h"
#include "runtime/model/lineage.h"

namespace declorm::model {

/// Whether any annotation of the class, its mixins or bases holds an expression.
bool has_expressions(const Lineage &lineage);

/// Refuses attributes whose expressions refer to each other in a circle, or too deeply. Run it when
/// all are read.
void check_circles(Mapping &mapping, Diagnostics &diagnostics);

/// A finding about a name in the string.
Diagnostic diagnostic_of(NameProblem problem, const SourceText &source);

class ExpressionReader {
public:
  ExpressionReader(Names &names, MappedClass &mapped, Placeholders &placeholders,
                   Diagnostics &diagnostics)
      : names_(names), mapped_(mapped), placeholders_(placeholders), diagnostics_(diagnostics),
        lineage_(names.program(), *mapped.class_) {}

  /// Appends to `mapped.expressions`.
  void read();

private:
  void read_annotations(const Annotations &annotations, const Member *member, unsigned ancestor);
  void read_deferred(ColumnDecl &attribute, bool inherited);
  void read_string(const Value &value, const Annotation &annotation, const Member *member,
                   unsigned ancestor);
  void read_name(const SourceText &source, const Annotation &annotation);
  bool check_forms(const ExpressionDecl &decl, const SourceText &source);
  void resolve(ExpressionDecl &decl, const SourceText &source, const Member *member);
  void report(const char *rule, std::string message, const SourceText &source, TextRange range,
              std::string fix);
  const Class *target_of(const Member &member) const;

  Names &names_;
  MappedClass &mapped_;
  Placeholders &placeholders_;
  Diagnostics &diagnostics_;
  const Lineage lineage_;
};

} // namespace declorm::model

#endif // DECLORM_MODEL_EXPRESSION_EXPRESSIONS_H
