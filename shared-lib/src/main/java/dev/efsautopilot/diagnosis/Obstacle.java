package dev.efsautopilot.diagnosis;

/**
 * What is in the way between two subnets.
 *
 * @param what it is, with ids
 * @param repair the command that takes it away
 */
record Obstacle(String what, String repair) {}
