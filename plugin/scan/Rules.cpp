// Rules.cpp: The shared rules, reported through Clang.

#include "plugin/scan/Rules.h"
#include "plugin/Report.h"

#include "runtime/model/mapping.h"

using namespace clang;

namespace declorm::plugin {

void checkRules(DiagnosticsEngine &Engine, const ScanResult &Scanned) {
  if (Scanned.Unit.classes.empty())
    return;
  const auto Place = [](const model::Location &Loc) {
    return SourceLocation::getFromRawEncoding(Loc.handle);
  };
  const model::Program Program = model::merge({Scanned.Unit});
  model::Diagnostics Reported;
  const model::Mapping Mapping = model::map(Program, Reported);
  model::check_uses(Program, Mapping, Scanned.Uses, Reported);
  for (const model::Diagnostic &Found : model::check(Program, Mapping, std::move(Reported))) {
    const auto Level =
        Found.severity == model::Severity::error ? DiagnosticIDs::Error : DiagnosticIDs::Warning;
    {
      auto Report = report(Engine, Level, Place(Found.location), "%0 [declorm-%1]");
      Report << Found.message << Found.rule;
      if (Found.fix) {
        const SourceLocation Begin = Place(Found.fix->location);
        const SourceLocation End = Begin.getLocWithOffset(int(Found.fix->length));
        Report << FixItHint::CreateReplacement(CharSourceRange::getCharRange(Begin, End),
                                               Found.fix->text);
      }
    }
    for (const model::Note &Note : Found.notes)
      note(Engine, Place(Note.location), "%0") << Note.message;
  }
}

} // namespace declorm::plugin
