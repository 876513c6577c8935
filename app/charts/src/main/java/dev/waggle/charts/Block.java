package dev.waggle.charts;

/** What a section is made of. */
public sealed interface Block
    permits Paragraph, Code, KeyFigures, Facts, Table, Details, Panels, Chart {}
