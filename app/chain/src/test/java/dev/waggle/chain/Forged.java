package dev.waggle.chain;

import static dev.waggle.chain.TestBlocks.RULES;
import static dev.waggle.chain.TestBlocks.author;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import java.util.List;

/** Transactions and blocks whose signatures do not hold, well formed and with work. */
final class Forged {
  private static final ChainRules OTHER_NETWORK =
      new ChainRules("waggle-elsewhere", RULES.difficultyBits(), RULES.scheme());

  /** Signed, but for another network. */
  static Transaction ofAnotherNetwork(long salt) {
    return author(OTHER_NETWORK, 1, salt).write(salt, Bytes.EMPTY);
  }

  /** The same but for the last bit of its signature. */
  static Transaction withOtherSignature(Transaction transaction) throws Exception {
    byte[] changed = transaction.payload().toArray();
    changed[changed.length - 1] ^= 1;
    return Transaction.decode(Bytes.wrap(changed));
  }

  /** The same but for its memo, which its author has not signed. */
  static Transaction withOtherMemo(Transaction transaction) throws Exception {
    byte[] changed = transaction.payload().toArray();
    changed[13] ^= 1;
    return Transaction.decode(Bytes.wrap(changed));
  }

  /** A block that was signed, but for another network. */
  static Block minedElsewhere(BlockTemplate template) {
    return TestBlocks.withWork(author(OTHER_NETWORK, 1, 1).sign(template), true);
  }

  /** A block that is signed well, and names another miner. */
  static Block namingAnother(BlockTemplate template) {
    Block sound = TestBlocks.mined(template, 1);
    return changed(sound, TestBlocks.miner(2), sound.proof());
  }

  /** A block whose signature's last bit is another, and that is right otherwise. */
  static Block withOtherSignature(Block sound) {
    byte[] signature = sound.proof().signature().toArray();
    signature[signature.length - 1] ^= 1;
    Attestation proof = new Attestation(sound.proof().publicKey(), Bytes.wrap(signature));
    return changed(sound, sound.miner(), proof);
  }

  private static Block changed(Block sound, PeerId miner, Attestation proof) {
    BlockHeader old = sound.header();
    BlockHeader header =
        new BlockHeader(
            old.height(),
            old.parent(),
            old.timeMillis(),
            old.transactionsRoot(),
            miner,
            old.transactions(),
            MessageIds.sha256(proof.encode()),
            0);
    List<Transaction> transactions = sound.transactions();
    return TestBlocks.withWork(new SignedTemplate(header, proof, transactions), true);
  }

  private Forged() {}
}
