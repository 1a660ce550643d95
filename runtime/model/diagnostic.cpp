// diagnostic.cpp: The text of a finding, and the nearest name.

#include "runtime/model/diagnostic.h"

#include <algorithm>
#include <numeric>

namespace declorm::model {

namespace {

void append_place(std::string &text, const Location &location) {
  if (!location.valid())
    return;
  text += location.file + ":" + std::to_string(location.line) + ":" +
          std::to_string(location.column) + ": ";
}

/// The last two rows of the table of distances, and the one being made.
struct Rows {
  std::vector<std::size_t> before, last, next;
};

/// Levenshtein's, with two neighbours swapped as one step.
std::size_t distance(std::string_view a, std::string_view b, Rows &rows) {
  rows.last.resize(b.size() + 1);
  std::iota(rows.last.begin(), rows.last.end(), std::size_t(0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    rows.next.assign(1, i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t steps =
          std::min({rows.last[j] + (a[i] != b[j]), rows.last[j + 1] + 1, rows.next[j] + 1});
      if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j])
        steps = std::min(steps, rows.before[j - 1] + 1);
      rows.next.push_back(steps);
    }
    rows.before.swap(rows.last);
    rows.last.swap(rows.next);
  }
  return rows.last.back();
}

} // namespace

std::string to_string(const Diagnostic &diagnostic) {
  std::string text;
  append_place(text, diagnostic.location);
  text += diagnostic.severity == Severity::error ? "error: " : "warning: ";
  text += diagnostic.message + " [declorm-" + diagnostic.rule + "]";
  for (const Note &note : diagnostic.notes) {
    text += '\n';
    append_place(text, note.location);
    text += "note: " + note.message;
  }
  return text;
}

std::string nearest(std::string_view name, const std::vector<std::string> &candidates) {
  const std::string *best = nullptr;
  std::size_t best_distance = (name.size() + 1) / 3;
  Rows rows;
  for (const std::string &candidate : candidates) {
    std::size_t gap = candidate.size() > name.size() ? candidate.size() - name.size()
                                                     : name.size() - candidate.size();
    if (gap > best_distance)
      continue;
    std::size_t d = distance(name, candidate, rows);
    if (d < best_distance || (d == best_distance && !best)) {
      best = &candidate;
      best_distance = d;
    }
  }
  return best && best_distance < std::max(name.size(), best->size()) ? *best : std::string();
}

} // namespace declorm::model
