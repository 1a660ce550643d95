// Plugin.cpp: The shell: hooks into the compile.
//
// At the end of the translation unit: scan, check, print what was asked for, emit.

#include "plugin/Report.h"
#include "plugin/emit/Emit.h"
#include "plugin/scan/Rules.h"
#include "plugin/scan/Scan.h"
#include "plugin/vocabulary/Spelling.h"

#include "runtime/engine/dialect_names.h"
#include "runtime/model/json.h"
#include "runtime/orm/mapping/declarative_tables.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

using namespace clang;

namespace declorm::plugin {
namespace {

struct Options {
  bool PrintModel = false;
  bool PrintRegistration = false;
  std::string PrintDdl; ///< a dialect, or ""
};

class Consumer : public ASTConsumer {
public:
  Consumer(CompilerInstance &CI, Options Chosen)
      : CI(CI), Chosen(std::move(Chosen)), Spelling(watchSpelling(CI.getPreprocessor())) {}

  void HandleTranslationUnit(ASTContext &) override {
    Sema &S = CI.getSema();
    const std::vector<Misspelt> Unknown = checkSpelling(S, *Spelling);
    ScanResult Scanned = scan(S, Unknown);
    if (Chosen.PrintModel)
      llvm::outs() << model::to_json(Scanned.Unit);
    // Whatever else is wrong: the Model knows what of it may only be unseen.
    checkRules(CI.getDiagnostics(), Scanned);
    if (!Chosen.PrintDdl.empty())
      llvm::outs() << detail::ddl_of(model::merge({Scanned.Unit}), Chosen.PrintDdl);
    if (Scanned.Sources.empty() || CI.getDiagnostics().hasErrorOccurred() || !canEmit(CI))
      return;
    keepOwnClasses(Scanned);
    const std::string Text = registrationText(S, Scanned);
    if (Chosen.PrintRegistration)
      llvm::outs() << Text;
    if (!Text.empty())
      parseAtEnd(CI, Text + modelText(S, Scanned.Unit));
  }

private:
  CompilerInstance &CI;
  Options Chosen;
  std::shared_ptr<SpellingWatch> Spelling;
};

class Action : public PluginASTAction {
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    return std::make_unique<Consumer>(CI, Chosen);
  }

  bool ParseArgs(const CompilerInstance &CI, const std::vector<std::string> &Arguments) override {
    for (llvm::StringRef Argument : Arguments) {
      if (Argument == "print-model") {
        Chosen.PrintModel = true;
      } else if (Argument == "print-registration") {
        Chosen.PrintRegistration = true;
      } else if (!parseDialect(Argument)) {
        error(CI.getDiagnostics(), SourceLocation(),
              "unknown argument '%0' of the declorm plugin; it knows print-model, "
              "print-registration and %1")
            << Argument << dialectArguments();
        return false;
      }
    }
    return true;
  }

  bool parseDialect(llvm::StringRef Argument) {
    if (!Argument.consume_front("print-ddl="))
      return false;
    for (const std::string &Name : detail::dialect_names())
      if (Argument == Name)
        Chosen.PrintDdl = Name;
    return !Chosen.PrintDdl.empty();
  }

  static std::string dialectArguments() {
    std::string Text;
    for (const std::string &Name : detail::dialect_names())
      Text += (Text.empty() ? "print-ddl=" : ", print-ddl=") + Name;
    return Text;
  }

  ActionType getActionType() override { return AddBeforeMainAction; }

  Options Chosen;
};

} // namespace
} // namespace declorm::plugin

static FrontendPluginRegistry::Add<declorm::plugin::Action>
    Plugin("declorm", "registers annotated classes with declorm");
