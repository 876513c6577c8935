package dev.waggle.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.devnet.DevnetReport.BlockReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevnetReportTest {
  @Test
  void json_isOneObjectWithItsFieldsInOrder() {
    DevnetReport report =
        new DevnetReport(
            2,
            "netty",
            "mlkem768-mldsa65",
            "bincode",
            1,
            List.of(new BlockReport(1, "ab", "cd", 2, 1.5, 2.25, 3, 17_000)),
            false,
            10,
            20.5,
            "why",
            "latency 50ms");
    assertThat(report.json())
        .isEqualTo(
            """
            {"nodes":2,"transport":"netty","suite":"mlkem768-mldsa65","codec":"bincode","links":1,\
            "blocks":[{"height":1,"hash":"ab","minedBy":"cd","reached":2,"millisP50":1.5,\
            "millisMax":2.25,"transactions":3,"bytes":17000}],"ok":false,"millisStart":10.0,"millisConnect":20.5,\
            "problem":"why","shape":"latency 50ms"}""");
  }
}
