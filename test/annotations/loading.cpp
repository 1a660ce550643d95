// What annotations do when objects are loaded.
#include "effects.h"

class [[declorm::table("books")]] Book {
  std::string notes_;

public:
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, /*field*/ deferred]] std::string text;
  [[using declorm: column, /*method*/ deferred("large")]] const std::string &notes() const {
    return notes_;
  }
  void set_notes(const std::string &notes) { notes_ = notes; }
};

struct [[using declorm: table("quotes"), /*class*/ always_refresh]] Quote {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int price = 0;
};

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Book &book = session.emplace<Book>();
  book.text = "text";
  session.commit();
  session.expunge_all();
  session.get<Book>(1);
  Quote &quote = session.emplace<Quote>();
  session.flush();
  quote.price = 5;
  session.get<Quote>(1);
  std::cout << quote.price << std::endl;
  // CHECK: > SELECT books.id FROM books WHERE books.id = ? -- 1
  // CHECK: {{^}}0{{$}}
}
