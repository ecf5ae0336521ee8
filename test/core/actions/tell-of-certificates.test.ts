import { afterAll, beforeAll, expect, it } from "vitest";
import { addCheck } from "../../../core/actions/targets.ts";
import { tellOfCertificates } from "../../../core/actions/tell-of-certificates.ts";
import { listChecksOf } from "../../../core/db/monitor-checks.ts";
import { insertSamples } from "../../../core/db/monitor-samples.ts";
import { accepted } from "../../support/ipam.ts";
import { answer } from "../../support/monitoring.ts";
import { openOffice, type TestOffice } from "../../support/office.ts";
import { second, withTargets } from "../../support/watched.ts";

const day = 86_400;

let office: TestOffice;
let checkId: number;
let targetId: number;
beforeAll(async () => {
  office = await openOffice();
  targetId = (await withTargets(office).put("SIMPEG", { kind: "application" })).targetId;
  const answers = { check: "http", url: "https://simpeg.labura.go.id/" };
  const { infrastructure } = office.people;
  const input = { targetId, answers };
  accepted(await office.act((tx) => addCheck(tx, infrastructure, office.setting(second(0)), input)));
  checkId = (await listChecksOf(office.db, targetId)).at(-1)?.id ?? 0;
});
afterAll(() => office.close());

/** Its page was asked, and showed a certificate that ends then; afterwards the clock looks. */
async function looks(atDay: number, endsOnDay: number) {
  const at = second(atDay * day);
  const sample = { ...answer(0), checkId, at, certificateEndsAt: second(endsOnDay * day + 60) };
  await office.act((tx) => insertSamples(tx, [sample]));
  const now = new Date(at.getTime() + 1_000);
  await office.act((tx) => tellOfCertificates(tx, office.setting(now)));
  return (await office.takeMail()).map(({ to, kind, certificates }) => ({ to, kind, certificates }));
}

it("infrastructure is told once for each of the profile's days, and again of a renewed one", async () => {
  const { name } = office.people.infrastructure;
  const told = (endsOnDay: number) => {
    const certificates = [{ targetId, endsAt: second(endsOnDay * day + 60).toISOString() }];
    return [{ to: name, kind: "certificates-ending", certificates }];
  };
  expect(await looks(0, 31)).toEqual([]);
  expect(await looks(1, 31)).toEqual(told(31));
  expect(await looks(2, 31)).toEqual([]);
  expect(await looks(25, 31)).toEqual(told(31));
  expect(await looks(26, 120)).toEqual([]);
  expect(await looks(110, 120)).toEqual(told(120));
});

it("nobody is told of what nobody has seen for days", async () => {
  await office.act((tx) => tellOfCertificates(tx, office.setting(second(119 * day))));
  expect(await office.takeMail()).toEqual([]);
});
