// column_options.cpp: Options of a column that contradict each other or can have no effect.

#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

/// Two options of which the second says what the first has already said otherwise.
struct Pair {
  const char *first, *second;
  const char *why;
};

constexpr const char *computes = "the database computes the column, and nothing is written to it";
constexpr const char *one_default = "a new row gets one of the two";
constexpr const char *one_update = "a changed row gets one of the two";
constexpr const char *word_for_word = "sql_type is the whole type, word for word";

constexpr Pair pairs[] = {
    {"computed", "autoincrement", computes},  {"computed", "default_sql", computes},
    {"computed", "default_value", computes},  {"computed", "onupdate", computes},
    {"computed", "onupdate_sql", computes},   {"computed", "server_default", computes},
    {"computed", "unset", computes},          {"default_value", "default_sql", one_default},
    {"onupdate", "onupdate_sql", one_update}, {"sql_type", "length", word_for_word},
    {"sql_type", "numeric", word_for_word},
};

class Check {
public:
  explicit Check(Diagnostics &diagnostics) : diagnostics_(diagnostics) {}

  /// `is_whole`: nothing of the column comes from the database or from a Table made by hand.
  void column(const ColumnDecl &column, bool is_whole) {
    const std::vector<Annotation> &options = column.member->annotations;
    made_default(column);
    if (options.size() < 2)
      return;
    for (const Pair &pair : pairs)
      if (const Annotation *second = find(options, pair.second))
        if (const Annotation *first = find(options, pair.first))
          report(column, *second,
                 "contradicts '" + first->name + "': " + pair.why + "; leave one of the two out",
                 {{"'" + first->name + "' is here", first->location}});
    if (const Annotation *unset = find(options, "unset"); unset && is_whole && !is_made(column))
      report(column, *unset,
             "has no effect: the value means \"not given\", and nothing says what a new row gets "
             "then; add default_value, default_sql or server_default, or use null_value(v) if the "
             "value stands for NULL");
  }

private:
  /// `default_for` on a function of the class: it stands at no option of the member.
  void made_default(const ColumnDecl &column) {
    const std::vector<Annotation> &options = column.member->annotations;
    if (!std::holds_alternative<Function>(column.rare().default_value) ||
        find(options, "default_value"))
      return;
    for (const auto &[name, why] : {std::pair("computed", computes), {"default_sql", one_default}})
      if (const Annotation *option = find(options, name))
        report(column, *option,
               std::string("contradicts the function that is its default: ") + why +
                   "; leave one of the two out");
  }

  void report(const ColumnDecl &column, const Annotation &option, const std::string &what,
              std::vector<Note> notes = {}) {
    diagnostics_.push_back({"column-options", Severity::error,
                            "'" + option.name + "' on member '" + column.member->name +
                                "' of class '" + column.declared_in->name + "' " + what,
                            option.location, std::move(notes)});
  }

  /// Whether a row gets something for a value that is not given.
  static bool is_made(const ColumnDecl &column) {
    const RareOptions &rare = column.rare();
    return column.primary_key || !rare.default_sql.empty() || !rare.server_default.empty() ||
           !rare.computed.empty() || !std::holds_alternative<std::monostate>(rare.default_value);
  }

  Diagnostics &diagnostics_;
};

} // namespace

void rule::column_options(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  Check check(diagnostics);
  for (const MappedClass &mapped : mapping.classes)
    for (const ColumnDecl &column : mapped.table.columns)
      check.column(column, !mapped.deferred && !find(mapped.class_->annotations, "table_from"));
}

} // namespace declorm::model
