// added_field.cpp: Whether the field `note`, which added-field.test adds to model::Member, is kept.
#include "runtime/model/class_text.h"
#include "runtime/model/json.h"

#include <cstdio>

using namespace declorm::model;

int main() {
  Class class_;
  class_.name = class_.key = "User";
  class_.location = {"model.h", 1, 1};
  class_.members.emplace_back().name = "id";
  Class noted = class_;
  noted.members[0].note = "remember me";

  TranslationUnit unit;
  unit.classes.push_back(noted);
  std::string error;
  const auto read = from_json(to_json(unit), error);
  std::printf("json: %s\n",
              read && read->classes[0].members[0].note == "remember me" ? "kept" : "lost");

  std::string text;
  for (const std::string &line : class_text(noted))
    text += line;
  Class back;
  read_class_text(text.c_str(), back);
  std::printf("text: %s\n", back.members[0].note == "remember me" ? "kept" : "lost");
  std::printf("digest: %s\n", digest(noted) != digest(class_) ? "differs" : "is the same");
}
