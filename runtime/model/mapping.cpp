// mapping.cpp: From annotated classes to tables.
//
// For each class with a table, in four steps: its lineage, the table's name, the columns
// (columns.h), the table arguments (table_args.h).

#include "runtime/model/mapping.h"

#include "runtime/model/columns.h"
#include "runtime/model/expression/expressions.h"
#include "runtime/model/foreign_keys.h"
#include "runtime/model/lineage.h"
#include "runtime/model/outer.h"
#include "runtime/model/placeholders.h"
#include "runtime/model/table_args.h"

#include <algorithm>
#include <numeric>

namespace declorm::model {

namespace {

bool has_placeholder(std::string_view text) {
  return text.find("{class") != std::string_view::npos;
}

/// The table_name pattern that counts for a bare `table`, and whether a base has it. A mapped
/// base's holds for its subclasses if it has a placeholder, and one with root_only for the root
/// alone.
struct Pattern {
  const Annotation *annotation = nullptr;
  bool inherited = false;
};

Pattern find_pattern(const Lineage &lineage) {
  bool is_root = std::none_of(lineage.ancestors.begin() + 1, lineage.ancestors.end(),
                              [](const Ancestor &ancestor) { return has_table(*ancestor.class_); });
  for (std::size_t i = 0; i < lineage.ancestors.size(); ++i) {
    const Class &class_ = *lineage.ancestors[i].class_;
    const Annotation *pattern = find(class_.annotations, "table_name");
    if (!pattern || (!is_root && find(class_.annotations, "root_only")))
      continue;
    if (i == 0 || !has_table(class_) || has_placeholder(pattern->string()))
      return {pattern, i != 0};
  }
  return {};
}

void name_table(const Lineage &lineage, Placeholders &placeholders, TableDecl &table) {
  const Class &class_ = *lineage.ancestors.front().class_;
  const Annotation &annotation = *find(class_.annotations, "table");
  table.location = annotation.location;
  table.schema = annotation.string(1);
  if (!annotation.string().empty())
    table.name = placeholders.fill(annotation.string(), annotation.location, false);
  else if (Pattern pattern = find_pattern(lineage); pattern.annotation)
    table.name = placeholders.fill(pattern.annotation->string(), pattern.annotation->location,
                                   pattern.inherited);
  if (table.name.empty())
    table.name = lower_case(identifier(class_));
}

/// A class in a class may name the one it is made for; that one's table is named first.
void set_outer(const Program &program, OuterFinder &outers, const Class &class_,
               Placeholders &placeholders) {
  const Class *outer = class_.enclosing.empty() ? nullptr : outers.find(class_);
  if (!outer || outer == &class_)
    return;
  Diagnostics reported_with_outer_itself;
  Placeholders outer_placeholders(*outer, reported_with_outer_itself);
  TableDecl table;
  name_table(Lineage(program, *outer), outer_placeholders, table);
  placeholders.set_outer(*outer, table.name);
}

std::string inherited_string(const Lineage &lineage, std::string_view name) {
  const Annotation *annotation = lineage.find(name);
  return annotation ? std::string(annotation->string()) : std::string();
}

void add_row(const Program &program, const Class &class_, ColumnReader &columns, Mapping &mapping,
             Diagnostics &diagnostics) {
  MappedClass &mapped = mapping.rows.emplace_back();
  mapped.class_ = &class_;
  mapped.table.name = "result";
  Placeholders placeholders(class_, diagnostics);
  mapped.table.columns = columns.read(Lineage(program, class_), placeholders);
}

} // namespace

const MappedClass *Mapping::find(std::string_view key) const {
  auto found =
      std::lower_bound(by_key.begin(), by_key.end(), key, [&](std::size_t i, std::string_view k) {
        return classes[i].class_->key < k;
      });
  return found != by_key.end() && classes[*found].class_->key == key ? &classes[*found] : nullptr;
}

Mapping map(const Program &program, Diagnostics &diagnostics) {
  Mapping mapping;
  mapping.classes.reserve(program.classes.size());
  std::vector<std::size_t> with_expressions;
  Lineage lineage;
  ColumnReader columns(program);
  OuterFinder outers(program);
  for (const ProgramClass &program_class : program.classes) {
    const Class &class_ = program_class.class_();
    if (!has_table(class_)) {
      if (find(class_.annotations, "row"))
        add_row(program, class_, columns, mapping, diagnostics);
      continue;
    }
    MappedClass &mapped = mapping.classes.emplace_back();
    mapped.class_ = &class_;
    lineage.assign(program, class_);
    lineage.complete &= !program_class.definitions.front().incomplete;
    mapped.complete = lineage.complete;
    Placeholders placeholders(class_, diagnostics);
    set_outer(program, outers, class_, placeholders);
    name_table(lineage, placeholders, mapped.table);
    placeholders.set_table(mapped.table.name);
    mapped.table.metadata = inherited_string(lineage, "metadata");
    mapped.registry = inherited_string(lineage, "registry");
    mapped.manual = find(class_.annotations, "manual") != nullptr;
    mapped.table.columns = columns.read(lineage, placeholders);
    read_table_args(lineage, placeholders, mapped.table, diagnostics);
    if (has_expressions(lineage))
      with_expressions.push_back(mapping.classes.size() - 1);
  }
  mapping.by_key.resize(mapping.classes.size());
  std::iota(mapping.by_key.begin(), mapping.by_key.end(), std::size_t(0));
  std::sort(mapping.by_key.begin(), mapping.by_key.end(), [&](std::size_t a, std::size_t b) {
    return mapping.classes[a].class_->key < mapping.classes[b].class_->key;
  });
  // Names in strings may mean any class: all have their columns now.
  Names names(program, mapping);
  link_foreign_keys(names, mapping);
  for (const std::size_t index : with_expressions) {
    MappedClass &mapped = mapping.classes[index];
    Placeholders placeholders(*mapped.class_, diagnostics);
    set_outer(program, outers, *mapped.class_, placeholders);
    placeholders.set_table(mapped.table.name);
    ExpressionReader(names, mapped, placeholders, diagnostics).read();
  }
  if (!with_expressions.empty())
    check_circles(mapping, diagnostics);
  return mapping;
}

} // namespace declorm::model
