// mirrors.cpp: which of several members with one value the others follow.
#include "runtime/orm/rows/mirrors.h"

#include "declorm/error.h"
#include "runtime/orm/flush/link_sync.h"
#include "runtime/orm/session/snapshot.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// A member as it is now.
struct Seen {
  const Mirror *mirror;
  const Field *field;
  std::string now;           ///< packed
  bool is_default = false;   ///< it is what the constructor made
  bool is_unchanged = false; ///< it is what the row has
};

/// Returns whether a packed value is NULL, 0, or empty.
bool is_blank(std::string_view packed) {
  const auto tag = static_cast<unsigned char>(packed.front());
  const std::size_t header = tag == tag_text8 || tag == tag_blob8 ? 2 : 1;
  return std::all_of(packed.begin() + std::ptrdiff_t(std::min(header, packed.size())), packed.end(),
                     [](char byte) { return byte == 0; });
}

std::vector<Seen> see(const MapperState &mapper, std::size_t group, const void *object,
                      const std::byte *row) {
  std::vector<Seen> all;
  const std::vector<Mirror> &mirrors = mapper.mirrors[group];
  const std::vector<std::string> &defaults = mapper.mirror_defaults()[group];
  for (std::size_t i = 0; i != mirrors.size(); ++i) {
    Seen &seen = all.emplace_back(Seen{&mirrors[i], &mapper.field_of(mirrors[i]), {}});
    seen.now = packed_value(*seen.field, object);
    seen.is_default =
        mapper.construct ? defaults[i].empty() || seen.now == defaults[i] : is_blank(seen.now);
    seen.is_unchanged = row && seen.now == entry_at(mapper, row, mirrors[i].position);
  }
  return all;
}

/// Returns how messages name the member: "'Derived.m_id'".
std::string name_of(const MapperState &mapper, const Mirror &mirror) {
  const MemberPlace &place = mirror.copy
                                 ? static_cast<const MemberPlace &>(mapper.copies[*mirror.copy])
                                 : mapper.infos[mirror.position];
  std::string class_name = mapper.name;
  for (const MapperState::BaseInfo &base : mapper.bases)
    if (base.key == place.class_key)
      class_name = spelled(base.type);
  if (const std::size_t colon = class_name.rfind("::"); colon != std::string::npos)
    class_name.erase(0, colon + 2);
  return "'" + class_name + "." + place.member + "'";
}

/// Returns "'Derived.m_id' is 5 and 'Base.id' is 7, and both are the value of column 'base.id'; …".
std::string disagreement(const MapperState &mapper, const void *object, const Seen &one,
                         const Seen &other) {
  const auto said = [&](const Seen &seen) {
    return name_of(mapper, *seen.mirror) + " is " + value_of(*seen.field, object).to_string();
  };
  const Column &column = *mapper.infos[one.mirror->position].column;
  return said(one) + " and " + said(other) + ", and both are one value, that of column '" +
         column.table().full_name() + "." + column.name() +
         "'; set one of them, or both to the same";
}

void assign_all(const std::vector<Seen> &all, const Seen &winner, void *object,
                const MirrorObserver &observer) {
  Value value;
  for (const Seen &seen : all) {
    if (seen.now == winner.now)
      continue;
    if (value.is_null())
      value = value_of(*winner.field, object);
    if (observer)
      observer(*seen.field, value_of(*seen.field, object));
    assign(*seen.field, object, value);
  }
}

std::vector<const Seen *> chosen(const std::vector<Seen> &all, auto is_wanted) {
  std::vector<const Seen *> some;
  for (const Seen &seen : all)
    if (is_wanted(seen))
      some.push_back(&seen);
  return some;
}

/// Returns the one that differs from the first; null if all are alike.
const Seen *other_than_first(const std::vector<const Seen *> &some) {
  for (const Seen *seen : some)
    if (seen->now != some.front()->now)
      return seen;
  return nullptr;
}

/// Returns the members that were given a value in a new object.
std::vector<const Seen *> given(const std::vector<Seen> &all) {
  auto some = chosen(all, [](const Seen &seen) { return !seen.is_default && !seen.is_unchanged; });
  if (some.empty())
    some = chosen(all, [](const Seen &seen) { return !seen.is_default; });
  return some;
}

} // namespace

void follow_changed(const ObjectState &state, const MirrorObserver &observer) {
  const MapperState &mapper = *state.mapper;
  for (std::size_t group = 0; group != mapper.mirrors.size(); ++group) {
    const std::vector<Seen> all = see(mapper, group, state.object, state.snapshot);
    const bool is_new = state.status == ObjectStatus::pending;
    const std::vector<const Seen *> some =
        is_new ? given(all) : chosen(all, [](const Seen &seen) { return !seen.is_unchanged; });
    if (some.empty() && !is_new)
      continue;
    if (const Seen *other = some.empty() ? nullptr : other_than_first(some))
      throw FlushError(detail::name_of(state) + ": " +
                       disagreement(mapper, state.object, *some.front(), *other));
    assign_all(all, some.empty() ? all.front() : *some.front(), state.object, observer);
  }
}

void follow_given(const MapperState &mapper, void *object) {
  for (std::size_t group = 0; group != mapper.mirrors.size(); ++group) {
    const std::vector<Seen> all = see(mapper, group, object, nullptr);
    std::vector<const Seen *> some = given(all);
    const auto is_hidden = [&](const Seen *seen) {
      return seen->mirror->copy && std::any_of(some.begin(), some.end(), [&](const Seen *other) {
               return !other->mirror->copy && other->mirror->position == seen->mirror->position;
             });
    };
    some.erase(std::remove_if(some.begin(), some.end(), is_hidden), some.end());
    if (const Seen *other = some.empty() ? nullptr : other_than_first(some))
      throw InvalidRequestError("an object of " + describe(mapper) + ": " +
                                disagreement(mapper, object, *some.front(), *other));
    assign_all(all, some.empty() ? all.front() : *some.front(), object, {});
  }
}

void follow_position(const MapperState &mapper, void *object, unsigned position,
                     const MirrorObserver &observer) {
  for (std::size_t group = 0; group != mapper.mirrors.size(); ++group) {
    const auto &mirrors = mapper.mirrors[group];
    const auto is_it = [&](const Mirror &mirror) {
      return mirror.position == position && !mirror.copy;
    };
    if (std::none_of(mirrors.begin(), mirrors.end(), is_it))
      continue;
    const std::vector<Seen> all = see(mapper, group, object, nullptr);
    const auto winner =
        std::find_if(all.begin(), all.end(), [&](const Seen &seen) { return is_it(*seen.mirror); });
    assign_all(all, *winner, object, observer);
  }
}

bool is_redeclared_changed(const ObjectState &state) {
  const MapperState &mapper = *state.mapper;
  return std::any_of(mapper.copies.begin(), mapper.copies.end(), [&](const MirroredMember &copy) {
    return copy.redeclared && packed_value(*copy.redeclared, state.object) !=
                                  entry_at(mapper, state.snapshot, copy.from);
  });
}

} // namespace declorm::detail
