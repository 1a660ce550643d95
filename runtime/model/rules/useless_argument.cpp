// useless_argument.cpp: An argument of a class or member that can have no effect where it stands.

#include "runtime/model/hierarchy.h"
#include "runtime/model/lineage.h"
#include "runtime/model/placeholders.h"
#include "runtime/model/rule.h"
#include "runtime/model/rules/useless_members.h"

#include <algorithm>
#include <unordered_map>

namespace declorm::model {

namespace {

bool is_named(const Annotation *table) { return table && !table->string().empty(); }

/// Whether a column stands behind the member, or several do.
bool is_column(const Member &member) {
  return find(member.annotations, "column") || find(member.annotations, "composite");
}

/// An argument that classes take from a base or mixin without a mapping of its own.
struct Taken {
  std::string_view argument;
  bool (*has_effect)(const MappedClass &mapped);
  const char *needs; ///< what the classes that take it lack
};

constexpr Taken taken[] = {
    {"concrete", [](const MappedClass &mapped) { return mapped.parent != nullptr; },
     "none of them has a mapped base"},
    {"concrete_discriminator",
     [](const MappedClass &mapped) { return mapped.concrete_union.has_value(); },
     "none of them is read from a union"},
    {"exclude_properties", [](const MappedClass &mapped) { return !mapped.up(); },
     "the columns of each are in its parent's table"},
    {"include_properties", [](const MappedClass &mapped) { return !mapped.up(); },
     "the columns of each are in its parent's table"},
    {"mapper_primary_key", [](const MappedClass &mapped) { return !mapped.up(); },
     "the objects of each have the key of its parent"},
    {"polymorphic_identity",
     [](const MappedClass &mapped) {
       return mapped.parent || !mapped.children.empty() || mapped.discriminator;
     },
     "none of them is of a hierarchy"},
};

class Check {
public:
  Check(const Program &program, const Mapping &mapping, Diagnostics &diagnostics)
      : program_(program), mapping_(mapping), diagnostics_(diagnostics) {}

  void run() {
    for (const MappedClass &mapped : mapping_.classes) {
      lineage_.assign(program_, *mapped.class_);
      if (mapped.class_->annotations.size() > 1)
        check_mapped(mapped);
      made_defaults(mapped);
      counted_keys(mapped);
      for (std::size_t i = 1; i < lineage_.ancestors.size(); ++i)
        if (const Class &base = *lineage_.ancestors[i].class_;
            !base.annotations.empty() && !mapping_.find(base.key))
          takers_[&base].push_back(&mapped);
    }
    for (const ProgramClass &program_class : program_.classes)
      if (const Definition &definition = program_class.definitions.front();
          !definition.class_.annotations.empty() && !mapping_.find(program_class.key))
        check_unmapped(definition);
  }

private:
  void report(const Annotation &annotation, const Class &class_, const std::string &why,
              std::vector<Note> notes = {}) {
    diagnostics_.push_back(
        {"useless-argument", Severity::error,
         "'" + annotation.name + "' on class '" + class_.name + "' has no effect: " + why,
         annotation.location, std::move(notes)});
  }

  void check_mapped(const MappedClass &mapped) {
    below_parent(mapped);
    properties(mapped);
    table_name(mapped);
  }

  /// What the class whose rows it continues says for it.
  void below_parent(const MappedClass &mapped) {
    if (!mapped.up())
      return;
    const Class &class_ = *mapped.class_, &root = *mapped.root->class_;
    const std::string of_root = "class '" + root.name + "'";
    if (const Annotation *key = find(class_.annotations, "mapper_primary_key"))
      report(*key, class_,
             "its objects are known by the key of " + of_root +
                 ", whose rows it continues; put it there, or leave it out",
             {{of_root + " is here", root.location}});
    const Annotation *metadata = find(class_.annotations, "metadata");
    if (metadata && mapped.inheritance == Inheritance::single &&
        metadata->string() != mapped.table_class->table.metadata)
      report(*metadata, class_,
             "its rows are in table '" + mapped.table_class->table.full_name() + "' of class '" +
                 mapped.table_class->class_->name +
                 "', which is in another MetaData; leave it out, or give the class a table of its "
                 "own",
             {{"that table is here", mapped.table_class->table.location}});
  }

  /// A class's own columns are always mapped.
  void properties(const MappedClass &mapped) {
    const Class &class_ = *mapped.class_;
    const Annotation *included = find(class_.annotations, "include_properties");
    if (!included || mapped.up() || !mapped.complete || !mapped.has_table())
      return;
    const bool has_choice = std::any_of(
        lineage_.ancestors.begin() + 1, lineage_.ancestors.end(), [](const Ancestor &above) {
          return std::any_of(above.class_->members.begin(), above.class_->members.end(), is_column);
        });
    if (!has_choice)
      report(*included, class_,
             "all columns of table '" + mapped.table.full_name() +
                 "' are declared by the class itself, and these are always mapped; it chooses "
                 "among those of bases and of reflected tables: leave it out");
  }

  /// A mapped class's pattern holds below it if it has a placeholder, or says that there is none.
  void table_name(const MappedClass &mapped) {
    const Class &class_ = *mapped.class_;
    const Annotation *pattern = find(class_.annotations, "table_name");
    if (!pattern || find(class_.annotations, "root_only") ||
        pattern->string().find("{class") != std::string_view::npos)
      return;
    const Annotation *table = find(class_.annotations, "table");
    const std::string below = ", and without a placeholder, as \"{class:lower}\", it names none of "
                              "its subclasses; leave it out";
    if (is_named(table))
      report(*pattern, class_, "the table is named '" + mapped.table.name + "' here" + below,
             {{"the table is here", table->location}});
    else if (!table)
      report(*pattern, class_, "the class has no table of its own" + below);
  }

  /// `default_for` on a function: of a column that the class declares, and that has no other.
  void made_defaults(const MappedClass &mapped) {
    const Class &class_ = *mapped.class_;
    for (const Member &member : class_.members)
      for (const Annotation &annotation : member.annotations)
        if (annotation.name == "default_for")
          made_default(mapped, member, annotation);
  }

  void made_default(const MappedClass &mapped, const Member &function,
                    const Annotation &annotation) {
    const std::string_view name = annotation.string();
    const ColumnDecl *own = nullptr, *inherited = nullptr;
    const auto take = [&](const ColumnDecl &column, const ColumnDecl *&found) {
      if (column.outer.empty() && column.member->name == name)
        found = &column;
    };
    if (!mapped.up()) {
      for (std::size_t i = 0; i != mapped.own_columns; ++i)
        take(mapped.table.columns[i], own);
    } else {
      for_each_own_attribute(
          mapped, [&](const ColumnDecl &column, const ColumnRef &) { take(column, own); });
      for_each_attribute(*mapped.up(), [&](const ColumnDecl &column, const ColumnRef &) {
        take(column, inherited);
      });
    }
    const auto report_default = [&](const std::string &why, Note note) {
      diagnostics_.push_back({"useless-argument",
                              Severity::error,
                              "'default_for' on member '" + function.name + "' of class '" +
                                  mapped.class_->name + "' has no effect: " + why,
                              annotation.location,
                              {std::move(note)}});
    };
    if (const Annotation *given = own ? find(own->member->annotations, "default_value") : nullptr)
      report_default("'default_value' of member '" + own->member->name +
                         "' is what a new object gets; leave one of the two out",
                     {"'default_value' is here", given->location});
    else if (!own && inherited)
      report_default("member '" + inherited->member->name + "' is declared by class '" +
                         inherited->declared_in->name +
                         "', whose default holds for the objects of all classes below; put the "
                         "function there",
                     {"member '" + inherited->member->name + "' is here", inherited->location()});
  }

  /// `autoincrement` says something of a key that is one whole number.
  void counted_keys(const MappedClass &mapped) {
    if (mapped.up() || mapped.deferred || !mapped.has_table() || !mapped.complete ||
        find(mapped.class_->annotations, "table_from"))
      return;
    const auto is_in_head = [&](const ColumnDecl &column) {
      return std::any_of(
          mapped.table.constraints.begin(), mapped.table.constraints.end(),
          [&](const ConstraintDecl &constraint) {
            const std::vector<std::string> &names = constraint.columns;
            return constraint.kind == ConstraintKind::primary_key &&
                   (std::find(names.begin(), names.end(), column.name) != names.end() ||
                    std::find(names.begin(), names.end(), column.member->name) != names.end());
          });
    };
    const auto is_key = [&](const ColumnDecl &column) {
      return column.primary_key || is_in_head(column);
    };
    const std::vector<ColumnDecl> &columns = mapped.table.columns;
    for (std::size_t i = 0; i != mapped.own_columns; ++i) {
      const ColumnDecl &column = columns[i];
      const Annotation *counted = find(column.member->annotations, "autoincrement");
      if (!counted || column.base != mapped.class_ || !column.outer.empty())
        continue;
      const TypeCode code = column.member->type.code;
      const bool is_whole = code >= TypeCode::int8 && code <= TypeCode::uint64 &&
                            !column.enum_names && column.rare().sql_type.empty();
      const char *why = !is_key(column) ? "the column is not the primary key"
                        : std::count_if(columns.begin(), columns.end(), is_key) > 1
                            ? "the key has several columns, and the database counts none of them"
                        : !is_whole ? "the database counts keys that are whole numbers"
                                    : nullptr;
      if (why)
        diagnostics_.push_back({"useless-argument",
                                Severity::error,
                                "'autoincrement' on member '" + column.member->name +
                                    "' of class '" + mapped.class_->name +
                                    "' has no effect: " + why + "; leave it out",
                                counted->location,
                                {}});
    }
  }

  void check_unmapped(const Definition &definition) {
    const Class &class_ = definition.class_;
    const auto found = takers_.find(&class_);
    const bool is_taken = found != takers_.end();
    if (find(class_.annotations, "row") && !is_taken)
      return check_row(class_);
    const Annotation *condition = find(class_.annotations, "inherit_condition");
    if (condition && (is_taken || find(class_.annotations, "abstract")))
      report(*condition, class_,
             "the class has no table to join, and its subclasses do not take it; put it on the "
             "class with the table");
    if (const Annotation *pattern = find(class_.annotations, "table_name");
        pattern && !is_taken && !pattern->arguments.empty())
      check_pattern(*pattern, class_);
    if (!is_taken || definition.incomplete || !is_closed(program_, definition))
      return;
    for (const Taken &one : taken)
      if (const Annotation *argument = find(class_.annotations, one.argument))
        check_taken(*argument, class_, one, found->second);
  }

  /// Of a pattern that no class takes yet: what none could fill.
  void check_pattern(const Annotation &pattern, const Class &class_) {
    if (pattern.string().find("{outer.") == std::string_view::npos)
      Placeholders(class_, diagnostics_).fill(pattern.arguments.front(), pattern.location, true);
  }

  void check_taken(const Annotation &argument, const Class &class_, const Taken &one,
                   const std::vector<const MappedClass *> &takers) {
    if (std::any_of(takers.begin(), takers.end(), [&](const MappedClass *mapped) {
          return !mapped->complete || one.has_effect(*mapped);
        }))
      return;
    const Class &taker = *takers.front()->class_;
    report(argument, class_,
           "it is for the classes below, such as '" + taker.name + "', and " + one.needs +
               "; leave it out",
           {{"class '" + taker.name + "' is here", taker.location}});
  }

  /// A `row` is read from any statement: nothing else can be said of it.
  void check_row(const Class &class_) {
    static constexpr std::string_view others[] = {"abstract", "allow", "mapped", "row", "table"};
    for (const Annotation &annotation : class_.annotations)
      if (std::find(std::begin(others), std::end(others), annotation.name) == std::end(others))
        report(annotation, class_,
               "a row has no table and no mapper, it is read from any statement; leave it out");
  }

  const Program &program_;
  const Mapping &mapping_;
  Diagnostics &diagnostics_;
  Lineage lineage_;
  /// Of a base without a mapping: the mapped classes below it.
  std::unordered_map<const Class *, std::vector<const MappedClass *>> takers_;
};

} // namespace

void rule::useless_argument(const Program &program, const Mapping &mapping,
                            Diagnostics &diagnostics) {
  Check(program, mapping, diagnostics).run();
  check_useless_members(program, mapping, diagnostics);
}

} // namespace declorm::model
