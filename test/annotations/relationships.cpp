// What options of relationships do when rows are written and deleted.
#include "effects.h"

// Keys that change, and what is deleted by whom.
namespace keys {
struct City;
struct Street;
struct [[declorm::table("countries")]] Country {
  [[using declorm: column, primary_key]] std::string code;
  [[using declorm: relationship, /*field*/ passive_updates(false)]] std::vector<City *> cities;
};
struct [[declorm::table("cities")]] City {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("countries.code"), deferrable]]
  std::optional<std::string> country_code;
  [[using declorm: relationship, /*field*/ passive_deletes]] std::vector<Street *> streets;
};
struct [[declorm::table("streets")]] Street {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("cities.id"), on_delete("SET NULL")]]
  std::optional<std::int64_t> city_id;
};

void show(declorm::Session &session) {
  Country &country = session.emplace<Country>();
  country.code = "x";
  City &city = session.emplace<City>();
  country.cities = {&city};
  city.streets = {&session.emplace<Street>()};
  session.commit();
  session.expunge_all();
  std::cout << "key changes" << std::endl;
  session.get<Country>("x")->code = "y";
  session.commit();
  session.expunge_all();
  std::cout << "deleted" << std::endl;
  session.delete_(*session.get<City>(1));
  session.commit();
}
} // namespace keys
// CHECK: key changes
// CHECK-NEXT: > SELECT countries.code FROM countries WHERE countries.code = ? -- 'x'
// CHECK-NEXT: > SELECT {{.*}} FROM cities WHERE cities.country_code IN (?) -- 'x'
// CHECK-NEXT: > UPDATE countries SET code = ? WHERE countries.code = ? -- 'y' 'x'
// CHECK-NEXT: > UPDATE cities SET country_code = ? WHERE cities.id = ? -- 'y' 1
// CHECK-NEXT: deleted
// CHECK-NEXT: > SELECT {{.*}} FROM cities WHERE cities.id = ? -- 1
// CHECK-NEXT: > DELETE FROM cities WHERE cities.id = ? -- 1

// Both sides in step, what goes with its parent, what is never written.
namespace sides {
struct Post;
struct [[declorm::table("authors")]] Author {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, /*field*/ back_populates("author")]] std::vector<Post *> posts;
  [[using declorm: relationship, /*field*/ cascade("all")]] std::vector<struct Note *> notes;
  [[using declorm: relationship, /*field*/ viewonly]] std::vector<struct Hint *> hints;
  [[using declorm: relationship, /*field*/ backref("maker")]] std::vector<struct Thing *> things;
};
struct [[declorm::table("posts")]] Post {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("authors.id")]] std::optional<std::int64_t> author_id;
  [[declorm::relationship]] Author *author = nullptr;
};
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("authors.id")]] std::optional<std::int64_t> author_id;
};
struct [[declorm::table("hints")]] Hint {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("authors.id")]] std::optional<std::int64_t> author_id;
};
struct [[declorm::table("things")]] Thing {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("authors.id")]] std::optional<std::int64_t> maker_id;
  Author *maker = nullptr;
};

void show(declorm::Session &session) {
  Author &author = session.emplace<Author>();
  Post &post = session.emplace<Post>();
  Thing &thing = session.emplace<Thing>();
  author.posts = {&post};
  author.notes = {&session.emplace<Note>()};
  author.hints = {&session.emplace<Hint>()};
  author.things = {&thing};
  session.commit();
  std::cout << "sides: " << (post.author == &author) << ' ' << (thing.maker == &author)
            << std::endl;
  session.delete_(author);
  session.commit();
}
} // namespace sides
// CHECK: > INSERT INTO hints (author_id) VALUES (?) -- NULL
// CHECK: sides: 1 1
// CHECK: > DELETE FROM notes WHERE notes.id = ? -- 1

// Rows in a circle.
namespace circle {
struct [[declorm::table("nodes")]] Node {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("nodes.id")]] std::optional<std::int64_t> next_id;
  [[using declorm: relationship, /*field*/ post_update, remote_side("Node.id")]] Node *next =
      nullptr;
};

void show(declorm::Session &session) {
  Node &one = session.emplace<Node>(), &two = session.emplace<Node>();
  one.next = &two;
  two.next = &one;
  session.commit();
}
} // namespace circle
// CHECK: > UPDATE nodes SET next_id = ? WHERE nodes.id = ? -- 2 1

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  keys::show(session);
  sides::show(session);
  circle::show(session);
}
