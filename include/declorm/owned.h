// owned.h: Owned, the pointer of a class to the part of it that only the runtime defines.
#ifndef DECLORM_OWNED_H
#define DECLORM_OWNED_H

namespace declorm::detail {

/// The only owner of a T, which the public headers declare and do not define. A std::unique_ptr can
/// do more, and each one costs every user of these headers ten times as much to compile.
template <class T> class Owned {
public:
  Owned() noexcept {}
  explicit Owned(T *object) noexcept : object_(object) {}
  Owned(Owned &&other) noexcept : object_(other.release()) {}
  Owned &operator=(Owned &&other) noexcept {
    T *old = object_;
    object_ = other.release();
    delete old;
    return *this;
  }
  ~Owned() { delete object_; }

  T &operator*() const noexcept { return *object_; }
  T *operator->() const noexcept { return object_; }
  T *get() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_; }
  /// Gives the object away.
  T *release() noexcept {
    T *object = object_;
    object_ = nullptr;
    return object;
  }

private:
  T *object_ = nullptr;
};

} // namespace declorm::detail

#endif // DECLORM_OWNED_H
