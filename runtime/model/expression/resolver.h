// resolver.h: Names in strings to members and columns.
#ifndef DECLORM_MODEL_EXPRESSION_RESOLVER_H
#define DECLORM_MODEL_EXPRESSION_RESOLVER_H

#include "runtime/model/expression/names.h"

namespace declorm::model {

/// Why a name stands for nothing.
struct NameProblem {
  const char *rule;
  std::string message;
  TextRange range;
  std::string fix = {}; ///< what the range should be instead, or ""
  std::vector<Note> notes = {};
  /// A class or table that is not here may be in another translation unit, or made by hand.
  bool may_be_elsewhere = false;
};

/// Resolves the names of one class's strings: bare names are its own members and columns, chains
/// begin with a class, else with a table.
class NameResolver {
public:
  /// `hint`: a class that a wrong bare name may have been meant for, or null.
  NameResolver(Names &names, const MappedClass &scope, const Class *hint)
      : names_(names), scope_(scope), hint_(hint) {}

  /// The target, empty if there is none; `problem` says why, unless the class is only partly seen.
  NameTarget resolve(const std::vector<NamePart> &chain, std::optional<NameProblem> &problem);

  /// The mapped class that a chain names alone; null, and `problem` says why, if there is none.
  const MappedClass *find_class(const std::vector<NamePart> &chain,
                                std::optional<NameProblem> &problem);

private:
  using Parts = std::span<const NamePart>;

  NameTarget attribute(const MappedClass &mapped, Parts parts, std::optional<NameProblem> &problem);
  NameTarget other_member(const MappedClass &mapped, Parts parts,
                          std::optional<NameProblem> &problem);
  /// The one class of that name; null, and reported, if there are several or it is not mapped.
  const MappedClass *single_class(Parts parts, std::optional<NameProblem> &problem);
  NameTarget in_class(Parts class_parts, Parts rest, std::optional<NameProblem> &problem);
  /// False: there is no such table.
  bool in_table(Parts parts, NameTarget &target, std::optional<NameProblem> &problem);
  void report_unknown(Parts parts, std::optional<NameProblem> &problem);

  Names &names_;
  const MappedClass &scope_;
  const Class *hint_;
};

} // namespace declorm::model

#endif // DECLORM_MODEL_EXPRESSION_RESOLVER_H
