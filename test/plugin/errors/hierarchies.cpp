// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// What a class of a hierarchy, or one that wants to be, may not declare.
#include <string>

#define KEY [[using declorm: column, primary_key]] int id = 0;

struct Padded { char padding; };
struct [[using declorm: table("people"), polymorphic_identity("person")]] Person { KEY // expected-note 5 {{put it on class 'Person', which has that table, or give class}}
  [[using declorm: column, polymorphic_on]] std::string kind;
  [[declorm::column]] int number = 0;
};
struct Commented {};
struct [[using declorm: mapped, polymorphic_identity("clerk"),       // expected-note@+5 2 {{class 'Clerk' derives from 'Person'; leave the key out, or give it a table with [[declorm::table("name")]]}}
         index({"desk"}),                                            // expected-error {{index on class 'Clerk', which has no table of its own: its columns are in table 'people' [declorm-single-table-arguments]}}
         unique_constraint({"desk"}),                                // expected-error {{unique_constraint on class 'Clerk', which has no table}}
         check_constraint("desk > 0"), table_option("a", "b"), comment("c"), // expected-error {{check_constraint on}} expected-error {{table_option on}} expected-error {{comment on}}
         primary_key_constraint({"desk"})]]                          // expected-error {{primary_key_constraint of class 'Clerk', which has no table of its own: its rows in table 'people' have the key of class 'Person' [declorm-single-table-primary-key]}}
Clerk : Person {
  [[using declorm: column, primary_key]] int badge = 0;              // expected-error {{primary_key on member 'badge' of class 'Clerk', which has no table of its own: its rows in table 'people' have the key of class 'Person' [declorm-single-table-primary-key]}}
  [[using declorm: column, index, unique, foreign_key("people.id")]] int desk = 0;
};

struct [[declorm::table("parties")]] Party { KEY
  [[declorm::column]] int number = 0;
};
struct [[declorm::table("keyless")]] Keyless : Party {};
struct [[declorm::table("own_key")]] OwnKey : Party {               // expected-error {{table 'own_key' of class 'OwnKey' has a primary key of its own and no foreign key to table 'parties' of class 'Party', whose rows it continues [declorm-inherit-condition]}} expected-note {{add foreign_key("parties.id") to its key; or declare no key: then it has that of class 'Party'}}
  [[using declorm: column, primary_key]] int own_id = 0;
};
struct [[declorm::table("two_keys")]] TwoKeys : Party {             // expected-error {{table 'two_keys' of class 'TwoKeys' has 2 foreign keys to class 'Party' and no inherit_condition [declorm-inherit-condition]}}
  [[using declorm: column, primary_key, foreign_key("parties.id")]] int own_id = 0; // expected-note {{one is that of column 'own_id'; say which joins the rows, as in inherit_condition("two_keys.own_id = parties.id")}}
  [[using declorm: column, foreign_key("parties.id")]] int boss_id = 0;             // expected-note {{one is that of column 'boss_id'}}
};
// The key taken from the parent, or the one to the parent's own table, is the one meant.
struct [[declorm::table("assisted")]] Assisted : Party {
  [[using declorm: column, foreign_key("parties.id")]] int assistant_id = 0;
};
struct [[declorm::table("deeper")]] Deeper : Assisted {
  [[using declorm: column, primary_key, foreign_key("assisted.id")]] int deep_id = 0;
  [[using declorm: column, foreign_key("parties.id")]] int boss_id = 0;
};
struct [[using declorm: table("given"), inherit_condition("given.own_id = parties.id")]] Given : Party {
  [[using declorm: column, primary_key, foreign_key("parties.id")]] int own_id = 0;
  [[using declorm: column, foreign_key("parties.id")]] int boss_id = 0;
};
struct [[using declorm: table("unequal"), inherit_condition("unequal.own_id < parties.id")]] Unequal : Party { // expected-error {{inherit_condition of class 'Unequal' is not made of equalities, joined by 'and', between one of its columns and one of class 'Party' each [declorm-inherit-condition]}} expected-note {{its columns are those of table 'unequal'; it says which row of class 'Party' a row continues, as in "unequal.own_id = parties.id"}}
  [[using declorm: column, primary_key, foreign_key("parties.id")]] int own_id = 0;
};
struct [[using declorm: table("either"), inherit_condition("own_id = parties.id or own_id = parties.number")]] Either : Party { // expected-error {{inherit_condition of class 'Either' is not made of equalities}} expected-note {{}}
  [[using declorm: column, primary_key]] int own_id = 0;
};
struct [[using declorm: table("itself"), inherit_condition("own_id = other")]] Itself : Party { // expected-error {{inherit_condition of class 'Itself' is not made of equalities}} expected-note {{}}
  [[using declorm: column, primary_key]] int own_id = 0;
  [[declorm::column]] int other = 0;
};
struct [[using declorm: mapped, polymorphic_identity("x"), inherit_condition("id = id")]] NoJoin : Person {}; // expected-error {{inherit_condition on class 'NoJoin', which has no table of its own: there is nothing to join; leave it out [declorm-inherit-condition]}}

// Two mapped bases.
struct [[declorm::table("accounts")]] Account { KEY };
struct Middle : Padded, Account {};
struct [[declorm::table("customers")]] Customer
    : Party,                                                         // expected-note {{the other one is here; keep one as the base and refer to the other with a relationship, or make that one a mixin, without a table}}
      Middle {};                                                     // expected-error {{class 'Customer' derives from two mapped classes, 'Party' and 'Account'; its rows can continue those of one [declorm-multiple-mapped-bases]}}
struct [[declorm::table("fine")]] Fine : virtual Party {};
struct [[declorm::table("fine_too")]] FineToo : Fine, virtual Party {};
struct Left : Party {};
struct Right : Party {};
struct [[declorm::table("both")]] Both : Left,                       // expected-note {{it is also here}}
                                         Right {};                   // expected-error {{class 'Both' contains its mapped base 'Party' twice, and has one row; derive from it once, or virtually [declorm-multiple-mapped-bases]}}
struct LeftShared : virtual Party {};
struct RightShared : virtual Party {};
struct [[declorm::table("shared")]] SharedBase : LeftShared, RightShared {};

// Contradictions.
struct [[using declorm: abstract,                                    // expected-note {{'abstract' is here}}
         table("t1")]] T1 { KEY };                                   // expected-error {{'table' and 'abstract' on class 'T1' contradict each other: an abstract class has no table; leave one of the two out [declorm-contradictory-mapping]}}
struct [[using declorm: table("t2"),                                 // expected-note {{'table' is here}}
         mapped, polymorphic_identity("t2")]] T2 : Person {};                                    // expected-error {{'mapped' and 'table' on class 'T2' contradict each other: a mapped class without a table of its own has no table}}
struct [[using declorm: table("t3"), no_table, polymorphic_identity("t3")]] T3 : Person {};      // expected-error {{'no_table' and 'table' on class 'T3' contradict each other}} expected-note {{'table' is here}}
struct [[declorm::mapped]] T5 : Padded { KEY };                      // expected-error {{'mapped' on class 'T5', none of whose bases is mapped; give it a table with [[declorm::table("name")]] [declorm-contradictory-mapping]}} expected-note {{a class without a table has its rows in that of a mapped base}}
struct [[declorm::polymorphic_abstract]] T6 : Person {};             // expected-error {{'polymorphic_abstract' on class 'T6', which is not mapped; add 'mapped', or 'table' if it has one}}
struct [[using declorm: table("t7"), concrete]] T7 { KEY };          // expected-error {{'concrete' on class 'T7', none of whose bases is mapped or a concrete base; leave it out}}
struct [[using declorm: table("t10"), concrete]] T10 : Account { KEY };
struct [[using declorm: table("t11"), concrete,
         inherit_condition("id = id")]] T11 : Account { KEY };       // expected-error {{inherit_condition on class 'T11', which is concrete: there is nothing to join}}
struct [[declorm::no_table]] T12 { KEY };                            // expected-error {{'no_table' on class 'T12', none of whose bases is mapped}} expected-note {{}}
