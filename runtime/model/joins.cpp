// joins.cpp: How two tables join.

#include "runtime/model/joins.h"

#include <algorithm>

namespace declorm::model {

namespace {

using Ids = std::vector<const void *>;

bool contains(const Ids &ids, const void *id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// A foreign key between two tables, by which of them can have its columns: both, if the tables
/// overlap.
struct Candidate {
  JoinKey key;
  bool on_near = false, on_far = false;
};

/// A comparison with a column of each side; at least one of them refers to the other.
struct SidedTerm {
  JoinPair pair;
  bool near_foreign = false, far_foreign = false;
};

class Finder {
public:
  explicit Finder(const JoinRequest &request)
      : request_(request), near_(*request.near), far_(*request.far) {}

  Join find() {
    if (request_.secondary)
      find_secondary();
    else if (request_.primary)
      find_given(*request_.primary);
    else
      find_deduced();
    if (result_.problem != JoinProblem::none) {
      result_.pairs.clear();
      result_.secondary.clear();
    }
    return std::move(result_);
  }

private:
  void fail(JoinProblem problem, std::string message) {
    if (result_.problem == JoinProblem::none) {
      result_.problem = problem;
      result_.message = std::move(message);
    } else if (problem == JoinProblem::no_secondary_key && result_.problem == problem &&
               result_.message != message) {
      result_.other_problem = problem;
      result_.other_message = std::move(message);
    }
  }

  std::string name_of(const void *column) const {
    for (const JoinTable *table : {request_.near, request_.far, request_.secondary})
      if (const JoinColumn *found = table ? table->find(column) : nullptr)
        return found->name;
    return "?";
  }
  std::string names_of(const JoinKey &key) const {
    std::string names;
    for (const auto &[own, referred] : key.columns)
      names += (names.empty() ? "" : ", ") + name_of(own);
    return names;
  }
  /// What a foreign key to the table could refer to.
  static std::string key_of(const JoinTable &table) {
    for (bool inherited : {false, true})
      for (const JoinColumn &column : table.columns)
        if (column.primary_key && column.inherited == inherited)
          return column.name;
    return table.name + ".id";
  }

  // Without a condition.
  std::vector<Candidate> candidates() const;
  bool is_own(const Candidate &candidate) const;
  void trim(std::vector<Candidate> &found) const;
  void find_deduced();
  void use(const Candidate &candidate);
  std::optional<Direction> direction_within(const Candidate &candidate);

  // With one.
  void find_given(const std::vector<JoinTerm> &terms);
  std::optional<SidedTerm> sided(const JoinTerm &term, bool any_foreign, bool any_remote) const;
  bool is_near_first(const JoinTerm &term, bool left_foreign, bool any_remote) const;
  bool refers(const void *own, const void *referred) const;

  // With a table in between.
  void find_secondary();
  void find_half(const JoinTable &table, const std::optional<std::vector<JoinTerm>> &terms,
                 const char *option, const std::vector<JoinPair> &taken,
                 std::vector<JoinPair> &pairs);
  std::vector<JoinKey> half_keys(const JoinTable &table, const std::vector<JoinPair> &taken) const;
  void half_terms(const JoinTable &table, const std::vector<JoinTerm> &terms, const char *option,
                  std::vector<JoinPair> &pairs);
  std::string choice(const std::vector<JoinKey> &keys) const;

  const JoinRequest &request_;
  const JoinTable &near_, &far_;
  Join result_;
};

/// Whether all own columns of the key are in `own`, all others in `referred`.
bool leads(const JoinKey &key, const JoinTable &own, const JoinTable &referred) {
  return std::all_of(key.columns.begin(), key.columns.end(), [&](const auto &pair) {
    return own.has(pair.first) && referred.has(pair.second);
  });
}

/// The key's columns that `foreign_keys` names; all, if it is not given.
JoinKey narrowed(const JoinKey &key, const Ids &foreign_keys) {
  JoinKey kept;
  for (const auto &pair : key.columns)
    if (foreign_keys.empty() || contains(foreign_keys, pair.first))
      kept.columns.push_back(pair);
  return kept;
}

std::vector<Candidate> Finder::candidates() const {
  std::vector<Candidate> found;
  for (const JoinTable *table : {&near_, &far_})
    for (const JoinKey &whole : table->foreign_keys) {
      Candidate candidate{narrowed(whole, request_.foreign_keys)};
      if (candidate.key.columns.empty())
        continue;
      candidate.on_near = leads(candidate.key, near_, far_);
      candidate.on_far = leads(candidate.key, far_, near_);
      // Two constraints on the same columns are one way to join.
      const bool is_known = std::any_of(found.begin(), found.end(), [&](const Candidate &known) {
        return known.key.columns == candidate.key.columns;
      });
      if ((candidate.on_near || candidate.on_far) && !is_known)
        found.push_back(std::move(candidate));
    }
  return found;
}

/// Whether the near side's own table, not one of its ancestors', has the columns.
bool Finder::is_own(const Candidate &candidate) const {
  return std::any_of(
      candidate.key.columns.begin(), candidate.key.columns.end(), [&](const auto &pair) {
        const JoinColumn *column = near_.find(candidate.on_near ? pair.first : pair.second);
        return column && !column->inherited;
      });
}

void Finder::trim(std::vector<Candidate> &found) const {
  const auto keep = [&](auto is_better) {
    if (std::any_of(found.begin(), found.end(), is_better))
      std::erase_if(found, [&](const Candidate &candidate) { return !is_better(candidate); });
  };
  keep([&](const Candidate &candidate) { return is_own(candidate); });
  // Of a simple and a composite key with a common column, that which was given.
  keep([&](const Candidate &candidate) {
    return candidate.key.columns.size() == request_.foreign_keys.size();
  });
}

void Finder::find_deduced() {
  std::vector<Candidate> found = candidates();
  if (found.size() > 1)
    trim(found);
  if (found.size() == 1)
    return use(found.front());
  const std::string between = &near_ == &far_
                                  ? "from table '" + near_.name + "' to itself"
                                  : "between tables '" + near_.name + "' and '" + far_.name + "'";
  if (found.empty()) {
    const JoinTable &owner = request_.is_list ? far_ : near_;
    const JoinTable &referred = request_.is_list ? near_ : far_;
    const std::string key = key_of(referred);
    return fail(JoinProblem::no_foreign_key,
                "there is no foreign key " + between +
                    (request_.foreign_keys.empty() ? "" : " among those that foreign_keys names") +
                    "; add foreign_key(\"" + key + "\") to a column of table '" + owner.name +
                    "', or say how the rows belong together with primaryjoin(\"" + key +
                    " == foreign(" + owner.name + ".column)\")");
  }
  std::string keys;
  for (const Candidate &candidate : found)
    keys += (keys.empty() ? "" : "; ") + names_of(candidate.key);
  fail(JoinProblem::ambiguous, "there are " + std::to_string(found.size()) + " foreign keys " +
                                   between + " (" + keys + "); say which with foreign_keys(\"" +
                                   names_of(found.front().key) + "\") or with primaryjoin(…)");
}

/// Of a key from a table to itself: a pair that `remote_side` names says which end is the far one.
std::optional<Direction> Finder::direction_within(const Candidate &candidate) {
  if (request_.remote_side.empty())
    return request_.is_list ? Direction::one_to_many : Direction::many_to_one;
  bool far_owns = false, near_owns = false;
  for (const auto &[own, referred] : candidate.key.columns) {
    if (own == referred)
      continue;
    if (contains(request_.remote_side, own))
      far_owns = true;
    else if (contains(request_.remote_side, referred))
      near_owns = true;
  }
  if (far_owns != near_owns)
    return far_owns ? Direction::one_to_many : Direction::many_to_one;
  return std::nullopt;
}

void Finder::use(const Candidate &candidate) {
  std::optional<Direction> direction;
  if (candidate.on_near && candidate.on_far)
    direction = direction_within(candidate);
  else
    direction = candidate.on_near ? Direction::many_to_one : Direction::one_to_many;
  const bool is_one = direction == Direction::many_to_one;
  const bool is_named =
      request_.remote_side.empty() ||
      std::any_of(candidate.key.columns.begin(), candidate.key.columns.end(),
                  [&](const auto &pair) {
                    return contains(request_.remote_side, is_one ? pair.second : pair.first);
                  });
  if (!direction || !is_named) {
    std::string columns, others;
    for (const auto &[own, referred] : candidate.key.columns) {
      columns += (columns.empty() ? "" : ", ") + name_of(own);
      others += (others.empty() ? "" : ", ") + name_of(referred);
    }
    return fail(JoinProblem::ambiguous_direction,
                "remote_side does not tell the two sides apart: name the columns of the other "
                "object, \"" +
                    others + "\" or \"" + columns + "\"");
  }
  result_.direction = *direction;
  for (const auto &[own, referred] : candidate.key.columns)
    result_.pairs.push_back(is_one ? JoinPair{own, referred} : JoinPair{referred, own});
}

bool Finder::refers(const void *own, const void *referred) const {
  for (const JoinTable *table : {&near_, &far_})
    for (const JoinKey &key : table->foreign_keys)
      if (std::find(key.columns.begin(), key.columns.end(), std::pair(own, referred)) !=
          key.columns.end())
        return true;
  return false;
}

/// Where either column could be of either side: whether the left one is the near one.
bool Finder::is_near_first(const JoinTerm &term, bool left_foreign, bool any_remote) const {
  if (any_remote)
    return !term.left_remote;
  if (!request_.remote_side.empty())
    return !contains(request_.remote_side, term.left);
  return left_foreign != request_.is_list;
}

std::optional<SidedTerm> Finder::sided(const JoinTerm &term, bool any_foreign,
                                       bool any_remote) const {
  const bool is_forward = near_.has(term.left) && far_.has(term.right);
  const bool is_backward = near_.has(term.right) && far_.has(term.left);
  if (!is_forward && !is_backward)
    return std::nullopt;
  bool left = term.left_foreign, right = term.right_foreign;
  if (!any_foreign && !request_.foreign_keys.empty()) {
    left = contains(request_.foreign_keys, term.left);
    right = contains(request_.foreign_keys, term.right);
  } else if (!any_foreign) {
    left = refers(term.left, term.right);
    right = !left && refers(term.right, term.left);
  }
  if (!left && !right)
    return std::nullopt;
  const bool is_near_left =
      is_forward && is_backward ? is_near_first(term, left, any_remote) : is_forward;
  if (is_near_left)
    return SidedTerm{{term.left, term.right}, left, right};
  return SidedTerm{{term.right, term.left}, right, left};
}

void Finder::find_given(const std::vector<JoinTerm> &terms) {
  const auto is_foreign = [](const JoinTerm &term) {
    return term.left_foreign || term.right_foreign;
  };
  const auto is_remote = [](const JoinTerm &term) { return term.left_remote || term.right_remote; };
  const bool any_foreign = std::any_of(terms.begin(), terms.end(), is_foreign);
  const bool any_remote = std::any_of(terms.begin(), terms.end(), is_remote);
  const void *on_near = nullptr, *on_far = nullptr;
  for (const JoinTerm &term : terms)
    if (const std::optional<SidedTerm> found = sided(term, any_foreign, any_remote)) {
      result_.pairs.push_back(found->pair);
      if (found->pair.near == found->pair.far)
        continue; // part of a key from a table to itself that both rows share
      if (found->near_foreign)
        on_near = found->pair.near;
      if (found->far_foreign)
        on_far = found->pair.far;
    }
  result_.direction = (on_near || on_far ? on_far != nullptr : request_.is_list)
                          ? Direction::one_to_many
                          : Direction::many_to_one;
  if (on_near && on_far && !request_.viewonly)
    fail(JoinProblem::ambiguous_direction,
         "the condition has foreign keys on both sides, " + name_of(on_near) + " and " +
             name_of(on_far) + "; mark with foreign(…) only the columns that refer to the other " +
             "object, and where a table joins itself that object's columns with remote(…)");
  if (result_.pairs.empty() && !request_.viewonly)
    fail(JoinProblem::no_foreign_column,
         "the condition compares no foreign key of table '" +
             (request_.is_list ? far_ : near_).name + "' with a column of table '" +
             (request_.is_list ? near_ : far_).name +
             "'; mark the column that refers to the other table, as in primaryjoin(\"" +
             key_of(request_.is_list ? near_ : far_) + " == foreign(" +
             (request_.is_list ? far_ : near_).name +
             ".column)\"), or add viewonly if nothing is to be written");
}

void Finder::find_secondary() {
  result_.direction = Direction::many_to_many;
  // What the given half takes, the other half of a table joined to itself does not.
  const bool is_primary_first = request_.primary || !request_.secondary_terms;
  const auto primary = [&] {
    find_half(near_, request_.primary, "primaryjoin", result_.secondary, result_.pairs);
  };
  if (is_primary_first)
    primary();
  find_half(far_, request_.secondary_terms, "secondaryjoin", result_.pairs, result_.secondary);
  if (!is_primary_first)
    primary();
}

void Finder::find_half(const JoinTable &table, const std::optional<std::vector<JoinTerm>> &terms,
                       const char *option, const std::vector<JoinPair> &taken,
                       std::vector<JoinPair> &pairs) {
  if (terms)
    return half_terms(table, *terms, option, pairs);
  const std::vector<JoinKey> keys = half_keys(table, taken);
  const std::string in_between = "table '" + request_.secondary->name + "', named as secondary, ";
  if (keys.empty())
    return fail(JoinProblem::no_secondary_key,
                in_between + "has no foreign key to table '" + table.name +
                    "'; add one, or say how the rows belong together with " + option + "(\"" +
                    key_of(table) + " == " + request_.secondary->name + ".column\")");
  if (keys.size() > 1)
    return fail(JoinProblem::ambiguous_secondary,
                in_between + "has " + std::to_string(keys.size()) + " foreign keys to table '" +
                    table.name + "'; say which is for which side" + choice(keys));
  for (const auto &[own, referred] : keys.front().columns)
    pairs.push_back(request_.secondary->has(own) ? JoinPair{referred, own}
                                                 : JoinPair{own, referred});
}

/// `: primaryjoin("users.id == friends.a") and secondaryjoin("users.id == friends.b")`
std::string Finder::choice(const std::vector<JoinKey> &keys) const {
  const auto condition = [&](const JoinKey &key) {
    std::string text;
    for (const auto &[own, referred] : key.columns)
      text += (text.empty() ? "" : " and ") + name_of(referred) + " == " + name_of(own);
    return text;
  };
  return " with primaryjoin(\"" + condition(keys[0]) + "\") and secondaryjoin(\"" +
         condition(keys[1]) + "\")";
}

std::vector<JoinKey> Finder::half_keys(const JoinTable &table,
                                       const std::vector<JoinPair> &taken) const {
  const JoinTable &between = *request_.secondary;
  struct Found {
    JoinKey key;
    bool is_own;
  };
  std::vector<Found> found;
  const auto add = [&](const JoinKey &whole, bool is_forward) {
    JoinKey key = narrowed(whole, request_.foreign_keys);
    const bool is_taken =
        std::any_of(key.columns.begin(), key.columns.end(), [&](const auto &pair) {
          return std::any_of(taken.begin(), taken.end(),
                             [&](const JoinPair &other) { return other.far == pair.first; });
        });
    if (key.columns.empty() || is_taken ||
        !(is_forward ? leads(key, between, table) : leads(key, table, between)))
      return;
    if (std::any_of(found.begin(), found.end(),
                    [&](const Found &known) { return known.key.columns == key.columns; }))
      return;
    const bool is_own = std::any_of(key.columns.begin(), key.columns.end(), [&](const auto &pair) {
      return !table.find(is_forward ? pair.second : pair.first)->inherited;
    });
    found.push_back({std::move(key), is_own});
  };
  for (const JoinKey &key : between.foreign_keys)
    add(key, true);
  // Only a row that refers to both sides can be written for a link, but other paths can be read.
  if (request_.viewonly)
    for (const JoinKey &key : table.foreign_keys)
      add(key, false);
  const bool any_own =
      std::any_of(found.begin(), found.end(), [](const Found &one) { return one.is_own; });
  std::vector<JoinKey> keys;
  for (Found &one : found)
    if (one.is_own || !any_own)
      keys.push_back(std::move(one.key));
  return keys;
}

void Finder::half_terms(const JoinTable &table, const std::vector<JoinTerm> &terms,
                        const char *option, std::vector<JoinPair> &pairs) {
  const JoinTable &between = *request_.secondary;
  const bool any_foreign = std::any_of(terms.begin(), terms.end(), [](const JoinTerm &term) {
    return term.left_foreign || term.right_foreign;
  });
  for (const JoinTerm &term : terms) {
    if (any_foreign && !term.left_foreign && !term.right_foreign)
      continue;
    if (table.has(term.left) && between.has(term.right))
      pairs.push_back({term.left, term.right});
    else if (table.has(term.right) && between.has(term.left))
      pairs.push_back({term.right, term.left});
  }
  if (pairs.empty() && !request_.viewonly)
    fail(JoinProblem::no_foreign_column, std::string(option) + " compares no column of table '" +
                                             table.name + "' with one of table '" + between.name +
                                             "', as in " + option + "(\"" + key_of(table) +
                                             " == " + between.name + ".column\")");
}

} // namespace

Join find_join(const JoinRequest &request) { return Finder(request).find(); }

Join turned_round(Join join) {
  if (join.direction == Direction::many_to_many) {
    std::swap(join.pairs, join.secondary);
    return join;
  }
  join.direction =
      join.direction == Direction::many_to_one ? Direction::one_to_many : Direction::many_to_one;
  for (JoinPair &pair : join.pairs)
    std::swap(pair.near, pair.far);
  return join;
}

} // namespace declorm::model
