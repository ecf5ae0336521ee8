import { afterAll, beforeAll, expect, test } from "vitest";
import { takeTargets } from "../../../../core/actions/monitoring/import-targets.ts";
import { moveCheck } from "../../../../core/actions/monitoring/move-check.ts";
import { listStandingAlerts } from "../../../../core/db/monitoring/monitor-alerts.ts";
import { listChecksOf } from "../../../../core/db/monitoring/monitor-checks.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";
import { listOutagesOf } from "../../../support/outages.ts";
import { targetLines } from "../../../support/target-file.ts";
import { second, withTargets } from "../../../support/watched.ts";

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office);
});
afterAll(() => office.close());

test("a list that corrects the ping of a router that is down tells of nothing behind it, and its outage lasts until it answers there", async () => {
  const router = await watched.put("Router pusat");
  const sites = [];
  for (const name of ["Dinkes", "Disdukcapil", "Camat"]) {
    sites.push(await watched.put(`Kantor ${name}`, { kind: "site", behind: router.targetId }));
  }
  const behind = sites.map(({ checkId }) => checkId);
  await watched.record(0, { up: [router.checkId, ...behind] });
  for (const seconds of [60, 63]) await watched.record(seconds, { down: [router.checkId, ...behind] });
  await office.takeMail();

  const correction = targetLines(["perangkat;Router pusat;;;10.20.0.9"]);
  const { infrastructure } = office.people;
  const taken = await office.act((tx) => takeTargets(tx, infrastructure, office.setting(second(70)), correction));
  expect(taken).toMatchObject({ marks: { changed: [2] }, problems: [] });
  const [ping] = await listChecksOf(office.db, router.targetId);
  expect(ping?.settings).toMatchObject({ address: "10.20.0.9" });
  const moved = ping?.id ?? 0;
  await watched.record(72, { down: [moved, ...behind] });
  await watched.look(74);
  expect((await watched.states()).get(router.targetId)).toBe("down");
  expect(await office.takeMail()).toEqual([]);
  expect(await listStandingAlerts(office.db)).toMatchObject([{ rootId: router.targetId, since: second(60) }]);
  expect(await listOutagesOf(office.db, router.targetId, 9)).toMatchObject([{ startedAt: second(60), endedAt: null }]);

  for (const seconds of [90, 93]) await watched.record(seconds, { up: [moved, ...behind] });
  expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["outage-over"]);
  expect(await listOutagesOf(office.db, router.targetId, 9)).toMatchObject([{ endedAt: second(90) }]);
});

test("is for who may manage targets, and moves a ping that is there alone", async () => {
  const { targetId, checkId } = await watched.put("Router timur");
  const job = await watched.put("Backup timur", { kind: "job" });
  const move = (by: keyof typeof office.people, id: number, address: string) =>
    office.act((tx) =>
      moveCheck(tx, office.people[by], office.setting(second(1)), {
        ...{ checkId: id, answers: { check: "icmp", address } },
      }),
    );
  const [ping] = await listChecksOf(office.db, targetId);
  const present = ping?.settings.kind === "icmp" ? ping.settings.address : "";
  expect(await move("itSupport", checkId, "10.20.0.7")).toMatchObject({ refusal: { code: "not-your-role" } });
  expect(await move("infrastructure", job.checkId, "10.20.0.7")).toMatchObject({ refusal: { code: "no-such-check" } });
  expect(await move("infrastructure", checkId, "8.8.8.8")).toMatchObject({
    refusal: { code: "address-outside-networks" },
  });
  expect(await move("infrastructure", checkId, present)).toMatchObject({ refusal: { code: "check-known" } });
  expect(await listChecksOf(office.db, targetId)).toEqual([ping]);
  expect(await move("infrastructure", checkId, "10.20.0.7")).toMatchObject({ ok: true });
  expect(await move("infrastructure", checkId, "10.20.0.8")).toMatchObject({ refusal: { code: "no-such-check" } });
});
