package dev.efsautopilot.local.tasks;

/** An IPv4 range. */
record Cidr(long base, int bits) {

    /** Parses {@code 10.0.0.0/16}; a plain address is a range of one. */
    static Cidr parse(String text) {
        var parts = text.split("/", 2);
        var bits = parts.length > 1 ? Integer.parseInt(parts[1]) : 32;
        return new Cidr(number(parts[0]) & mask(bits), bits);
    }

    boolean contains(String address) {
        return (number(address) & mask(bits)) == base;
    }

    /** The address this far behind the first, going round at the end of the range. */
    String address(int offset) {
        var size = 1L << (32 - bits);
        var value = base + (offset % Math.max(1, size - 1));
        return "%d.%d.%d.%d"
                .formatted(value >> 24 & 255, value >> 16 & 255, value >> 8 & 255, value & 255);
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : 0xFFFFFFFFL << (32 - bits) & 0xFFFFFFFFL;
    }

    private static long number(String address) {
        long value = 0;
        for (var part : address.split("\\.", -1)) {
            value = value << 8 | Integer.parseInt(part);
        }
        return value;
    }
}
