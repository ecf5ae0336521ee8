import { describe, expect, it } from "vitest";
import {
  isMaintainedElsewhere,
  likelyPlaceFirst,
  type Maintained,
  type Maintainers,
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
