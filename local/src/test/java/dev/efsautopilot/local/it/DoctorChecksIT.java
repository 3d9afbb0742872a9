package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.stack.LocalAws;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/**
 * What is between a task and its data, on the local AWS: fine, then broken on purpose, found and
 * named as the cause with what repairs it, and fine again after that repair.
 */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class DoctorChecksIT {

    private static final String OTHERS_ONLY =
            """
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:role/other"},
             "Action": "elasticfilesystem:ClientMount", "Resource": "*"}
            """;
    private static final String NOBODY =
            """
            {"Effect": "Deny", "Principal": {"AWS": "*"}, "Resource": "*",
             "Action": "elasticfilesystem:Client*"}
            """;

    private final Lab lab;
    private final String definition;

    DoctorChecksIT(Site site) {
        this.lab = new Lab(site, "checks");
        this.definition = lab.register(lab.definition("checks"));
    }

    /** One thing that breaks, and what repairs it: in words, and done. */
    record Breakage(
            String check, String what, String repair, Runnable breaking, Runnable repairing) {

        @Override
        public String toString() {
            return check + ": " + what;
        }
    }

    Stream<Breakage> breakages() {
        return Stream.of(groups(), lists(), routes(), names(), storage(), permissions(), roles())
                .flatMap(List::stream);
    }

    private List<Breakage> groups() {
        return List.of(
                new Breakage(
                        "security-groups-in",
                        "no rule lets the task in",
                        "aws ec2 authorize-security-group-ingress --group-id %s --protocol tcp --port 2049 --source-group %s"
                                .formatted(lab.nfsGroup, lab.taskGroup),
                        lab::closeIn,
                        lab::openIn),
                new Breakage(
                        "security-groups-out",
                        "no rule lets the task out",
                        "aws ec2 authorize-security-group-egress --group-id %s --protocol tcp --port 2049 --source-group %s"
                                .formatted(lab.taskGroup, lab.nfsGroup),
                        lab::closeOut,
                        lab::openOut));
    }

    private List<Breakage> lists() {
        return List.of(
                denied(50, true, 2049, 2049, "10.77.9.0/24", "2049"),
                denied(60, false, 2000, 3000, "10.77.1.0/24", "2049"),
                denied(70, true, 40000, 40001, "10.77.1.0/24", "32768-60999"),
                denied(80, false, 60000, 65535, "10.77.9.0/24", "32768-60999"),
                new Breakage(
                        "network-acls",
                        "a list without entries",
                        "--rule-number 32766",
                        () -> list(emptyList()),
                        () -> list(defaultList())));
    }

    private Breakage denied(
            int number, boolean egress, int from, int to, String peer, String ports) {
        var bounds = ports.split("-", 2);
        return new Breakage(
                "network-acls",
                "entry %d denies %d-%d".formatted(number, from, to),
                "aws ec2 create-network-acl-entry --network-acl-id %s --%s --rule-number %d --protocol 6 --port-range From=%s,To=%s --cidr-block %s --rule-action allow"
                        .formatted(
                                defaultList(),
                                egress ? "egress" : "ingress",
                                number - 1,
                                bounds[0],
                                bounds[bounds.length - 1],
                                peer),
                () -> entry(number, egress, from, to, peer, RuleAction.DENY),
                () ->
                        entry(
                                number - 1,
                                egress,
                                Integer.parseInt(bounds[0]),
                                Integer.parseInt(bounds[bounds.length - 1]),
                                peer,
                                RuleAction.ALLOW));
    }

    private void entry(
            int number, boolean egress, int from, int to, String peer, RuleAction action) {
        lab.ec2.createNetworkAclEntry(r ->
                r.networkAclId(defaultList())
                        .ruleNumber(number)
                        .egress(egress)
                        .protocol("6")
                        .portRange(p -> p.from(from).to(to))
                        .cidrBlock(peer)
                        .ruleAction(action));
    }

    private String defaultList() {
        var ofVpc = Filter.builder().name("vpc-id").values(lab.vpc).build();
        var standard = Filter.builder().name("default").values("true").build();
        return lab.ec2
                .describeNetworkAcls(r -> r.filters(ofVpc, standard))
                .networkAcls()
                .getFirst()
                .networkAclId();
    }

    private String emptyList() {
        return lab.ec2.createNetworkAcl(r -> r.vpcId(lab.vpc)).networkAcl().networkAclId();
    }

    private void list(String id) {
        var ofSubnet = Filter.builder().name("association.subnet-id").values(lab.tasks).build();
        var association =
                lab
                        .ec2
                        .describeNetworkAcls(r -> r.filters(ofSubnet))
                        .networkAcls()
                        .getFirst()
                        .associations()
                        .stream()
                        .filter(it -> it.subnetId().equals(lab.tasks))
                        .findFirst()
                        .orElseThrow();
        lab.ec2.replaceNetworkAclAssociation(
                r -> r.associationId(association.networkAclAssociationId()).networkAclId(id));
    }

    private List<Breakage> routes() {
        var table = lab.routeTable();
        return List.of(
                new Breakage(
                        "routes",
                        "a more specific one whose target is gone",
                        "aws ec2 delete-route --route-table-id %s --destination-cidr-block 10.77.9.0/24"
                                .formatted(table),
                        () -> blackHole(table),
                        () ->
                                lab.ec2.deleteRoute(r ->
                                        r.routeTableId(table)
                                                .destinationCidrBlock("10.77.9.0/24"))));
    }

    private void blackHole(String table) {
        var natGateway =
                lab.ec2
                        .createNatGateway(r ->
                                r.subnetId(lab.targets).connectivityType(ConnectivityType.PRIVATE))
                        .natGateway()
                        .natGatewayId();
        lab.ec2.createRoute(r ->
                r.routeTableId(table)
                        .destinationCidrBlock("10.77.9.0/24")
                        .natGatewayId(natGateway));
        assertThat(Lab.verdict(lab.diagnosis(definition), "routes")).isEqualTo("OK");
        lab.ec2.deleteNatGateway(r -> r.natGatewayId(natGateway));
    }

    private List<Breakage> names() {
        return List.of(
                new Breakage(
                        "vpc-dns",
                        "no host names",
                        "aws ec2 modify-vpc-attribute --vpc-id "
                                + lab.vpc
                                + " --enable-dns-hostnames",
                        () -> lab.dnsHostnames(false),
                        () -> lab.dnsHostnames(true)),
                new Breakage(
                        "vpc-dns",
                        "no resolver",
                        "aws ec2 modify-vpc-attribute --vpc-id "
                                + lab.vpc
                                + " --enable-dns-support",
                        () -> lab.dnsSupport(false),
                        () -> lab.dnsSupport(true)));
    }

    private List<Breakage> storage() {
        return List.of(
                new Breakage(
                        "mount-target",
                        "none in the zone",
                        "aws efs create-mount-target --file-system-id %s --subnet-id %s"
                                .formatted(lab.fileSystem, lab.tasks),
                        lab::deleteMountTarget,
                        lab::makeMountTarget),
                creating("mount-target", lab::mountTarget),
                creating("file-system", () -> lab.fileSystem),
                creating("access-point", () -> lab.accessPoint));
    }

    /** One that is there and not available yet. */
    private Breakage creating(String check, Supplier<String> id) {
        var lifeCycles = lab.site.aws().gateway().lifeCycles();
        return new Breakage(
                check,
                "still being made",
                "wait until it is available",
                () -> lifeCycles.show(id.get(), "creating", Duration.ofMinutes(1)),
                () -> lifeCycles.show(id.get(), "creating", Duration.ZERO));
    }

    private List<Breakage> permissions() {
        return List.of(
                new Breakage(
                        "permissions",
                        "a policy for others, and a role that may nothing",
                        "aws iam put-role-policy --role-name " + lab.roleName,
                        () -> {
                            lab.policy(OTHERS_ONLY);
                            lab.letRoleDoNothing();
                        },
                        lab::letRoleMount),
                new Breakage(
                        "permissions",
                        "a policy for others, and a role for another access point",
                        "{\"elasticfilesystem:AccessPointArn\":",
                        () -> {
                            lab.policy(OTHERS_ONLY);
                            lab.letRoleMountThrough("fsap-0123456789abcdef0");
                        },
                        () -> lab.letRoleMountThrough(lab.accessPoint)),
                new Breakage(
                        "permissions",
                        "a policy that denies it to all",
                        "aws efs put-file-system-policy --file-system-id " + lab.fileSystem,
                        () -> lab.policy(NOBODY),
                        lab::noPolicy));
    }

    private List<Breakage> roles() {
        return List.of(
                new Breakage(
                        "execution-role",
                        "ECS may not assume it",
                        "aws iam update-assume-role-policy --role-name " + lab.executionRoleName,
                        () -> lab.letAssume("lambda"),
                        () -> lab.letAssume("ecs-tasks")),
                new Breakage(
                        "execution-role",
                        "it may not write the logs",
                        "aws iam put-role-policy --role-name %s --policy-name logs --policy-document '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"logs:CreateLogStream\",\"logs:PutLogEvents\"],\"Resource\":\"arn:aws:logs:%s:000000000000:log-group:/ecs/lab:log-stream:app\"}]}'"
                                .formatted(lab.executionRoleName, LocalAws.REGION),
                        lab::letAgentDoNothing,
                        lab::letAgentLog));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void what_is_broken_is_found_and_its_repair_repairs_it(Breakage breakage) {
        assertThat(fine(breakage.check())).isTrue();

        breakage.breaking().run();
        var broken = lab.diagnosis(definition);
        breakage.repairing().run();

        assertThat(broken.path("cause").asText())
                .as("%s", broken)
                .startsWith(breakage.check() + ": ");
        assertThat(Lab.finding(broken, breakage.check()).path("repair").asText())
                .contains(breakage.repair());
        assertThat(fine(breakage.check())).isTrue();
    }

    @Test
    void what_a_role_may_that_is_not_there_is_not_known() {
        lab.policy(OTHERS_ONLY);
        var gone = lab.definition("checks-gone").taskRoleArn(lab.role + "-gone");
        var diagnosis = lab.diagnosis(lab.register(gone));
        lab.noPolicy();

        assertThat(Lab.verdict(diagnosis, "permissions")).isEqualTo("UNKNOWN");
        assertThat(Lab.finding(diagnosis, "permissions").path("evidence").asText())
                .contains("there is no such role");
    }

    private boolean fine(String check) {
        var diagnosis = lab.diagnosis(definition);
        assertThat(diagnosis.path("cause").asText()).as("%s", diagnosis).isEmpty();
        return Lab.verdict(diagnosis, check).equals("OK");
    }

    @Test
    void a_prefix_list_opens_the_way_where_it_holds_the_subnet() {
        lab.closeIn();
        lab.openInFrom(lab.prefixList("10.78.0.0/16"));
        var elsewhere = lab.diagnosis(definition);
        lab.openInFrom(lab.prefixList("10.77.1.0/24"));
        var here = lab.diagnosis(definition);
        lab.closeIn();
        lab.openIn();

        assertThat(Lab.verdict(elsewhere, "security-groups-in")).isEqualTo("BROKEN");
        assertThat(Lab.verdict(here, "security-groups-in")).isEqualTo("OK");
    }

    @Test
    void where_nothing_is_broken_each_check_says_so_and_nothing_is_changed() {
        var calls = lab.site.aws().gateway().calls();
        var before = calls.by("doctor").size();

        var diagnosis = lab.diagnosis(definition);

        assertThat(diagnosis.path("findings").valueStream())
                .as("%s", diagnosis)
                .isNotEmpty()
                .allMatch(it -> it.path("verdict").asText().equals("OK"));
        assertThat(calls.by("doctor").stream().skip(before))
                .hasSizeBetween(18, 19)
                .allMatch(call -> call.operation().matches("(Describe|Get|List|Simulate).*"));
    }
}
