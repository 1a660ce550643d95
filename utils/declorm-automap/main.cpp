// main.cpp: declorm-automap: annotated C++ classes for the tables of a database.
//
// In: a URL. Out: headers, and on standard error what they could not say. Exit codes: 0 written, 2
// an error, and nothing was written.

#include "declorm/reflection.h"
#include "runtime/engine/dialect_names.h"
#include "runtime/engine/suggest.h"
#include "utils/declorm-automap/options.h"
#include "utils/declorm-automap/output.h"

#include <filesystem>
#include <iostream>

using namespace declorm;

namespace {

constexpr int exit_written = 0, exit_error = 2;

void refuse_unmatched(const automap::Plan &plan, MetaData &metadata) {
  if (plan.unmatched.empty())
    return;
  std::vector<std::string> names;
  for (const Table *table : metadata.tables())
    names.push_back(table->full_name());
  const std::string &pattern = plan.unmatched.front();
  throw Error("--only: no table is named '" + pattern + "'" + detail::suggestion(pattern, names));
}

void write(const automap::Plan &plan, const automap::Options &options) {
  if (!options.folder.empty()) {
    automap::write_files(options.folder, automap::write_headers(plan, options.name_space),
                         options.force);
  } else if (options.file != "-") {
    const std::filesystem::path path(options.file);
    automap::write_files(
        path.parent_path().string(),
        {automap::write_one_header(plan, options.name_space, path.filename().string())},
        options.force);
  } else {
    std::cout << automap::write_one_header(plan, options.name_space, "models.h").text << std::flush;
    if (!std::cout)
      throw Error("standard output cannot be written");
  }
}

/// On one line, whatever the names in it are.
void warn(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      line += c;
      continue;
    }
    line += '\\';
    for (const unsigned shift : {6u, 3u, 0u})
      line += static_cast<char>('0' + (byte >> shift & 7u));
  }
  std::cerr << "declorm-automap: warning: " << line << '\n';
}

/// Those that nothing can be read from.
void tell_unnamed(const Engine &engine, const automap::Options &options) {
  const Inspector inspector(engine);
  for (const std::string &name : inspector.table_names(options.schema))
    if (name.empty())
      warn("a table without a name is left out");
  if (!options.views)
    return;
  for (const std::string &name : inspector.view_names(options.schema))
    if (name.empty())
      warn("a view without a name is left out");
}

void run(const automap::Options &options) {
  const Engine engine = create_engine(detail::url_of_existing(options.url, false));
  MetaData metadata;
  metadata.reflect(engine, {.schema = options.schema, .views = options.views});
  tell_unnamed(engine, options);
  const automap::Plan plan = automap::make_plan(metadata, engine.dialect(), options.plan);
  refuse_unmatched(plan, metadata);
  if (plan.classes.empty() && !metadata.tables().empty()) {
    for (const std::string &warning : plan.warnings)
      warn(warning);
    throw Error("the database has no tables that classes could stand for");
  }
  if (plan.classes.empty())
    throw Error(options.schema.empty() ? std::string("the database has no tables")
                                       : "the schema '" + options.schema + "' has no tables");
  write(plan, options);
  for (const std::string &warning : plan.warnings)
    warn(warning);
}

} // namespace

int main(int argc, const char **argv) {
  const std::optional<automap::Options> options = automap::parse_options(argc, argv);
  if (!options)
    return exit_error;
  try {
    run(*options);
  } catch (const std::exception &error) {
    std::cerr << "declorm-automap: error: " << error.what() << '\n';
    return exit_error;
  }
  return exit_written;
}
