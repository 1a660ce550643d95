// plan_constraints.cpp: keys, constraints, indexes and options become annotations: of the member
// where they concern one column and have no name of their own, else of the class head.

#include "declorm/dialect.h"
#include "runtime/schema/ddl_writer.h"
#include "utils/declorm-automap/draft.h"

#include <algorithm>

namespace declorm::automap {

namespace {

/// `{"a", "b"}`
std::string braced(const std::vector<std::string> &names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "{" : ", ") + quoted(name);
  return text + "}";
}

/// `name("x", {…})`; the name may be "".
std::string head_annotation(const std::string &what, const std::string &name,
                            const std::string &rest) {
  return what + "(" + (name.empty() ? "" : quoted(name) + ", ") + rest + ")";
}

/// "unique constraint 'x'"
std::string title(std::string what, const std::string &name) {
  return name.empty() ? what : what + " '" + name + "'";
}

bool sets_null(std::string_view action) { return action == "SET NULL"; }

/// Behind "column": the key is what is looked for first.
void add_first(ColumnPlan &column, std::string annotation) {
  column.annotations.insert(column.annotations.begin() + 1, std::move(annotation));
}

/// Whether the annotation at the column can say the key: it cannot give it a name.
bool fits_column(const Constraint &key) { return key.columns.size() == 1 && key.name.empty(); }

/// The length that the annotations of the column give it.
std::string length_of(const CppType &cpp) {
  for (const std::string &option : cpp.options)
    if (option.starts_with("length("))
      return option;
  return {};
}

bool is_raw(const CppType &cpp) {
  return std::ranges::any_of(
      cpp.options, [](const std::string &option) { return option.starts_with("sql_type("); });
}

/// Of what one class's table has.
class TableArguments {
public:
  TableArguments(Draft &draft, ClassPlan &class_)
      : draft_(draft), class_(class_), table_(*class_.table) {}

  void add();

private:
  void add_key(const Constraint &key);
  void add_unique(const Constraint &unique);
  void add_index(const Index &index);
  void add_foreign_key(const Constraint &key);
  void add_to_column(const Constraint &key, const std::string &target);
  void add_to_head(const Constraint &key, const std::vector<std::string> &targets);
  void allow_oddities(const Reference &reference, std::vector<std::string> &annotations);
  void tell_form(const Constraint &key);
  bool counts_by_itself(const ColumnPlan &column) const;

  Draft &draft_;
  ClassPlan &class_;
  const Table &table_;
};

void TableArguments::add() {
  class_.annotations.push_back(
      "table(" + quoted(table_.name()) +
      (table_.schema().empty() ? std::string() : ", " + quoted(table_.schema())) + ")");
  for (const Constraint &constraint : table_.constraints()) {
    switch (constraint.kind) {
    case ConstraintKind::primary_key:
      add_key(constraint);
      break;
    case ConstraintKind::unique:
      add_unique(constraint);
      break;
    case ConstraintKind::check:
      class_.annotations.push_back(
          head_annotation("check_constraint", constraint.name, quoted(constraint.sql)));
      break;
    case ConstraintKind::foreign_key:
      add_foreign_key(constraint);
      break;
    }
  }
  for (const Index &index : table_.indexes())
    add_index(index);
  for (const detail::TableOption &option : table_.options())
    class_.annotations.push_back("table_option(" + quoted(option.name) + ", " +
                                 quoted(option.value) + ")");
  if (!table_.comment().empty())
    class_.annotations.push_back("comment(" + quoted(table_.comment()) + ")");
  for (const auto &[key, value] : table_.info())
    class_.annotations.push_back("info(" + quoted(key) + ", " + quoted(value) + ")");
  if (!table_.primary_key().empty())
    return;
  std::vector<std::string> members;
  for (const std::string &column : identifying_columns(table_))
    members.push_back(class_.find(column)->member);
  if (members.empty())
    allow(class_.annotations, "no-primary-key");
  else
    class_.annotations.push_back("mapper_primary_key(" + braced(members) + ")");
}

/// What Column::autoincrement says of the annotated class if nothing is said there.
bool TableArguments::counts_by_itself(const ColumnPlan &column) const {
  const Column &declared = table_.column(column.column);
  if (column.cpp.kind > CppKind::int64 || is_raw(column.cpp) || declared.server_default() ||
      declared.computed())
    return false;
  return std::ranges::none_of(table_.constraints(), [&](const Constraint &constraint) {
    return constraint.kind == ConstraintKind::foreign_key &&
           contains(constraint.columns, column.column);
  });
}

/// Annotations name a key's columns, and no more.
void TableArguments::tell_form(const Constraint &key) {
  Constraint plain = key;
  plain.order.clear();
  plain.options.clear();
  const std::string form = draft_.dialect.ddl().key(key),
                    plain_form = draft_.dialect.ddl().key(plain);
  if (form != plain_form)
    draft_.tell(
        class_, class_.notes,
        title(key.kind == ConstraintKind::unique ? "unique constraint" : "primary key", key.name) +
            " is " + form + ", and would be created as " + plain_form);
}

void TableArguments::add_key(const Constraint &key) {
  tell_form(key);
  std::vector<std::string> in_order;
  for (const ColumnPlan &column : class_.columns)
    if (contains(key.columns, column.column))
      in_order.push_back(column.column);
  if (key.columns.size() == 1) {
    ColumnPlan &column = *class_.find(key.columns.front());
    const bool counts = table_.column(column.column).autoincrement();
    if (counts != counts_by_itself(column))
      add_first(column, counts ? "autoincrement(true)" : "autoincrement(false)");
  }
  if (!key.name.empty() || in_order != key.columns) {
    class_.annotations.push_back(
        head_annotation("primary_key_constraint", key.name, braced(key.columns)));
    return;
  }
  for (const std::string &name : key.columns)
    add_first(*class_.find(name), "primary_key");
}

void TableArguments::add_unique(const Constraint &unique) {
  tell_form(unique);
  if (unique.columns.size() == 1 && unique.name.empty()) {
    ColumnPlan &column = *class_.find(unique.columns.front());
    if (!contains(column.annotations, "unique")) {
      column.annotations.emplace_back("unique");
      return;
    }
  }
  class_.annotations.push_back(
      head_annotation("unique_constraint", unique.name, braced(unique.columns)));
}

void TableArguments::add_index(const Index &index) {
  const bool is_plain = index.where.empty() && index.expressions.empty();
  if (is_plain && index.columns.size() == 1 &&
      index.name == "ix_" + table_.name() + "_" + index.columns.front()) {
    ColumnPlan &column = *class_.find(index.columns.front());
    // `unique` and `index` together are one unique index.
    if (!contains(column.annotations, "index") && !contains(column.annotations, "unique")) {
      if (index.unique)
        column.annotations.emplace_back("unique");
      column.annotations.emplace_back("index");
      return;
    }
  }
  class_.annotations.push_back(
      head_annotation(index.unique ? "unique_index" : "index", index.name,
                      braced(index.expressions.empty() ? index.columns : index.expressions) +
                          (index.where.empty() ? "" : ", " + quoted(index.where))));
}

void TableArguments::add_foreign_key(const Constraint &key) {
  const auto found = std::ranges::find(draft_.references, &key, &Reference::key);
  if (found == draft_.references.end())
    return;
  if (fits_column(key)) {
    add_to_column(key, draft_.to(*found).table->full_name() + "." + found->referred.front());
    allow_oddities(*found, class_.find(key.columns.front())->annotations);
    return;
  }
  std::vector<std::string> targets;
  for (const std::string &column : found->referred)
    targets.push_back(draft_.to(*found).table->full_name() + "." + column);
  add_to_head(key, targets);
  allow_oddities(*found, class_.annotations);
}

void TableArguments::add_to_column(const Constraint &key, const std::string &target) {
  ColumnPlan &column = *class_.find(key.columns.front());
  column.annotations.push_back("foreign_key(" + quoted(target) + ")");
  if (!key.on_delete.empty())
    column.annotations.push_back("on_delete(" + quoted(key.on_delete) + ")");
  if (!key.on_update.empty())
    column.annotations.push_back("on_update(" + quoted(key.on_update) + ")");
  if (key.deferrable)
    column.annotations.emplace_back("deferrable");
}

void TableArguments::add_to_head(const Constraint &key, const std::vector<std::string> &targets) {
  std::string actions;
  if (!key.on_delete.empty() || !key.on_update.empty())
    actions = ", " + quoted(key.on_delete);
  if (!key.on_update.empty())
    actions += ", " + quoted(key.on_update);
  if (key.deferrable)
    actions += ", \"deferrable\"";
  class_.annotations.push_back(head_annotation(
      "foreign_key_constraint", key.name, braced(key.columns) + ", " + braced(targets) + actions));
}

/// The database may hold what declorm would not let a person write.
void TableArguments::allow_oddities(const Reference &reference,
                                    std::vector<std::string> &annotations) {
  const Constraint &key = *reference.key;
  const bool clears = sets_null(key.on_delete) || sets_null(key.on_update);
  for (std::size_t i = 0; i != key.columns.size(); ++i) {
    const ColumnPlan &own = *class_.find(key.columns[i]);
    const ColumnPlan &referred = *draft_.to(reference).find(reference.referred[i]);
    if (clears && !table_.column(own.column).nullable())
      allow(annotations, "nullability-mismatch");
    if (own.cpp.kind != referred.cpp.kind || length_of(own.cpp) != length_of(referred.cpp))
      allow(annotations, "foreign-key-type");
  }
}

/// A row that cannot be inserted before another one, which needs it in turn.
void allow_cycles(Draft &draft) {
  const auto is_needed = [&](const Reference &reference) {
    const Table &table = *draft.from(reference).table;
    const Constraint &key = *reference.key;
    return !reference.is_self() && !key.deferrable &&
           std::ranges::none_of(key.columns, [&](const std::string &column) {
             return table.column(column).nullable();
           });
  };
  Edges needs(draft.plan.classes.size());
  for (const Reference &reference : draft.references)
    if (is_needed(reference))
      needs[reference.from].push_back(reference.to);
  for (const Reference &reference : draft.references) {
    if (!is_needed(reference) || !is_reached(needs, reference.to, reference.from))
      continue;
    ClassPlan &class_ = draft.from(reference);
    allow(fits_column(*reference.key) ? class_.find(reference.key->columns.front())->annotations
                                      : class_.annotations,
          "deferred-cycle");
  }
}

} // namespace

void add_table_arguments(Draft &draft) {
  for (ClassPlan &class_ : draft.plan.classes)
    if (class_.kind == ClassKind::row)
      class_.annotations.emplace_back("row");
    else
      TableArguments(draft, class_).add();
  allow_cycles(draft);
}

} // namespace declorm::automap
