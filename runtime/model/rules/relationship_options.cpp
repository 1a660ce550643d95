// relationship_options.cpp: Options of a relationship that do not fit it or each other.

#include "runtime/model/relationships.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

class Check {
public:
  Check(const RelationshipDecl &decl, Diagnostics &diagnostics)
      : decl_(decl), diagnostics_(diagnostics) {}

  void run() {
    if (!decl_.annotation)
      return;
    sides();
    order();
    cascades();
    if (decl_.viewonly)
      viewonly();
    map();
    if (decl_.join && decl_.join->problem == JoinProblem::none)
      direction(decl_.join->direction);
  }

private:
  /// The annotation of that name beside `relationship`, or null.
  const Annotation *option(std::string_view name) const {
    return find(decl_.place.member->annotations, name);
  }

  void report(const Location &location, std::string what, Severity severity = Severity::error) {
    diagnostics_.push_back(
        {"relationship-options", severity, spell(decl_) + " " + std::move(what), location, {}});
  }

  void sides() {
    const Annotation *backref = option("backref");
    if (backref && option("back_populates"))
      report(backref->location, "names its other side twice; write back_populates if that is "
                                "annotated, or backref if it is not");
    if (const Annotation *join = option("secondaryjoin"); join && !option("secondary"))
      report(join->location, "has a secondaryjoin and no secondary: name the table in between");
  }

  void order() {
    const Annotation *order = option("order_by");
    if (!order)
      return;
    const Container container = decl_.type().container;
    if (!decl_.is_list())
      report(order->location, "has an order_by and holds one object: there is nothing to order");
    else if (container != Container::none && container != Container::vector &&
             container != Container::list && container != Container::deque)
      report(order->location, "has an order_by, but '" + decl_.type().spelling +
                                  "' keeps no order of insertion; make it a std::vector");
  }

  void cascades() {
    const Annotation *cascade = option("cascade"), *passive = option("passive_deletes");
    const bool deletes = decl_.cascade & cascade_delete;
    const bool orphans = decl_.cascade & cascade_delete_orphan;
    if (cascade && orphans && !deletes)
      report(cascade->location, "cascades delete-orphan without delete: add delete, or 'all'",
             Severity::warning);
    if (decl_.passive_deletes_all && (deletes || orphans))
      report(passive->location, "has passive_deletes(\"all\"), which leaves deleting to the "
                                "database, and cascades delete: leave out one of the two");
  }

  void viewonly() {
    const Annotation *cascade = option("cascade");
    constexpr unsigned writes = cascade_save_update | cascade_delete | cascade_delete_orphan;
    if (cascade && (decl_.cascade & writes))
      report(cascade->location, "is viewonly and cascades " + words(decl_.cascade & writes) +
                                    ": nothing is written through it; leave that out");
    for (const char *name : {"passive_deletes", "passive_updates", "post_update"})
      if (const Annotation *found = option(name))
        report(found->location,
               std::string("is viewonly, and '") + name + "' only matters where it is written",
               Severity::warning);
  }

  static std::string words(unsigned bits) {
    std::string text;
    const auto add = [&](unsigned bit, const char *word) {
      if (bits & bit)
        text += (text.empty() ? "" : ", ") + std::string(word);
    };
    add(cascade_save_update, "save-update");
    add(cascade_delete, "delete");
    add(cascade_delete_orphan, "delete-orphan");
    return text;
  }

  void map() {
    const Annotation *key = option("map_key");
    const bool is_map = decl_.type().is_map();
    if (key && !is_map)
      return report(key->location, "has a map_key, but '" + decl_.type().spelling +
                                       "' is no std::map or std::unordered_map");
    if (!is_map)
      return;
    if (!key)
      return report(decl_.location, "is a map; say which attribute of class '" + decl_.target_name +
                                        "' is its key with map_key(\"name\")");
    if (decl_.target)
      map_key(*key);
  }

  void map_key(const Annotation &key) {
    const Type *found = nullptr;
    std::vector<std::string> known;
    for_each_attribute(*decl_.target, [&](const ColumnDecl &place, const ColumnRef &) {
      if (!place.outer.empty())
        return;
      known.push_back(place.member->name);
      if (place.member->name == decl_.map_key)
        found = &place.member->type;
    });
    const std::string of_class = "of class '" + decl_.target_name + "'";
    if (!found) {
      const std::string near = nearest(decl_.map_key, known);
      if (!decl_.target->may_have(decl_.map_key))
        report(key.location, "has the map_key '" + decl_.map_key +
                                 "', which is no member with a column " + of_class +
                                 did_you_mean(near));
      return;
    }
    const std::string is = "is a '" + decl_.type().spelling + "', but its map_key '" +
                           decl_.map_key + "' " + of_class + " ";
    if (found->optional())
      report(key.location, is + "may be NULL; make it a plain member");
    else if (found->code != decl_.type().rep && decl_.type().rep != TypeCode::none)
      report(key.location, is + "is a '" + found->spelling + "'; make the map's key that type");
  }

  void direction(Direction direction) {
    const Annotation *cascade = option("cascade");
    if (cascade && (decl_.cascade & cascade_delete_orphan) && !decl_.viewonly &&
        direction != Direction::one_to_many)
      report(cascade->location,
             std::string("is ") +
                 (direction == Direction::many_to_one ? "many-to-one" : "many-to-many") +
                 " and cascades delete-orphan, which only the \"one\" side of a one-to-many "
                 "relationship can: an object here may belong to several; put it on the other "
                 "side, or leave it out");
    if (direction == Direction::many_to_one && decl_.is_list() && !decl_.viewonly)
      report(decl_.location,
             "holds several objects, but its own table has the foreign key (" + own_key() +
                 "), which refers to one; make it a pointer, or put the foreign key into the "
                 "table of class '" +
                 decl_.target_name + "'");
  }

  std::string own_key() const {
    std::string names;
    for (const JoinPair &pair : decl_.join->pairs)
      names += (names.empty() ? "" : ", ") + static_cast<const ColumnDecl *>(pair.near)->name;
    return names;
  }

  const RelationshipDecl &decl_;
  Diagnostics &diagnostics_;
};

} // namespace

void rule::relationship_options(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  for_each_relationship(mapping,
                        [&](const RelationshipDecl &decl) { Check(decl, diagnostics).run(); });
}

} // namespace declorm::model
