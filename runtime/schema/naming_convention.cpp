// naming_convention.cpp: names made from the patterns of a MetaData.
#include "runtime/schema/naming_convention.h"

#include "runtime/engine/suggest.h"
#include "runtime/schema/table_list.h"

#include <algorithm>

namespace declorm {
namespace detail {

namespace {

using Replacements = std::vector<std::pair<std::string_view, std::string>>;

/// One of the convention's patterns: what it may hold, and what tells two names of a table apart.
struct Kind {
  const char *name;
  std::string NamingConvention::*pattern;
  std::vector<std::string> placeholders;
  std::vector<std::string> distinguishing; ///< one of these must stand in it; empty: none must
};

const std::vector<Kind> &kinds() {
  static const std::vector<std::string> columns{"column", "columns", "number"};
  static const std::vector<Kind> all{
      {"primary_key", &NamingConvention::primary_key, {"table"}, {}},
      {"unique", &NamingConvention::unique, {"table", "column", "columns", "number"}, columns},
      {"foreign_key",
       &NamingConvention::foreign_key,
       {"table", "column", "columns", "referred_table", "referred_columns", "number"},
       columns},
      {"check", &NamingConvention::check, {"table", "number"}, {"number"}},
      {"index", &NamingConvention::index, {"table", "column", "columns"}, {"column", "columns"}},
  };
  return all;
}

/// Calls `placeholder` with each name in braces, and `text` with what stands between them.
template <class Text, class Placeholder>
void for_each_piece(std::string_view pattern, Text text, Placeholder placeholder) {
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{'), close = pattern.find('}', open);
    text(pattern.substr(0, open));
    if (open == std::string_view::npos)
      return;
    if (close == std::string_view::npos)
      return text(pattern.substr(open));
    placeholder(pattern.substr(open + 1, close - open - 1));
    pattern.remove_prefix(close + 1);
  }
}

std::string filled(std::string_view pattern, const Replacements &replacements) {
  std::string name;
  for_each_piece(
      pattern, [&](std::string_view text) { name += text; },
      [&](std::string_view placeholder) {
        name +=
            std::ranges::find(replacements, placeholder, &Replacements::value_type::first)->second;
      });
  return name;
}

std::string braced(const std::vector<std::string> &names) {
  std::vector<std::string> each;
  for (const std::string &name : names)
    each.push_back("{" + name + "}");
  return join(each);
}

void check(const Kind &kind, const std::string &pattern) {
  const std::string what = "the naming convention's pattern '" + pattern + "' for " + kind.name;
  bool distinguishes = kind.distinguishing.empty();
  for_each_piece(
      pattern, [](std::string_view) {},
      [&](std::string_view placeholder) {
        if (std::ranges::find(kind.placeholders, placeholder) == kind.placeholders.end())
          throw ArgumentError(what + " has the unknown placeholder '{" + std::string(placeholder) +
                              "}'; it may hold " + braced(kind.placeholders));
        distinguishes |=
            std::ranges::find(kind.distinguishing, placeholder) != kind.distinguishing.end();
      });
  if (!distinguishes)
    throw ArgumentError(what + " would give two of a table the same name; it needs one of " +
                        braced(kind.distinguishing));
}

Replacements of_columns(const Table &table, const std::vector<std::string> &columns) {
  return {{"table", table.name()},
          {"columns", join(columns, "_")},
          {"column", columns.empty() ? std::string() : columns.front()}};
}

} // namespace

void check_patterns(const NamingConvention &patterns) {
  for (const Kind &kind : kinds())
    if (const std::string &pattern = patterns.*kind.pattern; !pattern.empty())
      check(kind, pattern);
}

std::string conventional_name(const NamingConvention &patterns, const Table &table,
                              const Constraint &constraint, std::size_t number) {
  Replacements replacements = of_columns(table, constraint.columns);
  replacements.emplace_back("number", std::to_string(number));
  switch (constraint.kind) {
  case ConstraintKind::primary_key:
    return filled(patterns.primary_key, replacements);
  case ConstraintKind::unique:
    return filled(patterns.unique, replacements);
  case ConstraintKind::check:
    return filled(patterns.check, replacements);
  case ConstraintKind::foreign_key:
    break;
  }
  std::vector<std::string> referred;
  std::string referred_table;
  for (const std::string &target : constraint.referred) {
    const ForeignKey key(target);
    referred.push_back(key.target_column());
    referred_table = key.target_table();
  }
  referred_table.erase(0, referred_table.rfind('.') + 1); // its schema is no part of a name
  replacements.emplace_back("referred_table", referred_table);
  replacements.emplace_back("referred_columns", join(referred, "_"));
  return filled(patterns.foreign_key, replacements);
}

std::string conventional_name(const NamingConvention &patterns, const Table &table,
                              const Index &wanted) {
  return filled(patterns.index.empty() ? "ix_{table}_{columns}" : patterns.index,
                of_columns(table, wanted.columns));
}

} // namespace detail

void MetaData::naming_convention(NamingConvention patterns) {
  const std::lock_guard lock(list_->mutex);
  if (list_->naming)
    throw InvalidRequestError("the MetaData has a naming convention already, and names were made "
                              "by it; call naming_convention once, before tables are created");
  detail::check_patterns(patterns);
  list_->naming = std::move(patterns);
  for (const std::unique_ptr<Table> &table : list_->tables) {
    for (Index &known : table->indexes_)
      if (known.expressions.empty() && known.name == detail::conventional_name({}, *table, known))
        known.name = detail::conventional_name(*list_->naming, *table, known);
    table->name_constraints();
  }
}

const NamingConvention *MetaData::naming() const {
  return list_->naming ? &*list_->naming : nullptr;
}

/// A number is the first that makes a name which the table does not have yet.
void Table::name_constraints() {
  const NamingConvention *patterns = metadata_->naming();
  if (!patterns)
    return;
  const auto is_taken = [this](const std::string &name) {
    return std::ranges::find(constraints_, name, &Constraint::name) != constraints_.end();
  };
  for (Constraint &constraint : constraints_) {
    if (!constraint.name.empty())
      continue;
    std::string name;
    for (std::size_t number = 1; number <= constraints_.size(); ++number) {
      name = detail::conventional_name(*patterns, *this, constraint, number);
      if (!is_taken(name))
        break;
    }
    constraint.name = std::move(name);
  }
}

} // namespace declorm
