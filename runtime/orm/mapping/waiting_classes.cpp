// waiting_classes.cpp: mapped classes whose tables are not there yet.
#include "runtime/orm/mapping/waiting_classes.h"

#include "runtime/engine/suggest.h"
#include "runtime/orm/mapping/mapper_state.h"

#include <algorithm>

namespace declorm::detail {

void WaitingClasses::clear() {
  waiting_.clear();
  relationship_.clear();
  unresolved_.clear();
}

void WaitingClasses::cut_off(const std::string &key, const MapperState &gone) {
  cut_off_[key] = "is unmapped: it derives from class '" + gone.qualified_name +
                  "', or has a relationship to it, whose registry or MetaData has ended";
}

bool WaitingClasses::waits(const model::MappedClass &mapped) {
  for (const model::MappedClass *at = &mapped; at; at = at->up()) {
    if (const auto cut = cut_off_.find(at->class_->key); cut != cut_off_.end()) {
      add(mapped, cut->second);
      return true;
    }
    if (at->manual) {
      add(mapped, (at == &mapped ? std::string()
                                 : "derives from class '" + at->class_->name + "', which ") +
                      "is marked manual, and no call has mapped it; call "
                      "declorm::registry().map_declaratively<" +
                      at->class_->name + ">() before its first use");
      return true;
    }
    if (tables_.table_of(at->class_->key))
      continue;
    if (at->has_table() && at->deferred) {
      const std::string group =
          at->deferred->empty() ? std::string() : "\"" + *at->deferred + "\", ";
      add(mapped, "is mapped to table '" + at->table.full_name() +
                      "' by deferred reflection, which was not done yet; call declorm::prepare(" +
                      group + "engine) before its first use");
      return true;
    }
    if (!at->concrete_union || at->concrete_union->table_name.empty())
      continue;
    const std::string &name = at->concrete_union->table_name;
    if (tables_.find_table(at->table.metadata, name))
      continue;
    waiting_[mapped.class_->key] = {"is mapped to the table '" + name +
                                        "' of the MetaData, which has none of that name",
                                    at->table.metadata, name};
    return true;
  }
  return false;
}

void WaitingClasses::add(const model::MappedClass &mapped, std::string why) {
  waiting_[mapped.class_->key] = {std::move(why), {}, {}};
}

bool WaitingClasses::leads_to_waiting(const model::MappedClass &mapped) {
  for (const model::RelationshipDecl &decl : mapped.relationships) {
    if (!decl.target && !decl.unresolved.empty()) {
      add_unresolved(decl.unresolved.front());
      return true;
    }
    const std::string reason = decl.target ? why(decl.target->class_->key) : std::string();
    if (reason.empty())
      continue;
    if (relationship_.empty())
      relationship_ = "relationship '" + decl.name() + "' of class '" + mapped.class_->name +
                      "' leads to class '" + decl.target_name + "', which " + reason;
    return true;
  }
  return false;
}

std::string WaitingClasses::why(std::string_view key) const {
  const auto found = waiting_.find(key);
  if (found == waiting_.end())
    return {};
  const Waiting &waiting = found->second;
  if (waiting.table.empty())
    return waiting.why;
  std::vector<std::string> known;
  for (const Table *table : tables_.metadata(waiting.metadata).tables())
    known.push_back(table->full_name());
  return waiting.why + suggestion(waiting.table, known) +
         "; add or reflect it before the class's first use";
}

bool WaitingClasses::has_awaited_table() const {
  return std::any_of(waiting_.begin(), waiting_.end(), [&](const auto &entry) {
    const Waiting &waiting = entry.second;
    return !waiting.table.empty() && tables_.find_table(waiting.metadata, waiting.table);
  });
}

} // namespace declorm::detail
