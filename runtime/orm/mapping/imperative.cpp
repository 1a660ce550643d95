// imperative.cpp: Registry, and classes that calls map.
#include "declorm/imperative.h"

#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/mapping/registered_model.h"
#include "runtime/orm/mapping/registry.h"

#include <algorithm>
#include <cstring>

namespace declorm {

namespace detail {

namespace {

std::string place_of(const CalledClass &called) {
  return std::string(called.file) + ":" + std::to_string(called.line);
}

std::string describe(const CalledClass &called) {
  return "class '" + spelled(*called.type) + "' (" + place_of(called) + ")";
}

bool has(const std::vector<MappingOption> &options, std::string_view name) {
  return std::ranges::any_of(options,
                             [&](const MappingOption &option) { return name == option.name; });
}

/// What an annotation says once a call says once.
void check_once(const std::vector<MappingOption> &options, const std::string &who) {
  for (const MappingOption &option : options)
    for (const MappingOption *other = options.data(); other != &option; ++other) {
      const std::string_view name = option.name;
      if (name == other->name && name != "allow" && name != "foreign_key" && name != "validates")
        throw ArgumentError(who + ": '" + option.name + "' is said twice; say it once");
    }
}

void check_options(const std::vector<MappingOption> &options, const std::string &who) {
  check_once(options, who);
  if (has(options, "version_id_generator") && !has(options, "version_id"))
    throw ArgumentError(who + ": 'version_id_generator' makes the next version, and nothing says "
                              "that the member is one; say version_id beside it, or leave it out");
}

std::string column_of(const CalledMember &member) {
  for (const MappingOption &option : member.options)
    if (std::string_view(option.name) == "column")
      return std::get<std::string>(option.arguments.front().data);
  return {};
}

} // namespace

void RegistryState::check_new(const CalledClass &called) const {
  if (const auto known = classes_.copies_of(*called.type); !known.empty()) {
    const model::Class there = to_model(*known.front());
    const std::string place = there.location.file + ":" + std::to_string(there.location.line);
    if (is_called_key(there.key))
      throw ArgumentError(describe(called) + " is mapped already, at " + place +
                          "; a class is mapped once");
    throw ArgumentError(describe(called) + " bears annotations, at " + place +
                        ", which say how it is mapped; take either these or the call out");
  }
  check_once(called.options, describe(called));
  for (const CalledMember &member : called.members) {
    const std::string name(member_name(member.name));
    if (member.spelling)
      check_options(member.options, describe(called) + ": member '" + name + "'");
    for (const CalledMember *other = called.members.data(); other != &member; ++other) {
      if (member_name(other->name) != name || !(*other->owner == *member.owner))
        continue;
      if (member.spelling && other->spelling) {
        const std::string first = column_of(*other), second = column_of(member);
        throw ArgumentError(describe(called) + ": member '" + name + "' is mapped twice" +
                            (first.empty() || second.empty()
                                 ? std::string()
                                 : ", to columns '" + first + "' and '" + second + "'") +
                            "; a member stands for one of them");
      }
      const char *hook = member.options.front().name;
      if (!member.spelling && !other->spelling && !std::strcmp(other->options.front().name, hook))
        throw ArgumentError(describe(called) + ": " + hook + "<&" + name +
                            ">() is said twice; a function is called once");
    }
  }
}

bool RegistryState::is_table_of(const std::string &key, const Table &table) const {
  if (tables_.table_of(key) == &table)
    return true;
  const Class *class_ = classes_.find(key);
  for (unsigned i = 0; class_ && i != class_->base_count; ++i)
    if (is_table_of(class_->bases[i].key, table))
      return true;
  return false;
}

void RegistryState::map(const CalledClass &called, const std::string &registry) {
  const std::lock_guard lock(mutex_);
  check_new(called);
  std::vector<std::string> base_keys;
  bool shares_table = false;
  for (const CalledBase &base : called.bases) {
    const auto copies = classes_.copies_of(*base.type);
    if (copies.empty())
      throw ArgumentError(describe(called) + " inherits from class '" + spelled(*base.type) +
                          "', which is not mapped; map that one first");
    base_keys.emplace_back(copies.front()->key);
    shares_table |= is_table_of(base_keys.back(), *called.table);
  }
  const Table &table = *called.table;
  const model::Location place{called.file, called.line, called.column};
  model::Annotations head;
  const auto say = [&](const char *name, std::vector<OptionArgument> arguments = {}) {
    head.push_back(to_annotation({name, std::move(arguments)}, place));
  };
  say("mapped_by_call");
  if (shares_table) {
    say("mapped");
  } else {
    if (table.union_definition()) {
      say("table_from", {table.full_name()});
    } else {
      say("table", {table.name(), table.schema()});
      say("map_imperatively");
    }
    if (const std::string metadata = tables_.name_of(table.metadata()); !metadata.empty())
      say("metadata", {metadata});
  }
  if (!registry.empty())
    say("registry", {registry});
  const std::string key =
      std::string(called_prefix) + std::to_string(++calls_) + ":" + spelled(*called.type);
  auto made = std::make_unique<CalledModule>(called, key, std::move(head), base_keys);
  if (!shares_table)
    tables_.set_given(key, *called.table);
  add(made->module());
  for (const auto &[type, part] : made->other_sides())
    classes_.add_other_side(type, part);
  called_.push_back({std::move(made), registry, key, &called.table->metadata()});
}

void RegistryState::map(const TypeId &type, MetaData &metadata, const std::string &registry,
                        const std::source_location &place) {
  const std::lock_guard lock(mutex_);
  const std::string at = std::string(place.file_name()) + ":" + std::to_string(place.line());
  const std::string call = at + ": map_declaratively<" + spelled(type) + ">: ";
  const auto copies = classes_.copies_of(type);
  if (copies.empty())
    throw UnmappedClassError(call + "the class was never registered: it takes one that is marked "
                                    "[[declorm::manual]], in a source that was compiled with the "
                                    "declorm plugin; map_imperatively maps others");
  const model::Class class_ = to_model(*copies.front());
  const std::string who = "class '" + class_.name + "' (" + class_.location.file + ":" +
                          std::to_string(class_.location.line) + ") ";
  if (is_called_key(class_.key) || !model::find(class_.annotations, "manual"))
    throw ArgumentError(call + who +
                        "is mapped without this call; mark it [[declorm::manual]], or "
                        "take the call out");
  if (const auto known = classes_.manual().find(class_.key); known != classes_.manual().end())
    throw ArgumentError(call + who + "is mapped already, at " + known->second.location +
                        "; a class is mapped once");
  waiting_.rejoin(class_.key);
  classes_.map_manual(class_.key, {tables_.name_of(metadata), registry, at});
  called_.push_back({nullptr, registry, class_.key, &metadata});
  registered_.fetch_add(1, std::memory_order_release);
}

void RegistryState::add_member(Mapper &mapper, const CalledMember &member,
                               const std::source_location *place) {
  const std::lock_guard lock(mutex_);
  const MapperState &state = mapper.state();
  const std::string name(member_name(member.name));
  const std::string who = describe(state) + ": member '" + name + "' ";
  if (configured_.load(std::memory_order_acquire) != ~std::uint64_t(0))
    throw InvalidRequestError(who + "is added after the mappers were configured, which the first "
                                    "Session, query or configure() does; add it before");
  const auto base =
      std::find_if(state.bases.begin(), state.bases.end(),
                   [&](const MapperState::BaseInfo &info) { return info.type == *member.owner; });
  if (base == state.bases.end())
    throw ArgumentError(who + "stands in class '" + spelled(*member.owner) +
                        "', which is neither the class itself nor an annotated base of it");
  const auto is_mapped = [&](const auto &known) {
    return known.member == name && known.declaring == *member.owner;
  };
  if (std::any_of(state.infos.begin(), state.infos.end(), is_mapped) ||
      std::any_of(state.own_relationships.begin(), state.own_relationships.end(),
                  [&](const auto &known) { return is_mapped(*known); }))
    throw ArgumentError(who + "is mapped already");
  const std::size_t colon = state.place.rfind(':');
  model::Location location{state.place.substr(0, colon),
                           unsigned(std::stoul(state.place.substr(colon + 1))), 1};
  if (place)
    location = {place->file_name(), unsigned(place->line()), unsigned(place->column())};
  const std::string key =
      std::string(called_prefix) + std::to_string(++calls_) + ":" + state.qualified_name;
  CalledMember added = member;
  added.options.push_back({"sort_order", {std::numeric_limits<int>::max()}});
  if (std::string_view(added.options.front().name) != "column")
    added.options.pop_back(); // of a relationship
  auto made = std::make_unique<CalledModule>(*member.owner, key, added, std::move(location));
  classes_.extend(state.key, key, base->offset);
  add(made->module());
  for (const auto &[type, part] : made->other_sides())
    classes_.add_other_side(type, part);
  called_.push_back({std::move(made), {}, key, nullptr});
  relationships_.forget_of([](const MapperState &) { return true; });
  mappers_.start_again();
  registered_.fetch_add(1, std::memory_order_release);
}

std::string RegistryState::new_registry_name() {
  const std::lock_guard lock(mutex_);
  return "#" + std::to_string(++calls_);
}

template <class IsEnded> void RegistryState::end(IsEnded is_ended) {
  const auto first = std::partition(called_.begin(), called_.end(),
                                    [&](const Called &one) { return !is_ended(one); });
  if (first == called_.end())
    return;
  std::vector<const MapperState *> unmapped;
  const auto retire = [&](const std::string &key) {
    if (const Mapper *mapper = mappers_.find(key))
      unmapped.push_back(&mapper->state());
    mappers_.retire(key);
  };
  for (auto one = first; one != called_.end(); ++one) {
    if (one->module)
      classes_.remove(one->module->module());
    else
      classes_.unmap_manual(one->key);
    tables_.forget(one->key);
    retire(one->key);
  }
  for (std::size_t i = 0; i != unmapped.size(); ++i)
    for (const std::string &key : mappers_.dependents(*unmapped[i])) {
      waiting_.cut_off(key, *unmapped[i]);
      retire(key);
    }
  const auto is_unmapped = [&](const MapperState &state) {
    return std::find(unmapped.begin(), unmapped.end(), &state) != unmapped.end();
  };
  relationships_.forget_of(is_unmapped);
  relationships_.unlink(is_unmapped);
  for (const MapperState *state : unmapped)
    if (state->parent && !is_unmapped(*state->parent) && state->root->discriminator)
      for_each_below(*state->root, [](MapperState &mapper) {
        mapper.set_load_plan(std::make_unique<LoadPlan>(make_load_plan(mapper, {})));
      });
  std::move(first, called_.end(), std::back_inserter(ended_));
  called_.erase(first, called_.end());
  registered_.fetch_add(1, std::memory_order_release);
}

void RegistryState::end_registry(const std::string &registry) {
  const std::lock_guard lock(mutex_);
  end([&](const Called &one) { return one.registry == registry && one.metadata; });
}

void RegistryState::end_metadata(const MetaData &metadata) {
  const std::lock_guard lock(mutex_);
  end([&](const Called &one) { return one.metadata == &metadata; });
  tables_.forget(metadata);
}

void add_member(Mapper &mapper, const CalledMember &member, const std::source_location *place) {
  RegistryState::instance().add_member(mapper, member, place);
}

MappingOption option_of(ColumnFlag flag) {
  switch (flag) {
  case ColumnFlag::primary_key:
    return {"primary_key"};
  case ColumnFlag::not_null:
    return {"nullable", {false}};
  case ColumnFlag::nullable:
    return {"nullable", {true}};
  case ColumnFlag::unique:
    return {"unique"};
  case ColumnFlag::index:
    break;
  }
  return {"index"};
}

namespace {

OptionArgument to_argument(const Value &value) {
  if (const auto *number = std::get_if<std::int64_t>(&value.data()))
    return *number;
  if (const auto *real = std::get_if<double>(&value.data()))
    return *real;
  if (const auto *text = std::get_if<std::string>(&value.data()))
    return *text;
  throw ArgumentError("default_value(" + value.to_string() +
                      "): a member's default is text or a number; give others by a function, "
                      "default_value<&make>()");
}

} // namespace

MappingOption option_of(const ColumnDefault &value) {
  if (value.function)
    throw ArgumentError("a member's default is made by a function that is a template argument: "
                        "default_value<&make>()");
  return {"default_value", {to_argument(value.value)}};
}
MappingOption option_of(const ServerDefault &value) { return {"server_default", {value.sql}}; }
MappingOption option_of(const ColumnComment &value) { return {"comment", {value.text}}; }
MappingOption option_of(const Autoincrement &value) { return {"autoincrement", {value.enabled}}; }

std::vector<MappingOption> options_of(const Computed &value) {
  std::vector<MappingOption> options{{"computed", {value.sql}}};
  if (value.stored)
    options.push_back({"stored"});
  return options;
}

std::vector<MappingOption> options_of(const ForeignKey &key) {
  std::vector<MappingOption> options{{"foreign_key", {key.target()}}};
  const ForeignKeyOptions &given = key.options();
  if (!given.name.empty())
    throw ArgumentError("ForeignKey(\"" + key.target() +
                        "\") of a member has no name; name it in "
                        "the Table");
  if (!given.on_delete.empty())
    options.push_back({"on_delete", {given.on_delete}});
  if (!given.on_update.empty())
    options.push_back({"on_update", {given.on_update}});
  if (given.deferrable)
    options.push_back({"deferrable"});
  return options;
}

std::vector<MappingOption> options_of(const declorm::Type &type) {
  switch (type.kind) {
  case TypeKind::numeric:
    if (type.precision != 0)
      return {{"numeric", {type.precision, type.scale}}};
    break;
  case TypeKind::raw:
    return {{"sql_type", {type.name}}};
  default:
    if (type.length != 0)
      return {{"length", {type.length}}};
  }
  return {{plain_type_option, {int(type.kind)}}};
}

} // namespace detail

Registry::Registry(std::string name) : name_(std::move(name)) {}
Registry::Registry(MetaData &metadata)
    : name_(detail::RegistryState::instance().new_registry_name()), metadata_(&metadata) {}
Registry::~Registry() {
  if (metadata_)
    detail::RegistryState::instance().end_registry(name_);
}

MetaData &Registry::metadata() const { return metadata_ ? *metadata_ : declorm::metadata(); }

void Registry::map(const detail::CalledClass &called) {
  detail::RegistryState::instance().map(called, name_);
}

void Registry::map(const detail::TypeId &type, const std::source_location &place) {
  detail::RegistryState::instance().map(type, metadata(), name_, place);
}

Registry &registry(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<Registry>, std::less<>> &all =
      *new std::map<std::string, std::unique_ptr<Registry>, std::less<>>;
  const std::lock_guard lock(mutex);
  auto found = all.find(name);
  if (found == all.end())
    found =
        all.emplace(std::string(name), std::unique_ptr<Registry>(new Registry(std::string(name))))
            .first;
  return *found->second;
}

} // namespace declorm
