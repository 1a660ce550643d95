// nullability_mismatch.cpp: What a column says of NULL, and what its member or key can do with it.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <algorithm>

namespace declorm::model {

namespace {

/// Reports on one column after the other.
class Check {
public:
  Check(const MappedClass &mapped, Diagnostics &diagnostics)
      : mapped_(mapped), diagnostics_(diagnostics) {}

  void column(const ColumnDecl &column) {
    if (const Annotation *nullable = find(column.member->annotations, "nullable"))
      said_nullable(column, *nullable);
    if (const Annotation *null_value = find(column.member->annotations, "null_value"))
      said_null_value(column, *null_value);
    if (column.primary_key && !column.rare().optionals.empty())
      report(Severity::error,
             describe(column) +
                 " is part of the primary key, which is never NULL, and the "
                 "composite '" +
                 column.rare().optionals.front().member->name +
                 "' that it stands in is a std::optional",
             column.location());
    for (const ForeignKeyDecl &key : column.foreign_keys)
      sets_null({&column}, key.on_delete, key.on_update, key.location);
  }

  void constraint(const ConstraintDecl &constraint) {
    if (constraint.kind != ConstraintKind::foreign_key)
      return;
    std::vector<const ColumnDecl *> columns;
    for (const ColumnDecl &column : mapped_.table.columns)
      if (std::find(constraint.columns.begin(), constraint.columns.end(), column.name) !=
          constraint.columns.end())
        columns.push_back(&column);
    sets_null(columns, constraint.on_delete, constraint.on_update, constraint.location);
  }

private:
  std::string describe(const ColumnDecl &column) const {
    return "member '" + column.member->name + "' of class '" + mapped_.class_->name + "'";
  }

  void report(Severity severity, std::string message, const Location &location,
              std::vector<Note> notes = {}) {
    diagnostics_.push_back(
        {"nullability-mismatch", severity, std::move(message), location, std::move(notes)});
  }

  static bool is_true(const Annotation &annotation) {
    const Value *value = annotation.arguments.empty() ? nullptr : &annotation.arguments.front();
    const bool *given = value ? value->boolean() : nullptr;
    return !given || *given;
  }

  void said_nullable(const ColumnDecl &column, const Annotation &nullable) {
    const bool is_optional = column.member->type.optional();
    if (is_true(nullable) && column.primary_key)
      report(Severity::error,
             describe(column) + " is part of the primary key, which is never NULL, and nullable",
             nullable.location);
    else if (is_true(nullable) && !is_optional && !column.rare().null_value)
      report(Severity::warning,
             describe(column) + " is of type '" + column.member->type.spelling +
                 "', which cannot hold the NULL that nullable(true) lets into its column; make it "
                 "a std::optional, or name the value that stands for NULL with null_value(v)",
             nullable.location);
    else if (!is_true(nullable) && is_optional && !column.primary_key && !is_made(column))
      report(Severity::warning,
             describe(column) +
                 " may be empty, but nullable(false) refuses NULL in its column and "
                 "nothing gives it another value; " +
                 (is_empty_itself(column)
                      ? ""
                      : "make it a plain '" + plain(column.member->type.spelling) + "', or ") +
                 "give it a default",
             nullable.location);
  }

  void said_null_value(const ColumnDecl &column, const Annotation &null_value) {
    const Annotation *nullable = find(column.member->annotations, "nullable");
    if (column.member->type.optional())
      report(Severity::error,
             describe(column) +
                 (is_empty_itself(column) ? " has a type that is empty for NULL"
                                          : " is a std::optional, which is empty for NULL") +
                 ": null_value(v) is for members that cannot be empty",
             null_value.location);
    else if (column.primary_key)
      report(Severity::error,
             describe(column) + " is part of the primary key, which is never NULL, and has a "
                                "null_value",
             null_value.location);
    else if (nullable && !is_true(*nullable))
      report(Severity::error,
             describe(column) + " writes NULL for its null_value, which nullable(false) refuses",
             null_value.location, {{"nullable(false) is here", nullable->location}});
  }

  /// The key's action would break the column's own constraint.
  void sets_null(const std::vector<const ColumnDecl *> &columns, const std::string &on_delete,
                 const std::string &on_update, const Location &location) {
    for (const auto &[name, action] :
         {std::pair("on_delete", &on_delete), std::pair("on_update", &on_update)}) {
      if (!sets_null(*action))
        continue;
      for (const ColumnDecl *column : columns)
        if (!column->nullable)
          report(Severity::error,
                 std::string(name) + "(\"SET NULL\") cannot clear " + describe(*column) +
                     ": its column '" + mapped_.table.full_name() + "." + column->name +
                     "' takes no NULL" +
                     (column->primary_key ? "" : "; make the member a std::optional"),
                 location, {{"the member is here", column->location()}});
    }
  }

  static bool sets_null(std::string_view action) {
    static constexpr std::string_view words = "SET NULL";
    return std::equal(action.begin(), action.end(), words.begin(), words.end(), [](char a, char b) {
      return (a >= 'a' && a <= 'z' ? char(a - 'a' + 'A') : a) == b;
    });
  }

  /// Whether an empty member gets a value at INSERT.
  static bool is_made(const ColumnDecl &column) {
    const RareOptions &rare = column.rare();
    return !std::holds_alternative<std::monostate>(rare.default_value) ||
           !rare.default_sql.empty() || !rare.server_default.empty() || !rare.computed.empty();
  }

  /// Whether its type_traits say what is NULL.
  static bool is_empty_itself(const ColumnDecl &column) {
    return column.member->type.flags & detail::type_null_inside;
  }

  /// "std::optional<int>" to "int".
  static std::string plain(const std::string &spelling) {
    const std::size_t open = spelling.find('<');
    return open == std::string::npos || spelling.back() != '>'
               ? spelling
               : spelling.substr(open + 1, spelling.size() - open - 2);
  }

  const MappedClass &mapped_;
  Diagnostics &diagnostics_;
};

} // namespace

void rule::nullability_mismatch(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  for (const MappedClass &mapped : mapping.classes) {
    for (std::size_t i = 0; i != mapped.table.columns.size(); ++i)
      Check(mapped.declarer(i), diagnostics).column(mapped.table.columns[i]);
    Check check(mapped, diagnostics);
    for (const ConstraintDecl &constraint : mapped.table.constraints)
      check.constraint(constraint);
  }
}

} // namespace declorm::model
