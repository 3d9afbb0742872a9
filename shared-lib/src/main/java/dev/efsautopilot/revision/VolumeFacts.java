package dev.efsautopilot.revision;

import dev.efsautopilot.aws.Workload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that decides what becomes of a source revision.
 *
 * @param source the revision with the tags
 * @param derived the revision that its tag names as made from it; empty where there is none
 * @param attachments the volumes that its tags ask for
 * @param workloads the services that may be on it
 * @param moved the ARNs of those services that were moved off this source before
 * @param stack the stack's name
 */
public record VolumeFacts(
        Revision source,
        Optional<Revision> derived,
        List<Attachment> attachments,
        List<Workload> workloads,
        Set<String> moved,
        String stack) {}
