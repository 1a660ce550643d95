// against.h: The mapped classes against the tables that a database has.
#ifndef DECLORM_CHECK_AGAINST_H
#define DECLORM_CHECK_AGAINST_H

#include "runtime/model/mapping.h"

namespace declorm::check {

/// The id of its findings.
inline constexpr const char *drift_check = "drift";

/// Where the database at `url` differs from the tables of `program`: warnings at the class, or at
/// the member whose column it is. Of deferred classes, whose tables the database describes, only
/// the columns that members name. Left out are tables that functions of the program make. Only
/// reads. False if the database cannot be read: `error` says why.
bool compare_with(const model::Program &program, const std::string &url,
                  model::Diagnostics &findings, std::string &error);

} // namespace declorm::check

#endif // DECLORM_CHECK_AGAINST_H
