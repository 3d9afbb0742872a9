package dev.efsautopilot.intent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeIntentTest {

    private static final String S3 =
            "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0";

    private static final String TAG = "efs-autopilot/volume/data";

    @Test
    void every_word_is_understood() {
        var intent =
                ok(
                        "fs=fs-0123456789abcdef0 mount=app:/var/lib/data mount=log:/data:ro"
                                + " path=/apps/@family/data uid=999 gid=998 gids=7:3 mode=0770"
                                + " iam=off");

        assertThat(intent)
                .isEqualTo(
                        new VolumeIntent(
                                "data",
                                new FileSystemName.Id("fs-0123456789abcdef0"),
                                List.of(
                                        new MountIntent(Optional.of("app"), "/var/lib/data", false),
                                        new MountIntent(Optional.of("log"), "/data", true)),
                                new Backing.NewAccessPoint(
                                        new PathTemplate("/apps/@family/data"),
                                        new Owner(
                                                new PosixId.Given(999),
                                                new PosixId.Given(998),
                                                List.of(3L, 7L),
                                                "0770")),
                                VolumeIntent.Iam.OFF));
    }

    @Test
    void absent_words_have_the_defaults_of_the_table() {
        var intent = ok("mount=/data");

        assertThat(intent.fileSystem()).isEqualTo(new FileSystemName.Default());
        assertThat(intent.iam()).isEqualTo(VolumeIntent.Iam.WITH_TASK_ROLE);
        assertThat(intent.mounts())
                .containsExactly(new MountIntent(Optional.empty(), "/data", false));
        assertThat(intent.backing())
                .isEqualTo(
                        new Backing.NewAccessPoint(
                                new PathTemplate("/{family}/{volume}"),
                                new Owner(
                                        new PosixId.Given(1000),
                                        new PosixId.Given(1000),
                                        List.of(),
                                        "0750")));
    }

    @Test
    void a_chosen_user_has_the_group_of_the_same_number() {
        assertThat(ok("uid=auto").backing())
                .isInstanceOfSatisfying(
                        Backing.NewAccessPoint.class,
                        made -> {
                            assertThat(made.owner().uid()).isEqualTo(new PosixId.Auto());
                            assertThat(made.owner().gid()).isEqualTo(new PosixId.Auto());
                        });
    }

    @Test
    void an_owner_is_shown_as_it_is_written() {
        var owner = new Owner(new PosixId.Given(999), new PosixId.Auto(), List.of(3L), "0750");

        assertThat(Json.MAPPER.<JsonNode>valueToTree(owner))
                .hasToString("{\"uid\":999,\"gid\":\"auto\",\"gids\":[3],\"mode\":\"0750\"}");
    }

    @Test
    void an_access_point_can_be_given_or_left_out() {
        assertThat(ok("access-point=fsap-0123456789abcdef0").backing())
                .isEqualTo(new Backing.GivenAccessPoint("fsap-0123456789abcdef0"));
        assertThat(ok("access-point=none path=/data").backing())
                .isEqualTo(new Backing.PlainDirectory(new PathTemplate("/data")));
    }

    @ParameterizedTest
    @CsvSource({
        "size=3, size",
        "Mount=/data, Mount",
        "data, data",
        "uid=, uid=",
        "=3, =3",
        "uid=1 uid=1, uid",
        "uid=root, uid",
        "uid=-1, uid",
        "uid=4294967296, uid",
        "uid=0, uid",
        "gid=0, gid",
        "gid=auto, gid",
        "gids=1:x, gids",
        "gids=1:0, gids",
        "gids=1:2:3:4:5:6:7:8:9:10:11:12:13:14:15:16:17, gids",
        "mode=rwx, mode",
        "mode=0790, mode",
        "mode=75, mode",
        "iam=yes, iam",
        "fs=orders, fs",
        "fs=name:, fs",
        "access-point=mine, access-point",
        "access-point=none uid=3, uid",
        "access-point=fsap-0123456789abcdef0 path=/data, path",
        "mount=app, mount",
        "mount=app:data, mount",
        "mount=app:/data:rw, mount",
        "mount=app:/, mount",
        "mount=app:/data/../etc, mount",
    })
    void a_wrong_word_is_refused_by_tag_word_and_remedy(String value, String word) {
        var refusal = refusal(VolumeIntent.parse(TAG, value));

        assertThat(refusal.field()).isEqualTo(TAG + ": " + word);
        assertThat(refusal.problem()).isNotBlank();
        assertThat(refusal.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "path=/x, '', /x",
        "path=/ access-point=none, '', /",
        "access-point=fsap-0123456789abcdef0, fsap-0123456789abcdef0, /",
        "access-point=FS/access-point/fsap-0123456789abcdef0 iam=on, fsap-0123456789abcdef0, /",
    })
    void s3_files_show_a_directory_or_an_access_point_that_is_there(
            String words, String accessPoint, String path) {
        assertThat(ok("fs=" + S3 + " " + words.replace("FS", S3)).backing())
                .isEqualTo(
                        new Backing.S3Files(
                                S3,
                                Optional.of(S3 + "/access-point/" + accessPoint)
                                        .filter(_ -> !accessPoint.isEmpty()),
                                new PathTemplate(path)));
    }

    @ParameterizedTest
    @CsvSource({
        "mount=/data, fs",
        "access-point=none, fs",
        "path=/x iam=off, iam",
        "path=/x uid=3, uid",
        "path=/x mode=0700, mode",
        "path=/x access-point=fsap-0123456789abcdef0, path",
        "access-point=mine, access-point",
        "access-point=FS1/access-point/fsap-0123456789abcdef0, access-point",
        "access-point=FS/access-point/mine, access-point",
    })
    void what_s3_files_do_not_have_is_refused(String words, String word) {
        var refusal = refusal(VolumeIntent.parse(TAG, "fs=" + S3 + " " + words.replace("FS", S3)));

        assertThat(refusal.field()).isEqualTo(TAG + ": " + word);
        assertThat(refusal.remedy()).isNotBlank();
    }

    @Test
    void a_tag_for_no_possible_volume_is_refused() {
        assertThat(refusal(VolumeIntent.parse("efs-autopilot/volume/my.data", "")).field())
                .isEqualTo("efs-autopilot/volume/my.data");
    }

    @Test
    void only_volume_tags_count_and_come_by_name() {
        var all =
                VolumeIntent.all(
                        Map.of(
                                "team", "orders",
                                "efs-autopilot/rerun", "on=failure",
                                "efs-autopilot/volume/log", "mount=/log",
                                "efs-autopilot/volume/data", "mount=/data"));

        assertThat(all)
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        found ->
                                assertThat((List<?>) found.value())
                                        .map(intent -> ((VolumeIntent) intent).volume())
                                        .containsExactly("data", "log"));
    }

    private static VolumeIntent ok(String value) {
        return switch (VolumeIntent.parse(TAG, value)) {
            case Result.Ok<VolumeIntent>(var intent) -> intent;
            case Result.Refused<VolumeIntent>(var refusal) ->
                    throw new AssertionError(refusal.sentence());
        };
    }

    private static Refusal refusal(Result<?> result) {
        return switch (result) {
            case Result.Ok<?>(var value) -> throw new AssertionError("accepted: " + value);
            case Result.Refused<?>(var refusal) -> refusal;
        };
    }
}
