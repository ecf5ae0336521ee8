import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeTarget, pauseTarget, removeTarget } from "../../../../core/actions/monitoring/targets.ts";
import { tellOfContracts } from "../../../../core/actions/monitoring/tell-of-contracts.ts";
import { findTarget } from "../../../../core/db/monitoring/monitor-targets.ts";
import { accepted } from "../../../support/ipam.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
let targetId: number;
let sequence = 0;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.db.updateTable("monitor_target").set({ ends_on: null }).execute();
  sequence += 1;
  const answers = { provider: "PT Telkom", "ends-on": "2027-03-31" };
  ({ targetId } = await watched.put(`Link ${sequence}`, { kind: "link", answers }));
  await office.takeMail();
});

/** On the morning of that day in WIB. */
async function looks(day: string) {
  const setting = office.setting(new Date(`${day}T07:15:00+07:00`));
  await office.act((tx) => tellOfContracts(tx, setting));
  return (await office.takeMail()).map(({ to, kind, contracts }) => ({ to, kind, contracts }));
}

const told = (endsOn = "2027-03-31") => {
  const { infrastructure, leadership } = office.people;
  const notice = { kind: "contracts-ending", contracts: [{ targetId, endsOn }] };
  return [infrastructure, leadership].map(({ name }) => ({ to: name, ...notice }));
};

async function change(answers: { "ends-on": string }) {
  const { version = 0, name = "" } = (await findTarget(office.db, targetId)) ?? {};
  const said = { name, "link-kind": "internet", provider: "PT Telkom", ...answers };
  const input = { targetId, version, officeCode: null, parentId: null, answers: said };
  const by = office.people.infrastructure;
  accepted(await office.act((tx) => changeTarget(tx, by, office.setting(), input)));
}

describe("of a contract that ends", () => {
  it("infrastructure and leadership are told once at 90, 30 and 7 days", async () => {
    expect(await looks("2026-12-30")).toEqual([]);
    expect(await looks("2026-12-31")).toEqual(told());
    expect(await looks("2027-01-01")).toEqual([]);
    expect(await looks("2027-02-28")).toEqual([]);
    expect(await looks("2027-03-01")).toEqual(told());
    expect(await looks("2027-03-23")).toEqual([]);
    expect(await looks("2027-03-24")).toEqual(told());
    expect(await looks("2027-03-31")).toEqual([]);
    expect(await looks("2027-04-01")).toEqual([]);
  });

  it("they are told once of all that was passed over", async () => {
    expect(await looks("2027-03-30")).toEqual(told());
    expect(await looks("2027-03-31")).toEqual([]);
  });

  it("they are told anew of one that was extended", async () => {
    expect(await looks("2027-03-01")).toEqual(told());
    await change({ "ends-on": "2028-03-31" });
    expect(await looks("2027-03-24")).toEqual([]);
    expect(await looks("2028-01-01")).toEqual(told("2028-03-31"));
  });

  it("they are told of one that is paused, and not of one that was removed", async () => {
    const by = office.people.infrastructure;
    const version = (await findTarget(office.db, targetId))?.version ?? 0;
    const pause = { targetId, version, isPaused: true };
    accepted(await office.act((tx) => pauseTarget(tx, by, office.setting(), pause)));
    expect(await looks("2027-01-05")).toEqual(told());
    const removal = { targetId, version: version + 1 };
    accepted(await office.act((tx) => removeTarget(tx, by, office.setting(), removal)));
    expect(await looks("2027-03-01")).toEqual([]);
  });

  it("who is both hears of it once", async () => {
    await office.hire(["infrastructure", "leadership"], { name: "Kepala Seksi Jaringan" });
    const mail = await looks("2027-01-05");
    expect(mail.filter(({ to }) => to === "Kepala Seksi Jaringan")).toHaveLength(1);
  });
});
