// output.h: headers to files, all or none.
#ifndef DECLORM_AUTOMAP_OUTPUT_H
#define DECLORM_AUTOMAP_OUTPUT_H

#include "utils/declorm-automap/writer.h"

namespace declorm::automap {

/// Writes the headers into the folder, which is made if it is not there; "" : the current one.
/// Throws Error, and leaves no new file behind, if one exists and may not be overwritten, or cannot
/// be written.
void write_files(const std::string &folder, const std::vector<Header> &headers, bool force);

} // namespace declorm::automap

#endif // DECLORM_AUTOMAP_OUTPUT_H
