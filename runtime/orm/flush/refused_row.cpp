// refused_row.cpp: why the database refused a row, in the words of classes and relationships.
#include "runtime/orm/flush/refused_row.h"

#include "runtime/engine/suggest.h"
#include "runtime/orm/mapping/registry.h"
#include "runtime/orm/rows/secondary_rows.h"
#include "runtime/orm/session/session_state.h"

#include <algorithm>

namespace declorm::detail {

namespace {

using Kind = IntegrityError::Kind;

/// One refused row of an object.
class RefusedObject {
public:
  RefusedObject(SessionState &session, const WrittenRow &row)
      : session_(session), row_(row), state_(*row.state), mapper_(*row.state->mapper) {}

  /// Returns why the row was refused; "" if nothing is known.
  std::string explain(Kind kind) const {
    if (row_.verb == WrittenRow::deleted)
      return kind == Kind::foreign_key ? explain_referred() : "";
    std::string text;
    if (kind == Kind::unique)
      text = explain_taken_key();
    else if (kind == Kind::foreign_key || kind == Kind::not_null)
      text = explain_orphan(kind);
    if (text.empty() && kind == Kind::foreign_key)
      text = is_key_changed() ? explain_changed_key() : explain_missing_parent();
    return text;
  }

private:
  /// Returns which parent the object had by a link, and how it lost it, as a beginning of a
  /// sentence. Returns "" if it had none.
  std::string loss(const KeyLink &link) const;
  ObjectState *former_parent(const KeyLink &link) const;
  bool is_orphan(const KeyLink &link, Kind kind) const;
  std::string explain_orphan(Kind kind) const;
  std::string explain_orphan(const KeyLink &link) const;
  std::string explain_missing_parent() const;
  std::vector<const Constraint *> foreign_keys() const;
  bool keeps(const KeyLink &link, const Constraint &constraint) const;
  std::string explain_taken_key() const;
  std::string explain_changed_key() const;
  std::string explain_referred() const;
  std::string referring_objects() const;

  std::string refused() const {
    return name_of(state_) + " cannot be " +
           (row_.verb == WrittenRow::inserted  ? "inserted"
            : row_.verb == WrittenRow::updated ? "updated"
                                               : "deleted");
  }
  bool is_key_changed() const {
    return row_.verb == WrittenRow::updated &&
           unpack_key(mapper_, state_.snapshot) != key_of(mapper_, state_.object);
  }
  /// Returns whether the link's key is among what is written to the row.
  bool is_written(const KeyLink &link) const {
    const std::vector<PartColumn> &columns = mapper_.parts[row_.part].columns;
    return mapper_.is_a(link.child->type) &&
           (row_.verb == WrittenRow::inserted ||
            key_in(link, state_) != key_in_row(link, state_)) &&
           std::all_of(link.pairs.begin(), link.pairs.end(), [&](const PositionPair &pair) {
             const unsigned position = position_in(mapper_, *link.child, pair.child);
             return std::any_of(columns.begin(), columns.end(), [&](const PartColumn &column) {
               return column.position == position;
             });
           });
  }

  SessionState &session_;
  const WrittenRow &row_;
  ObjectState &state_;
  const MapperState &mapper_;
};

/// Returns "'Player.team_id' is 0" or "('Item.a', 'Item.b') are (1, NULL)".
std::string key_text_of(const KeyLink &link, const ObjectState &child) {
  const std::vector<Value> key = key_in(link, child);
  std::string names;
  for (const PositionPair &pair : link.pairs)
    names += (names.empty() ? "'" : ", '") + link.child->name + "." +
             link.child->infos[pair.child].member + "'";
  if (key.size() == 1)
    return names + " is " + key.front().to_string();
  return "(" + names + ") are " + key_text(key);
}

/// Returns whether some member of the key holds what it has if nobody sets it.
bool is_key_empty(const KeyLink &link, const ObjectState &child) {
  return std::any_of(link.pairs.begin(), link.pairs.end(), [&](const PositionPair &pair) {
    return is_empty(child.mapper->all_fields[position_in(*child.mapper, *link.child, pair.child)],
                    child.object);
  });
}

bool holds_null(const KeyLink &link, const ObjectState &child) {
  return std::all_of(link.pairs.begin(), link.pairs.end(), [&](const PositionPair &pair) {
    const Field &field =
        child.mapper->all_fields[position_in(*child.mapper, *link.child, pair.child)];
    return field.optional || field.null_reads;
  });
}

bool is_part_of_key(const KeyLink &link) {
  return std::any_of(link.pairs.begin(), link.pairs.end(), [&](const PositionPair &pair) {
    return link.child->infos[pair.child].is_key;
  });
}

/// Returns the object that the relationship's member shows now; null if there is none, or several.
ObjectState *shown(SessionState &session, const ObjectState &state,
                   const RelationshipState &relationship) {
  const unsigned index = relationship_index(*state.mapper, &relationship);
  ObjectState *found = nullptr;
  if (index != state.mapper->relationships.size() && !relationship.is_list())
    relationship.for_each(link_part(state, index),
                          [&](void *object) { found = session.store->find(object); });
  return found;
}

/// Returns the parent of which the snapshots tell: they are taken anew at the end of a flush only.
ObjectState *RefusedObject::former_parent(const KeyLink &link) const {
  if (link.up) {
    const unsigned index = relationship_index(mapper_, link.up);
    if (index != mapper_.relationships.size())
      if (const auto targets = link_targets(state_, index); !targets.empty())
        return session_.store->find(targets.front());
  }
  ObjectState *found = nullptr;
  if (link.down)
    for (MapperState *mapper : session_.store->mappers())
      if (mapper->is_a(link.parent->type)) {
        const unsigned index = relationship_index(*mapper, link.down);
        if (index == mapper->relationships.size())
          continue;
        session_.store->for_each(*mapper, [&](ObjectState &parent) {
          const auto targets = link_targets(parent, index);
          if (std::find(targets.begin(), targets.end(), as_target(state_, *link.down)) !=
              targets.end())
            found = &parent;
        });
      }
  if (!found && state_.status == ObjectStatus::persistent && link.is_by_key)
    if (const std::vector<Value> key = key_in_row(link, state_); !has_null(key))
      found = session_.find_held(*link.parent->root, key);
  return found;
}

std::string RefusedObject::loss(const KeyLink &link) const {
  const ObjectState *parent = former_parent(link);
  if (!parent)
    return "";
  const std::string name = name_of(*parent);
  if (!is_in_work(*parent))
    return name + ", its parent by " + short_name(link.side()) +
           (parent->status == ObjectStatus::deleted ? ", is deleted"
                                                    : ", is out of this session's work");
  if (link.down) {
    if (const ObjectState *other = shown(session_, *parent, *link.down); other && other != &state_)
      return short_name(*link.down) + " of " + name + " is " + name_of(*other) + " now";
    return "it was taken out of " + short_name(*link.down) + " of " + name;
  }
  return short_name(*link.up) + ", which was " + name + ", is null";
}

/// Returns whether nobody has set the link's key, and the constraint does not take that.
bool RefusedObject::is_orphan(const KeyLink &link, Kind kind) const {
  if (kind == Kind::foreign_key)
    return !has_null(key_in(link, state_)) && is_key_empty(link, state_);
  return std::any_of(link.pairs.begin(), link.pairs.end(), [&](const PositionPair &pair) {
    const unsigned position = position_in(mapper_, *link.child, pair.child);
    return !mapper_.infos[position].column->nullable() &&
           value_of(mapper_.all_fields[position], state_.object).is_null();
  });
}

std::string RefusedObject::explain_orphan(const KeyLink &link) const {
  const std::string key = key_text_of(link, state_), parent = link.parent->name;
  if (const ObjectState *awaited = session_.link_work.awaited(state_, link))
    return name_of(*awaited) + ", its parent by " + short_name(link.side()) + ", " +
           (link.post_update ? "gives its key behind the row, by post_update" : "has no row yet") +
           ", and " + key + ". A foreign key that waits holds NULL: make it a std::optional";
  if (const std::string lost = loss(link); !lost.empty())
    return lost + ", and " + key + ". Give it another parent, or delete_() it" +
           (link.down && !link.down->cascades(model::cascade_delete_orphan)
                ? "; cascade(\"all, delete-orphan\") on " + short_name(*link.down) +
                      " does that by itself"
                : "");
  std::string text = "it has no " + parent + ": ", way_out;
  if (link.up) {
    text += short_name(*link.up) + " is null" + (link.down ? " and " : "");
    way_out = "Set " + short_name(*link.up) + (link.down ? ", or put it into " : "");
  } else {
    way_out = "Put it into ";
  }
  if (link.down) {
    text += "it is in no " + short_name(*link.down);
    way_out += short_name(*link.down) + " of its " + parent;
  }
  text += ", and " + key + ". " + way_out + ", before the flush";
  if (!holds_null(link, state_) && !is_part_of_key(link))
    text += "; if there may be none, its foreign key is a std::optional";
  return text;
}

std::string RefusedObject::explain_orphan(Kind kind) const {
  std::string text;
  for (const KeyLink *link : RegistryState::instance().key_links())
    if (is_written(*link) && is_orphan(*link, kind))
      text += (text.empty() ? refused() + ": " : ". Or: ") + explain_orphan(*link);
  return text;
}

/// Names the keys that were set and may refer to rows that are not there. The database does not say
/// which of them it refused.
std::string RefusedObject::explain_missing_parent() const {
  std::vector<std::string> suspects;
  std::vector<const Constraint *> others = foreign_keys();
  for (const KeyLink *link : RegistryState::instance().key_links()) {
    if (!is_written(*link))
      continue;
    std::erase_if(others, [&](const Constraint *constraint) { return keeps(*link, *constraint); });
    const std::vector<Value> key = key_in(*link, state_);
    if (has_null(key))
      continue;
    const ObjectState *parent =
        link->is_by_key ? session_.find_held(*link->parent->root, key) : nullptr;
    suspects.push_back(
        key_text_of(*link, state_) + ", by " + short_name(link->side()) +
        (parent ? " that of " + name_of(*parent) + ", whose row may be gone"
                : ", and this session holds no " + link->parent->name + " with that key"));
  }
  if (suspects.empty())
    return ""; // no relationship has to do with it
  for (const Constraint *constraint : others)
    suspects.push_back(join(constraint->columns) + " refers to " + join(constraint->referred));
  std::string text = refused() + ": ";
  for (const std::string &suspect : suspects)
    text += (&suspect == &suspects.front() ? "" : "; or ") + suspect;
  return text + ". Set it to the key of a row that is there";
}

/// Returns the foreign keys that the row may violate. The one to the table above is not among them.
std::vector<const Constraint *> RefusedObject::foreign_keys() const {
  const TablePart &part = mapper_.parts[row_.part];
  std::vector<const Constraint *> all;
  for (const Constraint &constraint : part.table->constraints()) {
    if (constraint.kind != ConstraintKind::foreign_key)
      continue;
    const auto is_set = [&](const std::string &name) {
      return std::any_of(part.columns.begin(), part.columns.end(), [&](const PartColumn &column) {
        if (column.column->name() != name)
          return false;
        const Value value = value_of(mapper_.all_fields[column.position], state_.object);
        return !value.is_null() &&
               (row_.verb == WrittenRow::inserted ||
                values_in_row(state_, std::span(&column.position, 1)).front() != value);
      });
    };
    const auto is_key = [&](const std::string &name) {
      return std::any_of(part.key.begin(), part.key.end(),
                         [&](const auto &of_key) { return of_key.first->name() == name; });
    };
    const std::vector<std::string> &columns = constraint.columns;
    if (std::all_of(columns.begin(), columns.end(), is_set) &&
        (row_.part == 0 || !std::all_of(columns.begin(), columns.end(), is_key)))
      all.push_back(&constraint);
  }
  return all;
}

/// Returns whether the constraint is about the link's key.
bool RefusedObject::keeps(const KeyLink &link, const Constraint &constraint) const {
  const std::vector<PartColumn> &columns = mapper_.parts[row_.part].columns;
  return link.pairs.size() == constraint.columns.size() &&
         std::all_of(link.pairs.begin(), link.pairs.end(), [&](const PositionPair &pair) {
           const unsigned position = position_in(mapper_, *link.child, pair.child);
           return std::any_of(columns.begin(), columns.end(), [&](const PartColumn &column) {
             return column.position == position &&
                    std::find(constraint.columns.begin(), constraint.columns.end(),
                              column.column->name()) != constraint.columns.end();
           });
         });
}

std::string RefusedObject::explain_taken_key() const {
  const Key key = key_of(mapper_, state_.object);
  const ObjectState *other = session_.find_held(*mapper_.root, key);
  if (!other || other == &state_ || !is_in_work(*other))
    return "";
  return refused() + ": its key is " + key_text(key) + ", and this session holds " +
         name_of(*other) + " besides. Change that one, which get() finds, or merge() into it";
}

/// Explains a key that cannot change, because the tables below hold it too, or objects refer to it,
/// and the database was not told to change it there.
std::string RefusedObject::explain_changed_key() const {
  const unsigned below = row_.part + 1;
  if (below == mapper_.parts.size() || mapper_.parts[below].key_follows) {
    const std::string referring = referring_objects();
    return referring.empty() ? ""
                             : refused() + ": its key was changed, and " + referring +
                                   ". A foreign key that has on_update(\"CASCADE\") follows";
  }
  return refused() + ": its key was changed, and table '" +
         mapper_.parts[below].table->full_name() +
         "' has it too. Declare the key there with a foreign key that has on_update(\"CASCADE\"), "
         "and it follows";
}

std::string RefusedObject::explain_referred() const {
  const std::string referring = referring_objects();
  return referring.empty() ? ""
                           : refused() + ": " + referring +
                                 ". delete_() what refers to it too, or give it another parent";
}

/// Returns "the Player with key (2) refers to it by 'Player.team'" for objects of the session; ""
/// if there are none.
std::string RefusedObject::referring_objects() const {
  std::string text;
  for (const KeyLink *link : RegistryState::instance().key_links()) {
    if (!mapper_.is_a(link->parent->type))
      continue;
    const std::vector<Value> key = values_in_row(state_, parent_positions(*link, mapper_));
    if (has_null(key))
      continue;
    std::vector<ObjectState *> children;
    for (MapperState *mapper : session_.store->mappers())
      if (mapper->is_a(link->child->type))
        session_.store->for_each(*mapper, [&](ObjectState &child) {
          if (&child != &state_ && is_in_work(child) && key_in(*link, child) == key)
            children.push_back(&child);
        });
    if (children.empty())
      continue;
    text += (text.empty() ? "" : ", and ") + name_of(*children.front());
    if (children.size() > 1)
      text += " and " + std::to_string(children.size() - 1) + " more";
    text += std::string(children.size() > 1 ? " refer" : " refers") + " to it by " +
            short_name(link->side());
  }
  return text;
}

// Rows of tables in between.

/// Returns whether the object's member shows the other one.
bool shows(const ObjectState &of, const RelationshipState &list, const ObjectState &other) {
  const unsigned index = relationship_index(*of.mapper, &list);
  const void *const pointer = as_target(other, list);
  bool found = false;
  if (index != of.mapper->relationships.size())
    list.for_each(link_part(of, index), [&](const void *object) { found |= object == pointer; });
  return found;
}

/// Says which of the two lists the link was put into, and why that list did not know the row.
std::string explain_second_link(const RowOfLink &row) {
  const RelationshipState *list = row.link->first;
  const ObjectState *owner = row.first;
  const auto is_loaded = [&] {
    return is_link_loaded(*owner, relationship_index(*owner->mapper, list));
  };
  if (const RelationshipState *other = row.link->second;
      other && (is_loaded() || !shows(*owner, *list, *row.second)) &&
      shows(*row.second, *other, *row.first)) {
    list = other;
    owner = row.second;
  }
  const std::string name = short_name(*list) + " of " + name_of(*owner);
  if (is_loaded())
    return name + " was loaded before that row came. rollback(), and load it again";
  return name +
         " was not loaded, and then all that stands in it is added. Call "
         "session.load(object, &" +
         list->owner->name + "::" + list->name() + ") first, and add what is not there";
}

std::string explain_link(const RowOfLink &row, Kind kind) {
  const RowLink &link = *row.link;
  const std::string table = "table '" + link.table->full_name() + "'";
  const std::string ends = name_of(*row.first) + " with " + name_of(*row.second);
  const std::string text = short_name(*link.first) + ": the row of " + table + " that links " +
                           ends + " cannot be inserted: ";
  switch (kind) {
  case Kind::unique:
    return text +
           (is_only_link_unique(link) ? "it is there already. "
                                      : "it is there already, or more in that table must "
                                        "be unique than the link. ") +
           explain_second_link(row);
  case Kind::foreign_key:
    return text + "the row of one of them is not in the database any more. rollback(), and load "
                  "them again";
  case Kind::not_null:
    return text + "a relationship writes nothing but the keys of both. Give the other columns a "
                  "server default, or map the table as a class of its own";
  default:
    return "";
  }
}

} // namespace

IntegrityError explain_refusal(SessionState &session, const WrittenRow &row,
                               const IntegrityError &error) {
  std::string why;
  try {
    if (row.state)
      why = RefusedObject(session, row).explain(error.kind());
    else if (row.link.link && row.verb == WrittenRow::inserted)
      why = explain_link(row.link, error.kind());
  } catch (const std::exception &) {
    // A value that cannot be read: the database's words must do.
  }
  if (why.empty())
    return error;
  return IntegrityError(why + "\n" + error.what(), error.statement(), error.params(), error.kind());
}

} // namespace declorm::detail
