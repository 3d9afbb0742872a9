package dev.efsautopilot.local.cli;

import dev.efsautopilot.local.stack.LocalAws;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** What somebody needs to know to use a running local AWS. */
final class Welcome {

    private Welcome() {}

    static String text(URI endpoint, Map<String, String> outputs, Path logs) {
        String stack =
                outputs.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(output -> "  %s: %s%n".formatted(output.getKey(), output.getValue()))
                        .collect(Collectors.joining());
        return """

        The local AWS is up at %1$s, account %2$s. Logs: %3$s
        %4$s
        Point the aws CLI, an SDK or Terraform at it:

          export AWS_ENDPOINT_URL=%1$s AWS_REGION=%5$s AWS_DEFAULT_REGION=%5$s
          export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local

        Three calls to try:

          aws efs create-file-system --creation-token demo \\
            --tags Key=Name,Value=demo Key=efs-autopilot/allow,Value=/
          aws ecs register-task-definition --family web \\
            --container-definitions '[{"name":"app","image":"nginx","memory":128,"essential":true}]' \\
            --tags 'key=efs-autopilot/volume/data,value=fs=name:demo mount=/var/lib/data'
          aws events put-events --entries '[{"Source":"efs-autopilot.request","DetailType":"Access Point Requested",
            "Detail":"{\\"fileSystem\\":\\"name:demo\\",\\"family\\":\\"web\\",\\"volume\\":\\"cache\\"}"}]'

        Ctrl-C stops it.\
        """
                .formatted(endpoint, LocalAws.ACCOUNT, logs, stack, LocalAws.REGION);
    }
}
