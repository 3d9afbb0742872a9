package dev.efsautopilot.aws;

import java.util.List;

/**
 * What an access point shows, and as whom: all of {@code CreateAccessPoint} that matters to the
 * data.
 *
 * @param fileSystemId {@code fs-…}
 * @param path the directory on the file system, at most 100 characters, one to four levels
 * @param uid POSIX user of every access, 0 to 4294967295
 * @param gid POSIX group of every access, and owner of the directory when it is made
 * @param gids secondary groups, at most 16
 * @param mode permissions of the directory when it is made, three or four octal digits
 */
public record AccessPointRoot(
        String fileSystemId, String path, long uid, long gid, List<Long> gids, String mode) {}
