package dev.efsautopilot.local.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlTest {
    @Test
    void a_list_is_items_and_return_is_underscored() {
        var json =
                Xml.toJson(
                        "<R><return>true</return><set><item><id>a</id><port>2049</port></item></set>"
                                + "<none/></R>");

        assertThat(json)
                .isEqualTo(
                        Json.parse(
                                """
                                {"_return":true,"set":{"items":[{"id":"a","port":2049}]},"none":{}}\
                                """));
    }

    @Test
    void what_is_written_reads_the_same() {
        var json = Json.parse("{\"_return\":true,\"set\":{\"items\":[{\"id\":\"a<b&c\"}]}}");

        assertThat(Xml.toJson(Xml.write("R", Json.copy(json)))).isEqualTo(json);
    }

    @Test
    void an_error_has_its_code_in_every_protocol() {
        assertThat(Response.xmlError("InvalidPermission.Duplicate", "x").errorCode())
                .isEqualTo("InvalidPermission.Duplicate");
        assertThat(Response.jsonError("ConflictException", "x").errorCode())
                .isEqualTo("ConflictException");
        assertThat(
                        Response.restError(409, "AccessPointAlreadyExists", "x", Json.object())
                                .errorCode())
                .isEqualTo("AccessPointAlreadyExists");
    }

    @Test
    void environment_values_are_hidden_wherever_they_are() {
        var hidden =
                Secrets.hidden(
                        Json.parse(
                                """
                                {"containerDefinitions":[{"environment":[{"name":"A","value":"s3cret"}]}]}\
                                """));

        assertThat(hidden.toString()).doesNotContain("s3cret").contains("\"A\"");
    }
}
