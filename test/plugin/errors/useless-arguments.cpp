// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// Arguments of classes that can have no effect where they stand.
#include <optional>
#include <string>

#define KEY [[using declorm: column, primary_key]] int id = 0;

// Discriminators: what needs one, in hierarchies without.
struct [[declorm::table("joins")]] Joins { KEY };             // expected-note {{mark a column of class 'Joins' with [[declorm::polymorphic_on]], or name it on the class, polymorphic_on("member")}}
struct [[using declorm: table("nope"),
         polymorphic_abstract]] Nope : Joins {};              // expected-error {{class 'Nope' is polymorphic_abstract, but no column of class 'Joins' tells its rows from those of its subclasses; leave it out, or give the hierarchy such a column [declorm-polymorphic-on-missing]}}
struct [[using declorm: table("root"), polymorphic_abstract]] // expected-error {{class 'Root' is polymorphic_abstract, but no column of class 'Root' tells its rows}}
Root { KEY };                                                 // expected-note {{mark a column of class 'Root'}}
struct [[using declorm: table("lone"), polymorphic_identity("lone")]] // expected-error {{class 'Lone' has a polymorphic_identity, but no column of class 'Lone' holds it [declorm-polymorphic-on-missing]}}
Lone { KEY };                                                 // expected-note {{mark a column of class 'Lone'}}
class [[using declorm: table("private"), polymorphic_identity(1)]] // expected-error {{class 'Private' has a polymorphic_identity, but no column}}
Private { KEY };                                              // expected-note {{mark a column of class 'Private'}}
struct [[declorm::table("plain")]] Plain { KEY };             // expected-note 2 {{class 'Plain' is here; as a concrete_base it would be read as the union with its subclasses}}
struct [[using declorm: table("alone"), concrete,
         polymorphic_identity("alone")]] Alone : Plain {};    // expected-error {{polymorphic_identity on class 'Alone', which is concrete and in no union: no column tells its rows from those of others; leave it out [declorm-polymorphic-on-missing]}}
struct [[using declorm: table("alone2"), concrete,
         polymorphic_abstract]] Alone2 : Plain {};            // expected-error {{polymorphic_abstract on class 'Alone2', which is concrete and in no union}}
struct [[using declorm: table("alone3"), concrete]] Alone3 : Plain {}; // expected-note {{mark a column of class 'Alone3'}}
struct [[declorm::mapped]] Shares : Alone3 {};                // expected-error {{class 'Shares' has its rows in table 'alone3' of class 'Alone3', but no column tells the rows of the two apart}}
// With one all is well, also where nothing uses it yet.
struct [[using declorm: table("people"), polymorphic_abstract]] Person { KEY
  [[using declorm: column, polymorphic_on]] std::string kind;
};
struct [[using declorm: table("unused")]] Unused { KEY
  [[using declorm: column, polymorphic_on]] std::string kind;
};
struct [[using declorm: table("base"), concrete_base, polymorphic_identity("base")]] Base { KEY };
struct [[using declorm: table("part"), concrete, polymorphic_identity("part")]] Part : Base {};
struct [[using declorm: table("of_its_own"), concrete, polymorphic_identity("own")]] OfItsOwn : Unused {};

// What the root says for the classes below it.
struct [[declorm::table("keys")]] Keys { KEY                  // expected-note 2 {{class 'Keys' is here}}
  [[declorm::column]] int number = 0;
  [[using declorm: column, polymorphic_on]] int kind = 0;
};
struct [[using declorm: table("joined"), polymorphic_identity(1),
         mapper_primary_key("number")]] Joined : Keys {};     // expected-error {{'mapper_primary_key' on class 'Joined' has no effect: its objects are known by the key of class 'Keys', whose rows it continues; put it there, or leave it out [declorm-useless-argument]}}
struct [[using declorm: mapped, polymorphic_identity(2),
         mapper_primary_key({"id", "number"})]] Single : Keys {}; // expected-error {{'mapper_primary_key' on class 'Single' has no effect}}
struct [[using declorm: table("first"), metadata("one")]] First { KEY // expected-note@-0 {{that table is here}}
  [[using declorm: column, polymorphic_on]] int kind = 0;
};
struct [[using declorm: mapped, polymorphic_identity(1),
         metadata("two")]] Second : First {};                 // expected-error {{'metadata' on class 'Second' has no effect: its rows are in table 'first' of class 'First', which is in another MetaData; leave it out, or give the class a table of its own [declorm-useless-argument]}}
struct [[using declorm: mapped, polymorphic_identity(3), metadata("one")]] Same : First {};

// A choice of properties.
struct [[using declorm: table("chosen"), include_properties("id")]] // expected-error {{'include_properties' on class 'Chosen' has no effect: all columns of table 'chosen' are declared by the class itself, and these are always mapped; it chooses among those of bases and of reflected tables: leave it out [declorm-useless-argument]}}
Chosen { KEY
  [[declorm::column]] int x = 0;
};
struct HasDates { [[declorm::column]] int begin = 0, end = 0; };
struct [[using declorm: table("dated"), include_properties("begin")]] Dated : HasDates { KEY };
struct [[using declorm: table("spared"), exclude_properties("end")]] Spared : HasDates { KEY };
struct [[using declorm: deferred_reflection, table("mirror"), include_properties("id")]] Mirror { KEY };

// Names of tables.
struct [[using declorm: table("given"),                       // expected-note {{the table is here}}
         table_name("pattern")]] Given { KEY };               // expected-error {{'table_name' on class 'Given' has no effect: the table is named 'given' here, and without a placeholder, as "{class:lower}", it names none of its subclasses; leave it out [declorm-useless-argument]}}
struct [[using declorm: mapped, polymorphic_identity(4),
         table_name("below")]] Below : Keys {};               // expected-error {{'table_name' on class 'Below' has no effect: the class has no table of its own, and without a placeholder}}
struct [[using declorm: table("held"), table_name("x_{class:lower}")]] Held { KEY };
struct [[using declorm: table, table_name("used")]] Used { KEY };

// The join of a class without a table.
struct [[using declorm: abstract,
         inherit_condition("id = id")]] Middle : Plain {};    // expected-error {{'inherit_condition' on class 'Middle' has no effect: the class has no table to join, and its subclasses do not take it; put it on the class with the table [declorm-useless-argument]}}
struct [[declorm::table("bottom")]] Bottom : Middle {};

// Bases and mixins, for the classes that take them.
struct [[using declorm: concrete,                             // expected-error {{'concrete' on class 'Concretes' has no effect: it is for the classes below, such as 'Taker', and none of them has a mapped base; leave it out [declorm-useless-argument]}}
         mapper_primary_key("id")]] Concretes {};
struct [[declorm::table("taker")]] Taker : Concretes { KEY }; // expected-note {{class 'Taker' is here}}
struct [[declorm::mapper_primary_key("number")]] Keyed {};    // expected-error {{'mapper_primary_key' on class 'Keyed' has no effect: it is for the classes below, such as 'KeyedBelow', and the objects of each have the key of its parent}}
struct [[using declorm: table("keyed_below"), polymorphic_identity(5)]] KeyedBelow : Keys, Keyed {}; // expected-note {{class 'KeyedBelow' is here}}
struct [[using declorm: abstract, polymorphic_identity("{class}")]] Identified {}; // expected-error {{'polymorphic_identity' on class 'Identified' has no effect: it is for the classes below, such as 'One', and none of them is of a hierarchy}}
struct [[declorm::table("one")]] One : Identified { KEY };    // expected-note {{class 'One' is here}}
struct [[declorm::abstract, declorm::concrete]] Shared {};
struct [[declorm::table("shared1")]] Shared1 : Shared { KEY };
struct [[declorm::table("shared2")]] Shared2 : Plain, Shared {};

// Columns that nobody else has.
struct [[declorm::table("sole")]] Sole { KEY
  [[using declorm: column, use_existing_column]] int x = 0;   // expected-error {{use_existing_column on member 'x' of class 'Sole', which has table 'sole' of its own: only classes of one table can share a column; leave it out [declorm-use-existing-mismatch]}}
};
class [[using declorm: table("sole_concrete"), concrete]] SoleConcrete : Plain {
  [[using declorm: column, use_existing_column]] std::optional<std::string> y; // expected-error {{use_existing_column on member 'y' of class 'SoleConcrete'}}
};

// A row, and a class that nothing maps.
struct [[using declorm: row,
         comment("x"), index({"a"})]] Row { int a = 0; };     // expected-error {{'comment' on class 'Row' has no effect: a row has no table and no mapper, it is read from any statement; leave it out [declorm-useless-argument]}} expected-error {{'index' on class 'Row' has no effect}}
struct [[declorm::comment("x")]] Nothing {};                  // expected-warning {{class 'Nothing' has 'comment', but nothing maps it; add [[declorm::table]], or [[declorm::abstract]] if it is a base for other classes [declorm-unmapped-annotations]}} expected-note {{'comment' is here}}
struct [[declorm::polymorphic_on("id")]] Nothing2 : Keys {};  // expected-warning {{class 'Nothing2' has 'polymorphic_on', but nothing maps it; add [[declorm::mapped]] if its rows}} expected-note {{'polymorphic_on' is here}}

// Silenced where it is meant.
struct [[using declorm: table("allowed"), include_properties("id"), allow("useless-argument")]] Allowed { KEY };
struct [[using declorm: table("allowed2"), polymorphic_identity(1), allow("polymorphic-on-missing")]] Allowed2 { KEY };
