package dev.waggle.charts;

/** What something is called, and what it is. */
public record Fact(String name, String value) {}
