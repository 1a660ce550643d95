// unique_order.cpp: rows that take unique values from each other.
#include "runtime/orm/flush/unique_order.h"

#include <algorithm>

namespace declorm::detail {

namespace {

using Held = UniqueValues::Holder;

/// Sees to it that the row of a holder, which no update of the order frees, is out of the way.
void free_value(const Held &holder, UniqueOrder &order) {
  if (holder.emptied) {
    const EmptiedRow row{holder.state, *holder.emptied};
    if (std::ranges::find(order.emptied, row) == order.emptied.end())
      order.emptied.push_back(row);
  } else if (holder.state->status == ObjectStatus::deleted &&
             std::ranges::find(order.deleted, holder.state) == order.deleted.end()) {
    order.deleted.push_back(holder.state);
  }
}

/// Updates that wait for each other.
class Updates {
public:
  Updates(std::span<ObjectState *const> states, UniqueOrder &order)
      : states_(states), order_(order), waiting_(states.size()), of_taker_(states.size()),
        of_holder_(states.size()) {
    for (std::size_t i = 0; i != states.size(); ++i)
      numbers_.emplace(states[i], i);
  }

  void add(std::size_t taker, const Held &holder) {
    const auto number = numbers_.find(holder.state);
    if (number == numbers_.end())
      return free_value(holder, order_);
    of_taker_[taker].push_back(edges_.size());
    of_holder_[number->second].push_back(edges_.size());
    edges_.push_back({taker, number->second, holder, false});
    ++waiting_[taker];
  }

  void sort() {
    for (std::size_t i = 0; i != states_.size(); ++i)
      if (waiting_[i] == 0)
        take(i);
    std::size_t next = 0;
    for (std::size_t first = 0; next != states_.size();) {
      for (; next != order_.updates.size(); ++next)
        for (const std::size_t edge : of_holder_[numbers_.at(order_.updates[next])])
          meet(edges_[edge]);
      while (first != states_.size() && waiting_[first] == 0)
        ++first;
      if (first != states_.size() && next == order_.updates.size())
        break_circle(first);
    }
  }

private:
  struct Edge {
    std::size_t taker, holder;
    Held what;
    bool is_met;
  };

  void take(std::size_t update) { order_.updates.push_back(states_[update]); }
  void meet(Edge &edge) {
    if (!std::exchange(edge.is_met, true) && --waiting_[edge.taker] == 0)
      take(edge.taker);
  }
  /// Follows what waits for what, from an update that waits, until it meets one again.
  void break_circle(std::size_t start) {
    std::vector<std::size_t> path; // of edges
    std::vector<std::size_t> met;
    for (std::size_t at = start;;) {
      const auto again = std::ranges::find(met, at);
      if (again != met.end()) {
        path.erase(path.begin(), path.begin() + (again - met.begin()));
        break;
      }
      met.push_back(at);
      path.push_back(*std::ranges::find_if(of_taker_[at],
                                           [&](std::size_t edge) { return !edges_[edge].is_met; }));
      at = edges_[path.back()].holder;
    }
    const auto can_be_empty = [&](std::size_t edge) {
      return edges_[edge].what.emptied.has_value();
    };
    const auto found = std::ranges::find_if(path, can_be_empty);
    const Edge broken = edges_[found == path.end() ? path.front() : *found];
    if (found == path.end()) {
      order_.taker = states_[broken.taker];
      order_.holder = states_[broken.holder];
    } else {
      free_value(broken.what, order_);
    }
    for (const std::size_t edge : of_holder_[broken.holder])
      if (edges_[edge].what.set == broken.what.set)
        meet(edges_[edge]);
  }

  std::span<ObjectState *const> states_;
  UniqueOrder &order_;
  std::vector<std::size_t> waiting_; ///< how many holders each update waits for
  std::vector<std::vector<std::size_t>> of_taker_, of_holder_; ///< edges
  std::vector<Edge> edges_;
  std::unordered_map<const ObjectState *, std::size_t> numbers_;
};

} // namespace

UniqueOrder order_updates(UniqueValues &values, std::span<ObjectState *const> updates) {
  UniqueOrder order;
  if (!values.has_holders()) {
    order.updates.assign(updates.begin(), updates.end());
    return order;
  }
  Updates waiting(updates, order);
  for (std::size_t i = 0; i != updates.size(); ++i)
    values.for_each_holder(*updates[i], [&](const Held &holder) { waiting.add(i, holder); });
  waiting.sort();
  return order;
}

UniqueOrder free_values(UniqueValues &values, std::span<ObjectState *const> takers) {
  UniqueOrder order;
  if (values.has_holders())
    for (const ObjectState *taker : takers)
      values.for_each_holder(*taker, [&](const Held &holder) { free_value(holder, order); });
  return order;
}

} // namespace declorm::detail
