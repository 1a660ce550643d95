// analyse.h: From source files to Models, in parallel.
#ifndef DECLORM_CHECK_ANALYSE_H
#define DECLORM_CHECK_ANALYSE_H

#include "runtime/model/attribute_uses.h"
#include "runtime/model/relationship_reads.h"
#include "utils/declorm-check/options.h"

namespace declorm::check {

struct Analysis {
  std::vector<model::TranslationUnit> units;
  std::vector<model::AttributeUse> uses;
  std::vector<model::RelationshipRead> reads;
  std::vector<std::string> failed; ///< files that did not compile, sorted
  model::Diagnostics errors;       ///< the compiler's, without rule, sorted, each once
};

/// Compiles each file of `options` with each of its commands. Paths in the result are as a person
/// in the current folder would write them. The result does not depend on the number of threads.
Analysis analyse(const Options &options);

} // namespace declorm::check

#endif // DECLORM_CHECK_ANALYSE_H
