// Files on their way to the disk, which R cannot ask for.
#include <Rcpp.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

// Waits until the file or folder at `path` has reached the disk. FALSE where it cannot be
// opened or the system says no.
// [[Rcpp::export(rng = false)]]
bool file_sync(std::string path) {
#ifdef _WIN32
  const int file = _open(path.c_str(), _O_RDWR | _O_BINARY);
  if (file < 0) return false;
  const bool done = _commit(file) == 0;
  _close(file);
#else
  const int file = open(path.c_str(), O_RDONLY);
  if (file < 0) return false;
  const bool done = fsync(file) == 0;
  close(file);
#endif
  return done;
}
