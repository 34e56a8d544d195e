package dev.fletch.network.dl4j;

/**
 * What a vertex of a graph puts out: {@code [N, channels, H, W]} of images, {@code [N, channels,
 * T]} of texts.
 *
 * @param vertex its name
 * @param halvings how often its size is half of the examples', halves rounded up
 */
record State(String vertex, int channels, int halvings) {
  /** Of another vertex, with as many channels and positions. */
  State of(String other) {
    return new State(other, channels, halvings);
  }

  State withChannels(int itsChannels) {
    return new State(vertex, itsChannels, halvings);
  }

  /**
   * With fewer positions.
   *
   * @param stride 1 or 2
   */
  State strided(int stride) {
    return new State(vertex, channels, halvings + stride - 1);
  }

  /** {@code length} after all halvings. */
  int halved(int length) {
    int rest = length;
    for (int i = 0; i < halvings; i++) {
      rest = (rest + 1) / 2;
    }
    return rest;
  }
}
