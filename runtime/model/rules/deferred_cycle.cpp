// deferred_cycle.cpp: Tables whose rows need each other's first.

#include "runtime/model/rule.h"

#include <algorithm>
#include <map>

namespace declorm::model {

namespace {

/// A foreign key that a row cannot be inserted without.
struct NeededKey {
  const MappedClass *to = nullptr;
  std::string name; ///< "a.b_id"
  Location location;
};

using Needs = std::map<const MappedClass *, std::vector<NeededKey>>;

/// The keys of the class's table that accept no NULL and are checked at once.
std::vector<NeededKey> needed_keys(const MappedClass &mapped) {
  std::vector<NeededKey> keys;
  const std::string prefix = mapped.table.full_name() + ".";
  for (const ColumnDecl &column : mapped.table.columns)
    for (const ForeignKeyDecl &key : column.foreign_keys)
      if (!column.nullable && !key.deferrable && key.link.column)
        keys.push_back({key.link.class_->table_class, prefix + column.name, key.location});
  for (const ConstraintDecl &constraint : mapped.table.constraints) {
    if (constraint.deferrable || constraint.links.empty() || !constraint.links.front().column)
      continue;
    std::string names;
    bool is_needed = true;
    for (const std::string &name : constraint.columns) {
      const auto column = std::find_if(mapped.table.columns.begin(), mapped.table.columns.end(),
                                       [&](const ColumnDecl &one) { return one.name == name; });
      is_needed &= column != mapped.table.columns.end() && !column->nullable;
      names += (names.empty() ? "" : ", ") + prefix + name;
    }
    if (is_needed)
      keys.push_back({constraint.links.front().class_->table_class, names, constraint.location});
  }
  // A row may refer to itself.
  std::erase_if(keys, [&](const NeededKey &key) { return key.to == &mapped; });
  return keys;
}

/// Leaves only tables that may be part of a cycle, and of those keys that lead to such tables.
void prune(Needs &needs) {
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (auto at = needs.begin(); at != needs.end();) {
      std::erase_if(at->second, [&](const NeededKey &key) { return !needs.count(key.to); });
      const bool is_end = at->second.empty();
      is_changed |= is_end;
      at = is_end ? needs.erase(at) : std::next(at);
    }
  }
}

/// The shortest way from `start` back to it; empty if there is none.
std::vector<NeededKey> shortest_cycle(const Needs &needs, const MappedClass *start) {
  std::map<const MappedClass *, std::pair<const MappedClass *, const NeededKey *>> from;
  std::vector<const MappedClass *> open{start};
  for (std::size_t i = 0; i != open.size() && !from.count(start); ++i)
    for (const NeededKey &key : needs.at(open[i]))
      if (from.try_emplace(key.to, open[i], &key).second)
        open.push_back(key.to);
  std::vector<NeededKey> cycle;
  if (!from.count(start))
    return cycle;
  const MappedClass *at = start;
  do {
    const auto &[before, key] = from.at(at);
    cycle.insert(cycle.begin(), *key);
    at = before;
  } while (at != start);
  return cycle;
}

void report(const MappedClass &start, const std::vector<NeededKey> &cycle,
            Diagnostics &diagnostics) {
  std::string path = "'" + start.table.full_name() + "'";
  for (const NeededKey &key : cycle)
    path += " needs one of '" + key.to->table.full_name() + "' (" + key.name + ")" +
            (&key == &cycle.back() ? "" : ", which");
  Diagnostic finding{"deferred-cycle",
                     Severity::error,
                     "no row can be inserted first: one of table " + path +
                         "; let one of these foreign keys accept NULL (std::optional), with "
                         "post_update on its relationship, or make it deferrable",
                     cycle.front().location,
                     {}};
  for (const NeededKey &key : cycle)
    if (&key != &cycle.front())
      finding.notes.push_back({"'" + key.name + "' is here", key.location});
  diagnostics.push_back(std::move(finding));
}

} // namespace

void rule::deferred_cycle(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  Needs needs;
  for (const MappedClass &mapped : mapping.classes)
    if (mapped.has_table())
      if (std::vector<NeededKey> keys = needed_keys(mapped); !keys.empty())
        needs.emplace(&mapped, std::move(keys));
  prune(needs);
  std::vector<const MappedClass *> reported;
  for (const MappedClass &mapped : mapping.classes) {
    if (!needs.count(&mapped) ||
        std::find(reported.begin(), reported.end(), &mapped) != reported.end())
      continue;
    const std::vector<NeededKey> cycle = shortest_cycle(needs, &mapped);
    if (cycle.empty())
      continue;
    report(mapped, cycle, diagnostics);
    for (const NeededKey &key : cycle)
      reported.push_back(key.to);
  }
}

} // namespace declorm::model
