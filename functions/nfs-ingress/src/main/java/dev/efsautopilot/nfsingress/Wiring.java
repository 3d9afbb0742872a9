package dev.efsautopilot.nfsingress;

import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.launch.Launches;
import dev.efsautopilot.network.NfsPolicy;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.network.Truce;

/** What the function's parts share, made once. */
record Wiring(
        Ecs ecs,
        Definitions definitions,
        NfsReader reader,
        OpenNfs nfs,
        Opening opening,
        Truce truce,
        Needs needs,
        Launches launches) {

    static Wiring of(Settings settings, Clients clients) {
        var ecs = clients.ecs();
        var efs = clients.efs();
        var ec2 = clients.ec2();
        var ledger = clients.ledger(settings.ledgerTable());
        var reader = new NfsReader(ecs, efs, ec2, clients.s3Files(), settings.s3FileSystems());
        var nfs = new OpenNfs(reader, efs, ec2, NfsPolicy.of(settings));
        return new Wiring(
                ecs,
                new Definitions(ecs.taskDefinitions()),
                reader,
                nfs,
                new Opening(nfs, clients.bus(settings.busName()), ledger),
                new Truce(ledger),
                new Needs(ledger),
                new Launches(ledger));
    }
}
