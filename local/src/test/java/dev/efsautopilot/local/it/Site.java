package dev.efsautopilot.local.it;

import dev.efsautopilot.local.api.CheckedApi;
import dev.efsautopilot.local.api.OpenApi;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.stack.LocalOptions;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import dev.efsautopilot.local.user.SignedHttp;
import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.User;
import dev.efsautopilot.local.user.World;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One local AWS with the application deployed, for every integration test of the run. It is started
 * for the first test that asks for it, and where it can't start that test fails.
 *
 * @param aws the local AWS
 * @param user somebody with an account there
 */
public record Site(LocalAws aws, User user) implements AutoCloseable {

    /** The project's folder. */
    static final Path ROOT = Path.of(System.getProperty("autopilot.root", "..")).toAbsolutePath();

    /** {@code -Dfunctions.concurrency=8} for a storm. */
    private static final int CONCURRENCY = Integer.getInteger("functions.concurrency", 2);

    /** {@code -Dcrowd=10000} for an account that is full of what is others'. */
    private static final int CROWD = Integer.getInteger("crowd", 0);

    private static Site start() {
        var aws =
                LocalAws.start(
                        LocalOptions.of(ROOT)
                                .withTimes(LifecycleTimes.tests())
                                .withConcurrency(CONCURRENCY));
        try {
            Crowd.settle(User.at(aws.endpoint(), LocalAws.REGION), CROWD);
            aws.deploy();
        } catch (RuntimeException e) {
            aws.close();
            throw e;
        }
        return new Site(aws, User.at(aws.endpoint(), LocalAws.REGION));
    }

    /** People with a cluster and storage of their own. */
    Team team(String name) {
        return new Team(user, World.make(user, ROOT, name));
    }

    /** The deployed API. */
    CheckedApi api() {
        return new CheckedApi(new SignedHttp(aws.api(), LocalAws.REGION), OpenApi.of(ROOT));
    }

    @Override
    public void close() {
        aws.close();
    }

    /** Gives the site to whoever has it as a parameter. */
    static final class Given implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Site.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.GLOBAL)
                    .getOrComputeIfAbsent(Site.class, _ -> start(), Site.class);
        }
    }
}
