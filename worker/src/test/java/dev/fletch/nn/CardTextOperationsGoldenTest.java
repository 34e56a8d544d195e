package dev.fletch.nn;

import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import dev.fletch.engine.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Cards too give what PyTorch does, within the same tolerances. */
@NeedsEmulator
class CardTextOperationsGoldenTest extends TextOperationsGoldenTest {
  @BeforeEach
  void onACard() {
    TestCard.bind();
  }

  @AfterEach
  void onTheHost() {
    Device.HOST.bind();
  }
}
