package dev.waggle.domain.addresses;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.AddressRecord;
import java.util.Objects;

/** Address books and addresses for tests. */
final class Books {
  private Books() {}

  static AddressBook book(long seed) {
    return new AddressBook(new SipHash(seed, ~seed), false, new Draws(new SeededRandom(seed)));
  }

  static IpAddress ip(String literal) {
    return Objects.requireNonNull(IpAddress.ofLiteral(literal));
  }

  static IpEndpoint at(String literal) {
    return new IpEndpoint(ip(literal), 9000);
  }

  static AddressRecord young(IpEndpoint endpoint) {
    return new AddressRecord(endpoint, 0, AddressRecord.SERVES_GOSSIP);
  }

  static PeerId peer(int number) {
    byte[] id = new byte[PeerId.LENGTH];
    id[0] = (byte) (number >> 8);
    id[1] = (byte) number;
    return new PeerId(Bytes.wrap(id));
  }
}
