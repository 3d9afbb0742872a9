package dev.efsautopilot.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of addresses, or one address as a block of its own.
 *
 * @param bits 32 for IPv4, 128 for IPv6
 * @param network its first address
 * @param prefix how many leading bits all of its addresses share
 */
public record Cidr(int bits, BigInteger network, int prefix) {

    /** The block or address in this text; empty where it is neither. */
    public static Optional<Cidr> parse(String text) {
        var parts = text.strip().split("/", 2);
        try {
            var address = InetAddress.ofLiteral(parts[0]).getAddress();
            var bits = address.length * Byte.SIZE;
            var prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            return prefix < 0 || prefix > bits
                    ? Optional.empty()
                    : Optional.of(
                            new Cidr(
                                    bits,
                                    masked(bits, new BigInteger(1, address), prefix),
                                    prefix));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether every address of the other is in this one. */
    public boolean contains(Cidr other) {
        return bits == other.bits
                && prefix <= other.prefix
                && masked(bits, other.network, prefix).equals(network);
    }

    private static BigInteger masked(int bits, BigInteger address, int prefix) {
        return address.shiftRight(bits - prefix).shiftLeft(bits - prefix);
    }
}
