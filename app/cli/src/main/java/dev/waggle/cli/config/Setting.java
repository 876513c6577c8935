package dev.waggle.cli.config;

import dev.waggle.node.config.ConfigKey;

/**
 * A value as it was written, and where.
 *
 * @param origin {@code waggle.toml:3}, or the name of a variable or flag
 */
public record Setting(ConfigKey<?> key, String text, String origin) {}
