// relationships.cpp: The annotations of relationship members.

#include "runtime/model/relationships.h"

#include "runtime/model/columns.h"
#include "runtime/model/expression/expressions.h"
#include "runtime/model/expression/parser.h"

#include <algorithm>

namespace declorm::model {

namespace {

constexpr const char *rule_id = "relationship-options";

/// What an option's reader gets.
struct Option {
  RelationshipDecl &decl;
  const Annotation &annotation;
  Placeholders &placeholders;
  bool inherited;
  Diagnostics &diagnostics;

  bool flag() const { return is_true(annotation); }
  std::string text() const {
    return placeholders.fill(annotation.string(), annotation.location, inherited);
  }
  void take(Function &function) const {
    if (!annotation.arguments.empty())
      if (const auto *given = std::get_if<Function>(&annotation.arguments.front().data))
        function = *given;
  }
  void report(std::string what) const {
    diagnostics.push_back({rule_id,
                           Severity::error,
                           "'" + annotation.name + "' of " + spell(decl) + ": " + std::move(what),
                           annotation.location,
                           {}});
  }
};

struct CascadeWord {
  std::string_view word;
  unsigned char bits;
};

constexpr CascadeWord cascade_words[] = {
    {"all", cascade_all},
    {"delete", cascade_delete},
    {"delete-orphan", cascade_delete_orphan},
    {"expunge", cascade_expunge},
    {"merge", cascade_merge},
    {"none", 0},
    {"refresh-expire", cascade_refresh},
    {"save-update", cascade_save_update},
};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos)
    return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

std::string did_you_mean_or(std::string_view word, const std::vector<std::string> &known,
                            const std::string &otherwise) {
  const std::string near = nearest(word, known);
  return near.empty() ? otherwise : "; did you mean '" + near + "'?";
}

void read_cascade(const Option &option) {
  unsigned char bits = 0;
  std::vector<std::string> known;
  std::string list;
  for (const CascadeWord &one : cascade_words) {
    known.emplace_back(one.word);
    list += (list.empty() ? "'" : ", '") + std::string(one.word) + "'";
  }
  std::string_view rest = option.annotation.string();
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view word = trimmed(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (word.empty())
      continue;
    const auto *found = std::find_if(std::begin(cascade_words), std::end(cascade_words),
                                     [&](const CascadeWord &one) { return one.word == word; });
    if (found == std::end(cascade_words))
      option.report("'" + std::string(word) + "' is no cascade" +
                    did_you_mean_or(word, known, "; there are " + list));
    else
      bits |= found->bits;
  }
  option.decl.cascade = bits;
}

struct LoadingWord {
  std::string_view word;
  Loading loading;
  bool is_for_lazy; ///< says what a touch does, which only a member of type lazy or lazy_list has
};

constexpr LoadingWord loading_words[] = {
    {"selectin", Loading::selectin, false},
    {"joined", Loading::joined, false},
    {"raise", Loading::raise, true},
    {"noload", Loading::never, true},
};

void read_lazy(const Option &option) {
  const std::string_view given = option.annotation.string();
  const bool is_lazy = option.decl.type().is_lazy();
  std::vector<std::string> known;
  for (const LoadingWord &one : loading_words) {
    if (is_lazy || !one.is_for_lazy)
      known.emplace_back(one.word);
    if (one.word != given)
      continue;
    option.decl.loading = one.loading;
    if (one.is_for_lazy && !is_lazy)
      option.report("it says what the first touch does, and only a declorm::lazy or "
                    "declorm::lazy_list is loaded by that; leave it out, or change the member's "
                    "type");
    return;
  }
  const char *const otherwise =
      is_lazy ? "; there are 'selectin', 'joined', 'raise' and 'noload', and without 'lazy' the "
                "first touch loads the member"
              : "; there are 'selectin' and 'joined', and without 'lazy' the member is filled when "
                "asked";
  option.report("'" + std::string(given) + "' is no way to load" +
                did_you_mean_or(given, known, otherwise));
}

void read_passive_deletes(const Option &option) {
  const std::string_view given = option.annotation.string();
  if (given == "all")
    option.decl.passive_deletes = option.decl.passive_deletes_all = true;
  else if (!given.empty())
    option.report("it is true, false or \"all\", not '" + std::string(given) + "'");
  else
    option.decl.passive_deletes = option.flag();
}

void set_other_side(const Option &option) {
  option.decl.other_side = option.text();
  option.decl.names_backref = option.annotation.name == "backref";
  option.decl.other_side_location = option.annotation.location;
}

struct OptionReader {
  std::string_view name;
  void (*read)(const Option &option);
};

/// Sorted by name. What is a string in the expression language is not here.
constexpr OptionReader option_readers[] = {
    {"back_populates", set_other_side},
    {"backref", set_other_side},
    {"cascade", read_cascade},
    {"lazy", read_lazy},
    {"map_key", [](const Option &o) { o.decl.map_key = o.text(); }},
    {"order_by", [](const Option &o) { o.take(o.decl.order_by_function); }},
    {"passive_deletes", read_passive_deletes},
    {"passive_updates", [](const Option &o) { o.decl.passive_updates = o.flag(); }},
    {"post_update", [](const Option &o) { o.decl.post_update = true; }},
    {"primaryjoin", [](const Option &o) { o.take(o.decl.primaryjoin_function); }},
    {"secondary", [](const Option &o) { o.take(o.decl.secondary_function); }},
    {"secondaryjoin", [](const Option &o) { o.take(o.decl.secondaryjoin_function); }},
    {"viewonly", [](const Option &o) { o.decl.viewonly = true; }},
};

const OptionReader *find_reader(std::string_view name) {
  const auto *found = std::lower_bound(
      std::begin(option_readers), std::end(option_readers), name,
      [](const OptionReader &reader, std::string_view n) { return reader.name < n; });
  return found != std::end(option_readers) && found->name == name ? found : nullptr;
}

} // namespace

std::string spell(const RelationshipDecl &decl) {
  return "relationship '" + decl.name() + "' of class '" + decl.owner->class_->name + "'";
}

void RelationshipReader::read(MappedClass &mapped, Placeholders &placeholders) {
  mapped_ = &mapped;
  placeholders_ = &placeholders;
  lineage_.assign(names_.program(), *mapped.class_);
  if (mapped.up())
    lineage_.mark_inherited(names_.program(), *mapped.parent->class_);
  lineage_.sort_own(layout_);
  for (const unsigned ancestor : layout_)
    for (const Member &member : lineage_.ancestors[ancestor].class_->members)
      if (const Annotation *annotation = find(member.annotations, "relationship");
          annotation && member.type.is_link() && !lineage_.is_hidden(member, ancestor))
        read_member(member, *annotation, ancestor);
}

void RelationshipReader::read_member(const Member &member, const Annotation &annotation,
                                     unsigned ancestor) {
  const Ancestor &base = lineage_.ancestors[ancestor];
  RelationshipDecl &decl = mapped_->relationships.emplace_back();
  decl.place.name = member.name;
  decl.place.member = &member;
  decl.place.declared_in = decl.place.base = base.class_;
  decl.place.holder = base.offset;
  decl.place.offset = add_offsets(base.offset, member.offset);
  decl.annotation = &annotation;
  decl.location = annotation.location;
  decl.owner = mapped_;
  find_target(decl, ancestor != 0);
  read_options(decl, ancestor != 0);
  read_strings(decl);
}

void RelationshipReader::read_options(RelationshipDecl &decl, bool inherited) {
  bool has_cascade = false;
  for (const Annotation &annotation : decl.place.member->annotations) {
    if (const OptionReader *reader = find_reader(annotation.name))
      reader->read({decl, annotation, *placeholders_, inherited, diagnostics_});
    if (annotation.name == "secondary")
      read_secondary(decl, annotation, inherited);
    has_cascade |= annotation.name == "cascade";
  }
  if (decl.viewonly && !has_cascade)
    decl.cascade = cascade_merge;
}

void RelationshipReader::read_strings(RelationshipDecl &decl) const {
  for (const ExpressionDecl &expression : mapped_->expressions) {
    if (expression.attribute.member != decl.place.member)
      continue;
    const std::string &name = expression.annotation->name;
    if (name == "primaryjoin")
      decl.primaryjoin = &expression;
    else if (name == "secondaryjoin")
      decl.secondaryjoin = &expression;
    else if (name == "order_by")
      decl.order_by.push_back(&expression);
    else if (name == "foreign_keys")
      decl.foreign_keys.push_back(&expression);
    else if (name == "remote_side")
      decl.remote_side.push_back(&expression);
  }
}

/// A table's name, else that of a class. A table that nothing declares may be made by hand.
void RelationshipReader::read_secondary(RelationshipDecl &decl, const Annotation &annotation,
                                        bool inherited) {
  if (annotation.arguments.empty() || !annotation.arguments.front().string())
    return;
  const SourceText source(annotation.arguments.front(), annotation, placeholders_, inherited);
  decl.secondary = source.text();
  decl.secondary_location = source.at(0);
  decl.secondary_class = names_.table(mapped_->table.metadata, decl.secondary);
  if (decl.secondary_class)
    return;
  const Parsed parsed = parse_expression(decl.secondary, Grammar::names);
  const auto *tree = std::get_if<ExprTree>(&parsed);
  if (!tree || tree->roots.size() != 1)
    return;
  std::optional<NameProblem> problem;
  const MappedClass *named =
      NameResolver(names_, *mapped_, nullptr).find_class(tree->root().name, problem);
  if (!named || !named->has_table())
    return;
  decl.secondary_class = named;
  decl.secondary = named->table.full_name();
}

void RelationshipReader::report_target(RelationshipDecl &decl, Diagnostic finding,
                                       bool is_certain) {
  const Program &program = names_.program();
  if (decl.type().plain_target && finding.message.find("; ") == std::string::npos)
    finding.message += "; annotate it with [[declorm::table]], or, if map_imperatively maps it in "
                       "another source, say allow(\"unresolved-target\") here";
  if (is_certain || (program.whole && !program.incomplete))
    diagnostics_.push_back(std::move(finding));
  else
    decl.unresolved.push_back(std::move(finding));
}

void RelationshipReader::find_target(RelationshipDecl &decl, bool inherited) {
  const Annotation &annotation = *decl.annotation;
  if (!annotation.arguments.empty() && annotation.arguments.front().string())
    find_named_target(decl, inherited);
  else
    find_typed_target(decl);
  if (decl.target)
    decl.target_name = decl.target->class_->name;
}

namespace {

/// The qualified name of the class that the member's type leads to, or "" if nobody here knows it.
std::string_view typed_name(const Program &program, const Type &type) {
  const Class *known = program.find(type.target);
  return known ? std::string_view(known->name) : std::string_view(type.target_name);
}

/// Whether a string may name the class: its qualified name or a tail of that.
bool is_name_of(std::string_view text, std::string_view qualified) {
  const bool is_whole = text.starts_with("::");
  if (is_whole)
    text.remove_prefix(2);
  return text == qualified || (!is_whole && qualified.ends_with("::" + std::string(text)));
}

/// "shop::Order" to "Order".
std::string last_part(std::string_view qualified) {
  Class class_;
  class_.name = qualified;
  return std::string(class_.unqualified_name());
}

} // namespace

/// The string names something else than the member's type says.
void RelationshipReader::report_other_name(RelationshipDecl &decl, const SourceText &source,
                                           const std::vector<NamePart> &chain) {
  const std::string qualified(typed_name(names_.program(), decl.type()));
  // The class is not here at run time if nothing maps it; what is wrong was said before.
  const std::string right = qualified.empty() ? decl.type().spelling : last_part(qualified);
  const std::string given = spell(chain);
  Diagnostic finding{
      "unresolved-target", Severity::error, {}, source.at(chain.back().range.begin), {}};
  const std::vector<const Class *> named = names_.classes(given, *mapped_);
  TextRange range = chain.back().range;
  if (!named.empty()) {
    range.begin = chain.front().range.begin;
    finding.rule = rule_id;
    finding.location = source.at(range.begin);
    finding.message = spell(decl) + " names class '" + named.front()->name + "', but its type '" +
                      decl.type().spelling + "' leads to class '" + qualified + "'; write '" +
                      right + "', or leave the name out";
  } else if (names_.table(mapped_->table.metadata, given)) {
    range.begin = chain.front().range.begin;
    finding.location = source.at(range.begin);
    finding.message =
        "'" + given + "' is a table, and a relationship names a class" + did_you_mean(right);
  } else {
    finding.message = "'" + given + "' is no mapped class" + did_you_mean(right);
  }
  if (!qualified.empty())
    finding.fix = source.fix(range, right);
  diagnostics_.push_back(std::move(finding));
}

/// `relationship("shop::Address")` names the class that the member's type leads to.
void RelationshipReader::find_named_target(RelationshipDecl &decl, bool inherited) {
  const Annotation &annotation = *decl.annotation;
  const SourceText source(annotation.arguments.front(), annotation, placeholders_, inherited);
  decl.target_name = source.text();
  Parsed parsed = parse_expression(source.text(), Grammar::names);
  if (const auto *error = std::get_if<ExprError>(&parsed)) {
    Diagnostic finding{"expression-syntax",
                       Severity::error,
                       "in 'declorm::relationship': " + error->message,
                       source.at(error->range.begin),
                       {}};
    if (!error->fix.empty())
      finding.fix = source.fix(error->range, error->fix);
    diagnostics_.push_back(std::move(finding));
    return;
  }
  const std::vector<NamePart> &chain = std::get<ExprTree>(parsed).root().name;
  std::optional<NameProblem> problem;
  decl.target = NameResolver(names_, *mapped_, nullptr).find_class(chain, problem);
  const bool is_other_class = decl.target && decl.target->class_->key != decl.type().target;
  const std::string_view typed = typed_name(names_.program(), decl.type());
  const bool is_no_name = problem && std::string_view(problem->rule) == "unresolved-target" &&
                          !typed.empty() && !is_name_of(spell(chain), typed);
  if (is_other_class || is_no_name) {
    decl.target = nullptr;
    report_other_name(decl, source, chain);
  } else if (problem) {
    const bool is_certain = !problem->may_be_elsewhere || decl.type().plain_target;
    report_target(decl, diagnostic_of(std::move(*problem), source), is_certain);
  }
}

namespace {

/// Of "std::vector<shop::Address *>": "Address". What the compiler knows of the class is not there
/// at run time, and the words are to be the same.
std::string_view last_word(std::string_view spelling) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  while (!spelling.empty() && !is_part(spelling.back()))
    spelling.remove_suffix(1);
  std::size_t begin = spelling.size();
  while (begin != 0 && is_part(spelling[begin - 1]))
    --begin;
  return spelling.substr(begin);
}

} // namespace

void RelationshipReader::find_typed_target(RelationshipDecl &decl) {
  const Type &type = decl.type();
  decl.target = names_.mapping().find(type.target);
  if (decl.target)
    return;
  const Class *known = names_.program().find(type.target);
  decl.target_name = known                       ? known->name
                     : !type.target_name.empty() ? type.target_name
                                                 : type.spelling;
  if (known && (known->incomplete || is_mapped_elsewhere(names_.program(), *known)))
    return;
  Diagnostic finding{"unresolved-target", Severity::error, {}, decl.place.member->location, {}};
  if (known) {
    finding.message = spell(decl) + " leads to class '" + known->name +
                      "', which is mapped to no table; annotate it with [[declorm::table]]";
    finding.notes.push_back({"the class is here", known->location});
  } else {
    finding.message = spell(decl) + " has type '" + type.spelling +
                      "', and nothing maps that class" +
                      did_you_mean(names_.nearest_class(last_word(type.spelling)));
  }
  report_target(decl, std::move(finding), known || type.plain_target);
}

} // namespace declorm::model
