// hierarchy.cpp: Which mapped class derives from which, and where its members' columns are.

#include "runtime/model/hierarchy.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace declorm::model {

namespace {

/// Finds the mapped bases of classes.
class ParentFinder {
public:
  explicit ParentFinder(const Program &program) : program_(program) {}

  bool is_mapped(const Class &class_) {
    if (has_table(class_) || is_read_from_union(class_))
      return true;
    return claims_mapping(class_) && !parents(class_).empty();
  }

  /// The mapped bases that no other mapped base derives from; one, if all is well.
  const std::vector<const Class *> &parents(const Class &class_) {
    if (const auto known = parents_.find(&class_); known != parents_.end())
      return known->second;
    parents_[&class_]; // a cycle, which only a damaged model can have, ends here
    std::vector<const Class *> found;
    const Lineage lineage(program_, class_);
    for (std::size_t i = 1; i < lineage.ancestors.size(); ++i)
      if (const Class &base = *lineage.ancestors[i].class_; is_mapped(base))
        found.push_back(&base);
    std::vector<const Class *> nearest;
    for (const Class *base : found)
      if (std::none_of(found.begin(), found.end(), [&](const Class *other) {
            return other != base && Lineage(program_, *other).find(*base);
          }))
        nearest.push_back(base);
    return parents_[&class_] = std::move(nearest);
  }

private:
  const Program &program_;
  std::unordered_map<const Class *, std::vector<const Class *>> parents_;
};

/// Children of one file in the order they stand in it; files by the name of their first class, so
/// that the order does not depend on where the files lie.
void sort_children(std::vector<MappedClass *> &children) {
  std::map<std::string_view, std::string_view> first_of_file;
  for (const MappedClass *child : children) {
    const Class &class_ = *child->class_;
    auto [first, is_new] = first_of_file.emplace(class_.location.file, class_.name);
    if (!is_new)
      first->second = std::min<std::string_view>(first->second, class_.name);
  }
  const auto place = [&](const MappedClass *child) {
    const Class &class_ = *child->class_;
    return std::tuple(first_of_file[class_.location.file], class_.location.line,
                      class_.location.column, std::string_view(class_.name));
  };
  std::sort(children.begin(), children.end(),
            [&](const MappedClass *a, const MappedClass *b) { return place(a) < place(b); });
}

MappedClass *find(Mapping &mapping, const Class &class_) {
  return const_cast<MappedClass *>(mapping.find(class_.key));
}

/// A parent's member as the class has it.
ColumnDecl seen_from(const Lineage &lineage, const Lineage &above, const ColumnDecl &column) {
  ColumnDecl seen = column;
  const Ancestor *from = above.find(*column.base), *to = lineage.find(*column.base);
  if (!from || !to)
    return seen;
  // A base keeps its layout wherever it stands.
  const auto move = [&](std::uint64_t offset) {
    return from->offset == detail::no_offset || offset == detail::no_offset
               ? detail::no_offset
               : add_offsets(to->offset, offset - from->offset);
  };
  seen.holder = move(column.holder);
  seen.offset = move(column.offset);
  for (RareOptions &rare : seen.rare_options)
    for (OptionalDecl &optional : rare.optionals)
      optional.holder = move(optional.holder);
  return seen;
}

bool is_same_member(const ColumnDecl &a, const ColumnDecl &b) {
  if (a.member->name != b.member->name || a.outer.size() != b.outer.size())
    return false;
  for (std::size_t i = 0; i != a.outer.size(); ++i)
    if (a.outer[i]->name != b.outer[i]->name)
      return false;
  return true;
}

/// Where a column of a class without a table goes: to one that is there already, or to the end.
unsigned share(MappedClass &table_class, const MappedClass &mapped, const ColumnDecl &column) {
  std::vector<ColumnDecl> &columns = table_class.table.columns;
  for (unsigned i = 0; i != columns.size(); ++i) {
    if (columns[i].name != column.name || !uses_existing(column))
      continue;
    // A sibling must agree to share; the parent's own column is the class's already.
    if (mapped.is_below(table_class.declarer(i)) || uses_existing(columns[i]))
      return i;
  }
  ColumnDecl &added = columns.emplace_back(column);
  added.nullable = true; // the rows of the other classes have none
  added.primary_key = false;
  table_class.column_classes.push_back(&mapped);
  return unsigned(columns.size() - 1);
}

void add_family(const MappedClass &mapped, std::vector<const MappedClass *> &family) {
  family.push_back(&mapped);
  for (const MappedClass *child : mapped.children)
    if (child->up())
      add_family(*child, family);
}

} // namespace

std::vector<const MappedClass *> family(const MappedClass &root) {
  std::vector<const MappedClass *> family;
  add_family(root, family);
  return family;
}

bool uses_existing(const ColumnDecl &column) {
  return find(column.member->annotations, "use_existing_column") != nullptr;
}

void find_hierarchies(const Program &program, Mapping &mapping) {
  ParentFinder finder(program);
  mapping.classes.reserve(program.classes.size());
  for (const ProgramClass &program_class : program.classes)
    if (const Class &class_ = program_class.class_(); finder.is_mapped(class_)) {
      MappedClass &mapped = mapping.classes.emplace_back();
      mapped.class_ = &class_;
      mapped.complete = !program_class.definitions.front().incomplete;
    }
  mapping.by_key.resize(mapping.classes.size());
  std::iota(mapping.by_key.begin(), mapping.by_key.end(), std::size_t(0));
  std::sort(mapping.by_key.begin(), mapping.by_key.end(), [&](std::size_t a, std::size_t b) {
    return mapping.classes[a].class_->key < mapping.classes[b].class_->key;
  });
  for (MappedClass &mapped : mapping.classes) {
    mapped.root = mapped.table_class = &mapped;
    if (mapped.class_->bases.empty())
      continue;
    for (const Class *base : finder.parents(*mapped.class_)) {
      MappedClass *parent = find(mapping, *base);
      if (mapped.parent) {
        mapped.other_parents.push_back(parent);
        continue;
      }
      mapped.parent = parent;
      parent->children.push_back(&mapped);
    }
  }
  for (MappedClass &mapped : mapping.classes)
    if (mapped.children.size() > 1)
      sort_children(mapped.children);
}

std::vector<ColumnDecl> inherited_key(const Program &program, const MappedClass &mapped,
                                      const Lineage &lineage) {
  const MappedClass &parent = *mapped.up();
  const Lineage above(program, *parent.class_);
  const TableDecl &table = parent.table_class->table;
  std::vector<ColumnDecl> key;
  for (unsigned i = 0; i != table.columns.size(); ++i) {
    if (!table.columns[i].primary_key)
      continue;
    const ColumnDecl *place = nullptr;
    for_each_attribute(parent, [&](const ColumnDecl &attribute, const ColumnRef &) {
      if (is_same_member(attribute, table.columns[i]))
        place = &attribute;
    });
    const ColumnDecl seen = seen_from(lineage, above, place ? *place : table.columns[i]);
    ColumnDecl &column = key.emplace_back();
    column.name = table.columns[i].name;
    column.member = seen.member;
    column.declared_in = seen.declared_in;
    column.base = seen.base;
    column.holder = seen.holder;
    column.offset = seen.offset;
    column.outer = seen.outer;
    column.primary_key = true;
    column.enum_names = seen.enum_names;
    column.length = seen.length;
    column.numeric = seen.numeric;
    if (!seen.rare().sql_type.empty())
      column.add_rare().sql_type = seen.rare().sql_type;
  }
  if (key.size() == 1)
    key.front().foreign_keys.push_back(
        {table.full_name() + "." + key.front().name, {}, {}, false, mapped.class_->location});
  return key;
}

ConstraintDecl inherited_key_constraint(const MappedClass &mapped, std::size_t columns) {
  ConstraintDecl key;
  key.kind = ConstraintKind::foreign_key;
  key.location = mapped.class_->location;
  for (std::size_t i = 0; i != columns; ++i) {
    const std::string &name = mapped.table.columns[i].name;
    key.columns.push_back(name);
    key.referred.push_back(mapped.parent->table_class->table.full_name() + "." + name);
    key.links.emplace_back();
  }
  return key;
}

void add_attributes(const Program &program, MappedClass &mapped, MappedClass &table_class,
                    const Lineage &lineage, std::vector<ColumnDecl> own) {
  const MappedClass &parent = *mapped.up();
  const Lineage above(program, *parent.class_);
  const auto inherit = [&](const ColumnDecl &place, std::vector<ColumnRef> columns,
                           const std::vector<ColumnDecl> &redeclared) {
    AttributeDecl &attribute = mapped.attributes.emplace_back();
    attribute.place = seen_from(lineage, above, place);
    attribute.columns = std::move(columns);
    for (const ColumnDecl &other : redeclared)
      attribute.redeclared.push_back(seen_from(lineage, above, other));
    attribute.inherited = true;
  };
  for (const AttributeDecl &attribute : parent.attributes)
    inherit(attribute.place, attribute.columns, attribute.redeclared);
  if (parent.attributes.empty())
    for (unsigned i = 0; i != parent.own_columns; ++i)
      inherit(parent.table.columns[i], {{&parent, i}}, {});
  if (mapped.has_table())
    mapped.table.columns.reserve(own.size());
  for (ColumnDecl &column : own) {
    unsigned index = 0;
    if (mapped.has_table()) {
      index = unsigned(mapped.table.columns.size());
      mapped.table.columns.push_back(column);
    } else {
      index = share(table_class, mapped, column);
    }
    const auto known = std::find_if(
        mapped.attributes.begin(), mapped.attributes.end(),
        [&](const AttributeDecl &attribute) { return is_same_member(attribute.place, column); });
    if (known == mapped.attributes.end()) {
      mapped.attributes.push_back({std::move(column), {{&table_class, index}}, {}, false});
      continue;
    }
    if (known->place.offset != column.offset || known->place.base != column.base)
      known->redeclared.push_back(std::exchange(known->place, std::move(column)));
    const ColumnRef ref{&table_class, index};
    std::erase(known->columns, ref);
    known->columns.insert(known->columns.begin(), ref);
  }
  mapped.own_columns = mapped.table.columns.size();
}

void add_redeclared(const Program &program, MappedClass &mapped, const Lineage &lineage) {
  std::vector<AttributeDecl> attributes;
  for (unsigned i = 0; i != mapped.own_columns; ++i)
    attributes.push_back({mapped.table.columns[i], {{&mapped, i}}, {}, false});
  const Lineage above(program, *mapped.parent->class_);
  bool any = false;
  const auto add = [&](const ColumnDecl &place) {
    const ColumnDecl seen = seen_from(lineage, above, place);
    for (AttributeDecl &attribute : attributes) {
      const ColumnDecl &own = attribute.place;
      if (!is_same_member(own, seen) || (own.offset == seen.offset && own.base == seen.base))
        continue;
      attribute.redeclared.push_back(seen);
      any = true;
    }
  };
  for_each_attribute(*mapped.parent,
                     [&](const ColumnDecl &place, const ColumnRef &) { add(place); });
  for (const AttributeDecl &attribute : mapped.parent->attributes)
    for (const ColumnDecl &place : attribute.redeclared)
      add(place);
  if (any)
    mapped.attributes = std::move(attributes);
}

namespace {

/// The tables that rows of the class's parent stand in.
bool is_above(const MappedClass &mapped, const MappedClass *table_class) {
  for (const MappedClass *up = mapped.up(); up; up = up->up())
    if (up->table_class == table_class)
      return true;
  return false;
}

std::optional<ColumnRef> ref_of(const MappedClass *class_, const ColumnDecl *column) {
  if (!class_ || !column)
    return std::nullopt;
  const MappedClass *table_class = class_->table_class;
  const std::vector<ColumnDecl> &columns = table_class->table.columns;
  for (unsigned i = 0; i != columns.size(); ++i)
    if (&columns[i] == column)
      return ColumnRef{table_class, i};
  return std::nullopt;
}

/// The equalities of an inherit_condition; empty if it is anything else.
std::vector<JoinLink> links_of(const MappedClass &mapped, const ExpressionDecl &condition) {
  std::vector<JoinLink> links;
  std::vector<unsigned> open = condition.tree.roots;
  while (!open.empty()) {
    const Expr &node = condition.tree.nodes[open.back()];
    open.pop_back();
    if (node.kind != ExprKind::operation || node.children.size() != 2 ||
        (node.op != ExprOperator::and_ && node.op != ExprOperator::equal))
      return {};
    if (node.op == ExprOperator::and_) {
      open.insert(open.end(), node.children.begin(), node.children.end());
      continue;
    }
    const NameTarget &left = condition.targets[node.children[0]];
    const NameTarget &right = condition.targets[node.children[1]];
    auto own = ref_of(left.class_, left.column), parent = ref_of(right.class_, right.column);
    if (!own || !parent)
      return {};
    if (own->class_ != &mapped)
      std::swap(own, parent);
    if (own->class_ != &mapped || !is_above(mapped, parent->class_))
      return {};
    links.insert(links.begin(), {*own, *parent});
  }
  return links;
}

} // namespace

namespace {

/// Whether the columns are those of the key that the class takes from its parent.
bool is_inherited_key(const MappedClass &mapped, const std::vector<JoinLink> &links) {
  return std::all_of(links.begin(), links.end(), [&](const JoinLink &link) {
    bool is_inherited = false;
    for_each_attribute(*mapped.up(), [&](const ColumnDecl &place, const ColumnRef &) {
      is_inherited |= place.member == link.own.column().member;
    });
    return is_inherited;
  });
}

/// The key taken from the parent joins; else what leads to the parent's own table comes before what
/// leads further up.
void keep_best(const MappedClass &mapped, std::vector<std::vector<JoinLink>> &candidates) {
  const auto keep = [&](auto is_better) {
    if (std::any_of(candidates.begin(), candidates.end(), is_better))
      std::erase_if(candidates, [&](const auto &links) { return !is_better(links); });
  };
  keep([&](const std::vector<JoinLink> &links) { return is_inherited_key(mapped, links); });
  keep([&](const std::vector<JoinLink> &links) {
    return links.front().parent.class_ == mapped.up()->table_class;
  });
}

} // namespace

std::vector<std::vector<JoinLink>> foreign_keys_to_parent(const MappedClass &mapped) {
  std::vector<std::vector<JoinLink>> found;
  const auto target = [&](const ForeignKeyLink &link) {
    const auto ref = ref_of(link.class_, link.column);
    return ref && is_above(mapped, ref->class_) ? ref : std::nullopt;
  };
  for (unsigned i = 0; i != mapped.own_columns; ++i)
    for (const ForeignKeyDecl &key : mapped.table.columns[i].foreign_keys)
      if (const auto ref = target(key.link))
        found.push_back({{{&mapped, i}, *ref}});
  for (const ConstraintDecl &constraint : mapped.table.constraints) {
    std::vector<JoinLink> links;
    for (std::size_t i = 0; i != constraint.links.size() && i != constraint.columns.size(); ++i)
      for (unsigned column = 0; column != mapped.own_columns; ++column)
        if (mapped.table.columns[column].name == constraint.columns[i])
          if (const auto ref = target(constraint.links[i]))
            links.push_back({{&mapped, column}, *ref});
    if (!links.empty() && links.size() == constraint.links.size())
      found.push_back(std::move(links));
  }
  if (found.size() > 1)
    keep_best(mapped, found);
  return found;
}

const Function *inherit_function(const MappedClass &mapped) {
  const Annotation *condition = find(mapped.class_->annotations, "inherit_condition");
  return condition && !condition->arguments.empty()
             ? std::get_if<Function>(&condition->arguments.front().data)
             : nullptr;
}

void link_joined(Mapping &mapping) {
  for (MappedClass &mapped : mapping.classes) {
    if (mapped.inheritance != Inheritance::joined || inherit_function(mapped))
      continue;
    const auto condition =
        std::find_if(mapped.expressions.begin(), mapped.expressions.end(),
                     [](const auto &decl) { return decl.annotation->name == "inherit_condition"; });
    if (condition != mapped.expressions.end()) {
      mapped.links = links_of(mapped, *condition);
      continue;
    }
    const auto candidates = foreign_keys_to_parent(mapped);
    if (candidates.size() == 1)
      mapped.links = candidates.front();
  }
}

} // namespace declorm::model
