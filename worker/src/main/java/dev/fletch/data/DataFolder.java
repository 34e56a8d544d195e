package dev.fletch.data;

import java.io.IOException;
import java.net.URL;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where files with usual names are looked for. */
sealed interface DataFolder {
  String BUNDLED = "bundled:";

  /** The file called {@code name} in this folder, if there is one. */
  Optional<DataFile> find(String name);

  /**
   * @param path a folder on any Hadoop file system, or {@code bundled:} and a name
   * @throws DataException if there is no such folder
   */
  static DataFolder open(String path, Configuration hadoop) {
    return path.startsWith(BUNDLED)
        ? new Bundled(path.substring(BUNDLED.length()))
        : Stored.open(path, hadoop);
  }

  /** A folder on a Hadoop file system. */
  record Stored(Path path, Configuration hadoop) implements DataFolder {
    static Stored open(String path, Configuration hadoop) {
      try {
        Path folder = new Path(path);
        FileSystem files = DataFileSystem.of(folder, hadoop);
        if (!files.exists(folder)) {
          throw new DataException(
              "Cannot find the folder %s; data.path must name one".formatted(path));
        }
        return new Stored(files.makeQualified(folder), hadoop);
      } catch (IOException e) {
        throw FileFailures.of(path, e);
      } catch (IllegalArgumentException e) {
        throw FileFailures.of(path, e);
      }
    }

    /** A file by its full name. */
    static DataFile file(Path path, Configuration hadoop) {
      return new DataFile(path.toString(), () -> readable(path, hadoop).open(path));
    }

    /**
     * The file system to read {@code path} from. With a colon in its name Hadoop cannot form the
     * name of the file that would hold its checksums, so there is none, and it is read without.
     */
    private static FileSystem readable(Path path, Configuration hadoop) throws IOException {
      FileSystem files = DataFileSystem.of(path, hadoop);
      return path.getName().contains(":") && files instanceof ChecksumFileSystem checked
          ? checked.getRawFileSystem()
          : files;
    }

    @Override
    public Optional<DataFile> find(String name) {
      Path file = new Path(path, name);
      try {
        return DataFileSystem.of(file, hadoop).exists(file)
            ? Optional.of(file(file, hadoop))
            : Optional.empty();
      } catch (IOException e) {
        throw FileFailures.of(file.toString(), e);
      }
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A data set on the class path, below this package. */
  record Bundled(String name) implements DataFolder {
    private static final String KNOWN = "fashion-mnist";

    public Bundled {
      if (!name.equals(KNOWN)) {
        throw new DataException(
            "Unknown bundled data set '%s' in data.path; there is %s%s"
                .formatted(name, BUNDLED, KNOWN));
      }
    }

    @Override
    public Optional<DataFile> find(String file) {
      URL url = Bundled.class.getResource(name + "/" + file);
      return Optional.ofNullable(url)
          .map(u -> new DataFile(BUNDLED + name + "/" + file, u::openStream));
    }

    @Override
    public String toString() {
      return BUNDLED + name;
    }
  }
}
