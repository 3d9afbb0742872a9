package dev.efsautopilot.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.intent.EfsPath;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachVolumesTest {

    private static final String S3 =
            "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0";
    private static final String S3_WORDS = "mount=/data path=/ fs=" + S3;

    private static final String ONE =
            "{'family':'orders','revision':7,'status':'ACTIVE','taskRoleArn':'arn:role',"
                    + "'containerDefinitions':[{'name':'app','image':'a'}]}";

    @Test
    void a_volume_and_its_mount_point_are_added() throws JsonProcessingException {
        assertThat(ok(ONE, "mount=/data"))
                .isEqualTo(
                        json(
                                """
                                {'family':'orders','taskRoleArn':'arn:role','containerDefinitions':
                                 [{'name':'app','image':'a','mountPoints':[{'sourceVolume':'data',
                                   'containerPath':'/data','readOnly':false}]}],
                                 'volumes':[{'name':'data','efsVolumeConfiguration':
                                 {'fileSystemId':'fs-1','transitEncryption':'ENABLED',
                                  'authorizationConfig':{'accessPointId':'fsap-1',
                                   'iam':'ENABLED'}}}]}\
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mount=/data                  | arn:role | ENABLED",
                "mount=/data                  |          | DISABLED",
                "mount=/data iam=off          | arn:role | DISABLED",
                "mount=/data iam=on           | arn:role | ENABLED",
            })
    void iam_is_on_where_there_is_a_task_role(String value, String role, String iam)
            throws JsonProcessingException {
        var source = ONE.replace("arn:role", role == null ? "" : role);

        assertThat(
                        ok(source, value)
                                .at("/volumes/0/efsVolumeConfiguration/authorizationConfig/iam")
                                .textValue())
                .isEqualTo(iam);
    }

    @ParameterizedTest
    @CsvSource({"'{\"name\":\"data\"}'", "'{\"name\":\"data\",\"host\":{}}'"})
    void an_empty_volume_is_filled_in(String volume) throws JsonProcessingException {
        var source =
                """
                {'family':'orders','revision':7,'containerDefinitions':[{'name':'app',
                 'mountPoints':[{'sourceVolume':'data','containerPath':'/d'}]}],'volumes':[%s]}\
                """
                        .formatted(volume);
        var revised = ok(source, "");

        assertThat(revised.path("containerDefinitions"))
                .isEqualTo(json(source).path("containerDefinitions"));
        assertThat(revised.path("volumes")).hasSize(1);
        assertThat(revised.at("/volumes/0/efsVolumeConfiguration/fileSystemId").textValue())
                .isEqualTo("fs-1");
        assertThat(revised.at("/volumes/0/host").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mount=/data iam=on | 'taskRoleArn':'arn:role' | 'taskRoleArn':'' | : iam",
                "mount=web:/data | x | x | : mount",
                "mount=/data | {'name':'app','image':'a'} | {'name':'a'},{'name':'b'} | : mount",
                "mount=/data | 'image':'a' | 'essential':false | : mount",
                "iam=off | x | x | : mount",
                "mount=/data mount=app:/data:ro | x | x | : mount",
                "mount=/data | 'image':'a' | 'mountPoints':[{'sourceVolume':'x','containerPath':'/data/'}] | : mount",
                "mount=/data | 'image':'a' | 'linuxParameters':{'tmpfs':[{'containerPath':'/data'}]} | : mount",
                "mount=/data | 'family' | 'volumes':[{'name':'data','host':{'sourcePath':'/x'}}],'family' | kind",
                "mount=/data | 'family' | 'volumes':[{'name':'data','configuredAtLaunch':true}],'family' | kind",
                "mount=/data | 'family' | 'volumes':[{'name':'data','efsVolumeConfiguration':{'fileSystemId':'fs-2'}}],'family' | settings",
                "mount=/data | 'family' | 'runtimePlatform':{'operatingSystemFamily':'WINDOWS_SERVER_2022_CORE'},'family' | runtimePlatform",
                "mount=/data | 'family' | 'requiresCompatibilities':['EC2','EXTERNAL'],'family' | EXTERNAL",
                "mount=/data | ACTIVE | INACTIVE | INACTIVE",
            })
    void what_cannot_be_is_refused(String value, String old, String now, String words)
            throws JsonProcessingException {
        assertThat(revise(ONE.replace(old, now), value))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> {
                            assertThat(refused.refusal().sentence()).contains(words);
                            assertThat(refused.refusal().remedy()).isNotBlank();
                        });
    }

    @Test
    void what_is_as_asked_stays_as_it_is_with_the_defaults_that_ecs_writes_out()
            throws JsonProcessingException {
        var described = ok(ONE, "mount=/data");
        ((ObjectNode) described.at("/volumes/0/efsVolumeConfiguration")).put("rootDirectory", "/");
        var again = ok(described.toString(), "mount=/data");

        assertThat(AttachVolumes.same(described, again)).isTrue();
        assertThat(AttachVolumes.same(described, ok(ONE, "mount=/data"))).isTrue();
    }

    @Test
    void a_directory_without_access_point_is_mounted_encrypted() throws JsonProcessingException {
        var root = new Attachment.Root.Directory(new EfsPath(List.of("x")));

        assertThat(
                        volume(revise(ONE, "mount=/data access-point=none path=/x", "fs-1", root))
                                .path("efsVolumeConfiguration"))
                .isEqualTo(
                        json(
                                """
                                {'fileSystemId':'fs-1','transitEncryption':'ENABLED',
                                 'rootDirectory':'/x','authorizationConfig':{'iam':'ENABLED'}}\
                                """));
    }

    @Test
    void s3_files_are_mounted_through_their_access_point_or_a_directory()
            throws JsonProcessingException {
        var accessPoint = S3 + "/access-point/fsap-0123456789abcdef0";

        assertThat(volume(revise(ONE, S3_WORDS, S3, s3(accessPoint, "/"))))
                .isEqualTo(
                        json(
                                """
                                {'name':'data','s3filesVolumeConfiguration':
                                 {'fileSystemArn':'%s','accessPointArn':'%s'}}\
                                """
                                        .formatted(S3, accessPoint)));
        assertThat(volume(revise(ONE, S3_WORDS, S3, s3("", "/x"))))
                .isEqualTo(
                        json(
                                """
                                {'name':'data','s3filesVolumeConfiguration':
                                 {'fileSystemArn':'%s','rootDirectory':'/x'}}\
                                """
                                        .formatted(S3)));
    }

    @Test
    void s3_files_that_are_as_asked_stay_as_they_are() throws JsonProcessingException {
        var source =
                """
                {'family':'orders','revision':7,'taskRoleArn':'arn:role',
                 'containerDefinitions':[{'name':'app','mountPoints':
                   [{'sourceVolume':'data','containerPath':'/data','readOnly':false}]}],
                 'volumes':[{'name':'data','s3filesVolumeConfiguration':{'fileSystemArn':'%s',
                   'rootDirectory':'/','transitEncryptionPort':20049}}]}\
                """
                        .formatted(S3);

        assertThat(ok(revise(source, S3_WORDS, S3, s3("", "/"))))
                .isEqualTo(new Revision(json(source), Map.of()).copy());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'taskRoleArn':'arn:role' | 'taskRoleArn':'' | : iam",
                "'family' | 'volumes':[{'name':'data','efsVolumeConfiguration':{'fileSystemId':'fs-2'}}],'family' | kind",
                "'family' | 'volumes':[{'name':'data','s3filesVolumeConfiguration':{'fileSystemArn':'x'}}],'family' | settings",
                "ACTIVE | INACTIVE | INACTIVE",
            })
    void what_cannot_be_of_s3_files_is_refused(String old, String now, String words)
            throws JsonProcessingException {
        assertThat(revise(ONE.replace(old, now), S3_WORDS, S3, s3("", "/")))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.refusal().sentence()).contains(words));
    }

    private static Attachment.Root s3(String accessPoint, String path) {
        return new Attachment.Root.S3Files(
                Optional.of(accessPoint).filter(arn -> !arn.isEmpty()),
                new EfsPath(path.equals("/") ? List.of() : List.of(path.substring(1))));
    }

    private static JsonNode volume(Result<ObjectNode> revised) {
        return ok(revised).at("/volumes/0");
    }

    @Test
    void generated_definitions_lose_nothing_and_get_only_what_was_asked() {
        var seed = Long.getLong("seed", System.nanoTime());
        for (var n = 0; n < 500; n++) {
            var generated = new GeneratedDefinition(seed + n);
            var source = new Revision(generated.described(), Map.of());
            var attachments =
                    generated.wanted().stream()
                            .map(intent ->
                                    new Attachment(
                                            intent, "fs-1", new Attachment.Root.Existing("fsap-1")))
                            .toList();
            var result = AttachVolumes.revise(source, attachments, _ -> "");

            assertThat(result)
                    .as("-Dseed=%d", seed + n)
                    .isInstanceOfSatisfying(
                            Result.Ok.class,
                            made ->
                                    assertThat(generated.without((ObjectNode) made.value()))
                                            .isEqualTo(generated.input()));
        }
    }

    private static ObjectNode ok(String definition, String value) throws JsonProcessingException {
        return ok(revise(definition, value));
    }

    private static ObjectNode ok(Result<ObjectNode> result) {
        return switch (result) {
            case Result.Ok<ObjectNode>(var revised) -> revised;
            case Result.Refused<ObjectNode>(var refusal) ->
                    throw new AssertionError(refusal.sentence());
        };
    }

    private static Result<ObjectNode> revise(String definition, String value)
            throws JsonProcessingException {
        return revise(definition, value, "fs-1", new Attachment.Root.Existing("fsap-1"));
    }

    private static Result<ObjectNode> revise(
            String definition, String value, String fileSystem, Attachment.Root root)
            throws JsonProcessingException {
        return AttachVolumes.revise(
                new Revision(json(definition), Map.of()),
                List.of(new Attachment(intent(value), fileSystem, root)),
                _ -> "");
    }

    private static VolumeIntent intent(String value) {
        return switch (VolumeIntent.parse("efs-autopilot/volume/data", value)) {
            case Result.Ok<VolumeIntent>(var intent) -> intent;
            case Result.Refused<VolumeIntent>(var refusal) ->
                    throw new AssertionError(refusal.sentence());
        };
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
