package dev.fletch.data;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Data sets in memory, decoded once per process and kept while memory lasts.
 *
 * @param <T> a decoded data set
 */
final class DecodedOnce<T> {
  private final Map<Key, SoftReference<T>> decoded = new HashMap<>();

  /** What {@code decode} makes of these settings, or made of them before. */
  T get(DataSettings settings, Configuration hadoop, Supplier<T> decode) {
    Key key =
        new Key(
            settings.ofContent(),
            hadoop.get(FileSystem.FS_DEFAULT_NAME_KEY, FileSystem.DEFAULT_FS));
    // One at a time: the tasks of an executor ask for the same data at the same moment.
    synchronized (decoded) {
      SoftReference<T> known = decoded.get(key);
      T data = known == null ? null : known.get();
      if (data == null) {
        data = decode.get();
        decoded.put(key, new SoftReference<>(data));
      }
      return data;
    }
  }

  /** What decides the decoded content; how it is divided does not. */
  private record Key(DataSettings settings, String defaultFileSystem) {}
}
