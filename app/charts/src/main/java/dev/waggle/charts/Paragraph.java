package dev.waggle.charts;

/** A paragraph of plain text. */
public record Paragraph(String text) implements Block {}
