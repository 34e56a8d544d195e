package dev.fletch.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * Copies between buffers of the caller and a card through {@link PinnedMemory}, which a card reads
 * while the host goes on. Uploads fill one area after the other; an area is filled again when the
 * card has passed the mark that was set behind its last copy.
 */
final class Staging {
  private static final int AREAS = 4;
  private static final int AREA_BYTES = 2 << 20;
  // Copies start at multiples of it, which the card's copy engines like best.
  private static final int ALIGNMENT = 64;

  private final CUstream stream;
  private final PinnedMemory[] areas = new PinnedMemory[AREAS];
  private final CUevent[] marks = new CUevent[AREAS];
  private final PinnedMemory downloaded;
  private int area;
  private int filled;

  Staging(CUstream stream) {
    this.stream = stream;
    for (int i = 0; i < AREAS; i++) {
      areas[i] = new PinnedMemory(AREA_BYTES);
      marks[i] = new CUevent();
      Call.check(
          JCudaDriver.cuEventCreate(marks[i], CUevent_flags.CU_EVENT_DISABLE_TIMING),
          "creating an event");
    }
    downloaded = new PinnedMemory(AREA_BYTES);
  }

  void upload(long to, ByteBuffer from) {
    upload(
        to,
        from.remaining(),
        (area, place, first, length) -> area.put(place, from, from.position() + first, length));
  }

  void upload(long to, float[] from, int count) {
    upload(
        to,
        count * Float.BYTES,
        (area, place, first, length) ->
            area.slice(place, length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(from, first / Float.BYTES, length / Float.BYTES));
  }

  /** Copies a piece of what is uploaded, from byte {@code first} on, into an area. */
  private interface Piece {
    void put(ByteBuffer area, int place, int first, int length);
  }

  private void upload(long to, int bytes, Piece piece) {
    int done = 0;
    while (done < bytes) {
      if (filled == AREA_BYTES) {
        nextArea();
      }
      int length = Math.min(bytes - done, AREA_BYTES - filled);
      piece.put(areas[area].bytes(), filled, done, length);
      Call.check(
          JCudaDriver.cuMemcpyHtoDAsync(
              new DeviceAddress(to + done), areas[area].at(filled), length, stream),
          "uploading %d bytes",
          bytes);
      done += length;
      filled = Math.min(AREA_BYTES, (filled + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }
  }

  private void nextArea() {
    Call.check(JCudaDriver.cuEventRecord(marks[area], stream), "marking an upload");
    area = (area + 1) % AREAS;
    filled = 0;
    // One that was never recorded has happened.
    Call.check(JCudaDriver.cuEventSynchronize(marks[area]), "waiting for an upload");
  }

  void download(long from, ByteBuffer to) {
    ByteBuffer rest = to.duplicate();
    download(from, to.remaining(), (piece, first) -> rest.put(piece));
  }

  void download(long from, float[] to, int count) {
    download(
        from,
        count * Float.BYTES,
        (piece, first) ->
            piece
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .get(to, first / Float.BYTES, piece.remaining() / Float.BYTES));
  }

  /** Takes a piece of what is downloaded, from byte {@code first} on. */
  private interface Taker {
    void take(ByteBuffer piece, int first);
  }

  private void download(long from, int bytes, Taker taker) {
    int done = 0;
    while (done < bytes) {
      int length = Math.min(bytes - done, AREA_BYTES);
      Call.check(
          JCudaDriver.cuMemcpyDtoHAsync(
              downloaded.at(0), new DeviceAddress(from + done), length, stream),
          "downloading %d bytes",
          bytes);
      Call.check(JCudaDriver.cuStreamSynchronize(stream), "downloading %d bytes", bytes);
      taker.take(downloaded.bytes().slice(0, length), done);
      done += length;
    }
  }

  /** Gives the memory back, whatever has become of the card. */
  void close() {
    for (int i = 0; i < AREAS; i++) {
      JCudaDriver.cuEventDestroy(marks[i]);
      areas[i].free();
    }
    downloaded.free();
  }
}
