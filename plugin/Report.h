// Report.h: Diagnostics with a text made on the spot.
#ifndef DECLORM_PLUGIN_REPORT_H
#define DECLORM_PLUGIN_REPORT_H

#include "clang/Basic/Diagnostic.h"

namespace declorm::plugin {

/// Reports `Format`, whose %0, %1 … are streamed into the result.
inline clang::DiagnosticBuilder report(clang::DiagnosticsEngine &Engine,
                                       clang::DiagnosticIDs::Level Level, clang::SourceLocation Loc,
                                       llvm::StringRef Format) {
  return Engine.Report(Loc, Engine.getDiagnosticIDs()->getCustomDiagID(Level, Format));
}

inline clang::DiagnosticBuilder error(clang::DiagnosticsEngine &Engine, clang::SourceLocation Loc,
                                      llvm::StringRef Format) {
  return report(Engine, clang::DiagnosticIDs::Error, Loc, Format);
}

inline clang::DiagnosticBuilder note(clang::DiagnosticsEngine &Engine, clang::SourceLocation Loc,
                                     llvm::StringRef Format) {
  return report(Engine, clang::DiagnosticIDs::Note, Loc, Format);
}

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_REPORT_H
