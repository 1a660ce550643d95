// relationship.h: relationships of mapped classes: their members and the keys that hold them.
//
// A relationship is one member of one class. What it stands for is a link: a foreign key (KeyLink)
// or rows of a table in between (RowLink), which one or two relationships, its sides, show.
#ifndef DECLORM_ORM_MAPPING_RELATIONSHIP_H
#define DECLORM_ORM_MAPPING_RELATIONSHIP_H

#include "declorm/loading.h"
#include "runtime/model/joins.h"
#include "runtime/orm/mapping/expressions.h"
#include "runtime/orm/mapping/mapper_state.h"

#include <cstring>

namespace declorm::detail {

struct RelationshipState;

/// A position in the attributes of one mapper and one in those of another.
struct PositionPair {
  unsigned child = 0;  ///< of the class that has the foreign key
  unsigned parent = 0; ///< of the class that it refers to
};

/// A foreign key that relationships keep.
struct KeyLink {
  MapperState *child = nullptr, *parent = nullptr;
  std::vector<PositionPair> pairs;
  RelationshipState *up = nullptr;   ///< the member of the child, or null
  RelationshipState *down = nullptr; ///< the member of the parent, or null
  bool post_update = false;
  /// The pairs are the parent's whole primary key, in key order.
  bool is_by_key = false;

  /// How messages call it: of the side that it has.
  const RelationshipState &side() const { return up ? *up : *down; }
};

/// Rows of a table in between that relationships keep.
struct RowLink {
  const Table *table = nullptr;
  RelationshipState *first = nullptr;  ///< the member of one class
  RelationshipState *second = nullptr; ///< of the other, or null
  /// Of the two classes: a position and the column of the table in between that holds it.
  std::vector<std::pair<unsigned, const Column *>> near, far;
};

/// A relationship of a class: how its member is reached, and what it means. Immutable after
/// configure but for what a reloaded module brings.
struct RelationshipState : MemberPlace, JoinPath {
  const std::string &name() const override { return MemberPlace::member; }
  const TypeId &target_type() const override { return target->type; }
  bool is_many_to_one() const override { return direction == model::Direction::many_to_one; }
  MapperState *owner = nullptr;  ///< the class that has the member; those below it inherit it
  MapperState *target = nullptr; ///< whose objects it leads to
  RelationshipState *partner = nullptr;
  std::uint64_t offset = 0; ///< of the member in an object of `owner`
  TypeCode code = TypeCode::pointer;
  Container container = Container::none;
  const LinkAccess *access = nullptr; ///< null: a plain pointer
  bool is_list() const { return container != Container::none; }
  bool is_smart() const { return code != TypeCode::pointer; }

  model::Direction direction = model::Direction::many_to_one;
  KeyLink *key_link = nullptr; ///< one of the two; neither: it is never written
  RowLink *row_link = nullptr;
  unsigned char cascade = 0; ///< model::Cascade
  model::Loading loading = model::Loading::when_asked;
  bool viewonly = false, passive_deletes = false, passive_deletes_all = false;
  bool passive_updates = true, post_update = false;
  std::optional<unsigned> map_key; ///< position in the target
  TypeCode map_key_code = TypeCode::none;

  /// Many-to-one: the positions in the owner of what makes the target's primary key, in its order;
  /// empty if the key is not all of the condition.
  std::vector<unsigned> near_key;

  bool cascades(model::Cascade what) const { return cascade & what; }
  bool writes() const { return !viewonly && (key_link || row_link); }

  bool joins_as_partner = false; ///< it joins as the partner does, turned round
  /// The objects it leads to are those whose column is that of the near one, and no others.
  bool is_by_pairs() const { return is_plain && !secondary; }
  NodePtr condition(const Aliases &aliases) const override;
  NodePtr secondary_condition(const Aliases &aliases) const override;
  /// In which order the objects stand in the list.
  std::vector<Ordering> order(const std::string &far_alias) const;

  // As declared: read by configure.
  std::string partner_name, target_name, secondary_name, map_key_name, metadata;
  std::optional<ExpressionSource> primaryjoin, secondaryjoin;
  std::vector<ExpressionSource> order_by, foreign_keys, remote_side;
  Thunk primaryjoin_thunk = nullptr, secondaryjoin_thunk = nullptr, order_by_thunk = nullptr,
        secondary_thunk = nullptr;
  bool bound = false;
  NodePtr made_primaryjoin, made_secondaryjoin; ///< by functions
  std::vector<Ordering> made_order;

  // The objects that the member of an object refers to, each as a T of the member's `T *`.
  const void *place_in(const void *of) const { return static_cast<const std::byte *>(of) + offset; }
  void *place_in(void *of) const { return static_cast<std::byte *>(of) + offset; }
  /// Of a plain pointer: all object pointers look the same.
  void *pointer(const void *of) const {
    void *value;
    std::memcpy(&value, place_in(of), sizeof value);
    return value;
  }
  void set_pointer(void *of, void *value) const { std::memcpy(place_in(of), &value, sizeof value); }
  /// Calls `visit(void *)` for each; null pointers are left out. `of`: a part of class `owner`.
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
  /// The same with the ownership of each: `visit(void *, const std::shared_ptr<void> *)`.
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

/// "relationship 'addresses' of class 'User' (model.h:12)": how messages name it.
std::string describe(const RelationshipState &relationship);
/// "'User.addresses'"
std::string short_name(const RelationshipState &relationship);

/// The relationship of a class, or of one above it, by its member. Throws InvalidRequestError if
/// there is none.
const RelationshipState &find_relationship(const MapperState &mapper,
                                           const RelationshipRef &member);

/// The attribute of the class that holds the column, or what the union that the class is read from
/// has in its place; nullopt: no member does.
std::optional<unsigned> position_of(const MapperState &mapper, const Column *column);

/// The position in `real`, whose objects are objects of `base`, of the attribute at `position` of
/// `base`.
unsigned position_in(const MapperState &real, const MapperState &base, unsigned position);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_RELATIONSHIP_H
