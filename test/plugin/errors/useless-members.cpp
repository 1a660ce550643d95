// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// Annotations of members that can have no effect where their class is used.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#define KEY [[using declorm: column, primary_key]] int id = 0;

int seven();
enum class Kind { small, big };

// Value classes: what their members say of columns holds, the rest would be lost.
struct User;
class [[declorm::comment("a point")]] Point {               // expected-error {{'comment' on class 'Point' has no effect: the class is a value in the columns of others, as that of composite 'at' of class 'Place', and has neither table nor mapper; say it of a class with a table [declorm-useless-argument]}}
  [[using declorm: column, length(5), unique, index, sort_order(3), default_value("x"),
    onupdate_sql("'y'"), server_default("'z'")]] std::optional<std::string> all{};
  [[using declorm: column, enum_names, null_value(Kind::small)]] Kind kind{};
  [[using declorm: column, foreign_key("users.id"), on_delete("CASCADE")]] std::optional<int> user_id{};
  [[using declorm: relationship, lazy("joined")]] User *user = nullptr; // expected-error {{'relationship' on member 'user' of class 'Point' has no effect: the class is a value in the columns of others, as that of composite 'at' of class 'Place', which reads its 'column' and 'composite' members and nothing else; put it on a member of the class that has the composite [declorm-useless-argument]}}
  [[declorm::column_property("kind + 1")]] int next = 0;    // expected-error {{'column_property' on member 'next' of class 'Point' has no effect}}
  [[using declorm: column, comparison("lower({left}) {op} lower({right})")]] std::string text; // expected-error {{'comparison' on member 'text' of class 'Point' has no effect: the class is a value in the columns of others, as that of composite 'at' of class 'Place', which are compared as they are; leave it out, or make the member a column of the class that has the composite [declorm-useless-argument]}}
  [[declorm::hybrid("kind + 1")]] int twice() const;        // expected-error {{'hybrid' on member 'twice' of class 'Point' has no effect}}
  [[declorm::synonym("text")]] const std::string &alias() const; // expected-error {{'synonym' on member 'alias' of class 'Point' has no effect}}
  [[declorm::default_for("all")]] static std::optional<std::string> make();
  std::optional<std::string> plain{};
  [[declorm::default_for("plain")]] static std::optional<std::string> make_plain(); // expected-error {{'default_for' on member 'make_plain' of class 'Point' has no effect: no 'column' of the class is called 'plain' [declorm-useless-argument]}}
};
struct [[declorm::table("users")]] User { KEY };
struct [[declorm::table("places")]] Place { KEY
  [[declorm::composite("at_")]] Point at{};                 // expected-note 6 {{composite 'at' is here}}
};

// Bases of values, values in values, in a std::optional, of mixins, templates.
struct Measured {
  [[declorm::column]] int size = 0;
  [[declorm::hybrid("size * 2")]] int wide() const;         // expected-error {{'hybrid' on member 'wide' of class 'Measured' has no effect}}
};
template <class T> struct Range : Measured {
  [[declorm::column]] T first{};
  [[declorm::column_property("first * 2")]] T last{};       // expected-error {{'column_property' on member 'last' of class 'Range<int>' has no effect}}
};
struct Box {
  [[declorm::composite]] Range<int> range{};                // expected-note 2 {{composite 'range' is here}}
  [[declorm::synonym("range")]] int other() const;          // expected-error {{'synonym' on member 'other' of class 'Box' has no effect: the class is a value in the columns of others, as that of composite 'box' of class 'HasBox'}}
};
struct HasBox { [[declorm::composite("box_")]] std::optional<Box> box{}; }; // expected-note {{composite 'box' is here}}
struct [[declorm::table("boxed")]] Boxed : HasBox { KEY };

// A class that is more than a value has all of it somewhere.
struct Stamp {
  [[declorm::column]] int at = 0;
  [[declorm::column_property("at * 2")]] int twice = 0;
};
struct [[declorm::table("stamped")]] Stamped : Stamp { KEY };
struct [[declorm::abstract]] Shared {
  [[declorm::column]] int shared = 0;
  [[declorm::hybrid("shared * 2")]] int both() const;
};
struct Uses : Shared { [[declorm::column]] int use = 0; };
struct [[using declorm: table("mapped_value"), comment("x")]] MappedValue { KEY
  [[declorm::column_property("id * 2")]] int twice = 0;
};
struct [[declorm::table("letters")]] Letter {
  [[declorm::composite("stamp_")]] Stamp stamp{};
  [[declorm::composite("uses_")]] Uses uses{};
  [[declorm::composite("value_")]] MappedValue value{};
};

// Rows: how they are read.
struct OfRows {
  [[using declorm: column("n"), index]] int in_base = 0;    // expected-error {{'index' on member 'in_base' of class 'OfRows' has no effect: a base of rows has no table and no mapper}}
};
struct RowValue {
  [[using declorm: column, unique]] int x = 0;              // expected-error {{'unique' on member 'x' of class 'RowValue' has no effect: the class is a value in rows alone, as that of composite 'value' of class 'Row'; these are read from any statement, and only 'column' with a name, 'composite', 'enum_names' and 'null_value' say how it is read; leave it out [declorm-useless-argument]}}
};
struct [[declorm::row]] Row : OfRows, Stamp {
  [[declorm::column("name")]] std::string text;
  [[using declorm: column, enum_names, null_value(Kind::small)]] Kind kind{};
  [[using declorm: column, primary_key]] int id = 0;        // expected-error {{'primary_key' on member 'id' of class 'Row' has no effect: a row has no table and no mapper, it is read from any statement, and only 'column' with a name, 'composite', 'enum_names' and 'null_value' say how it is read; leave it out [declorm-useless-argument]}}
  [[using declorm: column,
    length(5),                                              // expected-error {{'length' on member 'note' of class 'Row' has no effect}}
    foreign_key("users.id"), on_delete("CASCADE")]]         // expected-error {{'foreign_key' on member 'note' of class 'Row' has no effect}} expected-error {{'on_delete' on member 'note'}}
  std::optional<std::string> note{};
  [[declorm::relationship]] User *user = nullptr;           // expected-error {{'relationship' on member 'user' of class 'Row' has no effect}}
  [[declorm::column_property("id * 2")]] int twice = 0;     // expected-error {{'column_property' on member 'twice' of class 'Row' has no effect}}
  [[declorm::hybrid("id * 2")]] int both() const;           // expected-error {{'hybrid' on member 'both' of class 'Row' has no effect}}
  [[declorm::default_for("id")]] static int make();         // expected-error {{'default_for' on member 'make' of class 'Row' has no effect}}
  [[declorm::composite("v_")]] RowValue value{};            // expected-note {{composite 'value' is here}}
  [[declorm::composite("r_")]] Range<int> of_tables_too{};
};

// Defaults that are made for a member.
struct [[using declorm: table("people"), polymorphic_on("kind"), polymorphic_identity(1)]] Person { KEY
  [[declorm::column]] int kind = 0;
  [[declorm::column]] std::optional<int> number{};          // expected-note {{member 'number' is here}}
  [[using declorm: column, default_value(&seven)]] std::optional<int> given{}; // expected-note {{'default_value' is here}}
  [[declorm::default_for("given")]] static std::optional<int> make_given(); // expected-error {{'default_for' on member 'make_given' of class 'Person' has no effect: 'default_value' of member 'given' is what a new object gets; leave one of the two out [declorm-useless-argument]}}
};
struct [[using declorm: table("bosses"), polymorphic_identity(2)]] Boss : Person {
  [[declorm::column]] std::optional<int> own{};
  [[declorm::default_for("own")]] static std::optional<int> make_own();
  [[declorm::default_for("number")]] static std::optional<int> make_number(); // expected-error {{'default_for' on member 'make_number' of class 'Boss' has no effect: member 'number' is declared by class 'Person', whose default holds for the objects of all classes below; put the function there [declorm-useless-argument]}}
};

// Silenced where it is meant.
struct [[declorm::allow("useless-argument")]] Quiet {
  [[declorm::column]] int q = 0;
  [[declorm::hybrid("q * 2")]] int twice() const;
};
struct [[declorm::table("quiet")]] HasQuiet { KEY
  [[declorm::composite]] Quiet quiet{};
};

// What the database counts is a key of one whole number.
struct [[declorm::table("counted")]] Counted {
  [[using declorm: column, primary_key, autoincrement(false)]] short id = 0;
  [[using declorm: column, autoincrement]] int number = 0;  // expected-error {{'autoincrement' on member 'number' of class 'Counted' has no effect: the column is not the primary key; leave it out [declorm-useless-argument]}}
};
class [[declorm::table("named")]] Named {
  [[using declorm: column, primary_key, autoincrement(false)]] std::string name; // expected-error {{'autoincrement' on member 'name' of class 'Named' has no effect: the database counts keys that are whole numbers; leave it out}}
};
struct [[declorm::table("pairs")]] Pair {
  [[using declorm: column, primary_key, autoincrement]] int a = 0; // expected-error {{'autoincrement' on member 'a' of class 'Pair' has no effect: the key has several columns, and the database counts none of them; leave it out}}
  [[using declorm: column, primary_key]] int b = 0;
};
struct [[using declorm: table("headed"), primary_key_constraint({"id"})]] Headed {
  [[using declorm: column, autoincrement]] std::int64_t id = 0;
};
