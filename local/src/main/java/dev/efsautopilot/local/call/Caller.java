package dev.efsautopilot.local.call;

/** Who makes a call. */
public sealed interface Caller {

    /** A person with a key, the SAM CLI, the aws CLI. */
    record User(String account, String accessKeyId) implements Caller {
        @Override
        public String name() {
            return "user";
        }

        @Override
        public String arn() {
            return "arn:aws:iam::" + account + ":user/you";
        }
    }

    /** A function in its execution role. */
    record Function(String account, String accessKeyId, Principal principal) implements Caller {
        @Override
        public String name() {
            return principal.functionName();
        }

        @Override
        public String arn() {
            return "arn:aws:sts::%s:assumed-role/%s/%s"
                    .formatted(account, roleName(), principal.functionName());
        }

        /** The last part of the role's ARN. */
        public String roleName() {
            return principal.roleArn().replaceAll(".*/", "");
        }
    }

    /** The name in the record: a function's name, or {@code user}. */
    String name();

    /** The ARN that AWS would write into a CloudTrail record. */
    String arn();

    /** The key the call was signed with, empty where it was not signed. */
    String accessKeyId();

    /** True where a function makes the call. */
    default boolean isFunction() {
        return this instanceof Function;
    }

    /**
     * True where the name given is this caller's function name or ends it after a hyphen, so that
     * {@code volumes} finds {@code ecs-efs-autopilot-volumes}.
     */
    default boolean is(String name) {
        return name().equals(name) || name().endsWith("-" + name);
    }
}
