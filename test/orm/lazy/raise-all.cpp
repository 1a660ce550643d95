// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: not %declorm_clang -DTEXT -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: not %declorm_clang -DPATH -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=PATH
// RUN: not %declorm_clang -DOTHER -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=OTHER
// raiseload<T>() and raiseload("*"): the touch of all lazy members of a class, or of all objects,
// that nothing else names is an error.
#include "../Inputs/traced.h"
#include "Inputs/said.h"

struct Album;
struct Song;
struct [[declorm::table("bands")]] Band {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::relationship]] declorm::lazy_list<Album> albums;
  [[using declorm: relationship, viewonly]] declorm::lazy_list<Album> again;
  [[using declorm: relationship, viewonly, lazy("selectin")]] declorm::lazy_list<Album> eager;
  [[using declorm: relationship, viewonly, lazy("selectin")]] std::vector<Album *> plain;
};
struct [[declorm::table("albums")]] Album {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("bands.id")]] std::optional<std::int64_t> band_id{};
  [[using declorm: relationship, viewonly]] declorm::lazy<Band> band;
  [[declorm::relationship]] declorm::lazy_list<Song> songs;
};
struct [[declorm::table("songs")]] Song {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("albums.id")]] std::optional<std::int64_t> album_id{};
};

using declorm::lazyload, declorm::raiseload, declorm::selectinload;

template <class List> static void touch(const char *what, const List &list) {
  std::size_t size = 0;
  const std::string said = test::said_in_short([&] { size = list.size(); });
  std::cout << what << ": " << size << ' ' << said << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  Band &first = session.emplace<Band>();
  first.albums = {&session.emplace<Album>()};
  session.commit();
  session.expunge_all();
  const auto bands = session.query<Band>();
#ifdef TEXT
  // TEXT: error: {{.*}}
  // TEXT: {{.*}}raiseload(\"*\") takes no other text; one member is raiseload<&T::m>()"
  bands.options(raiseload("albums"));
#elif defined PATH
  // PATH: error: {{.*}}declorm: the path of an option goes on with a relationship of the class that it leads to, and this member is of another class
  bands.options(raiseload<Band>().selectinload<&Band::albums>());
#elif defined OTHER
  // OTHER: error: {{.*}}declorm: options() takes options of the query's class, of its bases and of those below it, and the member of this one is of another class
  bands.options(raiseload<Album>());
#endif

  Band &band = bands.options(raiseload<Band>(), selectinload<&Band::albums>()).one();
  touch("loaded", band.albums);         // CHECK: loaded: 1 nothing thrown
  touch("not loaded", band.again);      // CHECK-NEXT: not loaded: 0 InvalidRequestError
  touch("annotated eager", band.eager); // CHECK-NEXT: annotated eager: 0 InvalidRequestError
  touch("plain", band.plain);           // CHECK-NEXT: plain: 1 nothing thrown
  touch("of another class", (*band.albums.begin())->songs);
  // CHECK-NEXT: of another class: 0 nothing thrown

  session.expunge_all();
  Band &all =
      bands.options(lazyload<&Band::again>(), selectinload<&Band::albums>(), raiseload("*")).one();
  touch("named", all.again);     // CHECK-NEXT: named: 1 nothing thrown
  touch("not named", all.eager); // CHECK-NEXT: not named: 0 InvalidRequestError
  touch("of another class", (*all.albums.begin())->songs);
  // CHECK-NEXT: of another class: 0 InvalidRequestError
  session.load(all, &Band::eager);
  touch("asked for", all.eager); // CHECK-NEXT: asked for: 1 nothing thrown

  // CHECK-NEXT: InvalidRequestError: raiseload<Song>() has no effect: class 'Song' ({{.*}}raise-all.cpp:[[# @LINE-52]]) has no member that a touch would load, a declorm::lazy or declorm::lazy_list, and neither has a class below it
  std::cout << test::said([&] { session.query<Song>().options(raiseload<Song>()); }) << std::endl;
}
