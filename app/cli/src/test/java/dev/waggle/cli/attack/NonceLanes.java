package dev.waggle.cli.attack;

import dev.waggle.chain.Block;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.SignedTemplate;
import dev.waggle.ports.gossip.BlockFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Looks for nonces some times as fast as a miner does, for tests that need tens of thousands of
 * blocks. Owned by one thread.
 *
 * <p>A hash is SHA-256 of a header, whose nonce comes last and lies in the third block of 64 bytes.
 * What comes before is hashed once. The third is hashed for {@value #LANES} nonces at a time, each
 * step of FIPS 180-4 §6.2 a loop over all of them, which the JVM compiles to vector instructions.
 * Whoever uses what is found notices if anything here is wrong: it is checked by the chain's own
 * hash.
 */
final class NonceLanes {
  /** So few that all words of all lanes stay in the first cache. */
  private static final int LANES = 256;

  private static final int BLOCK_BYTES = 64;
  private static final int WORDS = 16;
  private static final int ROUNDS = 64;

  /** The word of the third block that is nothing but nonce: its bytes 2 to 5. */
  private static final int NONCE_WORD = 6;

  private static final int NONCE_SHIFT = 16;

  // FIPS 180-4 §4.2.2 and §5.3.3: of the first primes' cube and square roots.
  private static final int[] K = new int[ROUNDS];
  private static final int[] START = new int[8];

  static {
    int found = 0;
    for (int number = 2; found < ROUNDS; number++) {
      int candidate = number;
      boolean prime = true;
      for (int divisor = 2; divisor * divisor <= candidate; divisor++) {
        prime &= candidate % divisor != 0;
      }
      if (prime) {
        if (found < START.length) {
          START[found] = fraction(Math.sqrt(candidate));
        }
        K[found++] = fraction(Math.cbrt(candidate));
      }
    }
  }

  private final ChainRules rules;
  private final int[][] words = new int[WORDS][LANES];
  private final int[][] state = new int[START.length][LANES];

  NonceLanes(ChainRules rules) {
    this.rules = rules;
  }

  /** The first 32 bits behind the point. */
  private static int fraction(double root) {
    return (int) (long) ((root - Math.floor(root)) * (1L << 32));
  }

  /** Searches on the calling thread. */
  Block search(SignedTemplate template) {
    ByteBuffer message = padded(template.headerBeforeNonce());
    int[] before = START;
    while (message.remaining() > BLOCK_BYTES) {
      before = next(before, words(message));
    }
    int[] last = words(message);
    int nonce = 0;
    while (true) {
      hash(before, last, nonce);
      for (int lane = 0; lane < LANES; lane++) {
        int first = before[0] + state[0][lane];
        if (Integer.numberOfLeadingZeros(first) >= rules.difficultyBits()) {
          return proven(template, nonce + lane);
        }
      }
      nonce += LANES;
      if (nonce == 0) {
        throw new AssertionError("none of 2^32 nonces proves work");
      }
    }
  }

  private Block proven(SignedTemplate template, int nonceWord) {
    // Big-endian here, and little-endian in the header.
    long nonce = Integer.toUnsignedLong(Integer.reverseBytes(nonceWord)) << NONCE_SHIFT;
    Block block = template.with(nonce);
    if (!rules.isProvenBy(block.id())) {
      throw new AssertionError("the lanes hash otherwise than the chain");
    }
    return block;
  }

  /** The tag, the header with a nonce of zero, and what follows it (FIPS 180-4 §5.1.1). */
  private static ByteBuffer padded(byte[] headerBeforeNonce) {
    int length = 1 + headerBeforeNonce.length + Block.NONCE_BYTES;
    int blocks = (length + 1 + Long.BYTES + BLOCK_BYTES - 1) / BLOCK_BYTES;
    ByteBuffer message = ByteBuffer.allocate(blocks * BLOCK_BYTES);
    message.put((byte) BlockFormat.HEADER_TAG).put(headerBeforeNonce);
    message.put(length, (byte) 0x80);
    message.putLong(message.capacity() - Long.BYTES, (long) length * Byte.SIZE);
    return message.rewind();
  }

  private static int[] words(ByteBuffer message) {
    int[] words = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      words[i] = message.getInt();
    }
    return words;
  }

  private int[] next(int[] before, int[] block) {
    hash(before, block, block[NONCE_WORD]);
    int[] after = before.clone();
    for (int i = 0; i < after.length; i++) {
      after[i] += state[i][0];
    }
    return after;
  }

  /** Hashes a block whose word of nonces is {@code nonce} in the first lane, and so on. */
  private void hash(int[] before, int[] block, int nonce) {
    for (int i = 0; i < WORDS; i++) {
      Arrays.fill(words[i], block[i]);
    }
    for (int lane = 0; lane < LANES; lane++) {
      words[NONCE_WORD][lane] = nonce + lane;
    }
    for (int i = 0; i < state.length; i++) {
      Arrays.fill(state[i], before[i]);
    }
    for (int t = 0; t < ROUNDS; t++) {
      if (t >= WORDS) {
        extend(word(t), word(t + 1), word(t + 9), word(t + 14));
      }
      round(t);
    }
  }

  private int[] word(int t) {
    return words[t % WORDS];
  }

  private static void extend(int[] w0, int[] w1, int[] w9, int[] w14) {
    for (int i = 0; i < LANES; i++) {
      int x = w1[i];
      int y = w14[i];
      w0[i] +=
          w9[i]
              + (Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3))
              + (Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10));
    }
  }

  /** The variables do not move from one to the next: their names do. */
  private void round(int t) {
    round(
        at(-t), at(1 - t), at(2 - t), at(3 - t), at(4 - t), at(5 - t), at(6 - t), at(7 - t),
        word(t), K[t]);
  }

  private int[] at(int variable) {
    return state[Math.floorMod(variable, state.length)];
  }

  private static void round(
      int[] a, int[] b, int[] c, int[] d, int[] e, int[] f, int[] g, int[] h, int[] w, int k) {
    for (int i = 0; i < LANES; i++) {
      int x = e[i];
      int t1 =
          h[i]
              + (Integer.rotateRight(x, 6)
                  ^ Integer.rotateRight(x, 11)
                  ^ Integer.rotateRight(x, 25))
              + (g[i] ^ (x & (f[i] ^ g[i])))
              + k
              + w[i];
      int y = a[i];
      d[i] += t1;
      h[i] =
          t1
              + (Integer.rotateRight(y, 2)
                  ^ Integer.rotateRight(y, 13)
                  ^ Integer.rotateRight(y, 22))
              + ((y & b[i]) | (c[i] & (y | b[i])));
    }
  }
}
