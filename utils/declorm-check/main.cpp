// main.cpp: declorm-check: all rules over all translation units of a program.
//
// In: a compilation database. Out: findings. Exit codes: 0 clean, 1 findings, 2 something could not
// be analysed (the rest is reported all the same).

#include "runtime/model/rule.h"
#include "utils/declorm-check/report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"

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
  return exit_clean;
}

int run(const check::Options &options) {
  check::Analysis analysis = check::analyse(options);
  model::Program program = model::merge(std::move(analysis.units));
  program.incomplete |= !analysis.failed.empty();
  program.whole = options.whole;
  const model::Diagnostics findings = model::check(program, options.checks);
  check::report(options, analysis, findings);
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
  case check::Action::explain:
    return explain(*options);
  case check::Action::check:
    break;
  }
  return run(*options);
}
