import { expect, test } from "vitest";
import { parseAnswer } from "../../../../core/domain/form/field.ts";
import { incidentOf } from "../../../../core/domain/monitoring/incident.ts";
import { findProcedure } from "../../../../core/domain/procedures/index.ts";
import { sundayMorning } from "../../../support/domain.ts";

const network = (connection: string) => ({
  ...{ procedure: "internet-trouble", subject: "Trunk", answers: { connection, place: "Trunk" } },
});

test.each([
  ["application", null, { procedure: "application-trouble", subject: "Trunk", answers: { application: "Trunk" } }],
  ["job", null, { procedure: "application-trouble", subject: "Trunk", answers: { application: "Trunk" } }],
  ["site", null, network("both")],
  ["device", null, network("both")],
  ["link", "internet", network("internet")],
  ["link", "secured", network("internet")],
  ["link", "closed", network("intranet")],
  ["link", "vpn", network("intranet")],
] as const)("an outage of a %s (%s) is filed as its procedure asks", (kind, linkKind, expected) => {
  const incident = incidentOf({ kind, name: "Trunk", linkKind });
  expect(incident).toEqual(expected);
  for (const [name, answer] of Object.entries(incident.answers)) {
    const field = findProcedure(incident.procedure).form.find((each) => each.name === name);
    expect(field && parseAnswer(field, answer, { now: sundayMorning, zone: "Asia/Jakarta" })).toMatchObject({
      ok: true,
    });
  }
});

test("a name that is longer than the form takes is cut", () => {
  const { answers } = incidentOf({ kind: "application", name: "x".repeat(150), linkKind: null });
  expect(answers.application?.length).toBeLessThanOrEqual(100);
});
