// lineage.cpp: Walking a class's bases.

#include "runtime/model/lineage.h"

#include <algorithm>

namespace declorm::model {

bool may_be_unseen(bool complete, const std::vector<std::string> &doubtful, std::string_view name) {
  return !complete &&
         (doubtful.empty() || std::find(doubtful.begin(), doubtful.end(), name) != doubtful.end());
}

bool Lineage::may_have(std::string_view name) const {
  return may_be_unseen(complete, doubtful, name);
}

std::uint64_t add_offsets(std::uint64_t offset, std::uint64_t more) {
  return offset == detail::no_offset || more == detail::no_offset ? detail::no_offset
                                                                  : offset + more;
}

std::uint64_t virtual_base_offset(const Class &class_, std::string_view key) {
  for (const VirtualBase &base : class_.virtual_bases)
    if (base.key == key)
      return base.offset;
  return detail::no_offset;
}

bool has_table(const Class &class_) {
  return find(class_.annotations, "table") && !find(class_.annotations, "no_table");
}

bool is_read_from_union(const Class &class_) {
  return find(class_.annotations, "abstract_concrete_base") ||
         find(class_.annotations, "table_from");
}

bool claims_mapping(const Class &class_) {
  return find(class_.annotations, "table") || find(class_.annotations, "mapped") ||
         find(class_.annotations, "no_table") || find(class_.annotations, "table_from");
}

bool is_called(const Class &class_) { return find(class_.annotations, "map_imperatively"); }

bool is_mapped_by_call(const Class &class_) {
  return is_called(class_) || find(class_.annotations, "mapped_by_call");
}

void Lineage::assign(const Program &program, const Class &class_) {
  ancestors.clear();
  doubtful.clear();
  any_unseen_ = false;
  laid_out_ = 0;
  add(program, class_, {&class_, 0, 0, 0, 0, false});
  complete = !any_unseen_ && doubtful.empty();
  if (any_unseen_)
    doubtful.clear();
}

void Lineage::add(const Program &program, const Class &class_, const Ancestor &seed) {
  const auto index = static_cast<unsigned>(ancestors.size());
  ancestors.push_back(seed);
  any_unseen_ |= class_.incomplete;
  doubtful.insert(doubtful.end(), class_.doubtful.begin(), class_.doubtful.end());
  for (unsigned i = 0; i < class_.bases.size(); ++i) {
    const Base &base = class_.bases[i];
    const Class *base_class = program.find(base.key);
    if (!base_class) {
      any_unseen_ |= !base.plain;
      continue;
    }
    bool is_known = std::any_of(ancestors.begin(), ancestors.end(),
                                [&](const Ancestor &known) { return known.class_ == base_class; });
    // A class met twice adds nothing the second time: its first declaration wins anyway. It also
    // keeps a cycle, which only a damaged model can have, from going round for ever.
    if (is_known)
      continue;
    const std::uint64_t offset = base.is_virtual
                                     ? virtual_base_offset(*ancestors.front().class_, base.key)
                                     : add_offsets(seed.offset, base.offset);
    add(program, *base_class, {base_class, index, i, 0, offset, false});
  }
  ancestors[index].layout_order = laid_out_++;
}

void Lineage::mark_inherited(const Program &program, const Class &parent) {
  const Lineage above(program, parent);
  for (Ancestor &ancestor : ancestors)
    ancestor.inherited |= above.find(*ancestor.class_) != nullptr;
}

const Ancestor *Lineage::find(const Class &class_) const {
  const auto found = std::find_if(ancestors.begin(), ancestors.end(),
                                  [&](const Ancestor &known) { return known.class_ == &class_; });
  return found == ancestors.end() ? nullptr : &*found;
}

bool Lineage::is_hidden(const Member &member, unsigned ancestor) const {
  for (unsigned i = 0; i != ancestor; ++i)
    for (const Member &other : ancestors[i].class_->members)
      if (other.name == member.name && !other.annotations.empty())
        return true;
  return false;
}

void Lineage::sort_own(std::vector<unsigned> &own) const {
  own.clear();
  for (unsigned i = 0; i != ancestors.size(); ++i)
    if (!ancestors[i].inherited)
      own.push_back(i);
  std::sort(own.begin(), own.end(), [&](unsigned a, unsigned b) {
    return ancestors[a].layout_order < ancestors[b].layout_order;
  });
}

const Annotation *Lineage::find(std::string_view name) const {
  for (const Ancestor &ancestor : ancestors)
    if (const Annotation *annotation = model::find(ancestor.class_->annotations, name))
      return annotation;
  return nullptr;
}

const Annotation *Lineage::find_own(std::string_view name) const {
  for (const Ancestor &ancestor : ancestors)
    if (&ancestor == &ancestors.front() || !claims_mapping(*ancestor.class_))
      if (const Annotation *annotation = model::find(ancestor.class_->annotations, name))
        return annotation;
  return nullptr;
}

} // namespace declorm::model
