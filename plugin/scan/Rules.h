// Rules.h: The shared rules, reported through Clang.
#ifndef DECLORM_PLUGIN_RULES_H
#define DECLORM_PLUGIN_RULES_H

#include "plugin/scan/Scan.h"

#include "clang/Basic/Diagnostic.h"

namespace declorm::plugin {

/// Runs the rules on what one translation unit shows. Locations must hold Clang's own handles.
void checkRules(clang::DiagnosticsEngine &Engine, const ScanResult &Scanned);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_RULES_H
