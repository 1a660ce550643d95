// report.h: Prints findings.
#ifndef DECLORM_CHECK_REPORT_H
#define DECLORM_CHECK_REPORT_H

#include "utils/declorm-check/analyse.h"

namespace declorm::check {

/// Text like a compiler's, with source lines and carets, or one JSON object, on stdout. The
/// compiler's own errors and the files that could not be analysed go to stderr; in JSON they are
/// part of the object.
void report(const Options &options, const Analysis &analysis, const model::Diagnostics &findings);

} // namespace declorm::check

#endif // DECLORM_CHECK_REPORT_H
