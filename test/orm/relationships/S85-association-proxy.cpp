// proxy(list, &T::value): the values of association objects as a list of their own, read and
// written through lists of every kind; in queries proxy<&U::list, &T::value>().
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

#include <algorithm>
#include <list>
#include <set>

using declorm::col, declorm::proxy;

struct User;
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
};
struct [[declorm::table("tag_links")]] TagLink {
  [[using declorm: column, primary_key, foreign_key("users.id")]] int user_id = 0;
  [[using declorm: column, primary_key, foreign_key("tags.id")]] int tag_id = 0;
  [[declorm::column]] std::string kind = "plain";
  [[declorm::relationship]] User *user = nullptr;
  [[declorm::relationship]] Tag *tag = nullptr;
};
// A constructor from the value, and a getter.
class [[declorm::table("nicknames")]] Nickname {
public:
  explicit Nickname(const std::string &text) : text_("~" + text) {}
  std::string text() const { return text_.substr(1); }

private:
  Nickname() = default;
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::optional<int> user_id;
  [[declorm::column("text")]] std::string text_;
};
// An aggregate: its value goes into the member, not into the first one, which is a number too.
struct [[declorm::table("scores")]] Score {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::optional<int> user_id;
  [[declorm::column]] int points = 0;
};
struct [[declorm::table("favourites")]] Favourite {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::optional<int> user_id;
  [[using declorm: column, foreign_key("tags.id")]] std::optional<int> tag_id;
  [[declorm::relationship]] declorm::lazy<Tag> tag;
};
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("user"), cascade("all, delete-orphan"),
    order_by("TagLink.tag_id")]]
  std::vector<std::shared_ptr<TagLink>> tag_links{};
  [[using declorm: relationship, cascade("all, delete-orphan"), order_by("Nickname.id")]]
  std::vector<Nickname *> nicknames{};
  [[using declorm: relationship, cascade("all, delete-orphan")]]
  std::set<std::shared_ptr<Score>> scores{};
  [[using declorm: relationship, cascade("all, delete-orphan"), order_by("Favourite.id")]]
  declorm::lazy_list<Favourite> favourites{};

  auto tags() { return proxy(tag_links, &TagLink::tag); }
  auto tags() const { return proxy(tag_links, &TagLink::tag); }
};

static void counts(declorm::Session &s) {
  for (const char *table : {"tag_links", "nicknames", "scores", "favourites"})
    std::cout << s.execute(std::string("SELECT count(*) FROM ") + table).scalar().as<int>() << ' '
              << table << ' ';
  std::cout << std::endl;
}
template <class Range> static void show(const Range &values) {
  for (const auto &value : values)
    if constexpr (requires { value->name; })
      std::cout << value->name << ' ';
    else
      std::cout << value << ' ';
  std::cout << "of " << values.size() << std::endl;
}

static_assert(std::ranges::forward_range<decltype(std::declval<User &>().tags())>);
static_assert(std::same_as<decltype(std::declval<User &>().tags())::value_type, Tag *>);
template <class P>
concept grows = requires(P proxied) { proxied.push_back(nullptr); };
static_assert(grows<decltype(std::declval<User &>().tags())>);
static_assert(!grows<decltype(std::declval<const User &>().tags())>); // of a list that is const

static void shared(declorm::Session &s) {
  User &ed = s.add(User{.name = "ed"});
  Tag &red = s.add(Tag{.name = "red"}), &blue = s.add(Tag{.name = "blue"}),
      &green = s.add(Tag{.name = "green"});
  // CHECK: 1 0
  std::cout << ed.tags().empty() << ' ' << ed.tags().size() << std::endl;
  ed.tags().push_back(&red);
  ed.tags().push_back(&blue);
  // CHECK-NEXT: red blue of 2
  show(std::as_const(ed).tags());
  // CHECK-NEXT: red blue blue 1 0
  std::cout << ed.tags().front()->name << ' ' << ed.tags().back()->name << ' ' << ed.tags()[1]->name
            << ' ' << ed.tags().contains(&red) << ' ' << ed.tags().contains(&green) << std::endl;
  s.commit();
  // The association objects are ordinary ones, with both sides in step and the rest of their
  // columns.
  // CHECK-NEXT: plain 1 1 1
  std::cout << ed.tag_links[0]->kind << ' ' << (ed.tag_links[0]->user == &ed) << ' '
            << s.contains(*ed.tag_links[1]) << ' ' << ed.tag_links[1]->user_id << std::endl;

  // What is taken out is an orphan; what assign() keeps is the same object as before.
  const TagLink *kept = ed.tag_links[1].get();
  ed.tag_links[1]->kind = "kept";
  ed.tags().assign({&green, &blue});
  s.commit();
  // CHECK-NEXT: green blue of 2
  // CHECK-NEXT: 1 kept
  show(ed.tags());
  std::cout << (ed.tag_links[1].get() == kept) << ' ' << kept->kind << std::endl;
  // CHECK-NEXT: 2 tag_links 0 nicknames 0 scores 0 favourites
  counts(s);
  s.expunge_all();

  User &again =
      s.query<User>()
          .options(declorm::selectinload<&User::tag_links>().selectinload<&TagLink::tag>())
          .one();
  // CHECK-NEXT: blue green of 2
  show(again.tags());
  // CHECK-NEXT: 1 0
  std::cout << again.tags().erase(s.get<Tag>(2)) << ' ' << again.tags().erase(s.get<Tag>(2))
            << std::endl;
  s.flush();
  // CHECK-NEXT: 1 tag_links 0 nicknames 0 scores 0 favourites
  counts(s);
  again.tags().erase(again.tags().begin());
  s.flush();
  // CHECK-NEXT: 0 tag_links 0 nicknames 0 scores 0 favourites
  counts(s);
  s.commit();
}

static void plain(declorm::Session &s) {
  User &ed = *s.get<User>(1);
  s.load(ed, &User::nicknames);
  const auto names =
      proxy(ed.nicknames, &Nickname::text, s); // the constructor; the session gets it
  names.push_back("eddy");
  names.push_back("edward");
  names.push_back("eddy");
  s.flush();
  // CHECK-NEXT: eddy edward eddy of 3
  show(names);
  // CHECK-NEXT: 2
  std::cout << names.erase("eddy") << std::endl;
  s.commit();
  // A function that makes the object: it returns a reference, or what the list holds.
  proxy(ed.nicknames, &Nickname::text, [&](const std::string &text) -> Nickname & {
    return s.emplace<Nickname>(text + "!");
  }).push_back("teddy");
  proxy(ed.nicknames, &Nickname::text, [&](const std::string &text) {
    return &s.emplace<Nickname>(text + "?");
  }).push_back("ned");
  s.commit();
  // CHECK-NEXT: edward teddy! ned? of 3
  show(proxy(ed.nicknames, &Nickname::text));
  // CHECK-NEXT: 0 tag_links 3 nicknames 0 scores 0 favourites
  counts(s);
  names.clear();
  s.commit();
  // CHECK-NEXT: 0 tag_links 0 nicknames 0 scores 0 favourites
  counts(s);
}

static void others(declorm::Session &s) {
  User &ed = *s.get<User>(1);
  s.load(ed, &User::scores);
  const auto scores = proxy(ed.scores, &Score::points);
  scores.push_back(70);
  scores.push_back(80);
  s.flush();
  // CHECK-NEXT: 1 70 80
  std::vector<int> sorted(scores.begin(), scores.end());
  std::ranges::sort(sorted);
  std::cout << (*ed.scores.begin())->id + (*ed.scores.rbegin())->id - 2 << ' ' << sorted[0] << ' '
            << sorted[1] << std::endl;
  scores.assign(std::vector{80, 90});
  s.commit();

  // push_back() to a lazy_list loads nothing; a lazy shows the object that it refers to.
  proxy(ed.favourites, &Favourite::tag, s).push_back(s.get<Tag>(1));
  s.commit();
  s.expunge_all();
  test::tracing = true;
  User &again = *s.get<User>(1);
  Tag *const blue = s.get<Tag>(2);
  // CHECK-NEXT: > SELECT users{{.*}}
  // CHECK-NEXT: > SELECT tags{{.*}}
  // CHECK-NEXT: added
  // CHECK-NEXT: > INSERT INTO favourites {{.*}}
  // CHECK-NEXT: > SELECT favourites{{.*}}
  // CHECK-NEXT: > SELECT tags{{.*}}
  // CHECK-NEXT: red blue of 2
  const auto tags = proxy(again.favourites, &Favourite::tag, s);
  tags.push_back(blue);
  std::cout << "added" << std::endl;
  s.flush();
  show(tags);
  test::tracing = false;
  // CHECK-NEXT: 1 1
  std::cout << tags.contains(blue) << ' ' << tags.erase(blue) << std::endl;
  s.commit();
  // CHECK-NEXT: 0 tag_links 0 nicknames 2 scores 1 favourites
  counts(s);
}

static void queries(declorm::Session &s) {
  Tag &red = *s.get<Tag>(1), &blue = *s.get<Tag>(2);
  User &ed = *s.get<User>(1), &wendy = s.add(User{.name = "wendy"});
  s.load(ed, &User::tag_links);
  ed.tags().push_back(&red);
  wendy.tags().push_back(&blue);
  proxy(wendy.nicknames, &Nickname::text, s).push_back("w");
  proxy(wendy.scores, &Score::points).push_back(80);
  const auto found = [&](const declorm::Expression<bool> &condition) {
    for (User &user : s.query<User>().filter(condition).order_by(col<&User::id>))
      std::cout << user.name << ' ';
    std::cout << std::endl;
  };
  constexpr auto tags = proxy<&User::tag_links, &TagLink::tag>();
  // CHECK-NEXT: ed
  found(tags.contains(red));
  // CHECK-NEXT: ed
  found(!tags.contains(blue));
  // CHECK-NEXT: wendy
  found(tags.any(col<&Tag::name>.like("bl%")));
  // CHECK-NEXT: ed wendy
  found(tags.any());
  constexpr auto points = proxy<&User::scores, &Score::points>();
  // CHECK-NEXT: ed wendy
  found(points.contains(80));
  // CHECK-NEXT: ed
  found(points.any(col<&Score::points> > 80));
  // CHECK-NEXT: ed
  found(proxy<&User::favourites, &Favourite::tag>().contains(red));
  // A query for the association objects finds those that the session has not met yet, too.
  s.commit();
  s.expunge_all();
  s.add(User{.name = "new"}).tags().push_back(&s.add(Tag{.name = "pink"}));
  // CHECK-NEXT: 3
  std::cout << s.query<TagLink>().count() << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  shared(session);
  plain(session);
  others(session);
  queries(session);
}
