// Rows take unique values that others of the same flush give up: one-to-one objects that swap, or
// replace each other, chains, circles, in tables that refer to themselves too. No flush in between.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/rows.h"
#include "../Inputs/traced.h"

struct Profile;
struct Badge;
struct Note;
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("user"), cascade("all, delete-orphan")]]
  Profile *profile = nullptr;
  [[using declorm: relationship, cascade("all, delete-orphan")]]
  std::shared_ptr<Badge> badge{};
};
struct [[declorm::table("profiles")]] Profile { // its key can hold NULL
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("users.id"), unique]] std::optional<int> user_id{};
  [[declorm::column]] std::string text;
  [[declorm::relationship]] User *user = nullptr;
};
struct [[declorm::table("badges")]] Badge { // its key cannot
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("users.id"), unique]] int user_id = 0;
  [[declorm::column]] std::string text;
  [[using declorm: relationship,
    cascade("all, delete-orphan")]] std::vector<std::shared_ptr<Note>> notes{};
};
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("badges.id")]] int badge_id = 0;
};
struct [[declorm::table("people")]] Person { // a table that refers to itself
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("people.id"), unique]] std::optional<int> partner_id{};
  [[using declorm: relationship, remote_side("Person.id")]] Person *partner = nullptr;
};
struct [[declorm::table("places")]] Place { // no relationships
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, unique]] int number = 0;
};
struct [[using declorm: table("seats"), unique_constraint({"row", "seat"})]] Seat {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] int row = 0;
  [[declorm::column]] std::optional<int> seat;
  [[using declorm: column, version_id]] int version = 0;
};

static void profiles(declorm::Session &s) {
  test::show_rows(s, "SELECT id, user_id, text FROM profiles ORDER BY id");
}
static void people(declorm::Session &s) {
  test::show_rows(s, "SELECT id, partner_id FROM people ORDER BY id");
}

static void swapped(declorm::Session &s) {
  User &ann = s.add(User{.name = "ann"}), &bob = s.add(User{.name = "bob"}),
       &carl = s.add(User{.name = "carl"});
  Profile &a = s.add(Profile{.text = "a"}), &b = s.add(Profile{.text = "b"});
  ann.profile = &a;
  bob.profile = &b;
  s.commit();
  // From the one side, then from the other, then by the keys themselves.
  std::swap(ann.profile, bob.profile);
  test::tracing = true;
  // CHECK: > UPDATE profiles SET user_id = ? WHERE profiles.id = ? -- NULL {{[12]}}
  // CHECK-NEXT: > UPDATE profiles SET user_id = ? WHERE profiles.id = ? -- {{1 2|2 1}}
  s.flush();
  test::tracing = false;
  // CHECK: (1, 2, 'a') (2, 1, 'b')
  profiles(s);
  std::swap(a.user, b.user);
  s.flush();
  // CHECK-NEXT: (1, 1, 'a') (2, 2, 'b')
  profiles(s);
  // CHECK-NEXT: 1 1
  std::cout << (ann.profile == &a) << ' ' << (bob.profile == &b) << std::endl;
  std::swap(a.user_id, b.user_id);
  s.flush();
  // CHECK-NEXT: (1, 2, 'a') (2, 1, 'b')
  profiles(s);
  // CHECK-NEXT: 1 1
  std::cout << (ann.profile == &b) << ' ' << (a.user == &bob) << std::endl;
  // A rollback takes all of it back, and a failing flush too.
  s.rollback();
  test::continue_keys(s.connection());
  // CHECK-NEXT: (1, 1, 'a') (2, 2, 'b')
  profiles(s);
  // CHECK-NEXT: 1 1 1 2
  std::cout << (ann.profile == &a) << ' ' << (b.user == &bob) << ' ' << *a.user_id << ' '
            << *b.user_id << std::endl;
  std::swap(ann.profile, bob.profile);
  s.add(Place{.number = 7});
  s.add(Place{.number = 7});
  // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
  test::attempt([&] { s.flush(); });
  s.rollback();
  test::continue_keys(s.connection());
  // CHECK: (1, 1, 'a') (2, 2, 'b')
  profiles(s);
  std::swap(ann.profile, bob.profile);
  // A chain.
  carl.profile = std::exchange(ann.profile, nullptr);
  s.flush();
  // CHECK-NEXT: (1, 2, 'a') (2, 3, 'b')
  profiles(s);
  s.rollback();
  test::continue_keys(s.connection());
  s.expunge_all();
}

static void replaced(declorm::Session &s) {
  User &ann = *s.get<User>(1), &bob = *s.get<User>(2);
  s.load(ann, &User::profile);
  s.load(bob, &User::profile);
  // A new one in place of an orphan.
  ann.profile = &s.add(Profile{.text = "new"});
  s.flush();
  // CHECK-NEXT: (2, 2, 'b') (3, 1, 'new')
  profiles(s);
  // By its other side; and one that was deleted.
  Profile &newer = s.add(Profile{.text = "newer", .user = &ann});
  s.delete_(*bob.profile);
  bob.profile = &s.add(Profile{.text = "bob's"});
  s.flush();
  // CHECK-NEXT: (4, 1, 'newer') (5, 2, 'bob''s')
  profiles(s);
  // CHECK-NEXT: 1
  std::cout << (ann.profile == &newer) << std::endl;
  // One that is there takes the place of another that goes.
  ann.profile = bob.profile;
  bob.profile = nullptr;
  s.flush();
  // CHECK-NEXT: (5, 1, 'bob''s')
  profiles(s);
  s.rollback();
  test::continue_keys(s.connection());
  // CHECK-NEXT: (1, 1, 'a') (2, 2, 'b')
  profiles(s);
  s.expunge_all();
}

static void not_null(declorm::Session &s) {
  const auto show = [&] {
    test::show_rows(
        s, "SELECT badges.id, user_id, text, count(notes.id) FROM badges LEFT JOIN notes ON "
           "badge_id = badges.id GROUP BY badges.id ORDER BY badges.id");
  };
  User &ann = *s.get<User>(1), &bob = *s.get<User>(2);
  s.load(ann, &User::badge);
  s.load(bob, &User::badge);
  const auto made = [](std::string text) {
    auto badge = std::make_shared<Badge>(Badge{.text = std::move(text)});
    badge->notes = {std::make_shared<Note>(), std::make_shared<Note>()};
    return badge;
  };
  ann.badge = made("one");
  bob.badge = made("two");
  s.commit();
  // The row goes first, and before it those that refer to it.
  ann.badge = made("three");
  s.flush();
  // CHECK-NEXT: (2, 2, 'two', 2) (3, 1, 'three', 2)
  show();
  // An update takes what a deleted row has.
  ann.badge = bob.badge;
  bob.badge = nullptr;
  s.flush();
  // CHECK-NEXT: (2, 1, 'two', 2)
  show();
  s.commit();
  test::continue_keys(s.connection());
  // Two that swap: no order does it, and neither can hold NULL meanwhile.
  bob.badge = made("four");
  s.commit();
  std::swap(ann.badge, bob.badge);
  // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
  // CHECK: (the Badge with key ({{.*}}) takes a unique value of the Badge with key ({{.*}}), which waits for it in turn, and none of them can hold NULL meanwhile: flush() with another value in between)
  test::attempt([&] { s.flush(); });
  s.rollback();
  test::continue_keys(s.connection());
  // CHECK-NEXT: (2, 1, 'two', 2) (3, 2, 'four', 2)
  show();
  s.expunge_all();
}

static void itself(declorm::Session &s) {
  Person &a = s.add(Person{.name = "a"}), &b = s.add(Person{.name = "b"}),
         &x = s.add(Person{.name = "x"}), &y = s.add(Person{.name = "y"});
  s.flush();
  a.partner = &x;
  b.partner = &y;
  s.commit();
  a.partner = &y;
  b.partner = &x;
  s.flush();
  // CHECK-NEXT: (1, 4) (2, 3) (3, NULL) (4, NULL)
  people(s);
  // A chain: each takes what the one behind it gives up.
  s.delete_(b);
  a.partner = &x;
  s.flush();
  // CHECK-NEXT: (1, 3) (3, NULL) (4, NULL)
  people(s);
  // A new one takes what an update gives up, which waits for that new one.
  Person &n = s.add(Person{.name = "n", .partner = &x});
  a.partner = &n;
  s.flush();
  // CHECK-NEXT: (1, 5) (3, NULL) (4, NULL) (5, 3)
  people(s);
  // Those that refer to themselves swap as well.
  a.partner = &a;
  n.partner = &n;
  s.flush();
  // CHECK-NEXT: (1, 1) (3, NULL) (4, NULL) (5, 5)
  people(s);
  a.partner = &n;
  n.partner = &a;
  s.flush();
  // CHECK-NEXT: (1, 5) (3, NULL) (4, NULL) (5, 1)
  people(s);
  s.rollback();
  test::continue_keys(s.connection());
  // CHECK-NEXT: (1, 3) (2, 4) (3, NULL) (4, NULL)
  people(s);
  // CHECK-NEXT: 1 3 4
  std::cout << (a.partner == &x) << ' ' << *a.partner_id << ' ' << *b.partner_id << std::endl;
  s.expunge_all();
}

static void plain_values(declorm::Session &s) {
  const auto show = [&] { test::show_rows(s, "SELECT id, number FROM places ORDER BY id"); };
  Place &one = s.add(Place{.number = 1}), &two = s.add(Place{.number = 2}),
        &three = s.add(Place{.number = 3});
  s.commit();
  // All move up by one, whatever the order of the objects.
  for (Place *place : {&one, &two, &three})
    ++place->number;
  s.flush();
  // CHECK-NEXT: (1, 2) (2, 3) (3, 4)
  show();
  for (Place *place : {&one, &two, &three})
    --place->number;
  s.flush();
  // CHECK-NEXT: (1, 1) (2, 2) (3, 3)
  show();
  // One takes the number of one that is deleted, a new one that of the first.
  s.delete_(three);
  one.number = 3;
  s.add(Place{.id = 4, .number = 1});
  s.flush();
  // CHECK-NEXT: (1, 3) (2, 2) (4, 1)
  show();
  // Keys too: they go up together.
  s.rollback();
  test::continue_keys(s.connection());
  for (Place *place : {&one, &two, &three})
    ++place->id;
  s.flush();
  // CHECK-NEXT: (2, 1) (3, 2) (4, 3)
  show();
  // CHECK-NEXT: 1
  std::cout << (s.get<Place>(2) == &one) << std::endl;
  s.rollback();
  test::continue_keys(s.connection());
  // What no row gives up stays an error, as it is.
  two.number = 1;
  // CHECK-NEXT: IntegrityError: UNIQUE constraint failed
  test::attempt([&] { s.flush(); });
  s.rollback();
  test::continue_keys(s.connection());
  s.expunge_all();
}

static void several_columns(declorm::Session &s) {
  const auto show = [&] {
    test::show_rows(s, "SELECT id, row, seat, version FROM seats ORDER BY id");
  };
  Seat &a = s.add(Seat{.row = 1, .seat = 1}), &b = s.add(Seat{.row = 1, .seat = 2});
  s.commit();
  std::swap(a.seat, b.seat);
  s.flush();
  // Each has one version more: what is in between counts for nothing.
  // CHECK: (1, 1, 2, 2) (2, 1, 1, 2)
  show();
  // The column that does not change may be the one that is empty in between.
  a.row = 2;
  b.row = 3;
  s.flush();
  std::swap(a.row, b.row);
  std::swap(a.seat, b.seat);
  s.flush();
  // CHECK-NEXT: (1, 3, 1, 4) (2, 2, 2, 4)
  show();
  a.seat = b.seat = 5;
  s.flush();
  std::swap(a.row, b.row);
  s.flush();
  // CHECK-NEXT: (1, 2, 5, 6) (2, 3, 5, 6)
  show();
  s.delete_(a);
  s.add(Seat{.row = 2, .seat = 5});
  s.commit();
  // CHECK-NEXT: (2, 3, 5, 6) (3, 2, 5, 1)
  show();
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  swapped(session);
  replaced(session);
  not_null(session);
  itself(session);
  plain_values(session);
  several_columns(session);
}
