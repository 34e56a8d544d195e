package dev.fletch.cluster.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.replica.FloatSlice;
import dev.fletch.replica.PeerException;
import dev.fletch.replica.Peers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two tasks in this process. */
class PeerNetworkTest {
  private static final String HOST = "127.0.0.1";
  private static final PeerPorts ANY = new PeerPorts(0, 1);
  private static final Duration SECONDS = Duration.ofSeconds(20);

  private static PeerNetwork listen(PeerSecret secret, int rank, Duration timeout) {
    return PeerNetwork.listen(HOST, ANY, secret, rank, 2, timeout, () -> false);
  }

  private static List<InetSocketAddress> addresses(PeerNetwork... networks) {
    return List.of(networks).stream()
        .map(network -> InetSocketAddress.createUnresolved(HOST, network.port()))
        .toList();
  }

  private static void connect(PeerNetwork zero, PeerNetwork one) {
    List<InetSocketAddress> addresses = addresses(zero, one);
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> one.connect(addresses));
    zero.connect(addresses);
    other.join();
  }

  private static PeerNetwork listen(PeerSecret secret, int rank, Transport transport) {
    return PeerNetwork.listen(HOST, ANY, secret, rank, 2, SECONDS, () -> false, transport);
  }

  /** Where Netty's library is missing on one of two machines, both ways meet. */
  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource({"EPOLL, EPOLL", "JAVA, JAVA", "EPOLL, JAVA", "JAVA, EPOLL"})
  void bringsMessagesAsTheyAre(Transport ofZero, Transport ofOne) {
    PeerSecret secret = PeerSecret.draw();
    try (PeerNetwork zero = listen(secret, 0, ofZero);
        PeerNetwork one = listen(secret, 1, ofOne)) {
      connect(zero, one);
      float[] large = new float[300_001];
      for (int i = 0; i < large.length; i++) {
        large[i] = Float.intBitsToFloat(0x3f80_0000 + i);
      }
      for (int round = 0; round < 3; round++) {
        byte[] facts = ("round " + round).getBytes(StandardCharsets.UTF_8);
        zero.send(
            1, facts, List.of(new FloatSlice(large, 1, 300_000), new FloatSlice(large, 0, 1)));
        zero.send(1, new byte[0], List.of());
        one.send(0, facts, List.of());

        Peers.Message message = one.receive(0);
        assertThat(message.facts()).isEqualTo(facts);
        assertThat(message.count()).isEqualTo(300_001);
        assertThat(message.values()[0]).isEqualTo(large[1]);
        assertThat(message.values()[299_999]).isEqualTo(large[300_000]);
        assertThat(message.values()[300_000]).isEqualTo(large[0]);
        message.done();
        assertThat(one.receive(0).count()).isZero();
        assertThat(zero.receive(1).facts()).isEqualTo(facts);
      }
      CompletableFuture<Void> other = CompletableFuture.runAsync(one::leave);
      zero.leave();
      other.join();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tasksOfOneMachineNeedNoTcp() throws IOException {
    assertThat(Transport.here()).isEqualTo(Transport.EPOLL);
    PeerSecret secret = PeerSecret.draw();
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved(HOST, free);
    try (PeerNetwork zero = listen(secret, 0, SECONDS);
        PeerNetwork one = listen(secret, 1, SECONDS)) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> one.connect(List.of(nowhere, nowhere)));
      zero.connect(List.of(nowhere, nowhere));
      other.join();
      one.send(0, new byte[] {7}, List.of());
      assertThat(zero.receive(1).facts()).containsExactly(7);
    }
  }

  @Test
  void whoDoesNotKnowTheSecretIsCutOff() {
    try (PeerNetwork zero = listen(PeerSecret.draw(), 0, Duration.ofSeconds(1));
        PeerNetwork one = listen(PeerSecret.draw(), 1, SECONDS)) {
      List<InetSocketAddress> addresses = addresses(zero, one);

      assertThatThrownBy(() -> one.connect(addresses))
          .isInstanceOf(PeerException.class)
          .hasMessage("task 0 at %s:%d does not know this one".formatted(HOST, zero.port()));
      assertThatThrownBy(() -> zero.connect(addresses))
          .hasMessage("no connection with task 1 at %s:%d in time".formatted(HOST, one.port()));
    }
  }

  @Test
  void strangersDoNotDisturb() throws IOException {
    PeerSecret secret = PeerSecret.draw();
    try (PeerNetwork zero = listen(secret, 0, SECONDS);
        PeerNetwork one = listen(secret, 1, SECONDS);
        Socket stranger = new Socket(HOST, zero.port())) {
      stranger
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: somewhere\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(stranger.getInputStream().read()).as("is cut off").isEqualTo(-1);
      connect(zero, one);
      one.send(0, new byte[] {7}, List.of());
      assertThat(zero.receive(1).facts()).containsExactly(7);
    }
  }

  @Test
  void aTaskThatIsGoneOrFailsOrIsSilentIsNamed() {
    PeerSecret secret = PeerSecret.draw();
    try (PeerNetwork zero = listen(secret, 0, SECONDS)) {
      try (PeerNetwork one = listen(secret, 1, Duration.ofSeconds(1))) {
        connect(zero, one);
        assertThatThrownBy(() -> one.receive(0))
            .isInstanceOf(PeerException.class)
            .hasMessage("task 0 has said nothing for 1 s");
        one.fail("the disk is full");
      }
      assertThatThrownBy(() -> zero.receive(1)).hasMessage("task 1 is gone: the disk is full");
      assertThatThrownBy(() -> zero.receive(1))
          .hasMessage("task 1 is gone: its connection was closed");
    }
  }

  @Test
  void whereNobodyListensIsSaid() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved(HOST, free);
    try (PeerNetwork one = listen(PeerSecret.draw(), 1, SECONDS)) {
      assertThatThrownBy(() -> one.connect(List.of(nowhere, nowhere)))
          .isInstanceOf(PeerException.class)
          .hasMessageStartingWith("cannot connect to task 0 at %s:%d (".formatted(HOST, free))
          .hasMessageEndingWith("): executors must reach each other there");
    }
  }

  @Test
  void takesTheFirstFreePort() {
    PeerSecret secret = PeerSecret.draw();
    try (PeerNetwork some = listen(secret, 0, SECONDS);
        PeerNetwork next =
            PeerNetwork.listen(
                HOST, new PeerPorts(some.port(), 50), secret, 1, 2, SECONDS, () -> false)) {
      assertThat(next.port()).isBetween(some.port() + 1, some.port() + 50);
      assertThatThrownBy(
              () ->
                  PeerNetwork.listen(
                      HOST, new PeerPorts(some.port(), 1), secret, 1, 2, SECONDS, () -> false))
          .isInstanceOf(PeerException.class)
          .hasMessageStartingWith(
              "cannot listen on %s, ports %d to %d: ".formatted(HOST, some.port(), some.port()));
    }
  }

  @Test
  void theSecretIsNotToBeSeen() {
    assertThat(PeerSecret.draw()).hasToString("a secret");
  }

  /** Where the interrupt of a cancelled task got lost. */
  @Test
  void aCancelledTaskWaitsNoLonger() {
    PeerSecret secret = PeerSecret.draw();
    AtomicBoolean cancelled = new AtomicBoolean();
    try (PeerNetwork zero =
            PeerNetwork.listen(HOST, ANY, secret, 0, 2, Duration.ofHours(1), cancelled::get);
        PeerNetwork one = listen(secret, 1, SECONDS)) {
      cancelled.set(true);
      assertThatThrownBy(() -> zero.connect(addresses(zero, one)))
          .isInstanceOf(PeerException.class)
          .hasMessage("cancelled while waiting for task 1");

      cancelled.set(false);
      connect(zero, one);
      cancelled.set(true);
      assertThatThrownBy(() -> zero.receive(1))
          .isInstanceOf(PeerException.class)
          .hasMessage("cancelled while waiting for task 1");
      one.send(0, new byte[0], List.of());
      assertThat(zero.receive(1).count()).isZero();
    }
  }
}
