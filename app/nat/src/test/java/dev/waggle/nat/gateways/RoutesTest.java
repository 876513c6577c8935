package dev.waggle.nat.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final LinuxRoutes LITTLE = new LinuxRoutes(ByteOrder.LITTLE_ENDIAN);

  private static final String IPV4 =
      """
      Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
      wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
      eth0\t00000000\tFE01000A\t0003\t0\t0\t100\t00000000\t0\t0\t0
      tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0
      dead0\t00000000\t0201A8C0\t0203\t0\t0\t10\t00000000\t0\t0\t0
      down0\t00000000\t0301A8C0\t0002\t0\t0\t10\t00000000\t0\t0\t0
      half0\t00000000\t0401A8C0\t0003\t0\t0\t10\t00000080\t0\t0\t0
      eth0\t0000000A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
      """;

  private static final String IPV6 =
      """
      fe800000000000000000000000000000 40 00000000000000000000000000000000 00 \
      00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
      00000000000000000000000000000000 00 00000000000000000000000000000000 00 \
      fe80000000000000021122fffe334455 00000400 00000001 00000000 00450003     eth0
      00000000000000000000000000000000 00 00000000000000000000000000000000 00 \
      20010db8000000000000000000000001 00000064 00000001 00000000 00000003     eth1
      00000000000000000000000000000000 00 00000000000000000000000000000000 00 \
      00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
      """;

  private static BufferedReader reader(String text) {
    return new BufferedReader(new StringReader(text));
  }

  @Test
  void linux_hasTheRoutersOfItsDefaultRoutes_preferredFirst() throws IOException {
    assertThat(LITTLE.ipv4(reader(IPV4)))
        .containsExactly(
            new DefaultRoute("10.0.1.254", "eth0", 100),
            new DefaultRoute("192.168.1.1", "wlan0", 600));
    assertThat(LITTLE.ipv6(reader(IPV6)))
        .containsExactly(
            new DefaultRoute("2001:db8::1", "eth1", 100),
            new DefaultRoute("fe80::211:22ff:fe33:4455", "eth0", 1024));
  }

  @Test
  void linuxOnABigEndianMachine_printsAddressesTheOtherWayRound() throws IOException {
    String line = "eth0\t00000000\tC0A80101\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";
    assertThat(new LinuxRoutes(ByteOrder.BIG_ENDIAN).ipv4(reader(line)))
        .containsExactly(new DefaultRoute("192.168.1.1", "eth0", 0));
  }

  @Test
  void hugeTable_isReadToItsBound() throws IOException {
    String line = "eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";
    assertThat(LITTLE.ipv4(reader(line.repeat(LinuxRoutes.MAX_LINES + 5))))
        .hasSize(LinuxRoutes.MAX_LINES);
  }

  @Test
  void macOs_hasTheRoutersOfItsDefaultRoutes() {
    String print =
        """
        Routing tables

        Internet:
        Destination        Gateway            Flags           Netif Expire
        default            192.168.1.1        UGScg             en0
        default            link#22            UCSIg           utun4
        127                127.0.0.1          UCS               lo0

        Internet6:
        Destination                             Gateway                   Flags    Netif Expire
        default                                 fe80::1%en0               UGcg       en0
        default                                 fe80::%utun0              UGcIg    utun0
        """;
    assertThat(BsdRoutes.parse(print))
        .containsExactly(
            new DefaultRoute("192.168.1.1", "en0", 0),
            new DefaultRoute("fe80::1", "en0", 0),
            new DefaultRoute("fe80::", "utun0", 0));
  }

  @Test
  void bsd_countsUsesBeforeTheInterface() {
    assertThat(BsdRoutes.parse("default  192.168.1.1  UGS  5  100  -  8 em0"))
        .containsExactly(new DefaultRoute("192.168.1.1", "em0", 0));
  }

  @Property(tries = 300)
  void garbage_isNoRoute(@ForAll @StringLength(max = 200) String text) {
    assertThatCode(
            () -> {
              LITTLE.ipv4(reader(text));
              LITTLE.ipv6(reader(text));
              BsdRoutes.parse("default " + text);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void thisSystem_isLookedAt() throws IOException {
    assertThat(new SystemGateways().find())
        .allMatch(gateway -> !gateway.source().isAnyLocalAddress());
  }
}
