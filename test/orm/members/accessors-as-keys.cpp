// Getters and setters as keys, foreign keys and discriminators: private ones, of bases that lie
// elsewhere, virtual ones; and bit-fields with options.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

using declorm::attr, declorm::col;

struct Padding {
  virtual ~Padding() = default;
  char padding[24]{};
};

/// A key for whoever derives from it.
template <class Self> class Identified {
  std::int64_t id_ = 0;

protected:
  [[using declorm: column("id"), primary_key]] std::int64_t id() const { return id_; }
  Identified &id(std::int64_t value) {
    id_ = value;
    return *this;
  }

public:
  std::int64_t number() const { return id_; }
};

class Child;
class [[declorm::table("parents")]] Parent : public Padding, public Identified<Parent> {
public:
  [[using declorm: relationship, back_populates("parent")]] std::vector<Child *> children;
  [[declorm::column]] virtual std::string name() const { return name_; }
  virtual void set_name(const std::string &name) { name_ = name; }

private:
  std::string name_;
};

class [[using declorm: table("children"), polymorphic_on("kind"),
        polymorphic_identity("child")]] Child : public Padding,
                                                public virtual Identified<Child> {
public:
  [[declorm::relationship]] Parent *parent = nullptr;
  std::optional<std::int64_t> parent_id() const { return parent_id_; }

private:
  [[using declorm: column("parent_id"), foreign_key("parents.id")]] //
  const std::optional<std::int64_t> &
  get_parent_id() const {
    return parent_id_;
  }
  void set_parent_id(std::optional<std::int64_t> id) { parent_id_ = id; }
  [[declorm::column("kind")]] std::string kind() const { return kind_; }
  void kind(std::string value) { kind_ = std::move(value); }
  std::optional<std::int64_t> parent_id_;
  std::string kind_;
};
struct [[using declorm: mapped, polymorphic_identity("toddler")]] Toddler : Child {
  [[declorm::column]] std::optional<int> &teeth() { return teeth_; } // what sets it, too

private:
  std::optional<int> teeth_;
};

class [[declorm::table("words")]] Word {
public:
  Word() = default;
  Word(std::string text, int sense) : text_(std::move(text)), sense_(sense) {}
  [[using declorm: column, primary_key]] const std::string &text() const { return text_; }
  void set_text(const std::string &text) { text_ = text; }
  [[using declorm: column, primary_key]] int sense() const { return sense_; }
  void set_sense(int sense) { sense_ = sense; }
  [[declorm::column]] std::string meaning;

private:
  std::string text_;
  int sense_ = 0;
};

enum Colour : unsigned { red = 1, green = 2, blue = 9 };
static unsigned level() { return 5; }
static std::string title() { return "untitled"; }
struct Title { // smaller than what it is stored as
  char letter = 0;
};
template <> struct declorm::type_traits<Title> {
  using column_type = std::string;
  static std::string to_column(const Title &title) { return std::string(1, title.letter); }
  static Title from_column(const std::string &text) { return {text.empty() ? '\0' : text[0]}; }
};
static Title first_letter() { return {title()[0]}; }
struct [[declorm::table("bits")]] Bits {
  [[using declorm: column, primary_key]] std::int64_t id : 40 = 0;
  [[declorm::column]] bool flag : 1 = false;
  [[declorm::column]] int small : 3 = 0;
  [[using declorm: column, enum_names]] Colour colour : 2 = red;
  [[using declorm: column, null_value(0)]] unsigned none : 4 = 0;
  [[using declorm: column, unset(0), default_value(&level)]] unsigned level : 3 = 0;
  [[using declorm: column, unset("-"), default_value(&first_letter)]] Title title{'-'};
  [[declorm::column]] const Title fixed{'f'};
};

/// What the database computes needs no setter.
struct [[declorm::table("lines")]] Line {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] int x = 0;
  [[using declorm: column, computed("x * 2")]] int twice() const { return x * 2; }
};

int main() {
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  {
    declorm::Session session(engine);
    Parent &parent = session.emplace<Parent>();
    parent.set_name("Ann");
    Child &first = session.emplace<Child>();
    Toddler &second = session.emplace<Toddler>();
    second.teeth() = 3;
    parent.children = {&first, &second};
    session.commit();
    // CHECK: parent 1, children 1 and 2 of 1 and 1
    std::cout << "parent " << parent.number() << ", children " << first.number() << " and "
              << second.number() << " of " << *first.parent_id() << " and " << *second.parent_id()
              << '\n';
  }
  declorm::Session session(engine);
  Parent &parent = *session.get<Parent>(1);
  session.load(parent, &Parent::children);
  // CHECK: Ann has 2
  std::cout << parent.name() << " has " << parent.children.size() << '\n';
  Toddler &toddler = *session.get<Toddler>(2);
  session.load(toddler, &Child::parent);
  // CHECK: toddler of Ann has 3 teeth
  std::cout << "toddler of " << toddler.parent->name() << " has " << *toddler.teeth() << " teeth\n";
  std::erase(parent.children, &toddler);
  toddler.teeth().reset();
  session.commit();
  session.expunge_all();
  Toddler &again = *session.get<Toddler>(2);
  // CHECK: parent 0 teeth 0
  std::cout << "parent " << again.parent_id().has_value() << " teeth " << again.teeth().has_value()
            << '\n';
  // CHECK: 1 1
  std::cout << session.query<Child>().filter(attr<Child>("kind") == "toddler").count() << ' '
            << session.query<Child>().filter(attr<Child>("get_parent_id") == 1).count() << '\n';

  // A composite key; one that the row of another object has; a changed one.
  session.add(Word("bank", 1)).meaning = "money";
  session.add(Word("bank", 2)).meaning = "river";
  session.commit();
  session.expunge_all();
  Word &word = *session.get<Word>("bank", 2);
  word.set_sense(3);
  session.commit();
  session.expunge_all();
  // CHECK: river 0
  std::cout << session.get<Word>("bank", 3)->meaning << ' '
            << (session.get<Word>("bank", 2) != nullptr) << '\n';
  session.delete_(*session.get<Word>("bank", 3));
  session.commit();
  // CHECK: 1
  std::cout << session.query<Word>().count() << '\n';

  Bits &bits = session.emplace<Bits>();
  bits.flag = true;
  bits.small = -4;
  bits.colour = green;
  session.commit();
  session.expunge_all();
  Bits &back = session.query<Bits>().one();
  // CHECK: 1 1 -4 2 0 5 u f
  std::cout << back.id << ' ' << back.flag << ' ' << back.small << ' ' << back.colour << ' '
            << back.none << ' ' << back.level << ' ' << back.title.letter << ' '
            << back.fixed.letter << '\n';
  back.none = 15;
  session.commit();
  session.execute("UPDATE bits SET fixed = 'g'");
  session.refresh(back);
  // CHECK: 15 g
  std::cout << back.none << ' ' << back.fixed.letter << '\n';
  const auto refused = [&](const char *change) {
    session.execute(std::string("UPDATE bits SET ") + change);
    test::attempt([&] { session.refresh(back); });
    session.rollback();
  };
  // CHECK: DataError: column bits.small holds 4, which does not fit the bits of Bits.small; it is the row with id = 1
  refused("small = 4");
  // CHECK: DataError: column bits.colour holds 9, which does not fit the bits of Bits.colour; it is the row with id = 1
  refused("colour = 'blue'");
  // CHECK: DataError: column bits.colour holds 'pink', which does not fit Bits.colour (one of red, green, blue); it is the row with id = 1
  refused("colour = 'pink'");
  // CHECK: 15 -4 2
  std::cout << back.none << ' ' << back.small << ' ' << back.colour << '\n';

  Line &line = session.emplace<Line>();
  line.x = 2;
  session.commit();
  session.expunge_all();
  Line &read = session.query<Line>().filter(attr<Line>("twice") == 4).one();
  std::cout << session.is_modified(read) << '\n'; // CHECK: 0
  test::tracing = true;
  read.x = 3;
  // CHECK: > UPDATE lines SET x = ? WHERE lines.id = ? -- 3 1
  session.flush();
}
