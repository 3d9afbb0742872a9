package dev.efsautopilot.local.demo;

import dev.efsautopilot.local.demo.Timeline.Voice;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.stack.LocalOptions;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.SignedHttp;
import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.User;
import dev.efsautopilot.local.user.World;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Plays the story on a local AWS and says whether it ended as it should. */
public final class Demo {

    private static final Duration A_SWEEP = Duration.ofMinutes(3);

    private final LocalAws aws;
    private final Timeline timeline;
    private final User user;
    private final Path root;

    /**
     * Starts a local AWS, plays the story on it and stops it.
     *
     * @param colour whether the lines go to a terminal that shows colours
     * @return true where every final check holds
     */
    public static boolean play(LocalOptions options, PrintWriter out, boolean colour) {
        try (var aws = LocalAws.start(options)) {
            return new Demo(aws, new Timeline(out, colour, Instant.now()), options.root()).play();
        }
    }

    private Demo(LocalAws aws, Timeline timeline, Path root) {
        this.aws = aws;
        this.timeline = timeline;
        this.user = User.at(aws.endpoint(), LocalAws.REGION);
        this.root = root;
    }

    private boolean play() {
        var witness = Witness.of(aws, timeline);
        timeline.act("What is there: a cluster, a file system, no ingress");
        var team = new Team(user, World.make(user, root, "prod"));
        var story =
                new Story(
                        team,
                        aws.gateway().tasks(),
                        what -> timeline.line(Voice.USER, "you", what));

        timeline.act("Without the automation");
        var byHand = story.byHand();
        timeline.line(Voice.BAD, "ECS", byHand.stoppedReason());

        timeline.act("With it: sam build, sam deploy");
        aws.deploy();
        var api = new SignedHttp(aws.api(), LocalAws.REGION);

        timeline.act("One tag becomes a volume");
        story.tagged("orders");
        var first = story.running();
        var launched = Launched.read(user, first);

        timeline.act("The host is lost");
        var second = story.hostLost(first);

        timeline.act("Somebody revokes the rule");
        story.revoked();

        timeline.act("A directory for one job, asked for on the bus");
        story.requested();

        timeline.act("A task that nothing can help");
        var hopeless = story.hopeless();
        witness.awaitOutcomeOf("task-rerun", hopeless.taskArn());
        var diagnosis = story.diagnosis(api, hopeless);

        timeline.act("The hourly sweep, here every minute");
        Await.untilTrue("a sweep", A_SWEEP, () -> witness.functions().contains("sweep"));

        timeline.act("Read back from AWS");
        return report(
                new FinalCheck(team)
                        .of(
                                new FinalCheck.Ending(
                                        byHand,
                                        launched,
                                        second,
                                        hopeless,
                                        diagnosis,
                                        witness.functions())));
    }

    private boolean report(List<FinalCheck.Line> lines) {
        for (var line : lines) {
            timeline.line(
                    line.so() ? Voice.GOOD : Voice.BAD,
                    line.so() ? "yes" : "NO",
                    line.what() + ": " + line.seen());
        }
        var wrong = lines.stream().filter(line -> !line.so()).count();
        timeline.act(
                wrong == 0
                        ? "All " + lines.size() + " are so. The logs are in " + aws.logs()
                        : wrong
                                + " of "
                                + lines.size()
                                + " are not so. The logs are in "
                                + aws.logs());
        return wrong == 0;
    }
}
