// options.cpp: The command line of declorm-check.

#include "utils/declorm-check/options.h"

#include "plugin/vocabulary/Vocabulary.h"
#include "runtime/model/rule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace declorm::check {

namespace {

namespace cl = llvm::cl;

const char overview[] = "declorm-check: conflicts between the mapped classes of a whole program\n";
const char help_footer[] =
    "\nWithout files, all of compile_commands.json are checked.\n"
    "\n  declorm-check -p build\n  declorm-check a.cpp b.cpp -- -std=c++20 -Iinclude\n"
    "  declorm-check --objects app libmodel.a *.o\n"
    "  declorm-check -p build --against sqlite:///prod.db\n"
    "\nExit codes: 0 clean, 1 findings, 2 something could not be analysed.\n";

cl::OptionCategory category("declorm-check");
cl::extrahelp footer(help_footer);
cl::list<std::string> file_arguments(cl::Positional, cl::desc("[file...]"), cl::cat(category));
cl::opt<std::string> build_folder("p", cl::desc("Folder of compile_commands.json"),
                                  cl::value_desc("folder"), cl::cat(category));
cl::opt<Format> format("format", cl::desc("How findings are printed"),
                       cl::values(clEnumValN(Format::text, "text", "like a compiler (default)"),
                                  clEnumValN(Format::json, "json", "one JSON object")),
                       cl::init(Format::text), cl::cat(category));
cl::opt<std::string> checks(
    "checks",
    cl::desc("Globs, separated by commas, '-' takes away: \"-*,column-*\"; all are on at first"),
    cl::value_desc("globs"), cl::cat(category));
cl::opt<bool> list_checks("list-checks", cl::desc("List the checks that are on"),
                          cl::cat(category));
cl::opt<bool> list_annotations("list-annotations", cl::desc("List the annotations"),
                               cl::cat(category));
cl::opt<std::string> explain("explain", cl::desc("Print the page of one check or annotation"),
                             cl::value_desc("name"), cl::cat(category));
cl::opt<unsigned> threads("j",
                          cl::desc("Translation units analysed at once (default: all processors)"),
                          cl::value_desc("n"), cl::init(0), cl::Prefix, cl::cat(category));

cl::opt<std::string> header_filter(
    "header-filter",
    cl::desc("Of findings in headers, only those where the path, or that of a note, matches"),
    cl::value_desc("regex"), cl::init(".*"), cl::cat(category));
cl::opt<std::string> baseline("baseline", cl::desc("Findings listed in this file are not shown"),
                              cl::value_desc("file"), cl::cat(category));
cl::opt<std::string> new_baseline("write-baseline",
                                  cl::desc("Write the findings to this file, for --baseline"),
                                  cl::value_desc("file"), cl::cat(category));
cl::opt<std::string>
    against("against",
            cl::desc("Compare the tables with those of this database: sqlite:///prod.db"),
            cl::value_desc("url"), cl::cat(category));

cl::opt<bool> objects("objects",
                      cl::desc("The files are object files, libraries and programs that were "
                               "compiled with the plugin"),
                      cl::cat(category));

llvm::raw_ostream &complain() { return llvm::errs() << "declorm-check: "; }

std::string did_you_mean(llvm::StringRef id) {
  std::vector<std::string> ids;
  for (const model::Rule &rule : model::rules())
    ids.push_back(rule.id);
  std::string near = model::nearest(std::string_view(id.data(), id.size()), ids);
  return near.empty() ? "; --list-checks lists them" : "; did you mean '" + near + "'?";
}

/// The rules that the globs leave on, or nothing if a glob stands for none.
std::optional<std::vector<std::string>> select_checks(llvm::StringRef globs) {
  std::vector<bool> is_on(model::rules().size(), true);
  for (llvm::StringRef part : llvm::split(globs, ',')) {
    part = part.trim();
    if (part.empty())
      continue;
    const bool takes_away = part.consume_front("-");
    llvm::Expected<llvm::GlobPattern> glob = llvm::GlobPattern::create(model::without_prefix(part));
    if (!glob) {
      complain() << "--checks: '" << part << "': " << llvm::toString(glob.takeError()) << "\n";
      return std::nullopt;
    }
    bool is_known = false;
    for (std::size_t i = 0; i < is_on.size(); ++i) {
      if (!glob->match(model::rules()[i].id))
        continue;
      is_known = true;
      is_on[i] = !takes_away;
    }
    if (!is_known) {
      complain() << "--checks: no check is named '" << part << "'"
                 << did_you_mean(model::without_prefix(part)) << "\n";
      return std::nullopt;
    }
  }
  std::vector<std::string> selected;
  for (std::size_t i = 0; i < is_on.size(); ++i)
    if (is_on[i])
      selected.push_back(model::rules()[i].id);
  if (selected.empty()) {
    complain() << "--checks leaves no check on\n";
    return std::nullopt;
  }
  return selected;
}

bool read_filter(Options &options) {
  options.header_filter = llvm::Regex(header_filter);
  std::string error;
  if (options.header_filter.isValid(error))
    return true;
  complain() << "--header-filter: '" << header_filter << "': " << error << "\n";
  return false;
}

bool find_page(Options &options) {
  llvm::StringRef name = model::without_prefix(explain);
  name.consume_front("declorm::");
  options.explained = name.str();
  std::vector<std::string> known = plugin::annotationNames();
  for (const model::Rule &rule : model::rules())
    known.emplace_back(rule.id);
  if (llvm::is_contained(known, options.explained))
    return true;
  const std::string near = model::nearest(options.explained, known);
  complain() << "no check and no annotation is named '" << explain << "'"
             << (near.empty() ? "; --list-checks and --list-annotations name them"
                              : "; did you mean '" + near + "'?")
             << "\n";
  return false;
}

/// The database of `-p`, or the one above the first file or the current folder.
bool load_database(Options &options) {
  std::string error;
  llvm::SmallString<128> start;
  if (!build_folder.empty()) {
    options.database = clang::tooling::CompilationDatabase::loadFromDirectory(build_folder, error);
  } else {
    llvm::sys::fs::current_path(start);
    options.database = clang::tooling::CompilationDatabase::autoDetectFromDirectory(start, error);
  }
  if (options.database)
    return true;
  complain() << "no compile_commands.json in '"
             << (build_folder.empty() ? start.str() : build_folder) << "'"
             << (build_folder.empty() ? " or above" : "")
             << "; give its folder with -p, or the compiler's options after --\n";
  return false;
}

void add_files(Options &options) {
  std::vector<std::string> all = options.database->getAllFiles();
  const bool is_fixed = all.empty();
  std::vector<std::string> files =
      file_arguments.empty()
          ? std::move(all)
          : std::vector<std::string>(file_arguments.begin(), file_arguments.end());
  for (std::string &file : files) {
    llvm::SmallString<128> path(file);
    llvm::sys::fs::make_absolute(path);
    llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
    options.files.push_back(std::string(path));
  }
  llvm::sort(options.files);
  options.files.erase(std::unique(options.files.begin(), options.files.end()), options.files.end());
  options.whole = is_fixed || file_arguments.empty();
}

void add_objects(Options &options) {
  for (const std::string &file : file_arguments)
    if (!llvm::is_contained(options.files, file))
      options.files.push_back(file);
  options.objects = true;
  options.whole = true;
}

} // namespace

std::optional<Options> parse_options(int argc, const char **argv) {
  Options options;
  std::string error;
  options.database =
      clang::tooling::FixedCompilationDatabase::loadFromCommandLine(argc, argv, error);
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &out) { out << "declorm-check " DECLORM_VERSION "\n"; });
  if (!cl::ParseCommandLineOptions(argc, argv, overview, &llvm::errs()))
    return std::nullopt;
  options.format = format;
  options.threads = threads;
  if (list_annotations) {
    options.action = Action::list_annotations;
    return options;
  }
  if (!explain.empty()) {
    options.action = Action::explain;
    return find_page(options) ? std::optional(std::move(options)) : std::nullopt;
  }
  std::optional<std::vector<std::string>> selected = select_checks(checks);
  if (!selected)
    return std::nullopt;
  options.checks = std::move(*selected);
  if (list_checks) {
    options.action = Action::list_checks;
    return options;
  }
  options.against = against;
  options.baseline = baseline;
  options.new_baseline = new_baseline;
  if (!read_filter(options))
    return std::nullopt;
  if (objects) {
    if (options.database || !build_folder.empty()) {
      complain() << "--objects reads what was built; -p and the compiler's options after -- are "
                    "for sources\n";
      return std::nullopt;
    }
    add_objects(options);
  } else {
    if (!options.database && !load_database(options))
      return std::nullopt;
    add_files(options);
  }
  if (options.files.empty()) {
    complain() << "no files to check\n";
    return std::nullopt;
  }
  return options;
}

} // namespace declorm::check
