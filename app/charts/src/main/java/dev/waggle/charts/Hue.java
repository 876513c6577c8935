package dev.waggle.charts;

/** The colours of charts, each in two shades: for light pages and for dark ones. */
public enum Hue {
  BLUE,
  ORANGE,
  GREEN,
  VIOLET,
  RED,
  TEAL,
  GOLD,
  PINK,
  /** For what others are compared with. */
  GREY
}
