// clang-format off: the comments are checked line by line.
// RUN: %declorm_clang -fsyntax-only -Xclang -verify %s
// Getters: what is looked for as their setters, and what is none.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct Base {
  void set_inherited(int);
  void set_hidden(int);
};
struct [[declorm::table("good")]] Good : private Base {
  [[using declorm: column, primary_key]] int id;
  [[declorm::column]] bool isOpen() const;
  void setOpen(bool);
  [[declorm::column]] bool is_shut() const;
  void set_shut(bool);
  [[declorm::column]] bool isNew() const;
  void setIsNew(bool);
  [[declorm::column]] std::string get_title() const;
  Good &set_title(std::string_view);
  [[declorm::column]] std::string getName() const;
  [[nodiscard]] int setName(const std::string &, bool notify = true);
  [[declorm::column]] double x() const;
  template <class T> void x(T);
  [[declorm::column]] int overloaded() const;
  void set_overloaded(const std::string &);
  void set_overloaded(long);
  void set_overloaded(int);
  [[declorm::column]] int inherited() const;
  [[declorm::column]] std::string &reference();
  [[declorm::column]] const int &both() const;
  int &both();
  [[using declorm: column, setter("assign")]] int named() const;
  void assign(int);
  [[using declorm: column, setter("set_inherited")]] int far() const;
  [[using declorm: column, computed("id + 1")]] int next() const;
  [[declorm::column]] int scaled(int by = 1) const;
  void set_scaled(int to = 0);
  [[using declorm: column, setter("renumber")]] operator int() const;
  void renumber(int);
};

struct [[declorm::table("bad")]] Bad : Base {
  [[using declorm: column, primary_key]] int id;
  [[declorm::column]] bool isOpen() const; // expected-error {{getter 'isOpen' has no setter, so that its column would be written and never read back; none of 'isOpen', 'set_Open', 'setOpen', 'set_isOpen' and 'setIsOpen' takes a 'bool'}} expected-note {{name the setter with setter("…") beside 'column', annotate the data member instead (it may be private), or say computed("…") if the database makes the value; a value that no column holds is a [[declorm::hybrid]], or a [[declorm::column_property]] of a data member}}
  [[declorm::column]] std::string title() const; // expected-error {{none of 'title', 'set_title' and 'setTitle' takes a 'std::string'}} expected-note {{name the setter}}
  void set_title(int); // expected-note {{'set_title' does not take every 'std::string' as it is}}
  [[declorm::column]] double width() const; // expected-error {{getter 'width' has no setter}} expected-note {{name the setter}}
  void set_width(int); // expected-note {{'set_width' does not take every 'double' as it is}}
  [[declorm::column]] int kept() const; // expected-error {{getter 'kept' has no setter}} expected-note {{name the setter}}
  static void set_kept(int); // expected-note {{'set_kept' is static, and sets nothing of an object}}
  [[declorm::column]] std::string moved() const; // expected-error {{getter 'moved' has no setter}} expected-note {{name the setter}}
  void set_moved(std::string &); // expected-note {{'set_moved' does not take every 'std::string' as it is}}
  [[declorm::column]] int gone() const; // expected-error {{getter 'gone' has no setter}} expected-note {{name the setter}}
  void set_gone(int) = delete; // expected-note {{'set_gone' does not take every 'int' as it is}}
  [[declorm::column]] int either() const; // expected-error {{getter 'either' has no setter}} expected-note {{name the setter}}
  void set_either(long); // expected-note {{'set_either' takes a 'int' no better than another one does}}
  void set_either(long long); // expected-note {{'set_either' takes a 'int' no better than another one does}}
  [[declorm::column]] int hidden() const; // expected-error {{getter 'hidden' has no setter}} expected-note {{name the setter}}
  void set_hidden(int, int); // expected-note {{does not take every 'int'}}
  [[declorm::column]] int scaled(int by = 1) const; // expected-error {{getter 'scaled' has no setter}} expected-note {{name the setter}}
  [[declorm::column]] const std::string &constant() const; // expected-error {{getter 'constant' has no setter}} expected-note {{name the setter}}
  [[using declorm: column, setter("asign")]] int named() const; // expected-error {{'declorm::setter': 'Bad' has no member function 'asign' that takes a 'int'; did you mean 'assign'?}}
  void assign(int);
  [[using declorm: column, setter("relabel")]] std::string label() const; // expected-error {{'declorm::setter': no 'relabel' of 'Bad' takes a 'std::string'}}
  void relabel(int); // expected-note {{'relabel' does not take every 'std::string' as it is}}
  [[declorm::setter("assign")]] int alone() const; // expected-error {{'declorm::setter' needs 'declorm::column' beside it}}
  [[using declorm: column, setter("assign")]] int field; // expected-error {{'declorm::setter' goes on a member function, not on a data member}}
  [[using declorm: column]] operator bool() const; // expected-error {{getter 'operator bool' has no setter, so that its column would be written and never read back}} expected-note {{name the setter}}
  [[declorm::column]] const unsigned bits : 3 = 1; // expected-error {{'bits' is a const bit-field, which nothing can set when it is loaded}}
};

template <class T> struct Held {
  [[declorm::column]] T held() const; // expected-error {{none of 'held', 'set_held' and 'setHeld' takes a 'int'}} expected-note {{name the setter}}
};
struct [[declorm::table("holders")]] Holder : Held<int> {
  [[using declorm: column, primary_key]] int id;
};
