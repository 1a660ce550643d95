// writer.h: the text of headers for a plan, formatted as clang-format leaves it (LLVM style, 100
// columns).
#ifndef DECLORM_AUTOMAP_WRITER_H
#define DECLORM_AUTOMAP_WRITER_H

#include "utils/declorm-automap/plan.h"

namespace declorm::automap {

struct Header {
  std::string file; ///< "album.h"
  std::string text;
};

/// All classes in one header. `file`: its name, for its first line. `name_space`: "a::b"; "" :
/// none.
Header write_one_header(const Plan &plan, const std::string &name_space, const std::string &file);
/// A header for each class, and models.h, the last one, which includes them all.
std::vector<Header> write_headers(const Plan &plan, const std::string &name_space);

} // namespace declorm::automap

#endif // DECLORM_AUTOMAP_WRITER_H
