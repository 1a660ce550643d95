// relationship_maker.cpp: relationships as their classes declare them.
#include "runtime/orm/mapping/relationship_maker.h"

#include <algorithm>
#include <set>

namespace declorm::detail {

namespace {

/// Gives a mapper its relationships, those of its parents first, so that they have the same places.
/// `waiting` are the owners whose own relationships are not made yet.
void inherit_relationships(MapperState &state, const std::set<const MapperState *> &waiting) {
  std::vector<MapperState *> line;
  for (MapperState *at = &state; at; at = at->parent) {
    if (waiting.contains(at))
      return;
    line.push_back(at);
  }
  for (auto at = line.rbegin(); at != line.rend(); ++at)
    for (const auto &relationship : (*at)->own_relationships) {
      MappedRelationship &mapped =
          state.relationships.emplace_back(relationship.get(), state.offset_of(**at));
      if (!relationship->is_lazy())
        continue;
      state.has_lazies = true;
      auto alone = std::make_shared<LazyBinding>();
      alone->mapper = &state;
      alone->index = unsigned(state.relationships.size() - 1);
      alone->offset = mapped.upcast + relationship->offset;
      mapped.without_session = std::move(alone);
    }
}

/// Shares classes below a shared one: smart pointers to it may point to their objects.
void share_below(const MapperSet &mappers) {
  for (bool changed = true; std::exchange(changed, false);)
    for (const auto &mapper : mappers.all()) {
      MapperState &state = mapper->state();
      const bool above = (state.parent && state.parent->is_shared) ||
                         (state.concrete_parent && state.concrete_parent->is_shared);
      changed |= above && !state.is_shared;
      state.is_shared |= above;
    }
}

} // namespace

void RelationshipMaker::make(const model::Mapping &mapping) {
  std::set<const MapperState *> waiting;
  for (const model::MappedClass &mapped : mapping.classes) {
    if (mapped.relationships.empty())
      continue;
    MapperState *owner = mappers_.state_of(mapped);
    if (!owner || !owner->own_relationships.empty())
      continue;
    if (waiting_.leads_to_waiting(mapped)) {
      waiting.insert(owner);
      continue;
    }
    for (const model::RelationshipDecl &decl : mapped.relationships)
      make(decl, *owner);
  }
  for (const model::MappedClass &mapped : mapping.classes)
    if (MapperState *state = mappers_.state_of(mapped); state && state->relationships.empty())
      inherit_relationships(*state, waiting);
  share_below(mappers_);
}

void RelationshipMaker::make(const model::RelationshipDecl &decl, MapperState &owner) {
  MapperState *target = decl.target ? mappers_.state_of(*decl.target) : nullptr;
  if (!target)
    throw InvalidRequestError("relationship '" + decl.name() + "' of " + describe(owner) +
                              " leads to class '" + decl.target_name +
                              "', which has no table that its objects could be read from");
  RelationshipState &made =
      *owner.own_relationships.emplace_back(std::make_unique<RelationshipState>());
  made.owner = &owner;
  made.target = target;
  set_place(decl, made);
  static_cast<model::RelationshipOptions &>(made) = decl;
  made.joins_as_partner = decl.joins_as_partner;
  made.map_key_code = decl.type().rep;
  made.binding = std::make_unique<RelationshipBinding>(decl);
  const auto source = [&](const model::ExpressionDecl *given, auto &to) {
    if (given)
      to.emplace(make_source(*decl.owner, *given));
  };
  source(decl.primaryjoin, made.primaryjoin);
  source(decl.secondaryjoin, made.secondaryjoin);
  for (const model::ExpressionDecl *one : decl.order_by)
    made.order_by.push_back(make_source(*decl.owner, *one));
  binder_.add(made);
  target->is_shared |= made.is_smart();
  target->is_linked = true;
  if (model::is_eager(made.loading))
    for (MapperState *at = &owner; at; at = at->parent ? at->parent : at->concrete_parent)
      at->loads_further = true;
}

/// Says where the member stands and how it is reached.
void RelationshipMaker::set_place(const model::RelationshipDecl &decl,
                                  RelationshipState &made) const {
  const model::Class &declaring = *decl.place.declared_in;
  const Class &registered = *classes_.find(declaring.key);
  made.member = decl.name();
  made.class_key = declaring.key;
  made.declaring = *registered.type;
  made.declared_offset = decl.place.member->offset;
  made.member_index = unsigned(decl.place.member - declaring.members.data());
  made.offset = decl.place.offset;
  made.code = decl.type().code;
  made.container = decl.type().container;
  made.pointer_offset = made.offset + (made.is_lazy() ? sizeof(LazyMember) : 0);
  made.access = link_access_of(registered, made.member_index);
  if (made.offset == no_offset || (!made.access && (made.is_list() || made.is_smart())))
    throw ArgumentError(describe(made) + ": the member cannot be reached: its translation unit was "
                                         "compiled without the functions for it");
}

} // namespace declorm::detail
