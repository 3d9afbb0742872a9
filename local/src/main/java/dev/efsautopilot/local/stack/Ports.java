package dev.efsautopilot.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface. */
final class Ports {

    private Ports() {}

    /** A port that nobody uses now. */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("no free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    /**
     * Makes sure that a wanted port is free.
     *
     * @throws StartFailure when somebody uses it
     */
    static int require(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure(
                    "port %d is in use; choose another with --port, or leave it out for a free one"
                            .formatted(port),
                    e);
        }
    }
}
