package dev.waggle.charts;

/** How much a line stands out. */
public enum Weight {
  /** One of very many: thin, pale, in no legend. */
  FAINT,
  NORMAL,
  STRONG
}
