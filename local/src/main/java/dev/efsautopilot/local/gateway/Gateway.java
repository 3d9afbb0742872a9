package dev.efsautopilot.local.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.CallParser;
import dev.efsautopilot.local.call.EventQueue;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Request;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.fault.ConnectionLost;
import dev.efsautopilot.local.fault.FaultInjection;
import dev.efsautopilot.local.fault.Faults;
import dev.efsautopilot.local.gap.AccessPointClientToken;
import dev.efsautopilot.local.gap.AccessPointWithoutUser;
import dev.efsautopilot.local.gap.BlackHoleRoutes;
import dev.efsautopilot.local.gap.CloudTrailEvents;
import dev.efsautopilot.local.gap.ContainerInstanceCalls;
import dev.efsautopilot.local.gap.DefaultDhcpOptions;
import dev.efsautopilot.local.gap.DefaultVpcDnsHostnames;
import dev.efsautopilot.local.gap.DuplicateRule;
import dev.efsautopilot.local.gap.EncodedPathParameters;
import dev.efsautopilot.local.gap.Gap;
import dev.efsautopilot.local.gap.Ipv6Subnets;
import dev.efsautopilot.local.gap.LifeCycleStates;
import dev.efsautopilot.local.gap.MissingCluster;
import dev.efsautopilot.local.gap.NetworkAclAssociations;
import dev.efsautopilot.local.gap.NetworkAclEntries;
import dev.efsautopilot.local.gap.NetworkInterfaceDescriptions;
import dev.efsautopilot.local.gap.PolicySimulation;
import dev.efsautopilot.local.gap.PrefixListRule;
import dev.efsautopilot.local.gap.RestApiImport;
import dev.efsautopilot.local.gap.RevokedRule;
import dev.efsautopilot.local.gap.RuleQuota;
import dev.efsautopilot.local.gap.RunTaskClientToken;
import dev.efsautopilot.local.gap.RunTaskGroup;
import dev.efsautopilot.local.gap.S3FilesResources;
import dev.efsautopilot.local.gap.ServiceScheduler;
import dev.efsautopilot.local.gap.SharedSecurityGroups;
import dev.efsautopilot.local.gap.TaskDefinitions;
import dev.efsautopilot.local.gap.TaskLifecycle;
import dev.efsautopilot.local.policy.Guard;
import dev.efsautopilot.local.tasks.ContainerInstances;
import dev.efsautopilot.local.tasks.LifeCycles;
import dev.efsautopilot.local.tasks.ServiceTasks;
import dev.efsautopilot.local.tasks.TaskControl;
import dev.efsautopilot.local.tasks.Tasks;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The one endpoint of the embedded AWS. Users, the SAM CLI and the functions call it; it knows who
 * calls, records every call, fills MiniStack's gaps and passes the rest on.
 */
public final class Gateway implements AutoCloseable {
    private final Upstream upstream;
    private final CallParser parser;
    private final EventQueue events;
    private final Tasks tasks;
    private final ServiceTasks services;
    private final SharedSecurityGroups sharedGroups;
    private final TaskControl control;
    private final List<Gap> gaps;
    private final CallLog calls = new CallLog();
    private final Guard guard;
    private final Trouble trouble;
    private final Controls controls;
    private final Listener listener;

    private Gateway(GatewayOptions options, int port) {
        upstream = new Upstream(options.upstream(), options.region());
        guard = new Guard(upstream);
        trouble = new Trouble(options.kill());
        parser = new CallParser(options.account(), options.region(), options.callers());
        events = new EventQueue(upstream, options.replaySource());
        var instances = new ContainerInstances(upstream);
        tasks =
                new Tasks(
                        upstream,
                        options.region(),
                        options.account(),
                        options.times(),
                        instances,
                        this::taskChanged);
        control = new TaskControl(tasks);
        controls = new Controls(control, calls);
        services = new ServiceTasks(tasks, upstream, options.times().replacement());
        sharedGroups = new SharedSecurityGroups(upstream);
        gaps =
                List.of(
                        new CloudTrailEvents(events, options.times().trailDelay()),
                        new MissingCluster(upstream),
                        new RunTaskClientToken(),
                        new RunTaskGroup(),
                        new TaskDefinitions(),
                        new TaskLifecycle(tasks, instances, upstream),
                        new ContainerInstanceCalls(
                                instances, events, options.region(), options.account()),
                        new ServiceScheduler(services),
                        new AccessPointClientToken(upstream),
                        new AccessPointWithoutUser(),
                        new Ipv6Subnets(),
                        new LifeCycleStates(tasks.lifeCycles()),
                        sharedGroups,
                        new DuplicateRule(upstream),
                        new RuleQuota(upstream),
                        new PrefixListRule(),
                        new RevokedRule(upstream),
                        new PolicySimulation(upstream),
                        new S3FilesResources(tasks.interfaces(), options.account()),
                        new NetworkAclAssociations(upstream),
                        new NetworkAclEntries(),
                        new BlackHoleRoutes(upstream),
                        new DefaultDhcpOptions(),
                        new DefaultVpcDnsHostnames(upstream),
                        new RestApiImport(upstream),
                        new EncodedPathParameters(),
                        new NetworkInterfaceDescriptions(
                                upstream, tasks.interfaces(), options.region(), options.account()));
        listener = Listener.open(port);
    }

    /**
     * Starts on a free loopback port in front of the MiniStack at upstream.
     *
     * @throws UncheckedIOException where no port can be opened
     */
    public static Gateway start(GatewayOptions options) {
        return start(options, 0);
    }

    /**
     * Starts on a loopback port of the caller's choice, in front of the MiniStack at upstream.
     *
     * @param port the port, 0 for a free one
     * @throws UncheckedIOException where the port can't be opened
     */
    public static Gateway start(GatewayOptions options, int port) {
        var gateway = new Gateway(options, port);
        gateway.listener.start(gateway::answer);
        return gateway;
    }

    /** Where it listens: what users and functions take as their endpoint. */
    public URI endpoint() {
        return listener.endpoint();
    }

    /** Every AWS call, with its caller. */
    public CallLog calls() {
        return calls;
    }

    /** What the functions' own policies allow them. */
    public Guard guard() {
        return guard;
    }

    /** The events that AWS would emit, as they are put on the bus. */
    public EventQueue events() {
        return events;
    }

    /** What only AWS can do to tasks; offered over HTTP under {@code /_local/tasks/} too. */
    public TaskControl tasks() {
        return control;
    }

    /** What of EFS is not available yet, which only AWS decides. */
    public LifeCycles lifeCycles() {
        return tasks.lifeCycles();
    }

    /** Security groups of other accounts, which these may share. */
    public SharedSecurityGroups sharedGroups() {
        return sharedGroups;
    }

    /**
     * Lets the functions' calls fail like this, until it is closed; of several, the one that was
     * added first decides.
     */
    public FaultInjection faults(Faults faults) {
        return trouble.add(faults);
    }

    @Override
    public void close() {
        listener.close();
        tasks.close();
        events.close();
        upstream.close();
    }

    /** The one place that every AWS call passes, understood and with its caller. */
    private Response handle(AwsCall call) {
        var at = Instant.now();
        var refusal = guard.refusal(call);
        if (refusal.isPresent()) {
            calls.add(RecordedCall.of(at, call, refusal.get(), Optional.empty()));
            return refusal.get();
        }
        var met = trouble.meet(call, passed -> pass(passed, 0));
        calls.add(RecordedCall.of(at, call, met.response(), met.fault()));
        if (met.lost()) {
            throw new ConnectionLost();
        }
        return met.response();
    }

    private Response pass(AwsCall call, int gap) {
        return gap == gaps.size()
                ? upstream.send(call.request())
                : gaps.get(gap).answer(call, passed -> pass(passed, gap + 1));
    }

    private void taskChanged(ObjectNode detail) {
        events.put(
                "ECS Task State Change",
                List.of(detail.path("taskArn").asText()),
                detail,
                Duration.ZERO);
        if (detail.path("lastStatus").asText().equals("STOPPED")) {
            services.replace(detail);
        }
    }

    private Response answer(Request request) {
        try {
            return request.path().startsWith(Controls.PREFIX)
                    ? controls.answer(request)
                    : handle(parser.parse(request));
        } catch (ConnectionLost e) {
            throw e;
        } catch (RuntimeException e) {
            // The caller gets what AWS would say of its own failure, with the reason to look at.
            return Response.json(
                    500,
                    Json.object()
                            .put("__type", "InternalFailure")
                            .put("message", "the gateway failed: " + e));
        }
    }
}
