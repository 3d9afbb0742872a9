package dev.efsautopilot.local.tasks;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * An IPv4 or IPv6 range.
 *
 * @param size how many bits an address of it has
 * @param bits how many of them are the same in all of its addresses
 */
record Cidr(BigInteger base, int bits, int size) {

    /**
     * Parses {@code 10.0.0.0/16} or {@code 2001:db8::/64}; a plain address is a range of one.
     *
     * @throws IllegalArgumentException where it is neither
     */
    static Cidr parse(String text) {
        var parts = text.split("/", 2);
        var address = InetAddress.ofLiteral(parts[0]).getAddress();
        var size = address.length * Byte.SIZE;
        var bits = parts.length > 1 ? Integer.parseInt(parts[1]) : size;
        return new Cidr(first(new BigInteger(1, address), size - bits), bits, size);
    }

    boolean contains(String address) {
        var other = parse(address);
        return other.size == size && first(other.base, size - bits).equals(base);
    }

    /** The IPv4 address this far behind the first, going round at the end of the range. */
    String address(int offset) {
        var value = base.longValueExact() + offset % Math.max(1, (1L << (32 - bits)) - 1);
        return "%d.%d.%d.%d"
                .formatted(value >> 24 & 255, value >> 16 & 255, value >> 8 & 255, value & 255);
    }

    private static BigInteger first(BigInteger address, int free) {
        return address.shiftRight(free).shiftLeft(free);
    }
}
