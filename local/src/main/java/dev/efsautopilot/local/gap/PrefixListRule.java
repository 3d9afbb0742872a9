package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Response;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rule may be about a prefix list: "PrefixListIds: The prefix list IDs." of an IpPermission and
 * "prefixListId: The ID of the prefix list." of a SecurityGroupRule (Amazon EC2 API Reference).
 * MiniStack drops such peers of its authorize calls, so it is handed the list's id in a group's
 * place, and its answers are put right. DescribeSecurityGroups still shows a group of that id.
 */
public final class PrefixListRule implements Gap {
    private static final Set<String> ANSWERS =
            Set.of(
                    "AuthorizeSecurityGroupIngress",
                    "AuthorizeSecurityGroupEgress",
                    "DescribeSecurityGroupRules");
    private static final Pattern ASKED =
            Pattern.compile("PrefixListIds\\.(\\d+)\\.(PrefixListId|Description)=");
    private static final Pattern REFERENCED =
            Pattern.compile(
                    "<referencedGroupInfo>\\s*<groupId>(pl-\\w+)</groupId>.*?</referencedGroupInfo>",
                    Pattern.DOTALL);

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("ec2") || !ANSWERS.contains(call.operation())) {
            return next.pass(call);
        }
        var answer = next.pass(call.withForm(asGroups(call.request().text())));
        var text = answer.text();
        var shown = REFERENCED.matcher(text).replaceAll("<prefixListId>$1</prefixListId>");
        return shown.equals(text) ? answer : Response.xml(answer.status(), shown);
    }

    /** The form with each prefix list in a group's place; each peer has its own permission. */
    static String asGroups(String form) {
        return ASKED.matcher(form)
                .replaceAll(found ->
                        "Groups."
                                + found.group(1)
                                + (found.group(2).equals("PrefixListId")
                                        ? ".GroupId="
                                        : ".Description="));
    }
}
