// foreign_key_target.cpp: A foreign key refers to a table or column that is not there.

#include "runtime/model/expression/names.h"
#include "runtime/model/rule.h"

namespace declorm::model {

namespace {

/// Reports keys that led nowhere.
class Check {
public:
  Check(const Program &program, const Mapping &mapping, Diagnostics &diagnostics)
      : names_(program, mapping), diagnostics_(diagnostics) {}

  void key(const MappedClass &mapped, const std::string &of, const std::string &target,
           const ForeignKeyLink &link) {
    const std::size_t dot = target.rfind('.');
    const std::string start = "foreign key '" + target + "' of " + of + ": ";
    if (link.column) {
      if (link.class_->table.metadata != mapped.table.metadata)
        across_metadata(start, mapped, *link.class_, link);
      return;
    }
    if (dot == std::string::npos || dot == 0 || dot + 1 == target.size()) {
      report(start + "it is written \"table.column\" or \"schema.table.column\"", link.table_place);
      return;
    }
    const std::string table = target.substr(0, dot), column = target.substr(dot + 1);
    const MappedClass *declared = names_.table(mapped.table.metadata, table);
    if (declared && may_have_more_columns(*declared))
      return;
    if (declared && !declared->may_have(column))
      report(start + "table '" + table + "' has no column '" + column + "'" +
                 did_you_mean(near(*declared, column)),
             link.column_place,
             {{"table '" + table + "' is declared here", declared->table.location}});
    else if (const MappedClass *elsewhere = declared ? nullptr : names_.table_anywhere(table);
             elsewhere && names_.program().whole)
      across_metadata(start, mapped, *elsewhere, link);
    else if (!declared && names_.program().whole && !names_.program().incomplete)
      report(start + "no class declares table '" + table + "'" +
                 did_you_mean(names_.nearest_table(table)),
             link.table_place);
  }

private:
  /// One database has both tables of a foreign key, and a MetaData is created in one.
  void across_metadata(const std::string &start, const MappedClass &mapped,
                       const MappedClass &declared, const ForeignKeyLink &link) {
    const auto name_of = [](const MappedClass &one) {
      return one.table.metadata.empty() ? std::string("the default MetaData")
                                        : "MetaData '" + one.table.metadata + "'";
    };
    const std::string table = declared.table.full_name();
    report(start + "table '" + table + "' is in " + name_of(declared) + " and this class's in " +
               name_of(mapped) +
               ", and a foreign key stays within one; put both into the same with "
               "[[declorm::metadata(\"name\")]], or leave the foreign key out",
           link.table_place, {{"table '" + table + "' is declared here", declared.table.location}});
  }

  static std::string near(const MappedClass &declared, const std::string &column) {
    std::vector<std::string> known;
    for (const ColumnDecl &decl : declared.table.columns)
      known.push_back(decl.name);
    if (const std::string found = nearest(column, known); !found.empty())
      return found;
    // A member's name where its column has another.
    for (const ColumnDecl &decl : declared.table.columns)
      if (decl.outer.empty() && decl.member->name == column)
        return decl.name;
    return {};
  }

  void report(std::string message, const Location &location, std::vector<Note> notes = {}) {
    diagnostics_.push_back(
        {"foreign-key-target", Severity::error, std::move(message), location, std::move(notes)});
  }

  Names names_;
  Diagnostics &diagnostics_;
};

} // namespace

void rule::foreign_key_target(const Program &program, const Mapping &mapping,
                              Diagnostics &diagnostics) {
  Check check(program, mapping, diagnostics);
  for (const MappedClass &mapped : mapping.classes) {
    const std::string of_class = "class '" + mapped.class_->name + "'";
    for (std::size_t i = 0; i != mapped.table.columns.size(); ++i)
      for (const ForeignKeyDecl &key : mapped.table.columns[i].foreign_keys)
        check.key(mapped,
                  "member '" + mapped.table.columns[i].member->name + "' of class '" +
                      mapped.declarer(i).class_->name + "'",
                  key.target, key.link);
    for (const ConstraintDecl &constraint : mapped.table.constraints)
      for (std::size_t i = 0; i != constraint.links.size(); ++i)
        check.key(mapped, of_class, constraint.referred[i], constraint.links[i]);
  }
}

} // namespace declorm::model
