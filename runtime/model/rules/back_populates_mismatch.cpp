// back_populates_mismatch.cpp: The two sides of a relationship do not fit together.

#include "runtime/model/relationships.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

std::string quote(std::string_view text) { return "'" + std::string(text) + "'"; }

/// "'user' of class 'Address'"
std::string member_of(const RelationshipDecl &decl) {
  return quote(decl.name()) + " of class " + quote(decl.owner->class_->name);
}

const char *direction_name(Direction direction) {
  return direction == Direction::many_to_one   ? "many-to-one"
         : direction == Direction::one_to_many ? "one-to-many"
                                               : "many-to-many";
}

class Check {
public:
  Check(const Program &program, Diagnostics &diagnostics)
      : program_(program), diagnostics_(diagnostics) {}

  void run(const RelationshipDecl &decl) {
    if (decl.other_side.empty() || !decl.target)
      return;
    if (!decl.partner)
      return missing(decl);
    const RelationshipDecl &other = *decl.partner;
    if (decl.names_backref && other.annotation)
      return report(decl,
                    member_of(other) + " is a relationship of its own; write back_populates(\"" +
                        other.name() + "\")",
                    &other);
    if (wrong_class(decl, other) || wrong_name(decl, other))
      return;
    // The rest is wrong with both, and said once.
    if (other.other_side.empty() || &decl < &other)
      wrong_join(decl, other);
  }

private:
  void report(const RelationshipDecl &decl, const std::string &what,
              const RelationshipDecl *other = nullptr) {
    Diagnostic finding{"back-populates-mismatch",
                       Severity::error,
                       spell(decl) + " names " + quote(decl.other_side) +
                           " as its other side, but " + what,
                       decl.other_side_location,
                       {}};
    if (other)
      finding.notes.push_back({"the other side is here", other->place.member->location});
    diagnostics_.push_back(std::move(finding));
  }

  void missing(const RelationshipDecl &decl) {
    const Class &target = *decl.target->class_;
    const Lineage lineage(program_, target);
    std::vector<std::string> known;
    for (const Ancestor &ancestor : lineage.ancestors)
      for (const Member &member : ancestor.class_->members) {
        if (member.name == decl.other_side)
          return unfit(decl, member);
        if (find(member.annotations, "relationship") ||
            (decl.names_backref && member.annotations.empty()))
          known.push_back(member.name);
      }
    // What a backref of a call names is told to the target with it.
    const bool is_told = decl.names_backref && is_called(*decl.owner->class_);
    if (!is_told && decl.target->may_have(decl.other_side))
      return;
    const std::string near = nearest(decl.other_side, known);
    report(decl, "class " + quote(target.name) + " has no " +
                     (decl.names_backref ? "pointer or container of pointers" : "relationship") +
                     " of that name" +
                     (near.empty() ? std::string() : "; did you mean " + quote(near) + "?"));
  }

  /// There is such a member, but it is no relationship.
  void unfit(const RelationshipDecl &decl, const Member &member) {
    const std::string of = quote(member.name) + " of class " + quote(decl.target_name);
    std::string what = of + " is no relationship";
    if (member.annotations.empty())
      what = of + " bears no annotation; write backref(\"" + member.name +
             "\"), or annotate it with [[declorm::relationship]]";
    else if (find(member.annotations, "column"))
      what = of + " is a column, not a relationship";
    report(decl, what);
    diagnostics_.back().notes.push_back({"the member is here", member.location});
  }

  bool wrong_class(const RelationshipDecl &decl, const RelationshipDecl &other) {
    if (!other.target)
      return true; // reported there
    const std::string leads = member_of(other) + " leads to class " + quote(other.target_name);
    if (!is_kind_of(*decl.owner, *other.target)) {
      report(decl, leads + ", not to " + quote(decl.owner->class_->name), &other);
      return true;
    }
    // A plain user has no list of an admin's; that of a concrete class is its own.
    if (decl.owner != other.target && decl.owner->is_below(*other.target)) {
      report(decl,
             leads + ", not all of whose objects are of class " + quote(decl.owner->class_->name) +
                 "; declare both sides for the same class",
             &other);
      return true;
    }
    if (other.owner != decl.target && decl.target->is_below(*other.owner)) {
      report(decl,
             member_of(other) +
                 " is there for all objects of that class, not only those of class " +
                 quote(decl.target_name) + "; declare both sides for the same class",
             &other);
      return true;
    }
    return false;
  }

  bool wrong_name(const RelationshipDecl &decl, const RelationshipDecl &other) {
    if (!other.other_side.empty() && other.other_side != decl.name()) {
      report(decl, "that one names " + quote(other.other_side), &other);
      return true;
    }
    const RelationshipDecl *third = other.partner;
    if (!third || third == &decl ||
        (third->name() == decl.name() && is_kind_of(*decl.owner, *third->owner)))
      return false;
    report(decl, member_of(*third) + " does so too", &other);
    return true;
  }

  /// Each of the concrete classes below has the columns in a table of its own.
  static bool is_read_from_union(const RelationshipDecl &decl) {
    return decl.target->concrete_union || decl.owner->concrete_union;
  }

  void wrong_join(const RelationshipDecl &decl, const RelationshipDecl &other) {
    if (!decl.join || !other.join || decl.join->problem != JoinProblem::none ||
        other.join->problem != JoinProblem::none)
      return;
    const Join turned = turned_round(*other.join);
    const Direction direction = decl.join->direction;
    const bool is_between = direction == Direction::many_to_many;
    if (direction != turned.direction) {
      if (direction == other.join->direction)
        report(decl,
               std::string("both are ") + direction_name(direction) +
                   (decl.owner->root == other.owner->root
                        ? "; say remote_side on the side that holds one object, with the "
                          "column of the other object"
                        : "; a foreign key joins them from one side only"),
               &other);
      else
        report(decl,
               std::string("the two are ") + direction_name(direction) + " and " +
                   direction_name(other.join->direction) + "; give both the same secondary",
               &other);
    } else if (!decl.viewonly && !other.viewonly && !is_read_from_union(decl) &&
               !is_read_from_union(other) &&
               (!is_same(decl.join->pairs, turned.pairs) ||
                !is_same(decl.join->secondary, turned.secondary))) {
      report(decl,
             std::string("the two join by different columns; give both the same ") +
                 (is_between ? "secondary, primaryjoin and secondaryjoin"
                             : "foreign_keys or primaryjoin"),
             &other);
    }
  }

  static bool is_same(std::vector<JoinPair> a, std::vector<JoinPair> b) {
    const auto by_columns = [](const JoinPair &x, const JoinPair &y) {
      return std::pair(x.near, x.far) < std::pair(y.near, y.far);
    };
    std::sort(a.begin(), a.end(), by_columns);
    std::sort(b.begin(), b.end(), by_columns);
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(),
        [](const JoinPair &x, const JoinPair &y) { return x.near == y.near && x.far == y.far; });
  }

  const Program &program_;
  Diagnostics &diagnostics_;
};

} // namespace

void rule::back_populates_mismatch(const Program &program, const Mapping &mapping,
                                   Diagnostics &diagnostics) {
  Check check(program, diagnostics);
  for_each_relationship(mapping, [&](const RelationshipDecl &decl) { check.run(decl); });
}

} // namespace declorm::model
