// contradictory_mapping.cpp: Annotations of a class that cannot all be true, or lack what they
// need.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

struct Pair {
  const char *first, *second;
  const char *why;
};

constexpr Pair pairs[] = {
    {"abstract", "table", "an abstract class has no table"},
    {"abstract", "mapped", "an abstract class is not mapped"},
    {"abstract", "polymorphic_abstract",
     "an abstract class is not mapped, a polymorphic_abstract one is and has no rows"},
    {"table", "mapped", "a mapped class without a table of its own has no table"},
    {"table", "no_table", "the class either has a table or has none"},
    {"table", "row", "a row is read from any statement and has no table"},
    {"mapped", "row", "a row is read from any statement and is not mapped"},
    {"abstract", "manual", "an abstract class is not mapped"},
    {"row", "manual", "a row is read from any statement and is not mapped"},
    {"manual", "metadata", "the call that maps the class says which MetaData has its table"},
    {"manual", "registry", "the call that maps the class says in which registry it is"},
};

class Check {
public:
  Check(const Program &program, const Mapping &mapping, const Class &class_, bool is_complete,
        Diagnostics &diagnostics)
      : program_(program), mapping_(mapping), class_(class_), is_complete_(is_complete),
        diagnostics_(diagnostics) {}

  void run() {
    if (!contradicts())
      lacks();
  }

private:
  void report(const Annotation &annotation, std::string message, std::vector<Note> notes) {
    diagnostics_.push_back({"contradictory-mapping", Severity::error, std::move(message),
                            annotation.location, std::move(notes)});
  }

  bool contradicts() {
    for (const Pair &pair : pairs) {
      const Annotation *first = find(class_.annotations, pair.first);
      const Annotation *second = find(class_.annotations, pair.second);
      if (!first || !second)
        continue;
      report(*second,
             "'" + second->name + "' and '" + first->name + "' on class '" + class_.name +
                 "' contradict each other: " + pair.why + "; leave one of the two out",
             {{"'" + first->name + "' is here", first->location}});
      return true;
    }
    return false;
  }

  /// What only makes sense beside or below something else.
  void lacks() {
    const Annotation *mapped = find(class_.annotations, "mapped");
    const Annotation *no_table = find(class_.annotations, "no_table");
    const Annotation *below = mapped ? mapped : no_table;
    const Annotation *concrete = find(class_.annotations, "concrete");
    const Annotation *abstract = find(class_.annotations, "polymorphic_abstract");
    const std::string on_class = "' on class '" + class_.name + "', ";
    if (below && is_complete_ && !mapping_.find(class_.key) && !has_mapped_base())
      report(*below,
             "'" + below->name + on_class +
                 "none of whose bases is mapped; give it a table with [[declorm::table(\"name\")]]",
             {{"a class without a table has its rows in that of a mapped base", class_.location}});
    else if (abstract && !claims_mapping(class_))
      report(*abstract,
             "'polymorphic_abstract" + on_class +
                 "which is not mapped; add 'mapped', or 'table' if it has one",
             {});
    else if (const Annotation *manual = find(class_.annotations, "manual");
             manual && !claims_mapping(class_) && !is_read_from_union(class_))
      report(*manual,
             "'manual" + on_class + "which is not mapped; add 'mapped', or 'table' if it has one",
             {});
    else if (concrete && is_complete_ && has_table(class_) && !has_mapped_base())
      report(*concrete,
             "'concrete" + on_class +
                 "none of whose bases is mapped or a concrete base; leave it out",
             {});
  }

  /// Whether a base has rows that the class may share, continue, or be one of.
  bool has_mapped_base() const {
    static constexpr std::string_view elsewhere[] = {"abstract_concrete_base", "concrete_base",
                                                     "deferred_reflection", "table_from"};
    const Lineage lineage(program_, class_);
    return std::any_of(lineage.ancestors.begin() + 1, lineage.ancestors.end(),
                       [&](const Ancestor &above) { return mapping_.find(above.class_->key); }) ||
           std::any_of(std::begin(elsewhere), std::end(elsewhere),
                       [&](std::string_view role) { return lineage.find(role); });
  }

  const Program &program_;
  const Mapping &mapping_;
  const Class &class_;
  const bool is_complete_;
  Diagnostics &diagnostics_;
};

/// A base that is not here may be mapped.
bool is_complete(const Program &program, const Definition &definition) {
  return !definition.incomplete &&
         (definition.class_.bases.empty() || Lineage(program, definition.class_).complete);
}

} // namespace

void rule::contradictory_mapping(const Program &program, const Mapping &mapping,
                                 Diagnostics &diagnostics) {
  for (const ProgramClass &found : program.classes) {
    const Class &class_ = found.class_();
    // One annotation neither contradicts another nor, if it is the usual one, lacks anything.
    if (class_.annotations.empty() ||
        (class_.annotations.size() == 1 && class_.annotations.front().name == "table"))
      continue;
    Check(program, mapping, class_, is_complete(program, found.definitions.front()), diagnostics)
        .run();
  }
  for (const MappedClass &mapped : mapping.classes) {
    const MappedClass *parent = mapped.parent;
    if (parent && parent->manual && !mapped.manual && !is_mapped_by_call(*mapped.class_))
      diagnostics.push_back(
          {"contradictory-mapping",
           Severity::error,
           "class '" + mapped.class_->name +
               "' is mapped without a call, and derives from class '" + parent->class_->name +
               "', which a call maps; mark it [[declorm::manual]] too",
           mapped.class_->location,
           {{"'manual' is here", find(parent->class_->annotations, "manual")->location}}});
  }
}

} // namespace declorm::model
