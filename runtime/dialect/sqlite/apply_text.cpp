// apply_text.cpp: finds each constraint of the pragmas in the text, for its name and what else it
// has.
#include "runtime/dialect/sqlite/apply_text.h"

#include "runtime/ascii.h"
#include "runtime/dialect/sqlite/ddl_reader.h"
#include "runtime/dialect/sqlite/sqlite.h"

#include <algorithm>

namespace declorm::detail {
namespace {

std::string folded(std::string_view name) { return ascii_lower(name); }

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
    if (!said.on_conflict.empty())
      column->options.push_back({"sqlite_on_conflict_not_null", said.on_conflict});
    const bool is_implied = column->type.exact && folded(said.collation) == "decimal";
    if (!is_implied)
      column->collation = said.collation;
  }
}

/// How the text has a key's columns compared: with the collation that it names there, or with the
/// column's.
std::vector<std::string> collations_of(const TableText::Key &key, const TableText &text) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i != key.columns.size(); ++i) {
    std::string collation = key.order[i].collation;
    for (const TableText::Column &column : text.columns)
      if (collation.empty() && folded(column.name) == folded(key.columns[i]))
        collation = column.collation;
    result.push_back(collation.empty() ? "BINARY" : collation);
  }
  return result;
}

/// SQLite makes one index of constraints with the same columns and collations, whatever their
/// order: it has one name, and the one ON CONFLICT that is given.
void apply_key(ReflectedKey &key, const std::vector<IndexPart> &parts, const TableText &text,
               const std::vector<const TableText::Key *> &candidates) {
  std::vector<std::string> collations;
  for (const IndexPart &part : parts)
    collations.push_back(part.collation);
  for (const TableText::Key *said : candidates) {
    const bool is_same = same_names(said->columns, key.columns) &&
                         (parts.empty() || same_names(collations_of(*said, text), collations));
    if (!is_same)
      continue;
    if (!key.name)
      key.name = said->name;
    if (!said->on_conflict.empty() && key.options.empty())
      key.options.push_back({"sqlite_on_conflict", said->on_conflict});
  }
  // What the columns have by themselves is not said again.
  TableText::Key plain;
  plain.columns = key.columns;
  plain.order.resize(key.columns.size());
  const std::vector<std::string> own = collations_of(plain, text);
  for (std::size_t i = 0; i != parts.size() && i != own.size(); ++i) {
    const bool differs = folded(own[i]) != folded(parts[i].collation);
    key.order.push_back({differs ? parts[i].collation : "", parts[i].descending});
  }
  if (std::ranges::all_of(key.order, [](const KeyOrder &order) { return order == KeyOrder(); }))
    key.order.clear();
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

void apply_table_text(ReflectedTable &table, const KeyParts &parts, std::string_view create_table) {
  const TableText text = read_create_table(create_table);
  apply_columns(table, text);
  std::vector<const TableText::Key *> unique, keys{&text.primary_key};
  for (const TableText::Key &key : text.unique_constraints)
    unique.push_back(&key);
  if (!parts.primary_key.empty()) // else a unique constraint on it has an index of its own
    keys.insert(keys.end(), unique.begin(), unique.end());
  if (!table.primary_key.columns.empty()) {
    apply_key(table.primary_key, parts.primary_key, text, keys);
    table.primary_key.name = text.primary_key.name;
  }
  table.always_makes_key = text.autoincrement;
  if (text.autoincrement)
    table.options.push_back({"sqlite_autoincrement", "true"});
  for (std::size_t i = 0; i != table.unique_constraints.size(); ++i)
    apply_key(table.unique_constraints[i], parts.unique[i], text, unique);
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
