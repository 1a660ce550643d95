// plan_relationships.cpp: foreign keys become relationships, on both sides.
//
// The key's own side is called as its column without "_id" ("author_id": author), or else as the
// class it refers to. The other side is called as the class that has the key, in the plural if
// there may be several ("books"); with the own side's name before it where several keys refer to
// one class ("editor_books"). A class that refers to itself has a parent and children.

#include "utils/declorm-automap/draft.h"

#include <algorithm>

namespace declorm::automap {

namespace {

using Words = std::vector<std::string>;

Words joined(Words first, const Words &second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// "author_id" as {"author"}; empty if the name is not made like that.
Words without_id(const std::string &column) {
  Words result = words(column);
  if (result.size() < 2 || (result.back() != "id" && result.back() != "uuid"))
    return {};
  result.pop_back();
  return result;
}

/// `name("a")` or `name({"a", "b"})`, of members.
std::string list_annotation(const std::string &name, const ClassPlan &class_,
                            const std::vector<std::string> &columns) {
  std::string text;
  for (const std::string &column : columns)
    text += (text.empty() ? "" : ", ") + quoted(class_.find(column)->member);
  return name + "(" + (columns.size() == 1 ? text : "{" + text + "}") + ")";
}

/// `name("User.id == Friend.user_id and …")`, of members.
std::string join_annotation(const std::string &name, const ClassPlan &target,
                            const ClassPlan &between, const Reference &reference) {
  std::string text;
  for (std::size_t i = 0; i != reference.referred.size(); ++i)
    text += (i == 0 ? "" : " and ") + target.name + "." +
            target.find(reference.referred[i])->member + " == " + between.name + "." +
            between.find(reference.key->columns[i])->member;
  return name + "(" + quoted(text) + ")";
}

/// Whether a column of the key is also what another one of its columns refers to, so that lists of
/// columns do not tell the two sides apart.
bool crosses_itself(const Reference &reference) {
  const std::vector<std::string> &own = reference.key->columns;
  for (std::size_t i = 0; reference.is_self() && i != own.size(); ++i)
    if (own[i] != reference.referred[i] && contains(reference.referred, own[i]))
      return true;
  return false;
}

/// `primaryjoin("foreign(a) == remote(b) and …")`, of members.
std::string marked_join(const ClassPlan &class_, const Reference &reference) {
  std::string text;
  for (std::size_t i = 0; i != reference.referred.size(); ++i)
    text += (i == 0 ? "foreign(" : " and foreign(") +
            class_.find(reference.key->columns[i])->member + ") == remote(" +
            class_.find(reference.referred[i])->member + ")";
  return "primaryjoin(" + quoted(text) + ")";
}

bool holds_same(std::vector<std::string> one, std::vector<std::string> other) {
  std::ranges::sort(one);
  std::ranges::sort(other);
  return one == other;
}

/// Whether no two rows have the same values in these columns.
bool is_unique(const Table &table, const std::vector<std::string> &columns) {
  for (const Constraint &constraint : table.constraints())
    if ((constraint.kind == ConstraintKind::primary_key ||
         constraint.kind == ConstraintKind::unique) &&
        holds_same(constraint.columns, columns))
      return true;
  return std::ranges::any_of(table.indexes(), [&](const Index &index) {
    return index.unique && index.where.empty() && index.expressions.empty() &&
           holds_same(index.columns, columns);
  });
}

/// The two sides of one link between classes.
struct Pair {
  const Reference *reference;
  RelationshipPlan own, other;
};

class Relationships {
public:
  explicit Relationships(Draft &draft) : draft_(draft) {}

  void add();

private:
  void find_pairs();
  void name_own_side(Pair &pair);
  void name_other_side(Pair &pair);
  void annotate(Pair &pair);
  void add_actions(Pair &pair);
  void mark_late();
  void find_associations();
  void add_association(const Reference &one, const Reference &other);
  bool is_obvious(const ClassPlan &between, const Reference &one, const Reference &other) const;
  void name_list(RelationshipPlan &list, const Reference &near, const Reference &far);
  void finish(RelationshipPlan &side, const std::string &partner, const ClassPlan &target,
              bool many);

  Words noun(const ClassPlan &class_, bool many) const;
  Words key_words(const Reference &reference) const;
  std::string member(const Words &words) const {
    return member_name(words, draft_.options.member_case);
  }
  std::size_t count_keys(const Reference &reference) const;

  Draft &draft_;
  std::vector<Pair> pairs_;
  /// The two keys of each table in between.
  std::vector<std::pair<const Reference *, const Reference *>> associations_;
};

void Relationships::add() {
  find_pairs();
  // Keys' own sides are named first: theirs are the more obvious names.
  for (Pair &pair : pairs_)
    name_own_side(pair);
  for (Pair &pair : pairs_)
    name_other_side(pair);
  for (Pair &pair : pairs_)
    annotate(pair);
  mark_late();
  for (Pair &pair : pairs_)
    draft_.from(*pair.reference).relationships.push_back(std::move(pair.own));
  for (Pair &pair : pairs_)
    draft_.to(*pair.reference).relationships.push_back(std::move(pair.other));
  find_associations();
  for (const auto &[one, other] : associations_)
    add_association(*one, *other);
}

void Relationships::find_associations() {
  for (std::size_t i = 0; i != draft_.plan.classes.size(); ++i) {
    if (draft_.plan.classes[i].kind != ClassKind::association)
      continue;
    std::vector<const Reference *> keys;
    for (const Reference &reference : draft_.references)
      if (reference.from == i)
        keys.push_back(&reference);
    associations_.emplace_back(keys[0], keys[1]);
  }
}

void Relationships::find_pairs() {
  for (const Reference &reference : draft_.references) {
    ClassPlan &from = draft_.from(reference);
    if (from.kind != ClassKind::mapped || draft_.to(reference).kind != ClassKind::mapped)
      continue;
    std::string why_not;
    if (!draft_.have_same_types(reference))
      why_not = "the types of its ends differ";
    else if (reference.is_self() && reference.key->columns == reference.referred)
      why_not = "rows refer to themselves";
    if (why_not.empty())
      pairs_.push_back({&reference, {}, {}});
    else
      draft_.tell(from, from.notes,
                  "no relationship follows the foreign key (" + comma_list(reference.key->columns) +
                      "): " + why_not);
  }
}

Words Relationships::noun(const ClassPlan &class_, bool many) const {
  if (!draft_.options.singular)
    return words(class_.table->name());
  const Words single = singular_words(class_.table->name());
  return many ? plural_words(single) : single;
}

/// Of a key that shares columns with another one, only the columns of its own count.
Words Relationships::key_words(const Reference &reference) const {
  std::vector<std::string> own = reference.key->columns;
  for (const Reference &other : draft_.references)
    if (other.from == reference.from && other.key != reference.key)
      std::erase_if(
          own, [&](const std::string &column) { return contains(other.key->columns, column); });
  return own.size() == 1 ? without_id(own.front()) : Words();
}

/// Between the two classes, in both directions.
std::size_t Relationships::count_keys(const Reference &reference) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(draft_.references, [&](const Reference &other) {
        return (other.from == reference.from && other.to == reference.to) ||
               (other.from == reference.to && other.to == reference.from);
      }));
}

void Relationships::name_own_side(Pair &pair) {
  const Reference &reference = *pair.reference;
  const Words target = noun(draft_.to(reference), false), key = key_words(reference);
  std::vector<std::string> candidates;
  if (!key.empty())
    candidates.push_back(member(key));
  else if (reference.is_self())
    candidates.emplace_back("parent");
  candidates.push_back(member(target));
  const Words column = words(reference.key->columns.front());
  candidates.push_back(member(joined(column, column == target ? Words{"object"} : target)));
  draft_.take_name(draft_.from(reference), pair.own, candidates);
}

void Relationships::name_other_side(Pair &pair) {
  const Reference &reference = *pair.reference;
  const ClassPlan &from = draft_.from(reference);
  pair.other.many = !is_unique(*from.table, reference.key->columns);
  const Words plain = reference.is_self() ? Words{pair.other.many ? "children" : "child"}
                                          : noun(from, pair.other.many);
  const Words own = words(pair.own.name);
  std::vector<std::string> candidates;
  if (count_keys(reference) == 1 || own == noun(draft_.to(reference), false) ||
      (reference.is_self() && own == Words{"parent"}))
    candidates.push_back(member(plain));
  candidates.push_back(member(joined(own, plain)));
  draft_.take_name(draft_.to(reference), pair.other, candidates);
}

void Relationships::finish(RelationshipPlan &side, const std::string &partner,
                           const ClassPlan &target, bool many) {
  side.target = target.name;
  side.many = many;
  side.type = many ? "std::vector<" + target.name + " *>" : target.name + " *";
  side.initial = many ? "{}" : " = nullptr";
  side.annotations = {"relationship", "back_populates(" + quoted(partner) + ")"};
}

void Relationships::annotate(Pair &pair) {
  const Reference &reference = *pair.reference;
  const ClassPlan &from = draft_.from(reference), &to = draft_.to(reference);
  finish(pair.own, pair.other.member, to, false);
  finish(pair.other, pair.own.member, from, pair.other.many);
  if (crosses_itself(reference)) {
    pair.own.annotations.push_back(marked_join(from, reference));
  } else {
    if (count_keys(reference) > 1)
      pair.own.annotations.push_back(list_annotation("foreign_keys", from, reference.key->columns));
    if (reference.is_self())
      pair.own.annotations.push_back(list_annotation("remote_side", to, reference.referred));
  }
  add_actions(pair);
  if (reference.shares_columns) {
    allow(pair.own.annotations, "overlapping-relationships");
    allow(pair.other.annotations, "overlapping-relationships");
  }
}

/// What the database does when the row goes that the key refers to, the session leaves to it.
void Relationships::add_actions(Pair &pair) {
  const Constraint &key = *pair.reference->key;
  const Table &table = *draft_.from(*pair.reference).table;
  if (key.on_delete == "CASCADE") {
    const bool takes_null = std::ranges::all_of(
        key.columns, [&](const std::string &column) { return table.column(column).nullable(); });
    pair.other.annotations.emplace_back(takes_null ? "cascade(\"all\")"
                                                   : "cascade(\"all, delete-orphan\")");
  }
  if (key.on_delete == "CASCADE" || key.on_delete == "SET NULL")
    pair.other.annotations.emplace_back("passive_deletes");
}

/// Objects of classes that refer to each other in a circle need one key that is written later.
void Relationships::mark_late() {
  const auto is_nullable = [&](const Pair &pair) {
    const Table &table = *draft_.from(*pair.reference).table;
    return std::ranges::any_of(pair.reference->key->columns, [&](const std::string &column) {
      return table.column(column).nullable();
    });
  };
  Edges edges(draft_.plan.classes.size());
  for (const Pair &pair : pairs_)
    if (!is_nullable(pair))
      edges[pair.reference->from].push_back(pair.reference->to);
  for (Pair &pair : pairs_) {
    const Reference &reference = *pair.reference;
    if (reference.is_self() || !is_nullable(pair))
      continue;
    if (is_reached(edges, reference.to, reference.from))
      pair.own.annotations.emplace_back("post_update");
    else
      edges[reference.from].push_back(reference.to);
  }
}

/// Whether the list is called as its elements are: the table joins the two classes alone, or has
/// the name of both ("post_tags").
bool Relationships::is_obvious(const ClassPlan &between, const Reference &one,
                               const Reference &other) const {
  const Words first = noun(draft_.to(one), false), second = noun(draft_.to(other), false);
  const Words name = noun(between, false);
  if (one.to == other.to || name == joined(first, second) || name == joined(second, first))
    return true;
  const auto joins_the_same = [&](const std::pair<const Reference *, const Reference *> &keys) {
    return (keys.first->to == one.to && keys.second->to == other.to) ||
           (keys.first->to == other.to && keys.second->to == one.to);
  };
  return std::ranges::count_if(associations_, joins_the_same) == 1;
}

void Relationships::name_list(RelationshipPlan &list, const Reference &near, const Reference &far) {
  const ClassPlan &between = draft_.from(far);
  Words plain = noun(draft_.to(far), true);
  if (const Words key = key_words(far); near.to == far.to && !key.empty())
    plain = draft_.options.singular ? plural_words(key) : key;
  std::vector<std::string> candidates;
  if (is_obvious(between, near, far))
    candidates.push_back(member(plain));
  candidates.push_back(member(joined(noun(between, false), plain)));
  draft_.take_name(draft_.to(near), list, candidates);
}

void Relationships::add_association(const Reference &one, const Reference &other) {
  const ClassPlan &between = draft_.from(one);
  ClassPlan &first = draft_.to(one), &second = draft_.to(other);
  RelationshipPlan of_first, of_second;
  name_list(of_first, one, other);
  name_list(of_second, other, one);
  finish(of_first, of_second.member, second, true);
  finish(of_second, of_first.member, first, true);
  for (RelationshipPlan *side : {&of_first, &of_second}) {
    const bool is_first = side == &of_first;
    side->annotations.push_back("secondary(" + quoted(between.table->full_name()) + ")");
    if (one.to == other.to) {
      side->annotations.push_back(
          join_annotation("primaryjoin", first, between, is_first ? one : other));
      side->annotations.push_back(
          join_annotation("secondaryjoin", first, between, is_first ? other : one));
    }
    allow(side->annotations, "secondary-mapped");
  }
  first.relationships.push_back(std::move(of_first));
  second.relationships.push_back(std::move(of_second));
}

} // namespace

void add_relationships(Draft &draft) { Relationships(draft).add(); }

} // namespace declorm::automap
