package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class DiagnosisPictureTest {

    private static final Diagnosis BROKEN =
            new Diagnosis(
                    List.of(
                            Finding.broken(
                                    Check.SECURITY_GROUPS_IN, "no rule of sg-1", "aws ec2 …"),
                            Finding.unknown(Check.DIRECTORY_OWNER, "no API tells"),
                            Finding.ok(Check.MOUNT_TARGET, "fsmt-1 is available")));

    @Test
    void each_hop_has_the_colour_of_its_worst_finding() throws Exception {
        var picture = drawn("task 1", BROKEN);

        var circles = picture.getElementsByTagName("circle");
        assertThat(circles.getLength()).isEqualTo(3);
        assertThat(List.of(0, 1, 2))
                .extracting(
                        i -> circles.item(i).getAttributes().getNamedItem("fill").getNodeValue())
                .containsExactly("#cf222e", "#1a7f37", "#818b98");
        assertThat(picture.getDocumentElement().getTextContent()).contains("no rule of sg-1");
    }

    @Test
    void names_can_not_break_out_of_the_picture() throws Exception {
        var evil = "</text><script>alert(\"1\")</script>\u0000\u001b[31m & \ud800";

        var picture =
                drawn(evil, new Diagnosis(List.of(Finding.broken(Check.FILE_SYSTEM, evil, evil))));

        assertThat(picture.getElementsByTagName("script").getLength()).isZero();
        assertThat(picture.getDocumentElement().getTextContent())
                .contains("</text><script>alert(\"1\")</script>");
    }

    @Test
    void the_answer_in_json_draws_the_same_picture() {
        var parsed = Diagnosis.parse(Json.MAPPER.valueToTree(BROKEN.toMap()));

        assertThat(parsed).isEqualTo(BROKEN);
    }

    @Test
    void the_text_has_one_line_a_check_and_the_cause_first() {
        assertThat(DiagnosisText.of(BROKEN, false).lines())
                .containsExactly(
                        "broken   security-groups-in  no rule of sg-1",
                        "                             → aws ec2 …",
                        "unknown  directory-owner     no API tells",
                        "ok       mount-target        fsmt-1 is available");
    }

    @Test
    void a_reason_can_not_steer_the_terminal() {
        var evil = new Diagnosis(List.of(Finding.ok(Check.FILE_SYSTEM, "a\u001b[2J\nb")));

        assertThat(DiagnosisText.of(evil, false)).isEqualTo("ok       file-system  a [2J b");
        assertThat(DiagnosisText.of(evil, true)).startsWith("\u001b[32mok     \u001b[0m");
    }

    private static Document drawn(String subject, Diagnosis diagnosis) throws Exception {
        var text = DiagnosisPicture.of(subject, diagnosis);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
