// plan.cpp: tables become classes, columns members, and foreign keys references between classes.

#include "declorm/dialect.h"
#include "runtime/schema/ddl_writer.h"
#include "utils/declorm-automap/draft.h"

#include <algorithm>
#include <map>

namespace declorm::automap {

namespace {

/// Whether `name` is what the glob stands for: '*' is any text, '?' any character.
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, after_star = 0;
  while (n != name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++after_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

/// The table that a foreign key's first column refers to, or null.
Table *target_of(MetaData &metadata, const Constraint &key) {
  return metadata.find_table(ForeignKey(key.referred.front()).target_table());
}

std::string title(const Table &table) {
  return (table.is_view() ? "view '" : "table '") + table.full_name() + "'";
}

} // namespace

ColumnPlan *ClassPlan::find(std::string_view column) {
  for (ColumnPlan &plan : columns)
    if (plan.column == column)
      return &plan;
  return nullptr;
}

const ColumnPlan *ClassPlan::find(std::string_view column) const {
  return const_cast<ClassPlan *>(this)->find(column);
}

void Draft::take_name(const ClassPlan &class_, MemberPlan &member,
                      const std::vector<std::string> &candidates, const std::string &own) {
  Scope &scope = scope_of(class_);
  const auto all_names = [&](const std::string &name) {
    std::vector<std::string> names{name};
    if (options.private_members) {
      // Two underscores side by side are the compiler's own.
      names.push_back(name + (name.ends_with('_') ? "m_" : "_"));
      names.push_back(setter_name(name, options.member_case));
    }
    return names;
  };
  // `fields` is declared by classes with accessors.
  member.name = Scope::choose(candidates, "_", [&](const std::string &name) {
    return std::ranges::all_of(all_names(name), [&](const std::string &part) {
      return (part == own || !scope.has(part)) && !class_names.has(part) &&
             !(options.private_members && part == "fields");
    });
  });
  const std::vector<std::string> names = all_names(member.name);
  for (const std::string &name : names)
    scope.reserve(name);
  member.member = options.private_members ? names[1] : names[0];
  member.setter = setter_name(member.name, options.member_case);
}

void Draft::tell(const ClassPlan &class_, std::vector<std::string> &notes,
                 const std::string &text) {
  notes.push_back(text);
  if (char &first = notes.back().front(); first >= 'a' && first <= 'z')
    first = static_cast<char>(first - 'a' + 'A');
  plan.warnings.push_back(title(*class_.table) + ": " + text);
}

bool Draft::have_same_types(const Reference &reference) {
  for (std::size_t i = 0; i != reference.referred.size(); ++i) {
    const CppKind one = from(reference).find(reference.key->columns[i])->cpp.kind;
    const CppKind other = to(reference).find(reference.referred[i])->cpp.kind;
    if (one != other && (one > CppKind::int64 || other > CppKind::int64))
      return false;
  }
  return true;
}

std::vector<std::string> identifying_columns(const Table &table) {
  const auto is_never_null = [&](const std::string &column) {
    return !table.column(column).nullable();
  };
  for (const ConstraintKind kind : {ConstraintKind::primary_key, ConstraintKind::unique})
    for (const Constraint &constraint : table.constraints())
      if (constraint.kind == kind && std::ranges::all_of(constraint.columns, is_never_null))
        return constraint.columns;
  for (const Index &index : table.indexes())
    if (index.unique && index.where.empty() && index.expressions.empty() &&
        std::ranges::all_of(index.columns, is_never_null))
      return index.columns;
  return {};
}

bool is_reached(const Edges &edges, std::size_t from, std::size_t to) {
  std::vector<std::size_t> open{from};
  std::vector<bool> seen(edges.size());
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (at == to)
      return true;
    if (seen[at])
      continue;
    seen[at] = true;
    open.insert(open.end(), edges[at].begin(), edges[at].end());
  }
  return false;
}

std::string comma_list(const std::vector<std::string> &names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

void allow(std::vector<std::string> &annotations, const std::string &rule) {
  if (const std::string text = "allow(" + quoted(rule) + ")"; !contains(annotations, text))
    annotations.push_back(text);
}

namespace {

/// Why no annotation can say the foreign key, or "".
std::string why_not(const Constraint &key, const ClassPlan *target, bool is_there) {
  if (!target)
    return (is_there ? "no class stands for the table '" : "there is no table '") +
           ForeignKey(key.referred.front()).target_table() + "'";
  if (target->kind == ClassKind::row)
    return "'" + target->table->full_name() + "' is a view";
  for (const std::string &referred : key.referred)
    if (!target->find(ForeignKey(referred).target_column()))
      return "there is no column '" + referred + "'";
  return {};
}

class Planner {
public:
  Planner(MetaData &metadata, const Dialect &dialect, const PlanOptions &options)
      : metadata_(metadata), dialect_(dialect), options_(options), draft_{options, dialect} {}

  Plan make();

private:
  std::vector<Table *> selected_tables();
  void name_classes(const std::vector<Table *> &tables);
  void add_columns(ClassPlan &class_);
  void add_type(ColumnPlan &plan, const Column &column, const ClassPlan &class_);
  void add_default(ColumnPlan &plan, const Column &column);
  void find_references();
  void add_reference(std::size_t from, const Constraint &key,
                     std::map<std::string, unsigned> &uses);
  bool is_association(std::size_t index);

  MetaData &metadata_;
  const Dialect &dialect_;
  const PlanOptions &options_;
  Draft draft_;
  std::map<const Table *, std::size_t> by_table_;
};

Plan Planner::make() {
  name_classes(selected_tables());
  std::vector<ClassPlan> &classes = draft_.plan.classes;
  draft_.scopes.resize(classes.size());
  for (ClassPlan &class_ : classes) {
    for (const std::string &sentence : class_.table->left_out())
      draft_.tell(class_, class_.notes, sentence);
    add_columns(class_);
  }
  find_references();
  for (std::size_t i = 0; i != classes.size(); ++i)
    if (is_association(i))
      classes[i].kind = ClassKind::association;
    else if (classes[i].kind == ClassKind::keyless)
      draft_.tell(classes[i], classes[i].notes,
                  "no primary key: a Connection inserts and selects rows, a Session holds none");
  draft_.plan.private_members = options_.private_members;
  add_table_arguments(draft_);
  add_relationships(draft_);
  return std::move(draft_.plan);
}

std::vector<Table *> Planner::selected_tables() {
  std::vector<Table *> all = metadata_.tables(), selected;
  std::erase_if(all, [&](const Table *table) {
    const bool is_empty = table->columns().empty();
    if (is_empty)
      draft_.plan.warnings.push_back("'" + table->full_name() +
                                     "' is left out: it has no column with a name");
    return is_empty;
  });
  const auto select = [&](Table *table) {
    if (std::ranges::find(selected, table) != selected.end())
      return false;
    selected.push_back(table);
    return true;
  };
  if (options_.only.empty())
    return all;
  for (const std::string &pattern : options_.only) {
    bool is_known = false;
    for (Table *table : all)
      if (matches(pattern, table->name()) || matches(pattern, table->full_name())) {
        is_known = true;
        select(table);
      }
    if (!is_known)
      draft_.plan.unmatched.push_back(pattern);
  }
  // A foreign key needs the table it refers to.
  for (std::size_t i = 0; i != selected.size(); ++i)
    for (const Constraint &constraint : selected[i]->constraints())
      if (constraint.kind == ConstraintKind::foreign_key)
        if (Table *target = target_of(metadata_, constraint);
            target && !target->columns().empty() && select(target))
          draft_.plan.warnings.push_back(title(*target) + " is added: '" +
                                         selected[i]->full_name() + "' refers to it");
  std::erase_if(all,
                [&](Table *table) { return std::ranges::find(selected, table) == selected.end(); });
  return all;
}

void Planner::name_classes(const std::vector<Table *> &tables) {
  std::vector<ClassPlan> &classes = draft_.plan.classes;
  for (const Table *table : tables) {
    ClassPlan &class_ = classes.emplace_back();
    class_.table = table;
    if (table->is_view())
      class_.kind = ClassKind::row;
    else if (identifying_columns(*table).empty())
      class_.kind = ClassKind::keyless;
    by_table_[table] = classes.size() - 1;
  }
  // A table "person" keeps its name where there is a table "people" too.
  for (const bool is_exact : {true, false})
    for (ClassPlan &class_ : classes) {
      const std::string whole = class_name(words(class_.table->name()));
      const std::string single =
          options_.singular ? class_name(singular_words(class_.table->name())) : whole;
      if ((whole == single) != is_exact)
        continue;
      class_.name = Scope::choose({single, whole}, "", [&](const std::string &name) {
        return !draft_.class_names.has(name);
      });
      draft_.class_names.reserve(class_.name);
    }
}

void Planner::add_columns(ClassPlan &class_) {
  // A member that has the name of another's column would be taken for it.
  for (const Column *column : class_.table->columns())
    draft_.scope_of(class_).reserve(column->name());
  for (const Column *column : class_.table->columns()) {
    ColumnPlan plan;
    plan.column = column->name();
    draft_.take_name(class_, plan, {member_name(column->name(), options_.member_case)},
                     column->name());
    plan.annotations.push_back(plan.member == plan.column ? "column"
                                                          : "column(" + quoted(plan.column) + ")");
    add_type(plan, *column, class_);
    class_.columns.push_back(std::move(plan));
  }
}

void Planner::add_type(ColumnPlan &plan, const Column &column, const ClassPlan &class_) {
  plan.cpp = cpp_type(column, dialect_, options_.types);
  plan.optional = column.nullable();
  plan.read_only = column.computed().has_value();
  if (!plan.cpp.is_known)
    draft_.tell(class_, plan.notes,
                "column '" + column.name() + "' has " +
                    (column.type().name.empty()
                         ? "no type"
                         : "the type '" + column.type().name + "', which is not known") +
                    ": it is read as text, and a value that is none is an error");
  if (class_.kind != ClassKind::row) {
    plan.annotations.insert(plan.annotations.end(), plan.cpp.options.begin(),
                            plan.cpp.options.end());
    add_default(plan, column);
    if (plan.read_only)
      plan.annotations.push_back("computed(" + quoted(*column.computed()) + ")");
    if (column.computed_stored())
      plan.annotations.emplace_back("stored");
    if (const std::string not_null = dialect_.ddl().not_null(column);
        !column.nullable() && not_null != "NOT NULL")
      draft_.tell(class_, plan.notes,
                  "column '" + column.name() + "' is " + not_null +
                      ", and would be created NOT NULL");
    if (!column.comment().empty())
      plan.annotations.push_back("comment(" + quoted(column.comment()) + ")");
  }
  plan.type = plan.optional ? "std::optional<" + plan.cpp.name + ">" : plan.cpp.name;
  if (!plan.initial.empty())
    return;
  const bool is_number = plan.cpp.kind <= CppKind::int64 || plan.cpp.kind == CppKind::float64;
  if (plan.optional)
    plan.initial = "{}";
  else
    plan.initial = is_number ? " = 0" : plan.cpp.kind == CppKind::boolean ? " = false" : "{}";
}

void Planner::add_default(ColumnPlan &plan, const Column &column) {
  const std::optional<std::string> &value = column.server_default();
  if (!value)
    return;
  plan.annotations.push_back("server_default(" + quoted(*value) + ")");
  if (plan.optional || column.primary_key())
    return;
  plan.initial = initialiser(*value, plan.cpp.kind, plan.cpp.shape);
  if (!plan.initial.empty())
    return;
  // Only an empty member leaves the value to the database.
  plan.optional = true;
  plan.annotations.emplace_back("nullable(false)");
}

void Planner::find_references() {
  const std::vector<ClassPlan> &classes = draft_.plan.classes;
  for (std::size_t from = 0; from != classes.size(); ++from) {
    if (classes[from].kind == ClassKind::row)
      continue;
    std::map<std::string, unsigned> uses;
    for (const Constraint &constraint : classes[from].table->constraints())
      if (constraint.kind == ConstraintKind::foreign_key)
        for (const std::string &column : constraint.columns)
          ++uses[column];
    for (const Constraint &constraint : classes[from].table->constraints())
      if (constraint.kind == ConstraintKind::foreign_key)
        add_reference(from, constraint, uses);
  }
}

void Planner::add_reference(std::size_t from, const Constraint &key,
                            std::map<std::string, unsigned> &uses) {
  ClassPlan &class_ = draft_.plan.classes[from];
  const Table *table = target_of(metadata_, key);
  const auto to = by_table_.find(table);
  const ClassPlan *target = to == by_table_.end() ? nullptr : &draft_.plan.classes[to->second];
  if (const std::string why = why_not(key, target, table != nullptr); !why.empty()) {
    draft_.tell(class_, class_.notes,
                "foreign key" + (key.name.empty() ? "" : " '" + key.name + "'") + " (" +
                    comma_list(key.columns) + ") to (" + comma_list(key.referred) +
                    ") is left out: " + why);
    return;
  }
  Reference reference{from, to->second, &key, {}};
  for (const std::string &referred : key.referred)
    reference.referred.push_back(ForeignKey(referred).target_column());
  for (const std::string &column : key.columns)
    reference.shares_columns |= uses[column] > 1;
  draft_.references.push_back(std::move(reference));
}

/// A table of nothing but two foreign keys, to which no other refers.
bool Planner::is_association(std::size_t index) {
  const ClassPlan &class_ = draft_.plan.classes[index];
  if (class_.kind == ClassKind::row)
    return false;
  std::size_t keys = 0, references = 0, columns = 0;
  for (const Constraint &constraint : class_.table->constraints())
    keys += constraint.kind == ConstraintKind::foreign_key;
  for (const Reference &reference : draft_.references) {
    if (reference.to == index)
      return false;
    if (reference.from != index)
      continue;
    if (reference.shares_columns || draft_.to(reference).kind != ClassKind::mapped ||
        !draft_.have_same_types(reference))
      return false;
    ++references;
    columns += reference.key->columns.size();
  }
  return keys == 2 && references == 2 && columns == class_.columns.size();
}

} // namespace

Plan make_plan(MetaData &metadata, const Dialect &dialect, const PlanOptions &options) {
  return Planner(metadata, dialect, options).make();
}

} // namespace declorm::automap
