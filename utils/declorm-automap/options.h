// options.h: the command line of declorm-automap.
#ifndef DECLORM_AUTOMAP_OPTIONS_H
#define DECLORM_AUTOMAP_OPTIONS_H

#include "utils/declorm-automap/plan.h"

#include <optional>

namespace declorm::automap {

struct Options {
  std::string url;
  std::string schema;     ///< of the database; "" : the default one
  bool views = false;     ///< structs for views too
  std::string name_space; ///< "a::b"
  std::string folder;     ///< for a header a class; "" : all in one
  std::string file;       ///< for all classes; "-" : standard output
  bool force = false;     ///< overwrite files
  PlanOptions plan;
};

/// Nothing if the command line was wrong, which it has said then.
std::optional<Options> parse_options(int argc, const char **argv);

} // namespace declorm::automap

#endif // DECLORM_AUTOMAP_OPTIONS_H
