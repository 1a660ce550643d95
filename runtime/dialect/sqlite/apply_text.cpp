// apply_text.cpp: finds each constraint of the pragmas in the text, for its name and what else it
// has.
#include "runtime/dialect/sqlite/apply_text.h"

#include "runtime/dialect/sqlite/ddl_reader.h"
#include "runtime/dialect/sqlite/sqlite.h"

#include <algorithm>

namespace declorm::detail {
namespace {

std::string folded(std::string_view name) { return sqlite_dialect().folded(name); }

bool same_names(const std::vector<std::string> &a, const std::vector<std::string> &b) {
  return std::ranges::equal(a, b, {}, folded, folded);
}

void apply_columns(ReflectedTable &table, const TableText &text) {
  for (const TableText::Column &said : text.columns) {
    const auto column = std::ranges::find_if(table.columns, [&](const ReflectedColumn &each) {
      return folded(each.name) == folded(said.name);
    });
    if (column == table.columns.end())
      continue;
    if (!said.computed.empty())
      column->computed = said.computed;
    const bool is_implied = column->type.exact && folded(said.collation) == "decimal";
    if (!is_implied)
      column->collation = said.collation;
  }
}

/// Both have them in one order, but it takes no chance.
void apply_foreign_keys(ReflectedTable &table, std::vector<ReflectedForeignKey> texts) {
  for (ReflectedForeignKey &key : table.foreign_keys) {
    const auto said = std::ranges::find_if(texts, [&](const ReflectedForeignKey &each) {
      return same_names(each.columns, key.columns) &&
             folded(each.referred_table) == folded(key.referred_table);
    });
    if (said == texts.end())
      continue;
    key.name = said->name;
    key.deferrable = said->deferrable;
    texts.erase(said);
  }
}

} // namespace

void apply_table_text(ReflectedTable &table, std::string_view create_table) {
  const TableText text = read_create_table(create_table);
  apply_columns(table, text);
  if (!table.primary_key.columns.empty())
    table.primary_key.name = text.primary_key.name;
  table.always_makes_key = text.autoincrement;
  if (text.autoincrement)
    table.options.push_back({"sqlite_autoincrement", "true"});
  for (ReflectedKey &key : table.unique_constraints)
    for (const ReflectedKey &said : text.unique_constraints)
      if (!key.name && same_names(said.columns, key.columns))
        key.name = said.name;
  apply_foreign_keys(table, text.foreign_keys);
  table.check_constraints = text.check_constraints;
}

void apply_index_text(ReflectedIndex &index, const std::vector<IndexPart> &parts,
                      std::string_view create_index) {
  const IndexText text = read_create_index(create_index);
  index.where = text.where;
  const bool is_plain =
      text.parts.size() != parts.size() ||
      std::ranges::all_of(text.parts, [](const IndexText::Part &part) { return part.is_name; });
  for (std::size_t i = 0; i != parts.size(); ++i) {
    if (parts[i].is_column && (is_plain || text.parts[i].is_name))
      index.columns.push_back(parts[i].column);
    if (!is_plain || !parts[i].is_column)
      index.expressions.push_back(i < text.parts.size() ? text.parts[i].sql : parts[i].column);
  }
}

} // namespace declorm::detail
