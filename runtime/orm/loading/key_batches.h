// key_batches.h: objects by many keys, in statements of a few fixed sizes.
#ifndef DECLORM_ORM_LOADING_KEY_BATCHES_H
#define DECLORM_ORM_LOADING_KEY_BATCHES_H

#include "declorm/dialect.h"
#include "runtime/sql/select_data.h"

#include <algorithm>
#include <bit>
#include <span>

namespace declorm::detail {

/// `column IN (keys)`; `columns`: the parts of a key, which stand one after the other in `keys`.
inline NodePtr key_among(const std::vector<NodePtr> &columns, std::span<const Value> keys) {
  const std::size_t parts = columns.size();
  std::vector<NodePtr> wanted;
  for (; !keys.empty(); keys = keys.subspan(parts)) {
    std::vector<NodePtr> values;
    for (const Value &part : keys.first(parts))
      values.push_back(literal_node(part));
    wanted.push_back(parts == 1 ? values.front() : list_node(std::move(values)));
  }
  return in_list_node(Operator::in, parts == 1 ? columns.front() : list_node(columns),
                      std::move(wanted));
}

/// How many values of keys a statement has at most. Longer lists save next to nothing once a
/// statement serves again, but each new one is compiled for what it is long.
inline constexpr std::size_t most_key_values = 512;

/// Calls `function(std::span<const Value>)` for batches of the keys, of `parts` values each, which
/// leave a statement of the dialect some parameters more. Their sizes are powers of two, filled up
/// with the last key, so that the same statements serve again.
template <class Function>
void for_each_key_batch(std::span<const Value> keys, std::size_t parts, const Dialect &dialect,
                        Function function) {
  const std::size_t most_values = std::min(dialect.limits().parameters - 1, most_key_values);
  const std::size_t at_most = std::max<std::size_t>(std::bit_floor(most_values / parts), 1);
  std::vector<Value> padded;
  while (!keys.empty()) {
    const std::size_t count = std::min(keys.size() / parts, at_most);
    const std::size_t asked = std::min(std::bit_ceil(count), at_most);
    const std::span<const Value> batch = keys.first(count * parts);
    padded.assign(batch.begin(), batch.end());
    for (std::size_t i = count; i != asked; ++i)
      padded.insert(padded.end(), batch.end() - std::ptrdiff_t(parts), batch.end());
    function(std::span<const Value>(padded));
    keys = keys.subspan(count * parts);
  }
}

} // namespace declorm::detail

#endif // DECLORM_ORM_LOADING_KEY_BATCHES_H
