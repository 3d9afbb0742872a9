/**
 * The life of an Amazon ECS task, from PROVISIONING to STOPPED, with the mount of its file systems.
 */
@NullMarked
package dev.efsautopilot.local.tasks;

import org.jspecify.annotations.NullMarked;
