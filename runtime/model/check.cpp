// check.cpp: All rules over one program.

#include "runtime/model/allow.h"
#include "runtime/model/rule.h"

#include <algorithm>
#include <tuple>

namespace declorm::model {

namespace {

struct Page {
  std::string_view id;
  const char *text;
};

constexpr Page pages[] = {
#include "rule_pages.inc"
};

const char *page_of(std::string_view id) {
  const auto *found = std::find_if(std::begin(pages), std::end(pages),
                                   [&](const Page &page) { return page.id == id; });
  return found == std::end(pages) ? "" : found->text;
}

auto order_of(const Diagnostic &d) {
  return std::tie(d.location.file, d.location.line, d.location.column, d.rule, d.message);
}

} // namespace

std::span<const Rule> rules() {
  static const Rule all[] = {
#define RULE(id, function, summary) {id, summary, page_of(id), rule::function},
#define MAP_RULE(id, summary) {id, summary, page_of(id), nullptr},
#include "runtime/model/rules/rules.def"
  };
  return all;
}

std::string_view without_prefix(std::string_view id) {
  constexpr std::string_view prefix = "declorm-";
  if (id.starts_with(prefix))
    id.remove_prefix(prefix.size());
  return id;
}

Diagnostics check(const Program &program, const Mapping &mapping, Diagnostics reported,
                  const std::vector<std::string> &only) {
  auto is_wanted = [&](std::string_view id) {
    return only.empty() || std::find(only.begin(), only.end(), id) != only.end();
  };
  Diagnostics findings = std::move(reported);
  std::erase_if(findings, [&](const Diagnostic &finding) { return !is_wanted(finding.rule); });
  for (const Rule &rule : rules())
    if (rule.check && is_wanted(rule.id))
      rule.check(program, mapping, findings);
  drop_allowed(program, findings);
  std::sort(findings.begin(), findings.end(),
            [](const Diagnostic &a, const Diagnostic &b) { return order_of(a) < order_of(b); });
  findings.erase(std::unique(findings.begin(), findings.end(),
                             [](const Diagnostic &a, const Diagnostic &b) {
                               return order_of(a) == order_of(b);
                             }),
                 findings.end());
  return findings;
}

Diagnostics check(const Program &program, const std::vector<std::string> &only) {
  Diagnostics reported;
  Mapping mapping = map(program, reported);
  return check(program, mapping, std::move(reported), only);
}

} // namespace declorm::model
