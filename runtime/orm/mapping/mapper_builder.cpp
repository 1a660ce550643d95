// mapper_builder.cpp: a MapperState of a class: its tables, key, hierarchy and expressions.
#include "runtime/orm/mapping/mapper_builder.h"

#include "runtime/ascii.h"
#include "runtime/model/hierarchy.h"
#include "runtime/model/lineage.h"
#include "runtime/orm/mapping/declarative_tables.h"
#include "runtime/orm/mapping/join_tables.h"

#include <algorithm>

namespace declorm::detail {

std::unique_ptr<MapperState> MapperBuilder::build() {
  set_class();
  set_parts();
  const bool has_attributes = parent_ || !mapped_.attributes.empty();
  reserve(has_attributes ? mapped_.attributes.size() : mapped_.own_columns);
  if (has_attributes)
    for (const model::AttributeDecl &attribute : mapped_.attributes)
      add_attribute(attribute);
  else
    add_columns();
  set_key();
  set_joins();
  set_discriminator();
  set_version();
  state_->needs_fetched = !state_->copies.empty();
  set_mirrors();
  state_->writes_back |= state_->needs_fetched || state_->discriminator;
  add_expressions();
  set_deferred_bits();
  add_hooks();
  set_packed();
  fill_gates();
  return std::move(state_);
}

void MapperBuilder::set_class() {
  const model::Class &class_ = *mapped_.class_;
  const Class &registered = *classes_.find(class_.key);
  state_->key = class_.key;
  state_->qualified_name = class_.name;
  state_->name = class_.unqualified_name();
  state_->type = *registered.type;
  state_->size = registered.size;
  state_->alignment = registered.alignment;
  state_->flags = registered.flags;
  state_->place = class_.location.file + ":" + std::to_string(class_.location.line);
  state_->construct = registered.construct;
  state_->destroy = registered.destroy;
  state_->table = &table_;
  state_->always_refresh = mapped_.always_refresh;
  state_->shares_table = parent_ && !mapped_.has_table();
  state_->parent = parent_;
  state_->root = parent_ ? parent_->root : state_.get();
  add_bases(registered, 0);
}

/// Takes the parent's tables, then the class's own.
void MapperBuilder::set_parts() {
  if (parent_) {
    state_->parts = parent_->parts;
    state_->entity_tables = parent_->entity_tables;
  }
  if (!state_->shares_table) {
    state_->parts.emplace_back().table = &table_;
    state_->entity_tables.push_back({&table_, {}});
  }
  for (TablePart &part : state_->parts) { // filled again, attribute by attribute
    part.columns.clear();
    part.maybe_unset.clear();
    part.onupdates.clear();
    part.generated_key.reset();
    part.has_version = false;
  }
}

void MapperBuilder::add_bases(const Class &class_, std::uint64_t offset) {
  state_->bases.push_back({class_.key, *class_.type, offset});
  for (unsigned i = 0; i != class_.base_count; ++i)
    if (const Class *base = classes_.find(class_.bases[i].key))
      add_bases(*base, class_.bases[i].offset == no_offset
                           ? model::virtual_base_offset(*mapped_.class_, base->key)
                           : offset + class_.bases[i].offset);
}

/// Makes room, because names point into infos and fields to names, so that neither may move later.
void MapperBuilder::reserve(std::size_t columns) {
  state_->columns.reserve(columns);
  state_->infos.reserve(columns);
  state_->expressions.reserve(mapped_.expressions.size());
  state_->names.reserve(columns + mapped_.expressions.size());
  state_->packed_positions.reserve(columns);
  fields_.reserve(columns + mapped_.expressions.size());
}

/// Returns the columns of the root's table that identify an object.
std::vector<const Column *> MapperBuilder::key_columns(const Table &table) const {
  std::vector<const Column *> columns;
  for (const std::string &name : mapped_.root->mapper_key)
    columns.push_back(&table.column(name));
  return columns.empty() ? table.primary_key() : columns;
}

/// Finds the attribute that holds each column of the root table's key.
void MapperBuilder::set_key() {
  TablePart &first = state_->parts.front();
  first.key.clear();
  for (const Column *column : key_columns(*first.table))
    for (const PartColumn &candidate : first.columns) {
      if (candidate.column != column)
        continue;
      first.key.emplace_back(column, unsigned(state_->key_positions.size()));
      state_->infos[candidate.position].is_key = true;
      state_->key_positions.push_back(candidate.position);
    }
}

namespace {

/// Whether the database changes the part's key with that of the table above.
bool follows(const TablePart &part) {
  const auto &constraints = part.table->constraints();
  return std::any_of(constraints.begin(), constraints.end(), [&](const Constraint &constraint) {
    const std::string action = ascii_upper(constraint.on_update);
    return constraint.kind == ConstraintKind::foreign_key && action == "CASCADE" &&
           std::all_of(part.key.begin(), part.key.end(), [&](const auto &key) {
             return std::find(constraint.columns.begin(), constraint.columns.end(),
                              key.first->name()) != constraint.columns.end();
           });
  });
}

} // namespace

/// Returns how the class's own table joins those above.
MapperBuilder::Pairs MapperBuilder::inherited_join() const {
  if (!mapped_.has_table())
    return {};
  if (const model::Function *function = model::inherit_function(mapped_))
    return made_join(*function);
  Pairs pairs;
  for (const model::JoinLink &link : mapped_.links) {
    MapperState *holder = parent_;
    while (holder->key != link.parent.class_->class_->key)
      holder = holder->parent;
    pairs.emplace_back(&table_.column(link.own.column().name),
                       &holder->table->column(link.parent.column().name));
  }
  return pairs;
}

/// Calls the function of an inherit_condition. The class itself has no Mapper yet, so that its
/// members are looked up here.
MapperBuilder::Pairs MapperBuilder::made_join(const model::Function &function) const {
  const auto state_of = [&](const TypeId &type) {
    const MapperState *state = state_.get();
    while (state && !(state->type == type))
      state = state->parent;
    return state;
  };
  const auto is_above = [&](const void *column) {
    return parent_->owns(static_cast<const Column *>(column)->table());
  };
  const auto is_own = [&](const void *column) {
    return &static_cast<const Column *>(column)->table() == &table_;
  };
  std::vector<model::JoinTerm> terms;
  bool is_join = add_terms(call_join(function.thunk), state_of, terms);
  Pairs pairs;
  for (model::JoinTerm &term : terms) {
    if (is_own(term.right))
      std::swap(term.left, term.right);
    is_join = is_join && is_own(term.left) && is_above(term.right);
    pairs.emplace_back(static_cast<const Column *>(term.left),
                       static_cast<const Column *>(term.right));
  }
  if (!is_join)
    throw ArgumentError(describe(*state_) + ": the inherit_condition that '" + function.name +
                        "' makes is not made of equalities, joined by &&, between a column of "
                        "table '" +
                        table_.full_name() + "' and one of class '" + parent_->qualified_name +
                        "' each; name them by these classes, as in col<&" + state_->name +
                        "::a> == col<&" + parent_->name + "::b>");
  return pairs;
}

/// Says how a row of the class's own table goes with that of its parent's.
void MapperBuilder::set_joins() {
  if (!parent_)
    return;
  // The parent knows how the tables above join; their attributes have the same positions here.
  const auto position_of = [&](const Column *column) {
    for (const TablePart &part : state_->parts)
      for (const PartColumn &candidate : part.columns)
        if (candidate.column == column)
          return std::optional(candidate.position);
    return std::optional<unsigned>();
  };
  const auto copy = [&](unsigned to, unsigned from) {
    if (to == from)
      return;
    MirroredMember &made = state_->copies.emplace_back();
    made.to = to;
    made.from = from;
  };
  for (const EntityTable &above : parent_->entity_tables)
    for (const auto &[own, other] : above.on)
      if (const auto to = position_of(own), from = position_of(other); to && from)
        copy(*to, *from);
  for (const auto &[own, other] : inherited_join()) {
    state_->entity_tables.back().on.emplace_back(own, other);
    for (const TablePart &part : state_->parts)
      for (const auto &[column, index] : part.key)
        if (column == other)
          state_->parts.back().key.emplace_back(own, index);
    copy(position_of(own).value_or(0), position_of(other).value_or(0));
  }
  if (mapped_.has_table() && state_->parts.back().key.size() != state_->key_positions.size())
    throw ArgumentError(describe(*state_) + ": the join of table '" + table_.full_name() +
                        "' with that of class '" + parent_->qualified_name +
                        "' does not cover the primary key, so that it does not say which rows "
                        "belong together; name all its columns in the foreign key or in "
                        "inherit_condition");
  if (mapped_.has_table())
    state_->parts.back().key_follows = follows(state_->parts.back());
}

/// Makes one group of members of which one is copied to another, and that to a third. The source of
/// a copy is in its group before the copy, unless it is a member that redeclares.
void MapperBuilder::set_mirrors() {
  std::vector<std::vector<Mirror>> &groups = state_->mirrors;
  const auto group_of = [&](unsigned position) -> std::vector<Mirror> & {
    for (std::vector<Mirror> &group : groups)
      for (const Mirror &mirror : group)
        if (mirror.position == position)
          return group;
    return groups.emplace_back(1, Mirror{position, {}});
  };
  for (const MirroredMember &copy : state_->copies)
    if (!copy.redeclared)
      group_of(copy.from).push_back({copy.to, {}});
  for (unsigned i = 0; i != state_->copies.size(); ++i)
    if (const MirroredMember &copy = state_->copies[i]; copy.redeclared)
      group_of(copy.from).push_back({copy.from, i});
}

void MapperBuilder::set_discriminator() {
  if (parent_)
    state_->discriminator = parent_->discriminator;
  else if (mapped_.discriminator && !table_.union_definition())
    state_->discriminator = mapped_.discriminator->attribute;
  if (!mapped_.identity)
    return;
  Value value = to_value(mapped_.identity->value);
  const auto *number = std::get_if<std::int64_t>(&value.data());
  const auto *names = state_->discriminator ? fields_[*state_->discriminator].enum_names : nullptr;
  if (names && number)
    for (const auto &[name, listed] : *names)
      if (listed == *number) {
        value = Value(name);
        break;
      }
  state_->identity = std::move(value);
}

/// The version of the class's rows: its own, or that of the parent, whose attributes have the same
/// positions here.
void MapperBuilder::set_version() {
  std::optional<VersionCounter> &version = state_->version;
  if (parent_ && parent_->version) {
    version = parent_->version;
  } else if (const std::optional<model::VersionDecl> &declared = mapped_.version) {
    const Column &column = table_.column(declared->column.column().name);
    const auto found = std::find(state_->columns.begin(), state_->columns.end(), &column);
    if (found == state_->columns.end())
      return; // it is left out of a union
    version.emplace();
    version->position = unsigned(found - state_->columns.begin());
    version->by_server = declared->by_server;
    version->generator = declared->generator.thunk;
    version->class_key = declared->generator_class ? declared->generator_class->key : "";
  }
  if (!version)
    return;
  for (const MapperState::BaseInfo &base : state_->bases)
    if (base.key == version->class_key)
      version->offset = base.offset;
  for (TablePart &part : state_->parts)
    part.has_version =
        std::any_of(part.columns.begin(), part.columns.end(), [&](const PartColumn &column) {
          return column.position == version->position && column.is_first;
        });
  state_->writes_back = state_->has_onupdate = true;
}

void MapperBuilder::set_packed() {
  state_->packed_positions = state_->key_positions;
  for (unsigned i = 0; i != state_->columns.size(); ++i)
    if (!state_->infos[i].is_key)
      state_->packed_positions.push_back(i);
  state_->set_fields(std::move(fields_));
}

/// Adds expressions: those that are loaded come behind the columns; the others can be named in
/// queries only.
void MapperBuilder::add_expressions() {
  for (const model::ExpressionDecl &declared : mapped_.expressions) {
    const std::string_view annotation = declared.annotation->name;
    if (annotation == "comparison")
      for (const ColumnInfo &info : state_->infos) {
        if (info.class_key == declared.attribute.declared_in->key &&
            info.member == declared.attribute.member->name)
          state_->comparisons.emplace_back(info.column, make_source(mapped_, declared));
      }
    else if (annotation == "column_property" || annotation == "hybrid" || annotation == "synonym")
      add_expression(declared);
  }
}

void MapperBuilder::set_deferred_bits() {
  for (std::size_t i = 0; i != state_->deferred.size(); ++i) {
    state_->deferred[i].bit = std::uint32_t(1) << std::min<std::size_t>(i, 31);
    state_->deferred_bits |= state_->deferred[i].bit;
  }
}

void MapperBuilder::add_hooks() {
  if (mapped_.hooks.empty() && mapped_.validators.empty())
    return;
  state_->hooks = std::make_unique<MapperHooks>();
  for (const model::HookDecl &declared : mapped_.hooks)
    state_->hooks->at(declared.kind).push_back({declared.function.thunk, declared.holder});
  for (const model::ValidatorDecl &declared : mapped_.validators) {
    Validator &made = state_->hooks->validators.emplace_back();
    made.thunk = declared.function.thunk;
    made.holder = declared.holder;
    made.attribute = declared.attribute;
    for (unsigned i = 0; i != state_->infos.size(); ++i)
      if (std::string_view(state_->infos[i].member + ".").starts_with(declared.attribute + "."))
        made.positions.push_back(i); // or of a composite
  }
}

void MapperBuilder::add_expression(const model::ExpressionDecl &declared) {
  const model::Member &member = *declared.attribute.member;
  ExpressionInfo &info = state_->expressions.emplace_back();
  info.member = member.name;
  info.source = make_source(mapped_, declared);
  if (member.kind != model::MemberKind::field || declared.annotation->name != "column_property")
    return;
  info.is_loaded = true;
  Field field = field_of(member);
  field.names = &state_->names.emplace_back(
      FieldNames{state_->qualified_name, info.member, table_.full_name(), info.member});
  set_place(declared.attribute, field, info);
  fields_.push_back(field);
  if (declared.attribute.deferred)
    state_->deferred.push_back({unsigned(state_->infos.size() + state_->loaded_expressions.size()),
                                0, declared.attribute.rare().deferred_group});
  state_->loaded_expressions.push_back(member.name);
}

} // namespace declorm::detail
