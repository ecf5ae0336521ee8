import { afterAll, beforeAll, expect, it } from "vitest";
import { type FirstTarget, prepareTargets } from "../../../../core/actions/monitoring/prepare-targets.ts";
import { removeTarget } from "../../../../core/actions/monitoring/targets.ts";
import { preparePlayground } from "../../../../core/actions/prepare-installation.ts";
import { insertCheck, listChecks, markCheckRemoved } from "../../../../core/db/monitoring/monitor-checks.ts";
import { findTargetNamed } from "../../../../core/db/monitoring/monitor-targets.ts";
import { findPersonByPlaygroundKey } from "../../../../core/db/people/people.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
  const infrastructure = { key: "infrastructure", name: "Syahrul Munthe", roles: ["infrastructure"] as const };
  const people = [{ ...infrastructure, nip: null, officeCode: "Diskominfo" }];
  await office.act((tx) => preparePlayground(tx, people, office.setting()));
});
afterAll(() => office.close());

const trunk = (port: number): FirstTarget => ({
  ...{ kind: "link" as const, officeCode: null, behind: null },
  answers: { name: "Trunk", "link-kind": "internet" },
  settings: { kind: "tcp", address: "127.77.0.1", port },
});
const page = (port: number): FirstTarget => ({
  ...{ kind: "site" as const, officeCode: "Dinkes", behind: "Trunk", answers: { name: "Kantor Dinkes" } },
  settings: { kind: "http", url: `http://127.77.0.2:${port}/`, status: null, text: "Dinkes" },
});

const prepare = (...targets: FirstTarget[]) => office.act((tx) => prepareTargets(tx, office.setting(), targets));
const settings = async () => (await listChecks(office.db)).map((check) => check.settings);

it("a playground begins with links that lie behind each other", async () => {
  await prepare(trunk(4001), page(4002));

  const trunkOf = await findTargetNamed(office.db, "Trunk");
  const site = await findTargetNamed(office.db, "Kantor Dinkes");
  expect(site?.parentId).toBe(trunkOf?.id);
  expect(await settings()).toEqual([trunk(4001).settings, page(4002).settings]);
});

it("the checks follow the ports of the next start, and what was seen stays theirs", async () => {
  const ids = (await listChecks(office.db)).map(({ id }) => id);
  await prepare(trunk(5001), page(5002));
  expect(await settings()).toEqual([trunk(5001).settings, page(5002).settings]);
  expect((await listChecks(office.db)).map(({ id }) => id)).toEqual(ids);
});

it("of two checks of one target at one address the first follows, and the other stays as it was", async () => {
  const target = await findTargetNamed(office.db, "Trunk");
  const own = { kind: "tcp" as const, address: "127.77.0.1", port: 80 };
  const added = { targetId: target?.id ?? 0, settings: own, now: new Date() };
  const id = await office.act((tx) => insertCheck(tx, added));
  await prepare(trunk(5501), page(5502));
  expect(await settings()).toEqual([trunk(5501).settings, page(5502).settings, own]);
  await office.act((tx) => markCheckRemoved(tx, id ?? 0, new Date()));
});

it("what its people removed does not come back", async () => {
  const person = await findPersonByPlaygroundKey(office.db, "infrastructure");
  const target = await findTargetNamed(office.db, "Kantor Dinkes");
  if (person === undefined || target === undefined) throw new Error("nothing is played");
  const input = { targetId: target.id, version: target.version };
  await office.act((tx) => removeTarget(tx, person, office.setting(), input));
  await prepare(trunk(6001), page(6002));
  expect(await settings()).toEqual([trunk(6001).settings]);
});
