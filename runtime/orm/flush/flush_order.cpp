// flush_order.cpp: parents before children.
#include "runtime/orm/flush/flush_order.h"

#include "runtime/schema/ddl_writer.h"

#include <algorithm>

namespace declorm::detail {

namespace {

using Edges = std::unordered_map<const Table *, std::vector<const Table *>>;

/// Returns whether a relationship writes the foreign key in a second statement.
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

/// Returns each table with those that its rows refer to.
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

/// Finds Tarjan's strongly connected components, which come out in the order of dependency.
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

} // namespace

std::vector<TableGroup> order_tables(const std::vector<MapperState *> &mappers) {
  std::vector<const Table *> tables;
  std::unordered_map<const Table *, std::size_t> depth; // in a hierarchy
  for (const MapperState *mapper : mappers)
    for (std::size_t i = 0; i != mapper->parts.size(); ++i)
      if (const Table *table = mapper->parts[i].table; depth.emplace(table, i).second)
        tables.push_back(table);
  if (tables.size() > 1) {
    std::unordered_map<const Table *, std::size_t> rank;
    for (const Table *table : tables)
      if (!rank.contains(table))
        for (const Table *sorted : order_by_dependency(table->metadata().tables()).sorted)
          rank.emplace(sorted, rank.size());
    std::sort(tables.begin(), tables.end(),
              [&](const Table *a, const Table *b) { return rank[a] < rank[b]; });
  }
  std::vector<TableGroup> groups = Components(tables, edges_of(tables, links_of(mappers))).take();
  const auto is_higher = [&](const Table *a, const Table *b) { return depth[a] < depth[b]; };
  for (TableGroup &group : groups) // a stable insertion sort: groups are small
    for (auto at = group.tables.begin(); at != group.tables.end(); ++at)
      std::rotate(std::upper_bound(group.tables.begin(), at, *at, is_higher), at, at + 1);
  return groups;
}

RowGraph::RowGraph(RowReferences &references, const std::vector<DeletedPair> &pairs)
    : references_(references) {
  for (const DeletedPair &pair : pairs)
    pairs_[pair.child].push_back({pair.child, pair.parent, pair.link, nullptr});
}

namespace {

/// While levels are looked for, ObjectState::work has one of these; 0: the object has none
/// here. From mark_done on it is the level that was found.
enum Mark : std::uint32_t { mark_wanted = 1, mark_on_path, mark_done };

/// Marks objects as wanted, and takes all marks away in the end.
class Marks {
public:
  explicit Marks(const std::vector<ObjectState *> &states) : states_(states) {
    for (ObjectState *state : states_)
      state->work = mark_wanted;
  }
  ~Marks() {
    for (ObjectState *state : states_)
      state->work = 0;
  }
  Marks(const Marks &) = delete;
  Marks &operator=(const Marks &) = delete;

private:
  const std::vector<ObjectState *> &states_;
};

/// Returns whether a parent's key will take the place of what one of the members holds.
bool is_filled(const LinkWork &work, const ObjectState &child,
               std::span<const unsigned> positions) {
  bool filled = false;
  work.for_each_fill(child, [&](const KeyFill &fill) {
    filled |= std::ranges::any_of(fill.link->pairs, [&](const PositionPair &pair) {
      const unsigned at = position_in(*child.mapper, *fill.link->child, pair.child);
      return std::ranges::find(positions, at) != positions.end();
    });
  });
  return filled;
}

} // namespace

std::vector<RowGraph::Edge> RowGraph::edges_of(ObjectState &state) {
  std::vector<Edge> edges;
  if (work_)
    work_->for_each_fill(state, [&](const KeyFill &fill) {
      if (!fill.link->post_update && fill.parent->status == ObjectStatus::pending)
        edges.push_back({&state, fill.parent, fill.link, nullptr});
    });
  else if (const auto known = pairs_.find(&state); known != pairs_.end())
    edges = known->second;
  references_.for_each(state, [&](ObjectState &target, const Constraint &constraint,
                                  std::span<const unsigned> positions) {
    if (!work_ || !is_filled(*work_, state, positions))
      edges.push_back({&state, &target, nullptr, &constraint});
  });
  return edges;
}

std::vector<std::vector<ObjectState *>> RowGraph::levels(const std::vector<ObjectState *> &states) {
  std::vector<std::vector<ObjectState *>> levels(1);
  const Marks marks(states);
  std::vector<Step> path;
  const auto visit = [&](ObjectState *state) {
    if (state->work != mark_wanted)
      return;
    path.push_back(begin(*state));
    walk(path);
  };
  // Where a circle is broken depends on where the walk begins: deleted rows go the other way.
  if (work_)
    std::ranges::for_each(states, visit);
  else
    std::ranges::for_each(states.rbegin(), states.rend(), visit);
  for (ObjectState *state : states) {
    const std::size_t level = state->work - mark_done;
    if (level >= levels.size())
      levels.resize(level + 1);
    levels[level].push_back(state);
  }
  return levels;
}

RowGraph::Step RowGraph::begin(ObjectState &state) {
  state.work = mark_on_path;
  Step step{&state, edges_of(state)};
  // A circle may have sent the walk back to this object. It must not be met again.
  if (const auto broken = broken_.find(&state); broken != broken_.end())
    std::erase_if(step.edges, [&](const Edge &edge) {
      return std::any_of(broken->second.begin(), broken->second.end(), [&](const Edge &other) {
        return other.to == edge.to && other.constraint == edge.constraint;
      });
    });
  return step;
}

void RowGraph::walk(std::vector<Step> &path) {
  while (!path.empty()) {
    Step &step = path.back();
    if (step.next == step.edges.size()) {
      const std::uint32_t level = step.level;
      step.state->work = mark_done + level;
      path.pop_back();
      if (!path.empty())
        path.back().level = std::max(path.back().level, level + 1);
      continue;
    }
    const Edge edge = step.edges[step.next++];
    if (edge.to->work == mark_wanted)
      path.push_back(begin(*edge.to));
    else if (edge.to->work == mark_on_path)
      break_circle(path, edge);
    else if (edge.to->work >= mark_done)
      step.level = std::max(step.level, edge.to->work - mark_done + 1);
  }
}

/// Leaves out a key member's edge of the circle, so that the row it leads from comes first.
void RowGraph::break_circle(std::vector<Step> &path, const Edge &closing) {
  if (!closing.link)
    return note_broken(closing);
  auto first = path.end();
  while ((--first)->state != closing.to)
    ;
  for (auto step = path.end(); step-- != first;) {
    const Edge &edge = step->edges[step->next - 1];
    if (edge.link)
      continue;
    note_broken(edge);
    for (auto later = step + 1; later != path.end(); ++later)
      later->state->work = mark_wanted;
    path.erase(step + 1, path.end());
    return;
  }
  throw_circle({first, path.end()});
}

void RowGraph::throw_circle(std::span<const Step> circle) {
  std::string text;
  for (const Step &step : circle)
    text += name_of(*step.state) + ", ";
  const RelationshipState &side = circle.back().edges[circle.back().next - 1].link->side();
  throw CircularDependencyError("rows refer to each other in a circle: " + text + "and again " +
                                name_of(*circle.front().state) +
                                "; write [[declorm::post_update]] on " + short_name(side) +
                                ", and its foreign key is written in a second statement");
}

/// Returns "a new Line with key (2) refers by 'copied_from' to a new Line with key (1)".
std::string RowGraph::describe(const Edge &edge) {
  std::string by;
  if (edge.link) {
    by = short_name(edge.link->side());
  } else {
    const MapperState &mapper = *edge.from->mapper;
    for (const TablePart &part : mapper.parts) {
      const std::vector<Constraint> &all = part.table->constraints();
      if (edge.constraint < all.data() || edge.constraint >= all.data() + all.size())
        continue;
      for (const std::string &name : edge.constraint->columns)
        for (const PartColumn &column : part.columns)
          if (column.column->name() == name)
            by += (by.empty() ? "'" : ", '") + mapper.infos[column.position].member + "'";
    }
  }
  return name_of(*edge.from) + " refers by " + by + " to " + name_of(*edge.to);
}

std::string RowGraph::explain_circle(ObjectState &state) {
  // The edge was left out because a new row went before the one it refers to, or a deleted one
  // before a row that refers to it.
  Edge broken;
  for (const auto &[from, edges] : broken_)
    for (const Edge &edge : edges)
      if ((work_ ? edge.from : edge.to) == &state)
        broken = edge;
  if (!broken.from)
    return {};
  // The way back is found breadth first, so that it is the shortest.
  std::unordered_map<const ObjectState *, Edge> came_by{{broken.to, broken}};
  std::vector<ObjectState *> open{broken.to};
  for (std::size_t i = 0; i != open.size() && !came_by.contains(broken.from); ++i)
    for (const Edge &edge : edges_of(*open[i]))
      if (came_by.emplace(edge.to, edge).second)
        open.push_back(edge.to);
  std::string text;
  const ObjectState *at = broken.from;
  do {
    const auto edge = came_by.find(at);
    if (edge == came_by.end())
      return {};
    text = describe(edge->second) + (text.empty() ? "" : ", ") + text;
    at = edge->second.from;
  } while (at != broken.from);
  return "\n(rows refer to each other in a circle, so that this one could not wait for the "
         "other: " +
         text +
         (work_ ? "; leave one of these keys empty, flush(), and set it then, as a relationship "
                  "with [[declorm::post_update]] does; or write deferrable beside the foreign_key, "
                  "and the database checks it at COMMIT)"
                : "; set one of these keys to NULL and flush() before the rows are deleted, or "
                  "write on_delete(\"SET NULL\") or deferrable beside the foreign_key)");
}

} // namespace declorm::detail
