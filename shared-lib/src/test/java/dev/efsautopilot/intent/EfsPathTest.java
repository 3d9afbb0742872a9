package dev.efsautopilot.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.plan.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EfsPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/data, /data",
        "/a/b/c/d, /a/b/c/d",
        "/a.b/c..d, /a.b/c..d",
    })
    void a_path_is_taken_as_it_is_written(String text, String normal) {
        assertThat(EfsPath.parse("path", text).then(path -> Result.ok(path.text())))
                .isEqualTo(Result.ok(normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data",
                "//",
                "/data/",
                "/data//orders",
                "//data",
                "/data/..",
                "/../data",
                "/data/./x",
                "/.hidden",
                "/a/b/c/d/e",
                "/a$b",
                "/a*",
                "/a{b}",
                "/a\nb",
                "/a\u0000"
            })
    void what_efs_forbids_is_refused(String text) {
        assertThat(EfsPath.parse("path", text)).isInstanceOf(Result.Refused.class);
    }

    @Test
    void a_refusal_says_how_slashes_are_written() {
        assertThat(EfsPath.parse("path", "/data/"))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused ->
                                assertThat(refused.toString())
                                        .contains("'/data/' has // or a / at its end")
                                        .contains("none after the last"));
    }

    @Test
    void a_hundred_characters_are_the_most() {
        assertThat(EfsPath.parse("path", "/" + "a".repeat(99))).isInstanceOf(Result.Ok.class);
        assertThat(EfsPath.parse("path", "/" + "a".repeat(100))).isInstanceOf(Result.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /anything, true",
        "/data, /data, true",
        "/data, /data/orders, true",
        "/data, /database, false",
        "/data/orders, /data, false",
        "/apps /shared, /shared/x, true",
        "/apps /shared, /sharedx, false",
    })
    void a_prefix_matches_whole_levels(String allow, String path, boolean allowed) {
        var answer =
                AllowedPaths.parse("allow", allow)
                        .then(paths ->
                                EfsPath.parse("path", path)
                                        .then(found -> Result.ok(paths.allows(found))));

        assertThat(answer).isEqualTo(Result.ok(allowed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "data", "/a /../b", "on"})
    void an_owner_who_names_no_path_allows_none(String allow) {
        assertThat(AllowedPaths.parse("allow", allow)).isInstanceOf(Result.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/{family}/{volume}, /orders/data",
        "/apps/@family/@volume, /apps/orders/data",
        "/{family}-{volume}, /orders-data",
        "/x@family, /x@family",
    })
    void names_go_to_their_places(String template, String path) {
        assertThat(
                        new PathTemplate(template)
                                .fill("path", "orders", "data")
                                .then(filled -> Result.ok(filled.text())))
                .isEqualTo(Result.ok(path));
    }
}
