// program.h: All translation units of a program, merged.
//
// merge: what several translation units saw becomes one Program. Merge rules: classes are the same
// when their keys are; equal digests are one definition, of which the first place (by file, line)
// is kept; different digests are all kept, for the rule definition-mismatch. A definition that was
// not wholly read counts only where no translation unit saw a whole one. The result does not
// depend on the order of the translation units.
#ifndef DECLORM_MODEL_PROGRAM_H
#define DECLORM_MODEL_PROGRAM_H

#include "runtime/model/model.h"

namespace declorm::model {

/// One shape of a class and the translation units that saw it.
struct Definition {
  Class class_;
  std::string digest;             ///< "" if one translation unit alone saw the class
  std::vector<std::string> files; ///< main files, sorted
  bool incomplete = false;        ///< none of them could read all of it: something may be missing
};

/// A class of the program with all its definitions; more than one is a mismatch.
struct ProgramClass {
  std::string key;
  std::vector<Definition> definitions; ///< never empty; by place
  bool linked = false;                 ///< some program or shared library has it
  std::string library, object;         ///< the static library it stands in, and its file there

  const Class &class_() const { return definitions.front().class_; }
};

struct Program {
  std::vector<ProgramClass> classes; ///< sorted by qualified name, then key
  bool incomplete = false;           ///< something could not be read
  /// All translation units of the program are here, so what nothing does can be told. Set by
  /// whoever knows; merge leaves it false.
  bool whole = false;
  std::vector<std::string> images; ///< the linked programs and libraries that were read, sorted

  /// The class of that key, or null. Logarithmic.
  const Class *find(std::string_view key) const;

  std::vector<std::size_t> by_key; ///< indexes into `classes`, sorted by key; made by merge
};

Program merge(std::vector<TranslationUnit> units);

/// Whether no translation unit that is not here can map the class or derive from it.
bool is_closed(const Program &program, const Definition &definition);

} // namespace declorm::model

#endif // DECLORM_MODEL_PROGRAM_H
