// diagnostic.h: A finding: what is wrong, where, and the way out.
#ifndef DECLORM_MODEL_DIAGNOSTIC_H
#define DECLORM_MODEL_DIAGNOSTIC_H

#include "runtime/model/model.h"

namespace declorm::model {

enum class Severity { warning, error };

/// A second place that belongs to a finding.
struct Note {
  std::string message;
  Location location;
};

/// What the source should say instead: `length` bytes at `location` become `text`.
struct Fix {
  Location location;
  unsigned length = 0;
  std::string text;
};

/// A finding of a rule: the same text from the plugin, declorm-check and configure.
struct Diagnostic {
  std::string rule; ///< without the prefix: "column-conflict"
  Severity severity = Severity::error;
  std::string message; ///< no full stop, no place: both front ends add the place
  Location location;
  std::vector<Note> notes;
  std::optional<Fix> fix = {};
};

using Diagnostics = std::vector<Diagnostic>;

/// `model.h:12:3: error: message [declorm-rule]`, then the notes, each on its own line.
std::string to_string(const Diagnostic &diagnostic);

/// The candidate nearest to `name` by edit distance, or "" if none is near (a third of its length).
std::string nearest(std::string_view name, const std::vector<std::string> &candidates);

} // namespace declorm::model

#endif // DECLORM_MODEL_DIAGNOSTIC_H
