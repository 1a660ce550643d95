// analyse.cpp: From source files to Models, in parallel.

#include "utils/declorm-check/analyse.h"

#include "plugin/scan/Reads.h"
#include "plugin/scan/Scan.h"
#include "plugin/scan/Uses.h"
#include "plugin/vocabulary/Facts.h"
#include "plugin/vocabulary/Spelling.h"
#include "utils/declorm-check/paths.h"
#include "utils/declorm-check/progress.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Sema/SemaConsumer.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <tuple>

namespace declorm::check {

namespace {

/// What one file gave.
struct FileResult {
  std::vector<model::TranslationUnit> units;
  std::vector<model::AttributeUse> uses;
  std::vector<model::RelationshipRead> reads;
  model::Diagnostics errors;
  bool failed = false;
};

/// Keeps the errors and their notes as data: they are sorted and printed when all files are
/// through.
class ErrorCollector : public clang::DiagnosticConsumer {
public:
  explicit ErrorCollector(FileResult &result) : result_(result) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic &info) override {
    clang::DiagnosticConsumer::HandleDiagnostic(level, info);
    llvm::SmallString<256> text;
    info.FormatDiagnostic(text);
    model::Location location;
    if (info.hasSourceManager() && info.getLocation().isValid()) {
      const clang::PresumedLoc place = info.getSourceManager().getPresumedLoc(info.getLocation());
      if (place.isValid())
        location = {place.getFilename(), place.getLine(), place.getColumn()};
    }
    if (level >= clang::DiagnosticsEngine::Error)
      result_.errors.push_back({"", model::Severity::error, std::string(text), location, {}});
    else if (level == clang::DiagnosticsEngine::Note && takes_notes_ && !result_.errors.empty())
      result_.errors.back().notes.push_back({std::string(text), location});
    if (level != clang::DiagnosticsEngine::Note)
      takes_notes_ = level >= clang::DiagnosticsEngine::Error;
  }

private:
  FileResult &result_;
  bool takes_notes_ = false;
};

class Consumer : public clang::SemaConsumer {
public:
  Consumer(FileResult &result, clang::Preprocessor &preprocessor)
      : result_(result), spelling_(plugin::watchSpelling(preprocessor)) {}

  void InitializeSema(clang::Sema &sema) override { sema_ = &sema; }
  void ForgetSema() override { sema_ = nullptr; }

  /// A class inside a function cannot be mapped, which the compiler says; what else a body can do
  /// is to instantiate an annotated template, but nobody's standard library does, and to query.
  bool shouldSkipFunctionBody(clang::Decl *declaration) override {
    clang::ASTContext &context = declaration->getASTContext();
    if (!plugin::isOfProgram(declaration))
      return context.getSourceManager().isInSystemHeader(declaration->getLocation()) ||
             !plugin::hasAnnotatedTemplates(context);
    return !plugin::hasAnnotatedTemplates(context) && !plugin::findInDeclorm(context, "attr");
  }

  void HandleTranslationUnit(clang::ASTContext &context) override {
    if (!sema_)
      return;
    const std::vector<plugin::Misspelt> unknown = plugin::checkSpelling(*sema_, *spelling_);
    plugin::ScanResult scanned = plugin::scan(*sema_, unknown);
    result_.units.push_back(std::move(scanned.Unit));
    std::move(scanned.Uses.begin(), scanned.Uses.end(), std::back_inserter(result_.uses));
    llvm::append_range(result_.reads, plugin::findReads(context));
  }

private:
  FileResult &result_;
  std::shared_ptr<plugin::SpellingWatch> spelling_;
  clang::Sema *sema_ = nullptr;
};

class Action : public clang::ASTFrontendAction {
public:
  explicit Action(FileResult &result) : result_(result) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &compiler,
                                                        llvm::StringRef) override {
    compiler.getFrontendOpts().SkipFunctionBodies = true;
    return std::make_unique<Consumer>(result_, compiler.getPreprocessor());
  }

private:
  FileResult &result_;
};

class ActionFactory : public clang::tooling::FrontendActionFactory {
public:
  explicit ActionFactory(FileResult &result) : result_(result) {}
  std::unique_ptr<clang::FrontendAction> create() override {
    return std::make_unique<Action>(result_);
  }

private:
  FileResult &result_;
};

/// Plugins are not loaded here, and their arguments would be unknown; warnings are the compiler's
/// business.
clang::tooling::CommandLineArguments adjust(const clang::tooling::CommandLineArguments &arguments,
                                            llvm::StringRef) {
  clang::tooling::CommandLineArguments adjusted;
  bool has_resource_dir = false;
  for (const std::string &argument : arguments) {
    llvm::StringRef text(argument);
    has_resource_dir |= text.starts_with("-resource-dir");
    if (!text.starts_with("-fplugin=") && !text.starts_with("-fplugin-arg-"))
      adjusted.push_back(argument);
  }
  // The second one: "1 error generated." is not for us to say.
  std::vector<std::string> added{"-w", "-fno-caret-diagnostics"};
  if (!has_resource_dir)
    added.push_back("-resource-dir=" DECLORM_RESOURCE_DIR);
  adjusted.insert(adjusted.begin() + 1, added.begin(), added.end());
  return adjusted;
}

/// The folder that relative paths of the file's commands start from.
std::string folder_of(const clang::tooling::CompilationDatabase &database, const std::string &file,
                      llvm::StringRef current) {
  std::vector<clang::tooling::CompileCommand> commands = database.getCompileCommands(file);
  if (commands.empty() || commands.front().Directory.empty())
    return current.str();
  llvm::SmallString<128> folder(commands.front().Directory);
  llvm::sys::fs::make_absolute(current, folder);
  return std::string(folder);
}

FileResult analyse_file(const Options &options, const std::string &file, const Paths &paths,
                        llvm::StringRef current) {
  FileResult result;
  if (!llvm::sys::fs::exists(file)) {
    result.failed = true;
    result.errors.push_back({"",
                             model::Severity::error,
                             "no such file: '" + paths.shorten(file, current) + "'",
                             {},
                             {}});
    return result;
  }
  ErrorCollector errors(result);
  // A file system of its own: each thread's current folder is that of its compile command.
  clang::tooling::ClangTool tool(*options.database, {file},
                                 std::make_shared<clang::PCHContainerOperations>(),
                                 llvm::vfs::createPhysicalFileSystem());
  tool.setDiagnosticConsumer(&errors);
  tool.setPrintErrorMessage(false);
  tool.appendArgumentsAdjuster(adjust);
  ActionFactory factory(result);
  result.failed = tool.run(&factory) != 0 || result.units.empty();

  const std::string folder = folder_of(*options.database, file, current);
  auto shorten = [&](std::string &path) {
    if (!path.empty())
      path = paths.shorten(path, folder);
  };
  for (model::TranslationUnit &unit : result.units)
    shorten_paths(unit, shorten);
  for (model::AttributeUse &use : result.uses)
    shorten(use.location.file);
  for (model::RelationshipRead &read : result.reads) {
    shorten(read.location.file);
    shorten(read.query.file);
  }
  for (model::Diagnostic &error : result.errors) {
    shorten(error.location.file);
    for (model::Note &note : error.notes)
      shorten(note.location.file);
  }
  return result;
}

auto order_of(const model::Diagnostic &d) {
  return std::tie(d.location.file, d.location.line, d.location.column, d.message);
}

} // namespace

Analysis analyse(const Options &options) {
  llvm::SmallString<128> current;
  llvm::sys::fs::current_path(current);
  const Paths paths(current);
  std::vector<FileResult> results(options.files.size());
  {
    Progress progress(results.size());
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(options.threads));
    for (std::size_t i = 0; i < results.size(); ++i)
      pool.async([&, i] {
        results[i] = analyse_file(options, options.files[i], paths, current);
        progress.done(paths.shorten(options.files[i], current));
      });
    pool.wait();
  }
  Analysis analysis;
  for (std::size_t i = 0; i < results.size(); ++i) {
    FileResult &result = results[i];
    if (result.failed)
      analysis.failed.push_back(paths.shorten(options.files[i], current));
    std::move(result.units.begin(), result.units.end(), std::back_inserter(analysis.units));
    std::move(result.uses.begin(), result.uses.end(), std::back_inserter(analysis.uses));
    std::move(result.reads.begin(), result.reads.end(), std::back_inserter(analysis.reads));
    std::move(result.errors.begin(), result.errors.end(), std::back_inserter(analysis.errors));
  }
  // Many files include the header that has the error.
  llvm::sort(analysis.errors,
             [](const auto &a, const auto &b) { return order_of(a) < order_of(b); });
  analysis.errors.erase(
      std::unique(analysis.errors.begin(), analysis.errors.end(),
                  [](const auto &a, const auto &b) { return order_of(a) == order_of(b); }),
      analysis.errors.end());
  return analysis;
}

} // namespace declorm::check
