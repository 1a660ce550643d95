// columns.h: A member's annotations become a column.
#ifndef DECLORM_MODEL_COLUMNS_H
#define DECLORM_MODEL_COLUMNS_H

#include "runtime/model/lineage.h"
#include "runtime/model/mapping.h"
#include "runtime/model/placeholders.h"

namespace declorm::model {

/// Whether the option is given and not false: a bare annotation is true.
bool is_true(const Annotation &annotation);

/// Makes the columns of a class: bases first, then by declaration, then by sort_order; of several
/// members of one name the first in the lineage's precedence counts. What the lineage marks as
/// inherited is left out. Keeps its memory between classes.
class ColumnReader {
public:
  explicit ColumnReader(const Program &program) : program_(program) {}

  std::vector<ColumnDecl> read(const Lineage &lineage, Placeholders &placeholders);

private:
  struct Candidate {
    const Member *member;
    const Annotation *annotation; ///< `column` or `composite`; null: hides others of its name only
    unsigned ancestor;
    unsigned position; ///< in DDL order
  };

  void gather(const Lineage &lineage);
  void drop_hidden();
  void add(const Candidate &candidate, const Lineage &lineage, Placeholders &placeholders,
           std::vector<ColumnDecl> &columns) const;
  void add_composite(const ColumnDecl &outer, const Annotation &annotation, bool inherited,
                     Placeholders &placeholders, std::vector<ColumnDecl> &columns) const;

  const Program &program_;
  std::vector<Candidate> candidates_;
  std::vector<unsigned> layout_; ///< indexes of ancestors
};

} // namespace declorm::model

#endif // DECLORM_MODEL_COLUMNS_H
