// dependency.cpp: in which order tables can be created.
#include "runtime/engine/suggest.h"
#include "runtime/schema/ddl_writer.h"

#include <algorithm>
#include <unordered_map>

namespace declorm::detail {
namespace {

using Indices = std::vector<std::size_t>;

std::string title(const Table &table, const Constraint &constraint) {
  std::string columns = table.full_name() + "." + constraint.columns.front();
  if (constraint.columns.size() > 1)
    columns = table.full_name() + " (" + join(constraint.columns) + ")";
  return "the foreign key " + (constraint.name.empty() ? "" : "'" + constraint.name + "' ") +
         "of " + columns;
}

/// For each table, the others it refers to.
class Dependencies {
public:
  explicit Dependencies(const std::vector<Table *> &tables) : tables_(tables) {
    for (std::size_t i = 0; i != tables.size(); ++i)
      by_name_.emplace(tables[i]->full_name(), i);
    for (const Table *table : tables) {
      targets_.emplace_back();
      for (const Constraint &constraint : table->constraints())
        if (constraint.kind == ConstraintKind::foreign_key)
          for (const std::string &referred : constraint.referred)
            add(*table, constraint, ForeignKey(referred));
    }
  }

  const Indices &of(std::size_t table) const { return targets_[table]; }

private:
  void add(const Table &table, const Constraint &constraint, const ForeignKey &key) {
    const auto found = by_name_.find(key.target_table());
    if (found == by_name_.end()) {
      std::vector<std::string> names;
      for (const Table *candidate : tables_)
        names.push_back(candidate->full_name());
      throw NoReferencedTableError(title(table, constraint) + " refers to '" + key.target() +
                                   "', and there is no table '" + key.target_table() + "'" +
                                   suggestion(key.target_table(), names));
    }
    const Table &target = *tables_[found->second];
    if (!target.find_column(key.target_column())) {
      std::vector<std::string> names;
      for (const Column *column : target.columns())
        names.push_back(column->name());
      throw NoReferencedColumnError(title(table, constraint) + " refers to '" + key.target() +
                                    "', and the table " + target.full_name() +
                                    " has no such column" + suggestion(key.target_column(), names));
    }
    Indices &targets = targets_.back();
    const bool itself = &target == &table; // needs no order
    if (!itself && std::ranges::find(targets, found->second) == targets.end())
      targets.push_back(found->second);
  }

  const std::vector<Table *> &tables_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::vector<Indices> targets_;
};

/// A circle among tables each of which waits for another one of them.
std::vector<Table *> find_circle(const std::vector<Table *> &tables,
                                 const Dependencies &dependencies, const std::vector<bool> &done,
                                 std::size_t start) {
  Indices path;
  for (std::size_t at = start;;) {
    if (const auto seen = std::ranges::find(path, at); seen != path.end()) {
      std::vector<Table *> circle;
      for (auto it = seen; it != path.end(); ++it)
        circle.push_back(tables[*it]);
      return circle;
    }
    path.push_back(at);
    at = *std::ranges::find_if(dependencies.of(at),
                               [&](std::size_t target) { return !done[target]; });
  }
}

} // namespace

TableOrder order_by_dependency(const std::vector<Table *> &tables) {
  const Dependencies dependencies(tables);
  TableOrder order;
  std::vector<bool> done(tables.size());
  // Kahn's algorithm over counts, always taking the first table that is ready.
  std::vector<std::size_t> missing(tables.size());
  std::vector<Indices> dependents(tables.size());
  Indices ready; // a heap: the smallest index in front
  const auto later = std::greater<>();
  for (std::size_t i = 0; i != tables.size(); ++i) {
    missing[i] = dependencies.of(i).size();
    for (const std::size_t target : dependencies.of(i))
      dependents[target].push_back(i);
    if (missing[i] == 0)
      ready.push_back(i);
  }
  const auto take_ready = [&] {
    while (!ready.empty()) {
      std::ranges::pop_heap(ready, later);
      const std::size_t table = ready.back();
      ready.pop_back();
      done[table] = true;
      order.sorted.push_back(tables[table]);
      for (const std::size_t dependent : dependents[table])
        if (--missing[dependent] == 0 && !done[dependent]) {
          ready.push_back(dependent);
          std::ranges::push_heap(ready, later);
        }
    }
  };
  std::ranges::make_heap(ready, later);
  take_ready();
  // What is left waits for circles: break them at their first table, one after the other.
  for (std::size_t i = 0; i != tables.size(); ++i) {
    if (done[i])
      continue;
    if (order.circle.empty())
      order.circle = find_circle(tables, dependencies, done, i);
    std::vector<Table *> circle = find_circle(tables, dependencies, done, i);
    order.circular.insert(order.circular.end(), circle.begin(), circle.end());
    const auto first = std::ranges::find(tables, circle.front());
    ready.push_back(static_cast<std::size_t>(first - tables.begin()));
    take_ready();
    if (!done[i])
      --i; // it waited for the circle from outside
  }
  return order;
}

} // namespace declorm::detail
