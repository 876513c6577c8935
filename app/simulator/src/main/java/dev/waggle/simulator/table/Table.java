package dev.waggle.simulator.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines of cells under a header: text in UTF-8, commas between the cells, comments from a number
 * sign to the end of the line. Empty lines and spaces around cells do not count. There are no
 * quotes: a cell holds no comma and no number sign.
 *
 * @param where the file, for messages
 * @param header the first line, with the names of the columns
 * @param rows all other lines
 */
public record Table(String where, Row header, List<Row> rows) {
  private static final char COMMENT = '#';

  /** The distances of three thousand places; what is longer is no table. */
  private static final int MAX_BYTES = 64 << 20;

  /** What some spreadsheets begin a text with. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public Table {
    rows = List.copyOf(rows);
  }

  /**
   * Reads a file.
   *
   * @throws BadTable if it cannot be read, or holds no table
   */
  public static Table read(Path file) {
    try {
      return parse(file.toString(), text(file));
    } catch (NoSuchFileException _) {
      throw new BadTable(file.toString(), "there is no such file; check the path");
    } catch (CharacterCodingException _) {
      throw new BadTable(file.toString(), "is no text in UTF-8; save it as such");
    } catch (AccessDeniedException _) {
      throw new BadTable(file.toString(), "may not be read; check its permissions");
    } catch (IOException e) {
      throw new BadTable(
          file.toString(), "cannot be read (" + e.getMessage() + "); check what it is");
    }
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new BadTable(
          file.toString(), "is longer than " + (MAX_BYTES >> 20) + " MiB; check what it is");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Reads a file that lies beside a class, which must be there. */
  public static Table beside(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + name);
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Cuts a text into lines and cells.
   *
   * @param where what it is called in messages
   * @throws BadTable if there is nothing under the header, or a line has other columns than it
   */
  public static Table parse(String where, String text) {
    List<Row> lines = new ArrayList<>();
    int number = 0;
    String unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    for (String line : unmarked.lines().toList()) {
      number++;
      String content = withoutComment(line);
      if (!content.isBlank()) {
        lines.add(row(where + ":" + number, content));
      }
    }
    if (lines.size() < 2) {
      throw new BadTable(where, "holds no table; write a header and at least one line under it");
    }
    Row header = lines.getFirst();
    List<Row> rows = lines.subList(1, lines.size());
    rows.forEach(row -> checkColumns(header, row));
    return new Table(where, header, rows);
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf(COMMENT);
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static Row row(String where, String content) {
    return new Row(where, Arrays.stream(content.split(",", -1)).map(String::strip).toList());
  }

  private static void checkColumns(Row header, Row row) {
    if (row.size() != header.size()) {
      throw row.problem(
          "has %d cells under a header of %d; separate one cell for each column by commas"
              .formatted(row.size(), header.size()));
    }
  }

  /**
   * Checks the names of the first columns.
   *
   * @throws BadTable if they are others
   */
  public void requireColumns(List<String> names) {
    if (header.size() < names.size() || !header.cells().subList(0, names.size()).equals(names)) {
      throw header.problem("is no header; begin it with '" + String.join(", ", names) + "'");
    }
  }
}
