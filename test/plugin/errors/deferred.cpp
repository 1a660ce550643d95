// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// Deferred columns that each object needs, and where `deferred` has no effect.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#define KEY [[using declorm: column, primary_key]] std::int64_t id = 0;

struct [[declorm::table("a")]] Key {
  [[using declorm: column, primary_key, deferred]] std::int64_t id = 0; // expected-error {{'deferred' on member 'id' of class 'Key': the column is part of the primary key, which finds the object of each row; leave it out [declorm-deferred-key]}}
};
struct [[using declorm: table("b"), mapper_primary_key("code")]] MapperKey {
  KEY
  [[using declorm: column, deferred]] std::string code; // expected-error {{'deferred' on member 'code' of class 'MapperKey': the column is part of the primary key, which finds the object of each row; leave it out [declorm-deferred-key]}}
};
struct [[declorm::table("c")]] Versioned {
  KEY
  [[using declorm: column, version_id, deferred]] int version = 0; // expected-error {{'deferred' on member 'version' of class 'Versioned': the column counts versions, and each UPDATE looks for the one that was read; leave it out [declorm-deferred-key]}} expected-note {{it is marked here}}
};
struct [[using declorm: table("d"), polymorphic_on("type"), polymorphic_identity("d")]] Root { // expected-note {{it is named here}}
  KEY
  [[using declorm: column, deferred]] std::string type; // expected-error {{'deferred' on member 'type' of class 'Root': the column tells the classes of the hierarchy apart, which each row needs; leave it out [declorm-deferred-key]}}
};
struct [[using declorm: mapped, polymorphic_identity("e")]] Below : Root {
  [[using declorm: column, deferred]] std::optional<int> fine;
};

struct Child;
struct [[declorm::table("parents")]] Parent {
  KEY
  [[using declorm: relationship, map_key("name")]] std::map<std::string, Child *> children; // expected-note {{relationship 'children' of class 'Parent' is here}}
};
struct [[declorm::table("children")]] Child {
  KEY
  [[using declorm: column, deferred]] std::string name; // expected-error {{'deferred' on member 'name' of class 'Child': relationship 'children' of class 'Parent' keeps objects in a map by it; leave it out [declorm-deferred-key]}}
  [[using declorm: column, foreign_key("parents.id"), deferred]] std::int64_t parent_id = 0; // expected-error {{'deferred' on member 'parent_id' of class 'Child': relationship 'children' of class 'Parent' links objects by the column, so that each row needs it; leave it out [declorm-deferred-key]}} expected-note@-5 {{relationship 'children' of class 'Parent' is here}}
};
// A foreign key that no relationship follows.
struct [[declorm::table("alone")]] Alone {
  KEY
  [[using declorm: column, foreign_key("parents.id"), deferred]] std::int64_t parent_id = 0;
};

struct Place {
  [[declorm::column]] int x = 0;
  [[using declorm: column, deferred]] std::string text; // expected-error {{'deferred' on member 'text' of class 'Place' has no effect: the class is a value in the columns of others, as that of composite 'place' of class 'Placed', which are loaded whole; leave it out, or make the member a column of the class that has the composite [declorm-useless-argument]}}
};
struct [[declorm::table("placed")]] Placed {
  KEY
  [[declorm::composite]] Place place; // expected-note {{composite 'place' is here}}
};
