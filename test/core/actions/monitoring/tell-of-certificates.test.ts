import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellOfCertificates } from "../../../../core/actions/monitoring/tell-of-certificates.ts";
import { insertCheck } from "../../../../core/db/monitoring/monitor-checks.ts";
import { insertSamples } from "../../../../core/db/monitoring/monitor-samples.ts";
import type { TargetKind } from "../../../../core/domain/monitoring/target.ts";
import { answer } from "../../../support/monitoring.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { second, withTargets } from "../../../support/watched.ts";

const day = 86_400;

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());

type Page = { targetId: number; checkId: number };

/** @param at where a machine hosts it */
async function putPage(name: string, kind: TargetKind, at?: string): Promise<Page> {
  const { targetId } = await watched.put(name, { kind });
  const settings = { kind: "http", url: "https://simpeg.labura.go.id/", status: null, text: null } as const;
  const here = at === undefined ? settings : { ...settings, at };
  const checkId = await office.act((tx) => insertCheck(tx, { targetId, settings: here, now: second(0) }));
  return { targetId, checkId: checkId ?? 0 };
}

/** Its page was asked, and showed a certificate that ends then; afterwards the clock looks. */
async function looks({ checkId }: Page, atDay: number, endsOnDay: number | null) {
  const at = second(atDay * day);
  const certificateEndsAt = endsOnDay === null ? null : second(endsOnDay * day + 60);
  const sample = { ...answer(0), checkId, at, certificateEndsAt };
  await office.act((tx) => insertSamples(tx, [sample]));
  const now = new Date(at.getTime() + 1_000);
  await office.act((tx) => tellOfCertificates(tx, office.setting(now)));
  return (await office.takeMail()).map(({ to, kind, certificates }) => ({ to, kind, certificates }));
}

const told = (role: "infrastructure" | "dataCenter", { targetId }: Page, endsOnDay: number) => {
  const certificates = [{ targetId, endsAt: second(endsOnDay * day + 60).toISOString() }];
  return { to: office.people[role].name, kind: "certificates-ending", certificates };
};

describe("of certificates that end soon", () => {
  it("infrastructure is told once for each of the profile's days, and again of a renewed one", async () => {
    const page = await putPage("Router", "device");
    const ofIt = (endsOnDay: number) => [told("infrastructure", page, endsOnDay)];
    expect(await looks(page, 0, 31)).toEqual([]);
    expect(await looks(page, 1, 31)).toEqual(ofIt(31));
    expect(await looks(page, 2, 31)).toEqual([]);
    expect(await looks(page, 25, 31)).toEqual(ofIt(31));
    expect(await looks(page, 26, 120)).toEqual([]);
    expect(await looks(page, 110, 120)).toEqual(ofIt(120));
  });

  it("nobody is told of what nobody has seen for days", async () => {
    await office.act((tx) => tellOfCertificates(tx, office.setting(second(119 * day))));
    expect(await office.takeMail()).toEqual([]);
  });

  it("the data center is told of those of applications, too, and who does both once", async () => {
    const router = await putPage("Switch", "device");
    const page = await putPage("SIMPEG", "application");
    const hasBoth = await office.hire(["infrastructure", "data-center"], { name: "Dua Tugas" });
    await office.act((tx) =>
      insertSamples(tx, [
        { ...answer(0), checkId: router.checkId, at: second(200 * day), certificateEndsAt: second(207 * day) },
      ]),
    );
    const mail = await looks(page, 200, 206);
    const { infrastructure, dataCenter } = office.people;
    const targets = mail.map(({ to, certificates }) => [
      to,
      (certificates as { targetId: number }[]).map(({ targetId }) => targetId),
    ]);
    expect(targets.toSorted()).toEqual(
      [
        [dataCenter.name, [page.targetId]],
        [hasBoth.name, [page.targetId, router.targetId]],
        [infrastructure.name, [page.targetId, router.targetId]],
      ].toSorted(),
    );
    await office.db.deleteFrom("person_role").where("person_id", "=", hasBoth.id).execute();
  });

  it("of what a machine hosts nobody is told before its proxy should have renewed it", async () => {
    const page = await putPage("Situs", "application", "10.1.0.5");
    expect(await looks(page, 300, 330)).toEqual([]);
    expect(await looks(page, 315, 330)).toEqual([]);
    expect(await looks(page, 316, 330)).toEqual([told("infrastructure", page, 330), told("dataCenter", page, 330)]);
  });

  it("nobody is told of what an authority of our own issues, which has no end", async () => {
    const page = await putPage("Internal", "application", "10.1.0.6");
    expect(await looks(page, 400, null)).toEqual([]);
  });
});
