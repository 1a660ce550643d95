// foreign_key_action.h: What a foreign key can do when the row goes that it refers to.
#ifndef DECLORM_MODEL_FOREIGN_KEY_ACTION_H
#define DECLORM_MODEL_FOREIGN_KEY_ACTION_H

#include "runtime/ascii.h"

#include <algorithm>
#include <string_view>

namespace declorm::model {

/// The actions of SQL's referential constraints.
inline constexpr std::string_view foreign_key_actions[] = {"CASCADE", "SET NULL", "SET DEFAULT",
                                                           "RESTRICT", "NO ACTION"};
inline constexpr const char *foreign_key_actions_text =
    "CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION";

/// Whether `text`, in any case, is one of them; "" is none given, which is one too.
inline bool is_foreign_key_action(std::string_view text) {
  return text.empty() || std::ranges::find(foreign_key_actions, detail::ascii_upper(text)) !=
                             std::end(foreign_key_actions);
}

} // namespace declorm::model

#endif // DECLORM_MODEL_FOREIGN_KEY_ACTION_H
