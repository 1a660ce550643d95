// table_args.cpp: Constraints, indexes and options of the class head.

#include "runtime/model/table_args.h"

#include "runtime/ascii.h"
#include "runtime/model/expression/names.h"
#include "runtime/model/expression/source_text.h"

#include <algorithm>

namespace declorm::model {

namespace {

enum class Argument { none, index, unique_index, constraint, option, info, comment };

struct ArgumentName {
  std::string_view name;
  Argument argument;
  ConstraintKind kind = ConstraintKind::unique;
};

constexpr ArgumentName argument_names[] = {
    {"index", Argument::index},
    {"unique_index", Argument::unique_index},
    {"unique_constraint", Argument::constraint, ConstraintKind::unique},
    {"primary_key_constraint", Argument::constraint, ConstraintKind::primary_key},
    {"foreign_key_constraint", Argument::constraint, ConstraintKind::foreign_key},
    {"check_constraint", Argument::constraint, ConstraintKind::check},
    {"table_option", Argument::option},
    {"info", Argument::info},
    {"comment", Argument::comment},
};

ArgumentName classify(std::string_view name) {
  for (const ArgumentName &known : argument_names)
    if (known.name == name)
      return known;
  return {name, Argument::none};
}

/// An annotation's arguments with the placeholders filled: strings before the first list, lists,
/// strings after it.
struct Strings {
  std::vector<std::string> before, after;
  std::vector<std::vector<std::string>> lists;
  std::vector<std::vector<SourceText>> sources; ///< of the lists' strings

  std::string first() const { return before.empty() ? std::string() : before.front(); }
  std::vector<std::string> list(std::size_t index) const {
    return index < lists.size() ? lists[index] : std::vector<std::string>();
  }
  std::vector<ForeignKeyLink> links(std::size_t index) const {
    std::vector<ForeignKeyLink> links;
    if (index < sources.size())
      for (const SourceText &source : sources[index])
        set_places(links.emplace_back(), source);
    return links;
  }
  std::string trailing(std::size_t index) const {
    return index < after.size() ? after[index] : std::string();
  }
};

Strings strings_of(const Annotation &annotation, Placeholders &placeholders, bool inherited) {
  Strings strings;
  for (const Value &argument : annotation.arguments) {
    if (const std::vector<Value> *list = argument.list()) {
      std::vector<std::string> &names = strings.lists.emplace_back();
      std::vector<SourceText> &sources = strings.sources.emplace_back();
      for (const Value &element : *list) {
        if (!element.string())
          continue;
        sources.emplace_back(element, annotation, &placeholders, inherited);
        names.push_back(sources.back().text());
      }
    } else if (const std::string *text = argument.string()) {
      const Location &place = argument.location.valid() ? argument.location : annotation.location;
      (strings.lists.empty() ? strings.before : strings.after)
          .push_back(placeholders.fill(*text, place, inherited));
    }
  }
  return strings;
}

/// Reads the heads of one class and its bases into one TableDecl.
class TableArgs {
public:
  TableArgs(const Lineage &lineage, Placeholders &placeholders, TableDecl &table,
            Diagnostics &diagnostics)
      : lineage_(lineage), placeholders_(placeholders), table_(table), diagnostics_(diagnostics) {}

  /// Heads are read in the order of precedence, so what is there already stays.
  /// `only_options`: the class's columns are in another table.
  void read(const Class &class_, bool inherited, bool only_options) {
    for (const Annotation &annotation : class_.annotations) {
      ArgumentName known = classify(annotation.name);
      if (known.argument == Argument::none || (only_options && known.argument != Argument::option))
        continue;
      Strings strings = strings_of(annotation, placeholders_, inherited);
      switch (known.argument) {
      case Argument::index:
      case Argument::unique_index:
        add_index(annotation, strings, known.argument == Argument::unique_index);
        break;
      case Argument::constraint:
        add_constraint(annotation, strings, known.kind);
        break;
      case Argument::option:
        add_pair(table_.options, strings);
        break;
      case Argument::info:
        add_pair(table_.info, strings);
        break;
      case Argument::comment:
        if (table_.comment.empty())
          table_.comment = strings.first();
        break;
      case Argument::none:
        break;
      }
    }
  }

private:
  template <class Decl>
  static bool has_named(const std::vector<Decl> &decls, const std::string &name) {
    return !name.empty() && std::any_of(decls.begin(), decls.end(),
                                        [&](const Decl &decl) { return decl.name == name; });
  }

  static void add_pair(std::vector<std::pair<std::string, std::string>> &pairs,
                       const Strings &strings) {
    if (strings.before.size() < 2)
      return;
    const std::string &key = strings.before[0];
    if (std::none_of(pairs.begin(), pairs.end(),
                     [&](const auto &pair) { return pair.first == key; }))
      pairs.emplace_back(key, strings.before[1]);
  }

  void add_index(const Annotation &annotation, const Strings &strings, bool unique) {
    IndexDecl index;
    index.name = strings.first();
    index.where = strings.trailing(0);
    index.unique = unique;
    index.location = annotation.location;
    if (has_named(table_.indexes, index.name) || !add_parts(index, strings))
      return;
    if (!index.expressions.empty() && index.name.empty())
      report_nameless(annotation, index);
    else
      table_.indexes.push_back(std::move(index));
  }

  /// What is neither a column nor looks like the name of one is SQL.
  bool add_parts(IndexDecl &index, const Strings &strings) {
    index.expressions = strings.list(0);
    std::vector<SourceText> columns;
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i != index.expressions.size(); ++i) {
      if (!is_name(index.expressions[i]) && !is_column(index.expressions[i]))
        continue;
      index.columns.push_back(index.expressions[i]);
      columns.push_back(strings.sources.front()[i]);
      positions.push_back(i);
    }
    if (!resolve("index", index.name, {std::move(columns)}, index.columns))
      return false;
    for (std::size_t i = 0; i != positions.size(); ++i)
      index.expressions[positions[i]] = index.columns[i];
    if (index.expressions == index.columns)
      index.expressions.clear();
    return true;
  }

  static bool is_name(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
      return detail::is_ascii_upper(c) || detail::is_ascii_lower(c) || detail::is_ascii_digit(c) ||
             c == '_' || static_cast<unsigned char>(c) >= 0x80;
    });
  }

  bool is_column(std::string_view name) const {
    return std::ranges::any_of(table_.columns, [&](const ColumnDecl &column) {
      return column.name == name || (column.outer.empty() && column.member->name == name);
    });
  }

  void report_nameless(const Annotation &annotation, const IndexDecl &index) {
    const std::string example =
        "ix_" + table_.name + "_" + (index.columns.empty() ? "by" : index.columns.front());
    diagnostics_.push_back({"table-arguments",
                            Severity::error,
                            describe(annotation.name, {}) +
                                " has expressions, from which no name can be made; give it one: " +
                                annotation.name + "(\"" + example + "\", {…})",
                            annotation.location,
                            {}});
  }

  void add_constraint(const Annotation &annotation, const Strings &strings, ConstraintKind kind) {
    ConstraintDecl constraint;
    constraint.kind = kind;
    constraint.location = annotation.location;
    if (kind == ConstraintKind::check) {
      bool is_named = strings.before.size() > 1;
      constraint.name = is_named ? strings.before[0] : std::string();
      constraint.sql = is_named ? strings.before[1] : strings.first();
    } else {
      constraint.name = strings.first();
      constraint.columns = strings.list(0);
      constraint.referred = strings.list(1);
      constraint.links = strings.links(1);
      read_actions(annotation, strings, constraint);
    }
    bool is_second_key =
        kind == ConstraintKind::primary_key &&
        std::any_of(table_.constraints.begin(), table_.constraints.end(),
                    [](const ConstraintDecl &c) { return c.kind == ConstraintKind::primary_key; });
    if (is_second_key || has_named(table_.constraints, constraint.name) ||
        !refers_one_to_one(annotation, constraint) ||
        !resolve(annotation.name, constraint.name, strings.sources, constraint.columns))
      return;
    if (kind == ConstraintKind::primary_key)
      mark_key(constraint.columns);
    table_.constraints.push_back(std::move(constraint));
  }

  /// What stands behind the lists: the actions, and "deferrable".
  void read_actions(const Annotation &annotation, const Strings &strings,
                    ConstraintDecl &constraint) {
    std::string *const actions[] = {&constraint.on_delete, &constraint.on_update};
    std::size_t given = 0;
    for (const std::string &text : strings.after)
      if (detail::ascii_lower(text) == "deferrable")
        constraint.deferrable = true;
      else if (given != std::size(actions))
        *actions[given++] = text;
      else
        diagnostics_.push_back({"table-arguments",
                                Severity::error,
                                describe(annotation.name, constraint.name) + " ends in '" + text +
                                    "'; behind the columns stand what it does on DELETE, on "
                                    "UPDATE, and \"deferrable\"",
                                annotation.location,
                                {}});
  }

  bool refers_one_to_one(const Annotation &annotation, const ConstraintDecl &constraint) {
    if (constraint.kind != ConstraintKind::foreign_key ||
        constraint.columns.size() == constraint.referred.size())
      return true;
    diagnostics_.push_back({"table-arguments",
                            Severity::error,
                            describe(annotation.name, constraint.name) + " has " +
                                counted(constraint.columns.size(), "column") + " and refers to " +
                                std::to_string(constraint.referred.size()) +
                                "; each column refers to one",
                            annotation.location,
                            {}});
    return false;
  }

  static std::string counted(std::size_t number, const std::string &what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
  }

  void mark_key(const std::vector<std::string> &names) {
    for (ColumnDecl &column : table_.columns) {
      if (std::find(names.begin(), names.end(), column.name) == names.end())
        continue;
      column.primary_key = true;
      column.nullable = false;
    }
  }

  /// Members' names become their columns'. False, and reported, if one names nothing.
  bool resolve(std::string_view what, const std::string &name,
               const std::vector<std::vector<SourceText>> &sources,
               std::vector<std::string> &columns) {
    bool is_resolved = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const SourceText &source = sources.front()[i];
      const ColumnDecl *by_member = nullptr, *by_name = nullptr;
      for (const ColumnDecl &column : table_.columns) {
        if (column.outer.empty() && column.member->name == columns[i])
          by_member = &column;
        if (column.name == columns[i])
          by_name = &column;
      }
      if (by_member && by_name && by_member != by_name)
        is_resolved = report_ambiguous(what, name, source, *by_member, *by_name);
      else if (!by_member && !by_name)
        is_resolved = report_unknown(what, name, source);
      else if (by_member)
        columns[i] = by_member->name;
    }
    return is_resolved;
  }

  std::string describe(std::string_view what, const std::string &name) const {
    return std::string(what) + (name.empty() ? "" : " '" + name + "'") + " of class '" +
           lineage_.ancestors.front().class_->name + "'";
  }

  bool report_unknown(std::string_view what, const std::string &name, const SourceText &source) {
    if (lineage_.find_own("table_from"))
      return true; // the Table may have it, and says so if it has not
    // In what did not compile the column may only be unseen; a reflected table may have it.
    if (lineage_.may_have(source.text()))
      return lineage_.find("deferred_reflection") != nullptr;
    const std::string &column = source.text();
    const std::string near = nearest_column(table_, column);
    Diagnostic diagnostic{"unresolved-column",
                          Severity::error,
                          describe(what, name) + " names '" + column +
                              "', which is no column of table '" + table_.full_name() + "'" +
                              did_you_mean(near),
                          source.at(0),
                          {}};
    if (!near.empty())
      diagnostic.fix = source.fix({0, static_cast<unsigned>(column.size())}, near);
    diagnostics_.push_back(std::move(diagnostic));
    return false;
  }

  bool report_ambiguous(std::string_view what, const std::string &name, const SourceText &source,
                        const ColumnDecl &by_member, const ColumnDecl &by_name) {
    std::string text = by_name.name;
    diagnostics_.push_back({"unresolved-column",
                            Severity::error,
                            describe(what, name) + " names '" + text +
                                "', which is a member (column '" + by_member.name +
                                "') and also the column of member '" + by_name.member->name +
                                "'; rename one of them",
                            source.at(0),
                            {{"the member is here", by_member.location()},
                             {"the column is here", by_name.location()}}});
    return false;
  }

  const Lineage &lineage_;
  Placeholders &placeholders_;
  TableDecl &table_;
  Diagnostics &diagnostics_;
};

} // namespace

void read_table_args(const Lineage &lineage, Placeholders &placeholders, TableDecl &table,
                     Diagnostics &diagnostics) {
  TableArgs arguments(lineage, placeholders, table, diagnostics);
  for (std::size_t i = 0; i < lineage.ancestors.size(); ++i) {
    const Ancestor &ancestor = lineage.ancestors[i];
    if (i == 0 || !claims_mapping(*ancestor.class_))
      arguments.read(*ancestor.class_, i != 0, ancestor.inherited);
  }
}

} // namespace declorm::model
