// options.cpp: the command line of declorm-automap.

#include "utils/declorm-automap/options.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace declorm::automap {

namespace {

namespace cl = llvm::cl;

const char overview[] = "declorm-automap: annotated C++ classes for the tables of a database\n";
const char help_footer[] =
    "\nWithout --output all classes are printed.\n"
    "\n  declorm-automap sqlite:///shop.db > models.h\n"
    "  declorm-automap --output=models --namespace=shop sqlite:///shop.db\n"
    "  declorm-automap --only='album*,artist' --members=private sqlite:///music.db\n"
    "\nExit codes: 0 written, 2 an error: nothing was written.\n";

cl::OptionCategory category("declorm-automap");
cl::extrahelp footer(help_footer);
cl::opt<std::string> url(cl::Positional, cl::desc("<url>"), cl::cat(category));
cl::opt<std::string> folder("output", cl::desc("Write a header for each class, and models.h"),
                            cl::value_desc("folder"), cl::cat(category));
cl::opt<std::string> one_file("one-file", cl::desc("Write all classes to one header (default: -)"),
                              cl::value_desc("file"), cl::ValueOptional, cl::cat(category));
cl::opt<bool> force("force", cl::desc("Overwrite files"), cl::cat(category));
cl::opt<std::string> name_space("namespace", cl::desc("The namespace of the classes"),
                                cl::value_desc("a::b"), cl::cat(category));
cl::list<std::string>
    only("only",
         cl::desc("Only these tables and those they refer to: names or globs, separated by commas"),
         cl::value_desc("tables"), cl::CommaSeparated, cl::cat(category));
cl::opt<std::string> schema("schema", cl::desc("The schema in the database"),
                            cl::value_desc("name"), cl::cat(category));
cl::opt<bool> views("views", cl::desc("Structs for the rows of views, too"), cl::cat(category));
cl::opt<Case>
    member_case("case", cl::desc("How members are spelled"),
                cl::values(clEnumValN(Case::snake, "snake", "first_name (default)"),
                           clEnumValN(Case::camel, "camel", "firstName"),
                           clEnumValN(Case::keep, "keep", "as their columns, where C++ can")),
                cl::init(Case::snake), cl::cat(category));
cl::opt<bool> no_singular("no-singular",
                          cl::desc("Leave names in the plural: for names that are not English"),
                          cl::cat(category));
enum class Members { are_public, are_private };
cl::opt<Members>
    members("members", cl::desc("Who sees the members"),
            cl::values(clEnumValN(Members::are_public, "public", "structs (default)"),
                       clEnumValN(Members::are_private, "private", "classes with accessors")),
            cl::init(Members::are_public), cl::cat(category));
enum class Numeric { decimal, real };
cl::opt<Numeric> numeric(
    "numeric", cl::desc("What NUMERIC(p, s) is"),
    cl::values(clEnumValN(Numeric::decimal, "decimal", "declorm::Decimal<p, s>: exact (default)"),
               clEnumValN(Numeric::real, "double", "double: any number, not exact")),
    cl::init(Numeric::decimal), cl::cat(category));

bool complain(const std::string &text) {
  llvm::errs() << "declorm-automap: " << text << "\n";
  return false;
}

bool is_namespace(std::string_view text) {
  for (;;) {
    const std::size_t end = std::min(text.find("::"), text.size());
    if (!is_identifier(text.substr(0, end)))
      return false;
    if (end == text.size())
      return true;
    text.remove_prefix(end + 2);
  }
}

bool check(const Options &options) {
  if (options.url.empty())
    return complain("which database? Give its URL, such as sqlite:///shop.db; --help says more");
  if (!options.name_space.empty() && !is_namespace(options.name_space))
    return complain("--namespace: '" + options.name_space +
                    "' is no name of a namespace, such as shop or shop::model");
  if (!options.folder.empty() && one_file.getNumOccurrences() != 0)
    return complain("--output writes a header for each class, --one-file one for all: give one of "
                    "the two");
  return true;
}

} // namespace

std::optional<Options> parse_options(int argc, const char **argv) {
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &out) { out << "declorm-automap " DECLORM_VERSION "\n"; });
  if (!cl::ParseCommandLineOptions(argc, argv, overview, &llvm::errs()))
    return std::nullopt;
  Options options;
  options.url = url;
  options.schema = schema;
  options.views = views;
  options.name_space = name_space;
  options.folder = folder;
  options.file = one_file.empty() ? std::string("-") : one_file.getValue();
  options.force = force;
  options.plan.member_case = member_case;
  options.plan.singular = !no_singular;
  options.plan.private_members = members == Members::are_private;
  options.plan.types.decimals = numeric == Numeric::decimal;
  options.plan.only.assign(only.begin(), only.end());
  return check(options) ? std::optional(std::move(options)) : std::nullopt;
}

} // namespace declorm::automap
