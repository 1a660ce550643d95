// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// A root without a key is one error: what is below it only lacks what the root lacks.
#include <string>

struct [[declorm::table("roots")]] Root {            // expected-error {{class 'Root' maps to table 'roots', which has no primary key [declorm-no-primary-key]}}
  [[declorm::column]] int id = 0;                    // expected-note {{if 'id' identifies a row, write [[using declorm: column, primary_key]] here}}
};
struct [[declorm::table("joined")]] Joined : Root {};
struct [[declorm::table("own_key")]] OwnKey : Root { [[using declorm: column, primary_key]] int own_id = 0; };
struct [[declorm::table("deeper")]] Deeper : Joined { [[declorm::column]] int x = 0; };
struct [[using declorm: table("concrete"), concrete]] Concrete : Root {};
class [[declorm::table("private")]] Private : public Root { [[using declorm: column, primary_key]] int own_id = 0; };

struct [[using declorm: table("single"), polymorphic_on("kind")]] Single { // expected-error {{class 'Single' maps to table 'single', which has no primary key}} expected-note {{mark the member that identifies a row}}
  [[declorm::column]] int kind = 0;
};
struct [[using declorm: mapped, polymorphic_identity(1)]] SingleBelow : Single {};
struct [[using declorm: table("below_single"), polymorphic_identity(2)]] JoinedBelow : SingleBelow {};

// Several columns, of which none is marked; a mixin that forgot it.
struct [[declorm::table("composite")]] Composite {   // expected-error {{class 'Composite' maps to table 'composite', which has no primary key}}
  [[declorm::column]] int a_id = 0, b_id = 0;        // expected-note {{if 'a_id' identifies a row}}
};
struct [[declorm::table("composite_below")]] CompositeBelow : Composite {
  [[using declorm: column, primary_key]] int c = 0, d = 0;
};
struct HasId { [[declorm::column]] int id = 0; };    // expected-note {{if 'id' identifies a row}}
struct [[declorm::table("mixed")]] Mixed : HasId {}; // expected-error {{class 'Mixed' maps to table 'mixed', which has no primary key}}
struct [[declorm::table("mixed_below")]] MixedBelow : Mixed {};

// Keys that are there: of a mixin, a constraint, a mapper. What lacks one below them is told so.
struct HasKey { [[using declorm: column, primary_key]] int id = 0; };
struct [[declorm::table("keyed")]] Keyed : HasKey {};
struct [[declorm::table("keyed_below")]] KeyedBelow : Keyed {};
struct [[declorm::table("stranger")]] Stranger : Keyed { // expected-error {{table 'stranger' of class 'Stranger' has a primary key of its own and no foreign key to table 'keyed' of class 'Keyed', whose rows it continues [declorm-inherit-condition]}} expected-note {{add foreign_key("keyed.id") to its key}}
  [[using declorm: column, primary_key]] int own_id = 0;
};
struct [[using declorm: table("pair"), primary_key_constraint({"a", "b"})]] Pair { [[declorm::column]] int a = 0, b = 0; };
struct [[declorm::table("pair_below")]] PairBelow : Pair {};
struct [[using declorm: table("log"), mapper_primary_key("line")]] Log { [[declorm::column]] int line = 0; };
struct [[declorm::table("log_below")]] LogBelow : Log {}; // expected-error {{class 'LogBelow' maps to table 'log_below', which has no primary key}} expected-note {{mark the member}}
struct [[declorm::table("log_keyed")]] LogKeyed : Log {   // expected-error {{table 'log_keyed' of class 'LogKeyed' has a primary key of its own and no foreign key to table 'log' of class 'Log'}} expected-note {{add foreign_key("log.line") to its key}}
  [[using declorm: column, primary_key]] int own_id = 0;
};
