package dev.waggle.operator.page;

/**
 * An event in a session.
 *
 * @param id counts from 1
 * @param json as it is written
 */
record Entry(long id, SessionEvent event, String json) {}
