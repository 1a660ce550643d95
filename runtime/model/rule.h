// rule.h: A rule and the list of all rules.
//
// One rule, one file in rules/, with its documentation page rules/<id>.md beside it. To add one:
// write the file, add it to rules.def, write its page and its tests.
#ifndef DECLORM_MODEL_RULE_H
#define DECLORM_MODEL_RULE_H

#include "runtime/model/mapping.h"

#include <span>

namespace declorm::model {

struct Rule {
  const char *id;      ///< "column-conflict"; shown as declorm-column-conflict
  const char *summary; ///< one line, for --list-checks
  const char *page;    ///< Markdown, for --explain
  /// Null: map itself finds it, check_uses, check_reads, or declorm-check in a database.
  void (*check)(const Program &program, const Mapping &mapping, Diagnostics &diagnostics);
};

/// All rules, by id.
std::span<const Rule> rules();

/// "column-conflict" for "declorm-column-conflict", as findings show it, and for itself.
std::string_view without_prefix(std::string_view id);

namespace rule {
#define RULE(id, function, summary)                                                                \
  void function(const Program &program, const Mapping &mapping, Diagnostics &diagnostics);
#define MAP_RULE(id, summary)
#include "runtime/model/rules/rules.def"
} // namespace rule

} // namespace declorm::model

#endif // DECLORM_MODEL_RULE_H
