package dev.fletch;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk, where files of some names find no room: a few bytes are written, then the device
 * is full. To be set as {@code fs.file.impl}.
 */
public final class FullFileSystem extends RawLocalFileSystem {
  private static final int ROOM = 40;

  private static volatile Pattern full = Pattern.compile("(?!)");

  /** From now on there is no room for files whose path the pattern matches somewhere. */
  public static void noRoomFor(String pattern) {
    full = Pattern.compile(pattern);
  }

  /** There is room for everything again. */
  public static void makeRoom() {
    noRoomFor("(?!)");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(
        file,
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(
        file, super.create(file, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream limited(Path file, FSDataOutputStream out) throws IOException {
    return full.matcher(file.toString()).find()
        ? new FSDataOutputStream(new Limited(out), null)
        : out;
  }

  private static final class Limited extends FilterOutputStream {
    private int left = ROOM;

    Limited(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      if (left-- <= 0) {
        throw new IOException("No space left on device");
      }
      out.write(value);
    }
  }
}
