// deferred_key.cpp: A deferred column that every object needs: of its key, its class or its links.

#include "runtime/model/columns.h"
#include "runtime/model/relationships.h"
#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"
#include "runtime/model/version.h"

#include <algorithm>

namespace declorm::model {

namespace {

/// Why the column of the attribute cannot be left out of a SELECT, and where that is said.
struct Need {
  std::string why; ///< "": nothing needs it
  std::vector<Note> notes;
};

class Check {
public:
  Check(const Mapping &mapping, Diagnostics &diagnostics)
      : mapping_(mapping), diagnostics_(diagnostics) {}

  void run() {
    for (const MappedClass &mapped : mapping_.classes)
      for_each_attribute(mapped, [&](const ColumnDecl &place, const ColumnRef &ref) {
        if (place.deferred)
          check(mapped, place, ref);
      });
  }

private:
  void check(const MappedClass &mapped, const ColumnDecl &place, const ColumnRef &ref) {
    const Annotation *said = find(place.member->annotations, "deferred");
    if (!said || std::find(reported_.begin(), reported_.end(), said) != reported_.end())
      return;
    Need need = need_of(mapped, ref);
    if (need.why.empty())
      return;
    reported_.push_back(said);
    diagnostics_.push_back({"deferred-key", Severity::error,
                            "'deferred' on member '" + member_path(place) + "' of class '" +
                                place.declared_in->name + "': " + need.why + "; leave it out",
                            said->location, std::move(need.notes)});
  }

  Need need_of(const MappedClass &mapped, const ColumnRef &ref) const {
    const ColumnDecl &column = ref.column();
    const MappedClass &root = *mapped.root;
    if (column.primary_key || std::find(root.mapper_key.begin(), root.mapper_key.end(),
                                        column.name) != root.mapper_key.end())
      return {"the column is part of the primary key, which finds the object of each row", {}};
    if (root.discriminator && !root.table.columns.empty() && ref.class_ == &root &&
        root.discriminator->attribute == ref.index)
      return {"the column tells the classes of the hierarchy apart, which each row needs",
              {{"it is named here", root.discriminator->location}}};
    if (const MappedClass *versioned = versioned_class(mapped);
        versioned && versioned->version->column == ref)
      return {"the column counts versions, and each UPDATE looks for the one that was read",
              {{"it is marked here", versioned->version->location}}};
    return need_of_links(column);
  }

  /// What a relationship compares is read from the rows of both sides.
  Need need_of_links(const ColumnDecl &column) const {
    Need need;
    const auto note = [&](const RelationshipDecl &decl, std::string why) {
      if (need.why.empty())
        need = {std::move(why), {{spell(decl) + " is here", decl.location}}};
    };
    for_each_relationship(mapping_, [&](const RelationshipDecl &decl) {
      if (decl.join && decl.join->problem == JoinProblem::none && joins_by(*decl.join, column))
        note(decl, spell(decl) + " links objects by the column, so that each row needs it");
      if (decl.target && !decl.map_key.empty() && is_map_key(decl, column))
        note(decl, spell(decl) + " keeps objects in a map by it");
    });
    return need;
  }

  static bool joins_by(const Join &join, const ColumnDecl &column) {
    const auto has = [&](const std::vector<JoinPair> &pairs) {
      return std::any_of(pairs.begin(), pairs.end(), [&](const JoinPair &pair) {
        return pair.near == &column || pair.far == &column;
      });
    };
    return has(join.pairs) || has(join.secondary);
  }

  static bool is_map_key(const RelationshipDecl &decl, const ColumnDecl &column) {
    bool found = false;
    for_each_attribute(*decl.target, [&](const ColumnDecl &place, const ColumnRef &ref) {
      found |= &ref.column() == &column && place.member->name == decl.map_key;
    });
    return found;
  }

  const Mapping &mapping_;
  Diagnostics &diagnostics_;
  std::vector<const Annotation *> reported_; ///< a mixin has one for many classes
};

} // namespace

void rule::deferred_key(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  Check(mapping, diagnostics).run();
}

} // namespace declorm::model
