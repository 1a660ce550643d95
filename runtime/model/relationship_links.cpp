// relationship_links.cpp: Both sides of relationships, and how declared tables join.

#include "runtime/model/hierarchy.h"
#include "runtime/model/relationships.h"

#include <algorithm>
#include <unordered_map>

namespace declorm::model {

const RelationshipDecl *find_relationship(const MappedClass &mapped, std::string_view name) {
  for (const MappedClass *at = &mapped; at; at = at->up())
    for (const RelationshipDecl &decl : at->relationships)
      if (decl.name() == name)
        return &decl;
  return nullptr;
}

bool is_kind_of(const MappedClass &mapped, const MappedClass &base) {
  for (const MappedClass *at = &mapped; at; at = at->parent)
    if (at == &base)
      return true;
  return false;
}

namespace {

/// The name that the operand is, out of foreign(…) and remote(…).
unsigned unwrap(const ExprTree &tree, unsigned node, bool &foreign, bool &remote) {
  while (tree.nodes[node].kind == ExprKind::foreign || tree.nodes[node].kind == ExprKind::remote) {
    (tree.nodes[node].kind == ExprKind::foreign ? foreign : remote) = true;
    node = tree.nodes[node].children.front();
  }
  return node;
}

} // namespace

std::vector<JoinTerm> join_terms(const ExpressionDecl &condition, const ColumnOfName &column_of) {
  std::vector<JoinTerm> terms;
  std::vector<unsigned> open = condition.tree.roots;
  while (!open.empty()) {
    const Expr &node = condition.tree.nodes[open.back()];
    open.pop_back();
    if (node.kind != ExprKind::operation)
      continue;
    if (node.op == ExprOperator::and_) {
      open.insert(open.end(), node.children.rbegin(), node.children.rend());
      continue;
    }
    if (node.op != ExprOperator::equal)
      continue;
    JoinTerm term;
    const unsigned left =
        unwrap(condition.tree, node.children[0], term.left_foreign, term.left_remote);
    const unsigned right =
        unwrap(condition.tree, node.children[1], term.right_foreign, term.right_remote);
    if (condition.tree.nodes[left].kind != ExprKind::name ||
        condition.tree.nodes[right].kind != ExprKind::name)
      continue;
    term.left = column_of(condition.targets[left]);
    term.right = column_of(condition.targets[right]);
    if (term.left && term.right)
      terms.push_back(term);
  }
  return terms;
}

std::vector<const void *> named_columns(const std::vector<const ExpressionDecl *> &names,
                                        const ColumnOfName &column_of) {
  std::vector<const void *> columns;
  for (const ExpressionDecl *decl : names)
    for (const unsigned root : decl->tree.roots)
      if (const void *column = column_of(decl->targets[root]))
        columns.push_back(column);
  return columns;
}

namespace {

/// A class's tables, and whether they tell all about its joins.
struct DeclaredTable {
  JoinTable table;
  bool has_wrong_key = false; ///< one that means no column: reported where it stands
};

void add_key(JoinKey key, const std::vector<JoinLink> &links, DeclaredTable &made) {
  const bool is_link =
      key.columns.size() == links.size() &&
      std::all_of(links.begin(), links.end(), [&](const JoinLink &link) {
        return std::find(key.columns.begin(), key.columns.end(),
                         std::pair<const void *, const void *>(
                             &link.own.column(), &link.parent.column())) != key.columns.end();
      });
  if (!is_link && !key.columns.empty())
    made.table.foreign_keys.push_back(std::move(key));
}

/// The columns and keys that the class declares; `links`: its row's to its parent's.
void add_table(const MappedClass &mapped, const std::vector<JoinLink> &links, bool inherited,
               DeclaredTable &made) {
  const std::string prefix = mapped.table.full_name() + ".";
  for (const ColumnDecl &column : mapped.table.columns) {
    made.table.columns.push_back({&column, prefix + column.name, column.primary_key, inherited});
    for (const ForeignKeyDecl &key : column.foreign_keys) {
      made.has_wrong_key |= key.link.class_ && !key.link.column;
      if (key.link.column)
        add_key({{{&column, key.link.column}}}, links, made);
    }
  }
  for (const ConstraintDecl &constraint : mapped.table.constraints) {
    JoinKey key;
    for (std::size_t i = 0; i != constraint.links.size() && i != constraint.columns.size(); ++i) {
      const ColumnDecl *own = find_column(mapped.table, constraint.columns[i]);
      made.has_wrong_key |= constraint.links[i].class_ && !constraint.links[i].column;
      if (own && constraint.links[i].column)
        key.columns.emplace_back(own, constraint.links[i].column);
    }
    if (!constraint.links.empty() && key.columns.size() == constraint.links.size())
      add_key(std::move(key), links, made);
  }
}

/// What the tables of a concrete base's subclasses add to its union.
void add_parts(const MappedClass &mapped, DeclaredTable &made) {
  std::vector<std::string_view> known;
  for (const ColumnDecl &column : mapped.table.columns)
    known.push_back(column.name);
  for (const MappedClass *part : mapped.concrete_union->parts) {
    if (part == &mapped)
      continue;
    DeclaredTable all;
    add_table(*part, {}, false, all);
    for (std::size_t i = 0; i != part->table.columns.size(); ++i) {
      const std::string_view name = part->table.columns[i].name;
      if (std::find(known.begin(), known.end(), name) != known.end())
        continue; // a column of the union that another part has too
      known.push_back(name);
      made.table.columns.push_back(std::move(all.table.columns[i]));
    }
    for (JoinKey &key : all.table.foreign_keys)
      if (std::all_of(key.columns.begin(), key.columns.end(),
                      [&](const auto &pair) { return made.table.has(pair.first); }))
        made.table.foreign_keys.push_back(std::move(key));
  }
}

DeclaredTable declared_table(const MappedClass &mapped) {
  DeclaredTable made;
  made.table.name = mapped.table_class->table.full_name();
  for (const MappedClass *at = mapped.table_class; at;
       at = at->up() ? at->up()->table_class : nullptr)
    add_table(*at, at->links, at != mapped.table_class, made);
  if (mapped.concrete_union)
    add_parts(mapped, made);
  return made;
}

class Linker {
public:
  Linker(Names &names, Mapping &mapping) : names_(names), mapping_(mapping) {}

  void run() {
    make_backrefs();
    link_partners();
    find_joins();
  }

private:
  template <class Function> void for_each(Function function) {
    for (MappedClass &mapped : mapping_.classes)
      for (RelationshipDecl &decl : mapped.relationships)
        function(decl);
  }

  void make_backrefs();
  void make_backref(const RelationshipDecl &side);
  void link_partners();
  void find_joins();
  std::optional<Join> join_of(const RelationshipDecl &decl);
  const DeclaredTable *table_of(const MappedClass &mapped);

  Names &names_;
  Mapping &mapping_;
  std::vector<std::pair<MappedClass *, RelationshipDecl>> backrefs_;
  std::unordered_map<const MappedClass *, DeclaredTable> tables_;
};

/// The other side of a relationship, if it is a member without annotations.
void Linker::make_backref(const RelationshipDecl &side) {
  const MappedClass &target = *side.target;
  if (find_relationship(target, side.other_side))
    return;
  const bool is_made = std::any_of(backrefs_.begin(), backrefs_.end(), [&](const auto &made) {
    return made.first == &target && made.second.name() == side.other_side;
  });
  if (is_made)
    return;
  const Lineage lineage(names_.program(), *target.class_);
  const auto find = [&](bool of_call) -> std::pair<const Ancestor *, const Member *> {
    for (const Ancestor &ancestor : lineage.ancestors)
      if (bool(ancestor.class_->flags & detail::class_part) == of_call)
        for (const Member &member : ancestor.class_->members)
          if (member.name == side.other_side)
            return {&ancestor, &member};
    return {nullptr, nullptr};
  };
  // What a call says of the member comes first: the plugin may have thought that it leads nowhere.
  auto [ancestor, member] = find(true);
  if (!member)
    std::tie(ancestor, member) = find(false);
  if (!member || !member->annotations.empty() || !member->type.is_link())
    return;
  RelationshipDecl decl;
  decl.place.name = member->name;
  decl.place.member = member;
  decl.place.declared_in = decl.place.base = ancestor->class_;
  decl.place.holder = ancestor->offset;
  decl.place.offset = add_offsets(ancestor->offset, member->offset);
  decl.location = side.other_side_location;
  decl.owner = &target;
  decl.target = side.owner;
  decl.target_name = side.owner->class_->name;
  decl.secondary = side.secondary;
  decl.secondary_class = side.secondary_class;
  decl.secondary_location = side.secondary_location;
  decl.secondary_function = side.secondary_function;
  decl.viewonly = side.viewonly;
  decl.passive_updates = side.passive_updates;
  decl.post_update = side.post_update;
  if (decl.viewonly)
    decl.cascade = cascade_merge;
  backrefs_.emplace_back(const_cast<MappedClass *>(&target), std::move(decl));
}

void Linker::make_backrefs() {
  for_each([&](RelationshipDecl &decl) {
    if (decl.names_backref && decl.target)
      make_backref(decl);
  });
  for (auto &[mapped, decl] : backrefs_)
    mapped->relationships.push_back(std::move(decl));
}

/// Whether the relationship says how the tables join.
bool says_join(const RelationshipDecl &decl) {
  if (!decl.annotation)
    return false;
  const Annotations &annotations = decl.place.member->annotations;
  return std::any_of(annotations.begin(), annotations.end(), [](const Annotation &annotation) {
    for (std::string_view name :
         {"foreign_keys", "primaryjoin", "remote_side", "secondary", "secondaryjoin"})
      if (annotation.name == name)
        return true;
    return false;
  });
}

void Linker::link_partners() {
  // From here on the decls stay where they are.
  for_each([](RelationshipDecl &decl) {
    if (decl.target && !decl.other_side.empty())
      decl.partner = find_relationship(*decl.target, decl.other_side);
  });
  for_each([](RelationshipDecl &decl) {
    if (!decl.partner || decl.other_side.empty())
      return;
    RelationshipDecl &other = const_cast<RelationshipDecl &>(*decl.partner);
    const bool leads_back = other.target && is_kind_of(*decl.owner, *other.target);
    if (leads_back && other.other_side.empty() && (!other.partner || decl.owner == other.target))
      other.partner = &decl;
  });
  for_each([](RelationshipDecl &decl) {
    decl.joins_as_partner = decl.partner && decl.partner->partner == &decl && !says_join(decl) &&
                            (decl.other_side.empty() || says_join(*decl.partner));
  });
}

void Linker::find_joins() {
  for_each([&](RelationshipDecl &decl) {
    if (!decl.joins_as_partner)
      decl.join = join_of(decl);
  });
  for_each([](RelationshipDecl &decl) {
    if (decl.joins_as_partner && decl.partner->join)
      decl.join = turned_round(*decl.partner->join);
  });
}

/// Null if more may belong to the class's tables than is declared here.
const DeclaredTable *Linker::table_of(const MappedClass &mapped) {
  for (const MappedClass *at = &mapped; at; at = at->up()) {
    const bool is_made = at->concrete_union && at->concrete_union->kind == UnionKind::made;
    if (!at->complete || is_made || inherit_function(*at))
      return nullptr;
  }
  auto [found, is_new] = tables_.try_emplace(&mapped);
  if (is_new)
    found->second = declared_table(mapped);
  return &found->second;
}

/// Whether all names of the string are columns.
bool is_resolved(const ExpressionDecl &decl) {
  for (std::size_t i = 0; i != decl.tree.nodes.size(); ++i)
    if (decl.tree.nodes[i].kind == ExprKind::name && !decl.targets[i].found())
      return false;
  return decl.unresolved.empty();
}

/// Whether all that the relationship says of its join could be read, and needs no program to run.
bool is_readable(const RelationshipDecl &decl) {
  const Annotations &annotations = decl.place.member->annotations;
  const auto is_string = [&](std::string_view name, const ExpressionDecl *expression) {
    return !find(annotations, name) || (expression && is_resolved(*expression));
  };
  const auto are_names = [&](std::string_view name,
                             const std::vector<const ExpressionDecl *> &expressions) {
    return !find(annotations, name) ||
           (!expressions.empty() &&
            std::all_of(expressions.begin(), expressions.end(),
                        [](const ExpressionDecl *one) { return is_resolved(*one); }));
  };
  return is_string("primaryjoin", decl.primaryjoin) &&
         is_string("secondaryjoin", decl.secondaryjoin) &&
         are_names("foreign_keys", decl.foreign_keys) &&
         are_names("remote_side", decl.remote_side) &&
         (!find(annotations, "secondary") || decl.secondary_class);
}

std::optional<Join> Linker::join_of(const RelationshipDecl &decl) {
  if (!decl.target || !is_readable(decl))
    return std::nullopt;
  const DeclaredTable *near = table_of(*decl.owner), *far = table_of(*decl.target);
  const DeclaredTable *between = decl.secondary_class ? table_of(*decl.secondary_class) : nullptr;
  if (!near || !far || (decl.secondary_class && !between))
    return std::nullopt;
  const auto column_of = [](const NameTarget &name) -> const void * { return name.column; };
  JoinRequest request;
  request.near = &near->table;
  request.far = &far->table;
  request.secondary = between ? &between->table : nullptr;
  request.is_list = decl.is_list();
  request.viewonly = decl.viewonly;
  request.foreign_keys = named_columns(decl.foreign_keys, column_of);
  request.remote_side = named_columns(decl.remote_side, column_of);
  if (decl.primaryjoin)
    request.primary = join_terms(*decl.primaryjoin, column_of);
  if (decl.secondaryjoin)
    request.secondary_terms = join_terms(*decl.secondaryjoin, column_of);
  Join join = find_join(request);
  const bool is_missing =
      join.problem == JoinProblem::no_foreign_key || join.problem == JoinProblem::no_secondary_key;
  if (is_missing &&
      (near->has_wrong_key || far->has_wrong_key || (between && between->has_wrong_key)))
    return std::nullopt;
  return join;
}

} // namespace

void link_relationships(Names &names, Mapping &mapping) { Linker(names, mapping).run(); }

} // namespace declorm::model
