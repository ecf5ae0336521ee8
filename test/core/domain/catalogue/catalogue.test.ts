import { describe, expect, it } from "vitest";
import { findFiling, formOf, maintenanceOf } from "../../../../core/domain/catalogue/catalogue.ts";
import { unregistered } from "../../../../core/domain/maintenance/maintainer.ts";
import { findProcedure } from "../../../../core/domain/procedures/index.ts";
import { testCatalogue } from "../../../support/catalogue.ts";
import { testRules } from "../../../support/rules.ts";

const register = { catalogue: testCatalogue, maintainers: testRules.maintainers };
const none = { item: null, answers: {} };

describe("what is filed", () => {
  it("of an entry is its form and its title, worked by its procedure", () => {
    const filing = findFiling({ item: "vpn" }, testCatalogue);

    expect(filing).toMatchObject({ procedure: { name: "approved-request" }, item: "vpn" });
    expect(filing?.form.map(({ name }) => name)).toEqual(["systems", "description"]);
    expect(filing?.subjectOf({ systems: "Server SIMPEG" })).toBe("Akses VPN");
  });

  it("of a procedure is its own form, named by its subject", () => {
    const filing = findFiling({ procedure: "application-trouble" }, testCatalogue);

    expect(filing).toMatchObject({ procedure: { name: "application-trouble" }, item: null });
    expect(filing?.subjectOf({ application: "SIMPEG" })).toBe("SIMPEG");
  });

  it.each([
    ["an entry that is not there", { item: "coffee" }],
    ["a procedure of the catalogue by itself", { procedure: "short-request" }],
  ])("is nothing for %s", (_, wanted) => {
    expect(findFiling(wanted, testCatalogue)).toBeUndefined();
  });
});

describe("what a ticket was asked", () => {
  it("stands in the entry, or in the procedure where there is none", () => {
    expect(formOf(findProcedure("short-request"), "other", testCatalogue).map(({ name }) => name)).toEqual([
      "description",
    ]);
    const { form } = findProcedure("internet-trouble");
    expect(formOf(findProcedure("internet-trouble"), null, testCatalogue)).toBe(form);
  });

  it("is unknown when the entry was taken out", () => {
    expect(formOf(findProcedure("short-request"), "coffee", testCatalogue)).toEqual([]);
  });
});

describe("who maintains what a ticket is about (R65)", () => {
  it.each([
    ["SIMPEG", { maintainer: "dinas", team: "data-center" }],
    [" simpeg ", { maintainer: "dinas" }],
    ["SIPD", { maintainer: "vendor", vendor: "Kementerian Dalam Negeri" }],
    ["e-Puskesmas", { maintainer: "office" }],
  ])("of the application %j", (application, expected) => {
    const ticket = { procedure: "application-trouble", item: null, answers: { application } };
    expect(maintenanceOf(ticket, register)).toMatchObject(expected);
  });

  it("of an application that is in no register", () => {
    const ticket = { procedure: "application-trouble", item: null, answers: { application: "e-Lain" } };
    expect(maintenanceOf(ticket, register)).toBe(unregistered);
  });

  it("of internet trouble is who runs the LAN of offices", () => {
    const ticket = { procedure: "internet-trouble", ...none };
    expect(maintenanceOf(ticket, register)).toMatchObject({ name: "office-lan", maintainer: "dinas" });
    expect(maintenanceOf(ticket, { ...register, maintainers: { applications: [], devices: [] } })).toBe(unregistered);
  });

  it("of a request is the device that was chosen, the application that was named, or else the entry's", () => {
    const request = { procedure: "short-request", item: "pc-printer", answers: {} };
    expect(maintenanceOf({ ...request, answers: { device: "pc" } }, register)).toMatchObject({ maintainer: "office" });
    expect(maintenanceOf({ ...request, answers: { device: "printer" } }, register)).toBe(unregistered);
    expect(maintenanceOf({ ...request, answers: { application: "SIPD" } }, register)).toMatchObject({
      maintainer: "vendor",
    });
    expect(maintenanceOf(request, register)).toEqual({ maintainer: "dinas", team: "it-support" });
    expect(maintenanceOf({ ...request, item: "coffee" }, register)).toBeUndefined();
  });

  it("is nobody for what nobody maintains", () => {
    expect(maintenanceOf({ procedure: "hosting", ...none }, register)).toBeUndefined();
  });
});
