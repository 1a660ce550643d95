// contradictory_mapping.cpp: Annotations of a class that cannot all be true, or lack what they
// need.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

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
    {"mapped", "concrete", "a concrete class has a table of its own"},
    {"no_table", "concrete", "a concrete class has a table of its own"},
    {"mapped", "concrete_base", "a concrete_base has a table of its own"},
    {"table", "abstract_concrete_base",
     "an abstract_concrete_base has no table; concrete_base has"},
    {"concrete_base", "abstract_concrete_base", "the base either has a table or has none"},
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
    const Annotation *base = find(class_.annotations, "concrete_base");
    const std::string on_class = "' on class '" + class_.name + "', ";
    if (below && is_complete_ && !mapping_.find(class_.key))
      report(*below,
             "'" + below->name + on_class +
                 "none of whose bases is mapped; give it a table with [[declorm::table(\"name\")]]",
             {{"a class without a table has its rows in that of a mapped base", class_.location}});
    else if (abstract && !claims_mapping(class_))
      report(*abstract,
             "'polymorphic_abstract" + on_class +
                 "which is not mapped; add 'mapped', or 'table' if it has one",
             {});
    else if (base && !has_table(class_))
      report(*base,
             "'concrete_base" + on_class +
                 "which has no table; add 'table', or make it an abstract_concrete_base",
             {});
    else if (concrete && is_complete_ && has_table(class_) && !has_concrete_parent())
      report(*concrete,
             "'concrete" + on_class +
                 "none of whose bases is mapped or a concrete base; leave it out",
             {});
    else if (concrete && !has_table(class_) && !find(class_.annotations, "abstract") &&
             has_mapped_base())
      report(*concrete, "'concrete" + on_class + "which has no table; add 'table'", {});
  }

  bool has_mapped_base() const {
    const Lineage lineage(program_, class_);
    for (std::size_t i = 1; i != lineage.ancestors.size(); ++i)
      if (mapping_.find(lineage.ancestors[i].class_->key))
        return true;
    return false;
  }

  bool has_concrete_parent() const {
    const Lineage lineage(program_, class_);
    return lineage.find("abstract_concrete_base") || lineage.find("concrete_base") ||
           has_mapped_base();
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
}

} // namespace declorm::model
