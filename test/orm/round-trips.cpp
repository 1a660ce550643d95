// How many questions a server is asked while a session works: batches, not rows.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/strict.h"
#include <declorm/declorm.h>
#include <iostream>

struct Child;
struct [[declorm::table("parents")]] Parent {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("parent"), cascade("all")]]
  std::vector<Child *> children;
};
struct [[declorm::table("children")]] Child {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("parents.id"), index]] std::int64_t parent_id = 0;
  [[declorm::relationship]] Parent *parent = nullptr;
};
struct Tag;
struct [[declorm::table("posts")]] Post {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, secondary("post_tags")]] std::vector<Tag *> tags;
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
constexpr std::size_t parent_count = 10'000, children_each = 10;

/// Calls `work()`, and prints whether the server was asked less than `most` questions.
template <class Work>
static void expect_fewer(const declorm::Engine &engine, const char *what, std::int64_t most,
                         Work work) {
  const std::int64_t before = test::round_trips(engine);
  work();
  const std::int64_t trips = test::round_trips(engine) - before;
  std::cout << what << ' ';
  if (trips < most)
    std::cout << "fewer than " << most;
  else
    std::cout << trips;
  std::cout << std::endl;
}

int main() {
  using declorm::Column;
  using declorm::ForeignKey;
  using declorm::Integer;
  declorm::metadata().add_table(
      "post_tags", Column("post_id", Integer, declorm::primary_key, ForeignKey("posts.id")),
      Column("tag_id", Integer, declorm::primary_key, ForeignKey("tags.id")));
  const declorm::Engine engine = declorm::create_engine("strict://?round_trip=1ms");
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    std::vector<Parent *> parents;
    for (std::size_t i = 0; i != parent_count; ++i) {
      Parent &parent = session.add(Parent{.name = "p" + std::to_string(i)});
      parents.push_back(&parent);
      for (std::size_t j = 0; j != children_each; ++j)
        parent.children.push_back(&session.add(Child{.name = "c" + std::to_string(j)}));
    }
    // CHECK: saved fewer than 300
    expect_fewer(engine, "saved", 300, [&] { session.commit(); });
    // CHECK-NEXT: 100000 1
    std::cout << session.query<Child>().count() << ' '
              << (parents[9'999]->children[9]->parent_id == parents[9'999]->id) << std::endl;
    for (std::size_t i = 0; i != parent_count; ++i)
      parents[i]->children.front()->parent = parents[(i + 1) % parent_count];
    // CHECK-NEXT: moved fewer than 300
    expect_fewer(engine, "moved", 300, [&] { session.commit(); });
    for (Parent *parent : parents)
      session.delete_(*parent);
    // CHECK-NEXT: deleted fewer than 300
    expect_fewer(engine, "deleted", 300, [&] { session.commit(); });
    // CHECK-NEXT: 0 0
    std::cout << session.query<Parent>().count() << ' ' << session.query<Child>().count()
              << std::endl;
  }
  {
    // A table in between.
    declorm::Session session(engine);
    std::vector<Post *> posts;
    std::vector<Tag *> tags;
    for (int i = 0; i != 1'000; ++i) {
      posts.push_back(&session.emplace<Post>());
      tags.push_back(&session.emplace<Tag>());
    }
    for (std::size_t i = 0; i != posts.size(); ++i)
      for (std::size_t j = 0; j != 5; ++j)
        posts[i]->tags.push_back(tags[(i + j) % tags.size()]);
    // CHECK-NEXT: linked fewer than 20
    expect_fewer(engine, "linked", 20, [&] { session.commit(); });
    for (Post *post : posts)
      post->tags.resize(2);
    // CHECK-NEXT: unlinked fewer than 20
    expect_fewer(engine, "unlinked", 20, [&] { session.commit(); });
    // CHECK-NEXT: 2000
    std::cout << session.execute("SELECT count(*) FROM post_tags").scalar().as<int>() << std::endl;
  }
  {
    // Ranges without a session.
    declorm::Connection connection = engine.connect();
    std::vector<Parent> parents(10'000);
    // CHECK-NEXT: inserted fewer than 20
    expect_fewer(engine, "inserted", 20, [&] {
      connection.insert(parents);
      connection.commit();
    });
    // CHECK-NEXT: updated fewer than 20
    expect_fewer(engine, "updated", 20, [&] {
      connection.update(parents);
      connection.commit();
    });
    // CHECK-NEXT: deleted fewer than 20
    expect_fewer(engine, "deleted", 20, [&] {
      connection.delete_(parents);
      connection.commit();
    });
  }
}
