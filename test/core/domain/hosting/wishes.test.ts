import { describe, expect, it } from "vitest";
import type { Revision } from "../../../../core/domain/hosting/application.ts";
import { differencesFromWishes, wishesOf } from "../../../../core/domain/hosting/wishes.ts";
import { testHosting } from "../../../support/hosting.ts";

const request = {
  ...{ service: "hosting", application: "SIMPEG", "wished-name": "simpeg.labura.go.id" },
  ...{ runtime: "php", database: "none", size: "small", reach: "intranet" },
};
const revision: Revision = {
  id: 1,
  ticketId: 1,
  change: "new",
  domainName: "simpeg.labura.go.id",
  size: "small",
  attachmentId: 1,
  dumpId: null,
  imageId: null,
  slot: "a",
  isRunning: true,
  state: "planned",
};
const planned = { runtime: "php", database: null, reach: "intranet", revision } as const;

describe("what a request wishes", () => {
  it("are answers of who plans it", () => {
    expect(wishesOf(request, testHosting)).toEqual({
      ...{ runtime: "php", database: "none", size: "small", reach: "intranet", "dns-name": "simpeg.labura.go.id" },
    });
  });

  it.each([
    ["a runtime", { runtime: "cobol" }],
    ["a size", { size: "huge" }],
    ["a database", { database: "oracle" }],
  ])("is asked anew where the profile has no such thing as %s", (_what, answers) => {
    expect(wishesOf({ ...request, ...answers }, testHosting)).toEqual({});
  });

  it("is nothing where it wishes nothing, or nothing is hosted", () => {
    expect(wishesOf({ service: "hosting" }, testHosting)).toEqual({});
    expect(wishesOf(request, undefined)).toEqual({});
  });

  it("is told where the plan differs from it", () => {
    expect(differencesFromWishes(request, planned, null)).toEqual([]);
    const other = {
      ...planned,
      database: "mariadb",
      revision: { ...revision, size: "large", domainName: "hr.labura.go.id" },
    };
    expect(differencesFromWishes(request, other, null)).toEqual([
      { what: "database", wished: "none", planned: "mariadb" },
      { what: "size", wished: "small", planned: "large" },
      { what: "dns-name", wished: "simpeg.labura.go.id", planned: "hr.labura.go.id" },
    ]);
    expect(differencesFromWishes({}, other, null)).toEqual([]);
    const named = { ...request, "image-reference": "registry.go.id/simpeg" };
    expect(differencesFromWishes(named, planned, "registry.go.id/simpeg")).toEqual([]);
    expect(differencesFromWishes(named, planned, null)).toEqual([
      { what: "image-reference", wished: "registry.go.id/simpeg", planned: "" },
    ]);
  });
});
