// apply_text.h: adds what a table's text says to what the pragmas say of it.
#ifndef DECLORM_DIALECT_SQLITE_APPLY_TEXT_H
#define DECLORM_DIALECT_SQLITE_APPLY_TEXT_H

#include "runtime/engine/schema_reader.h"

namespace declorm::detail {

/// `create_table`: the text in sqlite_master. What it says otherwise than the pragmas is not
/// believed.
void apply_table_text(ReflectedTable &table, std::string_view create_table);

/// A part of an index as the pragma has it.
struct IndexPart {
  bool is_column;
  std::string column;
};
void apply_index_text(ReflectedIndex &index, const std::vector<IndexPart> &parts,
                      std::string_view create_index);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_APPLY_TEXT_H
