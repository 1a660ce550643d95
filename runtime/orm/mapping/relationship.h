// relationship.h: relationships of mapped classes: their members and the keys that hold them.
//
// A relationship is one member of one class. What it stands for is a link: a foreign key (KeyLink)
// or rows of a table in between (RowLink), which one or two relationships, its sides, show.
#ifndef DECLORM_ORM_MAPPING_RELATIONSHIP_H
#define DECLORM_ORM_MAPPING_RELATIONSHIP_H

#include "declorm/loading.h"
#include "runtime/model/joins.h"
#include "runtime/orm/mapping/expressions.h"
#include "runtime/orm/mapping/lazy_binding.h"
#include "runtime/orm/mapping/mapper_state.h"

#include <cstring>

namespace declorm::detail {

struct RelationshipState;

/// Two attributes that hold one value, by their positions in two mappers.
struct PositionPair {
  unsigned child = 0;  ///< of the class that has the foreign key
  unsigned parent = 0; ///< of the class that it refers to
};

/// A foreign key that one or two relationships, its sides, keep in step with objects.
struct KeyLink {
  MapperState *child = nullptr, *parent = nullptr;
  std::vector<PositionPair> pairs;
  RelationshipState *up = nullptr;   ///< the member of the child; null if it has none
  RelationshipState *down = nullptr; ///< the member of the parent, or null
  bool post_update = false;
  /// The pairs are the parent's whole primary key, in key order.
  bool is_by_key = false;

  /// Returns a side that it has, whose name messages say.
  const RelationshipState &side() const { return up ? *up : *down; }
};

/// The rows of a table in between that one or two relationships, its sides, keep in step with
/// objects.
struct RowLink {
  const Table *table = nullptr;
  RelationshipState *first = nullptr;  ///< the member of one class
  RelationshipState *second = nullptr; ///< of the other, or null
  /// Positions in the class of `first` (near) and of `second` (far), each with the column of the
  /// table in between that holds its value.
  std::vector<std::pair<unsigned, const Column *>> near, far;
};

/// What configure needs of a relationship's declaration to find how its tables join, and nobody
/// after it.
struct RelationshipBinding {
  explicit RelationshipBinding(const model::RelationshipDecl &decl);

  std::string partner_name, secondary_name, map_key_name; ///< "" : none
  std::string metadata;                                   ///< whose tables are meant
  std::vector<ExpressionSource> foreign_keys, remote_side;
  Thunk primaryjoin_thunk, secondaryjoin_thunk, order_by_thunk, secondary_thunk; ///< or null
  bool is_joined = false; ///< the join was found
};

/// A relationship of a class: how its member is reached, and what it means. Immutable after
/// configure but for what a reloaded module brings.
struct RelationshipState : MemberPlace, JoinPath, model::RelationshipOptions {
  const std::string &name() const override { return MemberPlace::member; }
  const TypeId &target_type() const override { return target->type; }
  bool is_many_to_one() const override { return direction == model::Direction::many_to_one; }
  MapperState *owner = nullptr;  ///< the class that has the member; those below it inherit it
  MapperState *target = nullptr; ///< whose objects it leads to
  RelationshipState *partner = nullptr;
  std::uint64_t offset = 0;         ///< of the member in an object of `owner`
  std::uint64_t pointer_offset = 0; ///< of the pointer that it is, or begins behind its LazyMember
  TypeCode code = TypeCode::pointer;
  Container container = Container::none;
  const LinkAccess *access = nullptr; ///< null: a plain pointer, or that of a lazy
  bool is_list() const { return container != Container::none || code == TypeCode::lazy_list; }
  bool is_smart() const {
    return code == TypeCode::shared_pointer || code == TypeCode::weak_pointer;
  }
  bool is_lazy() const { return code == TypeCode::lazy || code == TypeCode::lazy_list; }

  model::Direction direction = model::Direction::many_to_one;
  KeyLink *key_link = nullptr; ///< one of the two; neither: it is never written
  RowLink *row_link = nullptr;
  std::optional<unsigned> map_key; ///< the position in the target of the key of a map
  TypeCode map_key_code = TypeCode::none;

  /// The positions in the owner of what makes the target's primary key, in its order. Empty if the
  /// relationship is no many-to-one, or the key is not all of its condition.
  std::vector<unsigned> near_key;

  bool cascades(model::Cascade what) const { return cascade & what; }
  bool writes() const { return !viewonly && (key_link || row_link); }

  bool joins_as_partner = false; ///< its join is the partner's, turned round
  /// Whether it leads to all objects whose columns equal those of the near one, and to no others.
  bool is_by_pairs() const { return is_plain && !secondary; }
  NodePtr condition(const Aliases &aliases) const override;
  NodePtr secondary_condition(const Aliases &aliases) const override;
  /// Returns the order in which the objects stand in the list.
  std::vector<Ordering> order(const std::string &far_alias) const;

  // The join and the order where they are written out: as strings, or by functions.
  std::optional<ExpressionSource> primaryjoin, secondaryjoin;
  std::vector<ExpressionSource> order_by;
  NodePtr made_primaryjoin, made_secondaryjoin;
  std::vector<Ordering> made_order;
  std::unique_ptr<RelationshipBinding> binding; ///< null when configure is done with it

  // Access to the objects that the member of an object refers to, each as a T of the member's `T
  // *`.
  const void *place_in(const void *of) const { return static_cast<const std::byte *>(of) + offset; }
  void *place_in(void *of) const { return static_cast<std::byte *>(of) + offset; }
  /// Returns what a plain pointer holds: all object pointers look the same.
  void *pointer(const void *of) const {
    void *value;
    std::memcpy(&value, static_cast<const std::byte *>(of) + pointer_offset, sizeof value);
    return value;
  }
  void set_pointer(void *of, void *value) const {
    std::memcpy(static_cast<std::byte *>(of) + pointer_offset, &value, sizeof value);
  }
  /// Returns what a lazy member of an object of `owner` knows of its session.
  const LazyMember &lazy_in(const void *of) const { return LazyAccess::member(place_in(of)); }
  /// Calls `visit(void *)` for each; null pointers are left out. `of` is a part of class `owner`.
  template <class Visit> void for_each(const void *of, Visit visit) const {
    if (!access) {
      if (void *one = pointer(of))
        visit(one);
      return;
    }
    access->read(place_in(of), false, &visit, [](void *context, void *object, const void *) {
      (*static_cast<Visit *>(context))(object);
    });
  }
  /// Calls `visit(void *, const std::shared_ptr<void> *)` for each, with its ownership.
  template <class Visit> void for_each_owned(const void *of, Visit visit) const {
    if (!access)
      return for_each(of, [&](void *object) { visit(object, nullptr); });
    access->read(place_in(of), true, &visit, [](void *context, void *object, const void *owner) {
      (*static_cast<Visit *>(context))(object, static_cast<const std::shared_ptr<void> *>(owner));
    });
  }
  /// `key`: of a map, a value of its key type.
  void add(void *of, void *object, const std::shared_ptr<void> *owned, const void *key) const {
    if (access)
      access->add(place_in(of), object, owned, key);
    else
      set_pointer(of, object);
  }
  void remove(void *of, const void *object) const {
    if (access)
      access->remove(place_in(of), object);
    else if (pointer(of) == object)
      set_pointer(of, nullptr);
  }
  void clear(void *of) const {
    if (access)
      access->clear(place_in(of));
    else
      set_pointer(of, nullptr);
  }

private:
  NodePtr column(const Column &of, bool is_remote, const Aliases &aliases) const;
  NodePtr written_condition(const ExpressionSource *source, const NodePtr &made,
                            const Aliases &aliases, bool is_far) const;
};

/// Whether they are one, or the same member as several concrete classes have it.
inline bool is_same_member(const RelationshipState *left, const RelationshipState &right) {
  return left == &right || (left && left->member_index == right.member_index &&
                            left->class_key == right.class_key && left->name() == right.name());
}

/// Returns how messages name it: "relationship 'addresses' of class 'User' (model.h:12)".
std::string describe(const RelationshipState &relationship);
/// Returns its name in few words: "'User.addresses'".
std::string short_name(const RelationshipState &relationship);

/// Returns the relationship of a class, or of one above it, by its member. Throws
/// InvalidRequestError if there is none.
const RelationshipState &find_relationship(const MapperState &mapper,
                                           const RelationshipRef &member);

/// Returns the attribute of the class that holds the column, or that which the union that the class
/// is read from has in its place; nullopt if no member does.
std::optional<unsigned> position_of(const MapperState &mapper, const Column *column);

/// Returns the position in `real`, whose objects are objects of `base`, of the attribute at
/// `position` of `base`.
unsigned position_in(const MapperState &real, const MapperState &base, unsigned position);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_RELATIONSHIP_H
