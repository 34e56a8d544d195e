package dev.fletch.cuda;

import java.nio.ByteBuffer;

/** Another driver, and whether anything went to the card or came from it. */
public final class WatchedDriver implements Driver {
  private final Driver inner;
  private long transfers;

  public WatchedDriver(Driver inner) {
    this.inner = inner;
  }

  /** How many copies there were between the host and the card, both ways. */
  public long transfers() {
    return transfers;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public int multiprocessors() {
    return inner.multiprocessors();
  }

  @Override
  public long freeBytes() {
    return inner.freeBytes();
  }

  @Override
  public long allocate(long bytes) {
    return inner.allocate(bytes);
  }

  @Override
  public void free(long address) {
    inner.free(address);
  }

  @Override
  public void upload(long to, ByteBuffer from) {
    transfers++;
    inner.upload(to, from);
  }

  @Override
  public void download(long from, ByteBuffer to) {
    transfers++;
    inner.download(from, to);
  }

  @Override
  public void upload(long to, float[] from, int count) {
    transfers++;
    inner.upload(to, from, count);
  }

  @Override
  public void download(long from, float[] to, int count) {
    transfers++;
    inner.download(from, to, count);
  }

  @Override
  public void copy(long from, long to, long bytes) {
    inner.copy(from, to, bytes);
  }

  @Override
  public void clear(long address, long bytes) {
    inner.clear(address, bytes);
  }

  @Override
  public void launch(String kernel, Grid grid, Arguments arguments) {
    inner.launch(kernel, grid, arguments);
  }

  @Override
  public void await() {
    inner.await();
  }

  @Override
  public void beginCapture() {
    inner.beginCapture();
  }

  @Override
  public Graph endCapture() {
    return inner.endCapture();
  }

  @Override
  public void close() {
    inner.close();
  }
}
