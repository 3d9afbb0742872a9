package dev.efsautopilot.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortsTest {

    @Test
    void a_port_in_use_is_named_with_the_way_out() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.require(taken.getLocalPort()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(taken.getLocalPort() + " is in use")
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void a_free_port_is_granted() {
        int port = Ports.free();

        assertThat(Ports.require(port)).isEqualTo(port);
    }
}
