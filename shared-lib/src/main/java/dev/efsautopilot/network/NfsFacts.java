package dev.efsautopilot.network;

import java.util.List;

/**
 * All that decides what has to be opened, read before.
 *
 * @param clients the task, or the places where it may be started
 * @param fileSystems what it mounts
 * @param doors every rule of the groups of both sides
 * @param family the task definition's family, which rules name as what they are for
 */
public record NfsFacts(
        List<NfsClient> clients, List<FileSystemSide> fileSystems, Doors doors, String family) {}
