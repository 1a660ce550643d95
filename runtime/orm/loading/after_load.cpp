// after_load.cpp: the hooks of objects that were loaded.
#include "runtime/orm/loading/loader.h"
#include "runtime/orm/session/session_state.h"

namespace declorm::detail {

void Loader::note_loaded(ObjectState &state) {
  if (state.mapper->has_hook(model::HookKind::after_load))
    loaded_.push_back(&state);
}

void Loader::forget() {
  destroy_scratch();
  loaded_.clear();
}

/// A hook may load further objects, whose hooks are called within it.
void Loader::call_hooks_of_loaded(std::size_t first) {
  std::vector<ObjectState *> loaded = std::exchange(loaded_, {});
  const auto give_back = [&](std::size_t next) {
    loaded.erase(loaded.begin() + std::ptrdiff_t(first), loaded.begin() + std::ptrdiff_t(next));
    loaded_.insert(loaded_.begin(), loaded.begin(), loaded.end());
  };
  for (std::size_t i = first; i != loaded.size(); ++i) {
    ObjectState &state = *loaded[i];
    if (state.status == ObjectStatus::detached)
      continue;
    try {
      call_hooks(session_, model::HookKind::after_load, state, false);
    } catch (...) {
      session_.detach(state);
      give_back(i + 1);
      throw;
    }
  }
  give_back(loaded.size());
  if (!session_.flushing && !session_.running_hook)
    session_.epoch += std::exchange(session_.stale_after_hooks, false);
}

} // namespace declorm::detail
