// S84: deferred columns and column_propertys, of mixins too, alone and in groups: which SELECTs leave
// them out, and what brings them.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::col, declorm::undefer, declorm::undefer_group, declorm::selectinload,
    declorm::joinedload;

struct Author;
struct HasNotes {
  [[using declorm: column, deferred("{class:lower}")]] std::string notes = "none";
  [[using declorm: column_property("func.length(notes)"), deferred("{class:lower}")]] int letters =
      -1;
};
struct [[declorm::table("books")]] Book : HasNotes {
  [[using declorm: column, deferred]] std::string text = "?";
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string title;
  [[using declorm: column, foreign_key("authors.id")]] std::optional<std::int64_t> author_id;
  [[using declorm: relationship, back_populates("books")]] Author *author = nullptr;
};
class [[declorm::table("authors")]] Author {
  std::string life_ = "unknown";

public:
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, deferred]] const std::string &life() const { return life_; }
  void set_life(const std::string &life) { life_ = life; }
  [[using declorm: relationship, order_by("Book.id")]] std::vector<Book *> books;
};

static void show(declorm::Session &session, const Book &book) {
  std::cout << book.id << ' ' << book.title << ": " << book.text << ' ' << book.notes << ' '
            << book.letters << ", " << session.is_loaded(book, &Book::text)
            << session.is_loaded(book, &Book::notes) << session.is_loaded(book, &Book::letters)
            << session.is_loaded(book, &Book::title) << std::endl;
}

int main() {
  const declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Author &ada = session.emplace<Author>();
  ada.name = "ada";
  ada.set_life("long");
  for (const char *title : {"a", "b"}) {
    Book &book = session.emplace<Book>();
    book.title = title;
    book.text = std::string(title) + " text";
    book.notes = "seven..";
    ada.books.push_back(&book);
    show(session, book);
  }
  // CHECK: 0 a: a text seven.. -1, 1111
  // CHECK-NEXT: 0 b: b text seven.. -1, 1111
  session.commit();
  // CHECK-NEXT: > INSERT INTO authors (name, life) VALUES (?, ?) -- 'ada' 'long'
  // CHECK-NEXT: > INSERT INTO books (notes, text, title, author_id) VALUES (?, ?, ?, ?) -- 'seven..' 'a text' 'a' 1
  session.expunge_all();

  const auto books = session.query<Book>().order_by(col<&Book::id>);
  Book &first = *books.all()[0];
  show(session, first);
  // CHECK-NEXT: > SELECT books.id, books.title, books.author_id FROM books ORDER BY books.id --
  // CHECK-NEXT: 1 a: ? none -1, 0001
  session.load(first, &Book::text);
  session.load(first, &Book::text);
  show(session, first);
  // CHECK-NEXT: > SELECT books.text, books.id FROM books WHERE books.id IN (?) -- 1
  // CHECK-NEXT: 1 a: a text none -1, 1001
  session.load(first, &Book::letters);
  show(session, first);
  // CHECK-NEXT: > SELECT books.id, length(books.notes) AS letters FROM books WHERE books.id IN (?) -- 1
  // CHECK-NEXT: 1 a: a text none 7, 1011

  std::cout << "options read what is left out, of objects that are there too" << std::endl;
  for (Book &book : books.options(undefer_group("book")))
    show(session, book);
  // CHECK-NEXT: options read what is left out, of objects that are there too
  // CHECK-NEXT: > SELECT books.notes, books.id, books.title, books.author_id, length(books.notes) AS letters FROM books ORDER BY books.id --
  // CHECK-NEXT: 1 a: a text seven.. 7, 1111
  // CHECK-NEXT: 2 b: ? seven.. 7, 0111
  session.expunge_all();
  for (Book &book : books.options(undefer<&Book::text>(), undefer<&Book::letters>()))
    show(session, book);
  // CHECK-NEXT: > SELECT books.text, books.id, books.title, books.author_id, length(books.notes) AS letters FROM books ORDER BY books.id --
  // CHECK-NEXT: 1 a: a text none 7, 1011
  // CHECK-NEXT: 2 b: b text none 7, 1011
  session.expunge_all();

  std::cout << "along relationships" << std::endl;
  const auto authors = session.query<Author>();
  for (const Author &author : authors.options(selectinload<&Author::books>()))
    show(session, *author.books[1]);
  // CHECK-NEXT: along relationships
  // CHECK-NEXT: > SELECT authors.id, authors.name FROM authors --
  // CHECK-NEXT: > SELECT books.id, books.title, books.author_id FROM books WHERE books.author_id IN (?) ORDER BY books.id -- 1
  // CHECK-NEXT: 2 b: ? none -1, 0001
  for (const Author &author :
       authors.options(selectinload<&Author::books>().undefer<&Book::text>()))
    show(session, *author.books[1]);
  // CHECK-NEXT: > SELECT authors.id, authors.name FROM authors --
  // CHECK-NEXT: > SELECT books.text, books.id FROM books WHERE books.id IN (?, ?) -- 1 2
  // CHECK-NEXT: 2 b: b text none -1, 1001
  session.expunge_all();
  for (const Author &author :
       authors.options(selectinload<&Author::books>().undefer<&Book::text>()))
    show(session, *author.books[1]);
  // CHECK-NEXT: > SELECT authors.id, authors.name FROM authors --
  // CHECK-NEXT: > SELECT books.text, books.id, books.title, books.author_id FROM books WHERE books.author_id IN (?) ORDER BY books.id -- 1
  // CHECK-NEXT: 2 b: b text none -1, 1001
  session.expunge_all();
  for (const Author &author : authors.options(joinedload<&Author::books>()))
    show(session, *author.books[1]);
  // CHECK-NEXT: > SELECT authors.id, authors.name, books_1.id, books_1.title, books_1.author_id FROM authors LEFT OUTER JOIN books AS books_1 ON books_1.author_id = authors.id ORDER BY books_1.id --
  // CHECK-NEXT: 2 b: ? none -1, 0001
  session.expunge_all();
  for (const Author &author :
       authors.options(joinedload<&Author::books>().undefer<&Book::text>().undefer_group("book")))
    show(session, *author.books[1]);
  // CHECK-NEXT: > SELECT authors.id, authors.name, books_1.notes, books_1.text, books_1.id, books_1.title, books_1.author_id, length(books_1.notes) FROM authors LEFT OUTER JOIN books AS books_1 ON books_1.author_id = authors.id ORDER BY books_1.id --
  // CHECK-NEXT: 2 b: b text seven.. 7, 1111
  session.expunge_all();

  std::cout << "get() and query<const T>() leave them out; filters and orders name them"
            << std::endl;
  show(session, *session.get<Book>(2));
  // CHECK-NEXT: get() and query<const T>() leave them out; filters and orders name them
  // CHECK-NEXT: > SELECT books.id, books.title, books.author_id FROM books WHERE books.id = ? -- 2
  // CHECK-NEXT: 2 b: ? none -1, 0001
  session.expunge_all();
  const Book &read = session.query<const Book>().filter(col<&Book::text> == "b text").one();
  show(session, read);
  // CHECK-NEXT: > SELECT books.id, books.title, books.author_id FROM books WHERE books.text = ? LIMIT ? -- 'b text' 2
  // CHECK-NEXT: 2 b: ? none -1, 0001
  for (const Book &book : session.query<const Book>()
                              .order_by(declorm::desc(col<&Book::text>))
                              .options(undefer<&Book::text>()))
    show(session, book);
  // CHECK-NEXT: > SELECT books.text, books.id, books.title, books.author_id FROM books ORDER BY books.text DESC --
  // CHECK-NEXT: 2 b: b text none -1, 1001
  // CHECK-NEXT: 1 a: a text none -1, 1001

  std::cout << "plain objects are whole, and so are those of a union" << std::endl;
  test::tracing = false;
  for (const Book &book : session.connection().select<Book>().where(col<&Book::id> == 1))
    std::cout << book.text << ' ' << book.notes << ' ' << book.letters << std::endl;
  for (const Book &book : session.execute(declorm::select<Book>().where(col<&Book::id> == 2)))
    std::cout << book.text << std::endl;
  session.expunge_all();
  const auto part = declorm::select<Book>().where(col<&Book::id> == 2);
  for (const Book *book : session.scalars(part.union_(part)))
    show(session, *book);
  // CHECK-NEXT: plain objects are whole, and so are those of a union
  // CHECK-NEXT: a text seven.. 7
  // CHECK-NEXT: b text
  // CHECK-NEXT: 2 b: b text seven.. 7, 1111

  std::cout << "what is not deferred" << std::endl;
  test::attempt([&] { books.options(undefer<&Book::title>()).all(); });
  test::attempt([&] { books.options(undefer_group("Book")).all(); });
  test::attempt([&] { authors.options(undefer_group("x")).all(); });
  test::attempt([&] { session.load(*session.get<Book>(1), &Book::title); });
  // CHECK-NEXT: what is not deferred
  // CHECK-NEXT: InvalidRequestError: undefer(): member 'title' of class 'Book' is not deferred: it is loaded with each object
  // CHECK-NEXT: InvalidRequestError: undefer_group("Book"): no deferred column of class 'Book' ({{.*}}) is in a group of that name; there are 'book'
  // CHECK-NEXT: InvalidRequestError: undefer_group("x"): no deferred column of class 'Author' ({{.*}}) is in a group of that name; it has no groups
  // CHECK-NEXT: InvalidRequestError: 'title' of class 'Book' is no relationship of class 'Book' ({{.*}}); there are 'author'
}
