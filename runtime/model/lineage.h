// lineage.h: A class and its bases, in the orders that mapping needs.
#ifndef DECLORM_MODEL_LINEAGE_H
#define DECLORM_MODEL_LINEAGE_H

#include "runtime/model/program.h"

namespace declorm::model {

/// The class itself or a base somewhere above it.
struct Ancestor {
  const Class *class_ = nullptr;
  unsigned parent =
      0; ///< index of the ancestor that names it as a base; its own for the class itself
  unsigned base_index = 0;   ///< among that ancestor's bases
  unsigned layout_order = 0; ///< position when bases come before the classes that have them
  std::uint64_t offset = 0;  ///< in a complete object of the class
  bool inherited = false;    ///< the mapped parent or above it: what it declares is the parent's
};

/// The class and all its bases that the Program knows. The order is that of precedence: a class,
/// then its bases from the first to the last, each followed by its own; so the first to declare a
/// thing wins.
struct Lineage {
  std::vector<Ancestor> ancestors;
  /// Every base was found in the Program, and nothing of any of them can be unseen.
  bool complete = true;
  /// Where it is not complete: the only members that may be more than is known; none: any may.
  std::vector<std::string> doubtful;

  Lineage() = default;
  Lineage(const Program &program, const Class &class_) { assign(program, class_); }
  /// Makes it that of another class and keeps the memory.
  void assign(const Program &program, const Class &class_);

  /// Marks what comes from `parent`, the class's mapped base.
  void mark_inherited(const Program &program, const Class &parent);
  /// The ancestor that is that class, or null.
  const Ancestor *find(const Class &class_) const;

  /// Whether a member or column of that name may be unseen.
  bool may_have(std::string_view name) const;
  /// Whether an annotated member before the ancestor, in precedence, has the member's name.
  bool is_hidden(const Member &member, unsigned ancestor) const;
  /// Sets `own` to the indexes of the ancestors in the order of layout, without the inherited ones.
  void sort_own(std::vector<unsigned> &own) const;

  /// The first ancestor's annotation of that name, or null.
  const Annotation *find(std::string_view name) const;
  /// The same of the class itself and its mixins: not of mapped bases.
  const Annotation *find_own(std::string_view name) const;

private:
  void add(const Program &program, const Class &class_, const Ancestor &seed);
  unsigned laid_out_ = 0;
  bool any_unseen_ = false; ///< not only doubtful members
};

/// Whether `name` may be unseen in what is `complete` or not, but for `doubtful` members.
bool may_be_unseen(bool complete, const std::vector<std::string> &doubtful, std::string_view name);

/// offset + more, or no_offset if either is.
std::uint64_t add_offsets(std::uint64_t offset, std::uint64_t more);

/// Where the virtual base of that key, near or far, lies in a complete object; no_offset if the
/// class has none.
std::uint64_t virtual_base_offset(const Class &class_, std::string_view key);

/// Whether the class says it has a table of its own: `table` without `no_table`.
bool has_table(const Class &class_);
/// Whether the class has no table of its own, but is read from several: abstract_concrete_base,
/// table_from.
bool is_read_from_union(const Class &class_);
/// Whether the class says that it is mapped: to a table of its own, or to that of a mapped base.
bool claims_mapping(const Class &class_);
/// Whether a call maps the class, to a Table that it was given: map_imperatively.
bool is_called(const Class &class_);
/// Whether a call has mapped the class, one that is marked `manual` or any other.
bool is_mapped_by_call(const Class &class_);

} // namespace declorm::model

#endif // DECLORM_MODEL_LINEAGE_H
