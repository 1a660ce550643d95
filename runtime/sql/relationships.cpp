// relationships.cpp: joins along relationships, and what any(), has(), contains() and == ask.
#include "runtime/engine/suggest.h"
#include "runtime/sql/scope.h"

#include <algorithm>

namespace declorm::detail {

namespace {

template <class Data> NodePtr make(Data data) {
  return std::make_shared<const Node>(Node{std::move(data)});
}

const TypeId &owner_of(const RelationshipUse &relationship) {
  return relationship.member.entity ? *relationship.member.entity : *relationship.member.declaring;
}

const JoinPath *path_of(const Entity &entity, const RelationshipUse &relationship) {
  return relationship.member.declaring ? entity.join_path(relationship.member)
                                       : entity.join_path(relationship.name);
}

/// How messages call it: "relationship 'addresses' of class 'User'".
std::string describe(const RelationshipUse &relationship, const JoinPath *path = nullptr) {
  const std::string &name = path ? path->name() : relationship.name;
  return (name.empty() ? "a relationship" : "relationship '" + name + "'") + " of class '" +
         spelled(owner_of(relationship)) + "'";
}

FromRef target_of(const RelationshipUse &relationship, const JoinPath &path) {
  return {.type = relationship.target ? relationship.target : &path.target_type(),
          .alias = relationship.target_alias};
}

NodePtr column_of(const Column *column, const std::string &alias) {
  return make(ColumnNode{column, alias});
}

/// As it stands: NULL is equal to nothing, and the column's own way of comparing does not matter.
NodePtr compared(Operator op, NodePtr left, const Value &right) {
  return make(OperatorNode{op, std::move(left), literal_node(right), true});
}

/// Whether one statement cannot have both under their own names.
bool share_tables(const Source &left, const Source &right) {
  const std::vector<EntityTable> tables = left.tables();
  return std::any_of(tables.begin(), tables.end(),
                     [&](const EntityTable &part) { return right.has_table(*part.table); });
}

/// What a test of one relationship of the statement becomes.
class TestBuilder {
public:
  TestBuilder(const Scope &scope, const RelationshipNode &node, const Scope::FoundPath &found)
      : scope_(scope), node_(node), near_(*found.near), path_(*found.path),
        near_decides_(path_.is_many_to_one() && path_.is_plain && !node.relationship.target) {}

  NodePtr build() const {
    switch (node_.test) {
    case RelationshipTest::exists:
      return exists(node_.condition);
    case RelationshipTest::is_null:
      return near_decides_ ? key_test(Operator::is_null, Operator::or_)
                           : unary_node(Operator::not_, exists(nullptr));
    case RelationshipTest::is_not_null:
      return near_decides_ ? key_test(Operator::is_not_null, Operator::and_) : exists(nullptr);
    case RelationshipTest::is:
      return is_object();
    case RelationshipTest::is_not:
      return is_not_object();
    }
    return nullptr;
  }

private:
  /// EXISTS (SELECT 1 FROM target, the table in between WHERE they belong together AND condition).
  NodePtr exists(const NodePtr &condition) const {
    FromRef target = target_of(node_.relationship, path_);
    if (target.alias.empty()) {
      const Source source = source_of(target);
      if (share_tables(near_, source)) {
        target.alias = scope_.free_alias(source.table->name(), true);
        target.stands_in = true;
      }
    }
    return exists_in(std::move(target), condition);
  }
  NodePtr exists_in(FromRef target, const NodePtr &condition) const {
    const JoinPath::Aliases names{near_.alias, target.alias, between_alias()};
    auto select = std::make_shared<SelectData>();
    select->items.push_back({text_node("1"), {}});
    select->from.push_back(std::move(target));
    add_between(*select, names.between);
    select->where = both(both(path_.condition(names), path_.secondary_condition(names)), condition);
    return unary_node(Operator::exists, subquery_node(std::move(select)));
  }
  std::string between_alias() const {
    const Table *table = path_.secondary;
    return table ? scope_.free_alias(table->name(), near_.alias.empty() && near_.has_table(*table))
                 : std::string();
  }
  void add_between(SelectData &select, const std::string &alias) const {
    if (path_.secondary)
      select.from.push_back({.alias = alias, .table = path_.secondary});
  }
  /// The same with the object's key.
  NodePtr exists_object() const {
    FromRef target = target_of(node_.relationship, path_);
    if (target.alias.empty() && share_tables(near_, source_of(target)))
      target.alias = scope_.free_alias(source_of(target).table->name(), true);
    NodePtr condition;
    for (std::size_t i = 0; i != node_.object->key_size; ++i) {
      const auto &[column, value] = node_.object->values[i];
      condition =
          both(condition, compared(Operator::equal, column_of(column, target.alias), value));
    }
    return exists_in(std::move(target), condition);
  }
  /// EXISTS (a row of the table in between that leads to the object).
  NodePtr exists_between() const {
    auto select = std::make_shared<SelectData>();
    const JoinPath::Aliases names{near_.alias, {}, between_alias()};
    select->items.push_back({text_node("1"), {}});
    add_between(*select, names.between);
    select->where = path_.condition(names);
    for (const auto &[far, between] : path_.secondary_pairs) {
      const Value *value = node_.object->of(*far);
      if (!value)
        return nullptr;
      select->where =
          both(select->where, compared(Operator::equal, column_of(between, names.between), *value));
    }
    return unary_node(Operator::exists, subquery_node(std::move(select)));
  }
  NodePtr is_object() const {
    NodePtr condition;
    if (path_.is_plain && !node_.relationship.target) {
      if (path_.secondary)
        condition = exists_between();
      else
        condition = object_test(Operator::equal, Operator::and_);
    }
    return condition ? condition : exists_object();
  }
  NodePtr is_not_object() const {
    NodePtr condition;
    if (near_decides_)
      condition = object_test(Operator::not_equal, Operator::or_);
    return condition ? condition : unary_node(Operator::not_, is_object());
  }
  /// The near columns compared with what the object has in the far ones; null if that is not known.
  NodePtr object_test(Operator op, Operator chain) const {
    NodePtr condition;
    for (const auto &[near, far] : path_.pairs) {
      const Value *value = node_.object->of(*far);
      if (!value)
        return nullptr;
      if (value->is_null()) // it belongs to nothing
        return text_node(op == Operator::equal ? "0 = 1" : "1 = 1");
      NodePtr test = compared(op, column_of(near, near_.alias), *value);
      if (op == Operator::not_equal)
        test = binary_node(Operator::or_, std::move(test),
                           unary_node(Operator::is_null, column_of(near, near_.alias)));
      condition = condition ? binary_node(chain, condition, std::move(test)) : std::move(test);
    }
    return condition;
  }
  NodePtr key_test(Operator op, Operator chain) const {
    NodePtr condition;
    for (const auto &[near, far] : path_.pairs) {
      NodePtr test = unary_node(op, column_of(near, near_.alias));
      condition = condition ? binary_node(chain, condition, std::move(test)) : std::move(test);
    }
    return condition;
  }

  const Scope &scope_;
  const RelationshipNode &node_;
  const Source &near_;
  const JoinPath &path_;
  const bool near_decides_; ///< its columns tell whether there is an object, and which
};

} // namespace

std::optional<Scope::FoundPath> Scope::find_path(const RelationshipUse &relationship) const {
  const TypeId &wanted = owner_of(relationship);
  std::vector<FoundPath> hits;
  for (const Source &source : sources_) {
    if (!source.entity || !source.is_called(relationship.alias))
      continue;
    const Entity *entity = source.entity;
    if (!entity->is_a(wanted)) {
      entity = find_entity(wanted); // a class below one that is read from
      if (!entity || !entity->is_below(*source.entity))
        continue;
    }
    if (const JoinPath *path = path_of(*entity, relationship))
      hits.push_back({&source, path});
  }
  if (hits.empty())
    return std::nullopt;
  const Entity *named = hits.size() == 1 ? nullptr : find_entity(wanted);
  for (const FoundPath &hit : hits)
    if (hits.size() == 1 || (named && &named->written() == &hit.near->entity->written()))
      return hit;
  std::string candidates;
  for (const FoundPath &hit : hits)
    candidates += (candidates.empty() ? "" : ", ") + hit.near->entity->class_name();
  throw ArgumentError(describe(relationship, hits.front().path) +
                      " could belong to several classes of the statement: " + candidates +
                      "; say which, as in col<&Base::member, " +
                      hits.front().near->entity->class_name() + ">");
}

void Scope::fail(const RelationshipUse &relationship) const {
  const TypeId &wanted = owner_of(relationship);
  const Entity *owner = find_entity(wanted);
  if (owner && !path_of(*owner, relationship)) {
    if (relationship.member.declaring)
      throw ArgumentError("a member of class '" + owner->class_name() +
                          "' is used as a relationship, but is none; annotate it with "
                          "[[declorm::relationship]]");
    const bool is_column = owner->column_of(relationship.name) ||
                           owner->expression_of(relationship.name, relationship.alias);
    throw ArgumentError(is_column ? "member '" + relationship.name + "' of class '" +
                                        owner->class_name() +
                                        "' is used as a relationship, but is a column"
                                  : "class '" + owner->class_name() + "' has no relationship '" +
                                        relationship.name + "'" +
                                        suggestion(relationship.name, owner->relationship_names()));
  }
  const JoinPath *path = owner ? path_of(*owner, relationship) : nullptr;
  const std::string &alias = relationship.alias;
  const std::string from = " is used, but the statement reads from " + source_names();
  if (!alias.empty())
    throw ArgumentError(describe(relationship, path) + ", of the alias '" + alias + "'," + from +
                        "; add join(" + alias + ", condition) or from(" + alias + ")");
  const std::string name = owner ? spelled(wanted) : "T";
  throw ArgumentError(describe(relationship, path) + from + "; add join<" + name +
                      ">(condition) or from<" + name + ">()" +
                      (owner ? "" : ", of a class that derives from it"));
}

bool Scope::has_name(const std::string &written) const {
  for (const Scope *scope = this; scope; scope = scope->outer_)
    for (const Source &source : scope->sources_)
      if (source.written_name() == written)
        return true;
  return false;
}

std::string Scope::free_alias(const std::string &table, bool must_differ) const {
  for (int number = 1; must_differ; ++number)
    if (std::string name = table + "_" + std::to_string(number); !has_name(ascii_lower(name)))
      return name;
  return {};
}

NodePtr Scope::expand_relationship(const RelationshipNode &node) const {
  const RelationshipUse &relationship = node.relationship;
  for (const Scope *scope = this; scope; scope = scope->outer_)
    if (const auto found = scope->find_path(relationship))
      return TestBuilder(*this, node, *found).build();
  const bool tests_null =
      node.test == RelationshipTest::is_null || node.test == RelationshipTest::is_not_null;
  if (tests_null && !relationship.member.declaring) { // a composite or a column, then
    const bool is_null = node.test == RelationshipTest::is_null;
    NodePtr member = attribute_node(*relationship.member.entity, relationship.name);
    if (find_composite(member))
      return composite_test_node(is_null ? Operator::equal : Operator::not_equal, member,
                                 {composite_value_node(*relationship.member.entity, nullptr)});
    return unary_node(is_null ? Operator::is_null : Operator::is_not_null, std::move(member));
  }
  fail(relationship);
}

JoinPlanner::JoinPlanner(const Scope &from, const Scope &items) : from_(from), known_(from) {
  for (const Source &source : items.sources())
    known_.add(source);
}

void JoinPlanner::add(const Join &join) {
  if (join.relationship)
    return add_along(*join.relationship, join.kind);
  const Source target = source_of(join.target);
  sources.add_new(target);
  known_.add(target);
  joins.push_back({join.kind, join.on});
}

Scope::FoundPath JoinPlanner::find_near(const RelationshipUse &relationship) {
  if (const auto found = known_.find_path(relationship))
    return *found;
  // The class itself, if nothing else is read.
  const Entity *owner = find_entity(owner_of(relationship));
  if (!owner || implied_ || !from_.sources().empty() || !sources.sources().empty() ||
      !relationship.alias.empty() || !path_of(*owner, relationship))
    known_.fail(relationship);
  implied_ = Source{owner, owner->tables().front().table, {}, nullptr};
  known_.add(*implied_);
  return *known_.find_path(relationship);
}

void JoinPlanner::add_along(const RelationshipUse &relationship, JoinKind kind) {
  const auto [near, path] = find_near(relationship);
  Source target = source_of(target_of(relationship, *path));
  const std::string name = target.written_name();
  if (near->written_name() == name || from_.has_name(name) || sources.has_name(name))
    throw ArgumentError(
        "a join along " + describe(relationship, path) + " would have " + target.describe() +
        " twice in the statement; give the joined one a name of its own, as in join(col<&T::" +
        path->name() + ">.of_type(alias<" + target.entity->class_name() + ">(\"name\")))");
  JoinPath::Aliases names{near->alias, target.alias, {}};
  if (const Table *between = path->secondary) {
    Source source{nullptr, between, {}, nullptr};
    source.alias = known_.free_alias(between->name(), known_.has_name(source.written_name()));
    names.between = source.alias;
    sources.add_new(source);
    known_.add(source);
  }
  sources.add_new(target);
  joins.push_back({kind, path->condition(names), path->secondary_condition(names)});
  known_.add(std::move(target));
}

void JoinPlanner::place_implied(Scope &from) const {
  if (!implied_)
    return;
  if (!from.sources().empty())
    throw ArgumentError("a join leads along a relationship of class '" +
                        implied_->entity->class_name() + "', but the statement reads from " +
                        from.source_names() + "; add from<" + implied_->entity->class_name() +
                        ">()");
  from.add(*implied_);
}

} // namespace declorm::detail
