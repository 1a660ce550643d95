// english.cpp: singular and plural of English nouns: the rules, and the nouns that follow none.

#include "utils/declorm-automap/naming.h"

#include <algorithm>

namespace declorm::automap {

namespace {

struct Noun {
  std::string_view one, many;
};

/// Nouns whose forms no rule gives. Of two with one plural the first is meant.
constexpr Noun irregular[] = {
    {"axis", "axes"},
    {"analysis", "analyses"},
    {"cache", "caches"},
    {"calf", "calves"},
    {"calorie", "calories"},
    {"child", "children"},
    {"cookie", "cookies"},
    {"crisis", "crises"},
    {"criterion", "criteria"},
    {"diagnosis", "diagnoses"},
    {"die", "dice"},
    {"echo", "echoes"},
    {"elf", "elves"},
    {"foot", "feet"},
    {"genie", "genies"},
    {"goose", "geese"},
    {"half", "halves"},
    {"hero", "heroes"},
    {"hypothesis", "hypotheses"},
    {"index", "indices"},
    {"index", "indexes"},
    {"knife", "knives"},
    {"leaf", "leaves"},
    {"lie", "lies"},
    {"life", "lives"},
    {"loaf", "loaves"},
    {"louse", "lice"},
    {"man", "men"},
    {"matrix", "matrices"},
    {"mouse", "mice"},
    {"movie", "movies"},
    {"ox", "oxen"},
    {"parenthesis", "parentheses"},
    {"person", "people"},
    {"pie", "pies"},
    {"potato", "potatoes"},
    {"quiz", "quizzes"},
    {"scarf", "scarves"},
    {"selfie", "selfies"},
    {"self", "selves"},
    {"shelf", "shelves"},
    {"synopsis", "synopses"},
    {"thesis", "theses"},
    {"thief", "thieves"},
    {"tie", "ties"},
    {"tomato", "tomatoes"},
    {"tooth", "teeth"},
    {"vertex", "vertices"},
    {"veto", "vetoes"},
    {"wife", "wives"},
    {"wolf", "wolves"},
    {"woman", "women"},
    {"zombie", "zombies"},
};

/// These also end other nouns: "salespeople", "stepchildren".
constexpr std::string_view endings_of_compounds[] = {"people", "children", "women", "men",
                                                     "person", "child",    "woman", "man"};

constexpr std::string_view uncountable[] = {
    "aircraft",    "bison",  "cattle",    "clothing", "data",      "deer",
    "equipment",   "fish",   "furniture", "hardware", "homework",  "info",
    "information", "jeans",  "knowledge", "luggage",  "media",     "metadata",
    "money",       "moose",  "music",     "news",     "offspring", "progress",
    "rice",        "salmon", "series",    "sheep",    "software",  "spacecraft",
    "species",     "staff",  "swine",     "traffic",  "trout",     "weather",
};

/// Singular, though they end as plurals do; the plural has "es".
constexpr std::string_view singulars_in_s[] = {
    "alias",    "apparatus", "atlas",    "bias",      "bonus",      "bus",       "campus",
    "canvas",   "census",    "chaos",    "christmas", "circus",     "consensus", "corpus",
    "cosmos",   "focus",     "gas",      "genius",    "kudos",      "lens",      "nexus",
    "octopus",  "opus",      "pancreas", "plus",      "prospectus", "radius",    "status",
    "stimulus", "surplus",   "syllabus", "terminus",  "texas",      "virus",     "walrus",
};
/// No plurals of "men", nor compounds of "man".
constexpr std::string_view singulars_in_men[] = {"abdomen", "acumen",   "omen",
                                                 "regimen", "specimen", "stamen"};
constexpr std::string_view singulars_in_man[] = {"german", "human",    "ottoman",
                                                 "roman",  "talisman", "shaman"};

template <std::size_t N> bool contains(const std::string_view (&list)[N], std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

/// "people" of "salespeople", or the word itself.
std::string_view irregular_part(std::string_view word) {
  if (contains(singulars_in_men, word) || contains(singulars_in_man, word))
    return {};
  for (std::string_view ending : endings_of_compounds)
    if (word.size() > ending.size() + 2 && word.ends_with(ending))
      return ending;
  return word;
}

/// `from` and `to` say which way: &Noun::many to &Noun::one makes the singular.
std::string replace_irregular(std::string_view word, std::string_view Noun::*from,
                              std::string_view Noun::*to) {
  const std::string_view part = irregular_part(word);
  for (const Noun &noun : irregular)
    if (noun.*from == part && !part.empty())
      return std::string(word.substr(0, word.size() - part.size())) + std::string(noun.*to);
  return {};
}

std::string cut(std::string_view word, std::size_t count, std::string_view ending = {}) {
  return std::string(word.substr(0, word.size() - count)) + std::string(ending);
}

} // namespace

std::string singular(std::string_view word) {
  if (contains(uncountable, word) || contains(singulars_in_s, word) ||
      contains(singulars_in_men, word))
    return std::string(word);
  if (std::string known = replace_irregular(word, &Noun::many, &Noun::one); !known.empty())
    return known;
  if (word.size() < 3 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") ||
      word.ends_with("is"))
    return std::string(word);
  if (word.ends_with("ies") && word.size() > 3)
    return cut(word, 3, "y");
  // "boxes", "branches", "addresses".
  for (std::string_view ending : {"sses", "shes", "ches", "xes", "zzes"})
    if (word.ends_with(ending))
      return cut(word, 2);
  if (word.ends_with("ses")) {
    std::string stem = cut(word, 2);
    if (contains(singulars_in_s, stem))
      return stem;
  }
  return cut(word, 1);
}

std::string plural(std::string_view word) {
  if (word.empty() || contains(uncountable, word))
    return std::string(word);
  if (std::string known = replace_irregular(word, &Noun::one, &Noun::many); !known.empty())
    return known;
  // Plural already.
  if (singular(word) != word)
    return std::string(word);
  const char last = word.back(), before = word.size() > 1 ? word[word.size() - 2] : 'a';
  if (last == 'y' && !is_vowel(before))
    return cut(word, 1, "ies");
  if (last == 's' || last == 'x' || last == 'z' || word.ends_with("ch") || word.ends_with("sh"))
    return std::string(word) + "es";
  return std::string(word) + "s";
}

} // namespace declorm::automap
