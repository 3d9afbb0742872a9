package dev.efsautopilot.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

    /** The address that is so many after its first, as a block of its own. */
    public Cidr address(int offset) {
        return new Cidr(bits, network.add(BigInteger.valueOf(offset)), bits);
    }

    /** As AWS writes it, e.g. {@code 10.0.0.0/16}. */
    public String text() {
        var bytes = new byte[bits / Byte.SIZE];
        var number = network.toByteArray();
        var length = Math.min(number.length, bytes.length);
        System.arraycopy(number, number.length - length, bytes, bytes.length - length, length);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static BigInteger masked(int bits, BigInteger address, int prefix) {
        return address.shiftRight(bits - prefix).shiftLeft(bits - prefix);
    }
}
