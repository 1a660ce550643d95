// apply_text.h: adds what a table's text says to what the pragmas say of it.
#ifndef DECLORM_DIALECT_SQLITE_APPLY_TEXT_H
#define DECLORM_DIALECT_SQLITE_APPLY_TEXT_H

#include "runtime/engine/schema_reader.h"

namespace declorm::detail {

/// A part of an index as the pragma has it.
struct IndexPart {
  bool is_column;
  std::string column, collation;
  bool descending;
};
/// The indexes that stand behind a table's keys.
struct KeyParts {
  std::vector<IndexPart> primary_key; ///< empty: the key is the row's number, or there is none
  std::vector<std::vector<IndexPart>> unique; ///< of each unique constraint
};

/// `create_table`: the text in sqlite_master. What it says otherwise than the pragmas is not
/// believed.
void apply_table_text(ReflectedTable &table, const KeyParts &parts, std::string_view create_table);
void apply_index_text(ReflectedIndex &index, const std::vector<IndexPart> &parts,
                      std::string_view create_index);

} // namespace declorm::detail

#endif // DECLORM_DIALECT_SQLITE_APPLY_TEXT_H
