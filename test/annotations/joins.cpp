// What relationships load: their joins, orders, and ways of loading.
#include "effects.h"

struct Item;
struct Tag;
struct [[declorm::table("boxes")]] Box {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("boxes.id")]] std::optional<std::int64_t> outer_id;
  [[declorm::/*field*/ relationship]] std::vector<Item *> items;
  [[using declorm: relationship, viewonly,
    /*field*/ primaryjoin("Box.id == foreign(Item.box_id) and Item.n > 1")]]
  std::vector<Item *> large;
  [[using declorm: relationship, viewonly, /*field*/ order_by("desc(Item.n)")]]
  std::vector<Item *> ordered;
  [[using declorm: relationship, viewonly, /*field*/ lazy("selectin")]] std::vector<Item *> eager;
  [[using declorm: relationship, viewonly, /*field!*/ map_key("n")]] std::map<int, Item *> by_n;
  [[declorm::relationship]] Box *outer = nullptr;
  [[using declorm: relationship, viewonly, /*field*/ remote_side("outer_id")]] Box *inner = nullptr;
  [[using declorm: relationship, /*field!*/ secondary("tagged")]] std::vector<Tag *> tags;
  [[using declorm: relationship, viewonly, secondary("tagged"),
    /*field*/ secondaryjoin("tagged.tag_id == Tag.id and Tag.id > 1")]]
  std::vector<Tag *> high_tags;
};
struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int n = 0;
  [[using declorm: column, foreign_key("boxes.id")]] std::optional<std::int64_t> box_id;
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("tagged")]] Tagged {
  [[using declorm: column, primary_key, foreign_key("boxes.id")]] std::int64_t box_id = 0;
  [[using declorm: column, primary_key, foreign_key("tags.id")]] std::int64_t tag_id = 0;
};
// One of two keys.
struct [[declorm::table("moves")]] Move {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("boxes.id")]] std::optional<std::int64_t> from_id, to_id;
  [[using declorm: relationship, /*field!*/ foreign_keys("from_id")]] Box *from = nullptr;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  Box &made = session.emplace<Box>();
  for (int n = 0; n != 4; ++n) {
    Item &item = session.emplace<Item>();
    item.n = n;
    made.items.push_back(&item);
  }
  Box &inner = session.emplace<Box>();
  inner.outer = &made;
  made.tags = {&session.emplace<Tag>(), &session.emplace<Tag>()};
  session.emplace<Move>().from = &made;
  session.commit();
  session.expunge_all();

  Box &box = *session.get<Box>(1);
  std::cout << "eager " << box.eager.size() << std::endl;
  session.load(box, &Box::items);
  session.load(box, &Box::large);
  session.load(box, &Box::ordered);
  session.load(box, &Box::by_n);
  session.load(box, &Box::tags);
  session.load(box, &Box::high_tags);
  session.load(box, &Box::inner);
  std::cout << "items " << box.items.size() << ", large " << box.large.size() << ", first "
            << box.ordered.front()->n << ", by number " << box.by_n.count(3) << ", tags "
            << box.tags.size() << ' ' << box.high_tags.size() << std::endl;
  Box &second = *session.get<Box>(2);
  std::cout << "outer " << second.outer_id.value_or(0) << ", inner " << (box.inner == &second)
            << ", moved from " << session.get<Move>(1)->from_id.value_or(0) << std::endl;
}

// CHECK: eager 4
// CHECK-NEXT: items 4, large 2, first 3, by number 1, tags 2 1
// CHECK-NEXT: outer 1, inner 1, moved from 1
