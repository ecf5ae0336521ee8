import { describe, expect, it } from "vitest";
import {
  isMaintainedElsewhere,
  likelyPlaceFirst,
  type Maintained,
  type MaintainedAsset,
  type Maintainers,
  maintenanceOfAsset,
  maintenanceWithAssets,
  unregistered,
} from "../../../../core/domain/maintenance/maintainer.ts";
import { applicationTrouble } from "../../../../core/domain/procedures/application-trouble.ts";
import { internetTrouble } from "../../../../core/domain/procedures/internet-trouble.ts";
import { decideStep } from "../../../../core/domain/ticket/step-rules.ts";
import { aPerson, filedTicket, sundayMorning } from "../../../support/domain.ts";

const kinds: [string, Maintained | undefined, boolean][] = [
  ["the Dinas", { maintainer: "dinas" }, false],
  ["an office", { maintainer: "office" }, true],
  ["a vendor", { maintainer: "vendor", vendor: "PT Nusantara" }, true],
  ["somebody whom no register knows", unregistered, true],
  ["nobody", undefined, true],
];

it.each(kinds)("what %s maintains may be somebody else's: %j %s", (_, maintained, isElsewhere) => {
  expect(isMaintainedElsewhere(maintained)).toBe(isElsewhere);
});

describe("the suspected place", () => {
  const field = { name: "suspected-place", kind: "choice", choices: ["unknown", "outside-data-center"] } as const;
  const choices = (maintained: Maintained | undefined) => {
    const found = likelyPlaceFirst(field, maintained);
    return found.kind === "choice" ? found.choices : [];
  };

  it("outside the data center stands first only where the register says so", () => {
    expect(choices({ maintainer: "vendor" })).toEqual(["outside-data-center", "unknown"]);
    expect(choices({ maintainer: "office" })).toEqual(["outside-data-center", "unknown"]);
    expect(choices({ maintainer: "dinas" })).toEqual(field.choices);
    expect(choices(unregistered)).toEqual(field.choices);
    expect(choices(undefined)).toEqual(field.choices);
  });

  it("is the only question that changes", () => {
    const other = { name: "recommendation", kind: "choice", choices: ["a", "outside-data-center"] } as const;
    expect(likelyPlaceFirst(other, { maintainer: "vendor" })).toBe(other);
  });
});

describe("handing over to who maintains it (R65)", () => {
  const context = { now: sundayMorning, zone: "Asia/Jakarta", checked: [], reopenWithinDays: 7 };
  const note = { note: "Hubungi pengelolanya." };
  const maintainedBy = (maintainer: "dinas" | "office" | "vendor"): Maintainers => ({
    applications: [{ name: "SIMPEG", maintainer }],
    devices: [{ name: "office-lan", title: "LAN kantor", maintainer }],
  });
  const application = { ...filedTicket, answers: { application: "SIMPEG" } };
  const local = { ...filedTicket, procedure: "internet-trouble", state: "repairing-local-network" } as const;

  it.each(["office", "vendor"] as const)("is possible where it is: %s", (maintainer) => {
    const known = { ...context, maintainers: maintainedBy(maintainer) };
    const helpDesk = aPerson(2, ["help-desk"]);
    const itSupport = aPerson(3, ["it-support"]);

    expect(decideStep(applicationTrouble, "refer-at-once", application, helpDesk, note, known).ok).toBe(true);
    expect(
      decideStep(internetTrouble, "hand-to-office", { ...local, holder: "it-support" }, itSupport, note, known).ok,
    ).toBe(true);
  });

  it("is refused where it is the Dinas itself", () => {
    const known = { ...context, maintainers: maintainedBy("dinas") };
    const refused = { ok: false, refusal: { code: "maintained-by-dinas" } };
    const helpDesk = aPerson(2, ["help-desk"]);
    const itSupport = aPerson(3, ["it-support"]);

    expect(decideStep(applicationTrouble, "refer-at-once", application, helpDesk, note, known)).toMatchObject(refused);
    expect(
      decideStep(internetTrouble, "hand-to-office", { ...local, holder: "it-support" }, itSupport, note, known),
    ).toMatchObject(refused);
  });
});

describe("what a ticket was tied to", () => {
  const maintainers: Maintainers = {
    applications: [],
    devices: [
      { name: "switch", title: "Switch", maintainer: "dinas", team: "infrastructure" },
      { name: "pc", title: "Komputer", maintainer: "office" },
    ],
  };
  const asset = (kind: MaintainedAsset["kind"], own: Partial<MaintainedAsset> = {}): MaintainedAsset => ({
    ...{ kind, maintainer: null, provider: null },
    ...own,
  });

  it.each<[string, MaintainedAsset, object | string]>([
    ["as its kind", asset("switch"), { maintainer: "dinas", team: "infrastructure" }],
    ["by an office, as it says itself", asset("switch", { maintainer: "office" }), { maintainer: "office" }],
    ["as its kind, where it says the same", asset("switch", { maintainer: "dinas" }), { team: "infrastructure" }],
    ["by its provider", asset("switch", { maintainer: "vendor", provider: "PT A" }), { vendor: "PT A" }],
    ["by nobody whom a register knows", asset("server"), unregistered],
  ])("is maintained %s", (_, one, expected) => {
    const maintained = maintenanceOfAsset(one, maintainers);
    if (typeof expected === "string") expect(maintained).toBe(expected);
    else expect(maintained).toMatchObject(expected);
  });

  it("says who maintains it only where the ticket itself does not", () => {
    const assets = [asset("server"), asset("switch"), asset("pc")];
    const dinas = { maintainer: "dinas" } as const;
    expect(maintenanceWithAssets(dinas, assets, maintainers)).toBe(dinas);
    expect(maintenanceWithAssets(unregistered, assets, maintainers)).toMatchObject({ maintainer: "office" });
    expect(maintenanceWithAssets(undefined, [asset("switch")], maintainers)).toMatchObject({ maintainer: "dinas" });
    expect(maintenanceWithAssets(unregistered, [asset("server")], maintainers)).toBe(unregistered);
    expect(maintenanceWithAssets(undefined, [], maintainers)).toBeUndefined();
  });

  it("decides whether a requester is referred at once", () => {
    const context = { now: sundayMorning, zone: "Asia/Jakarta", checked: [], reopenWithinDays: 7, maintainers };
    const ticket = { ...filedTicket, answers: { application: "Tidak terdaftar" } };
    const refer = (...assets: MaintainedAsset[]) =>
      decideStep(
        applicationTrouble,
        "refer-at-once",
        ticket,
        aPerson(2, ["help-desk"]),
        { note: "Ke kantor." },
        { ...context, assets },
      );
    expect(refer().ok).toBe(true);
    expect(refer(asset("switch"))).toMatchObject({ refusal: { code: "maintained-by-dinas" } });
    expect(refer(asset("switch"), asset("pc")).ok).toBe(true);
  });
});
