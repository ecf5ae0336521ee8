import { describe, expect, it } from "vitest";
import { publicKinds, publicStatus } from "../../../../core/domain/monitoring/public-status.ts";
import { at } from "../../../support/monitoring.ts";

const offices = [
  { id: 1, name: "Dinas Kesehatan" },
  { id: 2, name: "Bappeda" },
];
type Watched = Parameters<typeof publicStatus>[0][number];
let sequence = 0;
const target = (given: Partial<Watched>): Watched => {
  sequence += 1;
  const usual = { id: sequence, kind: "site" as const, name: "Kantor", officeId: 1, parentId: null };
  return { ...usual, isPaused: false, isPublic: true, state: "up", since: at(0), answeredAt: null, ...given };
};
const shown = (targets: Watched[], windows: Parameters<typeof publicStatus>[2] = []) =>
  publicStatus(targets, offices, windows, publicKinds);

describe("what everybody may see", () => {
  it("is applications by their names and offices by theirs, in order; no links, devices, nor what is everybody's", () => {
    const services = shown([
      target({ kind: "application", name: "SIMPEG", officeId: null }),
      target({ kind: "link", name: "Link Telkom 4700-1" }),
      target({ kind: "device", name: "router-dinkes" }),
      target({ kind: "link", name: "Trunk", officeId: null }),
      target({ kind: "link", name: "Link Bappeda", officeId: 2 }),
    ]);
    expect(services.map(({ kind, name }) => [kind, name])).toEqual([
      ["offices", "Bappeda"],
      ["offices", "Dinas Kesehatan"],
      ["applications", "SIMPEG"],
    ]);
  });

  it("is only what the profile says", () => {
    const all = [target({ kind: "application", name: "SIMPEG" }), target({})];
    const names = (kinds: Parameters<typeof publicStatus>[3]) =>
      publicStatus(all, offices, [], kinds).map(({ name }) => name);
    expect(names(["applications"])).toEqual(["SIMPEG"]);
    expect(names(["offices"])).toEqual(["Dinas Kesehatan"]);
    expect(names([])).toEqual([]);
  });

  it.each([
    ["up", ["up", "up"], "up", 9],
    ["down", ["down", "down"], "down", 9],
    ["partly down", ["down", "up"], "degraded", 5],
    ["degraded", ["degraded", "up"], "degraded", 5],
    ["unknown beside up", ["unknown", "up"], "up", 9],
    ["unknown", ["unknown", "unknown"], "unknown", undefined],
  ] as const)("an office whose sites are %s", (_, [one, other], state, since) => {
    const [office] = shown([target({ state: one, since: at(5) }), target({ state: other, since: at(9) })]);
    expect(office).toMatchObject({ state, since: since === undefined ? null : at(since) });
  });

  it("an office is judged by its sites where it has any, and what is paused says nothing", () => {
    const [office] = shown([
      target({ kind: "link", state: "down" }),
      target({ state: "up" }),
      target({ state: "down", isPaused: true }),
    ]);
    expect(office?.state).toBe("up");
    expect(shown([target({ isPaused: true })])).toEqual([]);
  });

  it("jobs are no applications, and one that gives no word gives none since the last", () => {
    const job = target({ kind: "job", name: "Backup", state: "down", since: at(90), answeredAt: at(20) });
    expect(shown([job, target({ kind: "application", name: "SIMPEG" })])).toMatchObject([
      { kind: "jobs", name: "Backup", state: "down", since: at(20) },
      { kind: "applications", name: "SIMPEG", since: at(0) },
    ]);
    expect(publicStatus([job], offices, [], ["applications", "offices"])).toEqual([]);
  });

  it("what is kept off the page is not there, nor judged, and an office whose sites are kept off is not there either", () => {
    const kept = { isPublic: false, state: "down" } as const;
    expect(shown([target({ kind: "application", ...kept }), target({ kind: "job", ...kept })])).toEqual([]);
    expect(shown([target(kept), target({})])).toMatchObject([{ kind: "offices", state: "up" }]);
    expect(shown([target(kept), target({ kind: "link" })])).toEqual([]);
  });

  it("maintenance holds for what lies behind it, and says nothing but its time", () => {
    const trunk = target({ kind: "link", officeId: null });
    const later = { targetId: trunk.id, beginsAt: at(900), endsAt: at(990), reason: "router 10.1.1.1" };
    const window = { targetId: trunk.id, beginsAt: at(0), endsAt: at(100), reason: "router 10.1.1.1" };
    const [office] = shown([trunk, target({ parentId: trunk.id })], [later, window]);
    expect(office?.maintenance).toEqual([
      { beginsAt: at(0), endsAt: at(100) },
      { beginsAt: at(900), endsAt: at(990) },
    ]);
  });
});
