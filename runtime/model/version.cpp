// version.cpp: Which column counts the versions of a class's rows.

#include "runtime/model/version.h"

#include "runtime/model/columns.h"
#include "runtime/model/hierarchy.h"

namespace declorm::model {

namespace {

/// Calls `function(const ColumnDecl &place, ColumnRef)` for each column that the class declares.
template <class Function> void for_each_own_column(const MappedClass &mapped, Function function) {
  if (mapped.up())
    return for_each_own_attribute(mapped, function);
  for (unsigned i = 0; i != mapped.own_columns; ++i)
    function(mapped.table.columns[i], ColumnRef{&mapped, i});
}

bool is_named(const ColumnDecl &column, std::string_view name) {
  return column.outer.empty() && (column.member->name == name || column.name == name);
}

} // namespace

std::vector<VersionMark> version_marks(const MappedClass &mapped, const Lineage &lineage) {
  std::vector<VersionMark> marks;
  for_each_own_column(mapped, [&](const ColumnDecl &column, const ColumnRef &ref) {
    if (const Annotation *mark = find(column.member->annotations, "version_id");
        mark && column.outer.empty())
      marks.push_back({mark, ref, &column});
  });
  for (const Ancestor &ancestor : lineage.ancestors)
    if (const Annotation *named =
            ancestor.inherited ? nullptr : find(ancestor.class_->annotations, "version_id"))
      for_each_own_column(mapped, [&](const ColumnDecl &column, const ColumnRef &ref) {
        if (is_named(column, named->string()))
          marks.push_back({named, ref, &column});
      });
  return marks;
}

std::vector<VersionGenerator> version_generators(const Lineage &lineage) {
  std::vector<VersionGenerator> generators;
  for (const Ancestor &ancestor : lineage.ancestors) {
    if (ancestor.inherited)
      continue;
    const Class &class_ = *ancestor.class_;
    if (const Annotation *head = find(class_.annotations, "version_id_generator"))
      generators.push_back({head, &class_});
    for (const Member &member : class_.members)
      if (const Annotation *own = find(member.annotations, "version_id_generator"))
        generators.push_back({own, &class_});
  }
  return generators;
}

std::optional<VersionDecl> read_version(const MappedClass &mapped, const Lineage &lineage) {
  const std::vector<VersionMark> marks = version_marks(mapped, lineage);
  if (marks.empty())
    return std::nullopt;
  VersionDecl version{marks.front().column, marks.front().annotation->location};
  for (const VersionGenerator &generator : version_generators(lineage)) {
    const std::vector<Value> &arguments = generator.annotation->arguments;
    if (arguments.empty())
      continue;
    if (const auto *function = std::get_if<Function>(&arguments.front().data))
      version.generator = *function;
    else
      version.by_server = !is_true(*generator.annotation);
    version.generator_class = generator.class_;
    break;
  }
  return version;
}

} // namespace declorm::model
