// mapping.cpp: From annotated classes to tables.
//
// For each class with a table, in four steps: its lineage, the table's name, the columns
// (columns.h), the table arguments (table_args.h).

#include "runtime/model/mapping.h"

#include "runtime/model/columns.h"
#include "runtime/model/concrete.h"
#include "runtime/model/expression/expressions.h"
#include "runtime/model/foreign_keys.h"
#include "runtime/model/hierarchy.h"
#include "runtime/model/lineage.h"
#include "runtime/model/outer.h"
#include "runtime/model/placeholders.h"
#include "runtime/model/relationships.h"
#include "runtime/model/table_args.h"
#include "runtime/model/version.h"

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
  bool for_root = false; ///< there is one, but this class is no root
};

Pattern find_pattern(const Lineage &lineage, bool is_root) {
  Pattern found;
  for (std::size_t i = 0; i < lineage.ancestors.size() && !found.annotation; ++i) {
    const Class &class_ = *lineage.ancestors[i].class_;
    const Annotation *pattern = find(class_.annotations, "table_name");
    if (!pattern)
      continue;
    if (!is_root && find(class_.annotations, "root_only"))
      found.for_root = true;
    else if (i == 0 || !claims_mapping(class_) || has_placeholder(pattern->string()))
      found = {pattern, i != 0, false};
  }
  return found;
}

void name_table(const Lineage &lineage, bool is_root, Placeholders &placeholders,
                TableDecl &table) {
  const Class &class_ = *lineage.ancestors.front().class_;
  // Heads that contradict each other may leave none; they are reported elsewhere.
  const Annotation *annotation = find(class_.annotations, "table");
  table.location = annotation ? annotation->location : class_.location;
  if (annotation)
    table.schema = annotation->string(1);
  if (annotation && !annotation->string().empty())
    table.name = placeholders.fill(annotation->string(), annotation->location, false);
  else if (Pattern pattern = find_pattern(lineage, is_root); pattern.annotation)
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
  const Lineage lineage(program, *outer);
  const bool is_root =
      std::none_of(lineage.ancestors.begin() + 1, lineage.ancestors.end(),
                   [](const Ancestor &above) { return claims_mapping(*above.class_); });
  name_table(lineage, is_root, outer_placeholders, table);
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
  mapped.own_columns = mapped.table.columns.size();
}

} // namespace

bool MappedClass::may_have(std::string_view name) const {
  return may_be_unseen(complete, doubtful, name);
}

const MappedClass *Mapping::find(std::string_view key) const {
  auto found =
      std::lower_bound(by_key.begin(), by_key.end(), key, [&](std::size_t i, std::string_view k) {
        return classes[i].class_->key < k;
      });
  return found != by_key.end() && classes[*found].class_->key == key ? &classes[*found] : nullptr;
}

namespace {

/// Reads the annotations of mapped classes, parents before children.
class MappingReader {
public:
  MappingReader(const Program &program, Mapping &mapping, Diagnostics &diagnostics,
                const ReflectedShapes &reflected)
      : program_(program), mapping_(mapping), diagnostics_(diagnostics), reflected_(reflected),
        columns_(program), outers_(program), names_(program, mapping) {}

  void read() {
    for (const ProgramClass &program_class : program_.classes)
      if (const Class &class_ = program_class.class_();
          find(class_.annotations, "row") && !mapping_.find(class_.key))
        add_row(program_, class_, columns_, mapping_, diagnostics_);
    for (MappedClass &row : mapping_.rows) // they do not move any more
      row.root = row.table_class = &row;
    for (MappedClass &mapped : mapping_.classes)
      if (!mapped.parent)
        read_hierarchy(mapped);
  }

  /// Names in strings may mean any class: all have their columns now.
  void read_expressions() {
    link_foreign_keys(names_, mapping_);
    RelationshipReader relationships(names_, diagnostics_);
    for (MappedClass *mapped : with_expressions_) {
      Placeholders placeholders(*mapped->class_, diagnostics_);
      set_outer(program_, outers_, *mapped->class_, placeholders);
      placeholders.set_table(mapped->table.name);
      ExpressionReader(names_, *mapped, placeholders, diagnostics_).read();
      relationships.read(*mapped, placeholders);
    }
    if (!with_expressions_.empty())
      check_circles(mapping_, diagnostics_);
    link_joined(mapping_);
    link_relationships(names_, mapping_);
  }

private:
  void read_hierarchy(MappedClass &mapped) {
    read_class(mapped);
    for (MappedClass *child : mapped.children)
      read_hierarchy(*child);
  }
  void read_class(MappedClass &mapped);
  void set_inheritance(MappedClass &mapped);
  void read_table(MappedClass &mapped, Placeholders &placeholders);
  void read_identity(MappedClass &mapped, Placeholders &placeholders);
  void read_mapper_key(MappedClass &mapped, Placeholders &placeholders);
  void find_discriminator(MappedClass &mapped);

  const Program &program_;
  Mapping &mapping_;
  Diagnostics &diagnostics_;
  const ReflectedShapes &reflected_;
  Lineage lineage_; ///< of the class that is read
  ColumnReader columns_;
  OuterFinder outers_;
  Names names_;
  std::vector<MappedClass *> with_expressions_;
};

void MappingReader::set_inheritance(MappedClass &mapped) {
  const MappedClass *parent = mapped.parent;
  if (!parent)
    return;
  if (is_concrete(mapped, lineage_)) {
    mapped.inheritance = Inheritance::concrete;
    return;
  }
  const Annotation *table = find(mapped.class_->annotations, "table");
  const bool is_named = table && !table->string().empty();
  const bool shares =
      !has_table(*mapped.class_) || (!is_named && find_pattern(lineage_, false).for_root);
  mapped.inheritance = shares ? Inheritance::single : Inheritance::joined;
  mapped.root = parent->root;
  mapped.table_class = shares ? parent->table_class : &mapped;
  lineage_.mark_inherited(program_, *parent->class_);
  for (const MappedClass *other : mapped.other_parents) // an error; what it declares is its own
    lineage_.mark_inherited(program_, *other->class_);
}

/// In the order of `names`; columns that are not among them stay behind the others.
void order_columns(std::vector<ColumnDecl> &columns, const std::vector<std::string> &names) {
  std::size_t sorted = 0;
  for (const std::string &name : names)
    for (std::size_t i = sorted; i != columns.size(); ++i)
      if (columns[i].name == name) {
        std::rotate(columns.begin() + std::ptrdiff_t(sorted), columns.begin() + std::ptrdiff_t(i),
                    columns.begin() + std::ptrdiff_t(i + 1));
        ++sorted;
      }
}

void mark_key(std::vector<ColumnDecl> &columns, const std::vector<std::string> &key) {
  for (ColumnDecl &column : columns)
    if (std::find(key.begin(), key.end(), column.name) != key.end()) {
      column.primary_key = true;
      column.nullable = false;
    }
}

/// A key that is taken from the parent has the names that the table gives it.
void rename_key(std::vector<ColumnDecl> &key, const ReflectedShape &reflected) {
  for (const ColumnDecl &column : key)
    if (std::find(reflected.key.begin(), reflected.key.end(), column.name) == reflected.key.end() &&
        reflected.key.size() == key.size()) {
      for (std::size_t i = 0; i != key.size(); ++i)
        key[i].name = reflected.key[i];
      return;
    }
}

/// What the database says of how the class's rows continue its parent's.
void add_foreign_keys(MappedClass &mapped, const ReflectedShape &reflected) {
  const auto is_declared = [&](const ReflectedShape::ForeignKey &key) {
    return std::any_of(mapped.table.columns.begin(), mapped.table.columns.end(),
                       [&](const ColumnDecl &column) {
                         return key.columns.size() == 1 && column.name == key.columns.front() &&
                                !column.foreign_keys.empty();
                       });
  };
  for (const ReflectedShape::ForeignKey &key : reflected.foreign_keys) {
    if (is_declared(key))
      continue;
    ConstraintDecl &made = mapped.table.constraints.emplace_back();
    made.kind = ConstraintKind::foreign_key;
    made.columns = key.columns;
    made.referred = key.referred;
    made.links.resize(key.referred.size());
    made.location = mapped.table.location;
  }
}

void MappingReader::read_table(MappedClass &mapped, Placeholders &placeholders) {
  std::vector<ColumnDecl> columns = columns_.read(lineage_, placeholders);
  TableDecl &table = mapped.table;
  const auto known = reflected_.find(mapped.class_->key);
  const ReflectedShape *reflected = known == reflected_.end() ? nullptr : &known->second;
  if (reflected) {
    order_columns(columns, reflected->columns);
    mark_key(columns, reflected->key);
  }
  if (!mapped.up()) {
    keep_properties(mapped, lineage_, placeholders, columns, diagnostics_);
    table.columns = std::move(columns);
    mapped.own_columns = table.columns.size();
    if (mapped.parent)
      add_redeclared(program_, mapped, lineage_);
    // What a class says of a Table that the program made is laid over that.
    if (mapped.has_table() ||
        (mapped.concrete_union && mapped.concrete_union->kind == UnionKind::made))
      read_table_args(lineage_, placeholders, table, diagnostics_);
    return;
  }
  // The key that the parent's table and this one have in common may go without saying.
  const bool has_key = find(mapped.class_->annotations, "primary_key_constraint") ||
                       std::any_of(columns.begin(), columns.end(),
                                   [](const ColumnDecl &column) { return column.primary_key; });
  std::vector<ColumnDecl> key;
  if (mapped.has_table() && !has_key)
    key = inherited_key(program_, mapped, lineage_);
  if (reflected)
    rename_key(key, *reflected);
  const std::size_t key_columns = key.size();
  columns.insert(columns.begin(), std::make_move_iterator(key.begin()),
                 std::make_move_iterator(key.end()));
  MappedClass &table_class = const_cast<MappedClass &>(*mapped.table_class);
  add_attributes(program_, mapped, table_class, lineage_, std::move(columns));
  if (!mapped.has_table())
    return;
  read_table_args(lineage_, placeholders, table, diagnostics_);
  if (key_columns > 1)
    table.constraints.push_back(inherited_key_constraint(mapped, key_columns));
  if (reflected && key_columns == 0)
    add_foreign_keys(mapped, *reflected);
}

/// The class's own; or of a base without a row of its own; or of any, if it has a placeholder.
void MappingReader::read_identity(MappedClass &mapped, Placeholders &placeholders) {
  mapped.polymorphic_abstract = find(mapped.class_->annotations, "polymorphic_abstract");
  for (std::size_t i = 0; i != lineage_.ancestors.size(); ++i) {
    const Ancestor &ancestor = lineage_.ancestors[i];
    const Annotation *identity = find(ancestor.class_->annotations, "polymorphic_identity");
    if (!identity || identity->arguments.empty())
      continue;
    if (i != 0 && claims_mapping(*ancestor.class_) && !has_placeholder(identity->string()))
      continue;
    mapped.identity =
        IdentityDecl{placeholders.fill(identity->arguments.front(), identity->location, i != 0),
                     identity->location};
    return;
  }
}

/// Members' names become their columns'; what names nothing is reported with the other strings.
void MappingReader::read_mapper_key(MappedClass &mapped, Placeholders &placeholders) {
  const Annotation *annotation = lineage_.find_own("mapper_primary_key");
  if (!annotation)
    return;
  const auto add = [&](const Value &value) {
    if (!value.string())
      return;
    std::string name = placeholders.fill(*value.string(), annotation->location, false);
    for (const ColumnDecl &column : mapped.table.columns)
      if (column.outer.empty() && column.member->name == name) {
        name = column.name;
        break;
      }
    mapped.mapper_key.push_back(std::move(name));
  };
  for (const Value &argument : annotation->arguments) {
    add(argument);
    if (const std::vector<Value> *list = argument.list())
      for (const Value &element : *list)
        add(element);
  }
}

/// `polymorphic_on` on a member, or on the class with a member's or column's name.
void MappingReader::find_discriminator(MappedClass &mapped) {
  // A Table that a function makes may be no union.
  if (mapped.concrete_union && mapped.concrete_union->kind != UnionKind::made)
    return;
  const Annotation *named = lineage_.find_own("polymorphic_on");
  for (unsigned i = 0; i != mapped.own_columns; ++i) {
    const ColumnDecl &column = mapped.table.columns[i];
    const Annotation *marked = find(column.member->annotations, "polymorphic_on");
    if (marked)
      mapped.discriminator = DiscriminatorDecl{i, marked->location};
    else if (named && !mapped.discriminator &&
             (column.name == named->string() || column.member->name == named->string()))
      mapped.discriminator = DiscriminatorDecl{i, named->location};
  }
}

void MappingReader::read_class(MappedClass &mapped) {
  const Class &class_ = *mapped.class_;
  lineage_.assign(program_, class_);
  if (const Annotation *deferred = lineage_.find("deferred_reflection"))
    mapped.deferred = std::string(deferred->string());
  else if (lineage_.find("map_imperatively"))
    mapped.deferred = std::string();
  mapped.complete &= lineage_.complete;
  mapped.is_head_known = mapped.complete || !lineage_.doubtful.empty();
  mapped.complete &= !mapped.deferred;
  if (mapped.deferred)
    lineage_.doubtful.clear();
  mapped.doubtful = lineage_.doubtful;
  lineage_.complete = mapped.complete;
  set_inheritance(mapped);
  read_union(mapped, lineage_);
  Placeholders placeholders(class_, diagnostics_);
  set_outer(program_, outers_, class_, placeholders);
  TableDecl &table = mapped.table;
  if (mapped.has_table()) {
    name_table(lineage_, !mapped.up(), placeholders, table);
  } else if (mapped.concrete_union) {
    table.name =
        mapped.concrete_union->kind == UnionKind::made ? lower_case(identifier(class_)) : "pjoin";
    table.location = mapped.concrete_union->location;
  } else {
    table.name = mapped.table_class->table.name;
    table.schema = mapped.table_class->table.schema;
    const Annotation *own = find(class_.annotations, "mapped");
    table.location = own ? own->location : class_.location;
  }
  placeholders.set_table(table.name);
  table.metadata = inherited_string(lineage_, "metadata");
  mapped.registry = inherited_string(lineage_, "registry");
  mapped.manual = find(class_.annotations, "manual") != nullptr;
  mapped.always_refresh = lineage_.find_own("always_refresh") != nullptr;
  read_table(mapped, placeholders);
  mapped.version = read_version(mapped, lineage_);
  if (!mapped.up())
    read_mapper_key(mapped, placeholders);
  // A root whose subclasses are not here has an identity too.
  if (mapped.parent || !mapped.children.empty() ||
      find(class_.annotations, "polymorphic_identity") ||
      find(class_.annotations, "polymorphic_abstract")) {
    read_identity(mapped, placeholders);
    if (!mapped.up())
      find_discriminator(mapped);
  }
  mapped.hooks = read_hooks(lineage_);
  mapped.validators = read_validators(lineage_);
  if (has_expressions(lineage_))
    with_expressions_.push_back(&mapped);
}

} // namespace

Mapping map(const Program &program, Diagnostics &diagnostics, const ReflectedShapes &reflected) {
  Mapping mapping;
  find_hierarchies(program, mapping);
  MappingReader reader(program, mapping, diagnostics, reflected);
  reader.read();
  collect_parts(mapping);
  reader.read_expressions();
  return mapping;
}

} // namespace declorm::model
