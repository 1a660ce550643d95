// naming.h: names of tables and columns become names of C++ classes and members.
#ifndef DECLORM_AUTOMAP_NAMING_H
#define DECLORM_AUTOMAP_NAMING_H

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace declorm::automap {

enum class Case { snake, camel, keep };

/// The code point of UTF-8 text at `index`, which moves behind it; a byte that is no UTF-8 stands
/// for itself.
std::uint32_t next_code_point(std::string_view text, std::size_t &index);

/// The words of a name, in lower case and ASCII: "AlbumId", "album_id" and "ALBUM ID" are all
/// {"album", "id"}. Latin letters lose their accents, other characters become "u" and their code.
std::vector<std::string> words(std::string_view name);

/// One English word, in lower case. What is singular (or plural) already stays.
std::string singular(std::string_view word);
std::string plural(std::string_view word);

/// "playlist_tracks" as words with the last one singular, or plural.
std::vector<std::string> singular_words(std::string_view name);
std::vector<std::string> plural_words(std::vector<std::string> words);

/// {"playlist", "track"}: "PlaylistTrack".
std::string class_name(const std::vector<std::string> &words);
/// {"playlist", "track"}: "playlist_track" or, with Case::camel, "playlistTrack".
std::string member_name(const std::vector<std::string> &words, Case wanted);
/// The same for a column's name; Case::keep leaves it as it is, as far as C++ lets it.
std::string member_name(std::string_view column, Case wanted);

/// "set_title" or, with Case::camel, "setTitle".
std::string setter_name(const std::string &member, Case wanted);

/// Whether C++ lets the text be a name.
bool is_identifier(std::string_view text);

/// The names of one scope: each is given once.
class Scope {
public:
  void reserve(std::string name) { taken_.insert(std::move(name)); }
  bool has(const std::string &name) const { return taken_.contains(name); }
  /// The first of the candidates that `is_free`; else the last one with `separator` and 2, 3, …
  /// behind it.
  static std::string choose(const std::vector<std::string> &candidates, std::string_view separator,
                            const std::function<bool(const std::string &)> &is_free);

private:
  std::set<std::string> taken_;
};

} // namespace declorm::automap

#endif // DECLORM_AUTOMAP_NAMING_H
