// deferred.cpp: which deferred attributes options and members name.
#include "runtime/orm/mapping/deferred.h"

#include "runtime/engine/suggest.h"
#include "runtime/orm/mapping/load_plan.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// Where the deferred attribute is declared.
const MemberPlace &place_of(const MapperState &mapper, const DeferredAttribute &attribute) {
  if (attribute.load_field < mapper.infos.size())
    return mapper.infos[attribute.load_field];
  const std::string &name = mapper.loaded_expressions[attribute.load_field - mapper.infos.size()];
  return *std::find_if(mapper.expressions.begin(), mapper.expressions.end(),
                       [&](const ExpressionInfo &info) { return info.member == name; });
}

bool is_at(const MemberPlace &place, const RelationshipRef &member) {
  return place.declared_offset == member.offset && place.declaring == *member.declaring;
}

bool names(const Undeferred &named, const MapperState &mapper, const DeferredAttribute &attribute) {
  if (named.is_group)
    return attribute.group == named.name;
  const MemberPlace &place = place_of(mapper, attribute);
  return named.member.declaring ? is_at(place, named.member) : place.member == named.name;
}

[[noreturn]] void throw_no_group(MapperState &mapper, const std::string &group) {
  std::vector<std::string> groups;
  for_each_below(mapper, [&](const MapperState &below) {
    for (const DeferredAttribute &attribute : below.deferred)
      if (!attribute.group.empty() &&
          std::find(groups.begin(), groups.end(), attribute.group) == groups.end())
        groups.push_back(attribute.group);
  });
  std::string known;
  for (const std::string &name : groups)
    known += (known.empty() ? "'" : ", '") + name + "'";
  throw InvalidRequestError("undefer_group(\"" + group + "\"): no deferred column of " +
                            describe(mapper) + " is in a group of that name; " +
                            (known.empty() ? "it has no groups" : "there are " + known));
}

[[noreturn]] void throw_not_deferred(const MapperState &mapper, const RelationshipRef &member) {
  std::string name = "a member of class '" + spelled(*member.declaring) + "'";
  bool is_attribute = false;
  const auto note = [&](const MemberPlace &place) {
    if (is_at(place, member)) {
      name = "member '" + place.member + "' of class '" + spelled(*member.declaring) + "'";
      is_attribute = true;
    }
  };
  for (const ColumnInfo &info : mapper.infos)
    note(info);
  for (const ExpressionInfo &info : mapper.expressions)
    note(info);
  throw InvalidRequestError("undefer(): " + name +
                            (is_attribute ? " is not deferred: it is loaded with each object"
                                          : " is no deferred column of " + describe(mapper)));
}

} // namespace

ChosenDeferred::ChosenDeferred(MapperState &mapper, std::span<const LoadOption *const> options,
                               std::size_t depth) {
  for (const LoadOption *option : options)
    for (const Undeferred &undeferred : option->undeferred()) {
      if (undeferred.depth != depth)
        continue;
      bool is_known = false;
      for_each_below(mapper, [&](const MapperState &below) {
        for (const DeferredAttribute &attribute : below.deferred)
          is_known |= names(undeferred, below, attribute);
      });
      if (!is_known && undeferred.is_group)
        throw_no_group(mapper, undeferred.name);
      if (!is_known)
        throw_not_deferred(mapper, undeferred.member);
      named_.push_back(&undeferred);
    }
}

std::uint32_t ChosenDeferred::bits_of(const MapperState &mapper) const {
  std::uint32_t bits = bits_ & mapper.deferred_bits;
  for (const Undeferred *named : named_)
    for (const DeferredAttribute &attribute : mapper.deferred)
      if (names(*named, mapper, attribute))
        bits |= attribute.bit;
  return bits;
}

std::uint32_t deferred_bit_of(const MapperState &mapper, const RelationshipRef &member) {
  for (const DeferredAttribute &attribute : mapper.deferred)
    if (is_at(place_of(mapper, attribute), member))
      return attribute.bit;
  return 0;
}

} // namespace declorm::detail
