// names.cpp: What the names of annotation strings may stand for.

#include "runtime/model/expression/names.h"

#include "runtime/model/lineage.h"

#include <algorithm>
#include <tuple>

namespace declorm::model {

std::string table_name(const MappedClass &mapped) {
  if (mapped.has_table())
    return mapped.table.full_name();
  return mapped.concrete_union ? mapped.concrete_union->table_name : std::string();
}

bool may_have_more_columns(const MappedClass &mapped) {
  return mapped.deferred ||
         (mapped.concrete_union && mapped.concrete_union->kind == UnionKind::made);
}

void Names::index() {
  if (is_indexed_)
    return;
  is_indexed_ = true;
  for (const ProgramClass &program_class : program_.classes) {
    const Class &class_ = program_class.class_();
    classes_.emplace(class_.unqualified_name(), &class_);
  }
  for (const MappedClass &mapped : mapping_.classes)
    if (const std::string name = table_name(mapped); !name.empty())
      tables_.emplace(name, &mapped);
}

namespace {

/// What another file has in an anonymous namespace is not what is meant where this one has a class
/// of that name too.
void prefer_own_file(std::vector<const Class *> &found, const std::string &file) {
  const std::vector<const Class *> all = found;
  std::erase_if(found, [&](const Class *class_) {
    return class_->location.file != file &&
           std::any_of(all.begin(), all.end(), [&](const Class *other) {
             return other->name == class_->name && other->location.file == file;
           });
  });
}

} // namespace

std::vector<const Class *> Names::classes(std::string_view name, const MappedClass &from) {
  index();
  const bool is_whole = name.starts_with("::");
  if (is_whole)
    name.remove_prefix(2);
  const std::size_t colons = name.rfind("::");
  const std::string_view last = colons == std::string_view::npos ? name : name.substr(colons + 2);
  std::vector<const Class *> found, whole;
  const auto [begin, end] = classes_.equal_range(last);
  for (auto it = begin; it != end; ++it) {
    const Class &class_ = *it->second;
    const MappedClass *mapped = mapping_.find(class_.key);
    if (mapped && mapped->registry != from.registry)
      continue;
    if (class_.name == name)
      whole.push_back(&class_);
    else if (!is_whole && class_.name.ends_with("::" + std::string(name)))
      found.push_back(&class_);
  }
  if (!whole.empty())
    found = std::move(whole);
  // A mixin beside a mapped class of the same name is not what is meant.
  if (found.size() > 1)
    std::erase_if(found, [&](const Class *class_) {
      return !mapping_.find(class_->key) && !is_mapped_elsewhere(program_, *class_);
    });
  if (found.size() > 1)
    prefer_own_file(found, from.class_->location.file);
  std::sort(found.begin(), found.end(), [](const Class *a, const Class *b) {
    return std::tie(a->name, a->key) < std::tie(b->name, b->key);
  });
  return found;
}

template <class Predicate>
const MappedClass *Names::first_table(std::string_view full_name, Predicate fits) {
  index();
  const MappedClass *first = nullptr;
  const auto [begin, end] = tables_.equal_range(std::string(full_name));
  for (auto it = begin; it != end; ++it)
    if (fits(*it->second) && (!first || it->second < first))
      first = it->second;
  return first;
}

const MappedClass *Names::table(std::string_view metadata, std::string_view full_name) {
  return first_table(full_name,
                     [&](const MappedClass &mapped) { return mapped.table.metadata == metadata; });
}

const MappedClass *Names::table_anywhere(std::string_view full_name) {
  return first_table(full_name, [](const MappedClass &) { return true; });
}

namespace {

void add_classes(const Mapping &mapping, std::vector<std::string> &names) {
  for (const MappedClass &mapped : mapping.classes)
    names.emplace_back(mapped.class_->unqualified_name());
}

void add_tables(const Mapping &mapping, std::vector<std::string> &names) {
  for (const MappedClass &mapped : mapping.classes)
    if (std::string name = table_name(mapped); !name.empty())
      names.push_back(std::move(name));
}

} // namespace

std::string Names::nearest_class(std::string_view name) {
  std::vector<std::string> names;
  add_classes(mapping_, names);
  return nearest(name, names);
}

std::string Names::nearest_table(std::string_view name) {
  std::vector<std::string> names;
  add_tables(mapping_, names);
  return nearest(name, names);
}

std::string Names::nearest_class_or_table(std::string_view name) {
  std::vector<std::string> names;
  add_classes(mapping_, names);
  add_tables(mapping_, names);
  return nearest(name, names);
}

bool is_mapped_elsewhere(const Program &program, const Class &class_) {
  static constexpr std::string_view roles[] = {"mapped", "table_from", "deferred_reflection",
                                               "abstract_concrete_base", "concrete_base"};
  const Lineage lineage(program, class_);
  return std::any_of(std::begin(roles), std::end(roles),
                     [&](std::string_view role) { return lineage.find(role) != nullptr; });
}

const ColumnDecl *find_column(const TableDecl &table, std::string_view name) {
  for (const ColumnDecl &column : table.columns)
    if (column.name == name)
      return &column;
  return nullptr;
}

std::string nearest_column(const TableDecl &table, std::string_view name) {
  std::vector<std::string> known;
  for (const ColumnDecl &column : table.columns) {
    known.push_back(column.name);
    if (column.outer.empty() && column.member->name != column.name)
      known.push_back(column.member->name);
  }
  return nearest(name, known);
}

std::string did_you_mean(const std::string &near) {
  return near.empty() ? std::string() : "; did you mean '" + near + "'?";
}

std::string spell(std::span<const NamePart> parts, std::string_view separator) {
  std::string text;
  for (const NamePart &part : parts) {
    const bool is_first = &part == &parts.front();
    if (!separator.empty())
      text += is_first ? "" : separator;
    else
      text += part.scoped ? "::" : is_first ? "" : ".";
    text += part.text;
  }
  return text;
}

} // namespace declorm::model
