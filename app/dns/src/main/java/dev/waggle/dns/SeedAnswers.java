package dev.waggle.dns;

import dev.waggle.ports.IpAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Reads answers: what they say of the name that was asked for, and nothing that they say besides.
 */
final class SeedAnswers {
  /** The longest chain of aliases that is followed; a loop is a longer one. */
  static final int MAX_ALIASES = 8;

  private SeedAnswers() {}

  /** The addresses that an answer gives to {@code asked}, for A and AAAA. */
  static List<IpAddress> addresses(Message answer, Name asked, int type) {
    return answers(answer, asked, type).map(SeedAnswers::address).filter(Objects::nonNull).toList();
  }

  /** Services that can be dialled, in the order in which they shall be asked for. */
  static List<SRVRecord> services(Message answer, Name asked) {
    return answers(answer, asked, Type.SRV)
        .map(SRVRecord.class::cast)
        .filter(service -> service.getPort() > 0 && !service.getTarget().equals(Name.root))
        .sorted(
            Comparator.comparingInt(SRVRecord::getPriority)
                .thenComparing(Comparator.comparingInt(SRVRecord::getWeight).reversed()))
        .toList();
  }

  /** The addresses of a service's target that came along with the service. */
  static List<IpAddress> additional(Message answer, Name target) {
    return answer.getSection(Section.ADDITIONAL).stream()
        .filter(record -> record.getName().equals(target))
        .map(SeedAnswers::address)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The nodes that TXT records name. */
  static List<SeedNode> pins(Message answer, Name asked) {
    return answers(answer, asked, Type.TXT)
        .map(record -> SeedNames.parsePin(text((TXTRecord) record)))
        .filter(Objects::nonNull)
        .toList();
  }

  private static Stream<Record> answers(Message answer, Name asked, int type) {
    List<Record> records = answer.getSection(Section.ANSWER);
    Name owner = aliased(records, asked);
    return records.stream()
        .filter(
            record ->
                record.getType() == type
                    && record.getDClass() == DClass.IN
                    && record.getName().equals(owner));
  }

  /** The name at the end of the chain that begins with {@code asked}. */
  private static Name aliased(Collection<Record> records, Name asked) {
    Name name = asked;
    for (int i = 0; i < MAX_ALIASES; i++) {
      Name owner = name;
      Name next =
          records.stream()
              .filter(record -> record instanceof CNAMERecord && record.getName().equals(owner))
              .map(record -> ((CNAMERecord) record).getTarget())
              .findFirst()
              .orElse(null);
      if (next == null) {
        return name;
      }
      name = next;
    }
    return name;
  }

  private static @Nullable IpAddress address(Record record) {
    if (record.getDClass() != DClass.IN) {
      return null;
    }
    InetAddress address =
        switch (record) {
          case ARecord a -> a.getAddress();
          case AAAARecord aaaa -> aaaa.getAddress();
          default -> null;
        };
    return address == null ? null : SeedNames.ip(address);
  }

  private static String text(TXTRecord record) {
    StringBuilder text = new StringBuilder();
    for (byte[] part : record.getStringsAsByteArrays()) {
      text.append(new String(part, StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }
}
