package dev.waggle.dns.support;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * What a good server answers from these records, with aliases followed; what has more than 1,232
 * bytes goes over TCP.
 */
public record Answers(List<Record> records) implements DnsServer.Behaviour {
  private static final int UDP_BYTES = 1232;

  public static Answers of(Record... records) {
    return new Answers(List.of(records));
  }

  @Override
  public List<byte[]> answer(Message query, DnsServer.Via via) {
    byte[] wire = message(query).toWire();
    if (via == DnsServer.Via.TCP) {
      return List.of(framed(wire));
    }
    return List.of(wire.length > UDP_BYTES ? truncated(query) : wire);
  }

  public Message message(Message query) {
    Message answer = reply(query);
    Name name = query.getQuestion().getName();
    int type = query.getQuestion().getType();
    if (at(name).findAny().isEmpty()) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    }
    for (int i = 0; i < 20; i++) {
      at(name)
          .filter(record -> record.getType() == type)
          .forEach(record -> answer.addRecord(record, Section.ANSWER));
      Record alias = at(name).filter(CNAMERecord.class::isInstance).findAny().orElse(null);
      if (alias == null) {
        break;
      }
      answer.addRecord(alias, Section.ANSWER);
      name = ((CNAMERecord) alias).getTarget();
    }
    return answer;
  }

  private Stream<Record> at(Name name) {
    return records.stream().filter(record -> record.getName().equals(name));
  }

  /** An answer without records. */
  public static Message reply(Message query) {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    return answer;
  }

  public static byte[] error(Message query, int rcode) {
    Message answer = reply(query);
    answer.getHeader().setRcode(rcode);
    return answer.toWire();
  }

  public static byte[] truncated(Message query) {
    Message answer = reply(query);
    answer.getHeader().setFlag(Flags.TC);
    return answer.toWire();
  }

  /** With its length before it, for TCP. */
  public static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }
}
