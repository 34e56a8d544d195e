package dev.fletch.cluster.peers;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the tasks of one job know and nobody else: the key of the proofs (HMAC, RFC 2104, with
 * SHA-256) by which they know each other. Never sent between them, and not to be seen in a text.
 */
public final class PeerSecret implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  static final int PROOF_BYTES = 32;

  private final byte[] key;

  private PeerSecret(byte[] key) {
    this.key = key;
  }

  /** Another one with every call. */
  public static PeerSecret draw() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return new PeerSecret(key);
  }

  /**
   * What only who has the secret can say.
   *
   * @param side which of both speaks, so that no proof can be handed back
   * @param nonces drawn by both sides for this connection
   */
  byte[] proof(String side, int connecting, int accepting, byte[] nonces) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(side.getBytes(StandardCharsets.US_ASCII));
      mac.update(
          ByteBuffer.allocate(2 * Integer.BYTES).putInt(connecting).putInt(accepting).flip());
      return mac.doFinal(nonces);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** Of a task's socket within a machine; nobody else knows it. */
  String name(int task) {
    return "fletch-" + HexFormat.of().formatHex(proof("name", task, task, new byte[0]));
  }

  /** In a time that does not tell where they differ. */
  static boolean same(byte[] proof, byte[] expected) {
    return MessageDigest.isEqual(proof, expected);
  }

  @Override
  public String toString() {
    return "a secret";
  }
}
