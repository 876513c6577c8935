package dev.waggle.charts;

/** What is to be typed as it stands, such as a command; long lines are broken. */
public record Code(String text) implements Block {}
