// flush_order.cpp: parents before children.
#include "runtime/orm/flush_order.h"

#include "runtime/schema/ddl.h"

#include <algorithm>

namespace declorm::detail {

namespace {

using Edges = std::unordered_map<const Table *, std::vector<const Table *>>;

/// Whether a relationship writes the foreign key in a second statement.
bool is_post_updated(const Table &table, const Constraint &constraint,
                     const std::vector<const KeyLink *> &links) {
  return std::any_of(links.begin(), links.end(), [&](const KeyLink *link) {
    if (!link->post_update || link->pairs.size() != constraint.columns.size())
      return false;
    return std::all_of(link->pairs.begin(), link->pairs.end(), [&](const PositionPair &pair) {
      const Column &column = *link->child->infos[pair.child].column;
      return &column.table() == &table &&
             std::find(constraint.columns.begin(), constraint.columns.end(), column.name()) !=
                 constraint.columns.end();
    });
  });
}

/// Each table with those its rows refer to.
Edges edges_of(const std::vector<const Table *> &tables,
               const std::vector<const KeyLink *> &links) {
  Edges edges;
  const auto add = [&](const Table *from, const Table *to) {
    if (std::find(tables.begin(), tables.end(), from) == tables.end() ||
        std::find(tables.begin(), tables.end(), to) == tables.end())
      return;
    std::vector<const Table *> &targets = edges[from];
    if (std::find(targets.begin(), targets.end(), to) == targets.end())
      targets.push_back(to);
  };
  for (const Table *table : tables)
    for (const Constraint &constraint : table->constraints())
      if (constraint.kind == ConstraintKind::foreign_key &&
          !is_post_updated(*table, constraint, links))
        for (const std::string &referred : constraint.referred)
          if (const Table *target =
                  table->metadata().find_table(ForeignKey(referred).target_table()))
            add(table, target);
  for (const KeyLink *link : links)
    if (!link->post_update)
      for (const PositionPair &pair : link->pairs)
        add(&link->child->infos[pair.child].column->table(),
            &link->parent->infos[pair.parent].column->table());
  return edges;
}

/// Tarjan's strongly connected components: they come out in the order of dependency.
class Components {
public:
  Components(const std::vector<const Table *> &tables, const Edges &edges) : edges_(edges) {
    for (const Table *table : tables)
      if (!numbers_.contains(table))
        visit(table);
  }
  std::vector<TableGroup> take() { return std::move(groups_); }

private:
  unsigned visit(const Table *table) {
    const unsigned number = numbers_[table] = ++count_;
    stack_.push_back(table);
    unsigned low = number;
    bool refers_to_itself = false;
    if (const auto targets = edges_.find(table); targets != edges_.end())
      for (const Table *target : targets->second) {
        refers_to_itself |= target == table;
        if (const auto known = numbers_.find(target); known == numbers_.end())
          low = std::min(low, visit(target));
        else if (std::find(stack_.begin(), stack_.end(), target) != stack_.end())
          low = std::min(low, known->second);
      }
    if (low != number)
      return low;
    TableGroup &group = groups_.emplace_back();
    const auto first = std::find(stack_.begin(), stack_.end(), table);
    group.tables.assign(first, stack_.end());
    stack_.erase(first, stack_.end());
    group.is_circular = refers_to_itself || group.tables.size() > 1;
    return low;
  }

  const Edges &edges_;
  std::unordered_map<const Table *, unsigned> numbers_;
  unsigned count_ = 0;
  std::vector<const Table *> stack_;
  std::vector<TableGroup> groups_;
};

std::vector<const KeyLink *> links_of(const std::vector<MapperState *> &mappers) {
  std::vector<const KeyLink *> links;
  for (const MapperState *mapper : mappers)
    for (const MappedRelationship &mapped : mapper->relationships)
      if (const KeyLink *link = mapped.state->key_link;
          link && std::find(links.begin(), links.end(), link) == links.end())
        links.push_back(link);
  return links;
}

/// A depth-first walk over objects, without recursion: chains may be long.
class ObjectOrder {
public:
  using Next = std::vector<std::pair<ObjectState *, const KeyLink *>>;

  /// `next(state)`: what must come before it.
  template <class NextOf>
  std::vector<ObjectState *> order(const std::vector<ObjectState *> &states, NextOf next) {
    for (ObjectState *state : states)
      if (!done_.contains(state))
        walk(*state, next);
    return std::move(result_);
  }

private:
  struct Step {
    ObjectState *state;
    Next next;
    std::size_t at = 0;
  };

  template <class NextOf> void walk(ObjectState &start, NextOf next) {
    std::vector<Step> path{{&start, next(start), 0}};
    done_.emplace(&start, false);
    while (!path.empty()) {
      Step &step = path.back();
      if (step.at == step.next.size()) {
        done_[step.state] = true;
        result_.push_back(step.state);
        path.pop_back();
        continue;
      }
      ObjectState *other = step.next[step.at++].first;
      const auto [known, is_new] = done_.emplace(other, false);
      if (is_new)
        path.push_back({other, next(*other), 0});
      else if (!known->second)
        throw_circle(path, *other);
    }
  }

  [[noreturn]] static void throw_circle(const std::vector<Step> &path, const ObjectState &end) {
    std::string text;
    const auto first = std::find_if(path.begin(), path.end(),
                                    [&](const Step &step) { return step.state == &end; });
    const KeyLink *link = nullptr;
    for (auto step = first; step != path.end(); ++step) {
      text += name_of(*step->state) + ", ";
      link = step->next[step->at - 1].second;
    }
    const RelationshipState &side = link->side();
    throw CircularDependencyError("rows refer to each other in a circle: " + text + "and again " +
                                  name_of(end) + "; write [[declorm::post_update]] on " +
                                  short_name(side) +
                                  ", and its foreign key is written in a second statement");
  }

  std::unordered_map<ObjectState *, bool> done_;
  std::vector<ObjectState *> result_;
};

} // namespace

std::vector<TableGroup> order_tables(const std::vector<MapperState *> &mappers) {
  std::vector<const Table *> tables;
  for (const MapperState *mapper : mappers)
    for (const TablePart &part : mapper->parts)
      if (std::find(tables.begin(), tables.end(), part.table) == tables.end())
        tables.push_back(part.table);
  if (tables.size() > 1) {
    std::unordered_map<const Table *, std::size_t> rank;
    for (const Table *table : tables)
      if (!rank.contains(table))
        for (const Table *sorted : order_by_dependency(table->metadata().tables()).sorted)
          rank.emplace(sorted, rank.size());
    std::sort(tables.begin(), tables.end(),
              [&](const Table *a, const Table *b) { return rank[a] < rank[b]; });
  }
  return Components(tables, edges_of(tables, links_of(mappers))).take();
}

std::vector<ObjectState *> order_inserts(const std::vector<ObjectState *> &states,
                                         const LinkWork &work) {
  const std::unordered_set<const ObjectState *> wanted(states.begin(), states.end());
  return ObjectOrder().order(states, [&](ObjectState &child) {
    ObjectOrder::Next parents;
    if (const auto fills = work.fills.find(&child); fills != work.fills.end())
      for (const KeyFill &fill : fills->second)
        if (!fill.link->post_update && fill.parent->status == ObjectStatus::pending &&
            wanted.contains(fill.parent))
          parents.emplace_back(fill.parent, fill.link);
    return parents;
  });
}

std::vector<ObjectState *> order_deletes(const std::vector<ObjectState *> &states,
                                         const std::vector<DeletedPair> &pairs) {
  std::unordered_map<const ObjectState *, ObjectOrder::Next> children;
  for (const DeletedPair &pair : pairs)
    children[pair.parent].emplace_back(pair.child, pair.link);
  return ObjectOrder().order(states, [&](ObjectState &parent) { return children[&parent]; });
}

} // namespace declorm::detail
