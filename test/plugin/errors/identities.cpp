// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// polymorphic_identity: missing, twice, of another type than the discriminator; and the discriminator itself.
#include <string>

std::string made();
#define KEY [[using declorm: column, primary_key]] int id = 0;

struct [[using declorm: table("people"), polymorphic_identity("person")]] Person { KEY // expected-note {{class 'Person' has it here; rows of the two could not be told apart: give one of them another}}
  [[using declorm: column, polymorphic_on, length(8)]] std::string kind; // expected-note {{the identities are the values of member 'kind' of class 'Person'}} expected-note 3 {{member 'kind' of class 'Person', of type 'std::string', tells the classes apart}}
};
struct [[declorm::mapped]] Missing : Person {};           // expected-error {{class 'Missing' has no polymorphic_identity, by which its rows in table 'people' are known; give it one with [[declorm::polymorphic_identity(value)]], or mark it polymorphic_abstract if no row is only a 'Missing' [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_abstract]] Abstract : Person {};
struct [[using declorm: mapped, polymorphic_abstract,     // expected-note {{polymorphic_abstract is here}}
         polymorphic_identity("both")]] Both : Person {}; // expected-error {{class 'Both' is polymorphic_abstract, which has no rows, and has a polymorphic_identity, which its rows would bear; leave one of the two out [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_identity("person")]] Twice : Abstract {}; // expected-error {{polymorphic_identity "person" of class 'Twice' is that of class 'Person' already [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_identity(7)]] Integer : Person {};        // expected-error {{polymorphic_identity 7 of class 'Integer' is an integer; member 'kind' of class 'Person' is of type 'std::string' [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_identity("much too long")]] Long : Person {}; // expected-error {{polymorphic_identity "much too long" of class 'Long' has 13 characters; column 'people.kind' takes 8 [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_identity(&made)]] Made : Person {};     // expected-error {{polymorphic_identity '&::made' of class 'Made' is a function; member 'kind'}}
struct [[using declorm: mapped, polymorphic_identity("größe123")]] Umlauts : Person {};
struct [[using declorm: table("joined"), polymorphic_identity("joined")]] Joined : Person {}; // expected-note {{class 'Joined' has it here}}
struct [[using declorm: table("again"), polymorphic_identity("joined")]] Again : Joined {}; // expected-error {{polymorphic_identity "joined" of class 'Again' is that of class 'Joined' already}}

// A pattern holds below.
struct [[using declorm: table("patterns"), polymorphic_identity("{class:lower}")]] Pattern { KEY
  [[using declorm: column, polymorphic_on]] std::string kind;
};
struct [[declorm::mapped]] Below : Pattern {};

enum class Kind { a, b, c };
enum class Other { a, d };
struct [[using declorm: table("things"), polymorphic_identity(Kind::a), polymorphic_on("kind")]] Thing { KEY // expected-note {{class 'Thing' has it here}}
  [[using declorm: column]] Kind kind{};           // expected-note 3 {{member 'kind' of class 'Thing', of type 'Kind', tells the classes apart}}
};
struct [[using declorm: mapped, polymorphic_identity(Other::d)]] ThingD : Thing {};  // expected-error {{polymorphic_identity 'Other::d' of class 'ThingD' is no enumerator of 'Kind', the type of member 'kind' of class 'Thing' [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_identity("b")]] ThingB : Thing {};       // expected-error {{polymorphic_identity "b" of class 'ThingB' is a string; member 'kind' of class 'Thing' is of type 'Kind' [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_identity(9)]] Thing9 : Thing {};         // expected-error {{polymorphic_identity 9 of class 'Thing9' is no enumerator of 'Kind'}}
struct [[using declorm: mapped, polymorphic_identity(0)]] Thing0 : Thing {};         // expected-error {{polymorphic_identity 0 of class 'Thing0' is that of class 'Thing' already}}
struct [[using declorm: mapped, polymorphic_identity(Kind::c)]] ThingC : Thing {};

struct [[using declorm: table("named"), polymorphic_identity(Kind::a)]] Named { KEY
  [[using declorm: column, enum_names, polymorphic_on]] Kind kind{}; // expected-note {{tells the classes apart}}
};
struct [[using declorm: mapped, polymorphic_identity(static_cast<Kind>(5))]] Named5 : Named {}; // expected-error {{polymorphic_identity 'Kind' of class 'Named5' is no enumerator of 'Kind'}}
struct [[using declorm: mapped, polymorphic_identity("b")]] NamedB : Named {};

struct [[using declorm: table("small"), polymorphic_identity(1)]] Small { KEY
  [[using declorm: column, polymorphic_on]] signed char kind{}; // expected-note 2 {{member 'kind' of class 'Small', of type 'signed char', tells the classes apart}}
};
struct [[using declorm: mapped, polymorphic_identity(300)]] Small300 : Small {};      // expected-error {{polymorphic_identity 300 of class 'Small300' does not fit into member 'kind' of class 'Small' [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_identity("s")]] SmallS : Small {};        // expected-error {{polymorphic_identity "s" of class 'SmallS' is a string; member 'kind' of class 'Small' is of type 'signed char' [declorm-polymorphic-identity]}}
struct [[using declorm: mapped, polymorphic_identity('c')]] SmallC : Small {};

// The discriminator.
struct [[declorm::table("plain")]] Plain { KEY            // expected-note {{mark a column of class 'Plain' with [[declorm::polymorphic_on]], or name it on the class, polymorphic_on("member")}}
};
struct [[declorm::mapped]] Plain1 : Plain {};             // expected-error {{class 'Plain1' has its rows in table 'plain' of class 'Plain', but no column tells the rows of the two apart [declorm-polymorphic-on-missing]}}
struct [[declorm::mapped]] Plain2 : Plain {};

struct [[declorm::table("joins")]] Joins { KEY };
struct [[declorm::table("joins_below")]] JoinsBelow : Joins {};
struct [[using declorm: table("tagged")]] Tagged { KEY }; // expected-note {{mark a column of class 'Tagged'}}
struct [[using declorm: table("tagged_below"), polymorphic_identity("t")]] TaggedBelow : Tagged {}; // expected-error {{class 'TaggedBelow' has a polymorphic_identity, but no column of class 'Tagged' holds it [declorm-polymorphic-on-missing]}}

struct [[using declorm: table("wrong"), polymorphic_on("kimd")]] Wrong { KEY // expected-error {{class 'Wrong' has no member or column 'kimd'; did you mean 'kind'? [declorm-unresolved-column]}}
  [[declorm::column]] int kind = 0;
};
struct [[using declorm: mapped, polymorphic_identity(1)]] WrongBelow : Wrong {};
struct [[using declorm: table("computed"), polymorphic_on("kind")]] Computed { KEY   // expected-error {{polymorphic_on("kind") of class 'Computed' names a member that is no column of table 'computed' [declorm-polymorphic-on-missing]}}
  [[declorm::column_property("id % 2")]] int kind = 0;                               // expected-note {{member 'kind' is here; rows are told apart by the value of a column}}
};
struct [[using declorm: mapped, polymorphic_identity(1)]] ComputedBelow : Computed {};

struct [[using declorm: table("several"), polymorphic_on("a"), polymorphic_identity(1)]] Several { KEY // expected-error {{polymorphic_on of class 'Several' marks 'a', but member 'b' of class 'Several' tells the classes of this hierarchy apart already; leave one of the two out [declorm-polymorphic-on-missing]}}
  [[declorm::column]] int a = 0;
  [[using declorm: column, polymorphic_on]] int b = 0;   // expected-note 2 {{that one is marked here}}
};
struct [[using declorm: mapped, polymorphic_identity(2)]] SeveralBelow : Several {
  [[using declorm: column, polymorphic_on]] int c = 0;   // expected-error {{polymorphic_on of class 'SeveralBelow' marks 'c', but member 'b' of class 'Several' tells the classes of this hierarchy apart already}}
};
struct [[declorm::table("late")]] Late { KEY };           // expected-note {{put [[declorm::polymorphic_on]] on a column of class 'Late'}}
struct [[using declorm: table("late_below"), polymorphic_identity(2)]] LateBelow : Late {
  [[using declorm: column, polymorphic_on]] int c = 0;   // expected-error {{polymorphic_on of class 'LateBelow' marks 'c', but the column that tells the classes of a hierarchy apart is one of its root's, class 'Late' [declorm-polymorphic-on-missing]}}
};

// A table that is reflected says nothing of identities.
struct [[using declorm: table("reflected"), deferred_reflection, polymorphic_on("kind"), polymorphic_identity("r")]] Reflected {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string kind; // expected-note {{the identities are the values of member 'kind' of class 'Reflected'}}
};
struct [[declorm::mapped]] Nobody : Reflected {}; // expected-error {{class 'Nobody' has no polymorphic_identity, by which its rows in table 'reflected' are known}}
