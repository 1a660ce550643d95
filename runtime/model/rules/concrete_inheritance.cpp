// concrete_inheritance.cpp: What concrete classes say contradicts itself or their union.

#include "runtime/model/lineage.h"
#include "runtime/model/rule.h"

#include <algorithm>
#include <unordered_map>

namespace declorm::model {

namespace {

class Checker {
public:
  Checker(const Program &program, const Mapping &mapping, Diagnostics &diagnostics)
      : program_(program), mapping_(mapping), diagnostics_(diagnostics) {}

  void check() {
    for (const ProgramClass &program_class : program_.classes)
      check_head(program_class.class_());
    for (const MappedClass &mapped : mapping_.classes)
      if (mapped.concrete_union && mapped.complete)
        check_union(mapped);
    for (const MappedClass &mapped : mapping_.classes)
      if (mapped.up())
        check_sharing(mapped);
  }

private:
  void report(std::string message, const Location &location, std::vector<Note> notes = {}) {
    diagnostics_.push_back(
        {"concrete-inheritance", Severity::error, std::move(message), location, std::move(notes)});
  }
  static std::string named(const Class &class_) { return "class '" + class_.name + "'"; }
  static std::string named(const MappedClass &mapped) { return named(*mapped.class_); }

  void check_head(const Class &class_);
  void check_discriminator_name(const Class &class_);
  void check_union(const MappedClass &mapped);
  void check_polymorphic_on(const MappedClass &mapped);
  void check_type_column(const MappedClass &mapped, const MappedClass &part);
  void check_identity(const MappedClass &mapped, std::size_t index);
  void check_key(const MappedClass &mapped);
  void check_sharing(const MappedClass &mapped);

  const Program &program_;
  const Mapping &mapping_;
  Diagnostics &diagnostics_;
  std::unordered_map<const MappedClass *, const MappedClass *> union_of_; ///< by part
};

void Checker::check_head(const Class &class_) {
  const Annotation *base = find(class_.annotations, "concrete_base");
  const Annotation *abstract = find(class_.annotations, "abstract_concrete_base");
  const Annotation *concrete = find(class_.annotations, "concrete");
  if (base && abstract)
    report(named(class_) + " is both concrete_base and abstract_concrete_base; the first has a "
                           "table that is part of the union, the second has none",
           abstract->location, {{"concrete_base is here", base->location}});
  else if (abstract && has_table(class_))
    report(named(class_) + " is an abstract_concrete_base and has a table; write concrete_base, or "
                           "leave out the table",
           abstract->location,
           {{"the table is here", find(class_.annotations, "table")->location}});
  else if (base && !has_table(class_))
    report(named(class_) + " is a concrete_base and has no table; add [[declorm::table]], or write "
                           "abstract_concrete_base",
           base->location);
  else if (concrete && !has_table(class_) && !is_read_from_union(class_)) {
    // A mixin may say it for the classes that take it.
    const Lineage lineage(program_, class_);
    const bool is_mixin =
        !claims_mapping(class_) &&
        std::none_of(lineage.ancestors.begin() + 1, lineage.ancestors.end(),
                     [&](const Ancestor &above) { return mapping_.find(above.class_->key); });
    if (!is_mixin)
      report(named(class_) + " is concrete and has no table; add [[declorm::table]]",
             concrete->location);
  }
  check_discriminator_name(class_);
}

void Checker::check_discriminator_name(const Class &class_) {
  const Annotation *name = find(class_.annotations, "concrete_discriminator");
  if (!name)
    return;
  if (name->string().empty())
    report(named(class_) + ": the name in concrete_discriminator is empty", name->location);
  else if (claims_mapping(class_) && !find(class_.annotations, "concrete_base"))
    report("concrete_discriminator names the type column of a union, and " + named(class_) +
               " has none: it is neither concrete_base nor abstract_concrete_base",
           name->location);
}

void Checker::check_union(const MappedClass &mapped) {
  const UnionDecl &decl = *mapped.concrete_union;
  for (const MappedClass *part : decl.parts)
    union_of_.emplace(part, &mapped);
  union_of_.emplace(&mapped, &mapped);
  if (decl.kind == UnionKind::made) {
    if (!decl.parts.empty() && decl.type_column.empty())
      report(named(mapped) + " has subclasses with tables of their own; name the column of its "
                             "union that tells them apart: [[declorm::polymorphic_on(\"type\")]]",
             decl.location, {{"one is here", decl.parts.front()->class_->location}});
  } else {
    check_polymorphic_on(mapped);
    check_key(mapped);
  }
  if (decl.kind == UnionKind::abstract_base && decl.parts.empty() && program_.whole &&
      !program_.incomplete && !has_table(*mapped.class_))
    report("no class with a table derives from the abstract_concrete_base '" + mapped.class_->name +
               "'; there is nothing to read it from",
           decl.location);
  for (std::size_t i = 0; i != decl.parts.size(); ++i) {
    if (decl.kind != UnionKind::made)
      check_type_column(mapped, *decl.parts[i]);
    if (decl.kind == UnionKind::made || !decl.type_column.empty())
      check_identity(mapped, i);
  }
}

void Checker::check_polymorphic_on(const MappedClass &mapped) {
  const Lineage lineage(program_, *mapped.class_);
  const Annotation *given = lineage.find_own("polymorphic_on");
  for (const ColumnDecl &column : mapped.table.columns)
    if (const Annotation *marked = find(column.member->annotations, "polymorphic_on"))
      given = given ? given : marked;
  if (given)
    report(named(mapped) + " is read from a union, whose type column '" +
               mapped.concrete_union->type_column +
               "' tells its subclasses apart; leave out polymorphic_on, and name the type column "
               "with concrete_discriminator if need be",
           given->location);
}

void Checker::check_type_column(const MappedClass &mapped, const MappedClass &part) {
  const UnionDecl &decl = *mapped.concrete_union;
  for (const ColumnDecl &column : part.table.columns)
    if (column.name == decl.type_column)
      report("the type column '" + decl.type_column + "' of the union of " + named(mapped) +
                 " would hide the column '" + part.table.full_name() + "." + column.name +
                 "'; give the type column another name with "
                 "[[declorm::concrete_discriminator(\"…\")]]",
             decl.location, {{"the column is here", column.location()}});
}

/// Text or an integer, as the database gets it; or nothing.
std::variant<std::monostate, std::string, std::int64_t> plain(const Value &value) {
  if (const std::string *text = value.string())
    return *text;
  if (const std::int64_t *integer = value.integer())
    return *integer;
  if (const auto *enumerator = std::get_if<EnumValue>(&value.data))
    return enumerator->value;
  return {};
}

void Checker::check_identity(const MappedClass &mapped, std::size_t index) {
  const std::vector<const MappedClass *> &parts = mapped.concrete_union->parts;
  const MappedClass &part = *parts[index];
  const std::string union_name = "the union of " + named(mapped);
  if (!part.identity) {
    // The rows of the base itself may do without; a table that a function makes may be a union.
    if (&part != &mapped && part.is_head_known && part.has_table())
      report(named(part) + " has no polymorphic_identity, and its rows are read from " +
                 union_name + "; give it one, so that they can be told apart",
             part.class_->location, {{"the union is here", mapped.concrete_union->location}});
    return;
  }
  const auto identity = plain(part.identity->value);
  if (identity.index() == 0)
    return report("the polymorphic_identity of " + named(part) +
                      " is neither text nor an integer; a union's type column takes only these",
                  part.identity->location);
  for (std::size_t i = 0; i != index; ++i) {
    if (!parts[i]->identity)
      continue;
    const auto known = plain(parts[i]->identity->value);
    const std::vector<Note> notes{{"the other one is here", parts[i]->identity->location}};
    if (known == identity)
      return report(named(*parts[i]) + " and " + named(part) +
                        " have the same polymorphic_identity in " + union_name +
                        "; their rows could not be told apart",
                    part.identity->location, notes);
    if (known.index() != 0 && known.index() != identity.index())
      return report("the polymorphic_identity of " + named(part) +
                        " is of another type than that "
                        "of " +
                        named(*parts[i]) + "; one type column holds both",
                    part.identity->location, notes);
  }
}

void Checker::check_key(const MappedClass &mapped) {
  const UnionDecl &decl = *mapped.concrete_union;
  if (decl.parts.empty())
    return;
  const auto has_key = [](const MappedClass &part, const std::string &name) {
    return std::any_of(
        part.table.columns.begin(), part.table.columns.end(),
        [&](const ColumnDecl &column) { return column.primary_key && column.name == name; });
  };
  const auto is_key = [](const ColumnDecl &column) { return column.primary_key; };
  for (const MappedClass *part : decl.parts)
    if (std::none_of(part->table.columns.begin(), part->table.columns.end(), is_key))
      return; // no-primary-key says so
  for (const ColumnDecl &column : decl.parts.front()->table.columns)
    if (is_key(column) && std::all_of(decl.parts.begin(), decl.parts.end(),
                                      [&](auto *part) { return has_key(*part, column.name); }))
      return;
  report("the tables in the union of " + named(mapped) +
             " have no key column in common; give the key the same name in all of them",
         decl.location, {{"the first table is here", decl.parts.front()->table.location}});
}

/// Single and joined classes below a class that is read from a union.
void Checker::check_sharing(const MappedClass &mapped) {
  const auto found = union_of_.find(mapped.root);
  if (found == union_of_.end())
    return;
  const MappedClass &base = *found->second;
  // A Table that a function makes may be no union: configure sees it.
  if (base.concrete_union->kind == UnionKind::made && base.concrete_union->parts.empty())
    return;
  if (base.concrete_union->kind == UnionKind::abstract_base && mapped.root == &base)
    report(named(mapped) + " has no table of its own, and neither has its base '" +
               base.class_->name + "', an abstract_concrete_base; add [[declorm::table]]",
           mapped.table.location);
  else
    report(named(mapped) + " shares the rows of '" + mapped.root->class_->name +
               "', which are read from the union of " + named(base) +
               "; give it a table of its own and write [[declorm::concrete]]",
           mapped.table.location, {{"the union is here", base.concrete_union->location}});
}

} // namespace

void rule::concrete_inheritance(const Program &program, const Mapping &mapping,
                                Diagnostics &diagnostics) {
  Checker(program, mapping, diagnostics).check();
  for (const MappedClass &mapped : mapping.classes) {
    if (!mapped.up())
      continue;
    for (const char *name : {"include_properties", "exclude_properties"})
      if (const Annotation *annotation = find(mapped.class_->annotations, name))
        diagnostics.push_back(
            {"concrete-inheritance",
             Severity::error,
             std::string(name) + " on class '" + mapped.class_->name +
                 "' has nothing to choose from: the members of its bases are in the table of '" +
                 mapped.parent->table_class->class_->name +
                 "'; it is for concrete classes and reflected tables",
             annotation->location,
             {}});
  }
}

} // namespace declorm::model
