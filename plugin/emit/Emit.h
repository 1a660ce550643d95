// Emit.h: From the Model to code in the same object file.
#ifndef DECLORM_PLUGIN_EMIT_H
#define DECLORM_PLUGIN_EMIT_H

#include "plugin/scan/Scan.h"

#include "clang/Frontend/CompilerInstance.h"

namespace declorm::plugin {

/// Leaves out the classes that another object file registers: those of imported modules.
void keepOwnClasses(ScanResult &Scanned);

/// The registration text of the translation unit: C++17, includes nothing, wants access checking
/// off. Empty if there is nothing to register.
std::string registrationText(clang::Sema &S, const ScanResult &Scanned);

/// Variables that hold the Model as JSON, for declorm-check. Empty if there are no classes.
std::string modelText(clang::Sema &S, const model::TranslationUnit &Unit);

/// Parses `Text` with the live parser, as if it stood at the end of the translation unit. Only
/// from HandleTranslationUnit, and only when nothing was wrong so far.
void parseAtEnd(clang::CompilerInstance &CI, const std::string &Text);

/// Whether this compilation makes an object file to which text can be added.
bool canEmit(const clang::CompilerInstance &CI);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_EMIT_H
