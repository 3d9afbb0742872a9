package dev.efsautopilot.aws;

import java.util.List;
import java.util.Optional;

/**
 * Some of a file system's access points.
 *
 * @param accessPoints as EFS orders them
 * @param nextToken what the next page is asked for with; empty on the last one
 */
public record AccessPointPage(List<AccessPoint> accessPoints, Optional<String> nextToken) {}
