package dev.fletch.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContractsTest {
  private interface Figure {}

  private record Square() implements Figure {}

  private record Circle() implements Figure {}

  private abstract static class Half implements Figure {}

  /** Holds squares to a contract, and nothing else. */
  private static final class OnlyOne {
    @SuppressWarnings({"UnusedNestedClass", "ClassCanBeStatic"}) // made like a nested test
    private final class OfSquare implements Contract {
      @Override
      public Object subject() {
        return new Square();
      }
    }
  }

  @Test
  void implementationsAreTheConcreteClasses() throws Exception {
    assertThat(Contracts.implementations(Figure.class))
        .containsExactly(Circle.class.getName(), Square.class.getName())
        .doesNotContain(Half.class.getName());
  }

  @Test
  void anImplementationWithoutContractIsNamedWithWhatToWrite() {
    assertThatThrownBy(() -> Contracts.assertEveryImplementationIsHeld(Figure.class, new OnlyOne()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "held to no contract: give each a nested class in "
                + OnlyOne.class.getName()
                + " that extends its contract")
        .hasMessageContaining(Circle.class.getName())
        .hasMessageNotContaining(Square.class.getName());
  }
}
