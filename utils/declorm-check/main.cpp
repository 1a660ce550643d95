// main.cpp: declorm-check: all rules over all translation units of a program.
//
// In: a compilation database, or what was built of it. Out: findings. Exit codes: 0 clean, 1
// findings, 2 something could not be analysed (the rest is reported all the same).

#include "plugin/vocabulary/Vocabulary.h"
#include "runtime/model/rule.h"
#include "utils/declorm-check/against.h"
#include "utils/declorm-check/annotation_pages.h"
#include "utils/declorm-check/baseline.h"
#include "utils/declorm-check/objects.h"
#include "utils/declorm-check/report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

using namespace declorm;

namespace {

constexpr int exit_clean = 0, exit_findings = 1, exit_not_analysed = 2;

int list_checks(const check::Options &options) {
  for (const model::Rule &rule : model::rules())
    if (llvm::is_contained(options.checks, rule.id))
      llvm::outs() << llvm::formatv("declorm-{0,-22} {1}\n", rule.id, rule.summary);
  return exit_clean;
}

int explain(const check::Options &options) {
  for (const model::Rule &rule : model::rules())
    if (options.explained == rule.id)
      llvm::outs() << rule.page;
  if (plugin::isAnnotation(options.explained))
    llvm::outs() << check::annotation_page(options.explained);
  return exit_clean;
}

/// Whether --header-filter leaves the finding: one of its places is in a file that was given, or in
/// a header whose path matches.
bool is_wanted(const check::Options &options, const std::set<std::string> &main_files,
               const model::Diagnostic &finding) {
  const auto matches = [&](const model::Location &place) {
    return !place.valid() || main_files.count(place.file) != 0 ||
           options.header_filter.match(place.file);
  };
  return matches(finding.location) || llvm::any_of(finding.notes, [&](const model::Note &note) {
           return note.location.valid() && matches(note.location);
         });
}

int write_baseline(const check::Options &options, const check::Analysis &analysis,
                   const model::Diagnostics &findings) {
  if (!analysis.failed.empty()) {
    check::report(options, analysis, {});
    llvm::errs() << "declorm-check: no baseline was written: not all files could be analysed\n";
    return exit_not_analysed;
  }
  if (!check::write_baseline(options.new_baseline, findings))
    return exit_not_analysed;
  llvm::outs() << "declorm-check: " << findings.size() << " finding"
               << (findings.size() == 1 ? "" : "s") << " written to '" << options.new_baseline
               << "'\n";
  return exit_clean;
}

/// A database that cannot be read is one more thing that could not be analysed.
void compare_with_database(const check::Options &options, const model::Program &program,
                           check::Analysis &analysis, model::Diagnostics &findings) {
  std::string error;
  if (check::compare_with(program, options.against, findings, error))
    return;
  analysis.errors.push_back({"", model::Severity::error, error, {}, {}});
  analysis.failed.push_back(options.against);
}

int run(const check::Options &options) {
  std::optional<check::Baseline> baseline;
  if (!options.baseline.empty() && !(baseline = check::Baseline::read(options.baseline)))
    return exit_not_analysed;
  check::Analysis analysis =
      options.objects ? check::read_objects(options) : check::analyse(options);
  std::set<std::string> main_files;
  for (const model::TranslationUnit &unit : analysis.units)
    main_files.insert(unit.file);
  model::Program program = model::merge(std::move(analysis.units));
  program.incomplete |= !analysis.failed.empty();
  program.whole = options.whole;
  model::Diagnostics reported;
  const model::Mapping mapping = model::map(program, reported);
  model::check_uses(program, mapping, analysis.uses, reported);
  model::check_reads(mapping, analysis.reads, reported);
  model::Diagnostics findings = model::check(program, mapping, std::move(reported), options.checks);
  if (!options.against.empty() && llvm::is_contained(options.checks, check::drift_check))
    compare_with_database(options, program, analysis, findings);
  std::erase_if(findings, [&](const model::Diagnostic &finding) {
    return !is_wanted(options, main_files, finding);
  });
  if (!options.new_baseline.empty())
    return write_baseline(options, analysis, findings);
  const std::size_t gone = baseline ? baseline->drop_known(findings) : 0;
  check::report(options, analysis, findings);
  // What was not looked at may still be there.
  if (gone != 0 && options.whole && analysis.failed.empty())
    llvm::errs() << "declorm-check: of the baseline '" << options.baseline << "', " << gone
                 << (gone == 1 ? " finding is" : " findings are")
                 << " gone; --write-baseline writes it without\n";
  if (!analysis.failed.empty())
    return exit_not_analysed;
  return findings.empty() ? exit_clean : exit_findings;
}

} // namespace

int main(int argc, const char **argv) {
  llvm::InitLLVM init(argc, argv);
  std::optional<check::Options> options = check::parse_options(argc, argv);
  if (!options)
    return exit_not_analysed;
  switch (options->action) {
  case check::Action::list_checks:
    return list_checks(*options);
  case check::Action::list_annotations:
    llvm::outs() << check::annotation_list();
    return exit_clean;
  case check::Action::explain:
    return explain(*options);
  case check::Action::check:
    break;
  }
  return run(*options);
}
