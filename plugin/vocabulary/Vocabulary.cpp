// Vocabulary.cpp: What is known about the annotations.

#include "plugin/vocabulary/Vocabulary.h"

#include <algorithm>

namespace declorm::plugin {

using enum Count;
using enum Status;

static constexpr AnnotationSpec Specs[] = {
#define ANNOTATION(NAME, SUBJECTS, ARGUMENTS, COUNT, NEEDS, STATUS, DOC)                           \
  {NAME, SUBJECTS, ARGUMENTS, COUNT, NEEDS, STATUS, DOC},
#include "plugin/vocabulary/Annotations.def"
};

std::span<const AnnotationSpec> annotationSpecs() { return Specs; }

const AnnotationSpec *findSpec(std::string_view Name, Subject Place) {
  for (const AnnotationSpec &Spec : Specs)
    if (Spec.Name == Name && (Spec.Subjects & Place))
      return &Spec;
  return nullptr;
}

bool isAnnotation(std::string_view Name) {
  return std::ranges::any_of(Specs, [&](const AnnotationSpec &Spec) { return Spec.Name == Name; });
}

bool takesArguments(std::string_view Name) {
  return std::ranges::any_of(Specs, [&](const AnnotationSpec &Spec) {
    return Spec.Name == Name && !Spec.Arguments.empty();
  });
}

const std::vector<std::string> &annotationNames() {
  static const std::vector<std::string> Names = [] {
    std::vector<std::string> Result;
    for (const AnnotationSpec &Spec : Specs)
      if (std::ranges::find(Result, Spec.Name) == Result.end())
        Result.emplace_back(Spec.Name);
    return Result;
  }();
  return Names;
}

std::vector<std::string_view> alternatives(std::string_view Text) {
  std::vector<std::string_view> Result;
  while (true) {
    const std::size_t Bar = Text.find('|');
    Result.push_back(Text.substr(0, Bar));
    if (Bar == std::string_view::npos)
      return Result;
    Text.remove_prefix(Bar + 1);
  }
}

/// "a", "a or b", "a, b or c".
static std::string join(const std::vector<std::string> &Parts, std::string_view Last) {
  std::string Result;
  for (std::size_t I = 0; I != Parts.size(); ++I) {
    if (I != 0)
      Result += I + 1 == Parts.size() ? Last : ", ";
    Result += Parts[I];
  }
  return Result;
}

static std::string describePlaces(unsigned Subjects) {
  std::vector<std::string> Parts;
  if (Subjects & Class)
    Parts.emplace_back("a class");
  if (Subjects & Field)
    Parts.emplace_back("a data member");
  if (Subjects & Method)
    Parts.emplace_back("a member function");
  else if (Subjects & StaticMethod)
    Parts.emplace_back("a static member function");
  return join(Parts, " or ");
}

std::string describeSubjects(std::string_view Name) {
  unsigned Subjects = 0;
  for (const AnnotationSpec &Spec : Specs)
    if (Spec.Name == Name)
      Subjects |= Spec.Subjects;
  return describePlaces(Subjects);
}

std::string describeSubjects(const AnnotationSpec &Spec) { return describePlaces(Spec.Subjects); }

static bool kindFits(char Wanted, char Given) {
  if (Given == '?' || Wanted == Given)
    return true;
  return Wanted == 'v' && (Given == 's' || Given == 'i' || Given == 'b' || Given == 'f' ||
                           Given == 'r' || Given == 'e' || Given == 'n');
}

static bool sequenceFits(std::string_view Shape, std::string_view Kinds) {
  std::size_t Given = 0;
  for (std::size_t I = 0; I != Shape.size(); ++I) {
    const char Wanted = Shape[I];
    const char Suffix = I + 1 != Shape.size() ? Shape[I + 1] : '\0';
    if (Suffix == '?' || Suffix == '+')
      ++I;
    bool Fits = Given != Kinds.size() && kindFits(Wanted, Kinds[Given]);
    if (!Fits && Suffix != '?')
      return false;
    Given += Fits;
    while (Suffix == '+' && Given != Kinds.size() && kindFits(Wanted, Kinds[Given]))
      ++Given;
  }
  return Given == Kinds.size();
}

/// Takes the mark of a form that is not yet off; whether it was there.
static bool takeMark(std::string_view &Alternative) {
  const bool Marked = Alternative.starts_with('!');
  Alternative.remove_prefix(Marked);
  return Marked;
}

bool argumentsFit(std::string_view Shape, std::string_view Kinds) {
  for (std::string_view Alternative : alternatives(Shape)) {
    takeMark(Alternative);
    if (sequenceFits(Alternative, Kinds))
      return true;
  }
  return false;
}

bool isNotYet(const AnnotationSpec &Spec, std::string_view Kinds) {
  if (Spec.Status == NotYet)
    return true;
  for (std::string_view Alternative : alternatives(Spec.Arguments)) {
    const bool Marked = takeMark(Alternative);
    if (sequenceFits(Alternative, Kinds))
      return Marked;
  }
  return false;
}

static std::string describeKind(char Kind) {
  switch (Kind) {
  case 's':
    return "a string";
  case 'i':
    return "an integer";
  case 'b':
    return "true or false";
  case 'f':
    return "a function";
  case 'l':
    return "a list of strings in braces";
  case 'v':
    return "a value";
  case 'r':
    return "a floating-point number";
  case 'e':
    return "an enumerator";
  case 'n':
    return "nullptr";
  case 'k':
    return "an unknown name";
  case 'x':
    return "a list of other things";
  default:
    return "something else";
  }
}

/// "string", "strings"; "list of strings in braces", "lists of strings in braces".
static std::string noun(char Kind, bool Plural) {
  const std::string S = Plural ? "s" : "";
  switch (Kind) {
  case 's':
    return "string" + S;
  case 'i':
    return "integer" + S;
  case 'b':
    return "boolean" + S;
  case 'l':
    return "list" + S + " of strings in braces";
  default:
    return "value" + S;
  }
}

/// "a string", "two strings", "at most one string", "one or more strings".
static std::string describeRun(char Kind, char Suffix, unsigned Length) {
  static constexpr const char *Numbers[] = {"no", "one", "two", "three", "four"};
  if (Suffix == '+')
    return "one or more " + noun(Kind, true);
  if (Suffix == '?')
    return std::string("at most ") + Numbers[Length] + " " + noun(Kind, Length != 1);
  return Length == 1 ? describeKind(Kind) : Numbers[Length] + (" " + noun(Kind, true));
}

static std::string describeSequence(std::string_view Shape) {
  std::string Result;
  for (std::size_t I = 0; I != Shape.size();) {
    const auto SuffixAt = [&](std::size_t At) {
      return At < Shape.size() && (Shape[At] == '?' || Shape[At] == '+') ? Shape[At] : '\0';
    };
    const char Kind = Shape[I], Suffix = SuffixAt(I + 1);
    unsigned Length = 0;
    for (; I < Shape.size() && Shape[I] == Kind && SuffixAt(I + 1) == Suffix; ++Length)
      I += Suffix ? 2 : 1;
    Result += (Result.empty() ? "" : " and ") + describeRun(Kind, Suffix, Length);
  }
  return Result.empty() ? "no arguments" : Result;
}

std::string describeShape(std::string_view Shape) {
  std::vector<std::string> Parts;
  for (std::string_view Alternative : alternatives(Shape)) {
    takeMark(Alternative);
    Parts.push_back(describeSequence(Alternative));
  }
  return join(Parts, ", or ");
}

std::string describeKinds(std::string_view Kinds) {
  if (Kinds.empty())
    return "nothing";
  std::vector<std::string> Parts;
  for (char Kind : Kinds)
    Parts.push_back(describeKind(Kind));
  return join(Parts, " and ");
}

} // namespace declorm::plugin
