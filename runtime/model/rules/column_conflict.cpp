// column_conflict.cpp: Two members want the same column of a table.

#include "runtime/model/hierarchy.h"
#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace declorm::model {

namespace {

/// A column of a table with the class it comes from.
struct Declared {
  const ColumnDecl &column;
  const MappedClass &declarer;
  bool is_own; ///< of the class that has the table

  /// The class that a message names: of a table's own columns the mixin they stand in, of those of
  /// classes without a table the class.
  const std::string &owner() const {
    return (is_own && column.outer.empty() ? column.declared_in : declarer.class_)->name;
  }
};

Declared declared(const MappedClass &mapped, std::size_t index) {
  return {mapped.table.columns[index], mapped.declarer(index), index < mapped.own_columns};
}

/// The nearest class that both derive from.
const MappedClass &common_base(const MappedClass &a, const MappedClass &b) {
  const MappedClass *base = &a;
  while (!b.is_below(*base))
    base = base->up();
  return *base;
}

constexpr char rename_one[] = "name one of the two otherwise, with column(\"...\")";

std::string way_out(const Declared &existing, const Declared &added) {
  if (&existing.declarer == &added.declarer)
    return rename_one;
  const std::string base = common_base(existing.declarer, added.declarer).class_->name;
  if (base == existing.declarer.class_->name)
    return "to use that column, put use_existing_column on member '" + member_path(added.column) +
           "' of class '" + added.owner() + "'; or " + rename_one;
  const std::string move = ", or move the member to class '" + base + "'";
  if (uses_existing(existing.column) != uses_existing(added.column))
    return "use_existing_column shares a column only if it stands on both members; put it on the "
           "other one too, or " +
           std::string(rename_one) + move;
  return "to share it, put use_existing_column on both members; or " + std::string(rename_one) +
         move;
}

void report(const MappedClass &mapped, const Declared &existing, const Declared &added,
            Diagnostics &diagnostics) {
  const std::string name = mapped.table.full_name() + "." + existing.column.name;
  diagnostics.push_back({"column-conflict",
                         Severity::error,
                         "column '" + added.column.name + "' on class '" + added.owner() +
                             "' conflicts with existing column '" + name + "'",
                         added.column.location(),
                         {{"column '" + name + "' is member '" + member_path(existing.column) +
                               "' of class '" + existing.owner() + "'; " + way_out(existing, added),
                           existing.column.location()}}});
}

} // namespace

void rule::column_conflict(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  std::vector<std::size_t> order;
  for (const MappedClass &mapped : mapping.classes) {
    const std::vector<ColumnDecl> &columns = mapped.table.columns;
    order.resize(columns.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::tie(columns[a].name, a) < std::tie(columns[b].name, b);
    });
    const std::size_t *existing = nullptr;
    for (const std::size_t &index : order) {
      if (existing && columns[*existing].name == columns[index].name)
        report(mapped, declared(mapped, *existing), declared(mapped, index), diagnostics);
      else
        existing = &index;
    }
  }
}

} // namespace declorm::model
