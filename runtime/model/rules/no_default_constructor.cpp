// no_default_constructor.cpp: Rows of a mapped class that no object can be made for.

#include "runtime/model/rule.h"

namespace declorm::model {

namespace {

/// Whether some row may be one of the class itself, not of a subclass.
bool has_own_rows(const MappedClass &mapped) {
  if (mapped.polymorphic_abstract)
    return false;
  if (mapped.concrete_union && mapped.concrete_union->kind == UnionKind::abstract_base)
    return false;
  return !mapped.root || !mapped.root->discriminator || mapped.identity;
}

std::string abstract_problem(const MappedClass &mapped) {
  const std::string begin = "class '" + mapped.class_->name +
                            "' has pure virtual functions, so that rows of its own can never be "
                            "loaded; ";
  if (mapped.identity)
    return begin + "if all rows are of its subclasses, write [[declorm::polymorphic_abstract]] in "
                   "place of its polymorphic_identity";
  return begin + "if only its subclasses are mapped, write [[declorm::abstract]], and if their "
                 "rows stand in its table, give it a polymorphic_on";
}

std::string problem(const MappedClass &mapped, bool is_row) {
  const std::string begin = "class '" + mapped.class_->name + "' has no default constructor, so ";
  if (is_row)
    return begin + "that no row can be read into it; give it one, which may be private, or "
                   "annotate another one, or a static function, with [[declorm::constructor]]";
  return begin + "that its objects can be written but never loaded; give it one, which may be "
                 "private, or annotate another one, or a static function, with "
                 "[[declorm::constructor]]";
}

void check(const MappedClass &mapped, bool is_row, Diagnostics &diagnostics) {
  const unsigned flags = mapped.class_->flags;
  const bool is_abstract = flags & detail::class_abstract;
  if (!is_abstract && !(flags & detail::class_unmakeable))
    return;
  if (!has_own_rows(mapped))
    return;
  diagnostics.push_back(
      {"no-default-constructor",
       Severity::warning,
       is_abstract && !is_row ? abstract_problem(mapped) : problem(mapped, is_row),
       mapped.class_->location,
       {}});
  if (!is_abstract)
    diagnostics.back().notes.push_back(
        {"the compiler makes none beside another constructor, nor for a member that is a "
         "reference, const without an initialiser, or of a class without one",
         mapped.class_->location});
}

} // namespace

void rule::no_default_constructor(const Program &, const Mapping &mapping,
                                  Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes)
    check(mapped, /*is_row=*/false, diagnostics);
  for (const MappedClass &row : mapping.rows)
    check(row, /*is_row=*/true, diagnostics);
}

} // namespace declorm::model
