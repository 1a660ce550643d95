// resolver.cpp: Names in strings to members and columns.

#include "runtime/model/expression/resolver.h"

#include "runtime/model/lineage.h"

#include <algorithm>

namespace declorm::model {

namespace {

TextRange range_of(std::span<const NamePart> parts) {
  return {parts.front().range.begin, parts.back().range.end};
}

std::string quote(std::string_view text) { return "'" + std::string(text) + "'"; }

/// The columns that the parts may mean: by the members on the way, and by the column's own name.
struct Hits {
  std::optional<ColumnRef> by_member, by_name;
};

Hits find_columns(const MappedClass &mapped, std::span<const NamePart> parts) {
  Hits hits;
  for_each_attribute(mapped, [&](const ColumnDecl &place, const ColumnRef &ref) {
    bool is_path =
        place.outer.size() + 1 == parts.size() && place.member->name == parts.back().text;
    for (std::size_t i = 0; is_path && i != place.outer.size(); ++i)
      is_path = place.outer[i]->name == parts[i].text;
    if (is_path)
      hits.by_member = ref;
    if (parts.size() == 1 && ref.column().name == parts.front().text)
      hits.by_name = ref;
  });
  return hits;
}

bool has_composite(const MappedClass &mapped, std::string_view member) {
  bool found = false;
  for_each_attribute(mapped, [&](const ColumnDecl &place, const ColumnRef &) {
    found |= !place.outer.empty() && place.outer.front()->name == member;
  });
  return found;
}

constexpr std::string_view plain_member = "member without a column";

/// What a member that is no column is called, or "" if it stands for an SQL expression.
std::string_view construct_of(const Member &member) {
  for (std::string_view name : {"column_property", "hybrid", "synonym"})
    if (find(member.annotations, name))
      return {};
  for (std::string_view name : {"relationship", "composite", "elements"})
    if (find(member.annotations, name))
      return name;
  return plain_member;
}

} // namespace

NameTarget NameResolver::attribute(const MappedClass &mapped, Parts parts,
                                   std::optional<NameProblem> &problem) {
  const auto [by_member, by_name] = find_columns(mapped, parts);
  if (by_member && by_name && *by_member != *by_name) {
    problem = NameProblem{"unresolved-column",
                          quote(parts.back().text) + " is a member of class " +
                              quote(mapped.class_->name) + " (column " +
                              quote(by_member->column().name) + ") and also the column of member " +
                              quote(by_name->column().member->name) + "; rename one of them",
                          range_of(parts),
                          {},
                          {{"the member is here", by_member->column().location()},
                           {"the column is here", by_name->column().location()}}};
    return {};
  }
  if (!by_member && !by_name)
    return other_member(mapped, parts, problem);
  const ColumnRef &ref = by_member ? *by_member : *by_name;
  NameTarget target;
  target.class_ = ref.class_;
  target.column = &ref.column();
  return target;
}

NameTarget NameResolver::other_member(const MappedClass &mapped, Parts parts,
                                      std::optional<NameProblem> &problem) {
  const std::string &wanted = parts.front().text;
  const Lineage lineage(names_.program(), *mapped.class_);
  std::vector<std::string> known;
  for (const Ancestor &ancestor : lineage.ancestors)
    for (const Member &member : ancestor.class_->members) {
      if (member.annotations.empty())
        continue;
      const std::string_view construct = construct_of(member);
      if (construct.empty())
        known.push_back(member.name);
      if (member.name != wanted)
        continue;
      if (construct == plain_member && mapped.may_have(wanted))
        return {};
      if (construct.empty() && parts.size() == 1)
        return {&mapped, nullptr, &member, {}, {}};
      if (construct == "composite" && parts.size() > 1) {
        problem =
            NameProblem{"unresolved-column",
                        "composite " + quote(wanted) + " of class " + quote(mapped.class_->name) +
                            " has no column " + quote(spell(parts.subspan(1))),
                        range_of(parts.subspan(1))};
      } else if (!construct.empty() && parts.size() == 1) {
        problem = NameProblem{"unresolved-column",
                              quote(wanted) + " of class " + quote(mapped.class_->name) + " is a " +
                                  std::string(construct) + ", not a column",
                              range_of(parts)};
      } else {
        problem = NameProblem{"unresolved-column",
                              quote(wanted) + " of class " + quote(mapped.class_->name) +
                                  " has no members of its own",
                              range_of(parts.subspan(1))};
      }
      problem->notes.push_back({"the member is here", member.location});
      return {};
    }
  if (may_have_more_columns(mapped) && parts.size() == 1 && !table_name(mapped).empty())
    return {nullptr, nullptr, nullptr, table_name(mapped), wanted};
  if (mapped.may_have(wanted))
    return {};
  for_each_attribute(mapped, [&](const ColumnDecl &place, const ColumnRef &ref) {
    known.push_back(ref.column().name);
    if (place.outer.empty())
      known.push_back(place.member->name);
  });
  std::string near = nearest(wanted, known);
  NameProblem found{"unresolved-column",
                    "class " + quote(mapped.class_->name) + " has no member or column " +
                        quote(wanted),
                    parts.front().range};
  const MappedClass *hinted = hint_ ? names_.mapping().find(hint_->key) : nullptr;
  if (&mapped == &scope_ && hinted && hinted != &scope_ && find_columns(*hinted, parts).by_member) {
    found.fix = std::string(hint_->unqualified_name()) + "." + wanted;
    found.message += "; bare names mean the annotated class: write " + quote(found.fix);
  } else {
    found.message += did_you_mean(near);
    found.fix = std::move(near);
  }
  problem = std::move(found);
  return {};
}

namespace {

/// Several classes that a name fits.
NameProblem ambiguous(const std::string &name, const std::vector<const Class *> &found,
                      TextRange range) {
  NameProblem problem{"ambiguous-name", {}, range};
  std::string list;
  for (const Class *candidate : found) {
    list += (candidate == found.front()  ? ""
             : candidate == found.back() ? " or "
                                         : ", ") +
            quote(candidate->name);
    problem.notes.push_back({quote(candidate->name) + " is here", candidate->location});
  }
  const bool is_one_name = std::all_of(found.begin(), found.end(), [&](const Class *candidate) {
    return candidate->name == found.front()->name;
  });
  const bool is_template = std::any_of(found.begin(), found.end(), [](const Class *candidate) {
    return candidate->name.find('<') != std::string::npos;
  });
  problem.message =
      is_one_name ? quote(name) + " could be any of " + std::to_string(found.size()) +
                        " classes of that name in anonymous namespaces of other files; rename "
                        "one of them, or put it into a namespace with a name"
      : is_template
          ? quote(name) + " could be " + list +
                ", and template arguments cannot be written here; name their tables, or map "
                "classes of other names that derive from them"
          : quote(name) + " could be " + list + "; write more of the qualified name";
  return problem;
}

} // namespace

const MappedClass *NameResolver::single_class(Parts class_parts,
                                              std::optional<NameProblem> &problem) {
  const std::string name = spell(class_parts);
  const std::vector<const Class *> found = names_.classes(name, scope_);
  if (found.size() > 1) {
    problem = ambiguous(name, found, range_of(class_parts));
    return nullptr;
  }
  const Class &class_ = *found.front();
  if (const MappedClass *mapped = names_.mapping().find(class_.key))
    return mapped;
  if (!class_.incomplete && !is_mapped_elsewhere(names_.program(), class_))
    problem = NameProblem{"unresolved-target",
                          "class " + quote(class_.name) + " is mapped to no table",
                          range_of(class_parts),
                          {},
                          {{"the class is here", class_.location}}};
  return nullptr;
}

NameTarget NameResolver::in_class(Parts class_parts, Parts rest,
                                  std::optional<NameProblem> &problem) {
  const MappedClass *mapped = single_class(class_parts, problem);
  return mapped ? attribute(*mapped, rest, problem) : NameTarget();
}

const MappedClass *NameResolver::find_class(const std::vector<NamePart> &chain,
                                            std::optional<NameProblem> &problem) {
  const Parts parts(chain);
  if (!names_.classes(spell(parts), scope_).empty())
    return single_class(parts, problem);
  const std::string joined = spell(parts, "::");
  if (joined != spell(parts) && !names_.classes(joined, scope_).empty()) {
    problem = NameProblem{"expression-syntax",
                          "namespaces and classes are joined by '::', not by dots: write " +
                              quote(joined),
                          range_of(parts), joined};
    return nullptr;
  }
  std::string near = names_.nearest_class(parts.back().text);
  problem = NameProblem{"unresolved-target",
                        quote(spell(parts)) + " is no mapped class" + did_you_mean(near),
                        parts.back().range,
                        near,
                        {},
                        true};
  return nullptr;
}

bool NameResolver::in_table(Parts parts, NameTarget &target, std::optional<NameProblem> &problem) {
  if (parts.size() != 2 && parts.size() != 3)
    return false;
  const std::string full_name = spell(parts.first(parts.size() - 1));
  const MappedClass *declared = names_.table(scope_.table.metadata, full_name);
  if (!declared)
    return false;
  target.column = find_column(declared->table, parts.back().text);
  if (target.column) {
    target.class_ = declared;
  } else if (may_have_more_columns(*declared)) {
    target.table = full_name;
    target.table_column = parts.back().text;
  } else if (!declared->may_have(parts.back().text)) {
    std::string near = nearest_column(declared->table, parts.back().text);
    problem = NameProblem{
        "unresolved-column",
        "table " + quote(full_name) + " has no column " + quote(parts.back().text) +
            did_you_mean(near),
        parts.back().range,
        near,
        {{"table " + quote(full_name) + " is declared here", declared->table.location}}};
  }
  return true;
}

void NameResolver::report_unknown(Parts parts, std::optional<NameProblem> &problem) {
  // Dots where a namespace or an outer class ends?
  for (std::size_t length = parts.size() - 1; length > 1; --length) {
    const std::string name = spell(parts.first(length), "::");
    if (names_.classes(name, scope_).empty())
      continue;
    problem = NameProblem{"expression-syntax",
                          "namespaces and classes are joined by '::', not by dots: write " +
                              quote(name + "." + spell(parts.subspan(length))),
                          range_of(parts.first(length)), name};
    return;
  }
  // Or "::" where the class ends?
  const bool is_scoped = parts.back().scoped && parts.size() > 1;
  if (is_scoped && !names_.classes(spell(parts.first(parts.size() - 1)), scope_).empty()) {
    const std::string right = spell(parts.first(parts.size() - 1)) + "." + parts.back().text;
    problem = NameProblem{"expression-syntax", "a member is joined by a dot: write " + quote(right),
                          range_of(parts), right};
    return;
  }
  std::size_t length = 1;
  while (length < parts.size() && parts[length].scoped)
    ++length;
  const bool class_only = length > 1 || parts.front().scoped;
  std::string near = class_only ? names_.nearest_class(parts[length - 1].text)
                                : names_.nearest_class_or_table(parts.front().text);
  problem = NameProblem{"unresolved-target",
                        quote(spell(parts.first(length))) +
                            (class_only ? " is no mapped class" : " is no mapped class or table") +
                            did_you_mean(near),
                        class_only ? parts[length - 1].range : parts.front().range,
                        near,
                        {},
                        true};
}

NameTarget NameResolver::resolve(const std::vector<NamePart> &chain,
                                 std::optional<NameProblem> &problem) {
  const Parts parts(chain);
  std::size_t length = 1; // of the class's name
  while (length < parts.size() && parts[length].scoped)
    ++length;
  if (length == 1 && parts.size() == 1 && !parts.front().scoped)
    return attribute(scope_, parts, problem);
  const bool is_class = !names_.classes(spell(parts.first(length)), scope_).empty();
  if (is_class && length < parts.size())
    return in_class(parts.first(length), parts.subspan(length), problem);
  if (is_class) {
    problem = NameProblem{"expression-syntax",
                          "a class alone has no value: write " + quote(spell(parts) + ".member"),
                          range_of(parts)};
    return {};
  }
  NameTarget target;
  if (length == 1 && !parts.front().scoped) {
    if (in_table(parts, target, problem))
      return target;
    if (has_composite(scope_, parts.front().text))
      return attribute(scope_, parts, problem);
    if (parts.size() <= 3)
      target = {nullptr, nullptr, nullptr, spell(parts.first(parts.size() - 1)), parts.back().text};
  }
  report_unknown(parts, problem);
  return target;
}

} // namespace declorm::model
