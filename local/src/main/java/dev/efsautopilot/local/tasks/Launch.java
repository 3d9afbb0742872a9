package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * How a task is launched, as far as its document does not say it.
 *
 * @param taskDefinition the revision
 * @param subnet where its network interface goes; empty where its network mode is not awsvpc
 * @param groups the security groups asked for; none where the request names none
 */
record Launch(JsonNode taskDefinition, Optional<Subnet> subnet, List<String> groups) {}
