import { afterAll, beforeAll, expect, test } from "vitest";
import { findOutageFacts } from "../../../../core/db/monitoring/outage-facts.ts";
import { setCause } from "../../../../core/db/monitoring/outages.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { listOutagesOf } from "../../../support/outages.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());

/** An office behind its link, which lies behind what another one runs. All answer. */
async function putRow(name: string, above: "link" | "device") {
  const trunk = await watched.put(`Trunk ${name}`, { kind: above, answers: above === "link" ? { provider: "B" } : {} });
  const link = await watched.put(`Link ${name}`, { kind: "link", behind: trunk.targetId, answers: { provider: "A" } });
  const site = await watched.put(`Kantor ${name}`, { kind: "site", behind: link.targetId });
  await watched.record(0, { up: [trunk.checkId, link.checkId, site.checkId] });
  return { trunk, link, site };
}

async function cut(...targets: { checkId: number }[]) {
  for (const seconds of [60, 63]) await watched.record(seconds, { down: targets.map(({ checkId }) => checkId) });
  await watched.look(120);
}

async function providerOf({ targetId }: { targetId: number }) {
  const [outage] = await listOutagesOf(office.db, targetId, 1);
  return (await findOutageFacts(office.db, outage?.id ?? 0))?.link?.provider;
}

test("the provider of an outage is whose link all the others were down by", async () => {
  const { trunk, link, site } = await putRow("satu", "link");
  await cut(trunk, link, site);
  expect([await providerOf(site), await providerOf(link), await providerOf(trunk)]).toEqual(["B", "B", "B"]);
});

test("of what was down by itself it is the provider of the link by which that is reached", async () => {
  const { site } = await putRow("dua", "link");
  await cut(site);
  expect(await providerOf(site)).toBe("A");
});

test("of what was down by a router of the office's own there is none", async () => {
  const { trunk, link, site } = await putRow("tiga", "device");
  await cut(trunk, link, site);
  expect([await providerOf(site), await providerOf(link)]).toEqual([undefined, undefined]);
});

test("of what lies behind an office that failed it is the provider of the link that leads there", async () => {
  const { site } = await putRow("enam", "link");
  const device = await watched.put("Switch enam", { kind: "device", behind: site.targetId });
  await watched.record(0, { up: [device.checkId] });
  await cut(site, device);
  expect([await providerOf(site), await providerOf(device)]).toEqual(["A", "A"]);
});

test("of a root that was removed since it stays", async () => {
  const { trunk, link, site } = await putRow("empat", "link");
  await cut(trunk, link, site);
  await office.db
    .updateTable("monitor_target")
    .set({ removed_at: second(200) })
    .where("id", "=", trunk.targetId)
    .execute();
  expect(await providerOf(site)).toBe("B");
});

test("what it lay behind when it began, and whose cause is its own, stay known once that is back", async () => {
  const { trunk, link, site } = await putRow("lima", "link");
  await cut(trunk, link, site);
  const [root] = await listOutagesOf(office.db, trunk.targetId, 1);
  await office.act((tx) => setCause(tx, root?.id ?? 0, "power"));
  const [back, slow] = [[trunk.checkId, link.checkId], [site.checkId]];
  for (const seconds of [123, 126, 180, 240, 306]) await watched.record(seconds, { up: back, down: slow });
  await watched.look(310);
  const [outage] = await listOutagesOf(office.db, site.targetId, 1);
  expect(await findOutageFacts(office.db, outage?.id ?? 0)).toMatchObject({
    ...{ rootName: null, beganBehindName: "Trunk lima", cause: "power", causeFromName: "Trunk lima" },
    link: { provider: "A" },
  });
});
