package dev.waggle.bench.report;

import dev.waggle.bench.report.Target.Row;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The targets and how they fared, as one JSON object. The names in it are an interface that scripts
 * rely on: fields may be added behind the others, and nothing else may change.
 */
final class RatioJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  static String of(Run run) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("mode", run.mode())
        .put("complete", run.complete())
        .put("command", run.command())
        .put("commit", run.commit())
        .put("date", run.date());
    json.set("machine", MAPPER.valueToTree(run.machine()));
    ArrayNode rows = json.putArray("targets");
    Targets.in(run.results()).forEach(row -> add(rows.addObject(), row));
    json.put("busy", new Disturbance(run).isAny());
    OwnParts own = run.ownParts();
    if (own != null) {
      ArrayNode parts = json.putArray("parts");
      new PartsTable(own, run.results()).rows().forEach(row -> add(parts, row));
    }
    return json.toString();
  }

  private static void add(ObjectNode json, Row row) {
    json.put("what", row.target().what());
    put(json, "measured", row.measured().scoreOrNull());
    json.put("againstWhat", row.target().againstWhat());
    put(json, "against", row.against() == null ? null : row.against().scoreOrNull());
    put(json, "ratio", row.ratio());
    json.put("target", row.target().bound().text())
        .put("verdict", row.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("why", row.whyNot());
  }

  private static void add(ArrayNode parts, PartsTable.Row row) {
    ObjectNode json = parts.addObject();
    json.put("benchmark", row.own().key().benchmark());
    json.set("own", MAPPER.valueToTree(row.own().key().params()));
    json.set("beside", MAPPER.valueToTree(row.waggles().key().params()));
    put(json, "ratio", row.ratio());
    json.put("judgement", row.judgement());
  }

  /** An unknown error is null. */
  static void put(ObjectNode json, String field, @Nullable Score score) {
    if (score == null) {
      json.putNull(field);
      return;
    }
    json.putObject(field)
        .put("value", score.value())
        .put("error", score.hasError() ? score.error() : null)
        .put("unit", score.unit());
  }

  private RatioJson() {}
}
