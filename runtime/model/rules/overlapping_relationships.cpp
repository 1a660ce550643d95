// overlapping_relationships.cpp: Two relationships write the same foreign key.

#include "runtime/model/relationships.h"
#include "runtime/model/rule.h"

#include <algorithm>
#include <unordered_map>

namespace declorm::model {

namespace {

/// The columns that links of the relationship are written to.
std::vector<const ColumnDecl *> written_columns(const RelationshipDecl &decl) {
  std::vector<const ColumnDecl *> columns;
  const Join &join = *decl.join;
  const auto add = [&](const void *column) {
    columns.push_back(static_cast<const ColumnDecl *>(column));
  };
  for (const JoinPair &pair : join.pairs)
    add(join.direction == Direction::many_to_one ? pair.near : pair.far);
  for (const JoinPair &pair : join.secondary)
    add(pair.far);
  return columns;
}

/// Classes of one hierarchy that are never one object.
bool are_siblings(const MappedClass &a, const MappedClass &b) {
  return a.root == b.root && !a.is_below(b) && !b.is_below(a);
}

const MappedClass &top(const MappedClass &mapped) {
  const MappedClass *at = &mapped;
  while (at->parent)
    at = at->parent;
  return *at;
}

bool may_overlap(const RelationshipDecl &a, const RelationshipDecl &b) {
  const bool are_sides = a.partner == &b || b.partner == &a;
  // A concrete class has its base's once more.
  const bool are_copies = a.name() == b.name() && &top(*a.owner) == &top(*b.owner);
  return are_sides || are_copies || are_siblings(*a.owner, *b.owner) ||
         are_siblings(*a.target, *b.target) || are_siblings(*a.owner, *b.target) ||
         are_siblings(*a.target, *b.owner);
}

std::string column_name(const RelationshipDecl &decl, const ColumnDecl *column) {
  const auto in = [&](const MappedClass *mapped) -> std::string {
    for (const MappedClass *at = mapped; at; at = at->up())
      for (const ColumnDecl &known : at->table_class->table.columns)
        if (&known == column)
          return at->table_class->table.full_name() + "." + column->name;
    return {};
  };
  for (const MappedClass *mapped : {decl.secondary_class, decl.owner, decl.target})
    if (const std::string name = in(mapped); !name.empty())
      return name;
  return column->name;
}

/// Whether they could be the two sides of one relationship.
bool are_opposite(const RelationshipDecl &a, const RelationshipDecl &b) {
  return a.target == b.owner && b.target == a.owner && &a != &b &&
         a.join->direction == turned_round(*b.join).direction;
}

void report(const RelationshipDecl &decl, const RelationshipDecl &other, const ColumnDecl *column,
            Diagnostics &diagnostics) {
  std::string message = spell(decl) + " writes column '" + column_name(decl, column) +
                        "', and so does " + spell(other) + "; ";
  message += are_opposite(decl, other)
                 ? "if the two are one relationship seen from both sides, link them with "
                   "back_populates(\"" +
                       other.name() + "\"), and if one is only read, mark it viewonly"
                 : "mark the one that is only read viewonly";
  diagnostics.push_back({"overlapping-relationships",
                         Severity::warning,
                         std::move(message),
                         decl.location,
                         {{"the other one is here", other.location}}});
}

/// Whether links are written, and the other side, if there is one, is known.
bool is_certain(const RelationshipDecl &decl) {
  return decl.join && decl.join->problem == JoinProblem::none && !decl.viewonly &&
         (decl.partner || decl.other_side.empty());
}

} // namespace

void rule::overlapping_relationships(const Program &, const Mapping &mapping,
                                     Diagnostics &diagnostics) {
  std::unordered_map<const ColumnDecl *, std::vector<const RelationshipDecl *>> writers;
  for_each_relationship(mapping, [&](const RelationshipDecl &decl) {
    if (!is_certain(decl))
      return;
    bool is_reported = false; // what is next comes to light when this is mended
    for (const ColumnDecl *column : written_columns(decl)) {
      std::vector<const RelationshipDecl *> &others = writers[column];
      for (const RelationshipDecl *other : others)
        if (!is_reported && other != &decl && !may_overlap(*other, decl)) {
          is_reported = true;
          report(decl, *other, column, diagnostics);
        }
      others.push_back(&decl);
    }
  });
}

} // namespace declorm::model
