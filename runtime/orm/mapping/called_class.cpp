// called_class.cpp: from the templates of <declorm/imperative.h> to registered classes.
#include "runtime/orm/mapping/called_class.h"

#include "declorm/dialect.h"
#include "runtime/engine/dialect_names.h"
#include "runtime/model/class_text.h"
#include "runtime/model/mapping.h"
#include "runtime/orm/mapping/declarative_tables.h"
#include "runtime/sql/entity.h"

#include <charconv>

namespace declorm::detail {

namespace {

constexpr std::string_view by_type = "type:";

bool is_internal(const std::string &name) {
  return name.find("(anonymous") != std::string::npos ||
         name.find("{anonymous}") != std::string::npos;
}

model::Value to_value(const OptionArgument &argument, const model::Location &place) {
  model::Value value{{}, place};
  std::visit([&](const auto &data) { value.data = data; }, argument.data);
  return value;
}

model::Type to_type(const CalledMember &called) {
  const MappedType &from = called.type;
  model::Type type;
  type.code = from.code;
  type.container = from.container;
  type.flags = from.flags;
  type.rep = from.rep;
  type.size = from.size;
  type.num = from.num;
  type.den = from.den;
  type.spelling = spelled(*called.spelling);
  if (from.target)
    type.target = target_of(*from.target);
  for (const MappingOption &option : called.options)
    for (const auto &[name, number] : option.enumerators)
      type.enumerators.push_back({name, number});
  return type;
}

/// A member's type says how it is stored; another one beside it would have no effect.
void check_type(const model::Member &member, TypeKind given, const model::Location &place) {
  model::ColumnDecl column;
  column.member = &member;
  const declorm::Type type = column_type(column);
  if (type.kind == given)
    return;
  const Dialect &words = dialect(dialect_names().front());
  declorm::Type other;
  other.kind = given;
  throw ArgumentError(place.file + ":" + std::to_string(place.line) + ": member '" + member.name +
                      "' of type '" + member.type.spelling + "' is stored as " + type.sql(words) +
                      ", so that " + other.sql(words) +
                      " has no effect; leave the type out, or give the member another");
}

} // namespace

std::string target_of(const TypeId &type) {
  char digits[2 * sizeof(void *)];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits),
                                          reinterpret_cast<std::uintptr_t>(type.tag), 16);
  return std::string(by_type) + std::string(digits, end) + ":" + type.name;
}

TypeId type_of_target(const std::string &target) {
  if (!target.starts_with(by_type))
    return {nullptr, nullptr};
  std::uintptr_t tag = 0;
  const char *begin = target.data() + by_type.size();
  const auto [end, error] = std::from_chars(begin, target.data() + target.size(), tag, 16);
  return {end + 1, reinterpret_cast<const void *>(tag)};
}

std::string name_of_key(std::string_view key) {
  // "c:@N@shop@S@Order": a kind and a name for each scope.
  if (!key.starts_with("c:@"))
    return {};
  key.remove_prefix(3);
  std::string name;
  while (!key.empty()) {
    const std::size_t kind_end = key.find('@');
    const std::string_view kind = key.substr(0, kind_end);
    if ((kind != "N" && kind != "S") || kind_end == std::string_view::npos)
      return {};
    key.remove_prefix(kind_end + 1);
    const std::string_view part = key.substr(0, key.find('@'));
    if (part.find_first_of("><#$") != std::string_view::npos)
      return {};
    name += (name.empty() ? "" : "::") + std::string(part);
    key.remove_prefix(std::min(part.size() + 1, key.size()));
  }
  return name;
}

model::Annotation to_annotation(const MappingOption &option, const model::Location &place) {
  model::Annotation annotation{option.name, {}, place};
  for (const OptionArgument &argument : option.arguments)
    annotation.arguments.push_back(to_value(argument, place));
  if (option.thunk)
    annotation.arguments.push_back(
        {model::Function{"&" + std::string(member_name(option.function)), option.thunk}, place});
  return annotation;
}

CalledModule::CalledModule(const CalledClass &called, std::string key, model::Annotations head,
                           const std::vector<std::string> &base_keys)
    : place_{called.file, called.line, called.column} {
  Built &mapped = start(*called.type, std::move(key));
  mapped.class_.annotations = std::move(head);
  for (const MappingOption &option : called.options)
    mapped.class_.annotations.push_back(to_annotation(option, place_));
  mapped.class_.flags = called.flags | (is_internal(mapped.class_.name) ? class_internal : 0u);
  mapped.class_.size = called.size;
  mapped.class_.alignment = called.alignment;
  mapped.registered.construct = called.construct;
  mapped.registered.destroy = called.destroy;
  for (std::size_t i = 0; i != base_keys.size(); ++i)
    mapped.class_.bases.push_back({base_keys[i], {}, called.bases[i].offset, false, place_});
  for (const CalledMember &member : called.members) {
    if (*member.owner == *called.type) {
      add_member(mapped, member);
      continue;
    }
    // Queries name a base's member by the base: it stands in a class of that type.
    const std::string base = mapped.key + "/" + spelled(*member.owner);
    auto known = std::find_if(built_.begin(), built_.end(),
                              [&](const Built &one) { return one.key == base; });
    if (known == built_.end()) {
      start(*member.owner, base).class_.flags = class_part;
      known = std::prev(built_.end());
      // Before the mapped bases, whose members it may give other columns (a concrete class does).
      mapped.class_.bases.insert(mapped.class_.bases.begin(),
                                 {base, {}, member.holder, false, place_});
    }
    add_member(*known, member);
  }
  finish();
}

CalledModule::CalledModule(const TypeId &type, std::string key, const CalledMember &member,
                           model::Location place)
    : place_(std::move(place)) {
  Built &part = start(type, std::move(key));
  part.class_.flags = class_part;
  add_member(part, member);
  finish();
}

void CalledModule::finish() {
  for (const auto &[built, type] : unfinished_)
    finish(*built, *type);
  module_ = {registration_version, classes_.data(), unsigned(classes_.size()), place_.file.c_str()};
}

CalledModule::Built &CalledModule::start(const TypeId &type, std::string key) {
  Built &built = built_.emplace_back();
  built.key = built.class_.key = std::move(key);
  built.class_.name = spelled(type);
  built.class_.location = place_;
  unfinished_.emplace_back(&built, &type);
  return built;
}

void CalledModule::add_member(Built &to, const CalledMember &called) {
  model::Member &member = to.class_.members.emplace_back();
  const bool is_called = called.kind == MemberKind::static_method && !called.spelling;
  // A function that is called for objects is no attribute, and may have the name of one.
  member.name = (is_called ? "&" : "") + std::string(member_name(called.name));
  member.kind = called.kind;
  member.flags = called.flags;
  member.offset = called.offset;
  member.location = place_;
  if (!is_called)
    member.type = to_type(called);
  for (const MappingOption &option : called.options)
    if (option.name == std::string_view(plain_type_option))
      check_type(member, TypeKind(std::get<std::int64_t>(option.arguments.front().data)), place_);
    else if (option.name != std::string_view("validates"))
      member.annotations.push_back(to_annotation(option, place_));
  to.accessors.push_back(called.accessor);
  if (called.part_size != 0)
    add_part(to, member, called);
  for (const MappingOption &option : called.options) {
    if (option.name == std::string_view("validates"))
      add_validator(to, called, option);
    if (option.other_side) {
      const CalledMember &other = *option.other_side;
      const std::string key = to.key + "/" + std::string(member_name(called.name)) + "/backref";
      Built &part = start(*other.owner, key);
      part.class_.flags = class_part;
      add_member(part, other);
      other_sides_.emplace_back(*other.owner, key);
    }
  }
}

/// An annotated validator is a function that names the attribute.
void CalledModule::add_validator(Built &to, const CalledMember &called,
                                 const MappingOption &option) {
  model::Member &member = to.class_.members.emplace_back();
  member.name = "&" + std::string(member_name(option.function));
  member.kind = MemberKind::static_method;
  member.location = place_;
  MappingOption said = option;
  said.arguments.emplace_back(member_name(called.name));
  member.annotations.push_back(to_annotation(said, place_));
  to.accessors.emplace_back();
}

/// The value object that a composite holds is a class of its own: another member may give the
/// columns of the same class other names.
void CalledModule::add_part(Built &to, model::Member &member, const CalledMember &called) {
  const std::string key = to.key + "/" + member.name;
  member.type.target = key;
  Built &part = start(*called.type.target, key);
  part.class_.flags = class_part;
  part.class_.size = called.part_size;
  part.class_.alignment = called.part_alignment;
  for (const CalledMember &one : called.parts)
    add_member(part, one);
}

void CalledModule::finish(Built &built, const TypeId &type) {
  built.digest = model::digest(built.class_);
  for (const std::string &line : model::class_text(built.class_))
    built.text += line;
  for (const model::Base &base : built.class_.bases)
    built.bases.push_back(
        {base.key.c_str(), unsigned(base.offset), base.location.line, base.location.column});
  for (const model::Member &member : built.class_.members)
    built.offsets.push_back(unsigned(member.offset));
  model::for_each_function(built.class_,
                           [&](const model::Function &function, const auto &, const auto *) {
                             built.thunks.push_back(function.thunk);
                           });
  Class &made = built.registered;
  made.key = built.key.c_str();
  made.digest = built.digest.c_str();
  made.text = built.text.c_str();
  made.type = &type;
  made.size = unsigned(built.class_.size);
  made.alignment = unsigned(built.class_.alignment);
  made.flags = built.class_.flags;
  made.offsets = built.offsets.data();
  made.bases = built.bases.data();
  made.base_count = unsigned(built.bases.size());
  made.accessors = built.accessors.data();
  made.thunks = built.thunks.data();
  classes_.push_back(&made);
}

} // namespace declorm::detail
