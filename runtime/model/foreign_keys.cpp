// foreign_keys.cpp: Foreign keys to the columns they refer to.

#include "runtime/model/foreign_keys.h"

#include "runtime/model/expression/parser.h"
#include "runtime/model/expression/resolver.h"

namespace declorm::model {

namespace {

/// What "Class.member" means, if it means anything.
NameTarget resolve_class(Names &names, const MappedClass &scope, const std::string &target) {
  const Parsed parsed = parse_expression(target, Grammar::names);
  const auto *tree = std::get_if<ExprTree>(&parsed);
  if (!tree || tree->roots.size() != 1 || tree->root().name.size() < 2)
    return {};
  std::optional<NameProblem> problem;
  return NameResolver(names, scope, nullptr).resolve(tree->root().name, problem);
}

void link(Names &names, const MappedClass &scope, std::string &target, ForeignKeyLink &link) {
  const std::size_t dot = target.rfind('.');
  if (dot == std::string::npos)
    return;
  const std::string table = target.substr(0, dot), column = target.substr(dot + 1);
  if (const MappedClass *declared = names.table(scope.table.metadata, table)) {
    link.class_ = declared;
    link.column = find_column(declared->table, column);
    return;
  }
  const NameTarget found = resolve_class(names, scope, target);
  if (!found.column && !found.table.empty()) // of a table that is reflected
    target = found.table + "." + found.table_column;
  if (!found.column)
    return;
  link.class_ = found.class_;
  link.column = found.column;
  target = found.class_->table.full_name() + "." + found.column->name;
}

} // namespace

void link_foreign_keys(Names &names, Mapping &mapping) {
  for (MappedClass &mapped : mapping.classes) {
    for (ColumnDecl &column : mapped.table.columns)
      for (ForeignKeyDecl &key : column.foreign_keys)
        link(names, mapped, key.target, key.link);
    for (ConstraintDecl &constraint : mapped.table.constraints)
      for (std::size_t i = 0; i != constraint.links.size(); ++i)
        link(names, mapped, constraint.referred[i], constraint.links[i]);
  }
}

} // namespace declorm::model
