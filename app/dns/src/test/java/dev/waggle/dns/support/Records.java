package dev.waggle.dns.support;

import java.net.InetAddress;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;

/** Records, told shortly. Names are absolute. */
public final class Records {
  private static final int TTL = 60;

  private Records() {}

  public static Record a(String name, String address) {
    return new ARecord(name(name), DClass.IN, TTL, InetAddress.ofLiteral(address));
  }

  public static Record aaaa(String name, String address) {
    return new AAAARecord(name(name), DClass.IN, TTL, InetAddress.ofLiteral(address));
  }

  public static Record srv(String name, int priority, int weight, int port, String target) {
    return new SRVRecord(name(name), DClass.IN, TTL, priority, weight, port, name(target));
  }

  public static Record txt(String name, String... strings) {
    return new TXTRecord(name(name), DClass.IN, TTL, List.of(strings));
  }

  public static Record cname(String name, String target) {
    return new CNAMERecord(name(name), DClass.IN, TTL, name(target));
  }

  public static Name name(String name) {
    return Name.fromConstantString(name);
  }
}
