// concrete.cpp: Concrete classes: which columns they take, and the unions that bases are read from.

#include "runtime/model/concrete.h"

#include "runtime/model/expression/names.h"
#include "runtime/model/expression/source_text.h"

#include <algorithm>

namespace declorm::model {

bool is_concrete(const MappedClass &mapped, const Lineage &lineage) {
  if (!has_table(*mapped.class_))
    return is_read_from_union(*mapped.class_);
  return lineage.find_own("concrete") || is_read_from_union(*mapped.parent->class_);
}

void read_union(MappedClass &mapped, const Lineage &lineage) {
  const Annotations &annotations = mapped.class_->annotations;
  UnionDecl decl;
  const Annotation *discriminator = lineage.find("concrete_discriminator");
  decl.type_column = discriminator ? std::string(discriminator->string()) : "type";
  const Annotation *role = nullptr;
  if ((role = find(annotations, "concrete_base"))) {
    decl.kind = UnionKind::base;
  } else if ((role = find(annotations, "abstract_concrete_base"))) {
    decl.kind = UnionKind::abstract_base;
  } else if ((role = find(annotations, "table_from"))) {
    decl.kind = UnionKind::made;
    const Annotation *named = lineage.find_own("polymorphic_on");
    decl.type_column = named ? std::string(named->string()) : std::string();
    if (!role->arguments.empty())
      if (const auto *function = std::get_if<Function>(&role->arguments.front().data))
        decl.table_from = *function;
    decl.table_name = role->string();
  } else {
    return;
  }
  decl.location = role->location;
  mapped.concrete_union = std::move(decl);
}

namespace {

bool is_named(const ColumnDecl &column, std::string_view name) {
  const Member &member = column.outer.empty() ? *column.member : *column.outer.front();
  return column.name == name || member.name == name;
}

/// The names that `include_properties("a", "b")` or `exclude_properties({"a", "b"})` lists.
class Properties {
public:
  Properties(const Annotation &annotation, bool inherited, Placeholders &placeholders)
      : annotation_(annotation) {
    for (const Value &argument : annotation.arguments) {
      if (const std::vector<Value> *list = argument.list())
        for (const Value &element : *list)
          add(element, inherited, placeholders);
      else
        add(argument, inherited, placeholders);
    }
  }

  bool has(const ColumnDecl &column) const {
    return std::any_of(names_.begin(), names_.end(),
                       [&](const SourceText &name) { return is_named(column, name.text()); });
  }

  void check(const MappedClass &mapped, const std::vector<ColumnDecl> &columns,
             Diagnostics &diagnostics) const {
    for (const SourceText &name : names_) {
      const auto found =
          std::find_if(columns.begin(), columns.end(),
                       [&](const ColumnDecl &column) { return is_named(column, name.text()); });
      if (found == columns.end()) {
        const bool is_all = annotation_.name == "include_properties" && is_called(*mapped.class_);
        if (is_all || !mapped.may_have(name.text()))
          report_unknown(name, columns, diagnostics);
      } else if (found->base == mapped.class_ && annotation_.name == "exclude_properties") {
        diagnostics.push_back({"concrete-inheritance",
                               Severity::error,
                               "exclude_properties names '" + name.text() + "', which class '" +
                                   mapped.class_->name +
                                   "' itself declares; it leaves out members of bases",
                               name.at(0),
                               {{"declared here", found->location()}}});
      }
    }
  }

private:
  void add(const Value &value, bool inherited, Placeholders &placeholders) {
    if (value.string())
      names_.emplace_back(value, annotation_, &placeholders, inherited);
  }

  void report_unknown(const SourceText &name, const std::vector<ColumnDecl> &columns,
                      Diagnostics &diagnostics) const {
    std::vector<std::string> known;
    for (const ColumnDecl &column : columns)
      known.push_back(column.member->name);
    const std::string near = nearest(name.text(), known);
    Diagnostic diagnostic{"unresolved-column",
                          Severity::error,
                          annotation_.name + " names '" + name.text() +
                              "', which is neither a member with a column nor a column" +
                              did_you_mean(near),
                          name.at(0),
                          {}};
    if (!near.empty())
      diagnostic.fix = name.fix({0, static_cast<unsigned>(name.text().size())}, near);
    diagnostics.push_back(std::move(diagnostic));
  }

  const Annotation &annotation_;
  std::vector<SourceText> names_;
};

} // namespace

void keep_properties(const MappedClass &mapped, const Lineage &lineage, Placeholders &placeholders,
                     std::vector<ColumnDecl> &columns, Diagnostics &diagnostics) {
  for (const std::string_view wanted : {"include_properties", "exclude_properties"}) {
    const Annotation *annotation = lineage.find_own(wanted);
    if (!annotation)
      continue;
    const bool inherited = find(mapped.class_->annotations, wanted) == nullptr;
    const Properties properties(*annotation, inherited, placeholders);
    properties.check(mapped, columns, diagnostics);
    const bool is_kept = wanted == "include_properties";
    std::erase_if(columns, [&](const ColumnDecl &column) {
      return column.base != mapped.class_ && properties.has(column) != is_kept;
    });
  }
}

namespace {

bool lists(const Annotation &annotation, std::string_view name) {
  const auto is_name = [&](const Value &value) {
    return value.string() && *value.string() == name;
  };
  return std::any_of(
      annotation.arguments.begin(), annotation.arguments.end(), [&](const Value &value) {
        const std::vector<Value> *list = value.list();
        return is_name(value) || (list && std::any_of(list->begin(), list->end(), is_name));
      });
}

} // namespace

bool leaves_out(const MappedClass &mapped, std::string_view column) {
  const Annotations &annotations = mapped.class_->annotations;
  if (const Annotation *included = find(annotations, "include_properties"))
    return !lists(*included, column);
  const Annotation *excluded = find(annotations, "exclude_properties");
  return excluded && lists(*excluded, column);
}

namespace {

/// The concrete classes below, level by level.
std::vector<const MappedClass *> concrete_below(const MappedClass &mapped) {
  std::vector<const MappedClass *> found{&mapped};
  for (std::size_t i = 0; i != found.size(); ++i)
    for (const MappedClass *child : found[i]->children)
      if (child->inheritance == Inheritance::concrete)
        found.push_back(child);
  return found;
}

} // namespace

void collect_parts(Mapping &mapping) {
  for (MappedClass &mapped : mapping.classes) {
    if (!mapped.concrete_union)
      continue;
    for (const MappedClass *part : concrete_below(mapped)) {
      const bool is_made = part->concrete_union && part->concrete_union->kind == UnionKind::made;
      if (part->has_table() || (is_made && part != &mapped))
        mapped.concrete_union->parts.push_back(part);
    }
  }
}

} // namespace declorm::model
