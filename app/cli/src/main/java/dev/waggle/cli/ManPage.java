package dev.waggle.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A command's help as a manual page, in the macros of man(7), which every reader of manuals knows.
 *
 * <p>Written from picocli's model. picocli's own generator ends at AsciiDoc, and what makes manual
 * pages of that brings a Ruby with it, to say what the model says already.
 */
final class ManPage {
  private final CommandSpec command;
  private final UsageMessageSpec usage;
  private final Help help;
  private final List<String> lines = new ArrayList<>();

  private ManPage(CommandSpec command) {
    this.command = command;
    this.usage = command.usageMessage();
    this.help = new Help(command, Help.defaultColorScheme(Ansi.OFF));
  }

  /** The page of a command, in section 1. */
  static String of(CommandSpec command) {
    return new ManPage(command).write();
  }

  /** What the page is called: {@code waggle-identity-new}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  private String write() {
    String name = name(command);
    String version = String.valueOf(new Version().getVersion()[0]);
    lines.add(".TH \"%s\" 1 \"\" \"%s\" \"Waggle\"".formatted(quotable(name), quotable(version)));
    section("NAME");
    text(name + " - " + String.join(" ", strings(usage.description())));
    section("SYNOPSIS");
    text(help.synopsis(0).strip());
    section("DESCRIPTION");
    paragraphs(strings(usage.description()));
    entries("ARGUMENTS", command.positionalParameters().stream().map(this::entry).toList());
    entries("OPTIONS", command.options().stream().map(this::entry).toList());
    entries(
        "COMMANDS",
        command.subcommands().entrySet().stream()
            .map(each -> entry(each.getKey(), each.getValue().getCommandSpec()))
            .toList());
    entries(
        "EXIT STATUS",
        usage.exitCodeList().entrySet().stream()
            .map(each -> Map.entry(each.getKey(), plain(each.getValue())))
            .toList());
    section("NOTES");
    verbatim(strings(usage.footer()));
    if (command.parent() != null) {
      section("SEE ALSO");
      text(name(command.parent()) + "(1)");
    }
    return String.join("\n", lines) + "\n";
  }

  private Map.Entry<String, String> entry(ArgSpec arg) {
    String label =
        help.parameterLabelRenderer().renderParameterLabel(arg, Ansi.OFF, List.of()).toString();
    String names =
        switch (arg) {
          case OptionSpec option -> String.join(", ", option.names()) + label;
          case PositionalParamSpec _ -> label;
          default -> throw new IllegalArgumentException("neither option nor argument: " + arg);
        };
    // Of options and arguments picocli has seen to the percents itself.
    return Map.entry(names, Ansi.OFF.string(String.join(" ", arg.description())));
  }

  private static Map.Entry<String, String> entry(String name, CommandSpec subcommand) {
    return Map.entry(name, String.join(" ", strings(subcommand.usageMessage().description())));
  }

  /** As picocli means it: with percents written twice, and with its marks for emphasis. */
  private static String plain(String text) {
    return Ansi.OFF.string(text.formatted());
  }

  private static List<String> strings(String[] texts) {
    return List.of(texts).stream().map(ManPage::plain).toList();
  }

  private void section(String title) {
    lines.add(".SH " + title);
  }

  private void paragraphs(List<String> texts) {
    for (String text : texts) {
      lines.add(".PP");
      text(text);
    }
  }

  private void entries(String title, List<Map.Entry<String, String>> entries) {
    if (entries.isEmpty()) {
      return;
    }
    section(title);
    for (Map.Entry<String, String> entry : entries) {
      lines.add(".TP");
      lines.add("\\fB" + escaped(entry.getKey()) + "\\fR");
      text(entry.getValue());
    }
  }

  /** Lines that stay as they are, for some are examples. */
  private void verbatim(List<String> texts) {
    for (String text : texts) {
      if (text.startsWith("  ")) {
        lines.add(".br");
      } else if (!text.isEmpty()) {
        lines.add(".PP");
      }
      text(text);
    }
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      lines.add(escaped(text));
    }
  }

  /** A line that roff takes for text, whatever it begins with. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }

  private static String quotable(String text) {
    return text.replace("\"", "").replace("\\", "");
  }
}
