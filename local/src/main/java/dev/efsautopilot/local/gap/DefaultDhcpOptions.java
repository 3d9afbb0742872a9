package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Xml;

/**
 * "When you create a VPC, AWS automatically associates the default DHCP option set with the VPC",
 * with {@code domain-name-servers} AmazonProvidedDNS (Amazon VPC User Guide, DHCP option sets in
 * Amazon VPC). MiniStack's VPCs name one that it does not describe.
 */
public final class DefaultDhcpOptions implements Gap {
    private static final String DEFAULT = "dopt-00000001";

    @Override
    public Response answer(AwsCall call, Next next) {
        var response = next.pass(call);
        if (!call.is("ec2", "DescribeDhcpOptions") || !response.ok() || !wanted(call)) {
            return response;
        }
        var document = Json.copy(response.document());
        var options =
                document.withObjectProperty("dhcpOptionsSet")
                        .withArrayProperty("items")
                        .addObject();
        options.put("dhcpOptionsId", DEFAULT);
        var servers = options.putObject("dhcpConfigurationSet").putArray("items").addObject();
        servers.put("key", "domain-name-servers");
        servers.putObject("valueSet")
                .putArray("items")
                .addObject()
                .put("value", "AmazonProvidedDNS");
        return Response.xml(200, Xml.write("DescribeDhcpOptionsResponse", document));
    }

    private static boolean wanted(AwsCall call) {
        var ids = call.parameters().at("/dhcpOptionsId/items");
        return ids.isEmpty()
                || ids.valueStream()
                        .anyMatch(it -> it.path("dhcpOptionsId").asText().equals(DEFAULT));
    }
}
