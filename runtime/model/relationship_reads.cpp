// relationship_reads.cpp: Relationships that functions read and no query loads.

#include "runtime/model/relationship_reads.h"

#include "runtime/model/allow.h"
#include "runtime/model/relationships.h"

#include <algorithm>
#include <set>

namespace declorm::model {

namespace {

constexpr const char *rule_id = "unloaded-relationship";

using Relationships = std::vector<const RelationshipDecl *>;

/// The relationships along the path; empty if one of them is not known.
Relationships follow(const Mapping &mapping, const RelationshipRead &read) {
  Relationships path;
  for (const RelationshipRead::Step &step : read.path) {
    const MappedClass *mapped = mapping.find(step.class_key);
    const RelationshipDecl *decl = mapped ? find_relationship(*mapped, step.member) : nullptr;
    if (!decl || !decl->target || !mapped->complete)
      return {};
    path.push_back(decl);
  }
  return path;
}

/// Whether the session fills a member of that kind with its object, or at its first touch.
bool is_filled(const RelationshipDecl &decl) {
  return is_eager(decl.loading) || decl.type().is_lazy();
}

/// Whether objects lead to those that the member shows before anybody reads it.
bool leads_on(const RelationshipRead &read, const Relationships &path) {
  for (std::size_t i = 0; i + 1 < path.size(); ++i)
    if (!read.path[i].is_loaded && !is_filled(*path[i]))
      return false; // the finding is at that member
  return true;
}

/// Whether a function of the program is called for each loaded object of the class or of one that
/// shares its rows.
bool is_changed_by_hooks(const Mapping &mapping, const MappedClass &mapped) {
  return std::any_of(mapping.classes.begin(), mapping.classes.end(), [&](const MappedClass &other) {
    return other.root == mapped.root &&
           std::any_of(other.hooks.begin(), other.hooks.end(),
                       [](const HookDecl &hook) { return hook.kind == HookKind::after_load; });
  });
}

/// Whether the session may hold the object that a pointer refers to: then it is set with the row.
bool may_be_held(const Mapping &mapping, const RelationshipRead &read,
                 const RelationshipDecl &decl) {
  if (read.holds_any)
    return true;
  std::set<const MappedClass *> held; // the roots of what is loaded, also always with something
  for (const std::string &key : read.held_classes)
    if (const MappedClass *mapped = mapping.find(key))
      held.insert(mapped->root);
  for (std::size_t before = 0; before != held.size();) {
    before = held.size();
    for_each_relationship(mapping, [&](const RelationshipDecl &other) {
      if (other.target && is_eager(other.loading) && held.count(other.owner->root) != 0)
        held.insert(other.target->root);
    });
  }
  return held.count(decl.target->root) != 0;
}

/// `declorm::selectinload<&User::orders>().selectinload<&Order::items>()`
std::string option_for(const Mapping &mapping, const RelationshipRead &read) {
  std::string option = "declorm::";
  for (const RelationshipRead::Step &step : read.path)
    option += (&step == &read.path.front() ? "selectinload<&" : ".selectinload<&") +
              mapping.find(step.class_key)->class_->name + "::" + step.member + ">()";
  return option;
}

std::string way_out(const Mapping &mapping, const RelationshipRead &read) {
  if (!read.is_public)
    return "say lazy(\"selectin\") on the member";
  if (read.source == ObjectSource::stream)
    return "say .options(" + option_for(mapping, read) + ") instead of yield_per()";
  if (read.source == ObjectSource::query)
    return "say .options(" + option_for(mapping, read) + ")";
  const RelationshipRead::Step &last = read.path.back();
  return "call session.load(object, &" + mapping.find(last.class_key)->class_->name +
         "::" + last.member + ")";
}

std::string message_of(const Mapping &mapping, const RelationshipRead &read,
                       const RelationshipDecl &decl) {
  static constexpr const char *sources[] = {"the query does not load it", "get() does not load it",
                                            "scalars() does not load it",
                                            "yield_per() loads no relationships"};
  std::string message = spell(decl) + " is read here, but " + sources[std::size_t(read.source)] +
                        ", so it is " + (decl.is_list() ? "empty" : "null") +
                        " whatever the database has; " + way_out(mapping, read);
  // A stream fills no lazy member either, and no lazy one holds a map.
  if (read.source != ObjectSource::stream && !decl.type().is_map())
    message += std::string(", or make it a declorm::") + (decl.is_list() ? "lazy_list" : "lazy") +
               "<" + decl.target->class_->name + ">";
  return message;
}

} // namespace

void check_reads(const Mapping &mapping, const std::vector<RelationshipRead> &reads,
                 Diagnostics &diagnostics) {
  static constexpr const char *sources[] = {"the query is here", "the object is got here",
                                            "scalars() is called here", "the query is here"};
  for (const RelationshipRead &read : reads) {
    const Relationships path = follow(mapping, read);
    if (path.empty())
      continue;
    const RelationshipDecl &decl = *path.back();
    const bool is_stream = read.source == ObjectSource::stream;
    if (is_stream ? path.size() > 1 : is_eager(decl.loading) || !leads_on(read, path))
      continue;
    if (decl.type().is_lazy())
      continue;
    if (!is_stream && !decl.is_list() && may_be_held(mapping, read, decl))
      continue;
    const MappedClass &owner = *mapping.find(read.path.back().class_key);
    if (is_changed_by_hooks(mapping, owner) || allows(owner.class_->annotations, rule_id) ||
        allows(decl.owner->class_->annotations, rule_id) ||
        allows(decl.place.member->annotations, rule_id))
      continue;
    diagnostics.push_back({rule_id,
                           Severity::warning,
                           message_of(mapping, read, decl),
                           read.location,
                           {{sources[std::size_t(read.source)], read.query}}});
  }
}

} // namespace declorm::model
