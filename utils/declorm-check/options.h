// options.h: The command line of declorm-check.
#ifndef DECLORM_CHECK_OPTIONS_H
#define DECLORM_CHECK_OPTIONS_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/Regex.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace declorm::check {

enum class Action { check, list_checks, list_annotations, explain };
enum class Format { text, json };

struct Options {
  Action action = Action::check;
  Format format = Format::text;
  std::string explained;           ///< rule id, or the name of an annotation
  std::vector<std::string> checks; ///< ids of the rules that run
  unsigned threads = 0;            ///< 0: as many as the machine runs at once
  std::unique_ptr<clang::tooling::CompilationDatabase> database;
  bool objects = false;           ///< `files` are object files, libraries and programs
  std::vector<std::string> files; ///< sources: absolute, sorted; objects: as given; each once
  bool whole = false;             ///< `files` are all of the program
  llvm::Regex header_filter;      ///< of the headers whose findings are shown
  std::string baseline;           ///< file of findings that are known; "" for none
  std::string against;            ///< URL of a database that is compared; "" for none
  std::string new_baseline;       ///< file that the findings are written to instead
};

/// Empty if the command line makes no sense; says why on stderr. --help and --version end the
/// program.
std::optional<Options> parse_options(int argc, const char **argv);

} // namespace declorm::check

#endif // DECLORM_CHECK_OPTIONS_H
