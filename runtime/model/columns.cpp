// columns.cpp: A member's annotations become a column.

#include "runtime/model/columns.h"

#include "runtime/model/expression/source_text.h"

#include <algorithm>

namespace declorm::model {

bool is_true(const Annotation &annotation) {
  if (annotation.arguments.empty())
    return true;
  const Value &value = annotation.arguments.front();
  if (const std::int64_t *number = value.integer())
    return *number != 0;
  const bool *given = value.boolean();
  return !given || *given;
}

namespace {

/// What an option's reader gets.
struct Option {
  ColumnDecl &column;
  const Annotation &annotation;
  Placeholders &placeholders;
  bool inherited;

  bool flag() const { return is_true(annotation); }
  unsigned number(std::size_t index) const {
    if (index >= annotation.arguments.size())
      return 0;
    const std::int64_t *given = annotation.arguments[index].integer();
    return given && *given > 0 ? static_cast<unsigned>(*given) : 0;
  }
  std::string text() const {
    std::string_view given = annotation.string();
    // Most strings hold no brace: the place is needed only for what the others may report.
    return given.find('{') == std::string_view::npos
               ? std::string(given)
               : placeholders.fill(given, annotation.location, inherited);
  }
  std::optional<Value> value() const {
    if (annotation.arguments.empty())
      return std::nullopt;
    return placeholders.fill(annotation.arguments.front(), annotation.location, inherited);
  }
  DefaultDecl value_or_function() const {
    std::optional<Value> given = value();
    if (!given)
      return {};
    if (auto *function = std::get_if<Function>(&given->data))
      return std::move(*function);
    return std::move(*given);
  }
};

struct OptionReader {
  std::string_view name;
  void (*read)(const Option &option);
};

/// Sorted by name. What is not here belongs to no column: relationships, mapper arguments.
constexpr OptionReader option_readers[] = {
    {"autoincrement", [](const Option &o) { o.column.autoincrement = o.flag(); }},
    {"comment", [](const Option &o) { o.column.add_rare().comment = o.text(); }},
    {"computed", [](const Option &o) { o.column.add_rare().computed = o.text(); }},
    {"default_sql", [](const Option &o) { o.column.add_rare().default_sql = o.text(); }},
    {"default_value",
     [](const Option &o) { o.column.add_rare().default_value = o.value_or_function(); }},
    {"deferred",
     [](const Option &o) {
       o.column.deferred = true;
       if (std::string group = o.text(); !group.empty())
         o.column.add_rare().deferred_group = std::move(group);
     }},
    {"enum_names", [](const Option &o) { o.column.enum_names = true; }},
    {"index", [](const Option &o) { o.column.index = true; }},
    {"length", [](const Option &o) { o.column.length = o.number(0); }},
    {"null_value", [](const Option &o) { o.column.add_rare().null_value = o.value(); }},
    {"nullable", [](const Option &o) { o.column.nullable = o.flag(); }},
    {"numeric", [](const Option &o) { o.column.numeric = {o.number(0), o.number(1)}; }},
    {"onupdate", [](const Option &o) { o.column.add_rare().onupdate = o.value_or_function(); }},
    {"onupdate_sql", [](const Option &o) { o.column.add_rare().onupdate_sql = o.text(); }},
    {"primary_key", [](const Option &o) { o.column.primary_key = true; }},
    {"server_default", [](const Option &o) { o.column.add_rare().server_default = o.text(); }},
    {"sort_order",
     [](const Option &o) {
       const auto &arguments = o.annotation.arguments;
       if (const auto *number = arguments.empty() ? nullptr : arguments.front().integer())
         o.column.sort_order = static_cast<int>(*number);
     }},
    {"sql_type", [](const Option &o) { o.column.add_rare().sql_type = o.text(); }},
    {"stored", [](const Option &o) { o.column.add_rare().stored = true; }},
    {"unique", [](const Option &o) { o.column.unique = true; }},
    {"unset", [](const Option &o) { o.column.add_rare().unset = o.value(); }},
};

const OptionReader *find_reader(std::string_view name) {
  const auto *found = std::lower_bound(
      std::begin(option_readers), std::end(option_readers), name,
      [](const OptionReader &reader, std::string_view n) { return reader.name < n; });
  return found != std::end(option_readers) && found->name == name ? found : nullptr;
}

void set_action(ForeignKeyDecl &key, const Option &option) {
  if (option.annotation.name == "on_delete")
    key.on_delete = option.text();
  else if (option.annotation.name == "on_update")
    key.on_update = option.text();
  else
    key.deferrable = option.flag();
}

/// on_delete, on_update and deferrable belong to the foreign key before them, or else to the first.
void read_foreign_keys(ColumnDecl &column, Placeholders &placeholders, bool inherited) {
  for (const Annotation &annotation : column.member->annotations) {
    if (annotation.name != "foreign_key" || annotation.arguments.empty() ||
        !annotation.arguments.front().string())
      continue;
    const SourceText source(annotation.arguments.front(), annotation, &placeholders, inherited);
    column.foreign_keys.push_back({source.text(), {}, {}, false, annotation.location});
    set_places(column.foreign_keys.back().link, source);
  }
  if (column.foreign_keys.empty())
    return;
  std::size_t seen = 0;
  for (const Annotation &annotation : column.member->annotations) {
    if (annotation.name == "foreign_key")
      ++seen;
    else if (annotation.name == "on_delete" || annotation.name == "on_update" ||
             annotation.name == "deferrable")
      set_action(column.foreign_keys[seen == 0 ? 0 : seen - 1],
                 {column, annotation, placeholders, inherited});
  }
}

/// Fills in what the member's annotations and type say; name and place in the class are set before.
void read_options(ColumnDecl &column, Placeholders &placeholders, bool inherited) {
  const Type &type = column.member->type;
  column.nullable |=
      type.optional() || (type.code >= TypeCode::pointer && type.code <= TypeCode::lazy);
  bool has_foreign_key = false, has_null_value = false;
  const Annotation *nullable = nullptr;
  for (const Annotation &annotation : column.member->annotations) {
    if (const OptionReader *reader = find_reader(annotation.name))
      reader->read({column, annotation, placeholders, inherited});
    has_foreign_key |= annotation.name == "foreign_key";
    has_null_value |= annotation.name == "null_value";
    if (annotation.name == "nullable")
      nullable = &annotation;
  }
  // The value that stands for NULL is written as NULL.
  column.nullable |= has_null_value && !nullable;
  if (has_foreign_key)
    read_foreign_keys(column, placeholders, inherited);
  if (column.primary_key)
    column.nullable = false;
}

/// `default_for("member")` on a static member function: a default that the class itself makes. Of a
/// value class, `outer` is the way to it.
void add_made_defaults(const Lineage &lineage, const std::vector<const Member *> &outer,
                       std::vector<ColumnDecl> &columns) {
  for (const Ancestor &ancestor : lineage.ancestors)
    for (const Member &member : ancestor.class_->members) {
      if (member.kind != MemberKind::static_method)
        continue;
      for (const Annotation &annotation : member.annotations) {
        if (annotation.name != "default_for" || annotation.arguments.size() < 2)
          continue;
        const auto *function = std::get_if<Function>(&annotation.arguments[1].data);
        for (ColumnDecl &column : columns)
          if (function && column.outer == outer && column.member->name == annotation.string() &&
              std::holds_alternative<std::monostate>(column.rare().default_value))
            column.add_rare().default_value = *function;
      }
    }
}

/// `column` or `composite`, or null.
const Annotation *column_annotation(const Member &member) {
  for (const Annotation &annotation : member.annotations)
    if (annotation.name == "column" || annotation.name == "composite")
      return &annotation;
  return nullptr;
}

/// Setters bear `column` too; the getter stands for both.
bool can_be_column(const Member &member) {
  return member.kind == MemberKind::field || member.type.code != TypeCode::none;
}

} // namespace

void ColumnReader::gather(const Lineage &lineage) {
  lineage.sort_own(layout_);
  candidates_.clear();
  for (const unsigned ancestor : layout_)
    for (const Member &member : lineage.ancestors[ancestor].class_->members)
      if (!member.annotations.empty() && can_be_column(member))
        candidates_.push_back({&member, column_annotation(member), ancestor,
                               static_cast<unsigned>(candidates_.size())});
}

void ColumnReader::drop_hidden() {
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate &a, const Candidate &b) {
    if (int order = a.member->name.compare(b.member->name); order != 0)
      return order < 0;
    return std::pair(a.ancestor, a.position) < std::pair(b.ancestor, b.position);
  });
  auto is_hidden_by = [](const Candidate &a, const Candidate &b) {
    return a.member->name == b.member->name && a.ancestor != b.ancestor;
  };
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end(), is_hidden_by),
                    candidates_.end());
  std::sort(candidates_.begin(), candidates_.end(),
            [](const Candidate &a, const Candidate &b) { return a.position < b.position; });
}

std::vector<ColumnDecl> ColumnReader::read(const Lineage &lineage, Placeholders &placeholders) {
  gather(lineage);
  if (lineage.ancestors.size() > 1)
    drop_hidden();
  std::vector<ColumnDecl> columns;
  columns.reserve(candidates_.size());
  for (const Candidate &candidate : candidates_)
    if (candidate.annotation)
      add(candidate, lineage, placeholders, columns);
  add_made_defaults(lineage, {}, columns);
  // A stable insertion sort: most columns have no sort_order and stay where they are.
  auto by_order = [](const ColumnDecl &a, const ColumnDecl &b) {
    return a.sort_order < b.sort_order;
  };
  for (auto column = columns.begin(); column != columns.end(); ++column)
    std::rotate(std::upper_bound(columns.begin(), column, *column, by_order), column, column + 1);
  return columns;
}

void ColumnReader::add(const Candidate &candidate, const Lineage &lineage,
                       Placeholders &placeholders, std::vector<ColumnDecl> &columns) const {
  const Ancestor &ancestor = lineage.ancestors[candidate.ancestor];
  const bool inherited = candidate.ancestor != 0;
  // Made in its place: a column is large, and there are many.
  ColumnDecl &column = columns.emplace_back();
  column.member = candidate.member;
  column.declared_in = ancestor.class_;
  column.base = ancestor.class_;
  column.holder = ancestor.offset;
  column.offset = add_offsets(ancestor.offset, candidate.member->offset);
  if (candidate.annotation->name == "composite") {
    const ColumnDecl outer = std::move(column);
    columns.pop_back();
    add_composite(outer, *candidate.annotation, inherited, placeholders, columns);
    return;
  }
  column.name = candidate.annotation->string().empty()
                    ? candidate.member->name
                    : Option{column, *candidate.annotation, placeholders, inherited}.text();
  read_options(column, placeholders, inherited);
}

void ColumnReader::add_composite(const ColumnDecl &outer, const Annotation &annotation,
                                 bool inherited, Placeholders &placeholders,
                                 std::vector<ColumnDecl> &columns) const {
  const Type &type = outer.member->type;
  const Class *value_class = type.is_composite() ? program_.find(type.target) : nullptr;
  // A class that holds itself by value, which only a damaged model can have, would never end.
  if (!value_class || outer.outer.size() > 16)
    return;
  ColumnDecl base = outer;
  base.outer.push_back(outer.member);
  if (type.optional()) {
    base.nullable = true;
    base.add_rare().optionals.push_back({outer.member, outer.declared_in, outer.holder});
  }
  base.name += Option{base, annotation, placeholders, inherited}.text();

  // The value class's own lineage: it may have bases too.
  Lineage lineage(program_, *value_class);
  ColumnReader members(program_);
  members.gather(lineage);
  members.drop_hidden();
  for (const Candidate &candidate : members.candidates_) {
    if (!candidate.annotation)
      continue;
    const Ancestor &ancestor = lineage.ancestors[candidate.ancestor];
    ColumnDecl column = base;
    column.member = candidate.member;
    column.declared_in = ancestor.class_;
    column.holder = add_offsets(base.offset, ancestor.offset);
    column.offset = add_offsets(column.holder, candidate.member->offset);
    if (candidate.annotation->name == "composite") {
      add_composite(column, *candidate.annotation, true, placeholders, columns);
      continue;
    }
    column.name += candidate.annotation->string().empty()
                       ? candidate.member->name
                       : Option{column, *candidate.annotation, placeholders, true}.text();
    read_options(column, placeholders, true);
    column.nullable |= base.nullable && !column.primary_key;
    columns.push_back(std::move(column));
  }
  add_made_defaults(lineage, base.outer, columns);
}

} // namespace declorm::model
