// chinook.cpp: every row of Chinook as an object, reached from the artists and the staff; then some
// queries. The classes are made from the database. Argument: its URL.
#include "models.h"
#include <declorm/declorm.h>
#include <iostream>
#include <set>

using declorm::col;
using declorm::desc;
using declorm::selectinload;

namespace {

/// The objects met on the way.
template <class T> class Seen {
public:
  explicit Seen(const char *table) : table_(table) {}

  bool add(const T *object) { return object && objects_.insert(object).second; }
  /// Says how many, and whether the table has as many rows.
  std::size_t report(declorm::Session &session) const {
    const auto rows =
        session.execute("SELECT count(*) FROM " + std::string(table_)).scalar().as<std::int64_t>();
    std::cout << table_ << ' ' << objects_.size() << " of " << rows << '\n';
    return objects_.size();
  }

private:
  const char *table_;
  std::set<const T *> objects_;
};

void load_all(declorm::Session &session) {
  auto to_lines = [] {
    return selectinload<&Artist::albums>().selectinload<&Album::tracks>();
  };
  for (Employee &employee :
       session.query<Employee>().options(selectinload<&Employee::children>(),
                                         selectinload<&Employee::parent>()))
    static_cast<void>(employee);
  auto artists = session.query<Artist>()
                     .options(to_lines().selectinload<&Track::genre>(),
                              to_lines().selectinload<&Track::media_type>(),
                              to_lines().selectinload<&Track::playlists>(),
                              to_lines()
                                  .selectinload<&Track::invoice_lines>()
                                  .selectinload<&InvoiceLine::invoice>()
                                  .selectinload<&Invoice::customer>()
                                  .selectinload<&Customer::support_rep>())
                     .all();
  // Two playlists have no tracks.
  std::vector<Playlist *> playlists =
      session.query<Playlist>().options(selectinload<&Playlist::tracks>()).all();

  Seen<Artist> seen_artists("Artist");
  Seen<Album> albums("Album");
  Seen<Track> tracks("Track");
  Seen<Genre> genres("Genre");
  Seen<MediaType> media("MediaType");
  Seen<InvoiceLine> lines("InvoiceLine");
  Seen<Invoice> invoices("Invoice");
  Seen<Customer> customers("Customer");
  Seen<Employee> staff("Employee");
  Seen<Playlist> lists("Playlist");
  auto add_staff = [&](auto &self, const Employee *employee) -> void {
    if (!staff.add(employee))
      return;
    self(self, employee->parent);
    for (const Employee *child : employee->children)
      self(self, child);
  };
  std::size_t links = 0;
  for (const Artist *artist : artists) {
    seen_artists.add(artist);
    for (const Album *album : artist->albums) {
      albums.add(album);
      for (const Track *track : album->tracks) {
        tracks.add(track);
        genres.add(track->genre);
        media.add(track->media_type);
        links += track->playlists.size();
        for (const InvoiceLine *line : track->invoice_lines) {
          lines.add(line);
          invoices.add(line->invoice);
          customers.add(line->invoice->customer);
          add_staff(add_staff, line->invoice->customer->support_rep);
        }
      }
    }
  }
  std::size_t back = 0;
  for (const Playlist *playlist : playlists) {
    lists.add(playlist);
    back += playlist->tracks.size();
  }
  std::size_t total = links;
  total += seen_artists.report(session) + albums.report(session) + tracks.report(session) +
           genres.report(session) + media.report(session) + lines.report(session) +
           invoices.report(session) + customers.report(session) + staff.report(session) +
           lists.report(session);
  std::cout << "PlaylistTrack " << links << ", from the other side " << back << '\n'
            << total << " rows\n";
}

void ask(declorm::Session &session) {
  std::cout << "best-selling artists\n";
  const auto sold = declorm::sum(col<&InvoiceLine::quantity>);
  for (auto [name, count] : session.execute(declorm::select(col<&Artist::name>, sold)
                                                .join<&Artist::albums>()
                                                .join<&Album::tracks>()
                                                .join<&Track::invoice_lines>()
                                                .group_by(col<&Artist::artist_id>)
                                                .order_by(desc(sold), col<&Artist::name>)
                                                .limit(5)))
    std::cout << "  " << name.value() << ' ' << count.value() << '\n';

  std::cout << "customers whose invoices are worth most\n";
  const auto worth = declorm::sum(col<&Invoice::total>);
  for (auto [first, last, total] :
       session.execute(declorm::select(col<&Customer::first_name>, col<&Customer::last_name>, worth)
                           .join<&Customer::invoices>()
                           .group_by(col<&Customer::customer_id>)
                           .order_by(desc(worth), col<&Customer::customer_id>)
                           .limit(3)))
    std::cout << "  " << first << ' ' << last << ' ' << total.value() << '\n';

  std::cout << "playlists with tracks of Deep Purple\n";
  for (const Playlist &playlist :
       session.query<Playlist>()
           .filter(col<&Playlist::tracks>.any(col<&Track::composer>.like("%Blackmore%")))
           .order_by(col<&Playlist::playlist_id>))
    std::cout << "  " << playlist.playlist_id << ' ' << playlist.name.value() << '\n';

  std::cout << "staff\n";
  auto boss = session.query<Employee>().filter(col<&Employee::parent> == nullptr).all();
  auto show = [](auto &self, const Employee &employee, int depth) -> void {
    std::cout << std::string(2 * static_cast<std::size_t>(depth), ' ') << employee.first_name << ", "
              << employee.title.value() << '\n';
    for (const Employee *child : employee.children)
      self(self, *child, depth + 1);
  };
  for (const Employee *employee : boss)
    show(show, *employee, 1);
}

} // namespace

int main(int, char **argv) {
  auto engine = declorm::create_engine(argv[1]);
  declorm::Session session(engine);
  load_all(session);
  ask(session);
}
