// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// What a touch does is said by options of the query and by annotations: lazyload, raiseload,
// noload, lazy("raise"), lazy("noload"), lazy("selectin").
#include "../Inputs/traced.h"
#include "Inputs/said.h"

struct Album;
struct Song;
struct [[declorm::table("bands")]] Band {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("band")]] declorm::lazy_list<Album> albums;
  [[using declorm: relationship, viewonly, lazy("raise")]] declorm::lazy_list<Album> guarded;
  [[using declorm: relationship, viewonly, lazy("noload")]] declorm::lazy_list<Album> empty;
  [[using declorm: relationship, viewonly, lazy("selectin")]] declorm::lazy_list<Album> eager;
};
struct [[declorm::table("albums")]] Album {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("bands.id")]] std::optional<std::int64_t> band_id{};
  [[declorm::relationship]] declorm::lazy<Band> band;
};

using declorm::lazyload, declorm::noload, declorm::raiseload, declorm::selectinload;

static void touch(const char *what, const declorm::lazy_list<Album> &list) {
  std::size_t size = 0;
  const std::string said = test::said([&] { size = list.size(); });
  std::cout << what << ": " << size << ' ' << said << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  Band &first = session.add(Band{.name = "x"});
  first.albums = {&session.emplace<Album>(), &session.emplace<Album>()};
  session.commit();
  session.expunge_all();
  const auto bands = session.query<Band>();

  Band &guarded = bands.one();
  touch("annotated raise", guarded.guarded);
  // CHECK: annotated raise: 0 InvalidRequestError: relationship 'guarded' of class 'Band' ({{.*}}options.cpp:9): the Band with key (1) was given by the query at options.cpp:[[#@LINE-2]], and a touch of the member is an error by raiseload or {{\[\[}}declorm::lazy("raise")]]; load it in the query's options (selectinload<…>(), joinedload<…>()) or by session.load()
  touch("annotated noload", guarded.empty); // CHECK-NEXT: annotated noload: 0 nothing thrown
  session.load(guarded, &Band::guarded);
  session.load(guarded, &Band::empty);
  touch("loaded", guarded.guarded); // CHECK-NEXT: loaded: 2 nothing thrown
  touch("loaded", guarded.empty);   // CHECK-NEXT: loaded: 2 nothing thrown

  session.expunge_all();
  for (Band &band : bands.options(raiseload<&Band::albums>(), lazyload<&Band::guarded>(),
                                  lazyload<&Band::empty>(), selectinload<&Band::guarded>())) {
    touch("raiseload", band.albums);
    // CHECK-NEXT: raiseload: 0 InvalidRequestError: relationship 'albums' of class 'Band' ({{.*}}options.cpp:9): the Band with key (1) was given by the query at options.cpp:[[#@LINE-3]], and a touch {{.*}}
    touch("selectinload beats it",
          band.guarded);           // CHECK-NEXT: selectinload beats it: 2 nothing thrown
    touch("lazyload", band.empty); // CHECK-NEXT: lazyload: 2 nothing thrown
    band.albums.push_back(&session.emplace<Album>());
    session.flush();
    session.load(band, &Band::albums);
    touch("pushed", band.albums); // CHECK-NEXT: pushed: 3 nothing thrown
    session.expire(band);
    std::cout << test::said_in_short([&] { band.albums.clear(); })
              << std::endl; // CHECK-NEXT: InvalidRequestError
  }
  session.rollback();

  session.expunge_all();
  Band &none = bands.options(noload<&Band::albums>()).one();
  touch("noload", none.albums); // CHECK-NEXT: noload: 0 nothing thrown
  none.albums.push_back(&session.emplace<Album>());
  touch("shows what was added", none.albums); // CHECK-NEXT: shows what was added: 1 nothing thrown
  session.flush();
  std::cout << session.query<Album>().count() << std::endl; // CHECK-NEXT: 3
  session.rollback();
  session.expunge_all();
  Album &album = *session.query<Album>().options(noload<&Album::band>()).first();
  std::cout << (album.band == nullptr) << session.is_modified(album) << std::endl; // CHECK-NEXT: 10
  session.commit();
  std::cout << album.band_id.value() << std::endl; // CHECK-NEXT: 1

  // Along paths, of the objects that a query loads.
  session.expunge_all();
  Band &path = bands
                   .options(selectinload<&Band::albums>().raiseload<&Album::band>(),
                            lazyload<&Band::eager>())
                   .one();
  std::cout << (path.albums.front()->band == &path) << session.is_loaded(path, &Band::eager)
            << std::endl;              // CHECK-NEXT: 10
  touch("eager at touch", path.eager); // CHECK-NEXT: eager at touch: 2 nothing thrown
  session.expunge_all();
  std::cout << session.is_loaded(bands.one(), &Band::eager) << std::endl; // CHECK-NEXT: 1
  session.expunge_all();
  const auto *lone = session.query<Album>().options(raiseload<&Album::band>()).first();
  std::cout << test::said_in_short([&] { lone->band->name.clear(); })
            << std::endl; // CHECK-NEXT: InvalidRequestError
}
