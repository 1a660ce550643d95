// annotation_pages.h: the reference of the annotations.
#ifndef DECLORM_CHECK_ANNOTATION_PAGES_H
#define DECLORM_CHECK_ANNOTATION_PAGES_H

#include <string>
#include <string_view>

namespace declorm::check {

/// Returns the annotation's page: what it does, where it may stand, what it takes and needs, as the
/// plugin's vocabulary has it, and the text of plugin/vocabulary/pages. The annotation must be one.
std::string annotation_page(std::string_view name);

/// Returns a line for each annotation: its name and what it does.
std::string annotation_list();

} // namespace declorm::check

#endif // DECLORM_CHECK_ANNOTATION_PAGES_H
