package dev.fletch.supernet;

import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import dev.fletch.engine.Device;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Cards too give what the reference implementation does, within the same tolerances. */
@NeedsEmulator
class CardGoldenParityTest {
  private static final String QUICKEST = "darts-first-order.json";

  @Nested
  class OfFirstOrder extends OnACard {
    @Override
    boolean isWanted(Path file) {
      return file.endsWith(QUICKEST);
    }
  }

  /** An emulated card takes a minute for them. */
  @Nested
  @Tag("slow")
  class OfTheOthers extends OnACard {
    @Override
    boolean isWanted(Path file) {
      return !file.endsWith(QUICKEST);
    }
  }

  abstract static class OnACard extends GoldenParityTest {
    @BeforeEach
    void onACard() {
      TestCard.bind();
    }

    @AfterEach
    void onTheHost() {
      Device.HOST.bind();
    }
  }
}
