// The target by the member's type or by name; backref maps a member that bears no annotation, of
// the class or of a base, and both sides stay in step.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

#include <iostream>

namespace blog {
struct Post;
struct Tag;
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column]] std::string name;
  [[using declorm: relationship("blog::Post"), backref("author")]] std::vector<Post *> posts{};
};
struct HasAuthor {
  [[using declorm: column, foreign_key("users.id")]] std::optional<int> author_id{};
  User *author = nullptr; // no annotation: User::posts names it
};
struct [[declorm::table("posts")]] Post : HasAuthor {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string title;
  [[using declorm: relationship("Tag"), secondary("post_tags"),
    backref("posts")]] std::vector<Tag *> tags{};
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string text;
  std::vector<Post *> posts{};
};
} // namespace blog
using namespace blog;

int main() {
  declorm::metadata().add_table(
      "post_tags", declorm::Column("post_id", declorm::Integer, declorm::ForeignKey("posts.id")),
      declorm::Column("tag_id", declorm::Integer, declorm::ForeignKey("tags.id")));
  auto engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  User &ed = session.add(User{.name = "ed"});
  Post &first = session.add(Post{{}, 0, "first", {}});
  Post &second = session.add(Post{{}, 0, "second", {}});
  Tag &red = session.add(Tag{.text = "red"});
  ed.posts.push_back(&first);
  second.author = &ed; // from the side without annotation
  first.tags.push_back(&red);
  red.posts.push_back(&second);
  session.commit();
  // CHECK: ed has 2 posts; first by ed, second by ed
  std::cout << ed.name << " has " << ed.posts.size() << " posts; first by " << first.author->name
            << ", second by " << second.author->name << "\n";
  // CHECK: 2 rows in between; red on 2 posts
  std::cout << session.execute("SELECT count(*) FROM post_tags").scalar().as<int>()
            << " rows in between; red on " << red.posts.size() << " posts\n";
  session.expunge_all();

  Post &again = *session.get<Post>(2);
  session.load(again, &Post::author);
  session.load(again, &Post::tags);
  // CHECK: second: ed, red
  std::cout << again.title << ": " << again.author->name << ", " << again.tags.front()->text
            << "\n";
}
