// A list that is cleared, and its owner deleted, before one flush: what was linked is let go.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

struct Tag;
struct Comment;
struct [[declorm::table("posts")]] Post {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, secondary("post_tags")]] std::vector<Tag *> tags{};
  [[declorm::relationship]] std::vector<Comment *> comments{};
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("comments")]] Comment {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("posts.id")]] std::optional<std::int64_t> post_id{};
};

int main() {
  using declorm::Column, declorm::ForeignKey, declorm::Integer;
  declorm::metadata().add_table(
      "post_tags", Column("post_id", Integer, declorm::primary_key, ForeignKey("posts.id")),
      Column("tag_id", Integer, declorm::primary_key, ForeignKey("tags.id")));
  declorm::Engine engine = test::traced_engine();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Post &post = session.add(Post{}), &other = session.add(Post{});
  post.tags = {&session.add(Tag{})};
  post.comments = {&session.add(Comment{}), &session.add(Comment{})};
  session.commit();
  test::tracing = true;
  post.tags.clear();
  other.comments = {post.comments.back()}; // this one has another owner by now
  post.comments.clear();
  session.delete_(post);
  test::attempt([&] { session.commit(); });
  for (const declorm::Row &row : session.execute("SELECT id, post_id FROM comments"))
    std::cout << row["id"].to_string() << ' ' << row["post_id"].to_string() << std::endl;
}

// The output:
// CHECK: > UPDATE comments SET post_id = ? WHERE comments.id = ? -- NULL 1
// CHECK-NEXT: > DELETE FROM post_tags WHERE post_tags.post_id = ? AND post_tags.tag_id = ? -- 1 1
// CHECK-NEXT: > DELETE FROM posts WHERE posts.id = ? -- 1
// CHECK-NEXT: no error
// CHECK-NEXT: 1 NULL
// CHECK-NEXT: 2 2
// CHECK-NEXT: > SELECT id, post_id FROM comments --
