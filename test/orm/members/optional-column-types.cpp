// type_traits whose column_type is a std::optional: empty is NULL, both ways, everywhere.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <chrono>
#include <memory>

using declorm::attr, declorm::col;

/// Like boost::optional.
namespace other {
template <class T> class optional {
public:
  optional() = default;
  optional(T value) : value_(std::move(value)), full_(true) {}
  explicit operator bool() const { return full_; }
  const T &operator*() const { return value_; }
  friend bool operator==(const optional &, const optional &) = default;

private:
  T value_{};
  bool full_ = false;
};
} // namespace other
template <class T> struct declorm::type_traits<other::optional<T>> {
  using column_type = std::optional<T>;
  static column_type to_column(const other::optional<T> &value) {
    return value ? column_type(*value) : std::nullopt;
  }
  static other::optional<T> from_column(const column_type &column) {
    return column ? other::optional<T>(*column) : other::optional<T>();
  }
};

/// A string that is empty in another way than "".
struct NullString {
  std::shared_ptr<std::string> text;
  friend bool operator==(const NullString &a, const NullString &b) {
    return a.text == b.text || (a.text && b.text && *a.text == *b.text);
  }
};
template <> struct declorm::type_traits<NullString> {
  using column_type = std::optional<std::string>;
  static column_type to_column(const NullString &value) {
    return value.text ? column_type(*value.text) : std::nullopt;
  }
  static NullString from_column(const column_type &column) {
    return {column ? std::make_shared<std::string>(*column) : nullptr};
  }
};
static NullString null_string(const char *text) { return {std::make_shared<std::string>(text)}; }

/// An unsigned number whose 0 is NULL, stored in bytes of another size.
struct Handle {
  unsigned number = 0;
  friend bool operator==(const Handle &, const Handle &) = default;
};
template <> struct declorm::type_traits<Handle> {
  using column_type = std::optional<std::array<unsigned char, 1>>;
  static column_type to_column(const Handle &handle) {
    if (handle.number == 0)
      return std::nullopt;
    return column_type({static_cast<unsigned char>(handle.number)});
  }
  static Handle from_column(const column_type &column) { return {column ? (*column)[0] : 0U}; }
};

using Number = other::optional<std::int64_t>;
using Text = other::optional<std::string>;

struct [[declorm::table("things")]] Thing {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] Number number{};
  [[using declorm: column, length(20)]] Text text{};
  [[declorm::column]] NullString string{};
  [[declorm::column]] other::optional<double> real{};
  [[declorm::column]] other::optional<std::chrono::sys_seconds> at{};
  [[declorm::column]] Handle handle{};
  [[declorm::column]] std::optional<NullString> maybe{};
  [[using declorm: column, foreign_key("things.id")]] Number parent_id{};
  [[using declorm: relationship, remote_side("id")]] Thing *parent = nullptr;
  [[declorm::column]] const Text &note() const { return note_; }
  void set_note(const Text &note) { note_ = note; }
  [[using declorm: column, server_default("'made'")]] Text made{};

private:
  Text note_{};
};
struct [[declorm::row]] Line {
  Number number{};
  NullString string{};
  std::optional<NullString> maybe{};
};

static void show(const char *what, const Thing &thing) {
  const auto text = [](const NullString &string) {
    return string.text ? "'" + *string.text + "'" : "null";
  };
  std::cout << what << ' ' << (thing.number ? std::to_string(*thing.number) : "-") << ' '
            << (thing.text ? *thing.text : "-") << ' ' << text(thing.string) << ' '
            << (thing.real ? *thing.real : -1) << ' ' << bool(thing.at) << ' '
            << thing.handle.number << ' ' << (thing.maybe ? text(*thing.maybe) : "nullopt") << ' '
            << (thing.parent_id ? *thing.parent_id : 0) << ' '
            << (thing.note() ? *thing.note() : "-") << ' ' << (thing.made ? *thing.made : "-")
            << std::endl;
}

int main() {
  //      CHECK: CREATE TABLE things (
  // CHECK-NEXT: 	id INTEGER NOT NULL,{{ *}}
  // CHECK-NEXT: 	number INTEGER,{{ *}}
  // CHECK-NEXT: 	text VARCHAR(20),{{ *}}
  // CHECK-NEXT: 	string VARCHAR,{{ *}}
  // CHECK-NEXT: 	real DOUBLE{{.*}},{{ *}}
  // CHECK-NEXT: 	at {{[A-Z]+}},{{ *}}
  // CHECK-NEXT: 	handle BLOB,{{ *}}
  // CHECK-NEXT: 	maybe VARCHAR,{{ *}}
  // CHECK-NEXT: 	parent_id INTEGER,{{ *}}
  // CHECK-NEXT: 	made VARCHAR DEFAULT 'made',{{ *}}
  // CHECK-NEXT: 	note VARCHAR,{{ *}}
  std::cout << declorm::create_sql(declorm::metadata().table("things"), declorm::dialect("sqlite"))
            << std::endl;
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  {
    declorm::Session session(engine);
    Thing &full = session.emplace<Thing>();
    full.number = 0;
    full.text = Text("");
    full.string = null_string("");
    full.real = 1.5;
    full.at = std::chrono::sys_seconds();
    full.handle = {7};
    full.maybe = null_string("m");
    full.set_note(Text("n"));
    full.made = Text("own");
    Thing &empty = session.emplace<Thing>();
    empty.parent = &full;
    session.emplace<Thing>().maybe = NullString{};
    session.commit();
    show("saved", empty); // CHECK: saved - - null -1 0 0 nullopt 1 - made
  }
  declorm::Session session(engine);
  // Rows that refer to no other of the flush are written first.
  Thing &full = *session.get<Thing>(1), &empty = *session.get<Thing>(3);
  show("full", full);                    // CHECK-NEXT: full 0  '' 1.5 1 7 'm' 0 n own
  show("empty", empty);                  // CHECK-NEXT: empty - - null -1 0 0 nullopt 1 - made
  show("inner", *session.get<Thing>(2)); // CHECK-NEXT: inner - - null -1 0 0 nullopt 0 - made
  std::cout << session.is_modified(full) << session.is_modified(empty) << '\n'; // CHECK-NEXT: 00

  const auto count = [&](const declorm::Expression<bool> &condition) {
    std::cout << session.query<Thing>().filter(condition).count() << ' ';
  };
  count(col<&Thing::number>.is_null());
  count(col<&Thing::number> == Number(0));
  count(col<&Thing::number> == Number());
  count(col<&Thing::number> == nullptr);
  count(col<&Thing::string> == null_string(""));
  count(col<&Thing::string> != NullString());
  count(col<&Thing::maybe> == null_string("m"));
  count(col<&Thing::handle>.in_({Handle{7}, Handle{8}}));
  count(attr<Thing>("note") == "n");
  count(col<&Thing::parent_id> == Number(1));
  std::cout << '\n'; // CHECK-NEXT: 2 1 2 2 1 1 1 1 1 1

  for (const auto &[number, string] : session.execute(
           declorm::select(col<&Thing::number>, col<&Thing::string>).order_by(col<&Thing::id>)))
    std::cout << bool(number) << bool(string.text) << ' ';
  for (const Line &line : session.execute("SELECT * FROM things ORDER BY id").into<Line>())
    std::cout << bool(line.number) << bool(line.string.text) << bool(line.maybe) << ' ';
  std::cout << '\n'; // CHECK-NEXT: 11 00 00 111 000 000

  // Set to NULL and back; a parent that goes.
  test::tracing = true;
  full.number = {};
  full.set_note({});
  full.string = {};
  empty.number = 5;
  empty.handle = {9};
  // CHECK-NEXT: > UPDATE things SET number = ?, string = ?, note = ? WHERE things.id = ? -- NULL NULL NULL 1
  // CHECK-NEXT: > UPDATE things SET number = ?, handle = ? WHERE things.id = ? -- 5 x'09' 3
  session.flush();
  test::tracing = false;
  session.load(empty, &Thing::parent);
  empty.parent = nullptr;
  session.commit();
  session.expunge_all();
  show("changed", *session.get<Thing>(1)); // CHECK-NEXT: changed -  null 1.5 1 7 'm' 0 - own
  show("changed", *session.get<Thing>(3)); // CHECK-NEXT: changed 5 - null -1 0 9 nullopt 0 - made

  declorm::Connection connection = engine.connect();
  Thing plain;
  plain.text = Text("p");
  connection.insert(plain);
  show("plain",
       *connection.get<Thing>(plain.id)); // CHECK-NEXT: plain - p null -1 0 0 nullopt 0 - made
  plain.text = Text();
  plain.number = 1;
  connection.update(plain);
  show("plain",
       *connection.get<Thing>(plain.id)); // CHECK-NEXT: plain 1 - null -1 0 0 nullopt 0 - made
}
