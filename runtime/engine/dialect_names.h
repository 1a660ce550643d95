// dialect_names.h: the databases that this build knows, by name.
#ifndef DECLORM_ENGINE_DIALECT_NAMES_H
#define DECLORM_ENGINE_DIALECT_NAMES_H

#include <string>
#include <vector>

namespace declorm::detail {

/// The names of the dialects that are built in. The first is that of messages about what no
/// database is known for yet.
std::vector<std::string> dialect_names();

/// A database URL, with what keeps the database from being made if it is not there, and from being
/// written if `read_only`. A URL that says so itself, or is wrong, is returned as it is.
std::string url_of_existing(const std::string &url, bool read_only);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_DIALECT_NAMES_H
