// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// Version counters that cannot count, and what makes their versions.
#include <cstdint>
#include <optional>
#include <string>

#define KEY [[using declorm: column, primary_key]] std::int64_t id = 0;

struct [[using declorm: table("a"), version_id("verison")]] Misspelt { // expected-error {{class 'Misspelt' has no member or column 'verison'; did you mean 'version'? [declorm-unresolved-column]}}
  KEY
  [[declorm::column]] int version = 0;
};
struct [[using declorm: table("b"), version_id("next")]] NoColumn { // expected-error {{version_id("next") of class 'NoColumn' names a member that is no column of table 'b' [declorm-version-id]}}
  KEY
  [[declorm::column("n")]] std::optional<std::int64_t> n;
  [[declorm::column_property("n + 1")]] std::optional<std::int64_t> next; // expected-note {{member 'next' is here; a version is the value of a column}}
};
struct [[declorm::table("c")]] Text {
  KEY
  [[using declorm: column, version_id]] std::string edition; // expected-error {{member 'edition' counts the versions of class 'Text' and is of type 'std::string', which cannot be counted; say what makes the next one with version_id_generator, a function, or false if the database does [declorm-version-id]}}
};
enum class Kind { small };
struct [[declorm::table("d")]] Enum {
  KEY
  [[using declorm: column, version_id]] Kind kind{}; // expected-error {{member 'kind' counts the versions of class 'Enum' and is of type 'Kind', which cannot be counted}}
};
struct [[declorm::table("e")]] Two {
  KEY
  [[using declorm: column, version_id]] int first = 0; // expected-note {{that one is marked here}}
  [[using declorm: column, version_id]] int second = 0; // expected-error {{member 'second' counts the versions of class 'Two', and member 'first' does already; a row has one version: leave one of the two out [declorm-version-id]}}
};
struct [[using declorm: table("f"), polymorphic_on("type"), polymorphic_identity(1)]] Root {
  KEY
  [[declorm::column]] int type = 0;
  [[declorm::column]] int other = 0; // expected-note {{member 'other' is here}}
  [[using declorm: column, version_id]] int version = 0; // expected-note 2 {{that one is marked here}} expected-note {{the version is marked here}}
};
struct [[using declorm: table("g"), polymorphic_identity(2)]] Joined : Root {
  [[using declorm: column, version_id]] int counter = 0; // expected-error {{member 'counter' counts the versions of class 'Joined', but the rows of class 'Root', which its rows continue, have one already, 'version'; leave one of the two out [declorm-version-id]}}
};
struct [[using declorm: mapped, polymorphic_identity(3)]] Single : Root {
  [[using declorm: column, version_id]] std::optional<int> counter; // expected-error {{member 'counter' counts the versions of class 'Single', but the rows of class 'Root', which its rows continue, have one already}}
};
struct [[using declorm: mapped, polymorphic_identity(4), version_id("other")]] Named : Root {}; // expected-error {{version_id("other") of class 'Named' names a column of class 'Root', whose rows its rows continue; put it there, and it counts for all classes of the hierarchy [declorm-version-id]}}
int next(int);
struct [[using declorm: mapped, polymorphic_identity(5), version_id_generator(&next)]] Makes : Root {}; // expected-error {{version_id_generator of class 'Makes' is for a version that class 'Root' declares; put it there, and it holds for all classes below [declorm-version-id]}}

struct [[using declorm: table("h"), polymorphic_on("type"), polymorphic_identity(1)]] Plain {
  KEY
  [[declorm::column]] int type = 0;
};
struct [[using declorm: mapped, polymorphic_identity(2)]] Shared : Plain {
  [[using declorm: column, version_id]] int version = 0; // expected-error {{member 'version' counts the versions of class 'Shared', but its column is in table 'h' of class 'Plain', whose other rows would have no version; declare it there [declorm-version-id]}}
};
struct [[declorm::table("i")]] Optional {
  KEY
  [[using declorm: column, version_id]] std::optional<int> version; // expected-error {{member 'version' counts the versions of class 'Optional' and may be NULL, which is no version that a row can be found by; make it a plain, NOT NULL one [declorm-version-id]}}
};
struct [[using declorm: table("j"), version_id("id")]] OfKey { // expected-error {{member 'id' counts the versions of class 'OfKey' and is part of the primary key, which never changes; give the version a column of its own [declorm-version-id]}}
  KEY
};
struct [[declorm::table("k")]] Computed {
  KEY
  [[using declorm: column, computed("id + 1"), version_id]] int version = 0; // expected-error {{member 'version' counts the versions of class 'Computed' and is computed from other columns, so that it does not count what is written to the others; leave one of the two out [declorm-version-id]}}
};
struct [[declorm::table("l")]] MadeTwice {
  KEY
  [[using declorm: column, onupdate_sql("version + 1"), version_id]] int version = 0; // expected-error {{'onupdate_sql' of member 'version' of class 'MadeTwice' has no effect: each INSERT and UPDATE gives it the next version; leave it out, or say what makes the next one with version_id_generator [declorm-version-id]}} expected-note {{it is marked as the version here}}
};
int now();
struct [[using declorm: table("m"), version_id_generator(false)]] ByServer {
  KEY
  [[using declorm: column, onupdate(&now), version_id]] int version = 0; // expected-error {{'onupdate' of member 'version' of class 'ByServer' has no effect: version_id_generator(false) says that the database makes its versions; leave one of the two out [declorm-version-id]}} expected-note {{it is marked as the version here}}
};

// What makes the next one.
struct [[using declorm: table("n"), version_id_generator(&next)]] NoVersion { // expected-error {{version_id_generator of class 'NoVersion' has no effect: class 'NoVersion' has no version_id; mark the column that counts versions with [[declorm::version_id]], or leave it out [declorm-version-id]}}
  KEY
};
struct [[using declorm: table("o"), version_id_generator(true)]] True { // expected-error {{version_id_generator of class 'True' says nothing: versions are counted unless a function or, with false, the database makes them; leave it out [declorm-version-id]}}
  KEY
  [[using declorm: column, version_id]] int version = 0;
};
struct [[using declorm: table("p"), version_id_generator(&next)]] TwoMakers { // expected-note {{the other one is here}}
  KEY
  [[using declorm: column, version_id]] int version = 0;
  [[declorm::version_id_generator]] static int make(); // expected-error {{version_id_generator of class 'TwoMakers' is there twice; the next version is made in one way [declorm-version-id]}}
};
struct MakesOnly {
  [[declorm::version_id_generator]] static int make(int); // expected-error {{version_id_generator of class 'MakesOnly' is a function for member 'version' of class 'Elsewhere', which is no base of it; put it there [declorm-version-id]}}
};
struct [[declorm::table("q")]] Elsewhere : MakesOnly { // expected-note {{class 'Elsewhere' is here}}
  KEY
  [[using declorm: column, version_id]] int version = 0;
};
const char *text(int);
int two(int, int);
int changes(int &);
int of_text(const std::string &);
struct [[using declorm: table("r"), version_id_generator(&text)]] Returns { // expected-error {{'declorm::version_id_generator': 'text' returns 'const char *', which does not convert to 'int', the type of 'version'}}
  KEY
  [[using declorm: column, version_id]] int version = 0;
};
struct [[using declorm: table("s"), version_id_generator(&two), version_id("version")]] Takes { // expected-error {{'declorm::version_id_generator' needs a function of the version before, or of nothing; 'two' has 2}}
  KEY
  [[declorm::column]] int version = 0;
};
struct [[using declorm: table("t"), version_id_generator(&changes)]] Changes { // expected-error {{'declorm::version_id_generator': 'changes' takes 'int &', and is given a 'int', the type of 'version'}}
  KEY
  [[using declorm: column, version_id]] int version = 0;
};
struct [[declorm::table("u")]] OfText {
  KEY
  [[using declorm: column, version_id]] int version = 0;
  [[declorm::version_id_generator]] static int make(const std::string &); // expected-error {{'declorm::version_id_generator': 'make' takes 'const std::string &'}}
};

// A value in the columns of others has no rows to count.
struct Point {
  [[using declorm: column, version_id]] int x = 0; // expected-error {{'version_id' on member 'x' of class 'Point' has no effect: the class is a value in the columns of others}}
};
struct [[declorm::table("v")]] Holder {
  KEY
  [[declorm::composite("at_")]] Point at; // expected-note {{composite 'at' is here}}
};

// All is well.
struct [[using declorm: table("w"), version_id("v")]] ByColumn {
  KEY
  [[declorm::column("v")]] unsigned short version = 0;
};
template <class Self> struct Versioned {
  [[using declorm: column, version_id]] std::string version;
  [[declorm::version_id_generator]] static const char *make(std::string = "");
};
struct [[declorm::table("x")]] Mixed : Versioned<Mixed> { KEY };
