package dev.waggle.operator.metrics;

import dev.waggle.chain.ChainView;
import dev.waggle.ports.operator.NodeStatus;

/** A node and its chain at one moment: what all figures of one scrape are of. */
record Moment(NodeStatus node, ChainView chain) {}
