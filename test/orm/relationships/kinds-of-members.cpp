// One-to-one, many-to-many, a tree, two references that need each other, in members of all kinds:
// T *, shared_ptr, weak_ptr, set, list, map by an attribute. Saved, changed, deleted.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <list>
#include <map>
#include <memory>
#include <set>

struct Tag;
struct Details;
struct [[declorm::table("posts")]] Post {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string title;
  [[using declorm: relationship, secondary("post_tags"), back_populates("posts")]]
  std::set<Tag *> tags;
  [[using declorm: relationship, back_populates("post"), cascade("all, delete-orphan")]]
  std::shared_ptr<Details> details;
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, secondary("post_tags")]] std::list<Post *> posts;
};
struct [[declorm::table("details")]] Details {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string text;
  [[using declorm: column, foreign_key("posts.id"), unique]] std::optional<int> post_id;
  [[declorm::relationship]] std::weak_ptr<Post> post;
};
struct [[declorm::table("nodes")]] Node {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("nodes.id")]] std::optional<int> parent_id;
  [[using declorm: relationship, back_populates("children")]] Node *parent = nullptr;
  [[using declorm: relationship, map_key("name")]] std::map<std::string, Node *> children;
};
struct Widget;
struct [[declorm::table("entries")]] Entry {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("widgets.id")]] std::optional<int> widget_id;
};
struct [[declorm::table("widgets")]] Widget {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("entries.id")]] std::optional<int> favorite_id;
  [[using declorm: relationship, primaryjoin("Widget.favorite_id == Entry.id"), post_update]]
  Entry *favorite = nullptr;
  [[using declorm: relationship, primaryjoin("Widget.id == Entry.widget_id")]]
  std::vector<Entry *> entries;
};

void counts(declorm::Session &session) {
  test::tracing = false;
  for (const char *table : {"posts", "details", "tags", "post_tags", "nodes", "widgets", "entries"})
    std::cout << session.execute(std::string("SELECT count(*) FROM ") + table).scalar().as<int>()
              << ' ' << table << ';';
  std::cout << std::endl;
  test::tracing = true;
}

int main() {
  // S31, S32: the table in between is a Table, and named.
  declorm::metadata().add_table("post_tags",
                                declorm::Column("post_id", declorm::Integer, declorm::primary_key,
                                                declorm::ForeignKey("posts.id")),
                                declorm::Column("tag_id", declorm::Integer, declorm::primary_key,
                                                declorm::ForeignKey("tags.id")));
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);

  std::cout << "one-to-one: what a shared pointer owns comes in with its owner" << std::endl;
  const auto post = std::make_shared<Post>();
  post->title = "one";
  post->details = std::make_shared<Details>();
  post->details->text = "long";
  session.add(post);
  std::cout << session.contains(*post->details) << std::endl;
  session.flush();
  std::cout << (post->details->post.lock() == post) << std::endl;

  std::cout << "many-to-many" << std::endl;
  Tag &red = session.add(Tag{.name = "red"});
  Tag &blue = session.add(Tag{.name = "blue"});
  post->tags.insert(&red);
  session.flush();
  std::cout << "red has " << red.posts.size() << std::endl;
  red.posts.clear();
  blue.posts.push_back(post.get());
  session.flush();
  std::cout << "the post has " << post->tags.size() << ", blue " << post->tags.count(&blue)
            << std::endl;

  std::cout << "a tree, added from the middle" << std::endl;
  Node &child = session.add(Node{.name = "child"});
  Node &root = session.add(Node{.name = "root"});
  Node &leaf = session.add(Node{.name = "leaf"});
  child.parent = &root;
  child.children["leaf"] = &leaf;
  session.flush();
  std::cout << root.children.at("child")->name << ' ' << leaf.parent->name << std::endl;

  std::cout << "references in a circle" << std::endl;
  Widget &widget = session.add(Widget{});
  Entry &entry = session.add(Entry{});
  widget.entries.push_back(&entry);
  widget.favorite = &entry;
  session.flush();
  session.commit();
  counts(session);

  std::cout << "an orphan" << std::endl;
  post->details.reset();
  session.flush();
  std::cout << "deleting all" << std::endl;
  session.delete_(widget);
  session.delete_(entry);
  session.delete_(root);
  session.delete_(child);
  session.delete_(leaf);
  session.delete_(*post);
  session.flush();
  counts(session);
  session.rollback();
  std::cout << "rolled back" << std::endl;
  counts(session);
  std::cout << (post->details ? post->details->text : "no details") << ", " << root.children.size()
            << " child, blue has " << blue.posts.size() << ", favorite "
            << (widget.favorite == &entry) << std::endl;

  std::cout << "rows in a circle, without post_update" << std::endl;
  Node &one = session.add(Node{.name = "one"}), &two = session.add(Node{.name = "two"});
  one.parent = &two;
  two.parent = &one;
  test::attempt([&] { session.flush(); });
}

// The output:
// CHECK: one-to-one: what a shared pointer owns comes in with its owner
// CHECK-NEXT: 1
// CHECK-NEXT: > INSERT INTO posts (title) VALUES (?) -- 'one'
// CHECK-NEXT: > INSERT INTO details (text, post_id) VALUES (?, ?) -- 'long' 1
// CHECK-NEXT: 1
// CHECK-NEXT: many-to-many
// CHECK-NEXT: > INSERT INTO tags (name) VALUES (?) -- 'red'
// CHECK-NEXT: > INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?) -- 1 1
// CHECK-NEXT: red has 1
// CHECK-NEXT: > DELETE FROM post_tags WHERE post_tags.post_id = ? AND post_tags.tag_id = ? -- 1 1
// CHECK-NEXT: > INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?) -- 1 2
// CHECK-NEXT: the post has 1, blue 1
// CHECK-NEXT: a tree, added from the middle
// CHECK-NEXT: > INSERT INTO nodes (name, parent_id) VALUES (?, ?) -- 'root' NULL
// CHECK-NEXT: child child
// CHECK-NEXT: references in a circle
// CHECK-NEXT: > INSERT INTO widgets (favorite_id) VALUES (?) -- NULL
// CHECK-NEXT: > INSERT INTO entries (widget_id) VALUES (?) -- 1
// CHECK-NEXT: > UPDATE widgets SET favorite_id = ? WHERE widgets.id = ? -- 1 1
// CHECK-NEXT: 1 posts;1 details;2 tags;1 post_tags;3 nodes;1 widgets;1 entries;
// CHECK-NEXT: an orphan
// CHECK-NEXT: > DELETE FROM details WHERE details.id = ? -- 1
// CHECK-NEXT: deleting all
// CHECK-NEXT: > SELECT tags.id, tags.name, between_1.post_id FROM tags JOIN post_tags AS between_1 ON tags.id = between_1.tag_id WHERE between_1.post_id IN (?) -- 1
// CHECK-NEXT: > SELECT details.id, details.text, details.post_id FROM details WHERE details.post_id IN (?) -- 1
// CHECK-NEXT: > SELECT nodes.id, nodes.name, nodes.parent_id FROM nodes WHERE nodes.parent_id IN (?, ?, ?, ?) -- 2 1 3 3
// CHECK-NEXT: > SELECT entries.id, entries.widget_id FROM entries WHERE entries.widget_id IN (?) -- 1
// CHECK-NEXT: > DELETE FROM post_tags WHERE post_tags.post_id = ? AND post_tags.tag_id = ? -- 1 2
// CHECK-NEXT: > UPDATE widgets SET favorite_id = ? WHERE widgets.id = ? -- NULL 1
// CHECK-NEXT: > DELETE FROM entries WHERE entries.id = ? -- 1
// CHECK-NEXT: > DELETE FROM widgets WHERE widgets.id = ? -- 1
// CHECK-NEXT: > DELETE FROM posts WHERE posts.id = ? -- 1
// CHECK-NEXT: > DELETE FROM nodes WHERE nodes.id = ? -- 3
// CHECK-NEXT: 0 posts;0 details;2 tags;0 post_tags;0 nodes;0 widgets;0 entries;
// CHECK-NEXT: rolled back
// CHECK-NEXT: 1 posts;1 details;2 tags;1 post_tags;3 nodes;1 widgets;1 entries;
// CHECK-NEXT: long, 1 child, blue has 1, favorite 1
// CHECK-NEXT: rows in a circle, without post_update
// CHECK-NEXT: CircularDependencyError: rows refer to each other in a circle: a new Node ('one'), a new Node ('two'), and again a new Node ('one'); write {{\[\[}}declorm::post_update]] on 'Node.parent', and its foreign key is written in a second statement
